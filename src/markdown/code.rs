//! Code blocks: highlighted as CSS classes, and the style sheet for those classes.

use std::fmt::Write as _;
use std::sync::OnceLock;

use syntect::highlighting::{Color, ThemeSet};
use syntect::html::{ClassStyle, ClassedHTMLGenerator, css_for_theme_with_class_style};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::escape::{escape_attribute, escape_text};

const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "c-" };
/// A longer block is shown as it is; it is data rather than code.
const LARGEST: usize = 64 * 1024;
/// A block with a longer line is shown as it is; highlighting one is slow.
const LONGEST_LINE: usize = 4 * 1024;

/// Returns a code block; `info` is what the writer put after the fence.
pub(super) fn block(info: &str, code: &str) -> String {
    let language = info.split([' ', '\t', ',']).next().unwrap_or("");
    let mut html = String::with_capacity(code.len() * 2 + 64);
    html.push_str("<pre class=\"code\" tabindex=\"0\"><code");
    if !language.is_empty() {
        html.push_str(" class=\"language-");
        escape_attribute(&mut html, language);
        html.push('"');
    }
    html.push('>');
    match highlighted(language, code) {
        Some(highlighted) => html.push_str(&highlighted),
        None => escape_text(&mut html, code),
    }
    html.push_str("</code></pre>");
    html
}

fn highlighted(language: &str, code: &str) -> Option<String> {
    let too_large = code.len() > LARGEST || code.lines().any(|line| line.len() > LONGEST_LINE);
    if language.is_empty() || too_large {
        return None;
    }
    let syntaxes = syntaxes();
    let syntax = syntaxes.find_syntax_by_token(language)?;
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, CLASSES);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines)
}

/// Returns the style sheet of code blocks, light or dark, for elements inside `.code`.
///
/// The colours are those of `InspiredGitHub` and Base16 Ocean, moved away from the background until each reads at 4.5 : 1
/// (WCAG 2.2, 1.4.3).
pub fn stylesheet(dark: bool) -> String {
    let themes = ThemeSet::load_defaults();
    let mut theme = themes.themes[if dark { "base16-ocean.dark" } else { "InspiredGitHub" }].clone();
    let background = theme.settings.background.unwrap_or(if dark { Color::BLACK } else { Color::WHITE });
    theme.settings.foreground = theme.settings.foreground.map(|color| readable(color, background));
    for item in &mut theme.scopes {
        item.style.background = None;
        item.style.foreground = item.style.foreground.map(|color| readable(color, background));
    }
    let css = css_for_theme_with_class_style(&theme, CLASSES).unwrap_or_default();
    scoped(&css)
}

/// Puts `.code` before every selector and every rule on a line of its own.
fn scoped(css: &str) -> String {
    let body = css.split_once("*/").map_or(css, |(_, body)| body);
    let mut out = String::new();
    for rule in body.split_inclusive('}') {
        let Some((selectors, declarations)) = rule.split_once('{') else { continue };
        let declarations: Vec<&str> = declarations.trim_end_matches('}').split_whitespace().collect();
        if declarations.is_empty() {
            continue;
        }
        let selectors: Vec<String> = selectors
            .split(',')
            .map(|selector| match selector.trim() {
                ".c-code" => ".code".to_owned(),
                selector => format!(".code {selector}"),
            })
            .collect();
        let _ = writeln!(out, "{} {{ {} }}", selectors.join(", "), declarations.join(" "));
    }
    out
}

/// Moves a colour towards black or white until it stands out from the background.
fn readable(color: Color, background: Color) -> Color {
    let target = if luminance(background) > 0.18 { 0.0 } else { 255.0 };
    let mixed = |step: u8| {
        let part = f64::from(step) / 20.0;
        let channel = |from: u8| byte(f64::from(from) * (1.0 - part) + target * part);
        Color { r: channel(color.r), g: channel(color.g), b: channel(color.b), a: 255 }
    };
    (0..=20).map(mixed).find(|&mixed| contrast(mixed, background) >= 4.5).unwrap_or_else(|| mixed(20))
}

#[expect(clippy::cast_sign_loss, reason = "a mix of two bytes is between 0 and 255")]
fn byte(value: f64) -> u8 {
    value.round() as u8
}

/// Returns the contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio".
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Returns the relative luminance of a colour, 0 to 1. Source: WCAG 2.2, "relative luminance".
fn luminance(color: Color) -> f64 {
    let channel = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_language_is_highlighted_and_an_unknown_one_escaped() {
        let rust = block("rust,ignore", "let a = 1 < 2;\n");
        assert!(
            rust.starts_with("<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\">"),
            "{rust}"
        );
        assert!(rust.contains("class=\"c-") && rust.contains("&lt;"), "{rust}");
        assert!(block("没有这种", "a < b\n").ends_with("\">a &lt; b\n</code></pre>"));
    }

    #[test]
    fn a_huge_block_is_not_highlighted() {
        let code = "let a = 1;\n".repeat(LARGEST / 11 + 1);
        assert!(!block("rust", &code).contains("c-"));
    }

    #[test]
    fn every_colour_can_be_read() {
        for dark in [false, true] {
            let css = stylesheet(dark);
            let colors: Vec<Color> = css.split('#').skip(1).map(|hex| parse(&hex[..6])).collect();
            let background = css.split("background-color: #").nth(1).map(|hex| parse(&hex[..6])).unwrap();
            assert!(colors.len() > 10, "{css}");
            for color in colors.into_iter().filter(|&color| color != background) {
                assert!(contrast(color, background) >= 4.5, "{color:?} on {background:?}");
            }
            assert!(css.lines().all(|line| line.starts_with(".code")), "{css}");
        }
    }

    fn parse(hex: &str) -> Color {
        let channel = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        Color { r: channel(0), g: channel(2), b: channel(4), a: 255 }
    }
}
