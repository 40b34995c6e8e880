//! The tree: values as they were written, each with its place.

use std::ops::Range;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of [`SourceFile::text`](crate::read::SourceFile) it was written in; empty where nothing was written.
    pub range: Range<usize>,
    /// What was written.
    pub value: Value,
}

/// What kind of value was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Text; numbers, dates and yes/no are text here too.
    Scalar(Scalar),
    /// A list.
    List(Vec<Node>),
    /// Keys with values.
    Map(Map),
}

/// A text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// The text: exactly what is written when it is plain (`2024.10`, `007`), what is meant when quoted or block.
    pub text: String,
    /// How it was written.
    pub style: Style,
}

/// How a text was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In straight single or double quotes.
    Quoted,
    /// As indented lines below `|` or `>`.
    Block,
}

/// Keys with values, in the order they were written; every key once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    /// The entries that could be read.
    pub entries: Vec<Entry>,
    /// Keys that were written but whose values could not be read; the mistake is already reported.
    pub broken: Vec<String>,
}

impl Node {
    /// Returns whether this stands for a list item that could not be read at all; the mistake is already reported.
    pub fn is_refused(&self) -> bool {
        matches!(&self.value, Value::Map(map) if map.entries.is_empty() && map.broken == [Map::REFUSED])
    }
}

impl Map {
    /// The broken key of an item that could not be read: any key may have been in it.
    const REFUSED: &str = "";

    /// Makes what stands for an item that could not be read.
    pub(super) fn refused() -> Self {
        Self { entries: Vec::new(), broken: vec![Self::REFUSED.to_owned()] }
    }

    /// Returns whether this key was, or may have been, written with a value that could not be read.
    pub fn is_broken(&self, key: &str) -> bool {
        self.broken.iter().any(|broken| broken == key || broken == Self::REFUSED)
    }

    /// Returns the entry with this key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// Where the key stands.
    pub key_range: Range<usize>,
    /// Its value; an empty value stands right after the colon.
    pub value: Node,
}
