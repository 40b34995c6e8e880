//! YAML text to a tree in which everything has its place.
//!
//! County clerks write these files in Notepad. So every mistake they make has a message of its own that shows what to
//! type instead, several mistakes are found in one go, and what can be understood of a broken file still comes out as
//! a tree. The accepted subset: block and flow maps and lists, plain, quoted and block text, comments. Anchors,
//! aliases, merge keys, tags, several documents and keys that are not text are refused. Knows nothing of the content
//! model: which keys there are, and what a value means, is for the model to say.

mod node;

use std::ops::Range;

pub use node::{Entry, Map, Node, Scalar, Style, Value};

use crate::diagnostic::Report;
use crate::read::SourceFile;

/// Reads the YAML in `range` of a file (the whole of it, or its front matter); `None` when nothing stands there.
pub fn parse(_file: &SourceFile, _range: Range<usize>, _report: &mut Report) -> Option<Node> {
    None
}

/// Splits a Markdown file: the range of the YAML between its `---` lines, if any, and the range of the text below.
pub fn front_matter(file: &SourceFile, _report: &mut Report) -> (Option<Range<usize>>, Range<usize>) {
    (None, 0..file.text.len())
}
