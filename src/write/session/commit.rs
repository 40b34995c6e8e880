//! The second half of a session: all that was put becomes the site.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rustc_hash::FxHashSet;

use super::super::apply::Arrival;
use super::super::disk;
use super::super::error::WriteError;
use super::super::journal::{self, Journal, Move, Note};
use super::super::staging::Staging;
use super::super::standing::Found;
use super::super::{Summary, marker, moment, written};
use super::{Done, Session};
use crate::address::OutputPath;

impl Session {
    /// Publishes exactly what was put and kept: moves the new files into place and removes the stale ones.
    ///
    /// On [`WriteError::Unfinished`] and [`WriteError::Lost`] part of the new site stands, and the next run completes
    /// it; on every other error nothing was touched.
    pub fn commit(mut self) -> Result<Summary, WriteError> {
        if self.incomplete.load(Ordering::Relaxed) {
            return Err(WriteError::Incomplete);
        }
        let done = self.take_done()?;
        let stale = self.stale(&done);
        let mut summary = self.summarise(&done);
        let _moving = moment::begin();
        let published = self.publish(&done, &stale)?;
        self.remember(&done, published);
        self.tidy_up()?;
        summary.removed = stale;
        summary.foreign = std::mem::take(&mut self.standing).into_foreign();
        for adopted in done.iter().filter(|done| done.staged.is_none()) {
            summary.foreign.remove(adopted.path.as_str());
        }
        Ok(summary)
    }

    /// Takes the files of the new site, sorted; two at one place, or one in the place of a folder, is an error.
    fn take_done(&mut self) -> Result<Vec<Done>, WriteError> {
        let mut done = std::mem::take(self.done.get_mut().unwrap_or_else(PoisonError::into_inner));
        done.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        let twice = done.windows(2).find(|pair| pair[0].path == pair[1].path).map(|pair| &pair[0].path);
        let files: FxHashSet<&str> = done.iter().map(|done| done.path.as_str()).collect();
        let is_folder = |done: &&Done| done.path.folders().any(|folder| files.contains(folder));
        match twice.or_else(|| done.iter().find(is_folder).map(|done| &done.path)) {
            Some(path) => Err(WriteError::Clash { path: path.clone() }),
            None => Ok(done),
        }
    }

    /// Lists the files yipin wrote that are not part of the new site, sorted.
    fn stale(&self, done: &[Done]) -> Vec<OutputPath> {
        let new: FxHashSet<&str> = done.iter().map(|done| done.path.as_str()).collect();
        let listed = self.marker.listed.iter().filter(|path| !new.contains(path.as_str()));
        let mut stale: Vec<_> =
            listed.filter(|path| self.standing.own_file(path).is_some()).cloned().collect();
        if self.standing.ignores_case() && !stale.is_empty() {
            let folded: FxHashSet<String> = new.iter().map(|path| path.to_lowercase()).collect();
            stale.retain(|path| !folded.contains(&path.as_str().to_lowercase()));
        }
        stale.sort_unstable();
        stale
    }

    fn summarise(&self, done: &[Done]) -> Summary {
        let mut summary = Summary::default();
        for done in done {
            match (done.staged, self.standing.get(done.path.as_str())) {
                (None, _) => summary.unchanged += 1,
                (Some(_), Some(Found::File(_))) => summary.changed.push(done.path.clone()),
                (Some(_), _) => summary.created.push(done.path.clone()),
            }
        }
        summary
    }

    /// Makes the public folder the new site; returns whether anything had to be done for it.
    fn publish(&mut self, done: &[Done], stale: &[OutputPath]) -> Result<bool, WriteError> {
        let mut marker = self.stage_marker(&mut done.iter().map(|done| &done.path))?;
        let moves: Vec<Move> = done.iter().filter_map(Done::to_move).collect();
        if marker.is_none() && moves.is_empty() && stale.is_empty() {
            return Ok(false);
        }
        let all: BTreeSet<&OutputPath> =
            done.iter().map(|done| &done.path).chain(&self.marker.listed).collect();
        let marker_meanwhile =
            if all.len() == done.len() { marker.take() } else { self.stage_marker(&mut all.into_iter())? };
        let staging = &self.staging()?.folder;
        let note = Note::new(&self.root, &self.out, std::slice::from_ref(staging));
        let is_first = self.marker.text.is_empty();
        let journal = Journal { note, marker_meanwhile, marker, is_first, moves, removals: stale.to_vec() };
        disk::sync_folder(staging);
        journal::write_journal(&self.disk, &self.root, &journal)
            .map_err(WriteError::failed(self.root.shown(&self.root.journal())))?;
        self.over = true;
        let lost = self.arrive(&journal).map_err(|source| self.unfinished(source))?;
        if lost.is_empty() {
            return Ok(true);
        }
        self.tidy_up()?;
        Err(WriteError::Lost { paths: lost })
    }

    fn arrive(&self, journal: &Journal) -> io::Result<Vec<OutputPath>> {
        // What it remembers is about to become untrue; a killed run must not leave it standing.
        self.disk.remove_file(&self.memory_file())?;
        let Some(Staging { folder, .. }) = self.staging.get() else { return Ok(Vec::new()) };
        Arrival { disk: &self.disk, out: &self.out, staging: folder, journal, doubtful: false }.finish()
    }

    fn stage_marker(
        &self,
        paths: &mut dyn Iterator<Item = &OutputPath>,
    ) -> Result<Option<Move<()>>, WriteError> {
        let text = marker::render(self.site.as_deref(), paths);
        if text == self.marker.text {
            return Ok(None);
        }
        let (staged, file) = self.next_staged()?;
        let written =
            self.disk.write_new(&file, text.as_bytes()).and_then(|_| disk::sync(&File::open(&file)?));
        written.map_err(WriteError::failed(self.root.shown(&marker::path(&self.out))))?;
        Ok(Some(Move { staged, size: text.len() as u64, path: () }))
    }

    fn memory_file(&self) -> PathBuf {
        self.root.written(&self.root.shown(&self.out))
    }

    /// Writes down how each file now stands. Only a cache: when it cannot be written, the next run compares bytes.
    fn remember(&self, done: &[Done], published: bool) {
        let text = written::render(done.iter().map(|done| (done.path.as_str(), done.memory)));
        if published || !self.written.is(&text) {
            let _ = self.disk.replace(&self.memory_file(), text.as_bytes());
        }
    }

    fn unfinished(&self, source: io::Error) -> WriteError {
        WriteError::Unfinished { out: self.root.shown(&self.out), source }
    }

    fn tidy_up(&mut self) -> Result<(), WriteError> {
        self.over = true;
        self.tidy().map_err(|source| self.unfinished(source))
    }
}

impl Done {
    fn to_move(&self) -> Option<Move> {
        let staged = self.staged?;
        Some(Move { staged, size: self.memory.stamp.size, path: self.path.clone() })
    }
}
