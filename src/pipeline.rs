//! The whole program on one screen: `read → model → media → plan → check → render → write`.

mod press;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::check;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::glance::Look;
use crate::look;
use crate::media::{self, Media};
pub use crate::memory::Memory;
use crate::model::{self, ModelOptions, Site};
use crate::plan::{self, Needs, Plan};
use crate::read::{self, Limits, Listing, Sources};
use crate::render::{Edition, Renderer};
use crate::theme::Theme;
use crate::timings::{Stage, Timings};
use crate::write::{self, Session, Summary, WriteError};
use press::{Nowhere, render};

/// What to build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The folder that holds `content/` and `themes/`.
    pub root: PathBuf,
    /// The day the site is built for; the only clock.
    pub today: Date,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Where the site will stand, when not where `site.yaml` says.
    pub base_url: Option<String>,
}

/// A site that was read, understood and planned; if the report has no errors it can be rendered.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// What was read.
    pub sources: Arc<Sources>,
    /// The site in each of its languages with its plan, the main one first; so are the themes.
    pub editions: Vec<Edition>,
    /// The theme in each language.
    pub themes: Vec<Arc<Theme>>,
    /// The pictures.
    pub media: Arc<Media>,
}

/// What outputs are made with, one of each for every language.
pub struct Ready {
    /// The renderers.
    pub renderers: Vec<Renderer>,
    /// The themes, which know the site.
    pub themes: Vec<Arc<Theme>>,
}

/// Makes the renderers of a site and tells its themes of it.
///
/// # Errors
/// A diagnostic when a theme cannot see the site.
pub fn ready(prepared: &Prepared, memory: &mut Memory) -> Result<Ready, Box<Diagnostic>> {
    let renderers = Renderer::of_editions(&prepared.editions, &prepared.sources, &prepared.media);
    let mut themes = Vec::with_capacity(renderers.len());
    for ((edition, theme), renderer) in prepared.editions.iter().zip(&prepared.themes).zip(&renderers) {
        let seeing = theme.with_site(&renderer.site_view())?;
        memory.themes.keep(&edition.site, theme, &seeing);
        themes.push(seeing);
    }
    Ok(Ready { renderers, themes })
}

/// Reads and checks everything; `None` when there is not enough of a site to go on.
pub fn prepare(job: &Job, timings: &mut Timings, report: &mut Report) -> Option<Prepared> {
    prepare_again(job, &mut Memory::default(), timings, report)
}

/// Does the same, with what runs before have left.
pub fn prepare_again(
    job: &Job,
    memory: &mut Memory,
    timings: &mut Timings,
    report: &mut Report,
) -> Option<Prepared> {
    let listing = timings.time(Stage::List, || read::list(&job.root));
    prepare_listed(job, &listing, memory, timings, report)
}

/// Does the same with a content folder that is listed already.
pub fn prepare_listed(
    job: &Job,
    listing: &Listing,
    memory: &mut Memory,
    timings: &mut Timings,
    report: &mut Report,
) -> Option<Prepared> {
    let read = || read::listed(&job.root, listing, Limits::default(), &mut memory.read, report);
    let sources = timings.time(Stage::Read, read);
    prepare_read(job, sources, memory, timings, report)
}

