//! Hashes of everything a record says, its derived facts too: while one stays, so does all that is made of the record.

use blake3::{Hash, Hasher};
use rayon::prelude::*;

use super::site::{Community, Idx, Partner, Site, Table, Town, Traced};
use crate::fingerprint::{of_debug, of_value, together, update_text};
use crate::trace::{Dep, Sort};

/// The hashes of all records of a site in one language.
#[derive(Debug)]
pub struct Digests {
    /// By sort, each record at its place.
    records: [Vec<Hash>; Sort::ALL.len()],
    /// By sort, all of them together.
    all: [Hash; Sort::ALL.len()],
}

impl Digests {
    /// Takes the hashes of a finished site.
    pub fn of(site: &Site) -> Self {
        let records = Sort::ALL.map(|sort| match sort {
            Sort::Town => each(&site.towns, |idx| town(site, idx)),
            Sort::Community => each(&site.communities, |idx| community(site, idx)),
            Sort::Competition => site.competitions.made_from().to_vec(),
            Sort::Event => site.events.made_from().to_vec(),
            Sort::Service => site.services.made_from().to_vec(),
            Sort::Partner => each(&site.partners, |idx| partner(site, idx)),
            Sort::News => site.news.made_from().to_vec(),
            Sort::Page => site.pages.made_from().to_vec(),
            Sort::Totals => vec![of_debug(site.totals())],
            Sort::Settings | Sort::Card => Vec::new(),
        });
        let all = std::array::from_fn(|at| together(&records[at]));
        Self { records, all }
    }

    /// Returns the hash of what a dependency names; `None` for things that are not records.
    pub fn get(&self, dep: Dep) -> Option<Hash> {
        let (sort, at) = dep.parts();
        match at {
            _ if matches!(sort, Sort::Card | Sort::Settings) => None,
            None => Some(self.all[sort as usize]),
            Some(at) => self.records[sort as usize].get(at).copied(),
        }
    }

    /// Returns the hash of everything.
    pub fn everything(&self) -> Hash {
        together(&self.all)
    }
}

fn each<T: Traced + Sync + Send>(
    table: &Table<T>,
    digest: impl Fn(Idx<T>) -> Hash + Sync + Send,
) -> Vec<Hash> {
    let indexes: Vec<Idx<T>> = table.indexes().collect();
    indexes.into_par_iter().map(digest).collect()
}

fn town(site: &Site, idx: Idx<Town>) -> Hash {
    of_value(&site.towns[idx])
}

fn partner(site: &Site, idx: Idx<Partner>) -> Hash {
    of_value(&site.partners[idx])
}

/// Joins what the community's own folder says with what was added from elsewhere.
fn community(site: &Site, idx: Idx<Community>) -> Hash {
    let community = &site.communities[idx];
    let mut hasher = Hasher::new();
    hasher.update(site.communities.made_from()[idx.at()].as_bytes());
    for award in &community.awards {
        match award.competition {
            None => _ = hasher.update(&[0]),
            Some(competition) => {
                hasher.update(&[1]).update(&competition.at().to_le_bytes());
                hasher.update(site.competitions.made_from()[competition.at()].as_bytes());
            }
        }
        update_text(&mut hasher, &award.title);
    }
    update_list(&mut hasher, community.competitions.iter().map(|idx| idx.at()));
    update_list(&mut hasher, community.events.iter().map(|idx| idx.at()));
    update_list(&mut hasher, community.services.iter().map(|idx| idx.at()));
    update_list(&mut hasher, community.agreements.iter().flat_map(|(idx, at)| [idx.at(), *at]));
    update_list(&mut hasher, community.news.iter().map(|idx| idx.at()));
    update_list(&mut hasher, community.related.iter().map(|idx| idx.at()));
    hasher.finalize()
}

fn update_list(hasher: &mut Hasher, places: impl Iterator<Item = usize>) {
    for place in places {
        hasher.update(&(place as u64 + 1).to_le_bytes());
    }
    hasher.update(&0u64.to_le_bytes());
}
