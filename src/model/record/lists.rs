//! Lists: of texts, of references, of records.

use rustc_hash::FxHashSet;

use super::super::names::{Referable, Target};
use super::super::schema::{Field, Type};
use super::super::site::{Idx, Located};
use super::{Reader, is_blank};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;
use crate::yaml::{Node, Value};

impl<'a> Reader<'a> {
    /// Returns the items of a list of plain values; one value alone is a list of one.
    fn plain_items(&self, en: &str) -> Option<(&'static Field, Vec<&'a Node>)> {
        let (field, node) = self.given(en)?;
        match &node.value {
            Value::List(items) => {
                self.report_blank_items(field, items);
                let items = items.iter().map(|item| self.in_language(field, item));
                Some((field, items.filter(|item| !is_blank(item)).collect()))
            }
            Value::Scalar(_) => Some((field, vec![node])),
            Value::Null | Value::Map(_) => {
                self.wrong_shape(field, node);
                None
            }
        }
    }

    fn report_blank_items(&self, field: &'static Field, items: &[Node]) {
        let (zh, en) = (field.zh, field.en);
        for item in items.iter().filter(|item| is_blank(item)) {
            self.context.push(
                Diagnostic::new(
                    codes::WRONG_SHAPE,
                    text!("“{zh}”里有一项是空的。", "An item of `{en}` is empty."),
                )
                .at(self.context.span(&item.range))
                .help(text!("请写上内容，或删去这一行的“-”。", "Fill it in, or delete its `-`.")),
            );
        }
    }

    /// Reads a list of texts, each with its place.
    pub(in super::super) fn located_texts(&self, en: &str) -> Vec<Located<String>> {
        let Some((field, items)) = self.plain_items(en) else { return Vec::new() };
        debug_assert!(matches!(field.ty, Type::List(_)), "{en}");
        let read = |node: &&Node| {
            let line = self.line(field, node)?;
            Some(self.context.located(line, &node.range))
        };
        items.iter().filter_map(read).collect()
    }

    /// Reads a list of texts.
    pub(in super::super) fn texts(&self, en: &str) -> Vec<String> {
        self.located_texts(en).into_iter().map(|text| text.value).collect()
    }

    /// Reads key words: a list, or one text with commas between.
    pub(in super::super) fn keywords(&self, en: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for text in self.texts(en) {
            let parts = text.split([',', '，', '、', ';', '；']).map(str::trim);
            words.extend(parts.filter(|word| !word.is_empty()).map(str::to_owned));
        }
        words
    }

    /// Reads a list of references; those that are withheld or wrong are left out, a repeated one is said.
    pub(in super::super) fn references<T: Referable>(&self, en: &str) -> Vec<Idx<T>> {
        let Some((field, items)) = self.plain_items(en) else { return Vec::new() };
        let mut seen = FxHashSet::default();
        let mut found = Vec::with_capacity(items.len());
        for node in items {
            let Some(Target::Live(idx)) = self.resolve::<T>(field, node) else { continue };
            if seen.insert(idx) { found.push(idx) } else { self.repeated(field, node) }
        }
        found
    }

    fn repeated(&self, field: &'static Field, node: &Node) {
        let (zh, en) = (field.zh, field.en);
        self.context.push(
            Diagnostic::new(
                codes::REPEATED_REFERENCE,
                text!("“{zh}”里把同一个对象列了两次。", "`{en}` names the same record twice."),
            )
            .at(self.context.span(&node.range))
            .help(text!("请删去重复的这一个。", "Delete this one.")),
        );
    }

    /// Opens the records of a list.
    pub(in super::super) fn records(&self, en: &str) -> Vec<Reader<'a>> {
        let Some((field, node)) = self.given(en) else { return Vec::new() };
        let record = field.ty.record().expect("the table says this key holds records");
        let Value::List(items) = &node.value else {
            self.wrong_shape(field, node);
            return Vec::new();
        };
        if let Some(first) = items.iter().find(|item| matches!(item.value, Value::Scalar(_))) {
            self.plain_item(field, first);
        }
        let mut readers = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Map(map) => {
                    readers.push(Self::new(self.context, self.file, record, item.range.clone(), map));
                }
                Value::Scalar(_) => {}
                _ => self.wrong_shape(field, item),
            }
        }
        readers
    }

    /// Says, once for a list, that its items are records.
    fn plain_item(&self, field: &'static Field, item: &Node) {
        if item.is_refused() {
            return;
        }
        let key = self.written(field);
        let said = text!(
            "“{key}”的每一项都要写成“键: 值”，这里只写了一行字。",
            "Each item of `{key}` has keys with values; here is a text alone."
        );
        self.report(codes::WRONG_SHAPE, item, (said, super::examples::write(field)));
    }
}
