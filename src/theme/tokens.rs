//! Splits a template into the words and marks inside `{{ … }}` and `{% … %}`.

use std::ops::Range;

/// One word or mark inside `{{ … }}` or `{% … %}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    /// Bytes of the template.
    pub range: Range<usize>,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A name or a key word.
    Word,
    /// A quoted text, quotes included.
    Quoted,
    /// A number.
    Number,
    /// An operator or a bracket.
    Mark,
}

/// A part of a template that is not plain text.
#[derive(Debug)]
pub(super) enum Piece {
    /// `{{ … }}`.
    Print(Vec<Token>),
    /// `{% … %}`.
    Tag(Vec<Token>),
}

/// Splits a template into its pieces; comments, raw blocks and plain text are left out.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let rest = &text[open..];
        let end = match rest.as_bytes().get(1) {
            Some(b'#') => rest.find("#}").map(|end| open + end + 2),
            Some(b'{') => inside(text, open + 2, "}}").map(|(tokens, end)| {
                pieces.push(Piece::Print(tokens));
                end
            }),
            Some(b'%') => inside(text, open + 2, "%}").map(|(tokens, end)| {
                let raw = tokens.len() == 1 && &text[tokens[0].range.clone()] == "raw";
                if raw {
                    return raw_end(text, end);
                }
                pieces.push(Piece::Tag(tokens));
                end
            }),
            _ => Some(open + 1),
        };
        let Some(end) = end else { break };
        at = end;
    }
    pieces
}

/// Returns the place after `{% endraw %}`.
fn raw_end(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(open) = text[at..].find("{%").map(|open| at + open) {
        let inner = text[open + 2..].trim_start_matches('-').trim_start();
        at = open + 2;
        if let Some(rest) = inner.strip_prefix("endraw") {
            let close = text.len() - rest.len();
            return rest.find("%}").map_or(text.len(), |end| close + end + 2);
        }
    }
    text.len()
}

/// Reads tokens up to `close`; `None` when it never comes.
fn inside(text: &str, from: usize, close: &str) -> Option<(Vec<Token>, usize)> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = from;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let rest = &text[at..];
        if rest.starts_with(close) {
            return Some((tokens, at + 2));
        }
        if rest.starts_with('-') && rest[1..].starts_with(close) {
            return Some((tokens, at + 3));
        }
        let (kind, length) = token(rest)?;
        tokens.push(Token { kind, range: at..at + length });
        at += length;
    }
}

/// The marks of more than one character, longest first.
const LONG_MARKS: &[&str] = &["...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

fn token(rest: &str) -> Option<(TokenKind, usize)> {
    let first = *rest.as_bytes().first()?;
    if let Some(mark) = LONG_MARKS.iter().find(|mark| rest.starts_with(**mark)) {
        return Some((TokenKind::Mark, mark.len()));
    }
    let length_while = |test: fn(u8) -> bool| rest.bytes().take_while(|byte| test(*byte)).count();
    match first {
        b'"' | b'\'' | b'`' => quoted(rest, first).map(|length| (TokenKind::Quoted, length)),
        b'0'..=b'9' => Some((TokenKind::Number, length_while(|byte| byte.is_ascii_digit() || byte == b'.'))),
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            Some((TokenKind::Word, length_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_')))
        }
        _ => Some((TokenKind::Mark, rest.chars().next()?.len_utf8())),
    }
}

fn quoted(rest: &str, quote: u8) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}
