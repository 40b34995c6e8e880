//! Sources to [`Site`]: what staff wrote becomes typed, complete and read-only.
//!
//! Files are read in parallel, each with a report of its own; a kind of record is read after the kinds it refers to,
//! so that a reference is settled where it stands and a finished record never changes its references. What follows
//! from several records (honours, sums, related communities) is added last, by `derive`. Here nothing is known of
//! pages and addresses, and no disk is touched.

mod article;
mod assets;
mod award;
mod chrome;
mod closed;
mod columns;
mod community;
mod competition;
mod context;
mod dates;
mod derive;
mod digests;
mod event;
mod honours;
mod ids;
pub mod languages;
mod layout;
mod memory;
mod milestones;
mod names;
mod numbers;
mod options;
mod outline;
mod partner;
mod photos;
mod place;
pub mod placeholder;
mod project;
mod prose;
mod record;
mod registry;
mod revise;
pub mod schema;
mod service;
mod settings;
pub mod site;
mod status;
mod stray;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod town;
mod translation;
mod walk;
mod web;

use std::sync::Arc;

use jiff::civil::Date;

pub use closed::Closed;
pub use digests::Digests;
pub use languages::Languages;
pub use memory::Memory;
pub use revise::{Revision, revise};
pub use site::*;
pub use web::base_url as checked_base_url;

use crate::diagnostic::{Diagnostic, Report, codes};
use crate::read::Sources;
use crate::text;
use context::{Context, Shared};
use layout::Layout;
use names::{Names, Target};

