//! What one run leaves to the next: what was read, understood and made, to be taken as it is where nothing has changed.
//!
//! Within one process it is handed from run to run. On disk it is two packs under `.yipin/`: everything as it stood some
//! time ago, and what is new since then. Neither is needed: without them, or when they are damaged or another version of
//! the program wrote them, everything is read, understood and made anew, with the same result.

use std::fs;
use std::io;
use std::path::Path;

use crate::kept::Kept;
use crate::look::Themes;
use crate::model;
use crate::pack::{self, Count, Pack, Packer, Remembered, Tags};
use crate::read::Known;

/// What one run leaves to the next.
#[derive(Default)]
pub struct Memory {
    /// The files that were read.
    pub read: Known,
    /// The records that were understood.
    pub model: model::Memory,
    /// The themes that were loaded; they are not kept on disk.
    pub themes: Themes,
    /// The pages that were made, for each language.
    pub kept: Vec<Kept>,
    /// The hash of the pack of everything on disk that this is an addition to.
    base: Option<blake3::Hash>,
}

/// The private folder of a site.
const PRIVATE: &str = ".yipin";
/// Everything, as it stood when this was written.
const BASE: &str = "memory";
/// What is new since then; it begins with the hash of what it adds to.
const NEWS: &str = "memory-news";

impl Memory {
    /// Takes up what earlier runs on the site at `root` left; nothing when there is nothing fit to be believed.
    pub fn load(root: &Path) -> Self {
        Self::try_load(&root.join(PRIVATE)).unwrap_or_default()
    }

    fn try_load(folder: &Path) -> Option<Self> {
        let pack = Pack::open(&folder.join(BASE))?;
        let mut memory = Self { base: Some(pack.hash()), ..Self::default() };
        memory.unpack(&mut Tags::default(), false, &pack)?;
        if let Some(news) = Pack::open(&folder.join(NEWS))
            && news.take::<[u8; 32]>(0)? == [*pack.hash().as_bytes()]
        {
            memory.unpack(&mut Tags::default(), true, &news)?;
        }
        Some(memory)
    }

    /// Leaves everything to later runs on the site at `root`, if there is anything they do not know.
    ///
    /// # Errors
    /// When the private folder cannot be written; what was left before is then still there, or nothing is.
    pub fn save(&self, root: &Path) -> io::Result<()> {
        let count = self.count();
        let folder = root.join(PRIVATE);
        let is_small = count.new * 8 <= count.all;
        match self.base {
            Some(_) if !count.has_news => Ok(()),
            Some(base) if is_small => pack::save(&folder.join(NEWS), |packer| {
                packer.put(0, &[*base.as_bytes()]);
                self.pack(&mut Tags::default(), true, packer);
            }),
            _ => {
                pack::save(&folder.join(BASE), |packer| self.pack(&mut Tags::default(), false, packer))?;
                remove(&folder.join(NEWS))
            }
        }
    }
}

impl Remembered for Memory {
    fn count(&self) -> Count {
        let mut sum = self.read.count();
        sum.add(self.model.count());
        self.kept.iter().for_each(|kept| sum.add(kept.count()));
        sum
    }

    fn pack(&self, tags: &mut Tags, only_new: bool, packer: &mut Packer) {
        self.read.pack(tags, only_new, packer);
        self.model.pack(tags, only_new, packer);
        packer.put(tags.take(), &[self.kept.len() as u32]);
        self.kept.iter().for_each(|kept| kept.pack(tags, only_new, packer));
    }

    fn unpack(&mut self, tags: &mut Tags, are_new: bool, pack: &Pack) -> Option<()> {
        self.read.unpack(tags, are_new, pack)?;
        self.model.unpack(tags, are_new, pack)?;
        let kept: Vec<u32> = pack.take(tags.take())?;
        self.kept.resize_with(*kept.first()? as usize, Kept::default);
        self.kept.iter_mut().try_for_each(|kept| kept.unpack(tags, are_new, pack))
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
