//! Markdown that was mistyped: what would be published raw, or be gone, without anybody being told.
//!
//! The parser has the first say. What it took for plain text, and looks like a mark all the same, is a slip; so is what tables
//! and the sanitiser drop. Nothing is looked for in code. A text without a sign of any slip costs a few searches for bytes.

mod footnote;
mod heading;
mod html;
mod link;
mod read;
mod table;

use std::ops::Range;

use super::destination;
use crate::diagnostic::{Bilingual, Code, Diagnostic};
use read::Read;

/// A slip: where it is in the text, and what to say about it.
#[derive(Debug)]
pub struct Slip {
    /// The bytes of the text it is about.
    pub range: Range<usize>,
    /// What is wrong and what to write instead; its place in a file is for the caller to add.
    pub problem: Diagnostic,
}

/// Finds every slip in a text, in no order.
pub fn slips(text: &str) -> Vec<Slip> {
    let mut slips = Vec::new();
    if may_hold(text) {
        let read = Read::new(text);
        link::find(&read, &mut slips);
        heading::find(&read, &mut slips);
        table::find(&read, &mut slips);
        footnote::find(&read, &mut slips);
        html::find(&read, &mut slips);
    }
    slips
}

impl Slip {
    fn new(code: Code, range: Range<usize>, message: Bilingual, help: Bilingual) -> Self {
        Self { range, problem: Diagnostic::new(code, message).help(help) }
    }
}

/// Returns whether a text holds anything that could be a slip.
fn may_hold(text: &str) -> bool {
    const WIDE: [&str; 4] = ["】（", "】(", "｜", "＃"];
    const BRACKETS: [&str; 4] = ["]（", "] (", "！[", "[^"];
    let bytes = text.as_bytes();
    let holds = |sign: &&str| memchr::memmem::find(bytes, sign.as_bytes()).is_some();
    let is_odd = |at| destination::is_odd(&text[at + "](".len()..]);
    memchr::memchr2(b'|', b'<', bytes).is_some()
        || WIDE.iter().any(holds)
        || memchr::memchr_iter(b'#', bytes).any(|at| begins_tight(bytes, at))
        || memchr::memchr(b'[', bytes).is_some()
            && (BRACKETS.iter().any(holds) || memchr::memmem::find_iter(bytes, b"](").any(is_odd))
}

/// Returns whether a run of `#` begins here that words follow without a blank.
fn begins_tight(bytes: &[u8], at: usize) -> bool {
    let is_first = bytes[..at].last().is_none_or(|before| matches!(before, b'\n' | b' ' | b'>'));
    let next = bytes[at..].iter().find(|&&byte| byte != b'#');
    is_first && next.is_some_and(|byte| !byte.is_ascii_whitespace())
}
