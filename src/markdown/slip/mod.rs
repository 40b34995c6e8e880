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
use crate::text::signs;
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
    let bytes = text.as_bytes();
    let signs = signs(text, sign);
    let has = |sign: u8| signs & sign != 0;
    let holds = |sign: &str| memchr::memmem::find(bytes, sign.as_bytes()).is_some();
    let is_odd = |at| destination::is_odd(&text[at + "](".len()..]);
    has(WIDE_SIGN)
        || has(LESS) && memchr::memchr_iter(b'<', bytes).any(|at| begins_tag(bytes, at))
        || has(WIDE_BRACKET) && ["】（", "】("].into_iter().any(holds)
        || has(HASH) && memchr::memchr_iter(b'#', bytes).any(|at| begins_tight(bytes, at))
        || has(BRACKET)
            && (["]（", "] (", "！[", "[^"].into_iter().any(holds)
                || memchr::memmem::find_iter(bytes, b"](").any(is_odd))
        || has(BAR) && table::may_be_wrong(text)
}

/// `|`.
const BAR: u8 = 1;
/// `<`.
const LESS: u8 = 2;
/// `#`.
const HASH: u8 = 4;
/// `[`.
const BRACKET: u8 = 8;
/// `】`.
const WIDE_BRACKET: u8 = 16;
/// `｜` and `＃`.
const WIDE_SIGN: u8 = 32;

/// Says which sign begins at a byte, with the two behind it.
fn sign(a: u8, b: u8, c: u8) -> u8 {
    let is = u8::from;
    let wide = (is(b == 0xbc) & is(c == 0x83)) | (is(b == 0xbd) & is(c == 0x9c));
    let narrow =
        (is(a == b'|') * BAR) | (is(a == b'<') * LESS) | (is(a == b'#') * HASH) | (is(a == b'[') * BRACKET);
    let bracket = (is(a == 0xe3) & is(b == 0x80) & is(c == 0x91)) * WIDE_BRACKET;
    narrow | bracket | ((is(a == 0xef) & wide) * WIDE_SIGN)
}

/// Returns whether a `<` begins a tag or a comment, as far as one byte tells.
fn begins_tag(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
}

/// Returns whether a run of `#` begins here that words follow without a blank.
fn begins_tight(bytes: &[u8], at: usize) -> bool {
    let is_first = bytes[..at].last().is_none_or(|before| matches!(before, b'\n' | b' ' | b'>'));
    let next = bytes[at..].iter().find(|&&byte| byte != b'#');
    is_first && next.is_some_and(|byte| !byte.is_ascii_whitespace())
}
