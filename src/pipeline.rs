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
use crate::render::Renderer;
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
    site: Site,
    plan: Plan,
    theme: Theme,
}

/// Reads and checks everything; `None` when there is not enough of a site to go on.
pub fn prepare(job: &Job, timings: &mut Timings, report: &mut Report) -> Option<Prepared> {
    let sources = timings.time(Stage::Read, || read::content(&job.root, Limits::default(), report));
    report.extend(read::not_utf8(&sources));
    if report.iter().any(|problem| problem.code == codes::MISSING_CONTENT) {
        return None;
    }
    let options = ModelOptions { today: job.today, drafts: job.drafts };
    let mut site = timings.time(Stage::Model, || model::build(&sources, &options, report))?;
    if let Some(base_url) = &job.base_url {
        site.settings.base_url.clone_from(base_url);
    }
    let theme = timings.time(Stage::Theme, || look::load(&job.root, &site, &sources, report))?;
    let plan = timings.time(Stage::Plan, || plan::plan(&site, &sources, &look::files(&theme), report));
    timings.time(Stage::Check, || check::check(&site, &plan, &sources, report));
    Some(Prepared { sources, site, plan, theme })
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
    let Prepared { sources, site, plan, mut theme } = prepared;
    let renderer = Renderer::new(&site, &plan, &sources);
    if let Err(problem) = theme.set_site(&renderer.site_view()) {
        report.push(*problem);
        return;
    }
    let gate = Gate::new(&plan, shown_out);
    let problems: Vec<Diagnostic> = plan
        .outputs
        .par_iter()
        .filter_map(|output| {
            let artifact = match renderer.render(&theme, output) {
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
