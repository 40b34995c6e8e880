//! What the reader is told about keys, so that it can tell a key from a text that only looks like one.

/// What a key takes, in any of the records that have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Takes {
    /// Whether a list or a record may stand below it.
    pub nested: bool,
    /// Whether a list must.
    pub list: bool,
}

/// Says what a key takes; `None` for a word that is no key.
pub type Vocabulary = fn(&str) -> Option<Takes>;
