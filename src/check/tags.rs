//! The attributes of the tags of a finished page, in one pass over its text.
//!
//! Knows enough of HTML not to take text, comments, scripts and styles for tags; it judges nothing.

use memchr::{memchr, memmem};

/// One attribute of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribute<'h> {
    /// Its name, as written.
    pub(super) name: &'h str,
    /// Its value, entities as written; empty when there is none.
    pub(super) value: &'h str,
    /// Where in the page the value begins.
    pub(super) at: usize,
    /// The tag from its name on; it ends at the next `>`.
    tag: &'h str,
}

impl<'h> Attribute<'h> {
    /// Returns the name of the tag.
    pub(super) fn tag_name(&self) -> &'h str {
        &self.tag[..name_len(self.tag)]
    }

    /// Returns the text of the tag up to the first `>` behind this attribute.
    pub(super) fn tag_text(&self, html: &str) -> &'h str {
        let from = self.at + self.value.len() - (html.len() - self.tag.len());
        let end = memchr(b'>', &self.tag.as_bytes()[from..]).map_or(self.tag.len(), |end| from + end);
        &self.tag[..end]
    }
}

/// Goes through the attributes of a page in the order of its text.
pub(super) fn attributes(html: &str) -> Attributes<'_> {
    Attributes { html, at: 0, tag: None }
}

/// See [`attributes`].
pub(super) struct Attributes<'h> {
    html: &'h str,
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
            if let Some(attribute) = self.attribute(tag) {
                return Some(attribute);
            }
            self.tag = None;
            self.skip_text_of(tag);
        }
    }
}

impl<'h> Attributes<'h> {
    /// Goes to behind the name of the next opening tag; `None` at the end of the page.
    fn open(&mut self) -> Option<()> {
        let bytes = self.html.as_bytes();
        loop {
            self.at += memchr(b'<', &bytes[self.at..])? + 1;
            match bytes.get(self.at)? {
                b'!' if bytes[self.at..].starts_with(b"!--") => {
                    self.at += memmem::find(&bytes[self.at..], b"-->")?;
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

    /// Reads the next attribute of the open tag; `None` behind its end.
    fn attribute(&mut self, tag: usize) -> Option<Attribute<'h>> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        let start = self.at;
        match self.html.as_bytes().get(start)? {
            b'>' => {
                self.at += 1;
                return None;
            }
            // A name may begin with `=`; so that the tag is always left, at least one byte is taken.
            _ => self.at += 1,
        }
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/'));
        let name = self.html.get(start..self.at)?;
        self.skip(|byte| byte.is_ascii_whitespace());
        let range =
            if self.html.as_bytes().get(self.at) == Some(&b'=') { self.value() } else { self.at..self.at };
        let value = self.html.get(range.clone())?;
        Some(Attribute { name, value, at: range.start, tag: &self.html[tag..] })
    }

    /// Reads a value from its `=` on.
    fn value(&mut self) -> std::ops::Range<usize> {
        let bytes = self.html.as_bytes();
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(self.at) {
            let start = self.at + 1;
            let end = memchr(*quote, &bytes[start..]).map_or(bytes.len(), |end| start + end);
            self.at = (end + 1).min(bytes.len());
            start..end
        } else {
            let start = self.at;
            self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>');
            start..self.at
        }
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let rest = &self.html.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !is_skipped(*byte)).unwrap_or(rest.len());
    }

    /// Skips what stands in an element whose text is no HTML.
    fn skip_text_of(&mut self, tag: usize) {
        let name = &self.html[tag..tag + name_len(&self.html[tag..])];
        if !["script", "style", "title", "textarea"].iter().any(|text| name.eq_ignore_ascii_case(text)) {
            return;
        }
        let bytes = self.html.as_bytes();
        let mut at = self.at;
        while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
            at += found;
            let close = &bytes[at + 2..];
            if close.get(..name.len()).is_some_and(|close| close.eq_ignore_ascii_case(name.as_bytes())) {
                break;
            }
            at += 2;
        }
        self.at = at.max(self.at);
    }
}

/// Returns how long the name at the start of a tag is.
fn name_len(tag: &str) -> usize {
    let end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    tag.as_bytes().iter().position(end).unwrap_or(tag.len())
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

    fn values(html: &str, name: &str) -> Vec<String> {
        attributes(html).filter(|a| a.name == name).map(|a| a.value.to_owned()).collect()
    }

    #[test]
    fn attributes_are_found_in_tags_only_however_they_are_quoted() {
        let html = "<a class=x href=\"a.html\">href=\"no\"</a><img src='b c.png' alt=\"\"><a href = c.html>";
        assert_eq!(values(html, "href"), ["a.html", "c.html"]);
        assert_eq!(values(html, "src"), ["b c.png"]);
        assert_eq!(values("<p data-href=\"x\" id=\"y\">", "href"), Vec::<String>::new());
    }

    #[test]
    fn comments_scripts_and_texts_hold_no_attributes() {
        for text in [
            "<!-- <a href=no> -->",
            "<script>'<a href=no>'</script>",
            "<title><a href=no></title>",
            "1 < 2 href=no",
        ] {
            assert_eq!(values(&format!("{text}<a href=yes>"), "href"), ["yes"], "{text}");
        }
    }

    #[test]
    fn a_greater_sign_in_quotes_does_not_end_a_tag() {
        assert_eq!(values("<img alt=\"a > b\" src=\"c.png\">", "src"), ["c.png"]);
        let tag = attributes("<link href=\"x\" rel=\"icon\"><a>").next().unwrap();
        assert_eq!(
            (tag.tag_name(), tag.tag_text("<link href=\"x\" rel=\"icon\"><a>")),
            ("link", "link href=\"x\" rel=\"icon\"")
        );
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
            attributes(html).count();
        }
    }
}
