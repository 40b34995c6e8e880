//! The last gate: no dead link, anchor or picture leaves the build, whatever a theme does.
//!
//! [`Gate::page`] looks at the bytes of one finished page; anchors on other pages can only be judged when every page
//! is made, so they are kept as hashes until [`Gate::finish`].

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem;
use rustc_hash::{FxHashSet, FxHasher};
use serde::{Deserialize, Serialize};

use super::tags::{Attribute, Role, attributes, candidates, unescape};
use crate::address::OutputPath;
use crate::css::{leaves_the_site, references};
use crate::diagnostic::{Bilingual, Diagnostic, LineIndex, Report, Span, codes};
use crate::plan::Plan;
use crate::text;

/// Judges finished pages.
pub struct Gate<'a> {
    plans: Vec<&'a Plan>,
    shown_out: String,
    found: Mutex<Found>,
}

/// What the rest of the site must know of one page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Seen {
    /// The places on it that can be linked to, as hashes.
    pub(crate) anchors: Vec<u64>,
    /// The places on other pages it links to, each with where it does so and the address as written.
    pub(crate) wanted: Vec<(u64, Span, String)>,
    /// Whether something is wrong with the page itself: then it must be judged again to say so again.
    pub(crate) is_wrong: bool,
}

/// What is known of all pages so far.
#[derive(Default)]
struct Found {
    anchors: FxHashSet<u64>,
    /// Links to anchors of other pages.
    wanted: Vec<(u64, Span, String)>,
    /// Each with the address that is wrong, as it was written.
    problems: Vec<(String, Diagnostic)>,
    /// The pages that could not be drawn, and why not.
    failed: Vec<(OutputPath, Diagnostic)>,
}

impl<'a> Gate<'a> {
    /// Prepares to judge the pages of one plan for each language; `shown_out` is how the output folder is called in
    /// messages.
    pub fn new(plans: impl IntoIterator<Item = &'a Plan>, shown_out: &str) -> Self {
        Self { plans: plans.into_iter().collect(), shown_out: shown_out.to_owned(), found: Mutex::default() }
    }

    /// Judges one finished page; other files pass. Returns what to remember of it, for [`Self::recall`].
    pub fn page(&self, path: &OutputPath, bytes: &[u8]) -> Seen {
        if !is_page(path.as_str()) {
            return Seen::default();
        }
        let mut page = Page::new(self, path.as_str(), bytes);
        for attribute in attributes(bytes) {
            match attribute.role {
                Role::Place => page.anchors.push(anchor_hash(page.path, attribute.value)),
                Role::Link => page.link(&attribute, attribute.value),
                Role::Links => {
                    candidates(attribute.value).for_each(|candidate| page.link(&attribute, candidate));
                }
                Role::Style => page.style(&attribute),
                Role::Refresh => page.refresh(&attribute),
            }
        }
        page.judge_own_anchors();
        let Page { anchors, wanted, problems, .. } = page;
        let seen = Seen { anchors, wanted, is_wrong: !problems.is_empty() };
        self.add(&seen, problems);
        seen
    }

    /// Takes a page that was judged before, against the same plan, and is as it was.
    pub fn recall(&self, seen: &Seen) {
        self.add(seen, Vec::new());
    }

    /// Takes note that an output could not be made, to say so, and that what it would hold is not known.
    pub fn failed(&self, path: &OutputPath, problem: Diagnostic) {
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.failed.push((path.clone(), problem));
    }

    fn add(&self, seen: &Seen, problems: Vec<(String, Diagnostic)>) {
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.anchors.extend(&seen.anchors);
        all.wanted.extend_from_slice(&seen.wanted);
        all.problems.extend(problems);
    }

