//! The attributes of a finished page that name places and lead to them, in one pass over its bytes.
//!
//! Knows enough of HTML not to take text, comments, scripts and styles for tags; it judges nothing. Every byte of every
//! page passes here, so other attributes are only stepped over.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

/// One attribute of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribute<'h> {
    /// What it is for.
    pub(super) role: Role,
    /// Its value, entities as written; empty when there is none.
    pub(super) value: &'h str,
    /// Where in the page the value begins.
    pub(super) at: usize,
    /// Where in the page its name begins.
    name: usize,
    /// Where in the page the name of its tag begins.
    tag: usize,
}

/// What an attribute is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It names a place of the page: `id`.
    Place,
    /// It leads somewhere: `href`, `src`, `action`, or `data` of an `<object>`.
    Link,
    /// It leads to several files: `srcset`.
    Links,
    /// It is a style with addresses: `style`, or the text of a `<style>`.
    Style,
    /// It may lead to the page to go on to: `content` of a `<meta>`.
    Refresh,
}

impl Role {
    /// Names are of any case; most are told apart by their length alone.
    fn of(name: &[u8]) -> Option<Self> {
        let (known, role): (&[&[u8]], Self) = match name.len() {
            2 => (&[b"id"], Self::Place),
            3 => (&[b"src"], Self::Link),
            4 => (&[b"href", b"data"], Self::Link),
            5 => (&[b"style"], Self::Style),
            6 if name[0].eq_ignore_ascii_case(&b's') => (&[b"srcset"], Self::Links),
            6 => (&[b"poster", b"action"], Self::Link),
            7 => (&[b"content"], Self::Refresh),
            10 => (&[b"xlink:href", b"formaction"], Self::Link),
            11 => (&[b"imagesrcset"], Self::Links),
            _ => return None,
        };
        known.iter().any(|known| name.eq_ignore_ascii_case(known)).then_some(role)
    }

    /// Returns whether an attribute of this role may have something to judge in it; most styles name no address.
    fn may_lead(self, value: &[u8]) -> bool {
        match self {
            Self::Place | Self::Link | Self::Links => true,
            Self::Style => memchr2(b'(', b'@', value).is_some(),
            Self::Refresh => value.first().is_some_and(|first| first.is_ascii_digit() || *first == b' '),
        }
    }
}

impl Attribute<'_> {
    /// Returns a part of the attribute as if it were one of its own.
    pub(super) fn part(&self, range: Range<usize>) -> Self {
        Self { value: &self.value[range.clone()], at: self.at + range.start, ..*self }
    }

    /// Returns the name of the attribute; empty for the text of an element.
    pub(super) fn name<'h>(&self, html: &'h [u8]) -> &'h [u8] {
        &html[self.name..self.name + up_to(&html[self.name..], 0, BLANK | SLASH | EQUALS | CLOSE)]
    }

    /// Returns the name of the tag.
    pub(super) fn tag_name<'h>(&self, html: &'h [u8]) -> &'h [u8] {
        &html[self.tag..self.tag + name_len(&html[self.tag..])]
    }

    /// Returns the text of the tag up to the first `>` behind this attribute.
    pub(super) fn tag_text<'h>(&self, html: &'h [u8]) -> &'h [u8] {
        let from = self.at + self.value.len();
        let end = memchr(b'>', &html[from..]).map_or(html.len(), |end| from + end);
        &html[self.tag..end]
    }
}

/// Goes through the attributes of a page that have a [`Role`], in the order of its text.
pub(super) fn attributes(html: &[u8]) -> Attributes<'_> {
    Attributes { html, at: 0, tag: None }
}

/// See [`attributes`].
pub(super) struct Attributes<'h> {
    html: &'h [u8],
    at: usize,
    /// Where the name of the open tag begins.
    tag: Option<usize>,
}

impl<'h> Iterator for Attributes<'h> {
    type Item = Attribute<'h>;

    fn next(&mut self) -> Option<Attribute<'h>> {
        loop {
            let Some(tag) = self.tag else {
                self.open()?;
                continue;
            };
            let found = self.attribute().or_else(|| {
                self.tag = None;
                self.style_of(tag)
            });
            // What is no UTF-8 is no address either.
            if let Some((role, name, range)) = found
                && role.may_lead(&self.html[range.clone()])
                && let Ok(value) = std::str::from_utf8(&self.html[range.clone()])
            {
                return Some(Attribute { role, value, at: range.start, name, tag });
            }
        }
    }
}

