//! `*.en.md`: what a text says in a further language; everything else is its base record's.

use std::sync::Arc;

use super::article::open_front_matter;
use super::context::{Context, Shared};
use super::prose;
use super::record::Reader;
use super::schema::{Record, TRANSLATION};
use super::site::{Article, Event, Prose};
use crate::diagnostic::Report;

/// A text in a further language.
pub(super) struct Translation {
    title: String,
    description: Option<String>,
    keywords: Vec<String>,
    source: Option<String>,
    author: Option<String>,
    editor: Option<String>,
    place: Option<String>,
    organiser: Option<String>,
    body: Prose,
}

/// Reads the translation of a record; `None` when it is a draft or has errors, which are reported.
pub(super) fn translation(
    shared: &Shared,
    at: u32,
    folder: &Arc<str>,
    base: &'static Record,
    report: &mut Report,
) -> Option<Translation> {
    let mut context = Context::new(shared, at, folder);
    context.translates = Some(base);
    let read = open_front_matter(&mut context).and_then(|(front, body)| {
        let reader = Reader::file_record(&context, &TRANSLATION, &front)?;
        let (title, description, keywords) =
            (reader.text("title"), reader.text("description"), reader.keywords("keywords"));
        let (source, author, editor) = (reader.text("source"), reader.text("author"), reader.text("editor"));
        let (place, organiser) = (reader.text("place"), reader.text("organiser"));
        let body = prose::body(&context, body, 2, "");
        Some(Translation {
            title: title?,
            description,
            keywords,
            source,
            author,
            editor,
            place,
            organiser,
            body,
        })
    });
    let is_shown = !context.draft || shared.drafts;
    report.append(context.into_report());
    read.filter(|_| is_shown)
}

impl Translation {
    /// Puts the translated texts in place of an article's own; a summary of the old text goes.
    pub(super) fn put_into_article(self, article: &mut Article) {
        article.title = self.title;
        article.description = self.description;
        if !self.keywords.is_empty() {
            article.keywords = self.keywords;
        }
        replace(&mut article.source, self.source);
        replace(&mut article.author, self.author);
        replace(&mut article.editor, self.editor);
        article.body = self.body;
    }

    /// Puts the translated texts in place of an event's own.
    pub(super) fn put_into_event(self, event: &mut Event) {
        event.title = self.title;
        replace(&mut event.source, self.source);
        replace(&mut event.place, self.place);
        replace(&mut event.organiser, self.organiser);
        event.body = self.body;
    }
}

fn replace(old: &mut Option<String>, new: Option<String>) {
    if new.is_some() {
        *old = new;
    }
}
