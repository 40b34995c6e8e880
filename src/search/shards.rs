//! The entries of the index in files of a bounded size, each with a name that a query leads to.
//!
//! The entries below a stretch that are too many for one file are spread over several by the next unit, and the pages of the
//! stretch itself get a file; so on down. Only which stretches were spread over how many files must be known beforehand:
//! that list is short and is in the index's first file. A change of a text changes the files of its own stretches alone.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::grams::{DEPTH, Harvest, Leaf, runs};
use super::notation::{digits, literal, number};
use super::places::{self, Positions};
use super::texts::{END, Texts};

/// About how many bytes a file may have before it is spread; few in tests, so that little is much.
const FULL: usize = if cfg!(test) { 90 } else { 40_000 };
/// Places that are sorted at one time, by all threads together.
const AT_ONCE: usize = 1_600_000;

/// A stretch whose entries are spread.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Spread {
    pub(super) prefix: Vec<u16>,
    /// Two to the power of this many files.
    pub(super) bits: u32,
}

/// Takes a file: its name and its content, as it is written between quotes.
pub(super) type Put<'p, E> = dyn Fn(String, Vec<u8>) -> Result<(), E> + Sync + 'p;

/// What was made of all texts.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    /// The first units whose entries are below the empty stretch, with how many bytes they take, in order.
    pub(super) light: Vec<(u16, usize)>,
    /// The stretches that are spread, in order.
    pub(super) spread: Vec<Spread>,
}

/// Makes the files of all texts.
pub(super) fn write<E: Send>(texts: &Texts, put: &Put<'_, E>) -> Result<Made, E> {
    let counts = places::count(texts);
    let (light, mut spread) = stretches(texts, &counts, put)?;
    let made = light.iter().map(|(unit, chunk)| (*unit, chunk.len())).collect();
    let top = bits(light.iter().map(|(_, chunk)| chunk.len()).sum());
    spread.push(put_light(Vec::new(), light, top, |_| true, put)?);
    spread.sort_unstable();
    Ok(Made { light: made, spread })
}

/// Makes the files that differ from those made before, where only places that begin with these units changed; returns what is made now.
pub(super) fn rewrite<E: Send>(
    texts: &Texts,
    before: &Made,
    is_changed: impl Fn(u16) -> bool,
    put: &Put<'_, E>,
) -> Result<Made, E> {
    let all = places::count(texts);
    let only = |is_wanted: &dyn Fn(u16) -> bool| -> Vec<u32> {
        (0..=u16::MAX).zip(&all).map(|(unit, count)| if is_wanted(unit) { *count } else { 0 }).collect()
    };
    let (mut light, changed_spread) = stretches(texts, &only(&is_changed), put)?;
    let mut spread: Vec<Spread> = before
        .spread
        .iter()
        .filter(|one| one.prefix.first().is_some_and(|unit| !is_changed(*unit)))
        .cloned()
        .collect();
    spread.extend(changed_spread);
    // Others share the files of what changed: they are made again beside it.
    let same: Vec<(u16, usize)> =
        before.light.iter().filter(|(unit, _)| !is_changed(*unit)).copied().collect();
    let top = bits(light.iter().map(|(_, chunk)| chunk.len()).chain(same.iter().map(|(_, len)| *len)).sum());
    let are_moved = before.spread.first().is_none_or(|first| !first.prefix.is_empty() || first.bits != top);
    let mut touched = vec![are_moved; 1 << top];
    let here = light
        .iter()
        .map(|(unit, _)| *unit)
        .chain(before.light.iter().map(|(unit, _)| *unit).filter(|unit| is_changed(*unit)));
    here.for_each(|unit| touched[bucket(unit, top)] = true);
    let mut made: Vec<(u16, usize)> =
        light.iter().map(|(unit, chunk)| (*unit, chunk.len())).chain(same.iter().copied()).collect();
    made.sort_unstable();
    let beside: FxHashSet<u16> =
        same.iter().map(|(unit, _)| *unit).filter(|unit| touched[bucket(*unit, top)]).collect();
    light.extend(stretches(texts, &only(&|unit| beside.contains(&unit)), put)?.0);
    light.sort_unstable();
    spread.push(put_light(Vec::new(), light, top, |at| touched[at], put)?);
    spread.sort_unstable();
    Ok(Made { light: made, spread })
}

