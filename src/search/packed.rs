//! Many numbers as one value of a pack: their bytes, the lowest first, not one value each.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::texts::Use;
use crate::pack::{Pack, Packer, Tag};

/// How many numbers make a value.
const TOGETHER: usize = 1 << 20;

/// A number of a fixed size.
pub(super) trait Number: Copy + Send + Sync {
    /// How many bytes it takes.
    const SIZE: usize;

    /// Writes its bytes.
    fn write(self, bytes: &mut [u8]);

    /// Reads it from its bytes.
    fn read(bytes: &[u8]) -> Self;
}

impl Number for u16 {
    const SIZE: usize = 2;

    #[inline]
    fn write(self, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self::from_le_bytes([bytes[0], bytes[1]])
    }
}

impl Number for u32 {
    const SIZE: usize = 4;

    #[inline]
    fn write(self, bytes: &mut [u8]) {
        bytes.copy_from_slice(&self.to_le_bytes());
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
    }
}

impl Number for Use {
    const SIZE: usize = 4;

    #[inline]
    fn write(self, bytes: &mut [u8]) {
        self.0.write(bytes);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Self(u32::read(bytes))
    }
}

/// Numbers that are one value.
struct Packed<'n, N: Number>(Cow<'n, [N]>);

impl<N: Number> Serialize for Packed<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = vec![0; self.0.len() * N::SIZE];
        bytes.chunks_exact_mut(N::SIZE).zip(&*self.0).for_each(|(bytes, number)| number.write(bytes));
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de, N: Number> Deserialize<'de> for Packed<'_, N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Bytes(PhantomData)).map(|numbers| Self(Cow::Owned(numbers)))
    }
}

/// Makes numbers of bytes.
struct Bytes<N>(PhantomData<N>);

impl<N: Number> Visitor<'_> for Bytes<N> {
    type Value = Vec<N>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the bytes of numbers")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<N>, E> {
        let numbers = bytes.chunks_exact(N::SIZE);
        if numbers.remainder().is_empty() {
            Ok(numbers.map(N::read).collect())
        } else {
            Err(E::invalid_length(bytes.len(), &self))
        }
    }
}

/// Adds numbers under a tag.
pub(super) fn put<N: Number>(packer: &mut Packer, tag: Tag, numbers: &[N]) {
    for some in numbers.chunks(TOGETHER) {
        packer.put(tag, &[Packed(Cow::Borrowed(some))]);
    }
}

/// Takes the numbers under a tag out.
pub(super) fn take<N: Number>(pack: &Pack, tag: Tag) -> Option<Vec<N>> {
    Some(take_pieces(pack, tag)?.concat())
}

/// Adds pieces of numbers under a tag.
pub(super) fn put_pieces<N: Number>(packer: &mut Packer, tag: Tag, pieces: &[Vec<N>]) {
    for piece in pieces {
        packer.put(tag, &[Packed(Cow::Borrowed(&piece[..]))]);
    }
}

/// Takes pieces of numbers out as they were put in.
pub(super) fn take_pieces<N: Number>(pack: &Pack, tag: Tag) -> Option<Vec<Vec<N>>> {
    let pieces: Vec<Packed<'_, N>> = pack.take(tag)?;
    Some(pieces.into_iter().map(|piece| piece.0.into_owned()).collect())
}
