//! What is worked out around a record follows from its outline: all that it says, without its texts and without the places where
//! things stand in its files.
//!
//! Addresses, lists, sums, the names others know a record by, what links lead to, which problems there are: all are made from
//! outlines. While the outline of a record stays, a new text in it changes the record and nothing around it. What views alone
//! read (a slogan, a telephone number) counts as text.

use std::fmt;

use blake3::{Hash, Hasher};
use serde::Serialize;
use serde::ser::{self, Serializer};

/// Returns the hash of the outline of a record.
pub(super) fn of(record: &impl Serialize) -> Option<Hash> {
    let mut hasher = Hasher::new();
    record.serialize(&mut Outline(&mut hasher)).ok()?;
    Some(hasher.finalize())
}

/// Returns whether a field is text, or says where something stands.
///
/// Of a running text its links and headings are of the outline, and of everything that it is there, and how many there are.
/// Nothing may be named here that the model derives from, the plan or a check looks at.
fn is_left_out(record: &str, field: &str) -> bool {
    match record {
        "Document" => field != "more",
        "More" => field == "holes",
        "Link" | "Heading" => field == "range",
        "Prose" => field == "places",
        "Origin" | "PlaceMap" | "Person" | "Office" | "Group" | "Metric" | "Team" | "Card" | "Quarter" => {
            true
        }
        "CommunityRecord" => ["code", "party_organisation", "source", "editor"].contains(&field),
        "Brand" => ["slogan", "method"].contains(&field),
        "Measure" | "Story" | "SupportPlan" => field == "title",
        "Logo" => ["alt", "meaning"].contains(&field),
        "Photo" => ["alt", "credit", "date"].contains(&field),
        "Filing" => field == "number",
        "Milestone" => ["title", "owner", "note", "reason"].contains(&field),
        "Update" => ["title", "by"].contains(&field),
        "Problem" => ["text", "how"].contains(&field),
        "Event" => ["title", "place", "organiser", "participants", "source"].contains(&field),
        "Article" => ["title", "source", "author", "editor", "description", "keywords"].contains(&field),
        _ => false,
    }
}

/// Hashes what is said to it, each value with its kind, so that no two sequences of values look alike.
struct Outline<'h>(&'h mut Hasher);

impl Outline<'_> {
    #[expect(clippy::unnecessary_wraps, reason = "what every method of a serializer returns")]
    fn put(&mut self, kind: u8, bytes: &[u8]) -> fmt::Result {
        self.0.update(&[kind]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        Ok(())
    }
}

/// A value with parts under way.
struct Parts<'o, 'h> {
    outline: &'o mut Outline<'h>,
    name: &'static str,
}

impl Parts<'_, '_> {
    fn part(&mut self, value: &(impl Serialize + ?Sized)) -> fmt::Result {
        value.serialize(&mut *self.outline)
    }

    fn field(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> fmt::Result {
        if is_left_out(self.name, key) {
            return Ok(());
        }
        self.outline.put(b'f', key.as_bytes())?;
        self.part(value)
    }

    fn close(self) -> fmt::Result {
        self.outline.put(b')', &[])
    }
}

macro_rules! numbers {
    ($($method:ident: $ty:ty),*) => {
        $(fn $method(self, value: $ty) -> fmt::Result {
            self.put(b'n', &value.to_le_bytes())
        })*
    };
}

impl<'o, 'h> Serializer for &'o mut Outline<'h> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Parts<'o, 'h>;
    type SerializeTuple = Parts<'o, 'h>;
    type SerializeTupleStruct = Parts<'o, 'h>;
    type SerializeTupleVariant = Parts<'o, 'h>;
    type SerializeMap = Parts<'o, 'h>;
    type SerializeStruct = Parts<'o, 'h>;
    type SerializeStructVariant = Parts<'o, 'h>;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8,
        serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32, serialize_f64: f64);

    fn serialize_bool(self, value: bool) -> fmt::Result {
        self.put(b'b', &[u8::from(value)])
    }

    fn serialize_char(self, value: char) -> fmt::Result {
        self.put(b'c', &u32::from(value).to_le_bytes())
    }

    fn serialize_str(self, value: &str) -> fmt::Result {
        self.put(b's', value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> fmt::Result {
        self.put(b'y', value)
    }

    fn serialize_none(self) -> fmt::Result {
        self.put(b'0', &[])
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> fmt::Result {
        self.put(b'1', &[])?;
        value.serialize(self)
    }

    fn serialize_unit(self) -> fmt::Result {
        self.put(b'u', &[])
    }

    fn serialize_unit_struct(self, name: &'static str) -> fmt::Result {
        self.put(b'u', name.as_bytes())
    }

    fn serialize_unit_variant(self, _: &'static str, at: u32, _: &'static str) -> fmt::Result {
        self.put(b'v', &at.to_le_bytes())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> fmt::Result {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        value: &T,
    ) -> fmt::Result {
        self.put(b'v', &at.to_le_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.put(b'(', &[])?;
        Ok(Parts { outline: self, name: "" })
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        at: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.put(b'v', &at.to_le_bytes())?;
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.serialize_seq(None)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.put(b'(', name.as_bytes())?;
        Ok(Parts { outline: self, name })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        at: u32,
        _: &'static str,
        length: usize,
    ) -> Result<Parts<'o, 'h>, fmt::Error> {
        self.put(b'v', &at.to_le_bytes())?;
        self.serialize_struct(name, length)
    }
}

macro_rules! in_order {
    ($($part:ident.$method:ident),*) => {
        $(impl ser::$part for Parts<'_, '_> {
            type Ok = ();
            type Error = fmt::Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
                self.part(value)
            }

            fn end(self) -> fmt::Result {
                self.close()
            }
        })*
    };
}

in_order!(
    SerializeSeq.serialize_element,
    SerializeTuple.serialize_element,
    SerializeTupleStruct.serialize_field,
    SerializeTupleVariant.serialize_field
);

macro_rules! named {
    ($($part:ident),*) => {
        $(impl ser::$part for Parts<'_, '_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> fmt::Result {
                self.field(key, value)
            }

            fn end(self) -> fmt::Result {
                self.close()
            }
        })*
    };
}

named!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Parts<'_, '_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> fmt::Result {
        self.part(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> fmt::Result {
        self.part(value)
    }

    fn end(self) -> fmt::Result {
        self.close()
    }
}
