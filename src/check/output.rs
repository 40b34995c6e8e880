//! The last gate: no dead link, anchor or picture leaves the build, whatever a theme does.
//!
//! [`Gate::page`] looks at the bytes of one finished page; anchors on other pages can only be judged when every page
//! is made, so they are kept as hashes until [`Gate::finish`].

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem::Finder;
use rustc_hash::{FxHashSet, FxHasher};

use crate::address::OutputPath;
use crate::diagnostic::{Bilingual, Diagnostic, LineIndex, Report, Span, codes};
use crate::plan::Plan;
use crate::text;

/// Judges finished pages.
pub struct Gate<'a> {
    plan: &'a Plan,
    shown_out: String,
    href: Finder<'static>,
    src: Finder<'static>,
    srcset: Finder<'static>,
    id: Finder<'static>,
    found: Mutex<Found>,
}

/// What is known of all pages so far.
#[derive(Default)]
struct Found {
    anchors: FxHashSet<u64>,
    wanted: Vec<(u64, Span, String)>,
    /// Each with the address that is wrong, as it was written.
    problems: Vec<(String, Diagnostic)>,
}

/// One attribute of a tag.
struct Attribute<'a> {
    value: &'a str,
    at: usize,
    tag: &'a str,
}

impl<'a> Gate<'a> {
    /// Prepares to judge the pages of a plan; `shown_out` is how the output folder is called in messages.
    pub fn new(plan: &'a Plan, shown_out: &str) -> Self {
        Self {
            plan,
            shown_out: shown_out.to_owned(),
            href: Finder::new("href="),
            src: Finder::new("src="),
            srcset: Finder::new("srcset="),
            id: Finder::new(" id="),
            found: Mutex::default(),
        }
    }

    /// Judges one finished page; other files pass.
    pub fn page(&self, path: &OutputPath, bytes: &[u8]) {
        let is_page = path
            .as_str()
            .rsplit('.')
            .next()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("html") || ext == "shtml");
        let Ok(html) = std::str::from_utf8(bytes) else { return };
        if !is_page {
            return;
        }
        let mut page = Page { gate: self, path, html, found: Found::default() };
        for attribute in attributes(html, &self.id) {
            page.found.anchors.insert(anchor_hash(path.as_str(), attribute.value));
        }
        for attribute in attributes(html, &self.href) {
            page.link(&attribute, attribute.value);
        }
        for attribute in attributes(html, &self.src) {
            page.link(&attribute, attribute.value);
        }
        for attribute in attributes(html, &self.srcset) {
            for candidate in attribute.value.split(',') {
                page.link(&attribute, candidate.split_whitespace().next().unwrap_or_default());
            }
        }
        let Found { anchors, wanted, problems } = page.found;
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.anchors.extend(anchors);
        all.wanted.extend(wanted);
        all.problems.extend(problems);
    }

    /// Judges the anchors and reports everything.
    pub fn finish(self, report: &mut Report) {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let dead = found.wanted.into_iter().filter(|(hash, ..)| !found.anchors.contains(hash));
        let anchors = dead.map(|(_, span, target)| {
            let diagnostic = dead_in_output(text!(
                "页面链接到不存在的位置“{target}”。",
                "The page links to `{target}`, and there is no such place."
            ));
            (target, diagnostic.at(span))
        });
        report.extend(once_each(found.problems.into_iter().chain(anchors)));
    }
}

