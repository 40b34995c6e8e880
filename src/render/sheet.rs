//! Large files that are made of one part for each record: made side by side, and patched where a record changed.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::trace::{self, Deps};

/// What makes a part.
type Make<'a> = Box<dyn Fn(usize) -> String + Sync + 'a>;

/// A file as its parts.
pub struct Sheet<'a> {
    head: String,
    between: &'static str,
    tail: String,
    count: usize,
    part: Make<'a>,
}

/// What is remembered of one part: how long it is, what it was made from, and whatever tells that apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// In bytes.
    length: u32,
    deps: Deps,
    key: [u8; 32],
}

impl Made {
    /// Returns what the part was made from.
    pub fn deps(&self) -> &Deps {
        &self.deps
    }
}

/// A file as it was made before, with its parts.
pub struct Before<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Its parts, in order.
    pub parts: &'a [Made],
}

impl<'a> Sheet<'a> {
    /// A file of a head and `count` parts.
    pub(super) fn new(
        head: impl Into<String>,
        count: usize,
        part: impl Fn(usize) -> String + Sync + 'a,
    ) -> Self {
        Self { head: head.into(), between: "", tail: String::new(), count, part: Box::new(part) }
    }

    /// Puts something between the parts and behind the last one.
    pub(super) fn with(mut self, between: &'static str, tail: impl Into<String>) -> Self {
        self.between = between;
        self.tail = tail.into();
        self
    }

    /// Makes the whole file.
    pub fn whole(&self) -> Vec<u8> {
        let parts: Vec<String> = (0..self.count).into_par_iter().map(&self.part).collect();
        self.joined(&parts)
    }

    /// Makes the whole file, with the parts of the file before that would come out the same: `key` tells what a part is made
    /// from. Returns it with what is to be remembered of its parts.
    pub fn patched(
        &self,
        before: Option<Before<'_>>,
        key: impl Fn(&Deps) -> blake3::Hash + Sync,
    ) -> (Vec<u8>, Vec<Made>) {
        let old = before.and_then(|before| self.taken_apart(&before).map(|old| (old, before.parts)));
        let make = |at: usize| {
            if let Some((bytes, parts)) = &old
                && let (Some(bytes), Some(made)) = (bytes.get(at), parts.get(at))
                && key(&made.deps) == made.key
            {
                return (Cow::Borrowed(*bytes), made.clone());
            }
            let (text, deps) = trace::record(|| (self.part)(at));
            let made = Made { length: text.len() as u32, key: key(&deps).into(), deps };
            (Cow::Owned(text.into_bytes()), made)
        };
        let (parts, memory): (Vec<Cow<'_, [u8]>>, Vec<Made>) =
            (0..self.count).into_par_iter().map(make).unzip();
        (self.joined(&parts), memory)
    }

    /// Puts the parts together.
    fn joined(&self, parts: &[impl AsRef<[u8]>]) -> Vec<u8> {
        let (head, between, tail) = (self.head.as_bytes(), self.between.as_bytes(), self.tail.as_bytes());
        let inner: usize = parts.iter().map(|part| part.as_ref().len() + between.len()).sum();
        let mut out = Vec::with_capacity(head.len() + inner + tail.len());
        out.extend_from_slice(head);
        for (at, part) in parts.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b"" } else { between });
            out.extend_from_slice(part.as_ref());
        }
        out.extend_from_slice(tail);
        out
    }

    /// Returns the bytes of each part of a file; `None` when it is not made of these parts.
    fn taken_apart<'b>(&self, before: &Before<'b>) -> Option<Vec<&'b [u8]>> {
        let mut rest = before.bytes.strip_prefix(self.head.as_bytes())?;
        let mut parts = Vec::with_capacity(before.parts.len());
        for (at, made) in before.parts.iter().enumerate() {
            if at > 0 {
                rest = rest.strip_prefix(self.between.as_bytes())?;
            }
            let (part, after) = rest.split_at_checked(made.length as usize)?;
            parts.push(part);
            rest = after;
        }
        (rest == self.tail.as_bytes()).then_some(parts)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use blake3::Hash;

    use super::*;
    use crate::trace::{Dep, Sort, note};

    /// A sheet of these numbers; each part is made from the record of its place, and counts that it was made.
    fn sheet<'a>(numbers: &'a [u32], made: &'a AtomicUsize) -> Sheet<'a> {
        let part = |at: usize| {
            note(Dep::one(Sort::Community, at));
            made.fetch_add(1, Ordering::Relaxed);
            numbers[at].to_string()
        };
        Sheet::new("[", numbers.len(), part).with(", ", "]")
    }

    fn key(numbers: &[u32]) -> impl Fn(&Deps) -> Hash + Sync {
        |deps| {
            let read = deps.iter().filter_map(|dep| numbers.get(dep.parts().1?));
            blake3::hash(&read.flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>())
        }
    }

    #[test]
    fn only_the_parts_that_changed_are_made_and_the_file_is_as_if_all_were() {
        let made = AtomicUsize::new(0);
        let (old, new) = ([7, 88, 9], [7, 12345, 9, 10]);
        let (bytes, parts) = sheet(&old, &made).patched(None, key(&old));
        assert_eq!((bytes.as_slice(), made.swap(0, Ordering::Relaxed)), (&b"[7, 88, 9]"[..], 3));
        let before = Before { bytes: &bytes, parts: &parts };
        let (bytes, parts) = sheet(&new, &made).patched(Some(before), key(&new));
        assert_eq!((bytes.as_slice(), made.swap(0, Ordering::Relaxed)), (&b"[7, 12345, 9, 10]"[..], 2));
        assert_eq!(parts, sheet(&new, &made).patched(None, key(&new)).1);
        assert_eq!(sheet(&new, &made).whole(), bytes);
    }

    #[test]
    fn a_file_that_is_not_made_of_the_remembered_parts_is_made_anew() {
        let made = AtomicUsize::new(0);
        let numbers = [1, 22, 333];
        let (bytes, parts) = sheet(&numbers, &made).patched(None, key(&numbers));
        for other in [&b""[..], b"[1, 22, 333", b"[1, 22, 3334]", b"{1, 22, 333]", b"[1; 22; 333]"] {
            let before = Before { bytes: other, parts: &parts };
            assert_eq!(sheet(&numbers, &made).patched(Some(before), key(&numbers)).0, bytes);
        }
    }

    #[test]
    fn nothing_makes_an_empty_sheet() {
        let made = AtomicUsize::new(0);
        assert_eq!(sheet(&[], &made).whole(), b"[]");
        assert_eq!(sheet(&[], &made).patched(None, key(&[])).0, b"[]");
    }
}
