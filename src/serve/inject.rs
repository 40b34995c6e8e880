//! The one thing the preview adds to a page: a script tag, at the end of its body.

use super::route::{OWN, encoded};
use crate::diagnostic::Lang;
use crate::markdown::escape_attribute;

/// Where the script goes in a page: before its last `</body>`, or at its end.
pub(super) fn place(html: &[u8]) -> usize {
    memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len())
}

/// Writes the tag; `page` is the address asked for, `mark` stands for what was answered.
pub(super) fn tag(base: &str, page: &str, mark: &str, lang: Lang) -> String {
    let lang = match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    };
    let (base, page) = (attribute(&encoded(base)), attribute(page));
    format!(
        "<script defer src=\"{base}{OWN}preview.js\" data-base=\"{base}\" data-page=\"{page}\" data-mark=\"{mark}\" data-lang=\"{lang}\"></script>"
    )
}

/// Puts the tag into a page.
pub(super) fn injected(html: &[u8], at: usize, tag: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(html.len() + tag.len());
    out.extend_from_slice(&html[..at]);
    out.extend_from_slice(tag.as_bytes());
    out.extend_from_slice(&html[at..]);
    out
}

/// Writes text so that it may stand in HTML, also in an attribute between double quotes.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_attribute(&mut out, text);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let html = b"<body><pre>&lt;/body></pre></body></html>";
        let whole = injected(html, place(html), "<s>");
        assert_eq!(whole, b"<body><pre>&lt;/body></pre><s></body></html>");
        assert_eq!(injected(b"<p>", place(b"<p>"), "<s>"), b"<p><s>");
    }

    #[test]
    fn an_address_cannot_leave_its_attribute() {
        let tag = tag("/", "\"><script>x", "m", Lang::Zh);
        assert!(tag.contains("data-page=\"&quot;&gt;&lt;script&gt;x\""), "{tag}");
    }
}
