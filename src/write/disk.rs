//! The few operations that change the disk; the rest of the module changes it through these only.
//!
//! Each operation is one step. A test can let the process "die" at any step: that step and all after it do nothing
//! and fail, exactly as if the machine had stopped there.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

/// The disk, as the writer may change it.
#[derive(Debug, Default)]
pub(super) struct Disk {
    #[cfg(test)]
    steps: Option<std::sync::atomic::AtomicUsize>,
}

impl Disk {
    /// Makes a disk that dies after so many steps.
    #[cfg(test)]
    pub(super) fn dying_after(steps: usize) -> Self {
        Self { steps: Some(steps.into()) }
    }

    #[cfg(test)]
    fn step(&self) -> io::Result<()> {
        use std::sync::atomic::Ordering::SeqCst;
        let Some(left) = &self.steps else { return Ok(()) };
        match left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("the process died here")),
        }
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "only a test can let a step fail")]
    #[inline]
    fn step(&self) -> io::Result<()> {
        Ok(())
    }

    /// Makes one folder; its parent must exist.
    pub(super) fn create_dir(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir(path)
    }

    /// Makes a folder and the folders it is in.
    pub(super) fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        fs::create_dir_all(path)
    }

    /// Writes a file that does not exist yet and returns how it then stands.
    pub(super) fn write_new(&self, path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
        self.step()?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.metadata()
    }

    /// Copies the bytes of a file, not its permissions, into a file that does not exist yet.
    pub(super) fn copy_new(&self, from: &Path, to: &Path) -> io::Result<Metadata> {
        self.step()?;
        let mut source = File::open(from)?;
        let mut file = OpenOptions::new().write(true).create_new(true).open(to)?;
        io::copy(&mut source, &mut file)?;
        file.metadata()
    }

    /// Replaces a file in one move, so that a reader sees the old bytes or the new ones.
    pub(super) fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.replace_with(path, bytes, false)
    }

    /// Replaces a file in one move and waits until the new bytes would survive a power cut.
    pub(super) fn replace_durably(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.replace_with(path, bytes, true)?;
        if let Some(folder) = path.parent() {
            sync_folder(folder);
        }
        Ok(())
    }

    fn replace_with(&self, path: &Path, bytes: &[u8], durably: bool) -> io::Result<()> {
        self.step()?;
        let fresh = path.with_extension("tmp");
        let mut file = File::create(&fresh)?;
        file.write_all(bytes)?;
        if durably {
            sync(&file)?;
        }
        drop(file);
        self.rename(&fresh, path)
    }

    /// Moves a file; a file that stands at the target is replaced in the same instant.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        fs::rename(from, to)
    }

    /// Removes a file; one that is not there is as good as removed.
    pub(super) fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step()?;
        absent_is_fine(fs::remove_file(path))
    }

    /// Removes a folder if it is there and empty, and returns whether it is gone.
    pub(super) fn remove_empty_dir(&self, path: &Path) -> io::Result<bool> {
        self.step()?;
        match absent_is_fine(fs::remove_dir(path)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Removes a folder that holds nothing but files; a link in its place is removed and not followed.
    pub(super) fn remove_flat_dir(&self, path: &Path) -> io::Result<()> {
        if fs::symlink_metadata(path).is_ok_and(|meta| !meta.is_dir()) {
            return self.remove_file(path);
        }
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) => return absent_is_fine(Err(error)),
        };
        for entry in entries {
            self.remove_file(&entry?.path())?;
        }
        self.remove_empty_dir(path)?;
        Ok(())
    }
}

/// Waits until a file would survive a power cut.
///
/// A unit test lets processes die, not machines, and cannot wait for the platter thousands of times.
pub(super) fn sync(file: &File) -> io::Result<()> {
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// Asks the system to keep the names in a folder through a power cut, where it can.
///
/// Windows opens no folders and some network shares refuse; the promise is then that of the file system alone.
pub(super) fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| sync(&folder));
}

/// Returns whether an error says that nothing stands at a path.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if is_absent(&error) => Ok(()),
        other => other,
    }
}
