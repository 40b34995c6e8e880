//! Feeds for readers' programs: Atom (RFC 4287), JSON Feed 1.1, the events as a calendar (RFC 5545).

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;

use super::context::Context;
use super::shared::host;
use crate::date::{PartialDate, When};
use crate::markdown::escape_text;
use crate::model::site::{Event, Idx};

/// How many entries a feed has.
const ENTRIES: usize = 40;

/// One entry of a feed.
struct Entry {
    at: When,
    title: String,
    url: Arc<str>,
    summary: String,
}

impl Context {
    /// Returns the newest news, events and project updates, newest first.
    fn feed_entries(&self) -> Vec<Entry> {
        let site = &self.site;
        let news = site.news.iter().take(ENTRIES).map(|(idx, item)| Entry {
            at: item.published,
            title: item.article.title.clone(),
            url: Arc::clone(self.plan.url(idx)),
            summary: item
                .article
                .description
                .clone()
                .unwrap_or_else(|| item.article.body.document.summary().to_owned()),
        });
        let mut entries: Vec<Entry> = news.collect();
        entries.extend(site.events.iter().take(ENTRIES).map(|(idx, event)| Entry {
            at: event.published,
            title: event.title.clone(),
            url: Arc::clone(self.plan.url(idx)),
            summary: event.body.document.summary().to_owned(),
        }));
        let all = site.communities.indexes();
        entries.extend(self.newest_updates(all, ENTRIES).into_iter().filter_map(|update| {
            let date = PartialDate::parse(&update.date.iso).ok()?.first();
            Some(Entry {
                at: When { date, time: None },
                title: self.say(
                    &format!("{}：{}", update.community.title, update.title),
                    &format!("{}: {}", update.community.title, update.title),
                ),
                url: update.url,
                summary: update.summary,
            })
        }));
        entries.sort_by(|a, b| (Reverse(a.at), &a.url).cmp(&(Reverse(b.at), &b.url)));
        entries.truncate(ENTRIES);
        entries
    }

    pub(super) fn atom_feed(&self) -> String {
        let settings = &self.site.settings;
        let entries = self.feed_entries();
        let updated =
            entries.first().map_or(When { date: self.site.today, time: None }, |entry| entry.at).rfc3339();
        let author = settings.portal.organiser.as_ref().unwrap_or(&settings.name);
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        let _ = writeln!(
            xml,
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">",
            xml_text(&settings.language)
        );
        element(&mut xml, "title", &settings.name);
        if let Some(subtitle) = settings.subtitle.as_ref().or(settings.description.as_ref()) {
            element(&mut xml, "subtitle", subtitle);
        }
        let home = self.absolute_home();
        element(&mut xml, "id", &home);
        link(&mut xml, "alternate", "text/html", &home);
        link(&mut xml, "self", "application/atom+xml", &format!("{home}feed.xml"));
        element(&mut xml, "updated", &updated);
        let _ = writeln!(xml, "<author><name>{}</name></author>", xml_text(author));
        for entry in &entries {
            let url = self.absolute(&entry.url);
            xml.push_str("<entry>\n");
            element(&mut xml, "title", &entry.title);
            element(&mut xml, "id", &url);
            link(&mut xml, "alternate", "text/html", &url);
            element(&mut xml, "published", &entry.at.rfc3339());
            element(&mut xml, "updated", &entry.at.rfc3339());
            if !entry.summary.is_empty() {
                element(&mut xml, "summary", &entry.summary);
            }
            xml.push_str("</entry>\n");
        }
        xml.push_str("</feed>\n");
        xml
    }

