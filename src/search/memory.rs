//! What one build leaves of the index to the next: all texts, and which files were made, so that a change makes few of them anew.
//!
//! It is believed only when every byte is as this very program wrote it, when the pages are the same ones in the same order,
//! and when all files of the index stand untouched. Without it everything is indexed, with the same result.

use std::collections::BTreeMap;
use std::io::{self, Write};

use blake3::Hash;

use super::Entry;
use super::shards::{Made, Spread};
use super::texts::{Texts, Units, Use};

/// What it begins with: its format and the program that wrote it.
const HEAD: &str = concat!("yipin-search 1 ", env!("YIPIN_BUILD"), "\n");

/// The files of an index, each with the hash of its bytes.
pub(super) type Files = BTreeMap<String, Hash>;

/// What was made before.
pub(super) struct Memory {
    pub(super) texts: Texts,
    /// The key each page was made under, if it was made, and the hash of what is known of it besides.
    pub(super) pages: Vec<(Option<Hash>, Hash)>,
    pub(super) made: Made,
    pub(super) files: Files,
}

impl Memory {
    /// Writes it; its hash stands last.
    pub(super) fn write(&self, entries: &[Entry], out: &mut dyn Write) -> io::Result<()> {
        let Self { texts, pages, made, files } = self;
        let mut out = Out { hasher: blake3::Hasher::new(), waiting: Vec::new(), to: out };
        out.put(HEAD.as_bytes())?;
        out.put(addresses(entries).as_bytes())?;
        out.numbers(texts.lens.iter().copied())?;
        for block in texts.blocks() {
            texts.text(block).iter().try_for_each(|unit| out.put(&unit.to_le_bytes()))?;
        }
        out.numbers(texts.firsts.iter().copied())?;
        out.numbers(texts.uses.iter().map(|one| one.0))?;
        out.numbers(texts.lengths.iter().copied())?;
        for (key, entry) in pages {
            out.put(&[u8::from(key.is_some())])?;
            out.put(key.unwrap_or(*entry).as_bytes())?;
            out.put(entry.as_bytes())?;
        }
        let light: Vec<u32> =
            made.light.iter().flat_map(|(unit, len)| [u32::from(*unit), *len as u32]).collect();
        out.numbers(light.into_iter())?;
        out.number(made.spread.len())?;
        for Spread { prefix, bits } in &made.spread {
            out.numbers(prefix.iter().map(|unit| u32::from(*unit)))?;
            out.number(*bits as usize)?;
        }
        out.number(files.len())?;
        for (name, hash) in files {
            out.number(name.len())?;
            out.put(name.as_bytes())?;
            out.put(hash.as_bytes())?;
        }
        out.finish()
    }

    /// Takes the bytes of a file; `None` when they are not to be believed.
    pub(super) fn read(bytes: &[u8], entries: &[Entry]) -> Option<Self> {
        let (bytes, hash) = bytes.split_last_chunk::<32>()?;
        let mut rest = Rest(bytes.strip_prefix(HEAD.as_bytes())?);
        if blake3::hash(bytes) != Hash::from_bytes(*hash) || rest.hash()? != addresses(entries) {
            return None;
        }
        let lens = rest.numbers()?;
        let (mut units, mut starts, mut text) =
            (Units::default(), Vec::with_capacity(lens.len()), Vec::new());
        for len in &lens {
            let bytes = rest.take(*len as usize * 2)?;
            text.clear();
            text.extend(bytes.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])));
            starts.push(units.push(&text));
        }
        let (firsts, uses, lengths) = (rest.numbers()?, rest.numbers()?, rest.numbers()?);
        let texts = Texts::new(units, starts, lens, firsts, uses.into_iter().map(Use).collect(), lengths);
        let mut pages = Vec::with_capacity(entries.len());
        for _ in entries {
            let is_made = rest.take(1)? == [1];
            let key = rest.hash()?;
            pages.push((is_made.then_some(key), rest.hash()?));
        }
        let light = rest.numbers()?.chunks_exact(2).map(|two| (two[0] as u16, two[1] as usize)).collect();
        let mut spread = Vec::new();
        for _ in 0..rest.number()? {
            let prefix = rest.numbers()?.into_iter().map(|unit| unit as u16).collect();
            spread.push(Spread { prefix, bits: rest.number()? });
        }
        let mut files = Files::new();
        for _ in 0..rest.number()? {
            let len = rest.number()? as usize;
            let name = String::from_utf8(rest.take(len)?.to_owned()).ok()?;
            files.insert(name, rest.hash()?);
        }
        rest.0.is_empty().then_some(Self { texts, pages, made: Made { light, spread }, files })
    }
}

/// Returns the hash of what is known of a page besides its text.
pub(super) fn hash_of(entry: &Entry) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for field in std::iter::once(&entry.title).chain(&entry.names) {
        hasher.update(&(field.len() as u64).to_le_bytes()).update(field.as_bytes());
    }
    hasher.finalize()
}

/// Returns the hash of the addresses of all pages.
fn addresses(entries: &[Entry]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for entry in entries {
        hasher.update(entry.url.as_bytes()).update(b"\n");
    }
    hasher.finalize()
}

/// What is being written.
struct Out<'o> {
    hasher: blake3::Hasher,
    waiting: Vec<u8>,
    to: &'o mut dyn Write,
}

impl Out<'_> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= 1 << 16 { self.flush() } else { Ok(()) }
    }

    fn number(&mut self, number: usize) -> io::Result<()> {
        self.put(&(number as u32).to_le_bytes())
    }

    fn numbers(&mut self, mut numbers: impl ExactSizeIterator<Item = u32>) -> io::Result<()> {
        self.number(numbers.len())?;
        numbers.try_for_each(|number| self.put(&number.to_le_bytes()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.hasher.update(&self.waiting);
        self.to.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.flush()?;
        self.to.write_all(self.hasher.finalize().as_bytes())
    }
}

/// What is still to be read.
struct Rest<'b>(&'b [u8]);

impl<'b> Rest<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        let bytes = self.take(4)?;
        Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn numbers(&mut self) -> Option<Vec<u32>> {
        let len = self.number()? as usize;
        let bytes = self.take(len.checked_mul(4)?)?;
        let number = |four: &[u8]| u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
        Some(bytes.chunks_exact(4).map(number).collect())
    }

    fn hash(&mut self) -> Option<Hash> {
        Some(Hash::from_bytes(self.take(32)?.try_into().ok()?))
    }
}
