//! The attributes of a finished page that name places and lead to them, in one pass over its bytes.
//!
//! Knows enough of HTML not to take text, comments, scripts and styles for tags; it judges nothing. Every byte of every
//! page passes here, so other attributes are only stepped over.

use std::ops::Range;

use memchr::{memchr, memmem};

/// One attribute of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribute<'h> {
    /// What it is for.
    pub(super) role: Role,
    /// Its value, entities as written; empty when there is none.
    pub(super) value: &'h str,
    /// Where in the page the value begins.
    pub(super) at: usize,
    /// Where in the page the name of its tag begins.
    tag: usize,
}

/// What an attribute is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It names a place of the page: `id`.
    Place,
    /// It leads somewhere: `href`, `src`.
    Link,
    /// It leads to several files: `srcset`.
    Links,
}

impl Role {
    fn of(name: &[u8]) -> Option<Self> {
        match name {
            b"id" => Some(Self::Place),
            b"href" | b"src" => Some(Self::Link),
            b"srcset" => Some(Self::Links),
            _ => None,
        }
    }
}

impl Attribute<'_> {
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
            if let Some((role, range)) = self.attribute() {
                // What is no UTF-8 is no address either.
                let Ok(value) = std::str::from_utf8(&self.html[range.clone()]) else { continue };
                return Some(Attribute { role, value, at: range.start, tag });
            }
            self.tag = None;
            self.skip_text_of(tag);
        }
    }
}

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
    fn attribute(&mut self) -> Option<(Role, Range<usize>)> {
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
                return Some((role, value));
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

    /// Skips what stands in an element whose text is no HTML.
    fn skip_text_of(&mut self, tag: usize) {
        let name = &self.html[tag..tag + name_len(&self.html[tag..])];
        let texts: [&[u8]; 4] = [b"script", b"style", b"title", b"textarea"];
        if !texts.iter().any(|text| name.eq_ignore_ascii_case(text)) {
            return;
        }
        let mut at = self.at;
        while let Some(found) = self.html.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
            at += found;
            let close = &self.html[at + 2..];
            if close.get(..name.len()).is_some_and(|close| close.eq_ignore_ascii_case(name)) {
                break;
            }
            at += 2;
        }
        self.at = at.max(self.at);
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
