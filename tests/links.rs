//! What leaves the build is whole: links, pages and files for programs, judged by parsers that are not ours.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use site::{Tree, extension, text};

/// The address the sites say they stand at.
const BASES: [&str; 2] = ["https://www.example.gov.cn/ztzl/yspp/", "https://www.example.gov.cn/yspp/"];

/// The sample, and a made-up county large enough for lists in several parts.
static SITES: LazyLock<[Tree; 2]> = LazyLock::new(|| {
    let (sample, county) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    site::sample(sample.path());
    site::county::write(60, county.path(), &[]).unwrap();
    [sample, county].map(|root| site::built(&site::job(root.path())))
});

/// A page as an independent parser sees it.
struct Page<'t> {
    path: &'t str,
    html: Html,
}

impl Page<'_> {
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&Selector::parse(selector).unwrap()).collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.all("[id]").iter().map(|element| element.attr("id").unwrap()).collect()
    }
}

fn pages(tree: &Tree) -> Vec<Page<'_>> {
    let paths = tree.keys().filter(|path| extension(path) == "html");
    paths.map(|path| Page { path, html: Html::parse_document(text(tree, path)) }).collect()
}

/// Fails with everything a rule finds on the pages of both sites.
#[track_caller]
fn no_page(rule: impl Fn(&Page<'_>) -> Vec<String>) {
    let mut found = Vec::new();
    for page in SITES.iter().flat_map(pages) {
        found.extend(rule(&page).into_iter().map(|problem| format!("{}: {problem}", page.path)));
    }
    assert!(found.is_empty(), "{} problems\n{}", found.len(), found[..found.len().min(30)].join("\n"));
}

/// Follows a relative address from a page; `None` when it leads out of the site.
fn follow(page: &str, target: &str) -> Option<String> {
    let target = percent_encoding::percent_decode_str(target).decode_utf8().unwrap();
    let mut parts: Vec<&str> = page.split('/').collect();
    if !target.is_empty() {
        parts.pop();
        for part in target.split('/') {
            match part {
                ".." => _ = parts.pop()?,
                part => parts.push(part),
            }
        }
    }
    Some(parts.join("/"))
}

/// Returns every address a page names: the element, and whether the address is loaded or only led to.
fn addresses<'p>(page: &'p Page<'_>) -> Vec<(ElementRef<'p>, &'p str)> {
    let mut found = Vec::new();
    for name in ["href", "src", "poster", "action", "data"] {
        let elements = page.all(&format!("[{name}]"));
        found.extend(elements.into_iter().map(|element| (element, element.attr(name).unwrap())));
    }
    for element in page.all("[srcset]") {
        let candidates = element.attr("srcset").unwrap().split(',');
        found.extend(candidates.map(|c| (element, c.split_whitespace().next().unwrap_or_default())));
    }
    found
}

fn is_elsewhere(address: &str) -> bool {
    ["http:", "https:", "//"].iter().any(|start| address.to_ascii_lowercase().starts_with(start))
}

