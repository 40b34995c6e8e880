//! The quickest way to a site that is already there: nothing was touched since it was built, so nothing is to be done.
//!
//! After a build, the hash of everything it was made from (every file's path, size and times; the day, the options, the
//! program) is kept with what it said. Before the next one, both folders are only looked over.

use std::fs;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};

use crate::diagnostic::{Diagnostic, Report};
use crate::fingerprint;
use crate::pack::{self, Pack};
use crate::read::Listing;
use crate::write::{self, Summary};

/// What a build is made from, as far as a look tells; `None` when a look does not tell enough.
#[derive(Debug, Clone, Copy)]
pub struct Look(Option<Hash>);

impl Look {
    /// Looks over the site at `root`, to be built with these options.
    pub fn at(root: &Path, listing: &Listing, options: &impl std::fmt::Debug) -> Self {
        Self(listing.hash(root).map(|files| {
            let mut hasher = Hasher::new();
            hasher.update(files.as_bytes());
            fingerprint::update_debug(&mut hasher, options);
            hasher.finalize()
        }))
    }

    /// Returns what the last build into `out` said, if the next one would do and say the same.
    pub fn still(self, root: &Path, out: &Path) -> Option<(Summary, Report)> {
        let look = self.0?;
        let pack = Pack::open(&place(root, out))?;
        let [known, write]: [[u8; 32]; 2] = pack.take(LOOK)?.try_into().ok()?;
        let said: Vec<Diagnostic> = pack.take(SAID)?;
        if look != Hash::from_bytes(known) {
            return None;
        }
        let still = write::still(root, out)?;
        (still.write == Hash::from_bytes(write)).then(|| {
            let mut report = Report::new();
            report.extend(said);
            (still.summary, report)
        })
    }

    /// Keeps what a build into `out` that succeeded was made from and said.
    pub fn keep(self, root: &Path, out: &Path, said: &Report) {
        let path = place(root, out);
        let Some((look, write)) = self.0.zip(write::last_write(root, out)) else {
            let _ = fs::remove_file(path);
            return;
        };
        // Without it the next build only takes longer.
        let _ = pack::save(&path, |packer| {
            packer.put(LOOK, &[*look.as_bytes(), *write.as_bytes()]);
            packer.put(SAID, &said.iter().collect::<Vec<_>>());
        });
    }
}

const LOOK: u16 = 1;
const SAID: u16 = 2;

/// Returns where the look at the build into `out` is kept.
fn place(root: &Path, out: &Path) -> PathBuf {
    let out = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    let name = &blake3::hash(out.as_os_str().as_encoded_bytes()).to_hex()[..16];
    root.join(".yipin").join(format!("look-{name}"))
}