/// Returns whether a file holds entries of stretches that begin with a unit, and so is made when they change; `None` for those that hold several.
pub(super) fn unit_of(name: &str) -> Option<u16> {
    u16::from_str_radix(name.strip_prefix('s')?.get(..4)?, 16).ok()
}

/// Entries below first units that fit a file with others', in order, and the stretches that are spread.
type Stretches = (Vec<(u16, Vec<u8>)>, Vec<Spread>);

/// Makes the entries of the first units that are counted.
fn stretches<E: Send>(texts: &Texts, counts: &[u32], put: &Put<'_, E>) -> Result<Stretches, E> {
    let total: usize = counts.iter().map(|count| *count as usize).sum();
    let threads = rayon::current_num_threads();
    let size = (AT_ONCE / threads).min(total.div_ceil(threads)).max(1);
    let positions = Positions::find(texts, counts, size);
    let next = AtomicUsize::new(0);
    let next = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|part| *part < positions.parts());
    // Each thread takes part after part, and uses its memory again.
    let done: Result<Vec<Part>, E> =
        (0..threads).into_par_iter().map(|_| parts(texts, &positions, next, put)).collect();
    let (mut light, mut spread) = (Vec::new(), Vec::new());
    for part in done? {
        spread.extend(part.spread);
        light.extend(part.light);
    }
    light.sort_unstable();
    Ok((light, spread))
}

/// Writes what is left below a stretch, spread over files by the next unit; a file without entries is written too, as the
/// script asks for it.
fn put_light<E>(
    prefix: Vec<u16>,
    light: Vec<(u16, Vec<u8>)>,
    bits: u32,
    is_wanted: impl Fn(usize) -> bool,
    put: &Put<'_, E>,
) -> Result<Spread, E> {
    let mut files: Vec<Vec<u8>> = vec![Vec::new(); 1 << bits];
    for (unit, chunk) in light {
        files[bucket(unit, bits)].extend(chunk);
    }
    for (at, file) in files.into_iter().enumerate().filter(|(at, _)| is_wanted(*at)) {
        put(name(&prefix, Some(at)), file)?;
    }
    Ok(Spread { prefix, bits })
}

/// Returns which of `1 << bits` files takes a unit; the script does the same.
fn bucket(unit: u16, bits: u32) -> usize {
    (u32::from(unit).wrapping_mul(40_503) >> 8) as usize & ((1 << bits) - 1)
}

/// Returns over how many files so many bytes are spread, as a power of two.
fn bits(bytes: usize) -> u32 {
    bytes.div_ceil(FULL).next_power_of_two().trailing_zeros()
}

/// Returns the name of the file of a spread stretch, or of one of the files it is spread over.
fn name(prefix: &[u16], bucket: Option<usize>) -> String {
    let mut name = String::from("s");
    for unit in prefix {
        _ = write!(name, "{unit:04x}");
    }
    if let Some(bucket) = bucket {
        _ = write!(name, "-{bucket:x}");
    }
    name
}

/// What became of the places of some parts.
#[derive(Default)]
struct Part {
    spread: Vec<Spread>,
    /// Units whose entries fit a file with others', each with its entries.
    light: Vec<(u16, Vec<u8>)>,
}

/// Makes the entries of one part after the other, as long as there are any.
fn parts<E>(
    texts: &Texts,
    positions: &Positions<'_>,
    next: impl Fn() -> Option<usize>,
    put: &Put<'_, E>,
) -> Result<Part, E> {
    let (mut harvest, mut places, mut done) = (Harvest::new(texts), Vec::new(), Part::default());
    while let Some(part) = next() {
        let units = positions.units(part);
        if let [(unit, count)] = units[..] {
            // So many places are not put down twice.
            harvest.take(unit, count, &positions.places(part));
            done.write(unit, &mut harvest, put)?;
            continue;
        }
        positions.put(part, &units, &mut places);
        let mut rest = &places[..];
        for (unit, count) in units {
            let (places, behind) = rest.split_at(count as usize);
            rest = behind;
            harvest.take(unit, count, &places);
            done.write(unit, &mut harvest, put)?;
        }
    }
    Ok(done)
}

