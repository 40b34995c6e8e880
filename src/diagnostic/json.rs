//! Writes a report for a program: one JSON object a line.

use serde::Serialize;

use super::{Diagnostic, Lang};

#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    severity: &'a str,
    path: Option<&'a str>,
    line: Option<u32>,
    column: Option<u32>,
    message: &'a str,
    help: Option<&'a str>,
}

/// Writes each problem as one line: `code, severity, path, line, column, message, help`.
///
/// `path` is from the site's root with `/`; `line` and `column` count from 1, in characters; what has no place is `null`.
pub fn render(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let span = diagnostic.span.as_ref();
        let row = Row {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.as_str(),
            path: span.map(|s| &*s.path),
            line: span.map(|s| s.line).filter(|line| *line > 0),
            column: span.map(|s| s.column).filter(|column| *column > 0),
            message: diagnostic.message.in_lang(lang),
            help: diagnostic.help.as_ref().map(|help| help.in_lang(lang)),
        };
        // A struct of strings and numbers always has a JSON form.
        out.push_str(&serde_json::to_string(&row).unwrap_or_default());
        out.push('\n');
    }
    out
}
