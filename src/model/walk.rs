//! Walks over everything of one sort, whichever record it is in.

use std::sync::Arc;

use rayon::prelude::*;

use super::site::{Article, Community, Photo, Photos, Prose, Site};
use crate::markdown::Link;

impl Site {
    /// Returns what news items and pages have in common, news first.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        let news = self.news.records().iter().map(|item| &item.article);
        news.chain(self.pages.records().iter().map(|page| &page.article))
    }

    /// Asks `of` of every link of every text, and returns what it says something of, in the order of the texts.
    pub fn from_links<'a, T: Send>(
        &'a self,
        of: impl Fn(&'a Prose, &'a Link) -> Option<T> + Sync,
    ) -> Vec<(&'a Prose, &'a Link, T)> {
        let ask = |prose: &'a Prose, said: &mut Vec<(&'a Prose, &'a Link, T)>| {
            let links = prose.document.links().iter();
            said.extend(links.filter_map(|link| Some((prose, link, of(prose, link)?))));
        };
        let in_community = |community: &'a Arc<Community>| {
            let mut said = Vec::new();
            community.each_prose(|prose| ask(prose, &mut said));
            said
        };
        let towns = self.towns.records().iter().filter_map(|town| town.intro.as_ref());
        let competitions = self.competitions.records().iter().filter_map(|c| c.intro.as_ref());
        let events = self.events.records().iter().map(|event| &event.body);
        let partners = self.partners.records().iter().filter_map(|partner| partner.intro.as_ref());
        let articles = self.articles().map(|article| &article.body);
        let mut said = Vec::new();
        towns.for_each(|prose| ask(prose, &mut said));
        said.par_extend(self.communities.records().par_iter().flat_map_iter(in_community));
        let behind = competitions.chain(events).chain(partners).chain(articles);
        behind.for_each(|prose| ask(prose, &mut said));
        said
    }

    /// Calls `visit` with every photo of the site.
    pub fn each_photo<'a>(&'a self, mut visit: impl FnMut(&'a Photo)) {
        self.each_photos(|photos| photos.iter().for_each(&mut visit));
    }

    /// Calls `visit` with the photos of every record, those too that are not shown.
    pub fn each_photos<'a>(&'a self, mut visit: impl FnMut(&'a Photos)) {
        for community in self.communities.records() {
            visit(&community.photos);
            let updates = community.project.iter().flat_map(|project| &project.updates);
            updates.map(|update| &update.photos).for_each(&mut visit);
        }
        self.events.records().iter().map(|event| &event.photos).for_each(&mut visit);
        self.articles().map(|article| &article.photos).for_each(&mut visit);
    }
}

impl Community {
    /// Calls `visit` with every Markdown text of the community.
    pub fn each_prose<'a>(&'a self, mut visit: impl FnMut(&'a Prose)) {
        self.intro.iter().for_each(&mut visit);
        visit(&self.brand.connotation);
        self.brand.measures.iter().filter_map(|measure| measure.text.as_ref()).for_each(&mut visit);
        self.story.iter().map(|story| &story.prose).for_each(&mut visit);
        let updates = self.project.iter().flat_map(|project| &project.updates);
        updates.filter_map(|update| update.text.as_ref()).for_each(&mut visit);
    }
}
