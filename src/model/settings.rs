//! `site.yaml`: what the site says of itself.

use std::sync::Arc;

use super::chrome::chrome;
use super::columns;
use super::context::{Context, Shared};
use super::ids::Ids;
use super::languages::{self, Languages, lang_of};
use super::layout::Layout;
use super::names::{Fate, NameIndex};
use super::options;
use super::record::Reader;
use super::registry;
use super::schema::{self, SITE};
use super::site::{Category, Chrome, Figure, Located, Outputs, Portal, Settings, Table, ThemeChoice};
use super::web;
use crate::diagnostic::{Diagnostic, Lang, Report, codes};
use crate::read::Sources;
use crate::text;
use crate::yaml::{self, Value};

/// The settings as far as they can be known before the communities are.
pub(super) struct ReadSettings {
    pub(super) settings: Settings,
    /// Whether there are settings at all; what they lack has been reported.
    pub(super) usable: bool,
    /// The recommended communities as written.
    pub(super) featured: Vec<Located<String>>,
    pub(super) categories: NameIndex,
    pub(super) columns: NameIndex,
    pub(super) report: Report,
}

/// Finds out which languages the site has, before anything else is read.
pub(super) fn languages(sources: &Sources, layout: &Layout) -> Languages {
    let file = layout.site.map(|at| &sources.files[at as usize]);
    // What is wrong with the file is said when it is read in earnest.
    let node = file
        .and_then(|file| yaml::parse_knowing(file, 0..file.text().len(), schema::takes, &mut Report::new()));
    Languages::of_settings(node.as_ref())
}

/// Reads the settings.
pub(super) fn settings(shared: &Shared, at: u32) -> ReadSettings {
    let context = Context::new(shared, at, &Arc::from("content"));
    let parsed = context.parse();
    let mut categories = NameIndex::default();
    let mut columns = NameIndex::default();
    let read = Reader::file_record(&context, &SITE, &parsed).map(|reader| {
        let featured = reader.located_texts("featured");
        let settings = read(&reader, &mut categories, &mut columns);
        (settings, true, featured)
    });
    if read.is_none() {
        categories.set_partial();
        columns.set_partial();
    }
    let (settings, usable, featured) = read.unwrap_or_else(|| (nothing(), false, Vec::new()));
    ReadSettings { settings, usable, featured, categories, columns, report: context.into_report() }
}

fn read(reader: &Reader, category_names: &mut NameIndex, column_names: &mut NameIndex) -> Settings {
    let name = reader.text("name");
    let (subtitle, description) = (reader.text("subtitle"), reader.text("description"));
    let base_url = base_url(reader);
    check_languages(reader);
    let languages = reader.context.shared.languages.clone();
    let language = languages.current().to_owned();
    let programme = reader.text("programme").unwrap_or_else(|| "一社一品".to_owned());
    let theme = theme(reader);
    let portal = reader.record("portal").as_ref().map(portal).unwrap_or_default();
    let chrome = chrome(reader);
    let categories = categories(reader, category_names);
    let words = columns::Words {
        chinese: lang_of(&language) == Lang::Zh,
        main_chinese: lang_of(languages.main()) == Lang::Zh,
        site: name.as_deref().unwrap_or_default(),
        programme: &programme,
    };
    let columns = columns::columns(reader, &words, column_names);
    let figures = reader.records("figures").iter().filter_map(figure).collect();
    let links_whitelist = domains(reader);
    let update_within_days = update_within_days(reader);
    let lexicon = options::lexicon(reader);
    let publish = options::named_groups(reader, "publish");
    not_applied(reader, "lexicon");
    not_applied(reader, "publish");
    let outputs = outputs(reader.record("outputs").as_ref());
    Settings {
        name: name.unwrap_or_default(),
        subtitle,
        description,
        base_url: base_url.unwrap_or_default(),
        language,
        languages,
        programme,
        theme,
        portal,
        chrome,
        categories,
        columns,
        figures,
        featured: Vec::new(),
        links_whitelist,
        update_within_days,
        lexicon,
        publish,
        outputs,
    }
}

/// Says that a key is understood and has no effect in this version.
fn not_applied(reader: &Reader, en: &str) {
    if reader.has(en) {
        let (zh, en_name) = reader.names(en);
        reader.complain(
            en,
            Diagnostic::new(
                codes::NOT_APPLIED,
                text!(
                    "这个版本还不使用“{zh}”，写了也不起作用。",
                    "This version does not use `{en_name}` yet; it has no effect."
                ),
            )
            .help(text!("可以先留着，不影响网站。", "It may stay; the site is the same without it.")),
        );
    }
}

/// The settings of a site that has none: good enough to read the rest of the content against.
pub(super) fn nothing() -> Settings {
    Settings {
        name: String::new(),
        subtitle: None,
        description: None,
        base_url: String::new(),
        language: languages::DEFAULT.to_owned(),
        languages: Languages::default(),
        programme: "一社一品".to_owned(),
        theme: ThemeChoice { name: default_theme(), options: Vec::new() },
        portal: Portal::default(),
        chrome: Chrome::default(),
        categories: Table::default(),
        columns: Table::default(),
        figures: Vec::new(),
        featured: Vec::new(),
        links_whitelist: Vec::new(),
        update_within_days: 30,
        lexicon: Vec::new(),
        publish: Vec::new(),
        outputs: outputs(None),
    }
}

fn base_url(reader: &Reader) -> Option<String> {
    let written = reader.url("base_url")?;
    match web::base_url(&written) {
        Ok(url) => Some(url),
        Err((said, help)) => {
            reader.complain("base_url", Diagnostic::new(codes::BAD_URL, said).help(help));
            None
        }
    }
}