#[test]
fn every_address_on_every_page_leads_to_a_file_and_a_place_that_exist() {
    let mut problems = Vec::new();
    for tree in SITES.iter() {
        let pages = pages(tree);
        let ids: BTreeMap<&str, BTreeSet<&str>> =
            pages.iter().map(|page| (page.path, page.ids().into_iter().collect())).collect();
        let mut seen = 0;
        for page in &pages {
            for (_, address) in addresses(page) {
                if is_elsewhere(address) || address.starts_with("tel:") || address.starts_with("mailto:") {
                    continue;
                }
                seen += 1;
                let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
                let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8().unwrap();
                let Some(file) = follow(page.path, file).filter(|file| tree.contains_key(file)) else {
                    problems.push(format!("{}: {address} is no file", page.path));
                    continue;
                };
                if !anchor.is_empty() && !ids.get(file.as_str()).is_some_and(|ids| ids.contains(&*anchor)) {
                    problems.push(format!("{}: {address} is no place", page.path));
                }
            }
        }
        assert!(seen > 1000, "only {seen} addresses were found");
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn addresses_are_relative_so_that_the_folder_works_anywhere() {
    no_page(|page| {
        let addresses = addresses(page).into_iter().map(|(_, address)| address);
        addresses
            .filter(|a| a.is_empty() || (a.starts_with('/') && !a.starts_with("//")))
            .map(str::to_owned)
            .collect()
    });
}

#[test]
fn nothing_is_loaded_from_another_host() {
    let leads = |element: &ElementRef<'_>| match element.value().name() {
        "a" | "area" => true,
        "link" => matches!(element.attr("rel"), Some("canonical" | "alternate")),
        _ => false,
    };
    no_page(|page| {
        let loaded =
            addresses(page).into_iter().filter(|(element, address)| is_elsewhere(address) && !leads(element));
        loaded.map(|(element, address)| format!("<{}> loads {address}", element.value().name())).collect()
    });
    for (path, bytes) in SITES.iter().flatten().filter(|(path, _)| ["css", "js"].contains(&extension(path))) {
        for outside in ["url(http", "url(//", "url(\"http", "url('http", "@import", "fetch(\"http", "import("]
        {
            assert!(!site::holds(bytes, outside), "{path}: {outside}");
        }
    }
}

#[test]
fn what_style_sheets_name_exists() {
    for tree in SITES.iter() {
        for path in tree.keys().filter(|path| extension(path) == "css") {
            for part in text(tree, path).split("url(").skip(1) {
                let address = part.split(')').next().unwrap().trim_matches(['"', '\'']);
                let file = follow(path, address.split('#').next().unwrap());
                assert!(
                    address.starts_with("data:") || tree.contains_key(&file.unwrap()),
                    "{path}: {address}"
                );
            }
        }
    }
}

#[test]
fn the_county_has_lists_in_several_parts_and_the_judge_finds_errors() {
    assert!(SITES[1].contains_key("brands/page-2/index.html"));
    assert!(!Html::parse_document("<!DOCTYPE html><p></div>").errors.is_empty());
}

#[test]
fn every_page_is_html_without_an_error() {
    no_page(|page| page.html.errors.iter().map(ToString::to_string).collect());
}

#[test]
fn every_page_says_its_language() {
    no_page(|page| match page.all("html[lang]")[..] {
        [html] if html.attr("lang") == Some(if page.path.starts_with("en/") { "en" } else { "zh-CN" }) => {
            Vec::new()
        }
        _ => vec!["no language".into()],
    });
}

#[test]
fn an_id_stands_once_on_a_page() {
    no_page(|page| {
        let mut seen = BTreeSet::new();
        page.ids().into_iter().filter(|id| id.is_empty() || !seen.insert(*id)).map(str::to_owned).collect()
    });
}

#[test]
fn every_page_has_one_main_heading_and_skips_no_level() {
    no_page(|page| {
        let level = |element: &ElementRef<'_>| element.value().name().as_bytes()[1] - b'0';
        let levels: Vec<u8> = page.all("h1, h2, h3, h4, h5, h6").iter().map(level).collect();
        let mut problems = Vec::new();
        if page.all("h1").len() != 1 {
            problems.push(format!("not one main heading: {levels:?}"));
        }
        if levels.windows(2).any(|pair| pair[1] > pair[0] + 1) {
            problems.push(format!("a level is skipped: {levels:?}"));
        }
        problems
    });
}

#[test]
fn every_picture_has_a_text_and_raster_ones_their_size() {
    let is_raster = |src: &str| extension(src.split('#').next().unwrap()) != "svg";
    let has =
        |picture: &ElementRef<'_>, name| picture.attr(name).is_some_and(|size| size.parse::<u32>().is_ok());
    no_page(|page| {
        let pictures = page.all("img").into_iter().filter(|picture| {
            let sized = has(picture, "width") && has(picture, "height");
            picture.attr("alt").is_none() || (is_raster(picture.attr("src").unwrap_or_default()) && !sized)
        });
        pictures.map(|picture| picture.html()).collect()
    });
    assert!(pages(&SITES[0]).iter().any(|page| !page.all("img").is_empty()), "the sample has pictures");
}

#[test]
fn linked_data_is_json() {
    no_page(|page| {
        let blocks =
            page.all("script[type='application/ld+json']").into_iter().map(|block| block.inner_html());
        blocks.filter(|json| serde_json::from_str::<Value>(json).is_err()).collect()
    });
}

#[test]
fn texts_a_person_reads_are_never_empty_or_left_open() {
    no_page(|page| {
        let title = page.all("title").into_iter().map(|title| title.inner_html()).collect::<String>();
        let body = page.all("body").into_iter().flat_map(|body| body.text()).collect::<String>();
        let open = ["{{", "}}", "{%", "undefined"].into_iter().filter(|mark| body.contains(mark));
        let mut problems: Vec<String> = open.map(str::to_owned).collect();
        problems.extend(title.trim().is_empty().then(|| "no title".to_owned()));
        problems
    });
}

#[test]
fn feeds_and_site_maps_are_xml() {
    for (path, bytes) in SITES.iter().flatten().filter(|(path, _)| ["xml", "svg"].contains(&extension(path)))
    {
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(
            roxmltree::Document::parse(text).is_ok(),
            "{path}: {:?}",
            roxmltree::Document::parse(text).err()
        );
    }
}

#[test]
fn the_site_map_lists_the_pages_for_readers_and_no_others() {
    for (tree, base) in SITES.iter().zip(BASES) {
        let map = roxmltree::Document::parse(text(tree, "sitemap.xml")).unwrap();
        let listed: Vec<&str> = map
            .descendants()
            .filter(|node| node.tag_name().name() == "loc")
            .filter_map(|node| node.text())
            .collect();
        let mut wanted: Vec<String> = pages(tree)
            .iter()
            .filter(|page| !["404.html", "search/index.html", "en/search/index.html"].contains(&page.path))
            .filter(|page| page.all("meta[http-equiv='refresh']").is_empty())
            .map(|page| format!("{base}{}", page.path.strip_suffix("index.html").unwrap_or(page.path)))
            .collect();
        let mut sorted = listed.clone();
        sorted.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(sorted, wanted);
        assert!(text(tree, "robots.txt").contains(&format!("Sitemap: {base}sitemap.xml")));
    }
}

#[test]
fn the_calendar_has_folded_lines_and_every_event_once() {
    for tree in SITES.iter() {
        let calendar = text(tree, "events.ics");
        assert!(calendar.ends_with("END:VCALENDAR\r\n"));
        for line in calendar.split_terminator("\r\n") {
            assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line:?}");
        }
        let unfolded = calendar.replace("\r\n ", "");
        let uids: BTreeSet<&str> = unfolded.lines().filter(|line| line.starts_with("UID:")).collect();
        assert_eq!(uids.len(), records(tree, "data/events.json").len());
        assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), uids.len());
        assert_eq!(unfolded.matches("END:VEVENT").count(), uids.len());
    }
}

