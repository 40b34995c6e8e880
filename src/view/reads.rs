//! Which fields of the views templates read: what nobody reads is neither made nor handed to the engine.
//!
//! The theme gathers [`Marks`] from its templates and makes one [`Reads`] of them for each kind of page. Views are
//! shown to the engine by them ([`Described::show`]), and whoever makes a view asks before drawing a picture.
//!
//! [`Described::show`]: super::describe::Described::show

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::describe::{Record, Shape};

/// The fields of each record that are read, while they are being gathered.
#[derive(Debug, Default)]
pub struct Marks {
    /// By the address of the record's description; a bit for each field in the order there.
    fields: FxHashMap<usize, u64>,
    everything: bool,
}

impl Marks {
    /// Notes that a field is read; `at` is its place in the description.
    pub fn field(&mut self, record: &'static Record, at: usize) {
        *self.fields.entry(address(record)).or_default() |= 1 << at;
    }

    /// Notes that all of a value may be read, however deep.
    pub fn all_of(&mut self, shape: Shape) {
        let mut open: Vec<&'static Record> = shape.record().into_iter().collect();
        while let Some(record) = open.pop() {
            let marks = self.fields.entry(address(record)).or_default();
            if *marks != u64::MAX {
                *marks = u64::MAX;
                open.extend(record.fields.iter().filter_map(|field| (field.shape)().record()));
            }
        }
    }

    /// Notes that nothing is known of what is read.
    pub fn everything(&mut self) {
        self.everything = true;
    }

    /// Says for every record within `roots` what is read of it: at least one field, as the engine takes an empty map for
    /// false.
    pub fn into_reads(self, roots: &[Shape]) -> Reads {
        if self.everything {
            return Reads::everything();
        }
        let mut reads = Reads::default();
        let mut open: Vec<&'static Record> = roots.iter().filter_map(|root| root.record()).collect();
        while let Some(record) = open.pop() {
            if let Entry::Vacant(place) = reads.fields.entry(address(record)) {
                let all = u64::MAX >> (64 - record.fields.len());
                place.insert(self.fields.get(&address(record)).map_or(1, |marks| marks & all));
                open.extend(record.fields.iter().filter_map(|field| (field.shape)().record()));
            }
        }
        reads
    }
}

/// The fields the templates of one kind of page read.
#[derive(Debug, Clone, Default)]
pub struct Reads {
    /// As in [`Marks`]; of a record that is not here everything is read.
    fields: FxHashMap<usize, u64>,
}

impl Reads {
    /// Everything is read.
    pub fn everything() -> Self {
        Self::default()
    }

    /// Everything is read but one field of a record.
    pub fn all_but(shape: Shape, name: &str) -> Self {
        let mut reads = Self::everything();
        if let Some(record) = shape.record() {
            let others = record.fields.iter().enumerate().filter(|(_, field)| field.name != name);
            reads.fields.insert(address(record), others.fold(0, |bits, (at, _)| bits | 1 << at));
        }
        reads
    }

    /// Returns the fields of a record that are read, as bits in the order of its description.
    pub fn fields(&self, record: &'static Record) -> u64 {
        self.fields.get(&address(record)).copied().unwrap_or(u64::MAX >> (64 - record.fields.len()))
    }

    /// Returns whether a field is read; see [`crate::reads!`].
    pub fn field(&self, shape: Shape, name: &str) -> bool {
        let Some(record) = shape.record() else { return true };
        let Some(fields) = self.fields.get(&address(record)) else { return true };
        record.fields.iter().position(|field| field.name == name).is_none_or(|at| fields >> at & 1 != 0)
    }
}

/// Asks whether a field of a view is read, `reads!(reads, ProjectView.chart)`, or makes its value where it is,
/// `reads!(reads, ProjectView.chart => self.timeline(project))`; elsewhere it is left empty.
#[macro_export]
macro_rules! reads {
    ($reads:expr, $View:ident . $field:ident => $made:expr) => {
        if $crate::reads!($reads, $View.$field) { $made } else { Default::default() }
    };
    ($reads:expr, $View:ident . $field:ident) => {{
        // The compiler sees to it that there is such a field.
        let _ = |view: &$View| {
            let _ = &view.$field;
        };
        $reads.field(<$View as $crate::view::describe::Described>::shape(), stringify!($field))
    }};
}

/// Descriptions are statics, so that each has an address of its own.
fn address(record: &'static Record) -> usize {
    std::ptr::from_ref(record).addr()
}
