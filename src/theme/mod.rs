//! Themes: what a site looks like. Loads one, with the ones it extends, and renders views with its templates.
//!
//! A theme is a folder: `theme.yaml` (what it says about itself, its options), `templates/` (tera), `static/`
//! (fingerprinted and copied), `i18n/<language>.yaml` (interface texts). It may extend another: files it lacks are
//! taken from there, one by one. A theme in the site's `themes/` wins over the embedded one of the same name.
//!
//! What a template sees: `site`, `option`, `t`, `yipin` (the version) everywhere; `root` (`../../`), `page` and the
//! view under its kind's name on every page. It can reach nothing else: no file, no network, no clock. In `.html`,
//! `.xml` and `.svg` templates every value is escaped; finished HTML is printed with `| safe`.
//!
//! This module does not decide which pages there are and does not write anything except in [`eject`].

mod assets;
mod chain;
pub mod color;
mod failure;
mod files;
mod filters;
mod interface;
mod library;
mod manifest;
mod options;
mod paths;
mod reading;
mod reference;
mod references;
mod scan;
mod shapes;
mod squeeze;
mod templates;
#[cfg(test)]
mod tests;
mod tokens;
mod tools;
mod written;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use blake3::{Hash, Hasher};
use tera::{Context, Tera, Value};

pub use assets::{Asset, Assets};
pub use files::ThemeFiles;
pub use interface::{Messages, missing_keys};
pub use library::{Listed, Origin, eject, list};
pub use manifest::{ContrastRule, OptionDeclaration, OptionKind};
pub use options::{GivenOption, GivenValue, OptionValue, resolve_options};
pub use reference::reference;
pub use tools::{TERA_FILTERS, TERA_FUNCTIONS, TERA_TESTS, TOOLS, Tool, ToolKind};

use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::fingerprint::{self, update_text};
use crate::text;
use crate::text::{quoted_list_en, quoted_list_zh};
use crate::view::describe::{Described, Shape, Shown};
use crate::view::reads::Reads;
use chain::Library;
use shapes::{Found, Scope, Tree, Type};
use templates::Templates;

/// A kind of page: the template that draws it, the name its view has there, the view's shape.
pub type Kind<'a> = (&'a str, &'a str, Shape);

/// The bytes a page has room for before its buffer must grow.
const PAGE_CAPACITY: usize = 16 << 10;

/// A loaded theme, ready to render from many threads.
#[derive(Debug, Clone)]
pub struct Theme {
    name: String,
    /// The path of its `theme.yaml` as messages show it.
    manifest_path: Arc<str>,
    tera: Tera,
    templates: Arc<Templates>,
    assets: Arc<Assets>,
    options: Vec<OptionDeclaration>,
    messages: Messages,
    message_tree: Tree,
    option_tree: Tree,
    site: Option<Shape>,
    /// What the templates of each kind of page read; see [`Theme::follow`].
    reads: BTreeMap<String, Reads>,
    everything: Reads,
    /// The hash of what templates see as `site`.
    site_digest: Option<Hash>,
    /// The hash of the files it is made of and its texts.
    files_digest: Hash,
    /// The hash of the options it was given.
    options_digest: Hash,
}

/// Loads the theme `name` of the site at `root` with its interface texts in `language` (`zh-CN`).
///
/// `at` is where the site names its theme. Everything wrong with the theme and the ones it extends goes to the report;
/// a theme with errors may still be given, so that its templates can be checked: nothing is drawn with one. `None` when
/// there is nothing to check.
pub fn load(root: &Path, name: &str, at: Option<Span>, language: &str, report: &mut Report) -> Option<Theme> {
    let find = |name: &str, report: &mut Report| {
        files::on_disk(root, name, report).or_else(|| files::embedded(name))
    };
    let mut names = files::disk_names(root);
    names.extend(files::embedded_names());
    names.sort();
    names.dedup();
    load_chain(&Library { find: &find, names }, name, at, language, report)
}

/// Loads a theme from files already in memory; `None` when anything is wrong with it.
pub fn load_files(themes: &[ThemeFiles], name: &str, language: &str, report: &mut Report) -> Option<Theme> {
    let find = |name: &str, _: &mut Report| themes.iter().find(|theme| theme.name == name).cloned();
    let names = themes.iter().map(|theme| theme.name.clone()).collect();
    let mut problems = Report::new();
    let library = Library { find: &find, names };
    let theme = load_chain(&library, name, None, language, &mut problems).filter(|_| !problems.has_errors());
    report.append(problems);
    theme
}