    /// Judges the anchors and reports everything.
    pub fn finish(self, report: &mut Report) {
        let found = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        let failed: FxHashSet<&str> = found.failed.iter().map(|(path, _)| path.as_str()).collect();
        let leads_to_a_failed_page = |span: &Span, target: &str| {
            let from = span.path.strip_prefix(self.shown_out.as_str()).unwrap_or(&span.path);
            let mut path = from.trim_start_matches('/').to_owned();
            follow(&mut path, target.split(['#', '?']).next().unwrap_or(target));
            failed.contains(path.as_str())
        };
        let dead = found.wanted.into_iter().filter(|(hash, span, target)| {
            !found.anchors.contains(hash) && (failed.is_empty() || !leads_to_a_failed_page(span, target))
        });
        let anchors = dead.map(|(_, span, target)| {
            let problem = dead_anchor(&target).at(span);
            (target, problem)
        });
        let problems: Vec<_> = found.problems.into_iter().chain(anchors).collect();
        let drawn = once_each(problems).into_iter().map(|problem| self.with_template(problem));
        report.extend(drawn.collect::<Vec<_>>());
        report.extend(failures(found.failed));
    }

    /// Says which template draws the page that a problem stands on.
    fn with_template(&self, mut problem: Diagnostic) -> Diagnostic {
        let page = problem.span.as_ref().and_then(|span| span.path.strip_prefix(self.shown_out.as_str()));
        let page = page.map(|page| page.trim_start_matches('/'));
        let output = page.and_then(|page| self.plans.iter().find_map(|plan| plan.at(page)));
        if let Some(template) = output.and_then(|output| output.target.template())
            && let Some(Bilingual { zh, en }) = &problem.help
        {
            problem.help = Some(text!(
                "{zh}这个页面由模板“{template}”生成。",
                "{en} This page is drawn by the template `{template}`."
            ));
        }
        problem
    }
}

