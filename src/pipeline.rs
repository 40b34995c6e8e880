//! The whole program on one screen: `read → model → plan → check → render → write`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::artifact::{Artifact, Content};
use crate::check::{self, output::Gate};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::look;
use crate::model::{self, ModelOptions, Site};
use crate::plan::{self, Plan};
use crate::read::{self, Known, Limits, Sources};
use crate::render::{Edition, Renderer};
use crate::theme::Theme;
use crate::timings::{Stage, Timings};
use crate::write::{self, Summary, WriteError};

/// What to build.
#[derive(Debug, Clone)]
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
#[derive(Debug)]
pub struct Prepared {
    /// What was read.
    pub sources: Arc<Sources>,
    /// The site in each of its languages with its plan, the main one first; so are the themes.
    pub editions: Vec<Edition>,
    /// The theme in each language.
    pub themes: Vec<Theme>,
}

/// What one run leaves to the next: what was read and understood, to be taken as it is where nothing has changed.
#[derive(Default)]
pub struct Memory {
    read: Known,
    model: model::Memory,
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
    let read = || read::content_again(&job.root, Limits::default(), &mut memory.read, report);
    let sources = timings.time(Stage::Read, read);
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
    let load = || each(&sites, report, |site, report| look::load(&job.root, site, &sources, report));
    let themes: Option<Vec<Theme>> = timings.time(Stage::Theme, load).into_iter().collect();
    let themes = themes?;
    let views: Vec<&Site> = sites.iter().collect();
    let files = look::files(&themes[0]);
    let plans = timings.time(Stage::Plan, || plan::plan_languages(&views, &sources, &files, report));
    let pairs: Vec<(&Site, &Plan)> = sites.iter().zip(&plans).collect();
    timings.time(Stage::Check, || {
        each(&pairs, report, |(site, plan), report| check::check(site, plan, &sources, report))
    });
    let pairs = sites.into_iter().zip(plans);
    let editions = pairs.map(|(site, plan)| Edition { site: Arc::new(site), plan: Arc::new(plan) }).collect();
    Some(Prepared { sources: Arc::new(sources), editions, themes })
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
        render(prepared, "public", &|_| Ok(()), report);
    }
}

/// Builds the site into `out`; writes nothing when anything is wrong.
pub fn build(
    job: &Job,
    out: &Path,
    timings: &mut Timings,
    report: &mut Report,
) -> Result<Option<Summary>, WriteError> {
    let Some(prepared) = prepare(job, timings, report).filter(|_| !report.has_errors()) else {
        return Ok(None);
    };
    let session = timings.time(Stage::Open, || write::open(&job.root, out))?;
    let shown = out.to_string_lossy();
    timings.time(Stage::Render, || render(prepared, &shown, &|artifact| session.put(artifact), report));
    if report.has_errors() {
        session.abandon();
        return Ok(None);
    }
    timings.time(Stage::Write, || session.commit()).map(Some)
}

/// Renders every output in parallel, judges it, and hands it on.
fn render(
    prepared: Prepared,
    shown_out: &str,
    put: &(dyn Fn(Artifact) -> Result<(), WriteError> + Sync),
    report: &mut Report,
) {
    let Prepared { sources, editions, mut themes } = prepared;
    let renderers = Renderer::of_editions(&editions, &sources);
    for (theme, renderer) in themes.iter_mut().zip(&renderers) {
        if let Err(problem) = theme.set_site(&renderer.site_view()) {
            report.push(*problem);
            return;
        }
    }
    let gate = Gate::new(editions.iter().map(|edition| &*edition.plan), shown_out);
    let outputs =
        editions.par_iter().zip(&themes).zip(&renderers).flat_map(|((edition, theme), renderer)| {
            edition.plan.outputs.par_iter().map(move |output| (theme, renderer, output))
        });
    let problems: Vec<Diagnostic> = outputs
        .filter_map(|(theme, renderer, output)| {
            let artifact = match renderer.render(theme, output) {
                Ok(artifact) => artifact,
                Err(problem) => return Some(*problem),
            };
            if let Content::Bytes(bytes) = &artifact.content {
                gate.page(&artifact.path, bytes);
            }
            put(artifact).err().map(Diagnostic::from)
        })
        .collect();
    report.extend(problems);
    gate.finish(report);
}
