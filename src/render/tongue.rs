//! Says which words of a page are Chinese, where the page itself is in another language.
//!
//! A value that has no translation is shown as it was written, on whatever page and by whatever theme; a voice that reads
//! the page, a hyphenator and a font have to know. The script of a word tells its language well enough here: content is in
//! the site's main language, and that is Chinese. Done on the finished page, so that no template can forget it.

/// Elements without content.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];
/// Elements that may hold text alone.
const PLAIN: [&str; 3] = ["option", "title", "textarea"];

/// Returns whether pages in a language may need it, on a site with this main language.
pub(super) fn is_needed(main: &str, language: &str) -> bool {
    let is = |tag: &str, base: &str| tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(base));
    is(main, "zh") && !["zh", "ja", "ko"].iter().any(|base| is(language, base))
}

/// Puts `lang` on the Chinese words of a page.
pub(super) fn mark(page: &mut Vec<u8>, language: &str) {
    let Ok(html) = std::str::from_utf8(page) else { return };
    let mut marker = Marker { out: String::with_capacity(html.len() + 4096), open: Vec::new(), language };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        marker.text(text, tag);
        rest = marker.tag(tag);
    }
    marker.out.push_str(rest);
    *page = marker.out.into_bytes();
}

/// An element that is not closed yet.
struct Open<'h> {
    name: &'h str,
    /// Where its content begins.
    content: usize,
    /// Whether it says its language itself, or has other words than its text.
    says: bool,
    /// Whether what stands in it is known to be Chinese.
    is_chinese: bool,
}

struct Marker<'h, 'l> {
    out: String,
    open: Vec<Open<'h>>,
    language: &'l str,
}

impl<'h> Marker<'h, '_> {
    /// Takes a tag, a comment, or an element whose content is no markup but for its end; returns what comes behind it.
    fn tag(&mut self, html: &'h str) -> &'h str {
        if html.starts_with("<!--") {
            return self.copy(html, html.find("-->").map_or(html.len(), |end| end + 3));
        }
        let is_end = html[1..].starts_with('/');
        let from = 1 + usize::from(is_end);
        let name = &html[from..];
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        let end = behind_tag(html);
        if name.is_empty() {
            return self.copy(html, if html.starts_with("<!") { end } else { 1 });
        }
        if is_end {
            if let Some(at) = self.open.iter().rposition(|open| open.name == name) {
                self.open.truncate(at);
            }
            return self.copy(html, end);
        }
        let tag = &html[..end];
        let own = value_of(tag, " lang=\"");
        let is_chinese = own.map_or_else(|| self.is_chinese(), |own| own.starts_with("zh"));
        let rest = self.copy(html, end);
        if VOID.contains(&name) || tag.ends_with("/>") {
            if own.is_none() && !is_chinese && value_of(tag, " alt=\"").is_some_and(is_all_chinese) {
                self.say_on_last_tag();
            }
            return rest;
        }
        // A heading in an attribute is shown in front of the text and is of the page's language.
        let says = own.is_some() || value_of(tag, " data-label=\"").is_some();
        self.open.push(Open { name, content: self.out.len(), says, is_chinese });
        if !RAW.contains(&name) {
            return rest;
        }
        let close = rest.match_indices("</").map(|(at, _)| at);
        let is_own = |at: &usize| rest[at + 2..].starts_with(name);
        let close = close.into_iter().find(is_own).unwrap_or(rest.len());
        if PLAIN.contains(&name) {
            self.text(&rest[..close], &rest[close..]);
        } else {
            self.out.push_str(&rest[..close]);
        }
        &rest[close..]
    }

    /// Takes text and looks at the tag behind it.
    fn text(&mut self, text: &str, behind: &str) {
        if self.is_chinese() || !text.contains(is_han) {
            return self.out.push_str(text);
        }
        let Some(parent) = self.open.last() else { return self.out.push_str(text) };
        let closes = behind.strip_prefix("</").is_some_and(|tag| tag.starts_with(parent.name));
        let is_only = closes && parent.content == self.out.len() && !parent.says;
        if is_only && is_all_chinese(text) {
            self.say_on_last_tag();
            self.out.push_str(text);
        } else if PLAIN.contains(&parent.name) {
            self.out.push_str(text);
        } else {
            let name = if matches!(parent.name, "text" | "tspan") { "tspan" } else { "span" };
            self.spans(name, text);
        }
    }

    /// Writes text with its Chinese parts in elements of their own.
    fn spans(&mut self, name: &str, text: &str) {
        let mut done = 0;
        for (start, end) in chinese_parts(text) {
            self.out.push_str(&text[done..start]);
            let (language, part) = (self.language, &text[start..end]);
            self.out.extend(["<", name, " lang=\"", language, "\">", part, "</", name, ">"]);
            done = end;
        }
        self.out.push_str(&text[done..]);
    }

    fn is_chinese(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_chinese)
    }

    /// Gives `lang` to the tag that was written last.
    fn say_on_last_tag(&mut self) {
        let close = if self.out.ends_with("/>") { "/>" } else { ">" };
        self.out.truncate(self.out.len() - close.len());
        self.out.extend([" lang=\"", self.language, "\"", close]);
    }

    fn copy(&mut self, html: &'h str, len: usize) -> &'h str {
        self.out.push_str(&html[..len]);
        &html[len..]
    }
}

/// Returns where the tag a text begins with ends; a `>` inside quotes does not end it.
fn behind_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    html.len()
}

