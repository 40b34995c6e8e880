//! What is to be written into a new file: values under their keys, in no language yet.

use crate::model::schema::Field;
use crate::yaml::{Node, Value};

/// A value to be written; a key, or a value of a closed list, may be given in either language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Draft {
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Draft>),
    /// Keys with values.
    Record(Vec<(String, Draft)>),
}

impl Draft {
    /// Makes a record of texts.
    pub(super) fn record<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::Record(
            texts.into_iter().map(|(key, text)| (key.to_owned(), Self::Text(text.to_owned()))).collect(),
        )
    }

    /// Adds a key to a record.
    #[must_use]
    pub(super) fn with(mut self, key: &str, value: Self) -> Self {
        if let Self::Record(entries) = &mut self {
            entries.push((key.to_owned(), value));
        }
        self
    }

    /// Takes over what was read from a file; keys without a value are left out.
    pub(super) fn from_node(node: &Node) -> Self {
        match &node.value {
            Value::Null => Self::Text(String::new()),
            Value::Scalar(scalar) => Self::Text(scalar.text.clone()),
            Value::List(items) => Self::List(items.iter().map(Self::from_node).collect()),
            Value::Map(map) => {
                let entries = map.entries.iter().filter(|entry| entry.value.value != Value::Null);
                Self::Record(
                    entries.map(|entry| (entry.key.clone(), Self::from_node(&entry.value))).collect(),
                )
            }
        }
    }

    /// Returns the value of a field.
    pub(super) fn get(&self, field: &Field) -> Option<&Self> {
        let Self::Record(entries) = self else { return None };
        entries.iter().find(|(key, _)| key == field.zh || key == field.en).map(|(_, value)| value)
    }
}

impl Draft {
    /// Applies a function to every text.
    pub(super) fn map(self, change: &dyn Fn(&str) -> String) -> Self {
        match self {
            Self::Text(text) => Self::Text(change(&text)),
            Self::List(items) => Self::List(items.into_iter().map(|item| item.map(change)).collect()),
            Self::Record(entries) => {
                Self::Record(entries.into_iter().map(|(key, value)| (key, value.map(change))).collect())
            }
        }
    }
}

#[cfg(test)]
impl Draft {
    /// Returns the same with English keys and closed values, so that two languages can be compared.
    pub(super) fn canonical(&self, record: &crate::model::schema::Record) -> Self {
        match self {
            Self::Text(_) => self.clone(),
            Self::List(items) => Self::List(items.iter().map(|item| item.canonical(record)).collect()),
            Self::Record(entries) => Self::Record(
                entries
                    .iter()
                    .map(|(key, value)| {
                        let field = record.field(key).expect("the starter uses known keys only");
                        let value = match (value, field.ty.choices()) {
                            (Self::Text(text), Some(choices)) => {
                                let found = choices.values.iter().find(|(en, zh)| en == text || zh == text);
                                Self::Text(found.expect("the starter uses known values only").0.to_owned())
                            }
                            _ => value.canonical(field.ty.record().unwrap_or(record)),
                        };
                        (field.en.to_owned(), value)
                    })
                    .collect(),
            ),
        }
    }
}
