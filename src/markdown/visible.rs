//! The text a reader sees, without marks: for search, summaries, link texts and alternative texts.

use super::cjk::joins;

/// Plain text as it grows, with the line break that may or may not become a space.
#[derive(Debug, Default)]
pub(super) struct Visible {
    text: String,
    /// A soft line break was read and the text after it was not yet.
    pending: bool,
    /// The last thing seen is no character (a picture), so a break after it stays.
    after_object: bool,
}

impl Visible {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { text: String::with_capacity(capacity), ..Self::default() }
    }

    /// Appends text; returns whether a soft line break before it vanished.
    pub(super) fn push(&mut self, text: &str) -> bool {
        if text.is_empty() {
            return false;
        }
        let broken = std::mem::take(&mut self.pending);
        let joined = broken && !self.after_object && joins(&self.text, text);
        if broken && !joined {
            self.text.push(' ');
        }
        self.after_object = false;
        self.text.push_str(text);
        joined
    }

    /// Notes a soft line break.
    pub(super) fn soft_break(&mut self) {
        if self.pending {
            self.object();
        }
        self.pending = true;
    }

    /// Notes something that is no text: a break beside it is a space.
    pub(super) fn object(&mut self) {
        if std::mem::take(&mut self.pending) {
            self.text.push(' ');
        }
        self.after_object = true;
    }

    /// Ends a line: a block is over or the writer broke the line.
    pub(super) fn end_line(&mut self) {
        self.pending = false;
        self.after_object = false;
        let kept = self.text.trim_end_matches([' ', '\t']).len();
        self.text.truncate(kept);
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Ends a table cell.
    pub(super) fn end_cell(&mut self) {
        self.pending = false;
        self.text.push(' ');
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns the text from an earlier [`Self::len`] on; shorter than that if the end of a line took spaces away.
    pub(super) fn since(&self, from: usize) -> &str {
        self.text.get(from..).unwrap_or("")
    }

    /// Returns the text.
    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// Returns the text a reader sees of HTML, near enough for machines: each block on a line of its own, the cells of a row
/// side by side; comments, scripts and styles are left out.
pub(super) fn of_html(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut is_verbatim = false;
    let mut rest = html;
    while let Some(at) = rest.find(['<', '\n']) {
        text.push_str(&rest[..at]);
        if rest.as_bytes()[at] == b'\n' {
            text.push(if is_verbatim { '\n' } else { ' ' });
            rest = &rest[at + 1..];
            continue;
        }
        let tag = &rest[at + 1..];
        let name = tag_name(tag).to_ascii_lowercase();
        match name.as_str() {
            "td" | "th" if tag.starts_with('/') => text.push(' '),
            "pre" => is_verbatim = !tag.starts_with('/'),
            _ => {}
        }
        if BLOCKS.contains(&name.as_str()) {
            text.push('\n');
        }
        rest = after_tag(tag);
    }
    text.push_str(rest);
    let lines = text.lines().map(str::trim_end).map(|line| line.trim_start_matches(' '));
    let kept: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    unescape(&kept.join("\n"))
}

/// The elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "p",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "blockquote",
    "pre",
    "div",
    "hr",
    "br",
    "section",
    "article",
    "aside",
    "header",
    "footer",
    "figure",
    "figcaption",
    "details",
    "summary",
    "dl",
    "dt",
    "dd",
];

/// Returns the name of the tag behind a `<`.
fn tag_name(tag: &str) -> &str {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())]
}

fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let end = match tag_name(tag).to_ascii_lowercase().as_str() {
        "script" if !tag.starts_with('/') => "</script>",
        "style" if !tag.starts_with('/') => "</style>",
        _ => ">",
    };
    tag.split_once(end).map_or("", |(_, rest)| rest)
}

fn unescape(text: &str) -> String {
    let plain = [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    plain.iter().fold(text.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

/// Returns a text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.trim().replace('\n', " ")
}