fn value_of<'t>(tag: &'t str, attribute: &str) -> Option<&'t str> {
    let value = &tag[tag.find(attribute)? + attribute.len()..];
    value.split('"').next()
}

/// Returns whether a text has Chinese characters and no words of another script.
fn is_all_chinese(text: &str) -> bool {
    text.contains(is_han) && units(text).all(|(at, unit)| !is_foreign(text, at, unit))
}

/// Finds the parts of a text from a Chinese character to the last before a foreign word, with the punctuation that is theirs.
fn chinese_parts(text: &str) -> Vec<(usize, usize)> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    let mut current: Option<(usize, usize, bool)> = None;
    let mut end = |part: Option<(usize, usize, bool)>| {
        parts.extend(part.filter(|(.., has_han)| *has_han).map(|(start, end, _)| (start, end)));
    };
    for (at, unit) in units(text) {
        let first = unit.chars().next().unwrap_or(' ');
        if is_foreign(text, at, unit) {
            end(current.take());
        } else if is_han(first) || is_wide_mark(first) {
            let (start, _, had) = current.unwrap_or((at, at, false));
            current = Some((start, at + unit.len(), had || is_han(first)));
        }
    }
    end(current);
    parts
}

/// Goes through a text by characters, a character reference as one.
fn units(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let reference = rest.find(';').filter(|end| first == '&' && *end < 10);
        let len = reference.map_or(first.len_utf8(), |end| end + 1);
        at += len;
        Some((at - len, &rest[..len]))
    })
}

/// Returns whether a character belongs to a word of another script; one letter alone beside a Chinese character does not.
fn is_foreign(text: &str, at: usize, unit: &str) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && !is_han(c);
    let mut chars = unit.chars();
    if !chars.next().is_some_and(is_letter) {
        return false;
    }
    let beside = [text[..at].chars().next_back(), text[at + unit.len()..].chars().next()];
    beside.iter().flatten().any(|c| is_letter(*c)) || !beside.iter().flatten().any(|c| is_han(*c))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

/// Returns whether a mark belongs to Chinese text: its own comma, brackets, quotation marks of any kind.
fn is_wide_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff01}'..='\u{ff5e}' | '“' | '”' | '‘' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str) -> String {
        let mut bytes = html.as_bytes().to_vec();
        mark(&mut bytes, "zh-CN");
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn an_element_that_is_all_chinese_says_so_itself() {
        assert_eq!(
            marked("<html lang=\"en\"><h3><a href=\"a>b\">秋浦 2024</a></h3>"),
            "<html lang=\"en\"><h3><a href=\"a>b\" lang=\"zh-CN\">秋浦 2024</a></h3>"
        );
        assert_eq!(
            marked("<title>秋浦</title><option>秋</option>"),
            "<title lang=\"zh-CN\">秋浦</title><option lang=\"zh-CN\">秋</option>"
        );
        assert_eq!(
            marked("<svg><text x=\"1\">秋浦</text><path/></svg>"),
            "<svg><text x=\"1\" lang=\"zh-CN\">秋浦</text><path/></svg>"
        );
        assert_eq!(marked("<img src=\"a\" alt=\"秋浦\">"), "<img src=\"a\" alt=\"秋浦\" lang=\"zh-CN\">");
    }

    #[test]
    fn chinese_words_in_other_text_stand_in_elements_of_their_own() {
        assert_eq!(
            marked("<p>Phone: 0566（示例） &amp; more</p>"),
            "<p>Phone: 0566<span lang=\"zh-CN\">（示例）</span> &amp; more</p>"
        );
        assert_eq!(
            marked("<li>秋浦 &amp; 东流 <b>b</b></li>"),
            "<li><span lang=\"zh-CN\">秋浦 &amp; 东流</span> <b>b</b></li>"
        );
        assert_eq!(
            marked("<td data-label=\"Name\">三缘e站</td>"),
            "<td data-label=\"Name\"><span lang=\"zh-CN\">三缘e站</span></td>"
        );
        assert_eq!(
            marked("<p>by 王 and 李。</p>"),
            "<p>by <span lang=\"zh-CN\">王</span> and <span lang=\"zh-CN\">李。</span></p>"
        );
    }

    #[test]
    fn words_in_a_picture_stand_in_elements_of_pictures() {
        assert_eq!(
            marked("<svg><text>5 July 开门</text></svg>"),
            "<svg><text>5 July <tspan lang=\"zh-CN\">开门</tspan></text></svg>"
        );
    }

    #[test]
    fn what_is_known_to_be_chinese_and_what_is_no_text_stays() {
        for html in [
            "<div lang=\"zh-CN\"><p>秋 a <b>浦</b></p><img alt=\"秋\"></div><p>a</p>",
            "<script>\"<p>秋</p>\"</script><style>/*秋*/</style><!-- 秋 --><!DOCTYPE 秋>",
            "<title>Brands_秋浦</title>",
            "<p>“quoted”, （1）</p><p>a < b</p>",
            "",
        ] {
            assert_eq!(marked(html), html);
        }
        assert_eq!(marked("<i lang=\"zh\">秋</i><i>浦</i>"), "<i lang=\"zh\">秋</i><i lang=\"zh-CN\">浦</i>");
    }

    #[test]
    fn only_pages_in_another_script_need_it() {
        assert!(is_needed("zh-CN", "en") && is_needed("zh", "fr"));
        assert!(!is_needed("zh-CN", "zh-TW") && !is_needed("zh-CN", "ja") && !is_needed("en", "fr"));
    }
}
