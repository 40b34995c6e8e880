//! The parts of a build that take the time, one by one: `cargo bench --bench hot`, or `… --bench hot -- render` for some.
//!
//! The corpus is that of `benches/corpus.rs`, small; what is measured is named as in `benches/README.md`.

#![expect(clippy::unwrap_used, reason = "a program of its own: a panic is its way to fail")]
#![allow(dead_code, reason = "a part of the corpus is used")]

mod county;

use std::path::Path;
use std::sync::{Arc, LazyLock};

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use jiff::civil::{Date, date};
use tempfile::TempDir;
use yipin::address::OutputPath;
use yipin::artifact::{Artifact, Content};
use yipin::check::output::Gate;
use yipin::diagnostic::Report;
use yipin::look;
use yipin::markdown::{self, Options};
use yipin::media::{self, Media};
use yipin::model::{self, ModelOptions, Site};
use yipin::plan::{self, Output, Plan, Target};
use yipin::read::{self, Limits, SourceFile, Sources};
use yipin::render::{Edition, Renderer};
use yipin::theme::Theme;
use yipin::write;
use yipin::yaml;

/// The day the corpus is built for.
const TODAY: Date = date(2026, 11, 22);
/// How many communities the corpus has.
const COMMUNITIES: usize = 50;

fn main() {
    divan::main();
}

/// The corpus, with everything a build makes of it before it renders.
struct Prepared {
    folder: TempDir,
    sources: Arc<Sources>,
    site: Arc<Site>,
    plan: Arc<Plan>,
    media: Arc<Media>,
    theme: Theme,
}

impl Prepared {
    fn renderer(site: &Arc<Site>, plan: &Arc<Plan>, sources: &Arc<Sources>, media: &Arc<Media>) -> Renderer {
        let edition = Edition { site: Arc::clone(site), plan: Arc::clone(plan) };
        Renderer::of_editions(&[edition], sources, media).swap_remove(0)
    }
}

static PREPARED: LazyLock<Prepared> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    county::write(COMMUNITIES, folder.path(), &[]).unwrap();
    let mut report = Report::new();
    let sources = read::content(folder.path(), Limits::default(), &mut report);
    let site = model_of(&sources, &mut report);
    let mut theme = look::load(folder.path(), &site, &sources, &mut report).unwrap();
    let needs = plan::Needs::of(&[&site], &sources);
    let media = media::prepare(folder.path(), TODAY, &needs.pictures(&sources), &mut report);
    let files = look::files(&theme);
    let plan = plan::plan_languages(&[&site], &sources, &needs, &media, &files, &mut report).swap_remove(0);
    let (sources, site, plan, media) = (Arc::new(sources), Arc::new(site), Arc::new(plan), Arc::new(media));
    theme.set_site(&Prepared::renderer(&site, &plan, &sources, &media).site_view()).unwrap();
    assert!(!report.has_errors(), "{report:?}");
    Prepared { folder, sources, site, plan, media, theme }
});

fn model_of(sources: &Sources, report: &mut Report) -> Site {
    let options = ModelOptions { today: TODAY, drafts: false };
    model::build(sources, &options, report).unwrap()
}

/// Returns the corpus files of a name.
fn files(name: &str) -> Vec<&'static SourceFile> {
    PREPARED
        .sources
        .files
        .iter()
        .map(AsRef::as_ref)
        .filter(|file: &&SourceFile| file.path.ends_with(name))
        .collect()
}

/// Returns the planned outputs of a kind.
fn outputs(is: impl Fn(&Target) -> bool) -> Vec<&'static Output> {
    PREPARED.plan.outputs.iter().filter(|output| is(&output.target)).collect()
}

/// Renders outputs; returns each with its bytes.
fn rendered(outputs: &[&Output]) -> Vec<(OutputPath, Vec<u8>)> {
    let Prepared { sources, site, plan, media, theme, .. } = &*PREPARED;
    let renderer = Prepared::renderer(site, plan, sources, media);
    let finished = outputs.iter().map(|output| renderer.render(theme, output).unwrap());
    finished
        .map(|artifact| match artifact.content {
            Content::Bytes(bytes) => (artifact.path, bytes),
            Content::File(_) => panic!("pages are made in memory"),
        })
        .collect()
}

