//! Values written once for each language: `{zh: …, en: …}`.

use super::super::languages::{is_language_key, unknown};
use super::super::schema::Field;
use super::{Reader, is_blank};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;
use crate::yaml::{Map, Node, Value};

impl<'a> Reader<'a> {
    /// Returns the form of a value in the language of the pages, or in the main one where that has none.
    ///
    /// A value that is not written once for each language is returned as it is.
    pub(super) fn in_language(&self, field: &Field, node: &'a Node) -> &'a Node {
        let Some(forms) = self.forms(field, node) else { return node };
        let current = self.context.shared.languages.current();
        let form = self.form(field, node, current).or_else(|| self.main_form(field, node));
        // A value without the main language is reported; that it is no plain value is then beside the point.
        form.or(forms.entries.first().map(|entry| &entry.value)).unwrap_or(node)
    }

    fn main_form(&self, field: &Field, node: &'a Node) -> Option<&'a Node> {
        self.form(field, node, self.context.shared.languages.main())
    }

    /// Returns the form of a value in one language, if it is written once for each and has that one.
    fn form(&self, field: &Field, node: &'a Node, tag: &str) -> Option<&'a Node> {
        let map = self.forms(field, node)?;
        let languages = &self.context.shared.languages;
        let wanted = languages.find(tag);
        let form = map.entries.iter().find(|entry| languages.find(&entry.key) == wanted)?;
        (!is_blank(&form.value)).then_some(&form.value)
    }

    /// Returns the forms of a value that is written once for each language.
    fn forms(&self, field: &Field, node: &'a Node) -> Option<&'a Map> {
        let Value::Map(map) = &node.value else { return None };
        let is_key = |key: &str| is_language_key(key, &self.context.shared.languages);
        let may_be = field.ty.is_translatable() && field.en != "id";
        (may_be && map.entries.iter().any(|entry| is_key(&entry.key))).then_some(map)
    }

    /// Returns whether a value is not in the language of the pages.
    pub(super) fn is_fallback(&self, en: &str) -> bool {
        let languages = &self.context.shared.languages;
        if languages.is_main() || self.context.translates.is_some() {
            return false;
        }
        let (at, field) = self.lookup(en);
        let entry = self.entry_at(at);
        entry.is_none_or(|entry| self.form(field, &entry.value, languages.current()).is_none())
    }

    /// Reads one line of text in the main language, without a word on what is wrong with it: a name that others refer
    /// to is the same whatever language the pages are in.
    pub(in super::super) fn main_text(&self, en: &str) -> Option<String> {
        let (at, field) = self.lookup(en);
        let node = &self.entry_at(at)?.value;
        let node = self.main_form(field, node).unwrap_or(node);
        match &node.value {
            Value::Scalar(scalar) => super::values::one_line(&scalar.text),
            _ => None,
        }
    }

    /// Checks the languages of every value of the record.
    pub(super) fn check_languages(&self) {
        for (at, field) in self.record.fields.iter().enumerate() {
            let Some(entry) = self.entry_at(at) else { continue };
            match &entry.value.value {
                Value::List(items) => items.iter().for_each(|item| self.check_forms(field, item)),
                _ => self.check_forms(field, &entry.value),
            }
        }
    }

    fn check_forms(&self, field: &Field, node: &'a Node) {
        let Some(map) = self.forms(field, node) else { return };
        let languages = &self.context.shared.languages;
        let mut seen = Vec::with_capacity(map.entries.len());
        for entry in &map.entries {
            let problem = match languages.find(&entry.key) {
                None => unknown(&entry.key, languages),
                Some(at) if seen.contains(&at) => twice(&entry.key),
                Some(at) => {
                    seen.push(at);
                    continue;
                }
            };
            self.context.push(problem.at(self.context.span(&entry.key_range)));
        }
        if self.main_form(field, node).is_none() && map.broken.is_empty() {
            self.context.push(no_main_language(field, languages.main()).at(self.context.span(&node.range)));
        }
    }
}

fn twice(code: &str) -> Diagnostic {
    Diagnostic::new(
        codes::REPEATED_LANGUAGE,
        text!("语言“{code}”在这里写了两次。", "The language `{code}` stands here twice."),
    )
    .help(text!("请删去其中一个。", "Delete one of them."))
}

fn no_main_language(field: &Field, main: &str) -> Diagnostic {
    let (zh, en) = (field.zh, field.en);
    Diagnostic::new(
        codes::MISSING_MAIN_LANGUAGE,
        text!("“{zh}”缺少主语言“{main}”的文字。", "`{en}` has no text in the main language, `{main}`."),
    )
    .help(text!(
        "请加上“{main}: 文字”；没有译文的语言会显示它。",
        "Add `{main}: text`; languages without a translation show it."
    ))
}
