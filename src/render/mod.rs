//! Plan -> Artifact: a theme and views make bytes. Pure, parallel, each page on its own.
//!
//! One file per group of pages builds views from the site ([`mod@crate::view`] says what they hold); [`Renderer::render`]
//! turns one planned output into its content. Nothing here reads or writes a disk, but for the finished pictures that
//! [`crate::media`] hands out.

mod activity;
mod articles;
mod board;
mod cards;
mod catalogue;
mod community;
mod context;
mod dates;
mod entries;
mod feeds;
mod filter;
mod finder;
mod frame;
mod home;
mod honours;
mod images;
mod indexes;
mod languages;
mod machine;
mod pictures;
mod record;
mod shared;
mod sheet;
mod sums;
mod tongue;
mod words;

use std::sync::Arc;

use blake3::{Hash, Hasher};
use context::Context;
pub use context::Edition;
pub use finder::{Desk, Finder, Taking};
use frame::Head;
pub use sheet::{Before, Made, Sheet};

use crate::artifact::{Artifact, Content};
use crate::diagnostic::Diagnostic;
use crate::fingerprint;
use crate::media::{Media, Picture, Purpose};
use crate::model::site::Idx;
use crate::plan::{Output, Target, look_address};
use crate::read::Sources;
use crate::theme::Theme;
use crate::trace::Deps;
use crate::view::TemplateView;
use crate::view::describe::{Described, Shown};
use crate::view::frame::SiteView;
use crate::view::reads::Reads;
use crate::view::shared::CommunityCard;

/// Renders the outputs of one plan.
pub struct Renderer {
    context: Context,
    media: Arc<Media>,
    /// The fields by which cards are told apart.
    of_cards: Reads,
}

impl Renderer {
    /// Works out what all pages share: one renderer for each language of the site, the main one first.
    pub fn of_editions(editions: &[Edition], sources: &Arc<Sources>, media: &Arc<Media>) -> Vec<Self> {
        let renderer = |at| Self {
            context: Context::new(editions, at, sources),
            media: Arc::clone(media),
            // The tile follows from other fields, and is drawn where a page shows it.
            of_cards: Reads::all_but(CommunityCard::shape(), "tile"),
        };
        (0..editions.len()).map(renderer).collect()
    }

    /// Makes the view of the site that every template sees; the theme wants it before the first page.
    pub fn site_view(&self) -> SiteView {
        self.context.site_view()
    }

    /// Returns the folder of the search index, from the site's root; `None` when the site wants none.
    pub fn search_folder(&self) -> Option<String> {
        let wanted = self.context.site.settings.outputs.search;
        wanted.then(|| self.context.search_data())
    }

    /// Begins the search index of the site's pages.
    pub fn finder(&self) -> Finder {
        self.context.finder()
    }

    /// Returns the hash of an output's bytes where it is known without making them: that of a picture.
    pub fn key(&self, output: &Output) -> Option<Hash> {
        self.made(&output.target).map(|(picture, at)| picture.file(at).key)
    }

    /// Returns the picture an output is, and which of its sizes.
    fn made(&self, target: &Target) -> Option<(&Picture, usize)> {
        let (path, purpose, at) = match target {
            Target::Picture(file, at) => (Arc::clone(&file.path), Purpose::Pages, *at),
            Target::Attachment(file) => (Arc::clone(&file.path), Purpose::Download, 0),
            Target::Share(look) => (look_address(*look), Purpose::Share, 0),
            _ => return None,
        };
        self.media.picture(&path, purpose).map(|picture| (&**picture, at))
    }

    /// Returns the hash of what every page is made with besides records: settings, addresses, sizes of pictures.
    pub fn surroundings(&self) -> Hash {
        let context = &self.context;
        let mut hasher = Hasher::new();
        for edition in &context.editions {
            hasher.update(edition.plan.digest().as_bytes());
            fingerprint::update_debug(&mut hasher, &edition.site.settings);
        }
        fingerprint::update_debug(&mut hasher, &(context.site.today, &context.site.withheld));
        fingerprint::update_debug(&mut hasher, &self.site_view());
        hasher.finalize()
    }

    /// Returns how many communities have a card.
    pub fn cards(&self) -> usize {
        self.context.cards.len()
    }

