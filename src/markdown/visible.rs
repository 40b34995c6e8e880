//! The text a reader sees, without marks: for search, summaries, link texts and alternative texts.

use super::cjk::joins;

/// Plain text as it grows, with the line break that may or may not become a space.
#[derive(Debug, Default)]
pub(super) struct Visible {
    text: String,
    /// A soft line break was read and the text after it was not yet.
    pending: bool,
    /// The last thing seen is no character (a picture), so a break after it stays.
    after_object: bool,
}

impl Visible {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), ..Self::default() }
    }

    /// Appends text; returns whether a soft line break before it vanished.
    pub(super) fn push(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        let broken = std::mem::take(&mut self.pending);
        let joined = broken && !self.after_object && joins(&self.text, text);
        if broken && !joined {
            self.text.push(' ');
        }
        self.after_object = false;
        self.text.push_str(text);
        joined
    }

    /// Notes a soft line break.
    pub(super) fn soft_break(&mut self) {
        if self.pending {
            self.object();
        }
        self.pending = true;
    }

    /// Notes something that is no text: a break beside it is a space.
    pub(super) fn object(&mut self) {
        if std::mem::take(&mut self.pending) {
            self.text.push(' ');
        }
        self.after_object = true;
    }

    /// Ends a line: a block is over or the writer broke the line.
    pub(super) fn end_line(&mut self) {
        self.pending = false;
        self.after_object = false;
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(kept);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends a table cell.
    pub(super) fn end_cell(&mut self) {
        self.pending = false;
        self.text.push(' ');
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns the text from an earlier [`Self::len`] on; shorter than that if the end of a line took spaces away.
    pub(super) fn since(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or("")
    }

    /// Returns the text as one block of lines.
    pub(super) fn into_text(mut self) -> String {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
        self.text
    }
}

/// Returns a text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.trim().replace('\n', " ")
}
