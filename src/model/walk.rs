//! Walks over everything of one sort, whichever record it is in.

use super::site::{Article, Community, Photo, Photos, Prose, Site};

impl Site {
    /// Returns what news items and pages have in common, news first.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        let news = self.news.records().iter().map(|item| &item.article);
        news.chain(self.pages.records().iter().map(|page| &page.article))
    }

    /// Calls `visit` with every Markdown text of the site.
    pub fn each_prose<'a>(&'a self, mut visit: impl FnMut(&'a Prose)) {
        self.towns.records().iter().filter_map(|town| town.intro.as_ref()).for_each(&mut visit);
        self.communities.records().iter().for_each(|community| community.each_prose(&mut visit));
        self.competitions
            .records()
            .iter()
            .filter_map(|competition| competition.intro.as_ref())
            .for_each(&mut visit);
        self.events.records().iter().for_each(|event| visit(&event.body));
        self.partners.records().iter().filter_map(|partner| partner.intro.as_ref()).for_each(&mut visit);
        self.articles().for_each(|article| visit(&article.body));
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
