//! What is wrong, as the preview's script gets it: ready to be shown, nothing to be worked out in the browser.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Lang, Severity, human};

/// How many problems are shown over a page; the panel has all.
const SHOWN: usize = 40;

/// What is wrong, for the script.
#[derive(Debug, Serialize)]
pub(super) struct Problems {
    errors: usize,
    warnings: usize,
    /// How many there are in all and in how many files, in words.
    count: String,
    /// How many are not in the list.
    more: usize,
    list: Vec<Problem>,
}

/// One problem, in one language.
#[derive(Debug, Serialize)]
pub(super) struct Problem {
    pub(super) severity: &'static str,
    pub(super) word: &'static str,
    pub(super) code: &'static str,
    /// `content/site.yaml:3:5`; empty for problems of the whole site.
    pub(super) place: String,
    pub(super) message: String,
    pub(super) excerpt: Option<Excerpt>,
    pub(super) help: Option<String>,
}

/// The line a problem is in, cut around what is meant.
#[derive(Debug, Serialize)]
pub(super) struct Excerpt {
    pub(super) line: u32,
    pub(super) before: String,
    pub(super) marked: String,
    pub(super) after: String,
}

impl Problems {
    /// Takes the gravest first; within one severity they stay in file order.
    pub(super) fn of(diagnostics: &[Diagnostic], lang: Lang) -> Self {
        let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
        let list: Vec<Problem> =
            gravest_first(diagnostics).take(SHOWN).map(|found| problem(found, lang)).collect();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            count: if diagnostics.is_empty() {
                String::new()
            } else {
                human::closing_count(diagnostics, lang)
            },
            more: diagnostics.len() - list.len(),
            list,
        }
    }
}

/// Returns problems with the gravest first.
pub(super) fn gravest_first(diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    let of = |severity| diagnostics.iter().filter(move |found| found.severity == severity);
    of(Severity::Error).chain(of(Severity::Warning)).chain(of(Severity::Info))
}

/// Puts a problem into one language.
pub(super) fn problem(found: &Diagnostic, lang: Lang) -> Problem {
    let span = found.span.as_ref();
    Problem {
        severity: found.severity.as_str(),
        word: human::severity_word(found.severity, lang),
        code: found.code.as_str(),
        place: span.map(human::place).unwrap_or_default(),
        message: found.message.in_lang(lang).to_owned(),
        excerpt: span.filter(|span| span.line > 0).map(|span| {
            let (before, marked, after) = human::excerpt(span);
            Excerpt { line: span.line, before, marked, after }
        }),
        help: found.help.as_ref().map(|help| help.in_lang(lang).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{LineIndex, codes};
    use crate::text;

    #[test]
    fn errors_come_before_warnings_and_what_is_too_much_is_counted() {
        let warning = Diagnostic::new(codes::UNKNOWN_FILE, text!("多", "odd")).in_file("a");
        let span = LineIndex::new("content/site.yaml".into(), "名称：秋浦").span(6..9);
        let error =
            Diagnostic::new(codes::BAD_FILE_NAME, text!("错", "wrong")).at(span).help(text!("改", "mend"));
        let mut all = vec![warning; SHOWN];
        all.push(error);
        let problems = Problems::of(&all, Lang::En);
        assert_eq!((problems.errors, problems.warnings, problems.more), (1, SHOWN, 1));
        let first = &problems.list[0];
        assert_eq!((first.place.as_str(), first.message.as_str()), ("content/site.yaml:1:3", "wrong"));
        let excerpt = first.excerpt.as_ref().unwrap();
        assert_eq!(
            (excerpt.before.as_str(), excerpt.marked.as_str(), excerpt.after.as_str()),
            ("名称", "：", "秋浦")
        );
        assert!(problems.list[1].excerpt.is_none());
    }
}
