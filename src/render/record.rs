//! Values of the open data, in the order they are written, without a table to look their names up in.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A value of the open data.
#[derive(Debug)]
pub(super) enum Data {
    Null,
    Whole(i64),
    Number(f64),
    Text(String),
    Word(&'static str),
    List(Vec<Data>),
    Record(Vec<(&'static str, Data)>),
}

/// Makes a record: `record! { "id": self.id, "leader" => person(leader) }`. What stands behind `:` is copied, what stands
/// behind `=>` is taken.
macro_rules! record {
    ($($fields:tt)*) => {{
        let mut fields = Vec::with_capacity($crate::render::record::count!($($fields)*));
        $crate::render::record::fields!(fields; $($fields)*);
        $crate::render::record::Data::Record(fields)
    }};
}

macro_rules! fields {
    ($into:ident;) => {};
    ($into:ident; $key:literal : $value:expr $(, $($rest:tt)*)?) => {
        $into.push(($key, $crate::render::record::Data::of(&$value)));
        $crate::render::record::fields!($into; $($($rest)*)?);
    };
    ($into:ident; $key:literal => $value:expr $(, $($rest:tt)*)?) => {
        $into.push(($key, $crate::render::record::Data::from($value)));
        $crate::render::record::fields!($into; $($($rest)*)?);
    };
}

macro_rules! count {
    () => { 0 };
    ($key:literal : $value:expr $(, $($rest:tt)*)?) => { 1 + $crate::render::record::count!($($($rest)*)?) };
    ($key:literal => $value:expr $(, $($rest:tt)*)?) => { 1 + $crate::render::record::count!($($($rest)*)?) };
}

pub(super) use {count, fields, record};

/// What can be copied into the open data.
pub(super) trait Shared {
    /// Copies it.
    fn data(&self) -> Data;
}

impl Data {
    /// Copies a value.
    pub(super) fn of(value: &(impl Shared + ?Sized)) -> Self {
        value.data()
    }
}

impl Shared for &String {
    fn data(&self) -> Data {
        Data::Text((*self).clone())
    }
}

impl<T: Shared> Shared for Option<T> {
    fn data(&self) -> Data {
        self.as_ref().map_or(Data::Null, T::data)
    }
}

impl<T: Shared> Shared for Vec<T> {
    fn data(&self) -> Data {
        Data::List(self.iter().map(T::data).collect())
    }
}

impl Shared for String {
    fn data(&self) -> Data {
        Data::Text(self.clone())
    }
}

/// Words of the format itself.
impl Shared for &'static str {
    fn data(&self) -> Data {
        Data::Word(self)
    }
}

impl Shared for f64 {
    fn data(&self) -> Data {
        Data::Number(*self)
    }
}

macro_rules! whole {
    ($($ty:ty),*) => {
        $(impl Shared for $ty {
            fn data(&self) -> Data {
                // No county has more of anything than fits.
                i64::try_from(*self).map_or(Data::Null, Data::Whole)
            }
        })*
    };
}

whole!(u8, u32, u64, usize);

impl From<Vec<Data>> for Data {
    fn from(items: Vec<Data>) -> Self {
        Self::List(items)
    }
}

impl From<Option<Data>> for Data {
    fn from(value: Option<Data>) -> Self {
        value.unwrap_or(Self::Null)
    }
}

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Whole(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Word(value) => serializer.serialize_str(value),
            Self::List(items) => serializer.collect_seq(items),
            Self::Record(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
