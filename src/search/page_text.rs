//! What a page says in its `<main>`: its blocks, each on one line, in one pass over the finished page.
//!
//! The page is the renderer's own and still in memory; reading its text here, and not from the views behind it, makes the
//! index say what the page says, whatever the theme shows, hides or adds. Inside a block the text runs on across bold, links
//! and the like; from block to block it does not.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// How much a text counts for the order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Running text.
    Body,
    /// A heading.
    Heading,
    /// The title of the page, or a name it is about.
    Title,
}

/// Returns whether an element does not end a line of text.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "rb"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tspan"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Returns whether the content of an element is no text.
fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript")
}

/// Gives each block of a page's text in UTF-16; nothing of a page without `<main>`.
pub(super) fn blocks(html: &str, mut each: impl FnMut(&[u16], Weight)) {
    let Some(start) = memmem::find(html.as_bytes(), b"<main") else { return };
    let end = memmem::rfind(html.as_bytes(), b"</main").filter(|end| *end > start).unwrap_or(html.len());
    let mut reader = Reader { text: Vec::new(), weight: Weight::Body, space: false };
    let mut rest = &html[start..end];
    while !rest.is_empty() {
        let at = memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
        reader.push(&rest[..at]);
        rest = &rest[at..];
        match rest.as_bytes().first() {
            Some(b'<') => rest = reader.tag(rest, &mut each),
            Some(_) => rest = reader.entity(rest),
            None => {}
        }
    }
    reader.end(&mut each);
}

/// The block being read.
struct Reader {
    text: Vec<u16>,
    weight: Weight,
    /// Whether white space was read behind the text.
    space: bool,
}

impl Reader {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            self.character(c);
        }
    }

    fn character(&mut self, c: char) {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' | '\u{3000}' | '\u{2028}' | '\u{2029}' => {
                self.space = true;
            }
            // Characters nobody sees or types, and those the index keeps for itself.
            '\u{0}'..='\u{1f}'
            | '\u{7f}'
            | '\u{ad}'
            | '\u{200b}'
            | '\u{2060}'
            | '\u{feff}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fffe}'
            | '\u{ffff}' => {}
            c => {
                if std::mem::take(&mut self.space) && !self.text.is_empty() {
                    self.text.push(u16::from(b' '));
                }
                self.text.extend_from_slice(c.encode_utf16(&mut [0; 2]));
            }
        }
    }

    /// Reads a tag, a comment or a lone `<`; returns what comes behind it.
    fn tag<'h>(&mut self, html: &'h str, each: &mut impl FnMut(&[u16], Weight)) -> &'h str {
        if html.starts_with("<!--") {
            return memmem::find(html.as_bytes(), b"-->").map_or("", |end| &html[end + 3..]);
        }
        let closing = html[1..].starts_with('/');
        let name_at = 1 + usize::from(closing);
        let len = html[name_at..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        if len == 0 {
            self.character('<');
            return &html[1..];
        }
        let written = &html[name_at..name_at + len];
        let is_plain = !written.bytes().any(|byte| byte.is_ascii_uppercase());
        let name = if is_plain { Cow::Borrowed(written) } else { Cow::Owned(written.to_ascii_lowercase()) };
        let rest = behind_tag(html);
        if is_silent(&name) && !closing {
            return behind_element(rest, &name);
        }
        if !is_inline(&name) {
            self.end(each);
            self.weight = match (&*name, closing) {
                ("h1", false) => Weight::Title,
                ("h2" | "h3" | "h4", false) => Weight::Heading,
                ("h1" | "h2" | "h3" | "h4", true) => Weight::Body,
                _ => self.weight,
            };
        }
        rest
    }

    /// Reads a character reference; returns what comes behind it.
    fn entity<'h>(&mut self, html: &'h str) -> &'h str {
        let end = memchr(b';', &html.as_bytes()[..html.len().min(12)]);
        let Some((c, end)) = end.and_then(|end| Some((referenced(&html[1..end])?, end))) else {
            self.character('&');
            return &html[1..];
        };
        self.character(c);
        &html[end + 1..]
    }

    /// Ends the block.
    fn end(&mut self, each: &mut impl FnMut(&[u16], Weight)) {
        if !self.text.is_empty() {
            each(&self.text, self.weight);
            self.text.clear();
        }
        self.space = false;
    }
}

/// Returns what a character reference stands for.
fn referenced(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

/// Returns what comes behind the tag a text begins with; a `>` inside quotes does not end it.
fn behind_tag(html: &str) -> &str {
    let bytes = html.as_bytes();
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return &html[at + 1..],
            b'"' | b'\'' => at += memchr(byte, &bytes[at + 1..]).map_or(bytes.len(), |end| end + 2),
            _ => at += 1,
        }
    }
    ""
}

/// Returns what comes behind the end of an element that holds no text.
fn behind_element<'h>(html: &'h str, name: &str) -> &'h str {
    let bytes = html.as_bytes();
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..], b"</") {
        at += found;
        let there = html.get(at + 2..at + 2 + name.len());
        if there.is_some_and(|there| there.eq_ignore_ascii_case(name)) {
            return behind_tag(&html[at..]);
        }
        at += 2;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        blocks(html, |text, _| found.push(String::from_utf16(text).unwrap()));
        found
    }

    #[test]
    fn text_runs_on_inside_a_block_and_not_from_block_to_block() {
        let html = "<p>前</p><main><h1>秋<b>浦</b></h1>\n<p>一 \n <a href=\"x>y\">二</a>三</p><td>甲</td><td>乙</td></main><p>后</p>";
        assert_eq!(read(html), ["秋浦", "一 二三", "甲", "乙"]);
    }

    #[test]
    fn references_become_characters_and_scripts_say_nothing() {
        let html = "<main>a&lt;b&gt;&amp;&quot;&#39;&#x2F;&nbsp;c &bogus; &<script>if (a</b) x</script><style>p{}</style><!-- no <p> -->d</main>";
        assert_eq!(read(html), ["a<b>&\"'/ c &bogus; &d"]);
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(read("<main>秋\u{200b}浦\u{ad}\u{feff}\u{fdd0}社\u{3000}区</main>"), ["秋浦社 区"]);
        assert!(read("<p>no main</p>").is_empty());
    }

    #[test]
    fn titles_and_headings_count_more() {
        let mut found = Vec::new();
        blocks("<main><h1>一</h1>二<h2>三</h2><p>四</p></main>", |_, weight| found.push(weight));
        assert_eq!(found, [Weight::Title, Weight::Body, Weight::Heading, Weight::Body]);
    }
}
