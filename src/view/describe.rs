//! Views describe themselves: names, types and docs of every field a template can reach.
//!
//! The description is made from the same lines as the struct, so the theme author's reference page and the
//! "did you mean" of an undefined variable cannot drift from what templates really get.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Serialize, Serializer};

use super::reads::Reads;

/// The shape of a value as a template sees it.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text; escaped where it is printed.
    Text,
    /// Finished HTML; printed with `| safe`.
    Html,
    /// A whole or decimal number.
    Number,
    /// True or false.
    Bool,
    /// A value that may be absent (`none`): test it before use.
    Optional(fn() -> Shape),
    /// A list.
    List(fn() -> Shape),
    /// A table from text to a value.
    Table(fn() -> Shape),
    /// A record with named fields.
    Record(fn() -> &'static Record),
    /// Anything.
    Any,
}

/// A record a template can reach into.
#[derive(Debug)]
pub struct Record {
    /// The type's name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its fields, in the order of the reference page.
    pub fields: &'static [Field],
}

/// One field of a record.
#[derive(Debug)]
pub struct Field {
    /// The name templates use.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its shape.
    pub shape: fn() -> Shape,
}

impl Shape {
    /// Returns the record behind a value, looking through options and lists, if there is one.
    pub fn record(self) -> Option<&'static Record> {
        match self {
            Self::Record(record) => Some(record()),
            Self::Optional(inner) | Self::List(inner) | Self::Table(inner) => inner().record(),
            Self::Text | Self::Html | Self::Number | Self::Bool | Self::Any => None,
        }
    }

    /// Writes the shape as the reference page shows it: `text`, `list of CommunityCard`, `number?`.
    pub fn title(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Html => "html".into(),
            Self::Number => "number".into(),
            Self::Bool => "bool".into(),
            Self::Any => "any".into(),
            Self::Optional(inner) => format!("{}?", inner().title()),
            Self::List(inner) => format!("list of {}", inner().title()),
            Self::Table(inner) => format!("table of {}", inner().title()),
            Self::Record(record) => record().name.into(),
        }
    }
}

/// A type that templates can see.
pub trait Described {
    /// Returns the shape of its values.
    fn shape() -> Shape;

    /// Shows a value to the engine, without the fields nobody reads.
    ///
    /// # Errors
    /// Those of the serializer.
    fn show<S: Serializer>(&self, reads: &Reads, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A value as it is shown where only some fields are read.
#[derive(Debug)]
pub struct Shown<'a, T>(pub &'a T, pub &'a Reads);

impl<T: Described> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.show(self.1, serializer)
    }
}

macro_rules! described {
    ($shape:expr => $($ty:ty),+) => {
        $(impl Described for $ty {
            fn shape() -> Shape {
                $shape
            }

            fn show<S: Serializer>(&self, _: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        })+
    };
}

described!(Shape::Text => String, &'static str, Arc<str>);
described!(Shape::Number => u8, u16, u32, u64, usize, i32, i64, f64);
described!(Shape::Bool => bool);

impl<T: Described> Described for Option<T> {
    fn shape() -> Shape {
        Shape::Optional(T::shape)
    }

    fn show<S: Serializer>(&self, reads: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(inner) => inner.show(reads, serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Described> Described for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }

    fn show<S: Serializer>(&self, reads: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|item| Shown(item, reads)))
    }
}

impl<T: Described> Described for BTreeMap<String, T> {
    fn shape() -> Shape {
        Shape::Table(T::shape)
    }

    fn show<S: Serializer>(&self, reads: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, Shown(value, reads))))
    }
}

impl<T: Described> Described for Arc<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn show<S: Serializer>(&self, reads: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
        T::show(self, reads, serializer)
    }
}

/// Finished HTML: text for the engine, printed by templates with `| safe`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Html(pub String);

impl Described for Html {
    fn shape() -> Shape {
        Shape::Html
    }

    fn show<S: Serializer>(&self, _: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Finished HTML that is made when it is first shown, from what stands beside it in its view: many of a record's pages may
/// not show it.
#[derive(Clone)]
pub struct Later(Arc<LazyLock<Html, Making>>);

/// What makes it.
type Making = Box<dyn FnOnce() -> Html + Send>;

impl Later {
    /// Keeps what makes the HTML.
    pub fn new(make: impl FnOnce() -> Html + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(make))))
    }
}

impl std::fmt::Debug for Later {
    /// Says the same whether it was made or not.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Later")
    }
}

impl Described for Later {
    fn shape() -> Shape {
        Shape::Html
    }

    fn show<S: Serializer>(&self, reads: &Reads, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.show(reads, serializer)
    }
}

/// Declares view structs together with their description.
#[macro_export]
macro_rules! view {
    ($(
        $(#[doc = $doc:literal])+
        pub struct $Name:ident {
            $( $(#[doc = $field_doc:literal])+ pub $field:ident : $ty:ty ),* $(,)?
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[derive(Debug, Clone)]
            pub struct $Name {
                $( $(#[doc = $field_doc])+ pub $field: $ty, )*
            }

            impl $Name {
                fn record() -> &'static $crate::view::describe::Record {
                    static RECORD: $crate::view::describe::Record = $crate::view::describe::Record {
                        name: stringify!($Name),
                        doc: concat!($($doc),+),
                        fields: &[$($crate::view::describe::Field {
                            name: stringify!($field),
                            doc: concat!($($field_doc),+),
                            shape: <$ty as $crate::view::describe::Described>::shape,
                        }),*],
                    };
                    const { assert!(RECORD.fields.len() <= 64, "what is read is kept as one bit for each field") };
                    &RECORD
                }
            }

            impl $crate::view::describe::Described for $Name {
                fn shape() -> $crate::view::describe::Shape {
                    $crate::view::describe::Shape::Record(Self::record)
                }

                fn show<S: ::serde::Serializer>(
                    &self,
                    reads: &$crate::view::reads::Reads,
                    serializer: S,
                ) -> Result<S::Ok, S::Error> {
                    use ::serde::ser::SerializeStruct as _;
                    use $crate::view::describe::Shown;
                    let mut read = reads.fields(Self::record());
                    let mut shown = serializer.serialize_struct(stringify!($Name), read.count_ones() as usize)?;
                    $(
                        if read & 1 != 0 {
                            shown.serialize_field(stringify!($field), &Shown(&self.$field, reads))?;
                        }
                        read >>= 1;
                    )*
                    debug_assert_eq!(read, 0);
                    shown.end()
                }
            }
        )+
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::view! {
        /// A thing.
        pub struct Thing {
            /// Its name.
            pub name: String,
            /// Its parts.
            pub parts: Vec<Part>,
        }
        /// A part.
        pub struct Part {
            /// Its weight, if known.
            pub weight: Option<u32>,
        }
    }

    #[test]
    fn a_view_describes_its_fields_and_theirs() {
        let thing = Thing::shape().record().unwrap();
        assert_eq!((thing.name, thing.doc.trim()), ("Thing", "A thing."));
        let shown: Vec<String> =
            thing.fields.iter().map(|f| format!("{}: {} —{}", f.name, (f.shape)().title(), f.doc)).collect();
        assert_eq!(shown, ["name: text — Its name.", "parts: list of Part — Its parts."]);
        let part = (thing.fields[1].shape)().record().unwrap();
        assert_eq!((part.fields[0].shape)().title(), "number?");
    }
}