fn json(tree: &Tree, path: &str) -> Value {
    serde_json::from_str(text(tree, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn records(tree: &Tree, path: &str) -> Vec<Value> {
    json(tree, path)["records"].as_array().unwrap_or_else(|| panic!("{path} has no records")).clone()
}

#[test]
fn the_open_data_is_json_and_its_counts_agree() {
    for tree in SITES.iter() {
        for path in tree.keys().filter(|path| extension(path) == "json") {
            assert!(json(tree, path).is_object(), "{path}");
        }
        for file in records(tree, "data/index.json") {
            let name = file["name"].as_str().unwrap();
            let count = records(tree, &format!("data/{name}.json")).len();
            assert_eq!(file["records"], count, "{name}");
        }
        let len = |name: &str| records(tree, &format!("data/{name}.json")).len() as u64;
        let sum = |name: &str, pointer: &str| -> u64 {
            records(tree, &format!("data/{name}.json"))
                .iter()
                .map(|r| r.pointer(pointer).unwrap().as_u64().unwrap())
                .sum()
        };
        let totals = &records(tree, "data/county.json")[0]["totals"];
        assert_eq!(totals["communities"], len("communities"));
        assert_eq!(totals["communities"], sum("towns", "/totals/communities"));
        assert_eq!(totals["projects"], sum("towns", "/totals/projects"));
        assert_eq!(totals["services"], len("services"));
        assert_eq!(sum("communities", "/awards"), len("awards"));
        let levels: u64 = totals["awards"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(levels, len("awards"));
        let page = |kind: &str, id: &Value| format!("{kind}/{}/index.html", id.as_str().unwrap());
        for kind in ["communities", "towns", "competitions", "events", "partners", "news"] {
            for record in records(tree, &format!("data/{kind}.json")) {
                assert!(tree.contains_key(&page(kind, &record["id"])), "{kind} {}", record["id"]);
            }
        }
    }
}

#[test]
fn ids_in_the_open_data_lead_to_records() {
    for tree in SITES.iter() {
        let ids = |name: &str| -> BTreeSet<String> {
            let records = records(tree, &format!("data/{name}.json"));
            records.iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect()
        };
        let (communities, partners, competitions) =
            (ids("communities"), ids("partners"), ids("competitions"));
        let known = |set: &BTreeSet<String>, id: &Value| id.is_null() || set.contains(id.as_str().unwrap());
        for award in records(tree, "data/awards.json") {
            assert!(
                known(&communities, &award["community"]) && known(&competitions, &award["competition"]),
                "{award}"
            );
        }
        for service in records(tree, "data/services.json") {
            assert!(
                known(&communities, &service["community"]) && known(&partners, &service["partner"]),
                "{service}"
            );
        }
        for event in records(tree, "data/events.json") {
            assert!(
                event["communities"].as_array().unwrap().iter().all(|id| known(&communities, id)),
                "{event}"
            );
        }
        for competition in records(tree, "data/competitions.json") {
            let winners: Vec<&Value> =
                competition["results"].as_array().unwrap().iter().map(|win| &win["community"]).collect();
            assert!(
                winners.iter().all(|id| competition["entrants"].as_array().unwrap().contains(id)),
                "{competition}"
            );
        }
    }
}

#[test]
fn the_register_says_the_same_as_a_table_and_as_json() {
    for tree in SITES.iter() {
        let table = text(tree, "ledger/ledger.csv").strip_prefix('\u{feff}').unwrap();
        let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(table.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect();
        let records = records(tree, "ledger/ledger.json");
        let communities = self::records(tree, "data/communities.json");
        assert_eq!((rows.len(), records.len()), (communities.len() + 1, communities.len()));
        for ((row, record), community) in rows[1..].iter().zip(&records).zip(&communities) {
            let said = |name: &str| match &record[name] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let names =
                ["number", "town", "community", "brand", "category", "slogan", "filing_number", "filed"];
            for (at, name) in names.iter().enumerate() {
                assert_eq!(row[at], said(name), "{name}");
            }
            assert_eq!((&row[10], &row[12], &row[16]), (&*said("percent"), &*said("awards"), &*said("url")));
            assert_eq!(
                (&record["id"], &record["percent"]),
                (&community["id"], &community["project"]["percent"])
            );
        }
    }
}

#[test]
fn the_feeds_have_the_same_entries() {
    for tree in SITES.iter() {
        let atom = roxmltree::Document::parse(text(tree, "feed.xml")).unwrap();
        let ids: Vec<&str> = atom
            .descendants()
            .filter(|node| node.tag_name().name() == "entry")
            .map(|entry| {
                entry.children().find(|node| node.tag_name().name() == "id").unwrap().text().unwrap()
            })
            .collect();
        let feed = json(tree, "feed.json");
        let items: Vec<&str> =
            feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids, items);
        assert!(!ids.is_empty() && ids.iter().collect::<BTreeSet<_>>().len() == ids.len(), "{ids:?}");
    }
}
