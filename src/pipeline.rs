//! The whole program on one screen: `read → model → plan → check → render → write`.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::artifact::{Artifact, Content};
use crate::check::{self, output::Gate};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::look;
use crate::model::{self, ModelOptions, Site};
use crate::plan::{self, Plan};
use crate::read::{self, Limits, Sources};
use crate::render::{Edition, Finder, Renderer};
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
    sources: Sources,
    /// The site in each of its languages, the main one first; so are the plans and the themes.
    sites: Vec<Site>,
    plans: Vec<Plan>,
    themes: Vec<Theme>,
}

/// Reads and checks everything; `None` when there is not enough of a site to go on.
pub fn prepare(job: &Job, timings: &mut Timings, report: &mut Report) -> Option<Prepared> {
    let sources = timings.time(Stage::Read, || read::content(&job.root, Limits::default(), report));
    report.extend(read::not_utf8(&sources));
    if report.iter().any(|problem| problem.code == codes::MISSING_CONTENT) {
        return None;
    }
    let options = ModelOptions { today: job.today, drafts: job.drafts };
    let main = timings.time(Stage::Model, || model::build(&sources, &options, report))?;
    let further = model::translations(&sources, &options, &main, report);
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
    Some(Prepared { sources, sites, plans, themes })
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
    let Prepared { sources, sites, plans, mut themes } = prepared;
    let editions: Vec<Edition<'_>> =
        sites.iter().zip(&plans).map(|(site, plan)| Edition { site, plan }).collect();
    let renderers = Renderer::of_editions(&editions, &sources);
    for (theme, renderer) in themes.iter_mut().zip(&renderers) {
        if let Err(problem) = theme.set_site(&renderer.site_view()) {
            report.push(*problem);
            return;
        }
    }
    let gate = Gate::new(&plans, shown_out);
    let finders: Vec<Option<Finder>> = renderers.iter().map(Renderer::finder).collect();
    let languages = plans.par_iter().zip(&themes).zip(&renderers).zip(&finders);
    let outputs = languages.flat_map(|(((plan, theme), renderer), finder)| {
        plan.outputs.par_iter().map(move |output| (theme, renderer, finder, output))
    });
    let problems: Vec<Diagnostic> = outputs
        .filter_map(|(theme, renderer, finder, output)| {
            let artifact = match renderer.render(theme, output) {
                Ok(artifact) => artifact,
                Err(problem) => return Some(*problem),
            };
            if let Content::Bytes(bytes) = &artifact.content {
                gate.page(&artifact.path, bytes);
                let texts = finder.as_ref().and_then(|finder| finder.page(&artifact.path, bytes));
                if let Some(Err(error)) = texts.map(put) {
                    return Some(error.into());
                }
            }
            put(artifact).err().map(Diagnostic::from)
        })
        .collect();
    report.extend(problems);
    gate.finish(report);
    if report.has_errors() {
        return;
    }
    for finder in finders.into_iter().flatten() {
        if let Err(error) = finder.finish(put) {
            report.push(error.into());
        }
    }
}
