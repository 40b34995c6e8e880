//! What every picture is written with: numbers, escaped text, the head of an `<svg>`, the width of words.
//!
//! Widths of words are estimates on the wide side, as no font is at hand: what fits by them fits in a browser.

use std::borrow::Cow;
use std::fmt::{self, Display, Write as _};

use unicode_width::UnicodeWidthChar as _;

/// A number in a picture: one decimal at most.
pub(super) struct Num(pub(super) f64);

impl Display for Num {
    /// Writes the digits by hand: a page holds hundreds of numbers, and this is most of what drawing costs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() as i64;
        let (rest, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let mut buffer = [0; 24];
        let mut at = buffer.len();
        let mut push = |byte: u8| {
            at -= 1;
            buffer[at] = byte;
        };
        if tenth > 0 {
            push(b'0' + tenth as u8);
            push(b'.');
        }
        let mut left = rest;
        loop {
            push(b'0' + (left % 10) as u8);
            left /= 10;
            if left == 0 {
                break;
            }
        }
        if tenths < 0 {
            push(b'-');
        }
        f.write_str(std::str::from_utf8(&buffer[at..]).unwrap_or_default())
    }
}

/// Appends a whole number.
pub(super) fn push_number(out: &mut String, number: usize) {
    if number > 9 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// A text in a picture, safe between tags and in double-quoted attributes.
pub(super) struct Esc<'a>(pub(super) &'a str);

impl Display for Esc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(|c: char| matches!(c, '<' | '>' | '&' | '"') || is_forbidden(c)) {
            f.write_str(&rest[..at])?;
            let mut chars = rest[at..].chars();
            match chars.next() {
                Some('<') => f.write_str("&lt;")?,
                Some('>') => f.write_str("&gt;")?,
                Some('&') => f.write_str("&amp;")?,
                Some('"') => f.write_str("&quot;")?,
                _ => {}
            }
            rest = chars.as_str();
        }
        f.write_str(rest)
    }
}

/// Returns whether XML has no place for a character.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// The words of a picture that carries facts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Caption<'a> {
    /// Its name.
    pub(super) title: &'a str,
    /// What it shows, in words.
    pub(super) text: &'a str,
}

/// Writes the head of a picture; its name and what it shows become its label.
pub(super) fn open(out: &mut String, class: &str, (width, height): (f64, f64), caption: Caption<'_>) {
    let (width, height) = (Num(width), Num(height));
    put(
        out,
        format_args!(
            "<svg class=\"v {class}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
             fill=\"currentColor\" role=\"img\" aria-label=\"{} — {}\">",
            Esc(caption.title),
            Esc(caption.text)
        ),
    );
}

/// Appends formatted text; writing to a string cannot fail.
pub(super) fn put(out: &mut String, text: fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes any text");
}

/// Returns about how wide a text is, in pixels.
pub(super) fn width_of(text: &str, size: f64) -> f64 {
    text.chars().map(|c| width_of_char(c) * size).sum()
}

fn width_of_char(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '\'' | '|' | ' ' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.98,
        'A'..='Z' => 0.74,
        '\0'..='\u{7e}' => 0.62,
        _ => match c.width() {
            Some(0) => 0.0,
            // Marks such as “ and … are narrow by the tables and full-width in Chinese fonts.
            _ => 1.0,
        },
    }
}

/// Cuts a text that is wider than `most` and ends it with `…`.
pub(super) fn shorten(text: &str, size: f64, most: f64) -> Cow<'_, str> {
    if width_of(text, size) <= most {
        return Cow::Borrowed(text);
    }
    let mut left = most - size;
    let end = text.char_indices().find(|(_, c)| {
        left -= width_of_char(*c) * size;
        left < 0.0
    });
    let kept = text[..end.map_or(text.len(), |(at, _)| at)].trim_end();
    Cow::Owned(format!("{kept}…"))
}

#[cfg(test)]
pub(in crate::visual) mod tests {
    use super::*;

    /// Parses a picture and returns its view box; every number it draws with must be finite.
    pub(in crate::visual) fn parsed(svg: &str) -> (f64, f64) {
        let document = roxmltree::Document::parse(svg).unwrap_or_else(|problem| panic!("{problem}: {svg}"));
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        let view_box: Vec<f64> = document
            .root_element()
            .attribute("viewBox")
            .unwrap()
            .split(' ')
            .map(|n| n.parse().unwrap())
            .collect();
        let (width, height) = (view_box[2], view_box[3]);
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let number = |name: &str| node.attribute(name).and_then(|value| value.parse::<f64>().ok());
            for (name, most) in
                [("x", width), ("x1", width), ("x2", width), ("y", height), ("y1", height), ("y2", height)]
            {
                let value = number(name).unwrap_or(0.0);
                assert!(
                    (-0.1..=most + 0.1).contains(&value),
                    "{name}={value} is outside {width}x{height}: {svg}"
                );
            }
            let right = number("x").unwrap_or(0.0) + number("width").unwrap_or(0.0);
            let bottom = number("y").unwrap_or(0.0) + number("height").unwrap_or(0.0);
            if node.tag_name().name() == "rect" {
                assert!(right <= width + 0.2 && bottom <= height + 0.2, "a bar leaves the picture: {svg}");
                assert!(number("width").unwrap() >= 0.0 && number("height").unwrap() >= 0.0, "{svg}");
            }
        }
        (width, height)
    }

    #[test]
    fn numbers_have_one_decimal_at_most() {
        let shown: Vec<String> =
            [0.0, -0.04, 1.0, 1.25, -2.5, 9.96, 320.0, f64::MAX].map(|n| Num(n).to_string()).into();
        assert_eq!(shown, ["0", "0", "1", "1.3", "-2.5", "10", "320", "922337203685477580.7"]);
    }

    #[test]
    fn text_is_escaped_and_control_characters_are_dropped() {
        assert_eq!(Esc("a<b>&\"c\u{7}").to_string(), "a&lt;b&gt;&amp;&quot;c");
    }

    #[test]
    fn a_long_text_is_cut_to_what_fits() {
        assert_eq!(shorten("老年居民", 10.0, 40.0), "老年居民");
        assert_eq!(shorten("老年居民走访", 10.0, 40.0), "老年居…");
        assert!(width_of(&shorten("A long English title", 12.0, 60.0), 12.0) <= 60.0);
    }
}