    pub(super) fn json_feed(&self) -> String {
        let settings = &self.site.settings;
        let author = settings.portal.organiser.as_ref().unwrap_or(&settings.name);
        let items: Vec<serde_json::Value> = self
            .feed_entries()
            .iter()
            .map(|entry| {
                let url = self.absolute(&entry.url);
                json!({
                    "id": url,
                    "url": url,
                    "title": entry.title,
                    "content_text": if entry.summary.is_empty() { &entry.title } else { &entry.summary },
                    "date_published": entry.at.rfc3339(),
                })
            })
            .collect();
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": settings.name,
            "home_page_url": self.absolute_home(),
            "feed_url": format!("{}feed.json", self.absolute_home()),
            "description": settings.description,
            "language": settings.language,
            "authors": [{"name": author}],
            "items": items,
        });
        pretty(&feed)
    }

    pub(super) fn calendar(&self) -> String {
        let settings = &self.site.settings;
        let mut ics = Calendar::default();
        ics.line("BEGIN:VCALENDAR");
        ics.line("VERSION:2.0");
        ics.line("PRODID:-//yipin//yipin//ZH");
        ics.line("CALSCALE:GREGORIAN");
        ics.text("X-WR-CALNAME", &settings.name);
        let host = host(&settings.base_url).unwrap_or_default();
        for (idx, event) in self.site.events.iter().filter(|(_, event)| event.is_on_a_day()) {
            self.calendar_event(&mut ics, idx, event, &host);
        }
        ics.line("END:VCALENDAR");
        ics.0
    }

    fn calendar_event(&self, ics: &mut Calendar, idx: Idx<Event>, event: &Event, host: &str) {
        let compact = |date: Date| format!("{:04}{:02}{:02}", date.year(), date.month(), date.day());
        let last = event.end.unwrap_or(event.date).last();
        let after = last.checked_add(1.day()).unwrap_or(last);
        ics.line("BEGIN:VEVENT");
        ics.line(&format!("UID:{}@{host}", event.id));
        // The stamp is when the event was published: the only clock is in the content.
        ics.line(&format!("DTSTAMP:{}T000000Z", compact(event.published.date)));
        ics.line(&format!("DTSTART;VALUE=DATE:{}", compact(event.date.first())));
        ics.line(&format!("DTEND;VALUE=DATE:{}", compact(after)));
        ics.text("SUMMARY", &event.title);
        if let Some(place) = &event.place {
            ics.text("LOCATION", place);
        }
        if !event.body.document.summary().is_empty() {
            ics.text("DESCRIPTION", event.body.document.summary());
        }
        ics.line(&format!("URL:{}", self.absolute(self.plan.url(idx))));
        ics.line("TRANSP:TRANSPARENT");
        ics.line("END:VEVENT");
    }
}

/// A calendar being written: CRLF line ends, lines folded at 75 octets (RFC 5545 §3.1).
#[derive(Default)]
struct Calendar(String);

impl Calendar {
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\r' => {}
                c => escaped.push(c),
            }
        }
        self.line(&format!("{name}:{escaped}"));
    }

    fn line(&mut self, line: &str) {
        let mut room = 75;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = 74;
            }
            room -= c.len_utf8();
            self.0.push(c);
        }
        self.0.push_str("\r\n");
    }
}

/// Escapes text for XML.
pub(super) fn xml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_text(&mut out, text);
    out.replace('"', "&quot;")
}

fn element(xml: &mut String, name: &str, text: &str) {
    let _ = writeln!(xml, "<{name}>{}</{name}>", xml_text(text));
}

fn link(xml: &mut String, rel: &str, mime: &str, href: &str) {
    let _ = writeln!(xml, "<link rel=\"{rel}\" type=\"{mime}\" href=\"{}\"/>", xml_text(href));
}

/// Writes JSON with line ends, so that a person can read it and a difference shows.
pub(super) fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_lines_are_folded_at_75_octets_between_characters_and_unfold_again() {
        let mut ics = Calendar::default();
        let long = "社区品牌观摩,第一组;".repeat(20);
        ics.text("SUMMARY", &long);
        assert!(ics.0.split("\r\n").all(|line| line.len() <= 75), "{}", ics.0);
        let unfolded = ics.0.replace("\r\n ", "");
        assert_eq!(unfolded.trim_end(), format!("SUMMARY:{}", long.replace(',', "\\,").replace(';', "\\;")));
    }
}
