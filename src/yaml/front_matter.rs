//! Splits a Markdown file into the YAML between its `---` lines and the text below.

use std::ops::Range;

use crate::diagnostic::{Bilingual, Diagnostic, Report, codes};
use crate::read::SourceFile;
use crate::text;

/// Returns the range of the YAML between the `---` lines, if there is any, and the range of the text below.
///
/// A file that does not begin with `---` has no front matter, which is no problem of this function's: a story needs
/// none. Lines that were meant as `---` are reported and taken for it.
pub fn front_matter(file: &SourceFile, report: &mut Report) -> (Option<Range<usize>>, Range<usize>) {
    let text = &*file.text();
    let start = text.len() - text.trim_start().len();
    let opening = line_at(text, start);
    let Some(quality) = fence(&text[opening.clone()]) else {
        return (None, 0..text.len());
    };
    let yaml = after_line(text, opening.end);
    if quality == Fence::Meant && !looks_like_yaml(text, yaml) {
        return (None, 0..text.len());
    }
    let closing = find_closing(text, yaml).filter(|closing| !prose_begins(&text[yaml..closing.start]));
    let Some(closing) = closing else {
        // A bad mark that nothing closes is a line drawn across the page, not front matter.
        if quality == Fence::Right && looks_like_yaml(text, yaml) {
            report.push(not_closed(file, opening));
            let end = yaml_part_end(text, yaml);
            return (Some(yaml..end), end..text.len());
        }
        return (None, 0..text.len());
    };
    for mark in [opening, closing.clone()] {
        if fence(&text[mark.clone()]) == Some(Fence::Meant) {
            report.push(bad_mark(file, mark));
        }
    }
    (Some(yaml..closing.start), after_line(text, closing.end)..text.len())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fence {
    /// `---`.
    Right,
    /// `----`, `———`, `- - -` and the like.
    Meant,
}

/// Returns whether a line is, or was meant as, a `---` line.
fn fence(line: &str) -> Option<Fence> {
    let line = line.trim_end();
    if line == "---" {
        return Some(Fence::Right);
    }
    let dashes = line.chars().filter(|c| !c.is_whitespace()).count();
    let only_dashes =
        line.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '—' | '–' | '－' | '─' | '﹣' | '一'));
    let some_dash = line.contains(['-', '—', '–', '－', '─', '﹣']);
    (only_dashes && some_dash && (2..=12).contains(&dashes)).then_some(Fence::Meant)
}

/// Finds the closing line; one that was only meant as `---` counts when no right one follows.
fn find_closing(text: &str, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    let mut meant = None;
    while at < text.len() {
        let line = line_at(text, at);
        match fence(&text[line.clone()]) {
            Some(Fence::Right) => return Some(meant.unwrap_or(line)),
            Some(Fence::Meant) if meant.is_none() => meant = Some(line.clone()),
            _ => {}
        }
        at = after_line(text, line.end);
    }
    meant
}

fn line_at(text: &str, start: usize) -> Range<usize> {
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    start..start + text[start..end].trim_end_matches('\r').len()
}

fn after_line(text: &str, end: usize) -> usize {
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

/// Returns whether the first line that is not empty has a key.
fn looks_like_yaml(text: &str, start: usize) -> bool {
    let first = text[start..].lines().find(|line| !line.trim().is_empty());
    first.is_some_and(|line| line.contains([':', '：']))
}

/// Returns whether a paragraph of prose stands in what should be YAML: then the `---` below it is a line across the
/// page, and the front matter was never closed.
fn prose_begins(yaml: &str) -> bool {
    let mut after_empty = false;
    for line in yaml.lines() {
        let flush = line.starts_with(|c: char| c.is_alphanumeric() || c == '\u{3000}');
        if after_empty && flush && !line.contains([':', '：']) {
            return true;
        }
        after_empty = line.trim().is_empty();
    }
    false
}

/// Returns where front matter that is not closed most likely ends: at an empty line, a heading, or the end, less the
/// lines before that which are prose.
fn yaml_part_end(text: &str, start: usize) -> usize {
    let (mut at, mut last_key) = (start, start);
    while at < text.len() {
        let line = line_at(text, at);
        let written = &text[line.clone()];
        if written.trim().is_empty() || written.starts_with("# ") || written.starts_with("## ") {
            break;
        }
        at = after_line(text, line.end);
        let prose = written.starts_with(|c: char| c.is_alphanumeric() || c == '\u{3000}');
        if !prose || written.contains([':', '：']) {
            last_key = at;
        }
    }
    last_key
}

fn not_closed(file: &SourceFile, opening: Range<usize>) -> Diagnostic {
    problem(
        file,
        opening,
        text!(
            "文章开头的信息区（标题、日期等）只有开头的“---”，没有结尾的“---”。",
            "The front matter (title, date and so on) begins with `---` but is not closed by another."
        ),
        text!("请在最后一个键的下一行单独写上：---", "Write `---` on a line of its own below the last key."),
    )
}

fn bad_mark(file: &SourceFile, mark: Range<usize>) -> Diagnostic {
    let text = file.text();
    let written = text[mark.clone()].trim_end();
    let message = text!(
        "信息区的分隔线应该是三个英文短横线，这里写的是“{written}”。",
        "The line around the front matter is three plain dashes, not `{written}`."
    );
    problem(file, mark, message, text!("请改成：---", "Write `---`."))
}

fn problem(file: &SourceFile, range: Range<usize>, message: Bilingual, help: Bilingual) -> Diagnostic {
    Diagnostic::new(codes::FRONT_MATTER, message).at(file.span(range)).help(help)
}