/// Says of each way to fail on which page it happened first, and on how many more; what is no matter of a template is said
/// as it is.
fn failures(failed: Vec<(OutputPath, Diagnostic)>) -> Vec<Diagnostic> {
    type Way = (Option<(String, u32, u32)>, &'static str, String);
    let mut ways: BTreeMap<Way, (Diagnostic, BTreeSet<OutputPath>)> = BTreeMap::new();
    for (path, problem) in failed {
        let place = place_of(&problem).map(|(path, line, column)| (path.to_owned(), line, column));
        let way = (place, problem.code.as_str(), problem.message.zh.clone());
        ways.entry(way).or_insert_with(|| (problem, BTreeSet::new())).1.insert(path);
    }
    let said = |(mut problem, pages): (Diagnostic, BTreeSet<OutputPath>)| {
        let of_template = [codes::TEMPLATE_FAILED, codes::UNKNOWN_IN_TEMPLATE, codes::UNKNOWN_ASSET]
            .contains(&problem.code);
        if let Some(first) = pages.first().filter(|_| of_template) {
            let (zh, en) =
                (problem.message.zh.trim_end_matches('。'), problem.message.en.trim_end_matches('.'));
            problem.message = match pages.len() - 1 {
                0 => text!("{zh}（生成“{first}”时）。", "{en} (drawing `{first}`)."),
                more => {
                    let pages = if more == 1 { "page" } else { "pages" };
                    text!(
                        "{zh}（生成“{first}”等 {all} 个页面时）。",
                        "{en} (drawing `{first}` and {more} other {pages}).",
                        all = more + 1
                    )
                }
            };
        }
        problem
    };
    ways.into_values().map(said).collect()
}

/// Keeps the first page, in order of path, that has an address wrong, and says how many more have: a mistake in a
/// template stands on every page made of it.
fn once_each(problems: Vec<(String, Diagnostic)>) -> Vec<Diagnostic> {
    let mut by_address: BTreeMap<(String, &'static str), Vec<Diagnostic>> = BTreeMap::new();
    for (target, diagnostic) in problems {
        // From pages of different depth one place has different relative addresses.
        let place = target.trim_start_matches("../").to_owned();
        by_address.entry((place, diagnostic.code.as_str())).or_default().push(diagnostic);
    }
    let first_of = |mut all: Vec<Diagnostic>| {
        let pages: BTreeSet<Arc<str>> =
            all.iter().filter_map(|d| d.span.as_ref()).map(|span| Arc::clone(&span.path)).collect();
        all.sort_by(|a, b| place_of(a).cmp(&place_of(b)));
        let mut first = all.swap_remove(0);
        let more = pages.len() - 1;
        if more > 0 {
            let (zh, en) = (first.message.zh.trim_end_matches('。'), first.message.en.trim_end_matches('.'));
            let pages = if more == 1 { "page" } else { "pages" };
            first.message =
                text!("{zh}（另有 {more} 个页面也是这样）。", "{en} (so does {more} other {pages}).");
        }
        first
    };
    by_address.into_values().map(first_of).collect()
}

fn place_of(diagnostic: &Diagnostic) -> Option<(&str, u32, u32)> {
    diagnostic.span.as_ref().map(|span| (&*span.path, span.line, span.column))
}

fn is_page(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    extension.eq_ignore_ascii_case("html") || extension == "shtml"
}

/// One page being judged.
struct Page<'p> {
    gate: &'p Gate<'p>,
    path: &'p str,
    html: &'p [u8],
    /// Made when the first place is wanted; the path alone when the page is no UTF-8.
    lines: OnceCell<Result<LineIndex<&'p str>, Arc<str>>>,
    anchors: Vec<u64>,
    /// Links to anchors of this page.
    own: Vec<(u64, Attribute<'p>)>,
    wanted: Vec<(u64, Span, String)>,
    problems: Vec<(String, Diagnostic)>,
    /// Where the link at hand leads; kept to be written over.
    resolved: String,
}

impl<'p> Page<'p> {
    fn new(gate: &'p Gate<'p>, path: &'p str, html: &'p [u8]) -> Self {
        let (anchors, own, wanted, problems) = Default::default();
        Self {
            gate,
            path,
            html,
            lines: OnceCell::new(),
            anchors,
            own,
            wanted,
            problems,
            resolved: String::new(),
        }
    }

    fn link(&mut self, attribute: &Attribute<'p>, written: &str) {
        if attribute.role == Role::Link && names_no_address(attribute, self.html) {
            return;
        }
        let target = unescape(written.trim());
        if is_elsewhere(&target) {
            if loads(attribute, self.html) {
                self.offsite(attribute, &target);
            }
            return;
        }
        if is_scheme(&target) {
            return;
        }
        let (file, anchor) = match target.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor)),
            None => (&*target, None),
        };
        if !self.resolve(file.split('?').next().unwrap_or(file)) {
            let message = text!(
                "页面链接到不存在的“{target}”。",
                "The page links to `{target}`, which does not exist."
            );
            self.problem(attribute, &target, dead_in_output(message));
            return;
        }
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top") {
            let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
            let hash = anchor_hash(&self.resolved, &anchor);
            if self.resolved == self.path {
                self.own.push((hash, *attribute));
            } else {
                let span = self.span(attribute);
                self.wanted.push((hash, span, target.into_owned()));
            }
        }
    }

    /// Judges the addresses in a style.
    fn style(&mut self, attribute: &Attribute<'p>) {
        let is_text = attribute.name(self.html).is_empty();
        if !is_text && attribute.value.contains('&') {
            // Entities hide where an address begins and ends: the attribute is pointed at as a whole.
            let css = unescape(attribute.value);
            for range in references(&css) {
                self.styled(attribute, &css[range]);
            }
            return;
        }
        for range in references(attribute.value) {
            let address = attribute.part(range);
            self.styled(&address, address.value);
        }
    }

    fn styled(&mut self, attribute: &Attribute<'p>, written: &str) {
        if leaves_the_site(written) {
            self.offsite(attribute, written.trim());
        } else {
            self.link(attribute, written);
        }
    }

    /// Judges where a page says that readers are to go on to.
    fn refresh(&mut self, attribute: &Attribute<'p>) {
        let refreshes = attribute.tag_name(self.html).eq_ignore_ascii_case(b"meta")
            && contains(attribute.tag_text(self.html), b"refresh");
        if let Some(range) = refresh_address(attribute.value).filter(|_| refreshes) {
            let address = attribute.part(range);
            self.link(&address, address.value);
        }
    }

    fn offsite(&mut self, attribute: &Attribute<'p>, target: &str) {
        let message =
            text!("页面要从别的网站载入“{target}”。", "The page would load `{target}` from another site.");
        let diagnostic = Diagnostic::new(codes::OFFSITE_ASSET, message).help(text!(
            "请把这个文件下载下来，放进主题的 static 文件夹，模板里改用自己的地址。",
            "Download the file into the theme's `static` folder and use that in the template."
        ));
        self.problem(attribute, target, diagnostic);
    }

    fn judge_own_anchors(&mut self) {
        let anchors: FxHashSet<u64> = self.anchors.iter().copied().collect();
        for (_, attribute) in std::mem::take(&mut self.own).iter().filter(|(hash, _)| !anchors.contains(hash))
        {
            let target = unescape(attribute.value);
            self.problem(attribute, &target, dead_anchor(&target));
        }
    }

    /// Finds the output a relative address leads to and leaves its path in `resolved`.
    fn resolve(&mut self, target: &str) -> bool {
        self.resolved.clear();
        self.resolved.push_str(self.path);
        if target.is_empty() {
            return true;
        }
        if !follow(&mut self.resolved, target) {
            return false;
        }
        self.gate.plans.iter().any(|plan| plan.at(&self.resolved).is_some())
    }

    fn span(&self, attribute: &Attribute<'_>) -> Span {
        let lines = self.lines.get_or_init(|| {
            let path: Arc<str> = format!("{}/{}", self.gate.shown_out, self.path).into();
            std::str::from_utf8(self.html)
                .map(|html| LineIndex::new(Arc::clone(&path), html))
                .map_err(|_| path)
        });
        match lines {
            Ok(lines) => lines.span(attribute.at..attribute.at + attribute.value.len()),
            Err(path) => Span::whole_file(Arc::clone(path)),
        }
    }

    fn problem(&mut self, attribute: &Attribute<'_>, target: &str, diagnostic: Diagnostic) {
        let span = self.span(attribute);
        self.problems.push((target.to_owned(), diagnostic.at(span)));
    }
}

