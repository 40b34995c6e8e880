//! The templates of a theme: gathered from the chain, checked against each other, handed to tera.
//!
//! Every template is registered as `<theme>/<path>`. A plain `base.html` means the first theme of the chain that has
//! it; `default/base.html` reaches the one of the theme `default`, also from a `base.html` that replaces it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use tera::{ErrorKind, Tera};

use super::assets::Assets;
use super::chain::Layer;
use super::scan::{Name, Node, Scan, scan};
use super::{failure, filters, references};
use crate::diagnostic::{Diagnostic, LineIndex, Report, Span, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// The file name ends whose output is escaped.
const ESCAPED: [&str; 4] = [".html", ".htm", ".xml", ".svg"];

/// One template.
#[derive(Debug)]
pub(super) struct Template {
    /// The theme it is of.
    pub theme: String,
    /// Its path as messages show it.
    pub path: Arc<str>,
    /// Its text.
    pub text: String,
    /// What it names.
    pub scan: Scan,
    /// Whether it does not parse, so that what it names is not known to the end.
    pub is_broken: bool,
}

impl Template {
    /// Returns the place of a byte range.
    pub fn span(&self, range: Range<usize>) -> Span {
        LineIndex::new(Arc::clone(&self.path), &self.text).span(range)
    }
}

/// All templates of a chain, by `<theme>/<path>`.
#[derive(Debug)]
pub(super) struct Templates {
    list: BTreeMap<String, Template>,
    /// The names of the themes, from the theme itself to the last parent.
    pub themes: Vec<String>,
}

impl Templates {
    /// Gathers the templates of the chain.
    pub fn load(layers: &[Layer], report: &mut Report) -> Self {
        let mut list = BTreeMap::new();
        for layer in layers {
            for file in layer.files.files.keys() {
                let Some(name) = file.strip_prefix("templates/") else { continue };
                let Some(text) = layer.files.text(file, report) else { continue };
                let theme = layer.files.name.clone();
                let path = layer.files.path(file);
                if text.trim().is_empty() {
                    report.push(empty(&path));
                }
                let template = Template { path, scan: scan(&text), text, theme, is_broken: false };
                list.insert(format!("{}/{name}", layer.files.name), template);
            }
        }
        Self { list, themes: layers.iter().map(|layer| layer.files.name.clone()).collect() }
    }

    /// Reports what does not parse and remembers it.
    pub fn check_syntax(&mut self, assets: &Assets, report: &mut Report) {
        let mut broken = Vec::new();
        for (name, template) in self.iter() {
            // Parsing comes first in tera; everything else that can fail here is found by `references`.
            let parsed = Tera::default().add_raw_template(name, &template.text);
            if let Err(error) = parsed
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                report.push(failure::explain(self, assets, &error));
                broken.push(name.to_owned());
            }
        }
        for name in broken {
            if let Some(template) = self.list.get_mut(&name) {
                template.is_broken = true;
            }
        }
    }

    /// Finds a template the way tera does; returns its full name too.
    pub fn resolve(&self, name: &str) -> Option<(&str, &Template)> {
        let exact = self.list.get_key_value(name);
        let found = exact.or_else(|| {
            self.themes.iter().find_map(|theme| self.list.get_key_value(&format!("{theme}/{name}")))
        });
        found.map(|(name, template)| (name.as_str(), template))
    }

    /// Returns a template by its full name.
    pub fn get(&self, full_name: &str) -> Option<&Template> {
        self.list.get(full_name)
    }

    /// Returns every template by its full name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Template)> {
        self.list.iter().map(|(name, template)| (name.as_str(), template))
    }

    /// Returns the plain names, each once.
    pub fn plain_names(&self) -> BTreeSet<&str> {
        self.list.keys().filter_map(|name| name.split_once('/')).map(|(_, plain)| plain).collect()
    }

    /// Returns a template and the ones it extends, from the template itself to the last parent.
    pub fn parents<'a>(&'a self, template: &'a Template) -> Vec<&'a Template> {
        let mut chain = vec![template];
        while let Some(parent) = chain.last().and_then(|last| last.scan.extends.as_ref()) {
            match self.resolve(&parent.name) {
                Some((_, parent)) if !chain.iter().any(|known| std::ptr::eq(*known, parent)) => {
                    chain.push(parent);
                }
                _ => break,
            }
        }
        chain
    }

    /// Returns the template whose text a template begins with (its last parent, or itself) and the versions of each block
    /// from the template's own to that one's.
    pub fn lineage<'t>(&'t self, template: &'t Template) -> (&'t Template, Lineage<'t>) {
        let chain = self.parents(template);
        let mut lineage = Lineage::new();
        for template in &chain {
            for (name, body) in blocks(template) {
                lineage.entry(&name.name).or_default().push((template, body));
            }
        }
        (chain.last().copied().unwrap_or(template), lineage)
    }

    /// Says that there is no such template, at the name that was written.
    pub fn unknown(&self, template: Option<(&Template, &Range<usize>)>, name: &str) -> Diagnostic {
        let names: Vec<&str> = match name.split_once('/') {
            Some((theme, _)) if self.themes.iter().any(|known| known == theme) => {
                self.list.keys().map(String::as_str).collect()
            }
            _ => self.plain_names().into_iter().collect(),
        };
        let diagnostic = Diagnostic::new(
            codes::UNKNOWN_TEMPLATE,
            text!("没有模板“{name}”。", "There is no template `{name}`."),
        );
        let diagnostic = offer(diagnostic, &nearest(name, names));
        match template {
            Some((template, range)) => diagnostic.at(template.span(range.clone())),
            None => diagnostic,
        }
    }
}

