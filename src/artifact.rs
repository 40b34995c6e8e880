//! One finished file of the site: its address and its bytes. [`crate::render`] makes them, [`crate::write`] keeps them.

use std::path::PathBuf;

use crate::address::OutputPath;

/// One file of the new site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its place in the public folder.
    pub path: OutputPath,
    /// Its bytes, or where they are.
    pub content: Content,
}

/// The bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The bytes themselves.
    Bytes(Vec<u8>),
    /// A file that is copied as it is, without its permissions.
    File(PathBuf),
}
