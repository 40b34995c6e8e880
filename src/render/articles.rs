//! News lists, columns, news items and pages.

use std::sync::Arc;

use serde_json::json;

use super::context::Context;
use super::dates;
use super::frame::{Content, Head, Sort};
use super::shared::{pager, root_of};
use crate::date::When;
use crate::model::site::{Article, Column, ColumnKind, Idx, News, Page, Section};
use crate::plan::{ColumnItem, Part};
use crate::reads;
use crate::view::frame::PageView;
use crate::view::pages::{ArticleView, NewsView};
use crate::view::reads::Reads;
use crate::view::shared::{CountedLink, LinkView, Neighbours, NewsEntry};

impl Context {
    pub(super) fn news_page(&self, part: Part) -> (Head, NewsView) {
        let first = self.section_url(Section::News);
        let head = self.list_head("news", Section::News, &first, part);
        let items: Vec<ColumnItem> = part.range().map(|at| ColumnItem::News(Idx::new(at))).collect();
        let view = self.news_view(head.column, &items, part, &first);
        (head, view)
    }

    pub(super) fn column_page(&self, idx: Idx<Column>, part: Part) -> (Head, NewsView) {
        let column = &self.site.settings.columns[idx];
        let first = self.plan.column(idx).cloned().unwrap_or_else(|| self.home());
        let mut head = Head::new("news", column.name.clone(), &first);
        head.column = Some(idx);
        head.description.clone_from(&column.description);
        self.set_part(&mut head, part, &first);
        let view = self.news_view(Some(idx), &self.plan.lists.columns[idx.at()][part.range()], part, &first);
        (head, view)
    }

    fn news_view(
        &self,
        column: Option<Idx<Column>>,
        items: &[ColumnItem],
        part: Part,
        first: &Arc<str>,
    ) -> NewsView {
        let column = column.map(|idx| &self.site.settings.columns[idx]);
        NewsView {
            description: column.map(|column| column.description.clone()).unwrap_or_default(),
            total: part.total(),
            items: items.iter().map(|item| self.column_entry(*item)).collect(),
            columns: self.news_columns(),
            archived: column.is_some_and(|column| column.kind == ColumnKind::Archive),
            pager: pager(part, first),
        }
    }

    fn column_entry(&self, item: ColumnItem) -> NewsEntry {
        match item {
            ColumnItem::News(idx) => self.news_entry(idx),
            ColumnItem::Page(idx) => {
                let page = &self.site.pages[idx];
                self.article_entry(&page.article, self.plan.url(idx), page.published)
            }
        }
    }

    fn news_columns(&self) -> Vec<CountedLink> {
        let columns = self.site.settings.columns.iter().filter(|(_, column)| column.builtin.is_none());
        columns
            .filter_map(|(idx, column)| {
                let count = self.plan.lists.columns[idx.at()].len() as u32;
                let url = Arc::clone(self.plan.column(idx).filter(|_| count > 0)?);
                Some(CountedLink { title: column.name.clone(), url, count })
            })
            .collect()
    }

    pub(super) fn news_item_page(&self, idx: Idx<News>, reads: &Reads) -> (Head, ArticleView) {
        let item = &self.site.news[idx];
        let url = self.plan.url(idx);
        let column = item.article.column.or_else(|| self.column_of(Section::News));
        let head = self.article_head(&item.article, url, column, Some(item.published), reads);
        let neighbours = self.neighbours(&self.site.news, idx, |item| &item.article.title);
        let view = self.article_view(&item.article, true, Some(item.published), neighbours, &head, reads);
        (head, view)
    }

    pub(super) fn page_page(&self, idx: Idx<Page>, reads: &Reads) -> (Head, ArticleView) {
        let page = &self.site.pages[idx];
        let url = self.plan.url(idx);
        let own_column =
            || self.site.settings.columns.iter().find(|(_, c)| c.id == page.path).map(|(idx, _)| idx);
        let column = page.article.column.or_else(own_column);
        let mut head = self.article_head(&page.article, url, column, page.published, reads);
        head.trail = self.parents(&page.path);
        let none = Neighbours { previous: None, next: None };
        let view = self.article_view(&page.article, false, page.published, none, &head, reads);
        (head, view)
    }

    /// Returns the pages whose address leads to this one: `guide` for `guide/steps`.
    fn parents(&self, path: &str) -> Vec<LinkView> {
        let pages = self.site.pages.records();
        path.match_indices('/')
            .filter_map(|(at, _)| pages.binary_search_by(|page| page.path.as_str().cmp(&path[..at])).ok())
            .map(|at| LinkView {
                title: pages[at].article.title.clone(),
                url: Arc::clone(self.plan.url(Idx::<Page>::new(at))),
            })
            .collect()
    }

    fn article_head(
        &self,
        article: &Article,
        url: &Arc<str>,
        column: Option<Idx<Column>>,
        published: Option<When>,
        reads: &Reads,
    ) -> Head {
        let mut head = Head::new("article", article.title.clone(), url);
        head.column = column;
        head.description =
            article.description.clone().unwrap_or_else(|| article.body.document.summary().to_owned());
        head.image = article.photos.first().and_then(|photo| self.photo(photo));
        head.status = article.status;
        head.fallback = self.fallback(&article.body);
        head.has_code = article.body.document.has_code;
        head.sort = match published {
            Some(published) => Sort::Content(Content {
                published,
                source: article.source.clone(),
                author: article.author.clone().or_else(|| article.editor.clone()),
                keywords: self.keywords(article),
            }),
            None => Sort::Column { keywords: article.keywords.clone() },
        };
        if reads!(reads, PageView.json_ld) {
            head.json_ld.extend(published.map(|published| self.article_ld(article, url, published)));
        }
        head
    }

    /// Returns an article's key words; the names of its communities where staff gave none.
    fn keywords(&self, article: &Article) -> Vec<String> {
        if !article.keywords.is_empty() {
            return article.keywords.clone();
        }
        let communities = article.communities.iter().map(|idx| self.site.communities[*idx].name.clone());
        std::iter::once(self.site.settings.programme.clone()).chain(communities).collect()
    }

    fn article_ld(&self, article: &Article, url: &str, published: When) -> serde_json::Value {
        let mut ld = json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "url": self.absolute(url),
            "datePublished": published.rfc3339(),
            "inLanguage": self.fallback(&article.body).unwrap_or_else(|| self.site.settings.language.clone()),
        });
        if let Some(source) = &article.source {
            ld["publisher"] = json!({"@type": "Organization", "name": source});
        }
        if let Some(author) = &article.author {
            ld["author"] = json!({"@type": "Person", "name": author});
        }
        if let Some(photo) = article.photos.first().and_then(|photo| self.photo(photo)) {
            ld["image"] = json!(self.absolute(&photo.url));
        }
        ld
    }

    fn article_view(
        &self,
        article: &Article,
        is_news: bool,
        published: Option<When>,
        neighbours: Neighbours,
        head: &Head,
        reads: &Reads,
    ) -> ArticleView {
        ArticleView {
            is_news,
            published: published.map(dates::when),
            source: article.source.clone(),
            author: article.author.clone(),
            editor: article.editor.clone(),
            body: self.prose(&article.body, &root_of(&head.url)),
            photos: self.photos(&article.photos),
            communities: reads!(reads, ArticleView.communities => self.cards_of(&article.communities)),
            qr: reads!(reads, ArticleView.qr => self.qr(&head.url)),
            neighbours,
        }
    }
}