/// Reports what is wrong with the site's languages; they have been read before everything else.
fn check_languages(reader: &Reader) {
    let report = |problem: Diagnostic, written: &Located<String>| {
        let range = written.at.start as usize..written.at.end as usize;
        reader.context.push(problem.at(reader.context.span(&range)));
    };
    let is_tag = |written: &Located<String>| {
        let good = languages::is_tag(&written.value);
        if !good {
            report(languages::not_a_tag(&written.value), written);
        }
        good
    };
    let _ = reader.located_text("language").is_some_and(|written| is_tag(&written));
    let mut seen = vec![reader.context.shared.languages.main().to_owned()];
    for written in reader.located_texts("languages") {
        if !is_tag(&written) {
            continue;
        }
        if let Some(at) = seen.iter().position(|tag| languages::is_same(tag, &written.value)) {
            report(languages::repeated(&written.value, at == 0), &written);
        }
        seen.push(written.value);
    }
}

fn default_theme() -> Located<String> {
    let at = super::site::Origin { source: 0, start: 0, end: 0 };
    Located { value: DEFAULT_THEME.to_owned(), at }
}

/// The theme a site has unless it says otherwise.
const DEFAULT_THEME: &str = "default";

fn theme(reader: &Reader) -> ThemeChoice {
    let unsaid = || Located { value: DEFAULT_THEME.to_owned(), at: reader.origin() };
    let Some(node) = reader.node("theme") else {
        return ThemeChoice { name: unsaid(), options: Vec::new() };
    };
    if !matches!(node.value, Value::Map(_)) {
        let name = reader.located_text("theme").unwrap_or_else(unsaid);
        return ThemeChoice { name, options: Vec::new() };
    }
    let Some(record) = reader.record("theme") else {
        return ThemeChoice { name: unsaid(), options: Vec::new() };
    };
    let name = record.located_text("name").unwrap_or_else(unsaid);
    ThemeChoice { name, options: options::options(&record, "options") }
}

fn portal(reader: &Reader) -> Portal {
    Portal {
        name: reader.text("name"),
        domain: reader.domain("domain"),
        site_code: reader.portal_number("site_code", registry::is_site_code, "3417210001"),
        home_url: reader.url("home_url"),
        icp: reader.portal_number("icp", registry::is_icp, "皖ICP备12345678号-1"),
        police: reader.portal_number("police", registry::is_police, "皖公网安备34172102000001号"),
        organiser: reader.text("organiser"),
        operator: reader.text("operator"),
        phone: reader.text("phone"),
        address: reader.text("address"),
        postcode: reader.text("postcode"),
        conac: reader.url("conac"),
        error_report: reader.url("error_report"),
    }
}

fn categories(reader: &Reader, names: &mut NameIndex) -> Table<Category> {
    let mut ids = Ids::default();
    let mut all = Vec::new();
    let readers = reader.records("categories");
    if readers.is_empty() {
        names.set_partial();
    }
    for reader in &readers {
        let (name, main_name) = (reader.text("name"), reader.main_text("name"));
        let id = ids.read(reader, main_name.as_deref());
        let (Some(id), Some(name)) = (id, name) else {
            names.set_partial();
            continue;
        };
        names.add(&id, main_name.as_deref(), "", Fate::Live(all.len()));
        all.push(Category { id, name, communities: Vec::new(), origin: reader.origin() });
    }
    Table::new(all)
}

fn figure(reader: &Reader) -> Option<Figure> {
    let (name, value) = (reader.text("name"), reader.number("value"));
    let (unit, as_of, source) = (reader.text("unit"), reader.date("as_of"), reader.text("source"));
    reader.not_in_future("as_of", as_of);
    Some(Figure { name: name?, value: value?, unit, as_of, source })
}

fn domains(reader: &Reader) -> Vec<String> {
    let check = |text: Located<String>| {
        web::domain(&text.value)
            .map_err(|(said, help)| {
                let range = text.at.start as usize..text.at.end as usize;
                let diagnostic = Diagnostic::new(codes::BAD_DOMAIN, said).help(help);
                reader.context.push(diagnostic.at(reader.context.span(&range)));
            })
            .ok()
    };
    reader.located_texts("links_whitelist").into_iter().filter_map(check).collect()
}

fn update_within_days(reader: &Reader) -> u32 {
    match reader.whole("update_within_days") {
        None => 30,
        Some(days @ 1..=3650) => days as u32,
        Some(days) => {
            reader.complain(
                "update_within_days",
                Diagnostic::new(
                    codes::OUT_OF_RANGE,
                    text!("更新周期不能是 {days} 天。", "{days} days is out of range."),
                )
                .help(text!("请写 1 到 3650 之间的天数。", "Write 1 to 3650 days.")),
            );
            30
        }
    }
}

fn outputs(reader: Option<&Reader>) -> Outputs {
    let said = |en: &str| reader.and_then(|reader| reader.yes(en));
    let on = |en: &str| said(en).unwrap_or(true);
    Outputs {
        feeds: on("feeds"),
        open_data: on("open_data"),
        calendar: on("calendar"),
        ledger: on("ledger"),
        sitemap: on("sitemap"),
        search: on("search"),
        progress: on("progress"),
        awards: on("awards"),
        ledger_page: on("ledger_page"),
        sitemap_page: on("sitemap_page"),
        filter: on("filter"),
        share: on("share"),
        webp: said("webp").unwrap_or(false),
    }
}
