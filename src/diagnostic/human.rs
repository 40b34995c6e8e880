//! Draws a report for a person: `path:line:column`, the sentence, the line itself with a caret, the fix.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Diagnostic, Lang, Severity, Span};
use crate::text;

/// The columns a tab is drawn as; the caret line counts the same.
const TAB_WIDTH: usize = 4;
/// The longest part of a line that is shown, in terminal columns; the rest is cut around the place that is meant.
const MAX_LINE_WIDTH: usize = 120;

/// Draws all problems and the closing count, with ANSI colours (strip them where none are wanted).
pub fn render(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        render_one(&mut out, diagnostic, lang);
        out.push('\n');
    }
    if !diagnostics.is_empty() {
        out.push_str(&closing_count(diagnostics, lang));
        out.push('\n');
    }
    out
}

/// Draws one problem without a closing count.
pub fn one(diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut out = String::new();
    render_one(&mut out, diagnostic, lang);
    out
}

/// Says how many problems of each severity there are and in how many files.
pub fn closing_count(diagnostics: &[Diagnostic], lang: Lang) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings, infos) = (count(Severity::Error), count(Severity::Warning), count(Severity::Info));
    let mut files: Vec<&str> = diagnostics.iter().filter_map(|d| d.span.as_ref()).map(|s| &*s.path).collect();
    files.sort_unstable();
    files.dedup();
    let files = files.len();
    let (e, w, i, f) = (plural(errors), plural(warnings), plural(infos), plural(files));
    text!(
        "共 {errors} 个错误、{warnings} 个警告、{infos} 条提示，涉及 {files} 个文件。",
        "{errors} error{e}, {warnings} warning{w}, {infos} note{i} in {files} file{f}.",
    )
    .in_lang(lang)
    .to_owned()
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn render_one(out: &mut String, diagnostic: &Diagnostic, lang: Lang) {
    let style = severity_style(diagnostic.severity);
    if let Some(span) = &diagnostic.span {
        out.push_str(&place(span));
        out.push_str(": ");
    }
    let word = severity_word(diagnostic.severity, lang);
    let message = diagnostic.message.in_lang(lang);
    let _ = writeln!(out, "{style}{word}[{}]{style:#}: {message}", diagnostic.code.as_str());
    if let Some(span) = diagnostic.span.as_ref().filter(|span| span.line > 0) {
        snippet(out, span, style);
    }
    if let Some(help) = &diagnostic.help {
        let arrow = match lang {
            Lang::Zh => "改法",
            Lang::En => "help",
        };
        let bold = Style::new().bold();
        for (index, line) in help.in_lang(lang).lines().enumerate() {
            match index {
                0 => _ = writeln!(out, "  {bold}{arrow}{bold:#}: {line}"),
                _ => _ = writeln!(out, "        {line}"),
            }
        }
    }
}

/// Writes where a problem is: `content/site.yaml:3:5`.
pub fn place(span: &Span) -> String {
    match span.line {
        0 => span.path.to_string(),
        line => format!("{}:{line}:{}", span.path, span.column),
    }
}

/// Returns the word for a severity.
pub fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Zh) => "错误",
        (Severity::Warning, Lang::Zh) => "警告",
        (Severity::Info, Lang::Zh) => "提示",
        (severity, Lang::En) => severity.as_str(),
    }
}

fn severity_style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::Cyan,
    };
    Style::new().bold().fg_color(Some(color.into()))
}

/// Draws the line and, under it, carets as wide as the characters above them.
fn snippet(out: &mut String, span: &Span, style: Style) {
    let number = span.line.to_string();
    let gutter = " ".repeat(number.len());
    let dim = Style::new().dimmed();
    let (before, marked, after) = excerpt(span);
    let lead = before.width();
    let carets = "^".repeat(marked.width().max(1));
    let line = format!("{before}{marked}{after}");
    let _ = writeln!(out, " {dim}{number} |{dim:#} {line}");
    let _ = writeln!(out, " {dim}{gutter} |{dim:#} {}{style}{carets}{style:#}", " ".repeat(lead));
}

/// Returns the line of a problem as it is shown: what stands before the place that is meant, the place, what follows.
pub fn excerpt(span: &Span) -> (String, String, String) {
    let (before, marked, after) = split_line(span);
    (drawn(&before), drawn(&marked), drawn(&after))
}

/// Splits the line around the place that is meant, cutting what is too long to show.
fn split_line(span: &Span) -> (String, String, String) {
    let chars: Vec<char> = span.text.chars().collect();
    let start = (span.column as usize).saturating_sub(1).min(chars.len());
    let end = (start + span.width as usize).min(chars.len());
    let mut budget = MAX_LINE_WIDTH;
    let mut take = |part: &[char]| -> usize {
        let mut kept = 0;
        for c in part {
            let width = c.width().unwrap_or(1);
            if width > budget {
                break;
            }
            budget -= width;
            kept += 1;
        }
        kept
    };
    let marked_kept = take(&chars[start..end]);
    let reversed: Vec<char> = chars[..start].iter().rev().copied().collect();
    let before_kept = take(&reversed);
    let after_kept = take(&chars[end..]);
    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    let text = |part: &[char]| part.iter().collect::<String>();
    (
        format!("{}{}", ellipsis(before_kept < start), text(&chars[start - before_kept..start])),
        format!("{}{}", text(&chars[start..start + marked_kept]), ellipsis(marked_kept < end - start)),
        format!("{}{}", text(&chars[end..end + after_kept]), ellipsis(end + after_kept < chars.len())),
    )
}

/// Makes control characters visible, so that nothing in a file can steer the terminal.
fn drawn(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' => out.push_str(&" ".repeat(TAB_WIDTH)),
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
                out.push('\u{fffd}');
            }
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{LineIndex, codes};
    use super::*;

    fn plain(diagnostic: Diagnostic, lang: Lang) -> String {
        anstream::adapter::strip_str(&render(&[diagnostic], lang)).to_string()
    }

    #[test]
    fn the_caret_stands_right_under_wide_characters() {
        let text = "名称：秋浦";
        let span = LineIndex::new("content/site.yaml".into(), text).span(6..9);
        let diagnostic =
            Diagnostic::new(codes::BAD_FILE_NAME, text!("错", "wrong")).at(span).help(text!("改", "mend"));
        assert_eq!(
            plain(diagnostic, Lang::Zh),
            "content/site.yaml:1:3: 错误[bad-file-name]: 错\n 1 | 名称：秋浦\n   |     ^^\n  改法: 改\n\n\
             共 1 个错误、0 个警告、0 条提示，涉及 1 个文件。\n"
        );
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let text = format!("{}x{}", "长".repeat(300), "尾".repeat(300));
        let span = LineIndex::new("f".into(), &text).span(900..901);
        let shown = plain(Diagnostic::new(codes::BAD_FILE_NAME, text!("错", "wrong")).at(span), Lang::En);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[1].width() < 140 && lines[1].contains('x'), "{shown}");
        let caret = lines[2].find('^').unwrap();
        assert_eq!(lines[1].chars().take_while(|c| *c != 'x').collect::<String>().width(), caret);
    }

    #[test]
    fn control_characters_cannot_steer_the_terminal() {
        let span = LineIndex::new("f".into(), "a\u{1b}[31mb").span(0..1);
        let shown = plain(Diagnostic::new(codes::BAD_FILE_NAME, text!("错", "wrong")).at(span), Lang::En);
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
    }
}
