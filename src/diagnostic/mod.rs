//! Problems found in content, themes and targets: what they are, where they are, how they are said.
//!
//! A stage never prints and never stops at the first problem: it pushes a [`Diagnostic`] into its [`Report`] and
//! goes on. Every sentence exists in Chinese and English side by side ([`Bilingual`], made by [`crate::text!`]), so neither
//! language can be forgotten. Codes live in [`codes`]; how a report is drawn lives in [`human`] and [`json`].

pub mod codes;
pub mod human;
pub mod json;
mod source_map;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use codes::Code;
pub use source_map::{LineIndex, Span};

/// A language the program speaks to its users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Simplified Chinese, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// The Chinese sentence.
    pub zh: String,
    /// The English sentence.
    pub en: String,
}

impl Bilingual {
    /// Makes a sentence from its two forms.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// Returns the form in `lang`.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Makes a [`Bilingual`] from two format strings that share their captured arguments.
///
/// ```
/// let key = "名称";
/// let said = yipin::text!("缺少“{key}”。", "`{key}` is missing.");
/// assert_eq!(said.zh, "缺少“名称”。");
/// ```
#[macro_export]
macro_rules! text {
    ($zh:literal, $en:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        $crate::diagnostic::Bilingual::new(format!($zh), format!($en))
    }};
}

/// How much a problem matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Info,
    /// Should be put right; the site is still built.
    Warning,
    /// Must be put right; nothing is written.
    Error,
}

impl Severity {
    /// Returns the word used in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One problem: its stable code, its weight, its place, a sentence, and a fix where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The stable name of this kind of problem.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// Where it is; `None` only for problems of the whole site.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: Bilingual,
    /// What to do about it.
    pub help: Option<Bilingual>,
}

impl Diagnostic {
    /// Makes a problem with the usual severity of its code and no place yet.
    pub fn new(code: Code, message: Bilingual) -> Self {
        Self { code, severity: code.severity(), span: None, message, help: None }
    }

    /// Says where the problem is.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says which file the problem is in when no line of it can be named.
    #[must_use]
    pub fn in_file(self, path: impl Into<Arc<str>>) -> Self {
        self.at(Span::whole_file(path))
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    fn sort_key(&self) -> (&str, u32, u32, &str) {
        match &self.span {
            Some(span) => (&span.path, span.line, span.column, self.code.as_str()),
            None => ("", 0, 0, self.code.as_str()),
        }
    }
}

/// The problems of a run, gathered by the stages.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Makes an empty report.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all problems of another report.
    pub fn append(&mut self, mut other: Self) {
        self.diagnostics.append(&mut other.diagnostics);
    }

    /// Adds the problems of another report that are not known yet: no problem of that kind stands at that place.
    ///
    /// For looking at the same content once more, in another language.
    pub fn append_new(&mut self, other: Self) {
        if other.is_empty() {
            return;
        }
        let key = |problem: &Diagnostic| {
            let place = problem.span.as_ref().map(|span| (Arc::clone(&span.path), span.line, span.column));
            let said = place.is_none().then(|| problem.message.zh.clone());
            (problem.code.as_str(), place, said)
        };
        let known: rustc_hash::FxHashSet<_> = self.diagnostics.iter().map(key).collect();
        self.diagnostics
            .extend(other.diagnostics.into_iter().filter(|problem| !known.contains(&key(problem))));
    }

    /// Returns the report without these problems; `None` when one of them is not in it.
    pub fn without(&self, gone: &[Diagnostic]) -> Option<Self> {
        let mut diagnostics = self.diagnostics.clone();
        for problem in gone {
            let at = diagnostics.iter().position(|known| known == problem)?;
            diagnostics.remove(at);
        }
        Some(Self { diagnostics })
    }

    /// Returns the number of problems of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    /// Returns whether anything was found that forbids writing the site.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Returns whether nothing at all was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Returns the problems in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// Returns the problems in file order: by path, then place, then code; the same problem is kept once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.diagnostics.dedup();
        self.diagnostics
    }
}

impl Extend<Diagnostic> for Report {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.diagnostics.extend(iter);
    }
}