#[divan::bench]
fn read_content(bencher: Bencher) {
    let root = PREPARED.folder.path();
    bencher
        .counter(ItemsCount::new(PREPARED.sources.files.len()))
        .bench(|| read::content(black_box(root), Limits::default(), &mut Report::new()));
}

#[divan::bench(args = ["community.yaml", "timeline.yaml", "partners.yaml"])]
fn yaml_parse(bencher: Bencher, name: &str) {
    let files = files(name);
    let bytes: usize = files.iter().map(|file| file.text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for file in &files {
            black_box(yaml::parse(file, 0..file.text().len(), &mut Report::new()));
        }
    });
}

#[divan::bench]
fn markdown_parse(bencher: Bencher) {
    let files = files("story.md");
    let bytes: usize = files.iter().map(|file| file.text().len()).sum();
    let options = Options::default();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for file in &files {
            black_box(markdown::parse(&file.text(), &options));
        }
    });
}

#[divan::bench]
fn model_build(bencher: Bencher) {
    bencher
        .counter(ItemsCount::new(COMMUNITIES))
        .bench(|| model_of(black_box(&PREPARED.sources), &mut Report::new()));
}

#[divan::bench]
fn plan_site(bencher: Bencher) {
    let Prepared { sources, site, media, theme, .. } = &*PREPARED;
    let files = look::files(theme);
    let needs = plan::Needs::of(&[site], sources);
    bencher.bench(|| plan::plan_languages(&[site], sources, &needs, media, &files, &mut Report::new()));
}

#[divan::bench]
fn theme_load(bencher: Bencher) {
    let Prepared { sources, site, folder, .. } = &*PREPARED;
    bencher.bench(|| look::load(folder.path(), site, sources, &mut Report::new()));
}

#[divan::bench]
fn render_communities(bencher: Bencher) {
    let outputs = outputs(|target| matches!(target, Target::Community(_)));
    bencher.counter(ItemsCount::new(outputs.len())).bench(|| rendered(&outputs));
}

#[divan::bench]
fn render_lists(bencher: Bencher) {
    let outputs =
        outputs(|target| matches!(target, Target::Brands(_) | Target::Town(..) | Target::Category(..)));
    bencher.counter(ItemsCount::new(outputs.len())).bench(|| rendered(&outputs));
}

#[divan::bench]
fn render_open_data(bencher: Bencher) {
    let outputs = outputs(|target| matches!(target, Target::Data(_)));
    bencher.bench(|| rendered(&outputs));
}

#[divan::bench]
fn gate(bencher: Bencher) {
    let pages = rendered(&outputs(|target| matches!(target, Target::Community(_))));
    let bytes: usize = pages.iter().map(|(_, bytes)| bytes.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let gate = Gate::new([&*PREPARED.plan], "public");
        for (path, bytes) in &pages {
            gate.page(path, bytes);
        }
    });
}

/// Returns a folder for the writer: in memory where there is such a place, so that the disk is not what is measured.
fn scratch() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Writes pages into the public folder of a root.
fn put(root: &Path, pages: &[(OutputPath, Vec<u8>)]) {
    let session = write::open(root, &root.join("public")).unwrap();
    for (path, bytes) in pages {
        session.put(Artifact { path: path.clone(), content: Content::Bytes(bytes.clone()) }).unwrap();
    }
    session.commit().unwrap();
}

#[divan::bench]
fn write_new(bencher: Bencher) {
    let pages = rendered(&outputs(|target| matches!(target, Target::Community(_))));
    bencher.counter(ItemsCount::new(pages.len())).with_inputs(scratch).bench_values(|root| {
        put(root.path(), &pages);
        root
    });
}

#[divan::bench]
fn write_unchanged(bencher: Bencher) {
    let pages = rendered(&outputs(|target| matches!(target, Target::Community(_))));
    let root = scratch();
    put(root.path(), &pages);
    bencher.counter(ItemsCount::new(pages.len())).bench_local(|| put(root.path(), &pages));
}