impl Part {
    /// Writes the entries of a first unit that were made.
    fn write<E>(&mut self, unit: u16, harvest: &mut Harvest<'_>, put: &Put<'_, E>) -> Result<(), E> {
        let leaves = std::mem::take(&mut harvest.leaves);
        let mut writer = Writer { harvest, spread: &mut self.spread, put };
        if let Some(chunk) = writer.below(&leaves, 1)? {
            self.light.push((unit, chunk));
        }
        harvest.leaves = leaves;
        Ok(())
    }
}

/// Writes the entries of one first unit.
struct Writer<'w, 'a, 'p, E> {
    harvest: &'w mut Harvest<'a>,
    spread: &'w mut Vec<Spread>,
    put: &'w Put<'p, E>,
}

impl<E> Writer<'_, '_, '_, E> {
    /// Takes the entries below a stretch of `depth` units: returns them as a chunk of a file, or spreads them.
    fn below(&mut self, leaves: &[Leaf], depth: usize) -> Result<Option<Vec<u8>>, E> {
        let size: usize = leaves.iter().map(|leaf| leaf.size() + 6).sum();
        if size <= FULL || depth == DEPTH || leaves.len() == 1 {
            return Ok(Some(self.chunk(leaves, depth - 1)));
        }
        let prefix: Vec<u16> = (0..depth).map(|at| self.harvest.unit(&leaves[0], at)).collect();
        let runs: Vec<Range<usize>> = runs(leaves, |leaf| self.harvest.unit(leaf, depth)).collect();
        let (mut light, mut further, mut here) = (Vec::new(), Vec::new(), Vec::new());
        for run in runs {
            let below = &leaves[run];
            // A stretch that ends here is said by the file of the stretch.
            let unit = self.harvest.unit(&below[0], depth);
            let chunk = if unit == END { Some(Vec::new()) } else { self.below(below, depth + 1)? };
            match chunk {
                Some(chunk) => {
                    here.push(below);
                    light.extend((unit != END).then_some((unit, chunk)));
                }
                None => further.extend_from_slice(self.harvest.found()),
            }
        }
        self.put_pages(&prefix, here.into_iter().flatten(), &further)?;
        let bits = bits(light.iter().map(|(_, chunk)| chunk.len()).sum());
        self.spread.push(put_light(prefix, light, bits, |_| true, self.put)?);
        Ok(None)
    }

    /// Writes the pages of a spread stretch: those of entries, and those of the stretches below that are spread too.
    fn put_pages<'l>(
        &mut self,
        prefix: &[u16],
        leaves: impl Iterator<Item = &'l Leaf>,
        further: &[(u32, u16)],
    ) -> Result<(), E> {
        let start = self.harvest.lists.len();
        self.harvest.find_all(leaves, further);
        self.harvest.write_found();
        let mut all = Vec::new();
        digits(&mut all, &self.harvest.lists[start..]);
        self.harvest.lists.truncate(start);
        (self.put)(name(prefix, None), all)
    }

    /// Writes entries without their first `base` units: each begins with how much it shares with the one before.
    fn chunk(&self, leaves: &[Leaf], base: usize) -> Vec<u8> {
        let harvest = &*self.harvest;
        let mut out = Vec::with_capacity(leaves.iter().map(|leaf| leaf.size() + 8).sum());
        let (mut before, mut units) = (None, Vec::new());
        for leaf in leaves {
            let depth = usize::from(leaf.depth);
            let shared = before.map_or(0, |before: &Leaf| {
                let most = depth.min(before.depth.into());
                (base..most).take_while(|at| harvest.unit(before, *at) == harvest.unit(leaf, *at)).count()
            });
            units.clear();
            number(&mut units, (shared * 2) as u32 + u32::from(leaf.goes_on));
            number(&mut units, (depth - base - shared) as u32);
            units.extend((base + shared..depth).map(|at| harvest.unit(leaf, at)));
            literal(&mut out, &units);
            digits(&mut out, &harvest.lists[leaf.list.0 as usize..leaf.list.1 as usize]);
            before = Some(leaf);
        }
        out
    }
}
