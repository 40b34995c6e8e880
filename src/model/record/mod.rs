//! Reads one record by its table: which keys stand in it, what is missing, and its values by type.
//!
//! Every getter reports what is wrong with its value and returns `None`; a required value that is absent has been
//! reported when the record was opened. So a reader asks for everything first, and then unwraps with `?`.

mod complaints;
mod examples;
mod keys;
mod languages;
mod lists;
pub(super) mod references;
mod values;

use std::ops::Range;

use super::context::{Context, Parsed};
use super::schema::{Field, Record, Type};
use super::site::Origin;
use crate::diagnostic::{Code, Diagnostic, Span, codes};
use crate::text;
use crate::yaml::{Entry, Map, Node, Value};

/// More keys than any record has.
const SLOTS: usize = 32;

static NO_KEYS: Map = Map { entries: Vec::new(), broken: Vec::new() };

/// A record being read.
pub(super) struct Reader<'a> {
    pub(super) context: &'a Context<'a>,
    /// The record the file holds, which this one may be a part of.
    file: &'static Record,
    record: &'static Record,
    range: Range<usize>,
    map: &'a Map,
    /// For each field the place of its entry, from 1; 0 when there is none.
    slots: [u32; SLOTS],
}

impl<'a> Reader<'a> {
    /// Opens the record that is a whole file or a whole front matter, which may be empty.
    pub(super) fn file_record(
        context: &'a Context<'a>,
        file: &'static Record,
        parsed: &'a Parsed,
    ) -> Option<Self> {
        match parsed.node.as_ref().map(|node| (&node.value, &node.range)) {
            None if parsed.failed => None,
            None | Some((Value::Null, _)) => {
                Some(Self::new(context, file, file, parsed.range.clone(), &NO_KEYS))
            }
            Some((Value::Map(map), range)) => Some(Self::new(context, file, file, range.clone(), map)),
            Some((_, range)) => {
                context.push(keys::not_a_record(file).at(context.span(range)));
                None
            }
        }
    }

