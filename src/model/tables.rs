//! Reads each kind of record into its table, in the order it is shown, and makes the names of the kind known.

use std::cmp::Reverse;
use std::fmt::Debug;
use std::sync::Arc;

use blake3::Hash;
use rustc_hash::FxHashMap;

use super::context::Shared;
use super::layout::{CommunityFiles, FileOf, Layout};
use super::memory::{Edition, Kind, Partners, Surroundings, Uses};
use super::names::{Entry, Fate, NameIndex};
use super::site::{
    Community, CommunityRecord, Competition, Event, News, Page, Partner, Prose, RecordKind, Service, Table,
    Town,
};
use super::{Outcome, ReadRecord, article, community, competition, event, partner, service, stray, town};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::text;

/// Records that exist and are in no table.
#[derive(Default)]
pub(super) struct Absent {
    /// Drafts, and what needs one.
    pub(super) withheld: Vec<(RecordKind, String)>,
    /// Those with errors.
    pub(super) broken: Vec<(RecordKind, String)>,
    /// The texts of those with errors.
    pub(super) texts: Vec<Prose>,
}

/// The kinds that nothing refers to.
pub(super) struct Rest {
    pub(super) competitions: Table<Competition>,
    pub(super) events: Table<Event>,
    pub(super) services: Table<Service>,
    pub(super) news: Table<News>,
    pub(super) pages: Table<Page>,
}

/// Reads the towns.
pub(super) fn towns(layout: &Layout, shared: &mut Shared, report: &mut Report) -> Table<Town> {
    let Some(at) = layout.towns else {
        if !layout.communities.is_empty() && !shared.sources.was_refused("content/towns.yaml") {
            report.push(missing_towns());
        }
        shared.names.towns.set_partial();
        return Table::default();
    };
    let (towns, names, found) = town::towns(shared, at);
    shared.names.towns = names;
    report.append(found);
    towns
}

fn missing_towns() -> Diagnostic {
    Diagnostic::new(
        codes::MISSING_FILE,
        text!("缺少乡镇名单 content/towns.yaml。", "The towns, `content/towns.yaml`, are missing."),
    )
    .in_file("content/towns.yaml")
    .help(text!(
        "请新建这个文件，每个乡镇写一项：\n- id: yaodu\n  名称: 尧渡镇",
        "Make it, one item for each town:\n- id: yaodu\n  name: 尧渡镇"
    ))
}

/// Reads the communities, by town, then id.
pub(super) fn communities(
    layout: &Layout,
    towns: &Table<Town>,
    shared: &mut Shared,
    memory: &mut Edition,
    absent: &mut Absent,
    report: &mut Report,
) -> Table<Community> {
    let read = {
        let shared = &*shared;
        let around = Surroundings::of_communities(shared);
        let read = |files: &CommunityFiles| {
            let record = community::community(shared, files);
            // Most of the text of a site is theirs; a further language reads it again.
            if shared.languages.all().len() == 1 {
                let places = files.places().into_iter().flatten();
                places.for_each(|at| shared.sources.files[at as usize].let_text_go());
            }
            record
        };
        memory.communities.read(&layout.communities, |files| around.community(files), read)
    };
    let (mut absences, mut partial) = (Vec::new(), false);
    let mut built: Vec<(Arc<CommunityRecord>, Hash, Option<String>)> = Vec::with_capacity(read.len());
    for ((record, made), files) in read.into_iter().zip(&layout.communities) {
        report.append(record.report);
        match record.outcome {
            Outcome::Built(community) => built.push((community, made, record.name)),
            Outcome::Withheld => {
                absences.push((record.id.clone(), record.name, Fate::Withheld));
                absent.withheld.push((RecordKind::Community, record.id));
            }
            Outcome::Broken => {
                partial |= record.name.is_none();
                absences.push((record.id.clone(), record.name, Fate::Broken));
                absent.broken.push((RecordKind::Community, record.id));
                absent.texts.extend(stray::of_community(shared, files));
            }
        }
    }
    built.sort_by(|(a, ..), (b, ..)| (a.town, &a.id).cmp(&(b.town, &b.id)));
    let absences =
        absences.iter().map(|(id, name, fate)| Entry { id, name: name.as_deref(), note: "", fate: *fate });
    let live = built.iter().enumerate().map(|(at, (community, _, name))| Entry {
        id: &community.id,
        name: name.as_deref(),
        note: &towns[community.town].name,
        fate: Fate::Live(at),
    });
    let entries: Vec<Entry<'_>> = absences.chain(live).collect();
    let names = NameIndex::of(&entries, partial, memory.names.as_ref());
    memory.names = Some(Arc::clone(&names));
    shared.names.communities = names;
    Table::made(built.into_iter().map(|(community, made, _)| (Community::from(community), made)))
}