/// Keeps the first page, in order of path, that has an address wrong, and says how many more have: a mistake in a
/// template stands on every page made of it.
fn once_each(problems: impl Iterator<Item = (String, Diagnostic)>) -> Vec<Diagnostic> {
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

/// One page being judged.
struct Page<'a, 'g> {
    gate: &'g Gate<'g>,
    path: &'a OutputPath,
    html: &'a str,
    found: Found,
}

impl Page<'_, '_> {
    fn link(&mut self, attribute: &Attribute<'_>, written: &str) {
        let target = unescape(written.trim());
        if target.starts_with("http://") || target.starts_with("https://") || target.starts_with("//") {
            if loads(attribute.tag) {
                let message = text!(
                    "页面要从别的网站载入“{target}”。",
                    "The page would load `{target}` from another site."
                );
                let diagnostic = Diagnostic::new(codes::OFFSITE_ASSET, message).help(text!(
                    "请把这个文件下载下来，放进主题的 static 文件夹，模板里改用自己的地址。",
                    "Download the file into the theme's `static` folder and use that in the template."
                ));
                self.problem(attribute, &target, diagnostic);
            }
            return;
        }
        if is_scheme(&target) {
            return;
        }
        let (file, anchor) = match target.split_once('#') {
            Some((file, anchor)) => (file, Some(anchor)),
            None => (target.as_str(), None),
        };
        let file = file.split('?').next().unwrap_or(file);
        let Some(resolved) = self.resolve(file) else {
            let message = text!(
                "页面链接到不存在的“{target}”。",
                "The page links to `{target}`, which does not exist."
            );
            self.problem(attribute, &target, dead_in_output(message));
            return;
        };
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && *anchor != "top") {
            let anchor = percent_encoding::percent_decode_str(anchor).decode_utf8_lossy();
            let hash = anchor_hash(&resolved, &anchor);
            let span = self.span(attribute);
            self.found.wanted.push((hash, span, target));
        }
    }

    /// Returns the output a relative address leads to, if it leads to one.
    fn resolve(&self, target: &str) -> Option<String> {
        if target.is_empty() {
            return Some(self.path.as_str().to_owned());
        }
        let decoded = percent_encoding::percent_decode_str(target).decode_utf8().ok()?;
        let mut parts: Vec<&str> = self.path.as_str().split('/').collect();
        parts.pop();
        for part in decoded.split('/') {
            match part {
                "." => {}
                ".." => _ = parts.pop()?,
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        self.gate.plan.at(&path).map(|_| path)
    }

    fn span(&self, attribute: &Attribute<'_>) -> Span {
        let path = format!("{}/{}", self.gate.shown_out, self.path);
        LineIndex::new(path.into(), self.html).span(attribute.at..attribute.at + attribute.value.len())
    }

    fn problem(&mut self, attribute: &Attribute<'_>, target: &str, diagnostic: Diagnostic) {
        let span = self.span(attribute);
        self.found.problems.push((target.to_owned(), diagnostic.at(span)));
    }
}

fn dead_in_output(message: Bilingual) -> Diagnostic {
    Diagnostic::new(codes::DEAD_LINK_IN_OUTPUT, message).help(text!(
        "这多半是主题模板写错了地址：站内地址要写成 {{{{ root }}}}{{{{ ….url }}}}。",
        "Most likely a template writes a wrong address: print site addresses as {{{{ root }}}}{{{{ ….url }}}}."
    ))
}

/// Returns whether a tag loads what it names, instead of only leading there.
fn loads(tag: &str) -> bool {
    let name = tag.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
    match name {
        "a" | "area" | "form" => false,
        "link" => ["stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"]
            .iter()
            .any(|rel| tag.contains(rel)),
        _ => true,
    }
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

/// Finds the attributes of one name (`finder` ends in `=`), inside tags only.
fn attributes<'h>(html: &'h str, finder: &Finder<'_>) -> impl Iterator<Item = Attribute<'h>> {
    let name_len = finder.needle().len();
    let starts_bare = finder.needle()[0] != b' ';
    finder.find_iter(html.as_bytes()).filter_map(move |at| {
        let before = html[..at].bytes().next_back();
        if starts_bare && !before.is_some_and(|b| b.is_ascii_whitespace()) {
            return None;
        }
        let open = memchr::memrchr2(b'<', b'>', &html.as_bytes()[..at])
            .filter(|open| html.as_bytes()[*open] == b'<')?;
        let start = at + name_len;
        let rest = &html[start..];
        let (value, from) = match rest.as_bytes().first()? {
            quote @ (b'"' | b'\'') => {
                let end = memchr::memchr(*quote, &rest.as_bytes()[1..])?;
                (&rest[1..=end], start + 1)
            }
            _ => (rest.split(|c: char| c.is_whitespace() || c == '>').next()?, start),
        };
        let tag_end = memchr::memchr(b'>', &html.as_bytes()[from + value.len()..])
            .map_or(html.len(), |end| from + value.len() + end);
        Some(Attribute { value, at: from, tag: &html[open + 1..tag_end] })
    })
}

/// Undoes the entities an address may have.
fn unescape(value: &str) -> String {
    if !value.contains('&') {
        return value.to_owned();
    }
    value
        .replace("&#x2F;", "/")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(html: &str, name: &'static str) -> Vec<String> {
        attributes(html, &Finder::new(name)).map(|a| a.value.to_owned()).collect()
    }

    #[test]
    fn attributes_are_found_in_tags_only_however_they_are_quoted() {
        let html = "<a class=x href=\"a.html\">href=\"no\"</a><img src='b c.png' alt=\"\"><a href=c.html>";
        assert_eq!(values(html, "href="), ["a.html", "c.html"]);
        assert_eq!(values(html, "src="), ["b c.png"]);
        assert_eq!(values("<p data-href=\"x\" id=\"y\">", "href="), Vec::<String>::new());
    }

    #[test]
    fn only_tags_that_load_are_kept_from_other_sites() {
        assert!(
            loads("script src=\"x\"")
                && loads("img src=\"x\"")
                && loads("link rel=\"stylesheet\" href=\"x\"")
        );
        assert!(!loads("a href=\"x\"") && !loads("link rel=\"canonical\" href=\"x\""));
    }
}
