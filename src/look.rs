//! The theme a site chose, with the options it gave: where [`crate::model`] and [`crate::theme`] meet.

use std::path::Path;
use std::sync::Arc;

use blake3::Hash;

use crate::address::OutputPath;
use crate::diagnostic::Report;
use crate::fingerprint;
use crate::model::{self, Located, Site};
use crate::plan::ThemeFile;
use crate::read::{self, Sources};
use crate::theme::{self, GivenOption, GivenValue, Theme, resolve_options};
use crate::view::{self, describe::Described, frame::PageView, frame::SiteView};

/// Themes that were loaded before, one for each language.
#[derive(Debug, Default)]
pub struct Themes(Vec<Known>);

/// A theme with nothing wrong in it.
#[derive(Debug)]
struct Known {
    /// What stands for all it was loaded from.
    key: Hash,
    language: String,
    theme: Arc<Theme>,
}

impl Themes {
    /// Does what [`load`] does, unless the theme was loaded before and all it was loaded from is as it was.
    pub fn load(
        &mut self,
        root: &Path,
        site: &Site,
        sources: &Sources,
        report: &mut Report,
    ) -> Option<Arc<Theme>> {
        let language = &site.settings.language;
        let key = key(root, site);
        let known = self.0.iter().position(|known| known.language == *language);
        if let Some(at) = known {
            if Some(self.0[at].key) == key {
                return Some(Arc::clone(&self.0[at].theme));
            }
            self.0.swap_remove(at);
        }
        let mut found = Report::new();
        let theme = load(root, site, sources, &mut found).map(Arc::new);
        if let (Some(key), Some(theme), true) = (key, &theme, found.is_empty()) {
            self.0.push(Known { key, language: language.clone(), theme: Arc::clone(theme) });
        }
        report.append(found);
        theme
    }

    /// Keeps a theme in the place of the one it was made from, now that it knows the site.
    pub fn keep(&mut self, site: &Site, from: &Arc<Theme>, theme: &Arc<Theme>) {
        let language = &site.settings.language;
        let known = self.0.iter_mut().find(|known| known.language == *language);
        if let Some(known) = known.filter(|known| Arc::ptr_eq(&known.theme, from)) {
            known.theme = Arc::clone(theme);
        }
    }
}

/// Returns what stands for all a theme is loaded from; `None` when that cannot be told.
fn key(root: &Path, site: &Site) -> Option<Hash> {
    let choice = &site.settings.theme;
    let options: Vec<_> =
        choice.options.iter().map(|option| (&option.name.value, &option.value.value)).collect();
    let asked = fingerprint::of_debug(&(&choice.name.value, &site.settings.language, options));
    Some(fingerprint::together([&asked, &read::state(root, "themes")?]))
}

/// Loads the theme of a site, checks the options given for it and every template of it.
pub fn load(root: &Path, site: &Site, sources: &Sources, report: &mut Report) -> Option<Theme> {
    let choice = &site.settings.theme;
    let at = choice.name.at.span(sources);
    let mut theme = theme::load(root, &choice.name.value, Some(at), &site.settings.language, report)?;
    let given: Vec<GivenOption> = choice.options.iter().map(|option| given(option, sources)).collect();
    let values = resolve_options(theme.options(), &given, report);
    theme.set_options(&values);
    let kinds: Vec<theme::Kind<'_>> =
        view::KINDS.iter().map(|kind| (kind.template, kind.variable, (kind.shape)())).collect();
    theme.check(&kinds, PageView::shape(), SiteView::shape(), report);
    theme.follow(&kinds, PageView::shape());
    Some(theme)
}

/// Returns a theme's static files, in the order of [`Theme::assets`].
pub fn files(theme: &Theme) -> Vec<ThemeFile> {
    let files = theme.assets().values().filter_map(|asset| {
        let path = OutputPath::new(asset.output.as_ref())?;
        Some(ThemeFile { path, source: Arc::clone(&asset.source) })
    });
    files.collect()
}

fn given(option: &model::GivenOption, sources: &Sources) -> GivenOption {
    let span = |at: model::Origin| Some(at.span(sources));
    GivenOption {
        name: option.name.value.clone(),
        name_at: span(option.name.at),
        value: match &option.value {
            Located { value: model::OptionValue::Text(text), .. } => GivenValue::Text(text.clone()),
            Located { value: model::OptionValue::List(list), .. } => GivenValue::List(list.clone()),
            Located { value: model::OptionValue::Other, .. } => GivenValue::Other,
        },
        value_at: span(option.value.at),
    }
}