/// Reads the partner units; those that are remembered are taken as they were while nothing they are made from changes.
pub(super) fn partners(
    layout: &Layout,
    shared: &mut Shared,
    memory: &mut Edition,
    report: &mut Report,
) -> Table<Partner> {
    let Some(at) = layout.partners else {
        let partial = shared.sources.was_refused("content/partners.yaml");
        shared.names.partners = NameIndex::of(&[], partial, None);
        return Table::default();
    };
    let key = Surroundings::of_rest(shared).list(at);
    let read = memory.partners.take().filter(|known| known.key == key).unwrap_or_else(|| {
        let (records, names, report) = partner::partners(shared, at);
        Partners { key, records, names: Arc::new(names), report }
    });
    shared.names.partners = Arc::clone(&read.names);
    report.append(read.report.clone());
    let table = Table::new(read.records.iter().cloned());
    memory.partners = (!read.report.has_errors()).then_some(read);
    table
}

/// Reads what only refers to others.
pub(super) fn rest(
    layout: &Layout,
    shared: &Shared,
    memory: &mut Edition,
    absent: &mut Absent,
    report: &mut Report,
) -> Rest {
    let mut reading = Reading { shared, around: Surroundings::of_rest(shared), absent, report };
    let Edition { competitions, events, services, news, pages, .. } = memory;
    let mut competitions =
        reading.files(&layout.competitions, RecordKind::Competition, competitions, competition::competition);
    let mut events = reading.files(&layout.events, RecordKind::Event, events, event::event);
    let mut services = reading.files(&layout.services, RecordKind::Service, services, service::service);
    let mut news = reading.files(&layout.news, RecordKind::News, news, article::news);
    let mut pages = reading.files(&layout.pages, RecordKind::Page, pages, article::page);
    competitions.sort_by(|(a, _), (b, _)| (Reverse(a.date), &a.id).cmp(&(Reverse(b.date), &b.id)));
    events.sort_by(|(a, _), (b, _)| (Reverse(a.date), &a.id).cmp(&(Reverse(b.date), &b.id)));
    services.sort_by(|(a, _), (b, _)| (Reverse(a.requested), &a.id).cmp(&(Reverse(b.requested), &b.id)));
    news.sort_by(|(a, _), (b, _)| (Reverse(a.published), &a.id).cmp(&(Reverse(b.published), &b.id)));
    pages.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    Rest {
        competitions: Table::made(competitions),
        events: Table::made(events),
        services: Table::made(services),
        news: Table::made(news),
        pages: Table::made(pages),
    }
}

struct Reading<'a, 'r> {
    shared: &'a Shared<'a>,
    around: Surroundings<'a>,
    absent: &'r mut Absent,
    report: &'r mut Report,
}

impl Reading<'_, '_> {
    fn files<T: Uses + Debug + Send + Sync>(
        &mut self,
        files: &[FileOf],
        kind: RecordKind,
        memory: &mut Kind<T>,
        read: fn(&Shared, &FileOf) -> ReadRecord<T>,
    ) -> Vec<(Arc<T>, Hash)> {
        let shared = self.shared;
        let records = memory.read(files, |file| self.around.file(file), |file| read(shared, file));
        let mut built = Vec::with_capacity(records.len());
        let mut seen: FxHashMap<String, u32> = FxHashMap::default();
        for ((record, made), file) in records.into_iter().zip(files) {
            self.report.append(record.report);
            if let Some(first) = seen.insert(record.id.clone(), file.at) {
                self.report.push(duplicate(shared, &record.id, first, file.at));
                continue;
            }
            match record.outcome {
                Outcome::Built(record) => built.push((record, made)),
                Outcome::Withheld => self.absent.withheld.push((kind, record.id)),
                Outcome::Broken => {
                    self.absent.broken.push((kind, record.id));
                    self.absent.texts.extend(stray::of_record(shared, kind, file));
                }
            }
        }
        built
    }
}

fn duplicate(shared: &Shared, id: &str, first: u32, second: u32) -> Diagnostic {
    let path = |at: u32| &shared.sources.files[at as usize].path;
    let first = path(first);
    Diagnostic::new(
        codes::DUPLICATE_ID,
        text!("与 {first} 的网址相同（{id}）。", "It has the address of {first} ({id})."),
    )
    .in_file(Arc::clone(path(second)))
    .help(text!(
        "请给其中一个改名；文件名开头的日期不算在网址里。",
        "Rename one of them; the date a file name begins with is not part of the address."
    ))
}
