//! A site in which nothing but texts has changed, made from the one before it.
//!
//! Everything around a record follows from its outline ([`super::outline`]). While outlines stay, the new site is the old one
//! with some records exchanged: no table, no sum, no address is worked out again. Where anything else has changed, nothing
//! is made here, and the site is made from all its records.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

use serde::Serialize;

use super::assets::Assets;
use super::context::Shared;
use super::layout::{FileOf, Layout, Owner};
use super::memory::{Edition, Kind, Revised, Standing, Surroundings, Uses};
use super::site::{Community, CommunityRecord, Site, Table};
use super::{Memory, ModelOptions, ReadRecord, article, community, competition, event, service};
use crate::diagnostic::{Diagnostic, Report};
use crate::read::Sources;

/// A site, made again, and what is different about its problems.
pub struct Revision {
    /// The site in each of its languages.
    pub sites: Vec<Site>,
    /// What was wrong with the records that changed.
    pub gone: Vec<Diagnostic>,
    /// What is wrong with them now.
    pub new: Vec<Diagnostic>,
}

/// Makes the site of `sources` from the one before (in all its languages, the main one first), when nothing has changed but
/// the texts of records in the files at `changed`; else `None`.
pub fn revise(
    sources: &Sources,
    options: ModelOptions,
    before: &[&Site],
    memory: &mut Memory,
    changed: &[u32],
) -> Option<Revision> {
    let mut revision =
        Revision { sites: Vec::with_capacity(before.len()), gone: Vec::new(), new: Vec::new() };
    for (language, before) in before.iter().enumerate() {
        let edition = memory.edition(language);
        let standing = edition.standing.take()?;
        let work = Work { sources, options, edition };
        let (site, reports) = work.site(before, standing, changed)?;
        let [gone, new] = reports;
        // What a further language adds is told apart from what the main one said; that takes all of it.
        if language > 0 && !(gone.is_empty() && new.is_empty()) {
            return None;
        }
        revision.gone.extend(gone.iter().cloned());
        revision.new.extend(new.iter().cloned());
        revision.sites.push(site);
    }
    Some(revision)
}

struct Work<'a> {
    sources: &'a Sources,
    options: ModelOptions,
    edition: &'a mut Edition,
}

impl Work<'_> {
    fn site(mut self, before: &Site, standing: Standing, changed: &[u32]) -> Option<(Site, [Report; 2])> {
        let Standing { files, layout, languages, names } = standing;
        let (today, drafts) = (self.options.today, self.options.drafts);
        let shared = Shared {
            sources: self.sources,
            assets: Assets::new(self.sources),
            today,
            drafts,
            languages,
            names,
        };
        let revised = self.exchanged(before, &layout, &shared, changed);
        let Shared { languages, names, .. } = shared;
        self.edition.standing = Some(Standing { files, layout, languages, names });
        revised
    }

    /// Reads the records in the files at `changed` again, and puts them in the place of those they were.
    fn exchanged(
        &mut self,
        before: &Site,
        layout: &Layout,
        shared: &Shared,
        changed: &[u32],
    ) -> Option<(Site, [Report; 2])> {
        let owners: BTreeSet<Owner> = changed.iter().map(|at| layout.owner(*at)).collect::<Option<_>>()?;
        let (mut site, mut reports) = (before.clone(), [Report::new(), Report::new()]);
        let communities = LazyCell::new(|| Surroundings::of_communities(shared));
        let again = Again { shared, around: LazyCell::new(|| Surroundings::of_rest(shared)) };
        let edition = &mut *self.edition;
        for owner in owners {
            let said = match owner {
                Owner::Community(at) => {
                    let files = &layout.communities[at];
                    let (made, record) = (communities.community(files), community::community(shared, files));
                    exchange_community(&mut site, edition.communities.revise(&made, record)?)?
                }
                Owner::Competition(at) => {
                    let (kind, table) = (&mut edition.competitions, &mut site.competitions);
                    again.one(&layout.competitions[at], competition::competition, kind, table)?
                }
                Owner::Event(at) => {
                    again.one(&layout.events[at], event::event, &mut edition.events, &mut site.events)?
                }
                Owner::Service(at) => {
                    let (kind, table) = (&mut edition.services, &mut site.services);
                    again.one(&layout.services[at], service::service, kind, table)?
                }
                Owner::News(at) => {
                    again.one(&layout.news[at], article::news, &mut edition.news, &mut site.news)?
                }
                Owner::Page(at) => {
                    again.one(&layout.pages[at], article::page, &mut edition.pages, &mut site.pages)?
                }
            };
            reports.iter_mut().zip(said).for_each(|(report, said)| report.append(said));
        }
        Some((site, reports))
    }
}

/// Reads records that are one file each again.
struct Again<'a, F: FnOnce() -> Surroundings<'a>> {
    shared: &'a Shared<'a>,
    around: LazyCell<Surroundings<'a>, F>,
}

impl<'a, F: FnOnce() -> Surroundings<'a>> Again<'a, F> {
    /// Reads one, and puts it in the place of the one it was.
    fn one<T: Uses + Debug + Serialize>(
        &self,
        file: &FileOf,
        read: fn(&Shared, &FileOf) -> ReadRecord<T>,
        kind: &mut Kind<T>,
        table: &mut Table<T>,
    ) -> Option<[Report; 2]> {
        exchange(table, kind.revise(&self.around.file(file), read(self.shared, file))?)
    }
}

/// Puts a record in the place of the one it was; returns what was and what is wrong with it.
fn exchange<T>(table: &mut Table<T>, revised: Revised<T>) -> Option<[Report; 2]> {
    let at = table.find(|record| Arc::ptr_eq(record, &revised.old))?;
    *table = table.with(at, revised.new, revised.made)?;
    Some(revised.reports)
}

/// Does the same with a community, to which others have added what follows from outlines alone.
fn exchange_community(site: &mut Site, revised: Revised<CommunityRecord>) -> Option<[Report; 2]> {
    let table = &mut site.communities;
    let at = table.find(|community| Arc::ptr_eq(&community.record, &revised.old))?;
    let before = &table.records()[at];
    let community = Community { record: revised.new, ..Community::clone(before) };
    *table = table.with(at, Arc::new(community), revised.made)?;
    Some(revised.reports)
}
