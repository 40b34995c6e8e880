//! What stands at this moment: the generation that is served and what is wrong with the files as they are now.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use super::served::Served;
use crate::diagnostic::{Diagnostic, Lang};

/// How long a request waits for what is already on its way.
const PATIENCE: Duration = Duration::from_millis(300);
/// How many theme files of generations gone by are kept for pages that still name them.
const FORMER: usize = 256;

/// Where the keeper puts what it has made and everybody else finds it.
#[derive(Debug)]
pub(super) struct Desk {
    /// The language to speak.
    pub(super) lang: Lang,
    /// The address that is listened at.
    pub(super) local: IpAddr,
    noticed: AtomicU64,
    standing: watch::Sender<Standing>,
}

/// What stands; cheap to clone.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// The last site without errors.
    pub(super) served: Option<Arc<Served>>,
    /// What is wrong with the files as they are now, in file order.
    pub(super) problems: Arc<Vec<Diagnostic>>,
    /// Whether the site that is served is that of the files as they are now.
    pub(super) current: bool,
    /// How many looks there were.
    pub(super) looks: u64,
    /// Counts the looks at which a file that pages only name, such as a photo, was different.
    pub(super) files: u64,
    /// The folders the site is and was served under, the present one first.
    pub(super) bases: Arc<Vec<String>>,
    /// Theme files that have gone, by address.
    pub(super) former: Arc<BTreeMap<Arc<str>, Arc<[u8]>>>,
    /// How many of the changes that were noticed this takes in.
    dealt: u64,
}

impl Desk {
    pub(super) fn new(lang: Lang, local: IpAddr) -> Self {
        Self { lang, local, noticed: AtomicU64::new(0), standing: watch::Sender::default() }
    }

    /// Notes that something changed.
    pub(super) fn notice(&self) {
        self.noticed.fetch_add(1, Ordering::SeqCst);
    }

    /// Returns how many changes were noticed so far.
    pub(super) fn noticed(&self) -> u64 {
        self.noticed.load(Ordering::SeqCst)
    }

    /// Returns what stands.
    pub(super) fn standing(&self) -> Standing {
        self.standing.borrow().clone()
    }

    /// Follows what stands.
    pub(super) fn follow(&self) -> watch::Receiver<Standing> {
        self.standing.subscribe()
    }

    /// Returns what stands once the first look is over and what was noticed is dealt with, or patience is.
    pub(super) async fn settled(&self) -> Standing {
        let noticed = self.noticed();
        let mut follow = self.follow();
        let _ = follow.wait_for(|standing| standing.looks > 0).await;
        let dealt = follow.wait_for(|standing| standing.dealt >= noticed);
        let _ = tokio::time::timeout(PATIENCE, dealt).await;
        self.standing()
    }

    /// Puts what a look came to in place; `dealt` is what had been noticed when it began.
    pub(super) fn put(&self, look: Look, dealt: u64) {
        self.standing.send_modify(|standing| {
            standing.looks += 1;
            standing.dealt = dealt;
            standing.problems = look.problems;
            standing.current = look.served.is_some();
            standing.files += u64::from(look.files);
            if let Some(served) = look.served {
                standing.replace(served);
            }
            if standing.bases.is_empty() {
                standing.bases = Arc::new(vec!["/".to_owned()]);
            }
        });
    }

    /// Says what else is wrong with the site that is served; `false` when another is by now.
    pub(super) fn add_problems(&self, of: &Arc<Served>, problems: Arc<Vec<Diagnostic>>) -> bool {
        self.standing.send_if_modified(|standing| {
            let same = standing.current && standing.served.as_ref().is_some_and(|now| Arc::ptr_eq(now, of));
            if same {
                standing.problems = problems;
            }
            same
        })
    }
}

/// What a look at the files came to.
#[derive(Debug)]
pub(super) struct Look {
    pub(super) served: Option<Arc<Served>>,
    pub(super) problems: Arc<Vec<Diagnostic>>,
    /// Whether a file that pages only name may be different.
    pub(super) files: bool,
}

impl Standing {
    fn replace(&mut self, served: Arc<Served>) {
        let mut bases = vec![served.base.clone()];
        bases.extend(self.bases.iter().filter(|base| **base != served.base).cloned());
        self.bases = Arc::new(bases);
        if let Some(old) = &self.served {
            let gone: Vec<_> = gone(old, &served).collect();
            if !gone.is_empty() {
                let former = Arc::make_mut(&mut self.former);
                if former.len() + gone.len() > FORMER {
                    former.clear();
                }
                former.extend(gone);
            }
        }
        self.served = Some(served);
    }
}

/// Lists the theme files of one generation whose addresses another does not have.
fn gone<'a>(old: &'a Served, new: &'a Served) -> impl Iterator<Item = (Arc<str>, Arc<[u8]>)> + use<'a> {
    let files = old.generation.theme_files().into_iter().flat_map(|files| files.values());
    files
        .filter(|file| new.generation.find(&file.output).is_none())
        .map(|file| (Arc::clone(&file.output), Arc::clone(&file.bytes)))
}
