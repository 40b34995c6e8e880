//! The last gate: no dead link, anchor or picture leaves the build, whatever a theme does.
//!
//! [`Gate::page`] looks at the bytes of one finished page; anchors on other pages can only be judged when every page
//! is made, so they are kept as hashes until [`Gate::finish`].

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem;
use rustc_hash::{FxHashSet, FxHasher};
use serde::{Deserialize, Serialize};

use super::tags::{Attribute, Role, attributes, candidates, unescape};
use crate::address::OutputPath;
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

    fn add(&self, seen: &Seen, problems: Vec<(String, Diagnostic)>) {
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.anchors.extend(&seen.anchors);
        all.wanted.extend_from_slice(&seen.wanted);
        all.problems.extend(problems);
    }

    /// Judges the anchors and reports everything.
    pub fn finish(self, report: &mut Report) {
        let found = self.found.into_inner().unwrap_or_else(PoisonError::into_inner);
        let dead = found.wanted.into_iter().filter(|(hash, ..)| !found.anchors.contains(hash));
        let anchors = dead.map(|(_, span, target)| {
            let problem = dead_anchor(&target).at(span);
            (target, problem)
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
        let target = unescape(written.trim());
        if target.starts_with("http://") || target.starts_with("https://") || target.starts_with("//") {
            if loads(attribute.tag_name(self.html), attribute.tag_text(self.html)) {
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
        // The page for unknown addresses stands at any of them: it alone may say where its links begin.
        let is_base = self.path == "404.html" && attribute.tag_name(self.html) == b"base";
        if is_base || is_scheme(&target) {
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
        let Ok(decoded) = percent_encoding::percent_decode_str(target).decode_utf8() else { return false };
        leave(&mut self.resolved);
        for part in decoded.split('/') {
            match part {
                "." => {}
                "" => return false,
                ".." if self.resolved.is_empty() => return false,
                ".." => leave(&mut self.resolved),
                part => {
                    if !self.resolved.is_empty() {
                        self.resolved.push('/');
                    }
                    self.resolved.push_str(part);
                }
            }
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

/// Returns whether a tag loads what it names, instead of only leading there.
fn loads(name: &[u8], tag: &[u8]) -> bool {
    match name {
        b"a" | b"area" | b"form" => false,
        b"link" => ["stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"]
            .iter()
            .any(|rel| memmem::find(tag, rel.as_bytes()).is_some()),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_that_load_are_kept_from_other_sites() {
        for tag in ["script src=\"x\"", "img src=\"x\"", "link rel=\"stylesheet\" href=\"x\""] {
            assert!(loads(tag.split(' ').next().unwrap().as_bytes(), tag.as_bytes()), "{tag}");
        }
        assert!(!loads(b"a", b"a href=\"x\"") && !loads(b"link", b"link rel=\"canonical\" href=\"x\""));
    }
}
