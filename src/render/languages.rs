//! A page in its other languages.

use std::fmt::Write as _;
use std::sync::Arc;

use super::context::{Context, Edition};
use super::feeds::xml_text;
use super::shared;
use crate::model::languages::name_of;
use crate::plan::{Output, is_listed};
use crate::view::frame::Alternate;

impl Context {
    /// Returns a page in every language it exists in, the main one first; none when there is only one.
    pub(super) fn alternates(&self, url: &str) -> Vec<Alternate> {
        self.alternates_from(&self.site.settings.languages.folder(), url)
    }

    /// Does so for a page in another language, whose pages stand in `folder`.
    fn alternates_from(&self, folder: &str, url: &str) -> Vec<Alternate> {
        if self.editions.len() < 2 {
            return Vec::new();
        }
        let Some(path) = url.strip_prefix(folder) else { return Vec::new() };
        let found: Vec<Alternate> =
            self.editions.iter().filter_map(|edition| self.alternate(edition, path, url)).collect();
        if found.len() < 2 { Vec::new() } else { found }
    }

    fn alternate(&self, edition: &Edition, path: &str, own: &str) -> Option<Alternate> {
        let settings = &edition.site.settings;
        let url = format!("{}{path}", settings.languages.folder());
        edition.plan.at(&url)?;
        Some(Alternate {
            name: name_of(&settings.language).to_owned(),
            canonical: shared::absolute(&self.site.settings.base_url, &url),
            current: url == own,
            x_default: settings.languages.is_main(),
            language: settings.language.clone(),
            url: Arc::from(url),
        })
    }

    /// Returns the pages `sitemap.xml` lists, in all languages, the main one first.
    pub(super) fn listed(&self) -> impl Iterator<Item = (&Edition, &Output)> {
        let outputs =
            self.editions.iter().flat_map(|edition| edition.plan.outputs.iter().map(move |o| (edition, o)));
        outputs.filter(|(_, output)| is_listed(&output.target))
    }

    /// Writes the links of one page to itself in every language, as `sitemap.xml` has them.
    pub(super) fn sitemap_links(&self, xml: &mut String, edition: &Edition, url: &str) {
        for alternate in self.alternates_from(&edition.site.settings.languages.folder(), url) {
            let href = xml_text(&alternate.canonical);
            let mut link = |language: &str| {
                let _ =
                    write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{href}\"/>");
            };
            link(&alternate.language);
            if alternate.x_default {
                link("x-default");
            }
        }
    }

    /// Returns the home page of these pages, absolute.
    pub(super) fn absolute_home(&self) -> String {
        let settings = &self.site.settings;
        format!("{}{}", settings.base_url, settings.languages.folder())
    }
}