fn load_chain(
    library: &Library<'_>,
    name: &str,
    at: Option<Span>,
    language: &str,
    report: &mut Report,
) -> Option<Theme> {
    let layers = chain::chain(library, name, at, report)?;
    let options = chain::merged_options(&layers, report);
    let messages = interface::load(&layers, language, report);
    let assets = Arc::new(assets::load(&layers, report));
    let mut templates = Templates::load(&layers, report);
    templates.check_syntax(&assets, report);
    let templates = Arc::new(templates);
    let mut tera = templates::engine(&templates, &assets, report)?;
    let globals = tera.global_context();
    globals.insert_value("t", interface::to_value(&messages));
    globals.insert_value("yipin", Value::from(env!("CARGO_PKG_VERSION")));
    let mut theme = Theme {
        name: name.to_owned(),
        manifest_path: layers.first()?.files.path("theme.yaml"),
        message_tree: Tree::from_keys(messages.keys().map(String::as_str)),
        option_tree: Tree::from_keys(options.iter().map(|option| option.name.as_str())),
        tera,
        options,
        site: None,
        site_digest: None,
        files_digest: digest(&templates, &assets, &messages),
        options_digest: Hash::from_bytes([0; 32]),
        templates,
        assets,
        messages,
        reads: BTreeMap::new(),
        everything: Reads::everything(),
    };
    let defaults = resolve_options(&theme.options, &[], report);
    theme.set_options(&defaults);
    Some(theme)
}

impl Theme {
    /// Returns the theme's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the options it declares, inherited ones first.
    pub fn options(&self) -> &[OptionDeclaration] {
        &self.options
    }

    /// Returns its interface texts by dotted key.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Returns its static files by the name templates use; each has its output path.
    pub fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Returns the names of its templates, without the theme's name before them.
    pub fn template_names(&self) -> impl Iterator<Item = &str> {
        self.templates.plain_names().into_iter()
    }

    /// Returns whether it has a template.
    pub fn has_template(&self, name: &str) -> bool {
        self.templates.resolve(name).is_some()
    }

    /// Sets what every template sees as `option`; until then they are the defaults.
    pub fn set_options(&mut self, values: &BTreeMap<String, OptionValue>) {
        self.tera.global_context().insert("option", values);
        self.options_digest = fingerprint::of_debug(values);
    }

    /// Returns the hash of all that decides what it makes of a view: its files, its texts, its options.
    pub fn digest(&self) -> Hash {
        fingerprint::together([&self.files_digest, &self.options_digest])
    }

    /// Sets what every template sees as `site`, once for all pages.
    ///
    /// # Errors
    /// A diagnostic when the value has no form a template can see.
    pub fn set_site<S: Described>(&mut self, site: &S) -> Result<(), Box<Diagnostic>> {
        let value = shown("site", site, &self.everything)?;
        self.tera.global_context().insert_value("site", value);
        self.site = Some(S::shape());
        Ok(())
    }

    /// Works out which fields of their views the templates of each kind of page read. From then on templates are shown
    /// these alone, and [`Theme::reads`] tells them.
    pub fn follow(&mut self, kinds: &[Kind<'_>], page: Shape) {
        let reads = |kind: &Kind<'_>| {
            let names = [("page", page), (kind.1, kind.2)];
            (kind.0.to_owned(), reading::reads(&self.templates, kind.0, &names))
        };
        self.reads = kinds.iter().map(reads).collect();
    }

    /// Returns which fields of its views a template reads, and those it is made of; all where that is not known.
    pub fn reads(&self, template: &str) -> &Reads {
        self.reads.get(template).unwrap_or(&self.everything)
    }

    /// Returns the theme with what its templates see as `site`: itself, when they see that already.
    ///
    /// # Errors
    /// As [`Self::set_site`].
    pub fn with_site<S: Described + std::fmt::Debug>(
        self: &Arc<Self>,
        site: &S,
    ) -> Result<Arc<Self>, Box<Diagnostic>> {
        let digest = Some(fingerprint::of_debug(site));
        if self.site_digest == digest {
            return Ok(Arc::clone(self));
        }
        let mut theme = Self::clone(self);
        theme.set_site(site)?;
        theme.site_digest = digest;
        Ok(Arc::new(theme))
    }

    /// Renders a view: `template` is its file name, `kind` the name the view has in it, `root` the way to the site's
    /// root (`../../`).
    ///
    /// # Errors
    /// The diagnostic of what is wrong with the template, in the template.
    pub fn render<P: Described, V: Described>(
        &self,
        template: &str,
        kind: &'static str,
        page: &P,
        view: &V,
        root: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let draw = |reads: &Reads| -> Result<Result<Vec<u8>, tera::Error>, Box<Diagnostic>> {
            let mut context = Context::new();
            context.insert_value("root", Value::from(root));
            context.insert_value("page", shown("page", page, reads)?);
            context.insert_value(kind, shown(kind, view, reads)?);
            let mut out = Vec::with_capacity(PAGE_CAPACITY);
            let drawn = self.tera.render_to(template, &context, &mut out);
            out.shrink_to_fit();
            Ok(drawn.map(|()| out))
        };
        if let Ok(out) = draw(self.reads(template))? {
            return Ok(out);
        }
        // With all fields there, the error names those that come near.
        let drawn = draw(&self.everything)?;
        debug_assert!(drawn.is_err(), "`{template}` needs a field that counts as not read");
        drawn.map_err(|error| Box::new(self.explain(&error, (template, kind, V::shape()), P::shape())))
    }

