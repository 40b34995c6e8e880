//! New sites and new records: what `yipin init` and `yipin new` write.
//!
//! Every file is written by `annotated` from the schema: the keys in the language the site uses, what each is for, and
//! the optional ones commented out. So a key that joins the schema joins new files too, and neither language of keys can
//! lag behind. Nothing that exists is ever overwritten. Does not check what it writes; `yipin check` does.

mod annotated;
mod append;
mod disk;
mod draft;
mod failure;
mod kinds;
mod quoting;
mod record;
mod starter;
mod survey;

pub use kinds::Kind;
pub use record::{Request, create};
pub use starter::{NewSite, init};

use crate::diagnostic::{Bilingual, Lang};

/// The language of the keys in content files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keys {
    /// `名称: …`
    #[default]
    Zh,
    /// `name: …`
    En,
}

impl Keys {
    /// Returns the language comments beside such keys are written in.
    fn lang(self) -> Lang {
        match self {
            Self::Zh => Lang::Zh,
            Self::En => Lang::En,
        }
    }

    fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// What was made, and what to do next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// The new files, from the site's root, with `/`.
    pub created: Vec<String>,
    /// The files something was added to.
    pub extended: Vec<String>,
    /// What to do next, one step a sentence.
    pub next: Vec<Bilingual>,
}