/// Goes from the page at `path` to where a relative address leads; returns whether it leads anywhere in the site.
fn follow(path: &mut String, target: &str) -> bool {
    let Ok(decoded) = percent_encoding::percent_decode_str(target).decode_utf8() else { return false };
    leave(path);
    for part in decoded.split('/') {
        match part {
            "." => {}
            "" => return false,
            ".." if path.is_empty() => return false,
            ".." => leave(path),
            part => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    true
}

/// Takes the last part off a path.
fn leave(path: &mut String) {
    path.truncate(path.rfind('/').unwrap_or(0));
}

fn dead_anchor(target: &str) -> Diagnostic {
    dead_in_output(text!(
        "页面链接到不存在的位置“{target}”。",
        "The page links to `{target}`, and there is no such place."
    ))
}

fn dead_in_output(message: Bilingual) -> Diagnostic {
    Diagnostic::new(codes::DEAD_LINK_IN_OUTPUT, message).help(text!(
        "这多半是主题模板写错了地址：站内地址要写成 {{{{ root }}}}{{{{ ….url }}}}。",
        "Most likely a template writes a wrong address: print site addresses as {{{{ root }}}}{{{{ ….url }}}}."
    ))
}

/// Returns whether an address leads to another site; browsers take `\` for `/`, and letters of any case.
fn is_elsewhere(target: &str) -> bool {
    let bytes = target.as_bytes();
    let begins =
        |scheme: &[u8]| bytes.get(..scheme.len()).is_some_and(|own| own.eq_ignore_ascii_case(scheme));
    let is_slash = |at: usize| matches!(bytes.get(at), Some(b'/' | b'\\'));
    begins(b"http:") || begins(b"https:") || is_slash(0) && is_slash(1)
}

/// Returns whether an attribute that leads somewhere on some tag has another meaning on this one.
fn names_no_address(attribute: &Attribute<'_>, html: &[u8]) -> bool {
    attribute.name(html).eq_ignore_ascii_case(b"data")
        && !attribute.tag_name(html).eq_ignore_ascii_case(b"object")
}

/// Returns whether an attribute loads what it names, instead of only leading there.
fn loads(attribute: &Attribute<'_>, html: &[u8]) -> bool {
    let name = attribute.tag_name(html);
    let is = |tag: &[u8]| name.eq_ignore_ascii_case(tag);
    if is(b"link") {
        let tag = attribute.tag_text(html);
        let rels: [&[u8]; 6] =
            [b"stylesheet", b"icon", b"preload", b"modulepreload", b"prefetch", b"manifest"];
        return rels.iter().any(|rel| contains(tag, rel));
    }
    let leads = is(b"a") || is(b"area") || is(b"form") || is(b"meta");
    attribute.role == Role::Style || !leads && !attribute.name(html).eq_ignore_ascii_case(b"formaction")
}

/// Returns whether a text has a word of small letters in it, in letters of any case.
fn contains(text: &[u8], word: &[u8]) -> bool {
    memmem::find(text, word).is_some()
        || text.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

/// Finds the address in `0; url=next.html`.
fn refresh_address(content: &str) -> Option<Range<usize>> {
    let rest = content.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ';' | ','));
    rest.get(..3).filter(|word| word.eq_ignore_ascii_case("url"))?;
    let is_quote = |c: char| matches!(c, '"' | '\'');
    let address = rest[3..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(is_quote);
    let start = content.len() - address.len();
    let address = address.trim_end().trim_end_matches(is_quote);
    Some(start..start + address.len())
}

fn is_scheme(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    })
}

