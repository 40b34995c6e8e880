//! Notices changes under `content/` and `themes/`: the system tells of them, or, where it cannot, a look from time to time.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKindMask, ModifyKind, RenameMode};
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::batch::{Noticed, What};
use crate::read;

/// The folders of a site that it is made from.
const WATCHED: [&str; 2] = ["content", "themes"];
/// How often to look where the system does not tell.
const POLL_EVERY: Duration = Duration::from_secs(1);

/// Notices changes as long as it lives.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn notify::Watcher + Send>,
    /// Whether the files are looked at from time to time.
    pub(super) polls: bool,
}

impl Watch {
    /// Begins to notice changes of the site at `root`; falls back to looking from time to time.
    pub(super) fn begin(
        root: &Path,
        poll: bool,
        tell: impl Fn(Noticed) + Send + Clone + 'static,
    ) -> Option<Self> {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        // What this program itself reads is of no interest: only closing after writing is asked for. Looking from time to
        // time calls it metadata when a file was written to.
        let kinds = EventKindMask::CREATE
            | EventKindMask::REMOVE
            | EventKindMask::MODIFY_DATA
            | EventKindMask::MODIFY_NAME
            | EventKindMask::ACCESS_CLOSE;
        let handler = |root: PathBuf, tell: Box<dyn Fn(Noticed) + Send>| {
            move |event: notify::Result<Event>| {
                if let Some(noticed) = understood(&root, event) {
                    tell(noticed);
                }
            }
        };
        let config = Config::default().with_event_kinds(kinds);
        if !poll {
            let told = handler(root.clone(), Box::new(tell.clone()));
            let watcher = RecommendedWatcher::new(told, config).ok();
            let watch =
                watcher.map(|watcher| Self { root: root.clone(), watcher: Box::new(watcher), polls: false });
            if let Some(watch) = watch.and_then(Self::watching) {
                return Some(watch);
            }
        }
        let config =
            config.with_event_kinds(kinds | EventKindMask::MODIFY_META).with_poll_interval(POLL_EVERY);
        let watcher = PollWatcher::new(handler(root.clone(), Box::new(tell)), config).ok()?;
        Self { root, watcher: Box::new(watcher), polls: true }.watching()
    }

    fn watching(mut self) -> Option<Self> {
        // The root itself only tells when one of the folders comes, goes, or is replaced.
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive).ok()?;
        for folder in WATCHED {
            let folder = self.root.join(folder);
            if folder.is_dir() {
                self.watcher.watch(&folder, RecursiveMode::Recursive).ok()?;
            }
        }
        Some(self)
    }

    /// Watches a folder that came to be, when it is one of the two, or a link to one.
    pub(super) fn renew(&mut self, folders: &[PathBuf]) {
        for folder in folders {
            let disk = self.root.join(folder);
            let is_link = || fs::symlink_metadata(&disk).is_ok_and(|meta| meta.is_symlink());
            if WATCHED.iter().any(|name| folder.as_os_str() == *name) || is_link() {
                let _ = self.watcher.unwatch(&disk);
                let _ = self.watcher.watch(&disk, RecursiveMode::Recursive);
            }
        }
    }

    /// Returns where a path from the root lies.
    pub(super) fn disk(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }
}

/// Makes sense of an event; `None` when it is of no interest.
fn understood(root: &Path, event: notify::Result<Event>) -> Option<Noticed> {
    let event = match event {
        Ok(event) => event,
        Err(error) => {
            let lost = matches!(error.kind, notify::ErrorKind::MaxFilesWatch);
            let what = if lost { What::Lost } else { What::Missed };
            return Some(Noticed { paths: Vec::new(), what });
        }
    };
    if event.need_rescan() {
        return Some(Noticed { paths: Vec::new(), what: What::Missed });
    }
    let is_folder = || event.paths.iter().any(|path| path.is_dir());
    let what = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(RenameMode::From))
        | EventKind::Remove(_) => What::Finished,
        EventKind::Access(_) => return None,
        // A link to a folder comes to be as a file does.
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) if is_folder() => What::Folder,
        EventKind::Create(_) => What::Created,
        EventKind::Modify(ModifyKind::Name(_)) => What::Finished,
        _ => What::Touched,
    };
    let paths: Vec<PathBuf> =
        event.paths.iter().filter_map(|path| of_the_site(path.strip_prefix(root).ok()?)).collect();
    (!paths.is_empty()).then_some(Noticed { paths, what })
}

/// Returns a path from the root when a site is made from what is there.
fn of_the_site(path: &Path) -> Option<PathBuf> {
    let mut parts = path.iter();
    let first = parts.next()?;
    let read = WATCHED.iter().any(|folder| first == *folder)
        && !parts.any(|part| read::is_ignored(&part.to_string_lossy()));
    read.then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(kind: EventKind, path: &str) -> Option<What> {
        understood(Path::new("/site"), Ok(Event::new(kind).add_path(path.into()))).map(|noticed| noticed.what)
    }

    #[test]
    fn only_what_a_site_is_made_from_is_noticed() {
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        assert_eq!(what(written, "/site/content/site.yaml"), Some(What::Finished));
        assert_eq!(what(written, "/site/themes/t/static/a.css"), Some(What::Finished));
        for path in [
            "/site/public/index.html",
            "/site/.yipin/cache",
            "/site",
            "/site/content/.a.swp",
            "/site/content/a~",
        ] {
            assert_eq!(what(written, path), None, "{path}");
        }
    }

    #[test]
    fn reading_is_not_a_change() {
        for kind in [AccessKind::Read, AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Read)]
        {
            assert_eq!(what(EventKind::Access(kind), "/site/content/site.yaml"), None);
        }
    }

    #[test]
    fn an_error_means_that_something_was_missed() {
        let missed = understood(Path::new("/site"), Err(notify::Error::generic("overflow")));
        assert_eq!(missed, Some(Noticed { paths: Vec::new(), what: What::Missed }));
    }
}