    /// Returns the hash of what other pages show of a community, and the records that is made from.
    pub fn card(&self, at: usize) -> (Hash, Deps) {
        let idx = Idx::new(at);
        let card = self.context.card_of(idx);
        let deps = self.context.cards.deps(idx).cloned().unwrap_or_default();
        (fingerprint::of_value(&Shown(&*card, &self.of_cards)), deps)
    }

    /// Returns how an output is made of one part for each community, where it is.
    pub fn sheet(&self, output: &Output) -> Option<Sheet<'_>> {
        self.context.sheet(&output.target)
    }

    /// Makes one output; an error is a problem of the theme's template, or a picture that is gone.
    pub fn render(&self, theme: &Theme, output: &Output) -> Result<Artifact, Box<Diagnostic>> {
        let content = match self.made(&output.target) {
            Some((picture, at)) => Content::Bytes(self.media.bytes(picture, at)?),
            None => Page { context: &self.context, theme }.content(output)?,
        };
        Ok(Artifact { path: output.path.clone(), content })
    }
}

/// What one output is made with.
struct Page<'a> {
    context: &'a Context,
    theme: &'a Theme,
}

impl Page<'_> {
    fn content(&self, output: &Output) -> Result<Content, Box<Diagnostic>> {
        let context = self.context;
        let url: Arc<str> = Arc::from(output.path.as_str());
        match &output.target {
            Target::Home => self.draw(|_| context.home_page()),
            Target::Brands(part) => self.draw(|_| context.brands_page(*part)),
            Target::Town(idx, part) => self.draw(|_| context.town_page(*idx, *part)),
            Target::Category(idx, part) => self.draw(|_| context.category_page(*idx, *part)),
            Target::Community(idx) => self.draw(|reads| context.community_page(*idx, reads)),
            Target::Progress => self.draw(|reads| context.county_board(reads)),
            Target::TownProgress(idx) => self.draw(|reads| context.town_board(*idx, reads)),
            Target::Awards(part) => self.draw(|_| context.awards_page(*part)),
            Target::Competition(idx) => self.draw(|_| context.competition_page(*idx)),
            Target::Events(part) => self.draw(|_| context.events_page(*part)),
            Target::Event(idx) => self.draw(|reads| context.event_page(*idx, reads)),
            Target::Services(part) => self.draw(|_| context.services_page(*part)),
            Target::Partners(part) => self.draw(|_| context.partners_page(*part)),
            Target::Partner(idx) => self.draw(|_| context.partner_page(*idx)),
            Target::Ledger(part) => self.draw(|_| context.ledger_page(*part)),
            Target::News(part) => self.draw(|_| context.news_page(*part)),
            Target::Column(idx, part) => self.draw(|_| context.column_page(*idx, *part)),
            Target::NewsItem(idx) => self.draw(|reads| context.news_item_page(*idx, reads)),
            Target::Page(idx) => self.draw(|reads| context.page_page(*idx, reads)),
            Target::Sitemap(part) => self.draw(|_| context.sitemap_page(*part)),
            Target::Search => self.draw(|_| context.search_page()),
            Target::NotFound => self.draw(|_| context.missing_page(&url)),
            Target::NewsRedirect(idx) => {
                let title = &context.site.news[*idx].article.title;
                self.draw(|_| context.redirect_page(&url, context.plan.url(*idx), title))
            }
            Target::PageRedirect(idx) => {
                let title = &context.site.pages[*idx].article.title;
                self.draw(|_| context.redirect_page(&url, context.plan.url(*idx), title))
            }
            _ => Ok(self.file(&output.target)),
        }
    }

    /// Makes a file that no template draws.
    fn file(&self, target: &Target) -> Content {
        let context = self.context;
        if let Some(sheet) = context.sheet(target) {
            return Content::Bytes(sheet.whole());
        }
        let text = match target {
            Target::AtomFeed => context.atom_feed(),
            Target::JsonFeed => context.json_feed(),
            Target::Calendar => context.calendar(),
            Target::SitemapXml(part) => context.sitemap_xml(*part),
            Target::SitemapIndex(parts) => context.sitemap_index(*parts),
            Target::Robots => context.robots(),
            Target::CardList => context.card_list(),
            Target::Data(set) => return Content::Bytes(context.data(*set)),
            Target::File(file) => match context.sources.asset(&file.path) {
                Some(asset) => return Content::File(asset.disk.clone()),
                None => String::new(),
            },
            Target::ThemeFile(at) => match self.theme.assets().values().nth(*at) {
                Some(asset) => return Content::Bytes(asset.bytes.to_vec()),
                None => String::new(),
            },
            _ => unreachable!("pages are drawn by templates"),
        };
        Content::Bytes(text.into_bytes())
    }

    /// Draws the view that `make` makes; it is told which fields the template reads.
    fn draw<V: TemplateView>(
        &self,
        make: impl FnOnce(&Reads) -> (Head, V),
    ) -> Result<Content, Box<Diagnostic>> {
        let reads = self.theme.reads(V::TEMPLATE);
        let (head, view) = make(reads);
        let page = self.context.page_view(head, reads);
        let root = shared::root_of(&page.url);
        let mut bytes = self.theme.render(V::TEMPLATE, V::VARIABLE, &page, &view, &root)?;
        let language = self.context.site.settings.languages.folder();
        let own = page.url.rsplit_once('/').map_or("", |(folder, _)| folder);
        if let Some(up) = root.strip_prefix("../") {
            shorten(&mut bytes, &format!("{root}{own}/"), "");
            if !language.is_empty() {
                shorten(&mut bytes, &format!("{root}{language}"), up);
            }
        }
        let languages = &self.context.site.settings.languages;
        if tongue::is_needed(languages.main(), &self.context.site.settings.language) {
            tongue::mark(&mut bytes, languages.main());
        }
        Ok(Content::Bytes(bytes))
    }
}

