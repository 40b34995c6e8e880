//! What templates see: one typed view per template kind, in one place. This place is the theme author's manual.
//!
//! Every template gets `site` and `page` (see [`frame`]), `root` (the way up to the site's root: print
//! `{{ root }}{{ link.url }}`), and its own view under the name in [`KINDS`]. Nothing else is within its reach, so
//! a page is a pure function of its template and these values.

pub mod describe;
pub mod frame;
pub mod pages;
pub mod reads;
pub mod shared;

use describe::{Described, Shape};

/// A template kind: its file, the name its view has in it, the view's shape, and what it is for.
pub struct Kind {
    /// The template's file.
    pub template: &'static str,
    /// The name the view has in the template.
    pub variable: &'static str,
    /// The view's shape.
    pub shape: fn() -> Shape,
}

macro_rules! kinds {
    ($($template:literal $variable:literal $view:ident),* $(,)?) => {
        /// Every template kind, in the order of the reference page.
        pub const KINDS: &[Kind] = &[$(Kind {
            template: $template,
            variable: $variable,
            shape: <pages::$view as Described>::shape,
        }),*];
        $(impl TemplateView for pages::$view {
            const TEMPLATE: &'static str = $template;
            const VARIABLE: &'static str = $variable;
        })*
    };
}

/// A view that has a template.
pub trait TemplateView: Described + Sync {
    /// The template's file.
    const TEMPLATE: &'static str;
    /// The name the view has in the template.
    const VARIABLE: &'static str;
}

kinds! {
    "home.html" "home" HomeView,
    "brands.html" "brands" BrandsView,
    "town.html" "town" TownView,
    "category.html" "category" CategoryView,
    "community.html" "community" CommunityView,
    "progress.html" "board" BoardView,
    "awards.html" "awards" AwardsView,
    "competition.html" "competition" CompetitionView,
    "events.html" "events" EventsView,
    "event.html" "event" EventView,
    "services.html" "services" ServicesView,
    "partners.html" "partners" PartnersView,
    "partner.html" "partner" PartnerView,
    "ledger.html" "ledger" LedgerView,
    "news.html" "news" NewsView,
    "article.html" "article" ArticleView,
    "sitemap.html" "sitemap" SitemapView,
    "search.html" "search" SearchView,
    "404.html" "missing" NotFoundView,
    "redirect.html" "redirect" RedirectView,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_template_and_a_name_of_its_own_and_every_field_says_what_it_is() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in KINDS {
            assert!(seen.insert(kind.template) && seen.insert(kind.variable), "{}", kind.template);
            assert_documented((kind.shape)(), 0);
        }
    }

    fn assert_documented(shape: Shape, depth: usize) {
        let Some(record) = shape.record().filter(|_| depth < 6) else { return };
        for field in record.fields {
            assert!(field.doc.trim().ends_with('.'), "{}.{}: {:?}", record.name, field.name, field.doc);
            assert_documented((field.shape)(), depth + 1);
        }
    }
}
