//! Artifacts -> disk: the only writer of the public folder.
//!
//! A write is a [`Session`]: [`open`] it, [`Session::put`] every file of the new site, [`Session::commit`].
//!
//! ```text
//! open     lock, deal with a killed run, see whose folder it is and what stands in it
//! put      the same stands already: nothing; else: write it into the staging folder (the first one notes "under way")
//! commit   journal (now the new site is decided), move, remove what is stale, remember, tidy up
//! recover  no note: nothing; a journal, and the folder it is for: finish; else: undo
//! ```
//!
//! What is promised:
//! - All or nothing. Until the journal stands nothing published is touched; once it stands, [`recover`] finishes the
//!   work, however often and wherever it is killed. Who asks the program to end waits for the moment ([`stillness`]).
//!   Each file is replaced in one instant; the *folder* is not: for the moment of the moves a visitor may meet old and
//!   new pages side by side.
//! - What has not changed keeps its bytes and its times. Only files yipin wrote are ever replaced or removed: the
//!   marker in the public folder lists them.
//! - Links inside the public folder are never followed.
//!
//! What is not: the bytes of single files are not forced to the platter, which would take minutes. The journal and the
//! marker are. After a power cut a file that was not whole when it was to be moved keeps its old version, which is
//! said, and the next build writes it; one damaged after it was moved differs from what is remembered of it in size
//! and is written again too. Two sites that publish into one folder are not kept apart.

mod apply;
mod disk;
mod error;
mod journal;
mod marker;
mod moment;
mod place;
mod recovery;
mod session;
mod staging;
mod standing;
mod still;
#[cfg(test)]
mod tests;
mod wanted;
mod written;

use std::collections::BTreeSet;

use crate::address::OutputPath;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

pub(crate) use error::reason;
pub use error::{BadOutput, WriteError};
pub use moment::{Stillness, stillness};
pub use recovery::{Recovery, recover};
pub use session::{Session, forget, open};
pub use still::{Still, last_write, still};

/// What a write did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// New files, sorted.
    pub created: Vec<OutputPath>,
    /// Files with new bytes, sorted.
    pub changed: Vec<OutputPath>,
    /// Files that are no longer part of the site, sorted.
    pub removed: Vec<OutputPath>,
    /// How many files were left as they stood.
    pub unchanged: usize,
    /// What others put into the public folder, from it, with `/`; it was left alone.
    pub foreign: BTreeSet<String>,
}

impl Summary {
    /// Returns whether the site is as it was.
    pub fn is_unchanged(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Says which files in the public folder are not yipin's, if there are any.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let first = self.foreign.first()?;
        let count = self.foreign.len();
        let message = text!(
            "输出文件夹里有 {count} 个文件不是 yipin 生成的（如“{first}”），已原样保留。",
            "{count} files in the output folder (such as `{first}`) are not yipin's; they were left alone."
        );
        Some(Diagnostic::new(codes::KEPT_FILE, message))
    }
}
