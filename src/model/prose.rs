//! Markdown inside records: parsed, with the way back from its bytes to the file's.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::context::Context;
use super::placeholder;
use super::site::{PlaceMap, Prose};
use crate::markdown::{self, Document, Options};

/// Parses the text below the front matter of a Markdown file.
pub(super) fn body(context: &Context, range: Range<usize>, top_level: u8, id_prefix: &'static str) -> Prose {
    let text = context.source.text();
    let begin = range.end - text[range.clone()].trim_start().len();
    placeholder::check(context, &text[range.clone()], &(begin..range.end));
    let is_fallback = context.translates.is_none() && !context.shared.languages.is_main();
    let lang = context.shared.lang(is_fallback);
    let options = Options { top_level, id_prefix: Cow::Borrowed(id_prefix), lang };
    let text = &context.source.text()[range.clone()];
    let document = markdown::parse(text, &options);
    let places = placed(context, text, &document, || PlaceMap::verbatim(range.start));
    Prose { is_fallback, document, source: context.id, folder: Arc::clone(&context.folder), places }
}

/// Parses a text that stands in YAML, at `range` of the file; `is_fallback` when it is not in the pages' language.
pub(super) fn nested(
    context: &Context,
    text: &str,
    range: &Range<usize>,
    id_prefix: Cow<'static, str>,
    is_fallback: bool,
) -> Prose {
    let lang = context.shared.lang(is_fallback);
    let document = markdown::parse(text, &Options { top_level: 3, id_prefix, lang });
    let places = placed(context, text, &document, || places(text, &context.source.text(), range));
    Prose { is_fallback, document, source: context.id, folder: Arc::clone(&context.folder), places }
}

/// Reports what is mistyped in a text, and returns its places when they will be asked for.
fn placed(context: &Context, text: &str, document: &Document, places: impl Fn() -> PlaceMap) -> PlaceMap {
    let slips = markdown::slips(text);
    if slips.is_empty() && !document.has_places() {
        return PlaceMap::default();
    }
    let places = places();
    for slip in slips {
        context.push(slip.problem.at(context.span(&places.locate(slip.range))));
    }
    places
}

/// Finds where each part of a YAML text stands in the file.
fn places(text: &str, file: &str, range: &Range<usize>) -> PlaceMap {
    let Some(written) = file.get(range.clone()) else { return PlaceMap::verbatim(range.start) };
    if written == text {
        return PlaceMap::verbatim(range.start);
    }
    let quoted = written.starts_with(['"', '\'']) && written[1..].starts_with(text);
    if quoted {
        return PlaceMap::verbatim(range.start + 1);
    }
    let header = if written.starts_with(['|', '>']) {
        written.find('\n').map_or(written.len(), |at| at + 1)
    } else {
        usize::from(written.starts_with(['"', '\'']))
    };
    PlaceMap { runs: align(text.as_bytes(), &written.as_bytes()[header..], range.start + header).into() }
}

/// Walks a text and what was written for it side by side: they differ in white space, and in marks before quotes.
///
/// Stops where they differ otherwise (an escape such as `\u4e2d`); places behind that are near, not exact.
fn align(text: &[u8], written: &[u8], base: usize) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let (mut at, mut from) = (0, 0);
    while at < text.len() {
        if text[at].is_ascii_whitespace() {
            at += 1;
            continue;
        }
        while written.get(from).is_some_and(u8::is_ascii_whitespace) {
            from += 1;
        }
        if written.get(from) != Some(&text[at]) && matches!(written.get(from), Some(b'\\' | b'\'')) {
            from += 1;
        }
        if written.get(from) != Some(&text[at]) {
            break;
        }
        let delta = |run: &(u32, u32)| i64::from(run.1) - i64::from(run.0);
        let run = (at as u32, (base + from) as u32);
        if runs.last().is_none_or(|last| delta(last) != delta(&run)) {
            runs.push(run);
        }
        at += 1;
        from += 1;
        while at < text.len() && !text[at].is_ascii_whitespace() && written.get(from) == Some(&text[at]) {
            at += 1;
            from += 1;
        }
    }
    if runs.first().is_none_or(|first| first.0 > 0) {
        runs.insert(0, (0, base as u32));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(file: &str, text: &str, what: &str) -> usize {
        let start = file.find(['|', '>', '"', '\'']).unwrap_or(0);
        let map = places(text, file, &(start..file.len()));
        let at = text.find(what).unwrap();
        map.locate(at..at + what.len()).start
    }

    #[test]
    fn a_link_in_a_block_text_is_found_at_its_own_place() {
        let file = "内涵: |\r\n  第一行\r\n\r\n    - 见[方案](files/x.pdf)\r\n";
        let text = "第一行\n\n  - 见[方案](files/x.pdf)\n";
        assert_eq!(place_of(file, text, "[方案]"), file.find("[方案]").unwrap());
        assert_eq!(place_of(file, text, "第一"), file.find("第一").unwrap());
    }

    #[test]
    fn folded_and_quoted_texts_are_followed_too() {
        let file = "内涵: >-\n  第一行\n  第二行[甲](b)\n";
        assert_eq!(place_of(file, "第一行 第二行[甲](b)", "[甲]"), file.find("[甲]").unwrap());
        let file = "内涵: \"他说\\\"好\\\"[甲](b)\"\n";
        assert_eq!(place_of(file, "他说\"好\"[甲](b)", "[甲]"), file.find("[甲]").unwrap());
        let file = "内涵: '它''s [甲](b)'";
        assert_eq!(place_of(file, "它's [甲](b)", "[甲]"), file.find("[甲]").unwrap());
    }

    #[test]
    fn a_place_is_never_outside_what_was_written_by_much() {
        let file = "内涵: \"\\u4e2d文[甲](b)\"";
        assert!(place_of(file, "中文[甲](b)", "[甲]") >= file.find('"').unwrap());
    }
}
