//! Footnotes: numbered by first mention, listed at the end, with a way back.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::escape::escape_attribute;
use super::output::Output;
use super::words::Words;

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
    pub(super) fn mention(&mut self, label: &str, prefix: &str, words: &Words) -> String {
        let number = self.number(label);
        let note = &mut self.notes[number - 1];
        note.mentions += 1;
        let id = mention_id(number, note.mentions);
        let prefix = escaped(prefix);
        let name = words.footnote(number);
        format!(
            "<sup class=\"footnote-ref\"><a href=\"#{prefix}fn-{number}\" id=\"{prefix}{id}\" role=\"doc-noteref\" \
             aria-label=\"{name}\">{number}</a></sup>"
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
    pub(super) fn write(self, out: &mut Output, prefix: &str, words: &Words) {
        if self.notes.iter().all(|note| note.content.is_none()) {
            return;
        }
        let prefix = escaped(prefix);
        out.fresh_line();
        let name = words.footnotes;
        out.push(&format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{name}\">\n<ol>\n"
        ));
        for (at, note) in self.notes.into_iter().enumerate() {
            let number = at + 1;
            out.push(&format!("<li id=\"{prefix}fn-{number}\">"));
            let Some(content) = note.content else { continue };
            let in_paragraph = content.ends_with("</p>\n");
            out.append(content);
            if in_paragraph {
                out.truncate(out.len() - "</p>\n".len());
            }
            out.push(&ways_back(&prefix, number, note.mentions, words));
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

fn ways_back(prefix: &str, number: usize, mentions: usize, words: &Words) -> String {
    let mut html = String::new();
    for mention in 1..=mentions {
        let id = mention_id(number, mention);
        let name = words.way_back(number, mention, mentions);
        let _ = write!(
            html,
            " <a class=\"footnote-back\" href=\"#{prefix}{id}\" role=\"doc-backlink\" \
             aria-label=\"{name}\">↩</a>"
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