    /// Checks every template that draws a kind of page, without rendering: names, fields, branches never taken.
    pub fn check(&self, kinds: &[Kind<'_>], page: Shape, site: Shape, report: &mut Report) {
        let missing: Vec<&str> =
            kinds.iter().map(|kind| kind.0).filter(|template| !self.has_template(template)).collect();
        if !missing.is_empty() {
            report.push(self.incomplete(&missing));
        }
        report.append(self.unknown_names(kinds, page, Some(site)).into_report());
    }

    /// Says which templates the theme lacks.
    fn incomplete(&self, missing: &[&str]) -> Diagnostic {
        let (zh, en) = (quoted_list_zh(missing), quoted_list_en(missing));
        let is_alone = self.templates.themes.len() == 1;
        Diagnostic::new(
            codes::UNKNOWN_TEMPLATE,
            text!("主题缺少模板：{zh}。", "The theme lacks templates: {en}."),
        )
        .in_file(Arc::clone(&self.manifest_path))
        .help(if is_alone {
            text!(
                "加一行“extends: default”，缺少的模板就从默认主题取；或者把它们都写出来，放进“templates”文件夹。",
                "Add the line `extends: default`, and the default theme's are used; or write all of them, in the folder `templates`."
            )
        } else {
            text!("请把它们写出来，放进“templates”文件夹。", "Write them, in the folder `templates`.")
        })
    }

    /// Finds the names that are not there in the templates of these kinds of pages and in all components.
    fn unknown_names(&self, kinds: &[Kind<'_>], page: Shape, site: Option<Shape>) -> Found<'_> {
        let mut found = Found::default();
        for kind in kinds {
            shapes::check_entry(&self.templates, kind.0, self.scope(Some(*kind), page, site), &mut found);
        }
        shapes::check_components(&self.templates, &self.scope(None, page, site), &mut found);
        found
    }

    /// Explains a failure; the view's own description knows better names than the error.
    fn explain(&self, error: &tera::Error, kind: Kind<'_>, page: Shape) -> Diagnostic {
        let mut problem = failure::explain(&self.templates, &self.assets, error);
        if problem.span.is_none()
            && let Some((_, template)) = self.templates.resolve(kind.0)
        {
            problem = problem.in_file(Arc::clone(&template.path));
        }
        if problem.code != codes::UNKNOWN_IN_TEMPLATE {
            return problem;
        }
        let found = self.unknown_names(&[kind], page, self.site).into_report();
        found.into_sorted().into_iter().find(|better| better.span == problem.span).unwrap_or(problem)
    }

    /// Returns what a template of a kind sees.
    fn scope(&self, kind: Option<Kind<'_>>, page: Shape, site: Option<Shape>) -> Scope<'_> {
        let mut scope = vec![
            ("site".into(), site.map_or(Type::Any, Type::Shape)),
            ("option".into(), Type::Tree(&self.option_tree)),
            ("t".into(), Type::Tree(&self.message_tree)),
            ("yipin".into(), Type::Shape(Shape::Text)),
            ("root".into(), Type::Shape(Shape::Text)),
            ("page".into(), Type::Shape(page)),
        ];
        scope.extend(kind.map(|(_, name, shape)| (name.to_owned(), Type::Shape(shape))));
        scope
    }
}

fn shown<T: Described>(what: &str, value: &T, reads: &Reads) -> Result<Value, Box<Diagnostic>> {
    Value::try_from_serializable(&Shown(value, reads)).map_err(|error| unseen(what, &error))
}

/// Returns the hash of the templates, static files and interface texts of a theme.
fn digest(templates: &Templates, assets: &Assets, messages: &Messages) -> Hash {
    let mut hasher = Hasher::new();
    for (name, template) in templates.iter() {
        update_text(&mut hasher, name);
        update_text(&mut hasher, &template.text);
    }
    for (name, asset) in assets {
        update_text(&mut hasher, name);
        update_text(&mut hasher, &asset.output);
        hasher.update(blake3::hash(&asset.bytes).as_bytes());
    }
    fingerprint::update_debug(&mut hasher, messages);
    hasher.finalize()
}

fn unseen(what: &str, error: &tera::Error) -> Box<Diagnostic> {
    Box::new(Diagnostic::new(
        codes::TEMPLATE_FAILED,
        text!("模板看不到 {what}：{error}", "`{what}` cannot be shown to a template: {error}"),
    ))
}
