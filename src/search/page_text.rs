//! What a page says in its `<main>`: its blocks, each on one line, in one pass over the finished page.
//!
//! The page is the renderer's own and still in memory; reading its text here, and not from the views behind it, makes the
//! index say what the page says, whatever the theme shows, hides or adds. Inside a block the text runs on across bold, links
//! and the like; from block to block it does not.

use std::borrow::Cow;
use std::ops::Range;

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

/// What a page says.
pub(super) struct PageText {
    /// Its blocks as they are shown, each on a line that begins with `\n`.
    pub(super) shown: Vec<u16>,
    /// Where the text of each block stands, and what it is.
    pub(super) blocks: Vec<(Range<usize>, Weight)>,
}

/// Returns whether an element does not end a line of text.
fn is_inline(name: &[u8]) -> bool {
    matches!(
        name,
        b"a" | b"abbr"
            | b"b"
            | b"bdi"
            | b"bdo"
            | b"button"
            | b"cite"
            | b"code"
            | b"data"
            | b"del"
            | b"dfn"
            | b"em"
            | b"font"
            | b"i"
            | b"ins"
            | b"kbd"
            | b"label"
            | b"mark"
            | b"q"
            | b"rb"
            | b"rp"
            | b"rt"
            | b"ruby"
            | b"s"
            | b"samp"
            | b"small"
            | b"span"
            | b"strong"
            | b"sub"
            | b"sup"
            | b"time"
            | b"tspan"
            | b"tt"
            | b"u"
            | b"var"
            | b"wbr"
    )
}

/// Returns whether the content of an element is no text of the page: what is not shown, and ways to other pages.
fn is_silent(name: &[u8]) -> bool {
    matches!(name, b"script" | b"style" | b"template" | b"noscript" | b"nav")
}

/// Reads the text of a page; nothing of a page without `<main>`.
pub(super) fn read(html: &[u8]) -> PageText {
    let start = memmem::find(html, b"<main").unwrap_or(html.len());
    let end = memmem::rfind(html, b"</main").filter(|end| *end > start).unwrap_or(html.len());
    let shown = Vec::with_capacity((end - start) / 8);
    let mut reader = Reader { shown, start: 0, blocks: Vec::new(), weight: Weight::Body, space: false };
    let mut rest = &html[start..end];
    while !rest.is_empty() {
        let at = memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        reader.push(&rest[..at]);
        rest = &rest[at..];
        match rest.first() {
            Some(b'<') => rest = reader.tag(rest),
            Some(_) => rest = reader.entity(rest),
            None => {}
        }
    }
    reader.end();
    PageText { shown: reader.shown, blocks: reader.blocks }
}

/// The block being read.
struct Reader {
    shown: Vec<u16>,
    /// Where the line of the block begins.
    start: usize,
    blocks: Vec<(Range<usize>, Weight)>,
    weight: Weight,
    /// Whether white space was read behind the text.
    space: bool,
}

impl Reader {
    /// Reads UTF-8 without markup.
    fn push(&mut self, text: &[u8]) {
        let mut rest = text;
        while let Some(first) = rest.first() {
            let (code, len) = decode(*first, rest);
            self.character(code);
            rest = rest.get(len..).unwrap_or_default();
            if self.shown.len() > self.start && !self.space {
                rest = self.plain(rest);
            }
        }
    }

    /// Reads characters of Chinese scripts, which need no thought inside a text, as far as they go.
    fn plain<'t>(&mut self, text: &'t [u8]) -> &'t [u8] {
        let mut rest = text;
        while let Some(([first @ 0xe4..=0xec, second, third], behind)) = rest.split_first_chunk() {
            let low = u16::from(second & 0x3f) << 6 | u16::from(third & 0x3f);
            self.shown.push(u16::from(first & 0x0f) << 12 | low);
            rest = behind;
        }
        rest
    }

    fn character(&mut self, code: u32) {
        match code {
            0x09..=0x0d
            | 0x20
            | 0xa0
            | 0x1680
            | 0x2000..=0x200a
            | 0x2028
            | 0x2029
            | 0x202f
            | 0x205f
            | 0x3000 => {
                self.space = true;
            }
            // Characters nobody sees or types, and those the index keeps for itself.
            0..=0x1f
            | 0x7f
            | 0xad
            | 0x200b
            | 0x200e
            | 0x200f
            | 0x202a..=0x202e
            | 0x2060..=0x206f
            | 0xfdd0..=0xfdef
            | 0xfe0e
            | 0xfe0f
            | 0xfeff
            | 0xfffe
            | 0xffff => {}
            code => {
                if self.shown.len() == self.start {
                    self.shown.push(u16::from(b'\n'));
                } else if self.space {
                    self.shown.push(u16::from(b' '));
                }
                self.space = false;
                match code.checked_sub(0x1_0000) {
                    None => self.shown.push(code as u16),
                    Some(high) => {
                        self.shown.extend([0xd800 + (high >> 10) as u16, 0xdc00 + (high & 0x3ff) as u16]);
                    }
                }
            }
        }
    }

    /// Reads a tag, a comment or a lone `<`; returns what comes behind it.
    fn tag<'h>(&mut self, html: &'h [u8]) -> &'h [u8] {
        if html.starts_with(b"<!--") {
            return memmem::find(html, b"-->").map_or(&[], |end| &html[end + 3..]);
        }
        let closing = html.get(1) == Some(&b'/');
        let name_at = 1 + usize::from(closing);
        let len = html[name_at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if len == 0 {
            self.character(u32::from(b'<'));
            return &html[1..];
        }
        let written = &html[name_at..name_at + len];
        let is_plain = !written.iter().any(u8::is_ascii_uppercase);
        let name = if is_plain { Cow::Borrowed(written) } else { Cow::Owned(written.to_ascii_lowercase()) };
        let rest = behind_tag(html);
        if is_silent(&name) && !closing {
            return behind_element(rest, &name);
        }
        if !is_inline(&name) {
            self.end();
            self.weight = match (&*name, closing) {
                (b"h1", false) => Weight::Title,
                (b"h2" | b"h3" | b"h4", false) => Weight::Heading,
                (b"h1" | b"h2" | b"h3" | b"h4", true) => Weight::Body,
                _ => self.weight,
            };
        }
        rest
    }

    /// Reads a character reference; returns what comes behind it.
    fn entity<'h>(&mut self, html: &'h [u8]) -> &'h [u8] {
        let end = memchr(b';', &html[..html.len().min(12)]);
        let Some((c, end)) = end.and_then(|end| Some((referenced(&html[1..end])?, end))) else {
            self.character(u32::from(b'&'));
            return &html[1..];
        };
        self.character(u32::from(c));
        &html[end + 1..]
    }

    /// Ends the block.
    fn end(&mut self) {
        if self.shown.len() > self.start {
            self.blocks.push((self.start + 1..self.shown.len(), self.weight));
            self.start = self.shown.len();
        }
        self.space = false;
    }
}