/// What is found of an attribute: what it is for, where its name begins, where its value stands.
type Part = (Role, usize, Range<usize>);

impl Attributes<'_> {
    /// Goes to behind the name of the next opening tag; `None` at the end of the page.
    fn open(&mut self) -> Option<()> {
        loop {
            self.at += memchr(b'<', &self.html[self.at..])? + 1;
            match self.html.get(self.at)? {
                b'!' if self.html[self.at..].starts_with(b"!--") => {
                    self.at += memmem::find(&self.html[self.at..], b"-->")?;
                }
                letter if letter.is_ascii_alphabetic() => {
                    self.tag = Some(self.at);
                    self.at += name_len(&self.html[self.at..]);
                    return Some(());
                }
                _ => {}
            }
        }
    }

    /// Goes to behind the next attribute of the open tag that has a role; `None` when it is behind the tag's end.
    fn attribute(&mut self) -> Option<Part> {
        loop {
            self.at = past(self.html, self.at, BLANK | SLASH);
            let start = self.at;
            let first = *self.html.get(start)?;
            // A name may begin with `=`; so that the tag is always left, at least one byte is taken.
            self.at += 1;
            if first == b'>' {
                return None;
            }
            self.at = up_to(self.html, self.at, BLANK | SLASH | EQUALS | CLOSE);
            let role = Role::of(&self.html[start..self.at]);
            if self.html.get(self.at) != Some(&b'=') {
                self.at = past(self.html, self.at, BLANK);
            }
            let value = if self.html.get(self.at) == Some(&b'=') { self.value() } else { self.at..self.at };
            if let Some(role) = role {
                return Some((role, start, value));
            }
        }
    }

    /// Reads a value from its `=` on.
    fn value(&mut self) -> Range<usize> {
        self.at = past(self.html, self.at + 1, BLANK);
        if let Some(quote @ (b'"' | b'\'')) = self.html.get(self.at) {
            let start = self.at + 1;
            let end = find(*quote, &self.html[start..]).map_or(self.html.len(), |end| start + end);
            self.at = (end + 1).min(self.html.len());
            start..end
        } else {
            let start = self.at;
            self.at = up_to(self.html, start, BLANK | CLOSE);
            start..self.at
        }
    }

    /// Skips what stands in an element whose text is no HTML; returns the text of a style.
    fn style_of(&mut self, tag: usize) -> Option<Part> {
        let name = &self.html[tag..tag + name_len(&self.html[tag..])];
        let texts: [&[u8]; 4] = [b"script", b"style", b"title", b"textarea"];
        if !texts.iter().any(|text| name.eq_ignore_ascii_case(text)) {
            return None;
        }
        let is_style = name.eq_ignore_ascii_case(b"style");
        let mut at = self.at;
        while let Some(found) = self.html.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
            at += found;
            let close = &self.html[at + 2..];
            if close.get(..name.len()).is_some_and(|close| close.eq_ignore_ascii_case(name)) {
                break;
            }
            at += 2;
        }
        let text = self.at.min(self.html.len())..at.max(self.at).min(self.html.len());
        self.at = at.max(self.at);
        is_style.then_some((Role::Style, self.html.len(), text))
    }
}

/// The bytes that mean something in a tag.
const BLANK: u8 = 1;
const SLASH: u8 = 2;
const EQUALS: u8 = 4;
const CLOSE: u8 = 8;

static MEANING: [u8; 256] = {
    let mut meaning = [0; 256];
    meaning[b' ' as usize] = BLANK;
    meaning[b'\t' as usize] = BLANK;
    meaning[b'\n' as usize] = BLANK;
    meaning[b'\x0c' as usize] = BLANK;
    meaning[b'\r' as usize] = BLANK;
    meaning[b'/' as usize] = SLASH;
    meaning[b'=' as usize] = EQUALS;
    meaning[b'>' as usize] = CLOSE;
    meaning
};

/// Returns the first place from `at` on whose byte means none of `meanings`.
fn past(html: &[u8], mut at: usize, meanings: u8) -> usize {
    while html.get(at).is_some_and(|byte| MEANING[usize::from(*byte)] & meanings != 0) {
        at += 1;
    }
    at
}

/// Returns the first place from `at` on whose byte means one of `meanings`, or the end.
fn up_to(html: &[u8], mut at: usize, meanings: u8) -> usize {
    while html.get(at).is_some_and(|byte| MEANING[usize::from(*byte)] & meanings == 0) {
        at += 1;
    }
    at
}