/// Writes addresses that go to the site's root and back another way: those in the page's own folder (its photos above all,
/// each of which is named in several sizes), and those in the folder of its language. Only attributes are touched.
fn shorten(page: &mut Vec<u8>, detour: &str, instead: &str) {
    let begin = format!("=\"{detour}");
    let again = format!(",{detour}");
    let finder = memchr::memmem::Finder::new(&begin);
    let Some(mut at) = finder.find(page) else { return };
    let mut out = Vec::with_capacity(page.len());
    let mut done = 0;
    loop {
        let value = at + 2;
        let end = memchr::memchr(b'"', &page[value..]).map_or(page.len(), |end| value + end);
        // The page itself would be left without an address.
        if end > value + detour.len() {
            out.extend_from_slice(&page[done..value]);
            out.extend_from_slice(instead.as_bytes());
            done = value + detour.len();
            while let Some(next) = memchr::memmem::find(&page[done..end], again.as_bytes()) {
                out.extend_from_slice(&page[done..=done + next]);
                out.extend_from_slice(instead.as_bytes());
                done += next + again.len();
            }
        }
        match finder.find(&page[end..]) {
            Some(next) => at = end + next,
            None => break,
        }
    }
    out.extend_from_slice(&page[done..]);
    *page = out;
}

#[cfg(test)]
mod tests {
    use super::shorten;

    fn shortened(page: &str) -> String {
        let mut bytes = page.as_bytes().to_vec();
        shorten(&mut bytes, "../../communities/laojie/", "");
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn what_lies_beside_a_page_is_named_from_there() {
        let long = r#"<img src="../../communities/laojie/a.jpg" srcset="../../communities/laojie/a.jpg 1w,../../communities/laojie/b.jpg 2w" alt="c">"#;
        assert_eq!(shortened(long), r#"<img src="a.jpg" srcset="a.jpg 1w,b.jpg 2w" alt="c">"#);
    }

    #[test]
    fn the_folder_of_a_language_is_not_left_and_entered_again() {
        let mut bytes = br#"<a href="../../en/news/a/">b</a><a href="../../news/a/">b</a>"#.to_vec();
        shorten(&mut bytes, "../../en/", "../");
        assert_eq!(bytes, br#"<a href="../news/a/">b</a><a href="../../news/a/">b</a>"#);
    }

    #[test]
    fn other_addresses_and_texts_stay() {
        for page in [
            r#"<a href="../../communities/laojieli/">a</a>"#,
            r#"<a href="../../communities/laojie/">a</a>"#,
            r"<p>../../communities/laojie/a.jpg,../../communities/laojie/b.jpg</p>",
            r#"<img src="../../files/a.jpg" alt="b,../../communities/laojie/c">"#,
            "",
            "=\"../../communities/laojie/a",
        ] {
            let kept = if page.starts_with('=') { "=\"a" } else { page };
            assert_eq!(shortened(page), kept);
        }
    }
}
