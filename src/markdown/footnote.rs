//! Footnotes: numbered by first mention, listed at the end, with a way back.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::escape::escape_attribute;
use super::output::Output;

/// The footnotes of one text.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    numbers: FxHashMap<String, usize>,
    /// By number: how often the note is mentioned, and what it says.
    notes: Vec<Note>,
}

#[derive(Debug, Default)]
struct Note {
    mentions: usize,
    content: Option<Output>,
}

impl Footnotes {
    /// Returns the mark for one more mention of a note.
    pub(super) fn mention(&mut self, label: &str, prefix: &str) -> String {
        let number = self.number(label);
        let note = &mut self.notes[number - 1];
        note.mentions += 1;
        let id = mention_id(number, note.mentions);
        let prefix = escaped(prefix);
        format!(
            "<sup class=\"footnote-ref\"><a href=\"#{prefix}fn-{number}\" id=\"{prefix}{id}\" role=\"doc-noteref\" \
             aria-label=\"脚注 {number}\">{number}</a></sup>"
        )
    }

    /// Takes what a note says; the first definition of a label counts.
    pub(super) fn define(&mut self, label: &str, content: Output) {
        let number = self.number(label);
        self.notes[number - 1].content.get_or_insert(content);
    }

    /// Takes the contents out, by number.
    pub(super) fn contents(&mut self) -> impl Iterator<Item = &mut Output> {
        self.notes.iter_mut().filter_map(|note| note.content.as_mut())
    }

    /// Writes the list of notes. One that is never mentioned is listed too, without a way back: nothing typed is lost.
    pub(super) fn write(self, out: &mut Output, prefix: &str) {
        if self.notes.iter().all(|note| note.content.is_none()) {
            return;
        }
        let prefix = escaped(prefix);
        out.fresh_line();
        out.push("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n");
        for (at, note) in self.notes.into_iter().enumerate() {
            let number = at + 1;
            out.push(&format!("<li id=\"{prefix}fn-{number}\">"));
            let Some(content) = note.content else { continue };
            let in_paragraph = content.ends_with("</p>\n");
            out.append(content);
            if in_paragraph {
                out.truncate(out.len() - "</p>\n".len());
            }
            out.push(&ways_back(&prefix, number, note.mentions));
            out.push(if in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
        }
        out.push("</ol>\n</section>\n");
    }

    fn number(&mut self, label: &str) -> usize {
        if let Some(&number) = self.numbers.get(label) {
            return number;
        }
        self.notes.push(Note::default());
        self.numbers.insert(label.to_owned(), self.notes.len());
        self.notes.len()
    }
}

fn ways_back(prefix: &str, number: usize, mentions: usize) -> String {
    let mut html = String::new();
    for mention in 1..=mentions {
        let id = mention_id(number, mention);
        let place = if mentions == 1 { String::new() } else { format!("第 {mention} 处") };
        let _ = write!(
            html,
            " <a class=\"footnote-back\" href=\"#{prefix}{id}\" role=\"doc-backlink\" \
             aria-label=\"回到正文{place}（脚注 {number}）\">↩</a>"
        );
    }
    html
}

fn mention_id(number: usize, mention: usize) -> String {
    if mention == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{mention}") }
}

fn escaped(prefix: &str) -> String {
    let mut out = String::new();
    escape_attribute(&mut out, prefix);
    out
}