    /// Opens the records of a file that is a list of them; `None` for each that is no record.
    pub(super) fn items(
        context: &'a Context<'a>,
        file: &'static Record,
        parsed: &'a Parsed,
    ) -> Vec<Option<Self>> {
        let not_a_list = |range: &Range<usize>| {
            context.push(keys::not_a_list(file).at(context.span(range)));
            vec![None]
        };
        let items = match parsed.node.as_ref().map(|node| (&node.value, &node.range)) {
            None if parsed.failed => return vec![None],
            None | Some((Value::Null, _)) => return Vec::new(),
            Some((Value::List(items), _)) => items,
            Some((_, range)) => return not_a_list(range),
        };
        let open = |node: &'a Node| {
            if let Value::Map(map) = &node.value {
                return Some(Self::new(context, file, file, node.range.clone(), map));
            }
            context.push(keys::not_a_record(file).at(context.span(&node.range)));
            None
        };
        items.iter().map(open).collect()
    }

    fn new(
        context: &'a Context<'a>,
        file: &'static Record,
        record: &'static Record,
        range: Range<usize>,
        map: &'a Map,
    ) -> Self {
        let (reader, meant) = Self::with_keys(context, file, record, range, map);
        reader.check_required(&meant);
        reader.check_languages();
        reader
    }

    /// Finds the keys of a record, and those that unknown ones were most likely meant for.
    fn with_keys(
        context: &'a Context<'a>,
        file: &'static Record,
        record: &'static Record,
        range: Range<usize>,
        map: &'a Map,
    ) -> (Self, Vec<&'static str>) {
        let mut reader = Self { context, file, record, range, map, slots: [0; SLOTS] };
        let mut meant = Vec::new();
        for (at, entry) in map.entries.iter().enumerate() {
            match record.position(&entry.key) {
                Some(field) if reader.slots[field] == 0 => reader.slots[field] = at as u32 + 1,
                Some(field) => keys::doubled(context, &record.fields[field], entry),
                None => meant.extend(keys::unknown(context, file, record, entry)),
            }
        }
        (reader, meant)
    }

    /// Reports required keys that are missing, save those that an unknown key was most likely `meant` for.
    fn check_required(&self, meant: &[&str]) {
        for (at, field) in self.record.fields.iter().enumerate().filter(|(_, field)| field.required) {
            let broken = || self.is_broken(field);
            match self.entry_at(at) {
                Some(entry) if is_blank(&entry.value) => {
                    self.missing(field, self.context.span(&entry.key_range), true);
                }
                None if !broken() && !meant.contains(&field.en) => {
                    self.missing(field, self.context.span(&self.range), false);
                }
                _ => {}
            }
        }
    }

    /// Reports that a required value is not there.
    fn missing(&self, field: &'static Field, span: Span, is_empty: bool) {
        let (zh, en) = (field.zh, field.en);
        let (record_zh, record_en) = (self.record.zh, self.record.name);
        let message = if is_empty {
            text!("“{zh}”后面是空的，必须填写。", "`{en}` is empty, but it is required.")
        } else {
            text!("{record_zh}缺少“{zh}”。", "The {record_en} has no `{en}`.")
        };
        let mut diagnostic = Diagnostic::new(codes::MISSING_FIELD, message).at(span);
        if self.context.draft {
            diagnostic.severity = crate::diagnostic::Severity::Warning;
        }
        self.context.push(diagnostic.help(examples::write(field)));
    }

    /// Reports that a field needed here is not there; for what the table cannot know.
    pub(super) fn require(&self, en: &str) {
        let field = self.field(en);
        if !self.is_broken(field) {
            self.missing(field, self.context.span(&self.range), false);
        }
    }

    /// Returns whether the line of a key could not be read.
    fn is_broken(&self, field: &Field) -> bool {
        [field.en, field.zh].iter().chain(field.also).any(|key| self.map.is_broken(key))
    }

    /// Returns the key of a field as it stands in the file.
    fn written(&self, field: &'static Field) -> &'a str {
        let entry = self.record.position(field.en).and_then(|at| self.entry_at(at));
        entry.map_or(field.zh, |entry| entry.key.trim())
    }

    fn entry_at(&self, field: usize) -> Option<&'a Entry> {
        (self.slots[field] as usize).checked_sub(1).map(|at| &self.map.entries[at])
    }

    fn field(&self, en: &str) -> &'static Field {
        self.lookup(en).1
    }

    fn lookup(&self, en: &str) -> (usize, &'static Field) {
        let at = self.record.fields.iter().position(|field| field.en == en);
        let at = at.expect("readers ask for keys of the record's own table only");
        (at, &self.record.fields[at])
    }

    /// Returns the field and its value, if one was written.
    fn given(&self, en: &str) -> Option<(&'static Field, &'a Node)> {
        let (at, field) = self.lookup(en);
        let node = self.in_language(field, &self.entry_at(at)?.value);
        (!is_blank(node)).then_some((field, node))
    }

    /// Returns whether something was written for a key, right or wrong.
    pub(super) fn has(&self, en: &str) -> bool {
        self.given(en).is_some()
    }

    /// Returns the value of a key as it was written.
    pub(super) fn node(&self, en: &str) -> Option<&'a Node> {
        self.given(en).map(|(_, node)| node)
    }

    /// Returns where the record stands.
    pub(super) fn origin(&self) -> Origin {
        self.context.origin(&self.range)
    }

    /// Returns where the value of a key stands, or the record where the key is not written.
    pub(super) fn place(&self, en: &str) -> Range<usize> {
        self.node(en).map_or_else(|| self.range.clone(), |node| node.range.clone())
    }

    /// Reports a problem of the value of a key.
    pub(super) fn complain(&self, en: &str, diagnostic: Diagnostic) {
        self.context.push(diagnostic.at(self.context.span(&self.place(en))));
    }

    /// Returns whether records of this kind have a key.
    pub(super) fn knows(&self, en: &str) -> bool {
        self.record.fields.iter().any(|field| field.en == en)
    }

    /// Returns the name of a key in both languages.
    pub(super) fn names(&self, en: &str) -> (&'static str, &'static str) {
        let field = self.field(en);
        (field.zh, field.en)
    }

    /// Opens a nested record; `None` when nothing was written.
    pub(super) fn record(&self, en: &str) -> Option<Reader<'a>> {
        let (field, node) = self.given(en)?;
        let inner = field.ty.record().expect("the table says this key holds a record");
        if let Value::Map(map) = &node.value {
            let (reader, meant) = Self::with_keys(self.context, self.file, inner, node.range.clone(), map);
            // A form that nobody has filled in yet is as if it were not there.
            if !field.required && reader.is_blank() {
                return None;
            }
            reader.check_required(&meant);
            reader.check_languages();
            reader.check_languages();
            return Some(reader);
        }
        self.wrong_shape(field, node);
        None
    }

    /// Returns whether all keys of the record are empty.
    fn is_blank(&self) -> bool {
        self.map.broken.is_empty() && self.map.entries.iter().all(|entry| is_blank(&entry.value))
    }

    /// Reports that a value has the wrong shape, with the right one.
    fn wrong_shape(&self, field: &'static Field, node: &Node) {
        if node.is_refused() {
            return;
        }
        self.context.push(examples::wrong_shape(field, node).at(self.context.span(&node.range)));
    }

    fn report(
        &self,
        code: Code,
        node: &Node,
        said: (crate::diagnostic::Bilingual, crate::diagnostic::Bilingual),
    ) {
        let diagnostic = Diagnostic::new(code, said.0).at(self.context.span(&node.range)).help(said.1);
        self.context.push(diagnostic);
    }
}

/// Returns whether nothing was written: no value, blanks only, an empty list or record.
fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Scalar(scalar) => scalar.text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(map) => map.entries.is_empty() && map.broken.is_empty(),
    }
}

/// Returns what kind of value a type asks for inside a list, or the type itself.
fn inner(ty: &Type) -> &Type {
    match ty {
        Type::List(inner) => inner,
        other => other,
    }
}