/// The versions of each block, from the child's to the base's.
pub(super) type Lineage<'t> = BTreeMap<&'t str, Vec<(&'t Template, &'t [Node])>>;

/// Returns the versions of a block that are drawn where it stands in `template`: the child's, and its parents' as far as
/// `super()` reaches.
pub(super) fn drawn<'t>(
    lineage: &Lineage<'t>,
    template: &'t Template,
    name: &str,
    body: &'t [Node],
) -> Vec<(&'t Template, &'t [Node])> {
    let versions = lineage.get(name).cloned().unwrap_or_else(|| vec![(template, body)]);
    let reached = versions.iter().position(|(template, body)| !calls_super(template, body));
    versions.into_iter().take(reached.map_or(usize::MAX, |last| last + 1)).collect()
}

fn calls_super(template: &Template, body: &[Node]) -> bool {
    let mut found = false;
    for node in body {
        walk(node, &mut |node| {
            if let Node::Read(tokens) | Node::Test(tokens) | Node::Set { value: tokens, .. } = node {
                found |= tokens.iter().any(|token| &template.text[token.range.clone()] == "super");
            }
        });
    }
    found
}

/// Adds “did you mean” when something is near.
pub(super) fn offer<S: AsRef<str>>(diagnostic: Diagnostic, near: &[S]) -> Diagnostic {
    if near.is_empty() || diagnostic.help.is_some() {
        return diagnostic;
    }
    let (zh, en) = (quoted_list_zh(near), quoted_list_en(near));
    diagnostic.help(text!("是不是想写{zh}？", "Did you mean {en}?"))
}

/// Says that a template has nothing in it: the page would be empty, and the file one that was not saved.
fn empty(path: &Arc<str>) -> Diagnostic {
    Diagnostic::new(codes::TEMPLATE_SYNTAX, text!("模板是空的。", "The template is empty."))
        .in_file(Arc::clone(path))
        .help(text!(
            "请写上内容；不想改这个模板，就删掉这个文件，改用上一级主题的。",
            "Write it; or delete the file, and the one of the theme that is extended is used."
        ))
}

/// Makes the engine, with every filter and function, or reports all that is wrong in all templates.
///
/// Where a template does not parse, or names something that does not exist, the engine is empty: nothing can be drawn with
/// it, but the templates can still be checked for what else is wrong.
pub(super) fn engine(templates: &Templates, assets: &Arc<Assets>, report: &mut Report) -> Option<Tera> {
    let mut problems = Report::new();
    references::check(templates, &mut problems);
    let fine = !problems.has_errors() && !templates.iter().any(|(_, template)| template.is_broken);
    report.append(problems);
    let mut tera = empty_engine(templates, assets);
    if !fine {
        return Some(tera);
    }
    let all = templates.iter().map(|(name, template)| (name, template.text.as_str()));
    match tera.add_raw_templates(all) {
        Ok(()) => Some(tera),
        Err(error) => {
            report.push(failure::explain(templates, assets, &error));
            None
        }
    }
}

fn empty_engine(templates: &Templates, assets: &Arc<Assets>) -> Tera {
    let mut tera = Tera::default();
    filters::register(&mut tera, assets);
    tera.autoescape_on(ESCAPED);
    let prefixes = templates.themes.iter().map(|theme| format!("{theme}/"));
    tera.set_fallback_prefixes(prefixes).expect("no template has been added yet");
    tera
}

/// Visits a node and all inside it.
pub(super) fn walk<'a>(node: &'a Node, visit: &mut dyn FnMut(&'a Node)) {
    visit(node);
    let inner: [&[Node]; 2] = match node {
        Node::For { body, otherwise, .. } => [body, otherwise],
        Node::Block { body, .. } => [body, &[]],
        Node::Read(_) | Node::Test(_) | Node::Set { .. } | Node::Include(_) => [&[], &[]],
    };
    for node in inner.into_iter().flatten() {
        walk(node, visit);
    }
}

/// Returns the blocks of a template, nested ones too.
pub(super) fn blocks(template: &Template) -> Vec<(&Name, &[Node])> {
    let mut found = Vec::new();
    for node in &template.scan.nodes {
        walk(node, &mut |node| {
            if let Node::Block { name, body } = node {
                found.push((name, body.as_slice()));
            }
        });
    }
    found
}
