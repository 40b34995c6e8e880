//! Everything that is printed: problems, what was done, lists.
//!
//! Problems for people and what was done go to standard error; problems for programs and what a command is asked for go
//! to standard output. A reader that went away (`yipin check | head`) is no error.

use std::io::Write as _;

use super::arguments::Format;
use super::exit::Exit;
use super::settings::{Settings, Verbosity};
use crate::diagnostic::{Bilingual, Diagnostic, Lang, Report, Severity, codes, human, json};

/// Where the program speaks, and how.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    lang: Lang,
    format: Format,
    verbosity: Verbosity,
}

impl Output {
    pub(super) fn new(lang: Lang, format: Format, verbosity: Verbosity) -> Self {
        Self { lang, format, verbosity }
    }

    pub(super) fn of(settings: &Settings) -> Self {
        Self::new(settings.lang, settings.format, settings.verbosity)
    }

    pub(super) fn lang(self) -> Lang {
        self.lang
    }

    pub(super) fn is_json(self) -> bool {
        self.format == Format::Json
    }

    pub(super) fn is_verbose(self) -> bool {
        self.verbosity == Verbosity::Verbose
    }

    /// Prints what was found, and says how the run ends.
    pub(super) fn report(self, report: Report, deny_warnings: bool) -> Exit {
        let mut found = report.into_sorted();
        found.retain(|diagnostic| self.is_wanted(diagnostic));
        let exit = Exit::of(&found, deny_warnings);
        match self.format {
            Format::Json => print(&json::render(&found, self.lang)),
            Format::Human => complain(&human::render(&found, self.lang)),
        }
        exit
    }

    /// Prints one problem that kept the command from beginning.
    pub(super) fn problem(self, problem: &Diagnostic) -> Exit {
        let problems = std::slice::from_ref(problem);
        match self.format {
            Format::Json => print(&json::render(problems, self.lang)),
            Format::Human => complain(&human::one(problem, self.lang)),
        }
        Exit::of(problems, false)
    }

    fn is_wanted(self, diagnostic: &Diagnostic) -> bool {
        match diagnostic.severity {
            Severity::Info if diagnostic.code == codes::NOT_UTF8 => self.verbosity == Verbosity::Verbose,
            Severity::Info => self.verbosity > Verbosity::Quiet,
            Severity::Warning | Severity::Error => true,
        }
    }

    /// Says what was done, to people who did not ask for silence.
    pub(super) fn say(self, sentence: &Bilingual) {
        if self.format == Format::Human && self.verbosity > Verbosity::Quiet {
            complain(&format!("{}\n", sentence.in_lang(self.lang)));
        }
    }

    /// Says which files something was done to, when asked to say more.
    pub(super) fn say_more(self, sentence: &Bilingual) {
        if self.is_verbose() {
            self.say(sentence);
        }
    }
}

/// Writes to standard output what the command was asked for.
pub(super) fn print(text: &str) {
    let mut out = anstream::stdout().lock();
    // Nobody reads any more; there is nobody to tell.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Writes to standard error.
pub(super) fn complain(text: &str) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
