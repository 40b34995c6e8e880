//! The theme a site chose, with the options it gave: where [`crate::model`] and [`crate::theme`] meet.

use std::path::Path;

use crate::address::OutputPath;
use crate::diagnostic::Report;
use crate::model::{self, Located, Site};
use crate::read::Sources;
use crate::theme::{self, GivenOption, GivenValue, Theme, resolve_options};
use crate::view::{self, describe::Described, frame::PageView, frame::SiteView};

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

/// Returns the addresses of a theme's static files, in the order of [`Theme::assets`].
pub fn files(theme: &Theme) -> Vec<OutputPath> {
    theme.assets().values().filter_map(|asset| OutputPath::new(asset.output.as_ref())).collect()
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
