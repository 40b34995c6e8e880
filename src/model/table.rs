//! Tables of records, and references into them.

use std::fmt::{self, Debug};
use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

use blake3::Hash;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::trace::{self, Dep, Sort};

/// A reference to a record: its place in a [`Table`].
pub struct Idx<T>(u32, PhantomData<fn() -> T>);

impl<T> Idx<T> {
    /// Makes a reference to the record at `at`.
    pub fn new(at: usize) -> Self {
        Self(at as u32, PhantomData)
    }

    /// Returns the place in the table.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

impl<T> Clone for Idx<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Idx<T> {}
impl<T> PartialEq for Idx<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for Idx<T> {}
impl<T> PartialOrd for Idx<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Idx<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<T> std::hash::Hash for Idx<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> Serialize for Idx<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.0)
    }
}
impl<'de, T> Deserialize<'de> for Idx<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u32::deserialize(deserializer).map(|at| Self(at, PhantomData))
    }
}
impl<T> Debug for Idx<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A kind of record that what is made of it is traced to.
pub trait Traced {
    /// The sort it is noted under.
    const SORT: Sort;
}

/// The records of one kind, in the order they are shown.
///
/// A record is shared: what was read of a file once is taken as it is while the file stays. Whoever takes a record of a
/// traced kind out of its table is noted to depend on it.
pub struct Table<T> {
    records: Vec<Arc<T>>,
    /// The hash of all that each record was made from, where that is known.
    made: Vec<Hash>,
}

impl<T> Table<T> {
    /// Makes a table of records that are already in order.
    pub fn new<R: Into<Arc<T>>>(records: impl IntoIterator<Item = R>) -> Self {
        Self { records: records.into_iter().map(Into::into).collect(), made: Vec::new() }
    }

    /// Makes a table of records in order, each with the hash of all it was made from.
    pub(super) fn made<R: Into<Arc<T>>>(records: impl IntoIterator<Item = (R, Hash)>) -> Self {
        let (records, made) = records.into_iter().map(|(record, made)| (record.into(), made)).unzip();
        Self { records, made }
    }

    /// Returns the hash of all that each record was made from; empty where that is not known.
    pub(super) fn made_from(&self) -> &[Hash] {
        &self.made
    }

    /// Returns a record to which derived facts are to be added, while nobody shares it yet.
    pub(super) fn record_mut(&mut self, idx: Idx<T>) -> &mut T {
        Arc::get_mut(&mut self.records[idx.at()])
            .expect("records with derived facts are made anew for each site")
    }

    /// Returns the table with another record at a place, and the hash of all that was made from.
    pub(super) fn with(&self, at: usize, record: Arc<T>, made: Hash) -> Option<Self> {
        let (mut records, mut hashes) = (self.records.clone(), self.made.clone());
        *records.get_mut(at)? = record;
        *hashes.get_mut(at)? = made;
        Some(Self { records, made: hashes })
    }

    /// Returns the place of the record that `is` means.
    pub(super) fn find(&self, is: impl Fn(&Arc<T>) -> bool) -> Option<usize> {
        self.records.iter().position(is)
    }

    /// Returns how many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

impl<T: Traced> Table<T> {
    /// Returns each record with its reference.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Idx<T>, &T)> + ExactSizeIterator {
        self.records().iter().enumerate().map(|(at, record)| (Idx::new(at), &**record))
    }

    /// Returns the records alone.
    pub fn records(&self) -> &[Arc<T>] {
        trace::note(Dep::all(T::SORT));
        &self.records
    }

    /// Returns the references to all records; who only knows that they are there depends on none of them.
    pub fn indexes(&self) -> impl DoubleEndedIterator<Item = Idx<T>> + ExactSizeIterator + use<T> {
        (0..self.records.len()).map(Idx::new)
    }
}

impl<T: Traced> Index<Idx<T>> for Table<T> {
    type Output = T;

    fn index(&self, idx: Idx<T>) -> &T {
        trace::note(Dep::one(T::SORT, idx.at()));
        &self.records[idx.at()]
    }
}

impl<T: Debug> Debug for Table<T> {
    /// Shows the records: two tables that show the same say the same, whatever they were made from.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.records).finish()
    }
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { records: self.records.clone(), made: self.made.clone() }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { records: Vec::new(), made: Vec::new() }
    }
}