/// Does the same with a content folder that is read already.
fn prepare_read(
    job: &Job,
    sources: Sources,
    memory: &mut Memory,
    timings: &mut Timings,
    report: &mut Report,
) -> Option<Prepared> {
    report.extend(read::not_utf8(&sources));
    if report.iter().any(|problem| problem.code == codes::MISSING_CONTENT) {
        return None;
    }
    let options = ModelOptions { today: job.today, drafts: job.drafts };
    let main =
        timings.time(Stage::Model, || model::build_again(&sources, &options, &mut memory.model, report))?;
    let further = model::translations(&sources, &options, &main, &mut memory.model, report);
    let mut sites = vec![main];
    sites.extend(further);
    if let Some(base_url) = &job.base_url {
        for site in &mut sites {
            site.settings.base_url.clone_from(base_url);
        }
    }
    // The texts of a theme's interface differ from language to language.
    let load = || each(&sites, report, |site, report| memory.themes.load(&job.root, site, &sources, report));
    let themes: Option<Vec<Arc<Theme>>> = timings.time(Stage::Theme, load).into_iter().collect();
    let themes = themes?;
    let views: Vec<&Site> = sites.iter().collect();
    let files = look::files(&themes[0]);
    let (needs, media) = timings.time(Stage::Pictures, || {
        let needs = Needs::of(&views, &sources);
        let media = media::prepare(&job.root, job.today, &needs.pictures(&sources), report);
        (needs, media)
    });
    timings.count(Stage::Pictures, media.count(), media.decoded());
    let plans =
        timings.time(Stage::Plan, || plan::plan_languages(&views, &sources, &needs, &media, &files, report));
    let pairs: Vec<(&Site, &Plan)> = sites.iter().zip(&plans).collect();
    timings.time(Stage::Check, || {
        each(&pairs, report, |(site, plan), report| check::check(site, plan, &sources, report))
    });
    sources.files.iter().for_each(|file| file.let_text_go());
    let pairs = sites.into_iter().zip(plans);
    let editions = pairs.map(|(site, plan)| Edition { site: Arc::new(site), plan: Arc::new(plan) }).collect();
    Some(Prepared { sources: Arc::new(sources), editions, themes, media: Arc::new(media) })
}

/// Makes a site again from the one before and what was wrong with that, when nothing has changed but these files, which stand
/// where they stood.
pub fn prepare_rewritten(
    job: &Job,
    before: (&Prepared, &Report),
    (listing, rewritten): (&Listing, &[Arc<str>]),
    memory: &mut Memory,
    timings: &mut Timings,
    report: &mut Report,
) -> Option<Prepared> {
    let sources = &before.0.sources;
    let read = || read::rewritten(sources, rewritten, listing, Limits::default(), &mut memory.read);
    let Some((sources, changed)) = timings.time(Stage::Read, read) else {
        return prepare_listed(job, listing, memory, timings, report);
    };
    if let Some((prepared, said)) = revise(job, before, &sources, &changed, memory, timings) {
        report.append(said);
        return Some(prepared);
    }
    report.extend(listing.problems().cloned());
    prepare_read(job, sources, memory, timings, report)
}

/// Does so where nothing but texts of records has changed; else `None`.
fn revise(
    job: &Job,
    (before, said): (&Prepared, &Report),
    sources: &Sources,
    changed: &[u32],
    memory: &mut Memory,
    timings: &mut Timings,
) -> Option<(Prepared, Report)> {
    let options = ModelOptions { today: job.today, drafts: job.drafts };
    let sites: Vec<&Site> = before.editions.iter().map(|edition| &*edition.site).collect();
    let model = || model::revise(sources, options, &sites, &mut memory.model, changed);
    let revision = timings.time(Stage::Model, model)?;
    let mut report = said.without(&revision.gone)?;
    let is_changed = |problem: &Diagnostic| {
        let span = problem.span.as_ref();
        span.is_some_and(|span| changed.iter().any(|at| sources.files[*at as usize].path == span.path))
    };
    // What else is wrong in these files may stand elsewhere now.
    if report.iter().any(is_changed) {
        return None;
    }
    report.extend(revision.new);
    for at in changed {
        sources.files[*at as usize].let_text_go();
    }
    let site_and_plan = revision.sites.into_iter().zip(&before.editions);
    let editions = site_and_plan
        .map(|(site, Edition { plan, .. })| Edition { site: Arc::new(site), plan: Arc::clone(plan) });
    let prepared = Prepared {
        editions: editions.collect(),
        sources: Arc::new(sources.clone()),
        themes: before.themes.clone(),
        media: Arc::clone(&before.media),
    };
    (!report.has_errors()).then_some((prepared, report))
}