/// Returns the character a text in UTF-8 begins with, and its length in bytes; U+0000 for what is none.
fn decode(first: u8, text: &[u8]) -> (u32, usize) {
    let low = |at: usize| text.get(at).map_or(0, |byte| u32::from(byte & 0x3f));
    let first = u32::from(first);
    match first {
        0..0x80 => (first, 1),
        0xc0..0xe0 => ((first & 0x1f) << 6 | low(1), 2),
        0xe0..0xf0 => ((first & 0x0f) << 12 | low(1) << 6 | low(2), 3),
        0xf0..0xf8 => ((first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
        _ => (0, 1),
    }
}

/// Returns what a character reference stands for.
fn referenced(name: &[u8]) -> Option<char> {
    if let Some(number) = name.strip_prefix(b"#") {
        let (digits, radix) = match number.strip_prefix(b"x").or(number.strip_prefix(b"X")) {
            Some(hex) => (hex, 16),
            None => (number, 10),
        };
        return char::from_u32(u32::from_str_radix(std::str::from_utf8(digits).ok()?, radix).ok()?);
    }
    Some(match name {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        b"nbsp" => '\u{a0}',
        _ => return None,
    })
}

/// Returns what comes behind the tag a text begins with; a `>` inside quotes does not end it.
fn behind_tag(html: &[u8]) -> &[u8] {
    let mut at = 1;
    while let Some(&byte) = html.get(at) {
        match byte {
            b'>' => return &html[at + 1..],
            b'"' | b'\'' => at += memchr(byte, &html[at + 1..]).map_or(html.len(), |end| end + 2),
            _ => at += 1,
        }
    }
    &[]
}

/// Returns what comes behind the end of an element that holds no text.
fn behind_element<'h>(html: &'h [u8], name: &[u8]) -> &'h [u8] {
    let mut at = 0;
    while let Some(found) = memmem::find(&html[at..], b"</") {
        at += found;
        let there = html.get(at + 2..at + 2 + name.len());
        if there.is_some_and(|there| there.eq_ignore_ascii_case(name)) {
            return behind_tag(&html[at..]);
        }
        at += 2;
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(html: &str) -> Vec<String> {
        let page = read(html.as_bytes());
        let lines: Vec<u16> =
            page.blocks.iter().flat_map(|(text, _)| &page.shown[text.start - 1..text.end]).copied().collect();
        assert_eq!(lines, page.shown, "the lines are the blocks");
        page.blocks.iter().map(|(text, _)| String::from_utf16(&page.shown[text.clone()]).unwrap()).collect()
    }

    #[test]
    fn text_runs_on_inside_a_block_and_not_from_block_to_block() {
        let html = "<p>前</p><main><h1>秋<b>浦</b></h1>\n<p>一 \n <a href=\"x>y\">二</a>三</p><td>甲</td><td>乙</td></main><p>后</p>";
        assert_eq!(blocks(html), ["秋浦", "一 二三", "甲", "乙"]);
    }

    #[test]
    fn references_become_characters_and_scripts_say_nothing() {
        let html = "<main>a&lt;b&gt;&amp;&quot;&#39;&#x2F;&nbsp;c &bogus; &<script>if (a</b) x</script><style>p{}</style><!-- no <p> -->d</main>";
        assert_eq!(blocks(html), ["a<b>&\"'/ c &bogus; &d"]);
    }

    #[test]
    fn ways_to_other_pages_are_not_what_a_page_says() {
        let html = "<main><nav><a>首页</a></nav><p>秋浦</p><section><nav><h2>相近</h2><ul><li>东流</li></ul></nav></section>正文</main>";
        assert_eq!(blocks(html), ["秋浦", "正文"]);
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(blocks("<main>秋\u{200b}浦\u{ad}\u{feff}\u{fdd0}社\u{3000}区</main>"), ["秋浦社 区"]);
        assert!(blocks("<p>no main</p>").is_empty());
    }

    #[test]
    fn titles_and_headings_count_more() {
        let page = read("<main><h1>一</h1>二<h2>三</h2><p>四</p></main>".as_bytes());
        let found: Vec<Weight> = page.blocks.iter().map(|(_, weight)| *weight).collect();
        assert_eq!(found, [Weight::Title, Weight::Body, Weight::Heading, Weight::Body]);
    }
}