/// Finds a byte that stands near most often: there a search that looks at many bytes at a time only costs its beginning.
fn find(byte: u8, html: &[u8]) -> Option<usize> {
    const NEAR: usize = 16;
    let near = html.iter().take(NEAR).position(|other| *other == byte);
    near.or_else(|| memchr(byte, html.get(NEAR..)?).map(|at| at + NEAR))
}

/// Returns how long the name at the start of a tag is.
fn name_len(tag: &[u8]) -> usize {
    up_to(tag, 0, BLANK | SLASH | CLOSE)
}

/// Cuts a `srcset` into its addresses.
pub(super) fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    srcset.split(',').filter_map(|candidate| candidate.split_whitespace().next())
}

/// Undoes the entities an address may have.
pub(super) fn unescape(value: &str) -> std::borrow::Cow<'_, str> {
    if !value.contains('&') {
        return value.into();
    }
    value
        .replace("&#x2F;", "/")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(html: &str, role: Role) -> Vec<&str> {
        attributes(html.as_bytes()).filter(|a| a.role == role).map(|a| a.value).collect()
    }

    #[test]
    fn attributes_are_found_in_tags_only_however_they_are_quoted() {
        let html = "<a class=x href=\"a.html\">href=\"no\"</a><img src='b c.png' alt=\"\"><a href = c.html>";
        assert_eq!(values(html, Role::Link), ["a.html", "b c.png", "c.html"]);
        assert_eq!(values("<p data-href=\"x\" id=\"y\" hrefs=z>", Role::Link), Vec::<&str>::new());
        assert_eq!(values("<p data-id=\"x\" id=\"y\"><img srcset='z 1x'>", Role::Place), ["y"]);
        assert_eq!(values("<p id=a><img srcset='y 1x, z 2x'>", Role::Links), ["y 1x, z 2x"]);
    }

    #[test]
    fn names_are_of_any_case() {
        assert_eq!(values("<IMG SRC=a><video Poster='b'><use XLINK:HREF=c>", Role::Link), ["a", "b", "c"]);
        let html = b"<button formaction=x>";
        assert_eq!(attributes(html).next().unwrap().name(html), b"formaction");
    }

    #[test]
    fn styles_are_found_that_may_name_an_address() {
        let html =
            "<p style='a:url(b)'><p style='a:b'><style>c{d:url(e)}</style><style>f{}</style><a href=g>";
        assert_eq!(values(html, Role::Style), ["a:url(b)", "c{d:url(e)}"]);
        assert_eq!(values(html, Role::Link), ["g"]);
        assert_eq!(values("<style>@import 'a'", Role::Style), Vec::<&str>::new());
        assert_eq!(values("<meta content='0; url=x'><meta content='a b'>", Role::Refresh), ["0; url=x"]);
    }

    #[test]
    fn comments_scripts_and_texts_hold_no_attributes() {
        for text in [
            "<!-- <a href=no> -->",
            "<script>'<a href=no>'</script>",
            "<title><a href=no></title>",
            "1 < 2 href=no",
        ] {
            assert_eq!(values(&format!("{text}<a href=yes>"), Role::Link), ["yes"], "{text}");
        }
    }

    #[test]
    fn a_greater_sign_in_quotes_does_not_end_a_tag() {
        assert_eq!(values("<img alt=\"a > b\" src=\"c.png\">", Role::Link), ["c.png"]);
        let html = b"<link href=\"x\" rel=\"icon\"><a>";
        let tag = attributes(html).next().unwrap();
        assert_eq!(tag.tag_name(html), b"link");
        assert_eq!(tag.tag_text(html), b"link href=\"x\" rel=\"icon\"");
    }

    #[test]
    fn broken_html_is_left_behind() {
        for html in [
            "<",
            "<a",
            "<a href",
            "<a href=",
            "<a href=\"",
            "<a =",
            "<a ==x",
            "<!--",
            "<script",
            "<script>",
            "</",
            "<中 a=b",
        ] {
            attributes(html.as_bytes()).count();
        }
    }

    #[test]
    fn a_page_in_another_encoding_is_read_as_far_as_it_is_plain() {
        let html = b"<p title=\xc7\xef><a href=\"\xc6\xd6\"><a href=\"b.html\">";
        assert_eq!(attributes(html).map(|a| a.value).collect::<Vec<_>>(), ["b.html"]);
    }
}