/// Does the same for each language; a problem that one before has shown is not said again.
fn each<'a, T, R>(
    languages: &'a [T],
    report: &mut Report,
    mut work: impl FnMut(&'a T, &mut Report) -> R,
) -> Vec<R> {
    let mut one = |(at, language)| {
        let mut found = Report::new();
        let result = work(language, &mut found);
        if at == 0 {
            report.append(found);
        } else {
            report.append_new(found);
        }
        result
    };
    languages.iter().enumerate().map(&mut one).collect()
}

/// Finds everything wrong with the content and what its pages would be; writes nothing.
pub fn check(job: &Job, report: &mut Report) {
    if let Some(prepared) = prepare(job, &mut Timings::default(), report)
        && !report.has_errors()
    {
        render(&prepared, "public", &Nowhere, &mut Memory::default(), report);
    }
}

/// Builds the site into `out`; writes nothing when anything is wrong.
pub fn build(
    job: &Job,
    out: &Path,
    timings: &mut Timings,
    report: &mut Report,
) -> Result<Option<Summary>, WriteError> {
    build_again(job, out, &mut Memory::default(), timings, report)
}

/// Does the same, with what runs before have left.
pub fn build_again(
    job: &Job,
    out: &Path,
    memory: &mut Memory,
    timings: &mut Timings,
    report: &mut Report,
) -> Result<Option<Summary>, WriteError> {
    let listing = timings.time(Stage::List, || read::list(&job.root));
    let session = stage(job, out, &listing, memory, timings, report)?;
    session.map(|session| timings.time(Stage::Write, || session.commit())).transpose()
}

/// Brings the site in `out` up to date, with what earlier runs left under `.yipin/`, and leaves the same to the next.
pub fn update(
    job: &Job,
    out: &Path,
    timings: &mut Timings,
    report: &mut Report,
) -> Result<Option<Summary>, WriteError> {
    let listing = timings.time(Stage::List, || read::list(&job.root));
    let look = Look::at(&job.root, &listing, job);
    if let Some((summary, said)) = timings.time(Stage::Open, || look.still(&job.root, out)) {
        report.append(said);
        return Ok(Some(summary));
    }
    let mut memory = timings.time(Stage::Recall, || Memory::load(&job.root));
    let mut said = Report::new();
    let staged = stage(job, out, &listing, &mut memory, timings, &mut said);
    let mut remembering = Timings::default();
    let built = staged.and_then(|session| {
        // What is remembered of a site that is not published after all does no harm: a page is kept where it stands only.
        // A cache that cannot be kept costs time only; the next run does without it.
        let publish = |session: Session| {
            let remember = || remembering.time(Stage::Remember, || memory.save(&job.root));
            let (built, _) = rayon::join(|| timings.time(Stage::Write, || session.commit()), remember);
            built.inspect(|_| look.keep(&job.root, out, &said))
        };
        session.map(publish).transpose()
    });
    timings.append(remembering);
    report.append(said);
    // The process is about to end: to take a large site apart piece by piece would only keep people waiting.
    std::mem::forget(memory);
    built
}

/// Makes the site and puts all of it beside the one that stands; `None` when anything is wrong.
fn stage(
    job: &Job,
    out: &Path,
    listing: &Listing,
    memory: &mut Memory,
    timings: &mut Timings,
    report: &mut Report,
) -> Result<Option<Session>, WriteError> {
    // What stands is looked over while the content is read.
    let mut opening = Timings::default();
    let (prepared, session) = rayon::join(
        || prepare_listed(job, listing, memory, timings, report),
        || opening.time(Stage::Open, || write::open(&job.root, out)),
    );
    let Some(prepared) = prepared.filter(|_| !report.has_errors()) else {
        return Ok(None);
    };
    timings.append(opening);
    let session = session?.of_site(&prepared.editions[0].site.settings.name)?;
    // As all files are named: from the site's root, where it lies in it.
    let shown = out.strip_prefix(&job.root).unwrap_or(out).to_string_lossy();
    timings.time(Stage::Render, || render(&prepared, &shown, &session, memory, report));
    if report.has_errors() {
        session.abandon();
        return Ok(None);
    }
    Ok(Some(session))
}
