//! News and pages.

use serde::{Deserialize, Serialize};

use super::{Column, Community, Idx, Located, Origin, Photos, Prose, Status};
use crate::date::When;

/// What news items and pages have in common.
#[derive(Debug, Serialize, Deserialize)]
pub struct Article {
    /// The title.
    pub title: String,
    /// The column it belongs to.
    pub column: Option<Idx<Column>>,
    /// Where it comes from.
    pub source: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The responsible editor.
    pub editor: Option<String>,
    /// One or two sentences.
    pub description: Option<String>,
    /// Key words.
    pub keywords: Vec<String>,
    /// Photos.
    pub photos: Photos,
    /// The communities concerned.
    pub communities: Vec<Idx<Community>>,
    /// Former addresses, from the site's root, each with its place.
    pub aliases: Vec<Located<String>>,
    /// Draft, published or archived.
    pub status: Status,
    /// The text.
    pub body: Prose,
    /// Where it is declared.
    pub origin: Origin,
}

/// One news item.
#[derive(Debug, Serialize, Deserialize)]
pub struct News {
    /// Its id, its address.
    pub id: String,
    /// When it was published.
    pub published: When,
    /// The rest.
    pub article: Article,
}

/// One page.
#[derive(Debug, Serialize, Deserialize)]
pub struct Page {
    /// Its address below the root, without extension: `about`, `guide/steps`.
    pub path: String,
    /// When it was published.
    pub published: Option<When>,
    /// The rest.
    pub article: Article,
}