/// What the model depends on besides the sources.
#[derive(Debug, Clone, Copy)]
pub struct ModelOptions {
    /// The day the site is built for.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// A record that was read, or what became of it.
struct ReadRecord<T> {
    id: String,
    name: Option<String>,
    outcome: Outcome<T>,
    report: Report,
}

impl<T> Outcome<T> {
    /// Shows a record that has no errors.
    fn of(record: Option<T>) -> Self {
        record.map_or(Self::Broken, |record| Self::Built(Arc::new(record)))
    }
}

impl<T> Clone for ReadRecord<T> {
    fn clone(&self) -> Self {
        let outcome = match &self.outcome {
            Outcome::Built(record) => Outcome::Built(Arc::clone(record)),
            Outcome::Withheld => Outcome::Withheld,
            Outcome::Broken => Outcome::Broken,
        };
        Self { id: self.id.clone(), name: self.name.clone(), outcome, report: self.report.clone() }
    }
}

/// What became of a record.
enum Outcome<T> {
    /// It is shown.
    Built(Arc<T>),
    /// It is a draft, or needs one.
    Withheld,
    /// It has errors, which are reported.
    Broken,
}

/// Makes the site of its sources.
///
/// Every problem goes to the report, and all of the content is read however many there are. The result is `None` only
/// when there is no `site.yaml` that could be read; records with errors are left out of it, so it is fit to be looked
/// at, and to be published only when the report has no errors.
pub fn build(sources: &Sources, options: &ModelOptions, report: &mut Report) -> Option<Site> {
    build_again(sources, options, &mut Memory::default(), report)
}

/// Does the same; records that are remembered and have not changed are taken as they were.
pub fn build_again(
    sources: &Sources,
    options: &ModelOptions,
    memory: &mut Memory,
    report: &mut Report,
) -> Option<Site> {
    build_in(sources, *options, 0, memory, report)
}

/// Makes the site once more in each further language it has, in their order.
///
/// The tables have the same records at the same places; texts a language lacks are those of the main one, and marked
/// so ([`Prose::is_fallback`]). Only problems that the main language did not show go to the report.
pub fn translations(
    sources: &Sources,
    options: &ModelOptions,
    main: &Site,
    memory: &mut Memory,
    report: &mut Report,
) -> Vec<Site> {
    let further = 1..main.settings.languages.all().len();
    let mut build_further = |at: usize| {
        let mut found = Report::new();
        let site = build_in(sources, *options, at, memory, &mut found);
        report.append_new(found);
        site
    };
    further.filter_map(&mut build_further).collect()
}

/// Makes the site in one of its languages; the main one is 0.
fn build_in(
    sources: &Sources,
    options: ModelOptions,
    language: usize,
    memory: &mut Memory,
    report: &mut Report,
) -> Option<Site> {
    let memory = memory.edition(language);
    let mut layout = layout_again(sources, memory);
    let mut shared = Shared {
        sources,
        assets: assets::Assets::new(sources),
        today: options.today,
        drafts: options.drafts,
        languages: settings::languages(sources, &layout).at(language),
        names: Names::default(),
    };
    let (mut settings, usable, featured) = read_settings(&layout, &mut shared, report);
    layout.settle_translations(sources, &shared.languages, report);
    layout::report_unknown(&layout, sources, &settings.lexicon, report);
    let mut absent = tables::Absent::default();
    let towns = tables::towns(&layout, &mut shared, report);
    let communities = tables::communities(&layout, &towns, &mut shared, memory, &mut absent, report);
    let partners = tables::partners(&layout, &mut shared, memory, report);
    let rest = tables::rest(&layout, &shared, memory, &mut absent, report);
    absent.broken.extend(layout::refused_records(sources));
    absent.broken.extend(shared.names.partial_kinds().map(|kind| (kind, String::new())));
    settings.featured =
        layout.site.map_or_else(Vec::new, |at| follow_featured(&shared, at, &featured, report));
    absent.withheld.sort();
    let mut site = Site {
        today: options.today,
        settings,
        towns,
        communities,
        competitions: rest.competitions,
        events: rest.events,
        services: rest.services,
        partners,
        news: rest.news,
        pages: rest.pages,
        totals: Totals::default(),
        withheld: absent.withheld,
        broken: absent.broken,
        stray: absent.texts,
    };
    derive::derive(&mut site, sources, report);
    let Shared { languages, names, .. } = shared;
    memory.standing = Some(memory::Standing { files: Arc::clone(sources.names()), layout, languages, names });
    usable.then_some(site)
}

/// Sorts the files, or takes what they were sorted into when they have the names they had.
fn layout_again(sources: &Sources, memory: &mut memory::Edition) -> Layout {
    let before = memory.standing.take().filter(|before| Arc::ptr_eq(&before.files, sources.names()));
    // What is wrong with translations must be said again.
    before
        .map(|before| before.layout)
        .filter(|layout| !layout.has_translations())
        .unwrap_or_else(|| layout::layout(sources))
}

type Featured = Vec<Located<String>>;

/// Reads the settings; where there are none, the rest is read against empty ones.
fn read_settings(layout: &Layout, shared: &mut Shared, report: &mut Report) -> (Settings, bool, Featured) {
    let Some(at) = layout.site else {
        // Without a content folder that is what has been said.
        if !shared.sources.is_empty() && !shared.sources.was_refused("content/site.yaml") {
            report.push(missing_site());
        }
        shared.names.categories.set_partial();
        shared.names.columns.set_partial();
        return (settings::nothing(), false, Featured::new());
    };
    let read = settings::settings(shared, at);
    shared.names.categories = read.categories;
    shared.names.columns = read.columns;
    report.append(read.report);
    (read.settings, read.usable, read.featured)
}

fn missing_site() -> Diagnostic {
    Diagnostic::new(
        codes::MISSING_FILE,
        text!("缺少网站设置文件 content/site.yaml。", "The settings, `content/site.yaml`, are missing."),
    )
    .in_file("content/site.yaml")
    .help(text!(
        "请新建这个文件，写上名称、网址和品牌类别；或在空文件夹里运行 yipin init。",
        "Make it with `name`, `base_url` and `categories`, or run `yipin init` in an empty folder."
    ))
}

/// Follows the recommended communities; drafts are left out.
fn follow_featured(
    shared: &Shared,
    at: u32,
    featured: &Featured,
    report: &mut Report,
) -> Vec<Idx<Community>> {
    let context = Context::new(shared, at, &Arc::from("content"));
    let mut found: Vec<Idx<Community>> = Vec::new();
    for written in featured {
        let range = written.at.start as usize..written.at.end as usize;
        let target = record::references::follow::<Community>(&context, &written.value, &range);
        let Some(idx) = Target::live(target) else { continue };
        if found.contains(&idx) {
            let said =
                text!("“首页推荐”里把同一个社区列了两次。", "`featured` names the same community twice.");
            let diagnostic = Diagnostic::new(codes::REPEATED_REFERENCE, said).at(context.span(&range));
            context.push(diagnostic.help(text!("请删去重复的这一个。", "Delete this one.")));
        } else {
            found.push(idx);
        }
    }
    report.append(context.into_report());
    found
}
