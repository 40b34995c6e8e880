//! YAML text to a tree in which everything has its place.
//!
//! County clerks write these files in Notepad. So every mistake they make has a message of its own that shows what to
//! type instead, several mistakes are found in one go, and what can be understood of a broken file still comes out as
//! a tree. The accepted subset: block and flow maps and lists, plain, quoted and block text, comments. Anchors,
//! aliases, merge keys, tags, several documents and keys that are not text are refused. Knows nothing of the content
//! model: which keys there are, and what a value means, is for the model to say.
//!
//! `serde_yaml` is used here and nowhere else: for texts with escapes or folding, and to confirm the reading of every
//! text with an unusual form in it. Tests hold the tree against its reading for generated and for mutilated texts.

mod block;
mod block_text;
mod confirm;
mod flow;
mod front_matter;
mod invisible;
mod keys;
mod lines;
mod lists;
mod maps;
mod node;
mod pasted;
mod problems;
mod scalar;
mod sleepers;
mod slips;
mod structure_messages;
mod text_messages;
mod vocabulary;
mod wide_brackets;

use std::borrow::Cow;
use std::ops::Range;

pub use front_matter::front_matter;
pub use node::{Entry, Map, Node, Scalar, Style, Value};
pub use vocabulary::{Takes, Vocabulary};

use crate::diagnostic::Report;
use crate::read::SourceFile;
use crate::text::{may_have_suspects, signs};
use block::Parser;
use lines::{Care, Lines};
use problems::Problems;

/// Maps and lists nested deeper than this are refused; the content model needs six levels.
pub(crate) const MAX_DEPTH: usize = 32;

/// Reads the YAML in `range` of a file (the whole of it, or its front matter); `None` when nothing usable stands there.
///
/// Every mistake is reported; what is not touched by one is in the tree.
pub fn parse(file: &SourceFile, range: Range<usize>, report: &mut Report) -> Option<Node> {
    parse_with(file, range, None, report)
}

/// Reads YAML as [`parse`] does, by someone who knows which words are keys: what a broken line was meant as is guessed
/// better. A text without mistakes is read the same.
pub fn parse_knowing(
    file: &SourceFile,
    range: Range<usize>,
    vocabulary: Vocabulary,
    report: &mut Report,
) -> Option<Node> {
    parse_with(file, range, Some(vocabulary), report)
}

fn parse_with(
    file: &SourceFile,
    range: Range<usize>,
    vocabulary: Option<Vocabulary>,
    report: &mut Report,
) -> Option<Node> {
    let mut problems = Problems::new(file.lines());
    let source = file.text();
    let text = without_control_characters(&source, range.clone(), &mut problems);
    let read = |care: Care, mut problems: Problems| {
        let lines = Lines::new(&text, range.clone(), vocabulary, care, &mut problems);
        let mut parser = Parser::new(lines, problems);
        let node = parser.document();
        let uncertain = parser.odd && !parser.lines.lenient && parser.problems.is_empty();
        if let Some(node) = node.as_ref().filter(|_| uncertain)
            && let Err(doubt) = confirm::confirm(&text[range.clone()], range.start, node)
        {
            parser.problems.syntax(doubt.at..doubt.at + 1, doubt.message);
        }
        (node, parser.problems, parser.lines.care)
    };
    // What most files are, without a slip, is read in half the time when nothing is looked for in them.
    if vocabulary.is_some() && problems.is_empty() && !may_be_mistyped(&text[range.clone()]) {
        let (node, found, care) = read(Care::Hasty, Problems::new(file.lines()));
        if found.is_empty() && care == Care::Hasty {
            found.finish(report);
            return node;
        }
    }
    let (node, problems, _) = read(Care::Full, problems);
    problems.finish(report);
    node
}

/// Returns whether a text may hold what is only mistyped by its characters: brackets and bars of a Chinese keyboard, characters
/// nobody sees; or a comment, behind which a value or a key may be hidden.
///
/// Numbers instead of conditions, as [`signs`] wants it.
fn may_be_mistyped(text: &str) -> bool {
    let judge = |a: u8, b: u8, c: u8| {
        let is = u8::from;
        let hash = is(a == b'#');
        let joiner = is(b == 0x80) & is(c >= 0x8b) & is(c <= 0x8d);
        let hidden = (is(a == 0xc2) & is(b == 0xad)) | (is(a == 0xe2) & (joiner | is(b == 0x81)));
        let square = (is(a == 0xe3) & is(b == 0x80) & is(c & 0xfe == 0x90))
            | (is(a == 0xef) & is(b == 0xbc) & is(c >= 0xbb));
        let curly_or_bar = is(a == 0xef) & is(b == 0xbd) & is(c >= 0x9b) & is(c <= 0x9d);
        let line = is(b == 0x94) & is(c == 0x82) | is(b == 0x88) & is(c == 0xa3);
        let bar = (is(a == 0xe4) & is(b == 0xb8) & is(c == 0xa8))
            | (is(a == 0xef) & is(b == 0xb8) & is(c == 0xb1))
            | (is(a == 0xe2) & line);
        hash | hidden | square | curly_or_bar | bar
    };
    signs(text, judge) != 0
}

/// Replaces characters that YAML forbids, or that end a line unseen, by as many blanks, and reports them.
fn without_control_characters<'a>(
    text: &'a str,
    range: Range<usize>,
    problems: &mut Problems,
) -> Cow<'a, str> {
    if !may_have_suspects(&text[range.clone()]) {
        return Cow::Borrowed(text);
    }
    let mut mended: Option<Vec<u8>> = None;
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        let new_line = c == '\r' && text.as_bytes().get(at + 1) != Some(&b'\n');
        if !is_forbidden(c) && !new_line {
            continue;
        }
        if !new_line {
            problems.control_character(at..at + c.len_utf8(), c);
        }
        let mended = mended.get_or_insert_with(|| text.as_bytes().to_vec());
        mended[at..at + c.len_utf8()].fill(if new_line { b'\n' } else { b' ' });
    }
    // Whole characters were replaced by ASCII, so the text is still UTF-8.
    mended.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn is_forbidden(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod written_trees;
