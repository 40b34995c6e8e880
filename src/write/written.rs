//! What yipin remembers of each file it wrote: its stamp, the hash of its bytes, the key it was made from.
//!
//! Only a cache: a file is believed to be as remembered while its size and time are; without the cache, or with a
//! damaged one, the bytes themselves are compared.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use blake3::{Hash, HexError};
use rustc_hash::FxHashMap;

use super::standing::Stamp;

const VERSION: &str = "yipin-written 2";

/// What is remembered of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Memory {
    /// The file as it stood after it was written.
    pub(super) stamp: Stamp,
    /// The hash of its bytes, where they passed through memory.
    pub(super) hash: Option<Hash>,
    /// The hash of all it was made from, where that is known.
    pub(super) key: Option<Hash>,
}

/// What is remembered of one public folder.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: String,
    files: FxHashMap<Box<str>, Memory>,
}

impl Written {
    /// Reads what was remembered; nothing when there is no such file, or it is damaged.
    pub(super) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_default();
        Self::of(text).unwrap_or_default()
    }

    /// Takes what was remembered; `None` when it is damaged.
    pub(super) fn of(text: String) -> Option<Self> {
        parse(&text).map(|files| Self { text, files })
    }

    /// Returns how many files are remembered.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// Returns the hash of all that is remembered.
    pub(super) fn hash(&self) -> Hash {
        hash_of(self.text.as_bytes())
    }

    /// Returns what is remembered of a file if it still stands as it was written.
    pub(super) fn get(&self, path: &str, stamp: Stamp) -> Option<&Memory> {
        self.files.get(path).filter(|memory| memory.stamp == stamp)
    }

    /// Returns what is remembered of the files below a folder, in no order.
    pub(super) fn below(&self, folder: &str) -> impl Iterator<Item = (&str, Memory)> {
        let below = self.files.iter().filter(move |(path, _)| path.starts_with(folder));
        below.map(|(path, memory)| (&**path, *memory))
    }

    /// Returns whether anything is remembered of a path.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Returns whether this is what `text` says.
    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }
}

/// Returns the hash of what is remembered, as it is written.
pub(super) fn hash_of(text: &[u8]) -> Hash {
    blake3::hash(text)
}

/// Writes what is to be remembered, one file a line, in the order given.
pub(super) fn render<'a>(files: impl Iterator<Item = (&'a str, Memory)>) -> String {
    let mut text = format!("{VERSION}\n");
    for (path, Memory { stamp, hash, key }) in files {
        let _ = write!(text, "{} {} {} ", stamp.size, stamp.mtime, stamp.file);
        push_hash(&mut text, hash);
        push_hash(&mut text, key);
        text.push_str(path);
        text.push('\n');
    }
    text
}

fn push_hash(text: &mut String, hash: Option<Hash>) {
    match hash {
        Some(hash) => text.push_str(&hash.to_hex()),
        None => text.push('-'),
    }
    text.push(' ');
}

fn parse(text: &str) -> Option<FxHashMap<Box<str>, Memory>> {
    let list = text.strip_prefix(VERSION)?.strip_prefix('\n')?;
    if !text.ends_with('\n') {
        return None;
    }
    list.lines().map(parse_line).collect()
}

fn parse_line(line: &str) -> Option<(Box<str>, Memory)> {
    let mut parts = line.splitn(6, ' ');
    let size = parts.next()?.parse().ok()?;
    let mtime = parts.next()?.parse().ok()?;
    let file = parts.next()?.parse().ok()?;
    let hash = parse_hash(parts.next()?).ok()?;
    let key = parse_hash(parts.next()?).ok()?;
    let path = parts.next()?;
    Some((path.into(), Memory { stamp: Stamp { size, mtime, file }, hash, key }))
}

fn parse_hash(text: &str) -> Result<Option<Hash>, HexError> {
    match text {
        "-" => Ok(None),
        hex => Hash::from_hex(hex).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_remembered_while_the_stamp_holds() {
        let stamp = Stamp { size: 3, mtime: 5, file: 7 };
        let memory = Memory { stamp, hash: Some(blake3::hash(b"a")), key: None };
        let text = render([("附件 一.pdf", memory)].into_iter());
        let written = Written { text: text.clone(), files: parse(&text).unwrap() };
        assert_eq!(written.get("附件 一.pdf", stamp), Some(&memory));
        assert_eq!(written.get("附件 一.pdf", Stamp { mtime: 6, ..stamp }), None);
        assert_eq!(written.get("附件 一.pdf", Stamp { file: 8, ..stamp }), None, "a file put in its place");
        assert_eq!(written.get("b", stamp), None);
    }

    #[test]
    fn a_damaged_memory_is_none() {
        let memory =
            Memory { stamp: Stamp { size: 3, mtime: 5, file: 7 }, hash: None, key: Some(blake3::hash(b"a")) };
        let text = render([("a", memory), ("b", memory)].into_iter());
        assert!(parse(&text[..text.len() - 1]).is_none());
        assert!(parse(&text.replace("3 5 7", "3 x 7")).is_none());
        assert!(parse("").is_none());
    }
}
