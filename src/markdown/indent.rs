//! Paragraphs that are indented by four blanks or a tab, as in a word processor.
//!
//! CommonMark takes them for code. A block that holds a Chinese, Japanese or Korean letter is no code: its indentation is
//! passed over, and each of its lines stays a line, for each was a paragraph.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::cjk::is_counted;
use super::marked::{Change, Edit};
use super::render::EXTENSIONS;

/// Adds what stands before the lines of indented paragraphs, ascending.
pub(super) fn edits(source: &str, edits: &mut Vec<Edit>) {
    let bytes = source.as_bytes();
    if memchr::memchr(b'\t', bytes).is_none() && memchr::memmem::find(bytes, b"    ").is_none() {
        return;
    }
    let mut block: Option<Vec<Range<usize>>> = None;
    for (event, range) in Parser::new_ext(source, EXTENSIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => block = Some(Vec::new()),
            Event::Text(_) => {
                if let Some(lines) = &mut block {
                    add_line(source, range, lines);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let lines = block.take().unwrap_or_default();
                if lines.iter().any(|line| source[line.clone()].contains(is_counted)) {
                    straighten(source, &lines, edits);
                }
            }
            _ => {}
        }
    }
}

/// Adds the line a stretch of code is the first of, from its indentation to its end.
fn add_line(source: &str, stretch: Range<usize>, lines: &mut Vec<Range<usize>>) {
    let is_known = lines.last().is_some_and(|last| stretch.start < last.end);
    let end = source[stretch.start..].find(['\n', '\r']).map_or(source.len(), |at| stretch.start + at);
    if !is_known && !source[stretch.start..end].trim().is_empty() {
        lines.push(stretch.start - indentation(&source[..stretch.start])..end);
    }
}

/// Returns how many bytes before a place make it code: four blanks, or a tab.
fn indentation(before: &str) -> usize {
    let blanks = before.bytes().rev().take(4).take_while(|&byte| byte == b' ').count();
    let tab = before[..before.len() - blanks].ends_with('\t');
    if blanks < 4 && tab { blanks + 1 } else { blanks }
}

fn straighten(source: &str, lines: &[Range<usize>], edits: &mut Vec<Edit>) {
    for (at, line) in lines.iter().enumerate() {
        let text = &source[line.clone()];
        let indentation = text.len() - text.trim_start_matches([' ', '\t']).len();
        edits.push(Edit { at: line.start, change: Change::Skip(indentation) });
        let next = lines.get(at + 1).map(|next| &source[line.end..next.start]);
        if next.is_some_and(|between| memchr::memchr_iter(b'\n', between.as_bytes()).count() == 1) {
            edits.push(Edit { at: line.end, change: Change::LineBreak });
        }
    }
}