fn anchor_hash(path: &str, anchor: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (path, anchor).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(html: &str) -> Vec<bool> {
        attributes(html.as_bytes()).map(|attribute| loads(&attribute, html.as_bytes())).collect()
    }

    #[test]
    fn only_tags_that_load_are_kept_from_other_sites() {
        for tag in [
            "<script src=\"x\">",
            "<img src=\"x\">",
            "<LINK rel=\"Stylesheet\" href=\"x\">",
            "<video poster=x>",
            "<image xlink:href=x>",
            "<a style='b:url(x)'>",
        ] {
            assert_eq!(loaded(tag), [true], "{tag}");
        }
        for tag in [
            "<A href=\"x\">",
            "<link rel=\"canonical\" href=\"x\">",
            "<form action=x>",
            "<input formaction=x>",
        ] {
            assert_eq!(loaded(tag), [false], "{tag}");
        }
    }

    #[test]
    fn an_address_elsewhere_is_known_however_it_is_written() {
        for target in ["https://a", "HTTP://a", "//a", "/\\a", "\\\\a"] {
            assert!(is_elsewhere(target), "{target}");
        }
        for target in ["a", "/a", "httpx", "data:x", ""] {
            assert!(!is_elsewhere(target), "{target}");
        }
    }

    #[test]
    fn the_address_of_a_refresh_is_found() {
        let found = |content: &str| refresh_address(content).map(|range| content[range].to_owned());
        assert_eq!(found("0; URL = 'a b.html' ").as_deref(), Some("a b.html"));
        assert_eq!(found("3;url=a").as_deref(), Some("a"));
        assert_eq!((found("3"), found("width=1"), found("中文")), (None, None, None));
    }
}
