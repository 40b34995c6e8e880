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
use super::tools::{self, TERA_TESTS, ToolKind};
use super::{failure, tools::nearest_tool};
use crate::diagnostic::{Bilingual, Code, Diagnostic, LineIndex, Report, Span, codes};
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
    themes: Vec<String>,
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
                let template = Template { path: layer.files.path(file), scan: scan(&text), text, theme };
                list.insert(format!("{}/{name}", layer.files.name), template);
            }
        }
        Self { list, themes: layers.iter().map(|layer| layer.files.name.clone()).collect() }
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

/// Adds “did you mean” when something is near.
pub(super) fn offer<S: AsRef<str>>(diagnostic: Diagnostic, near: &[S]) -> Diagnostic {
    if near.is_empty() || diagnostic.help.is_some() {
        return diagnostic;
    }
    let (zh, en) = (quoted_list_zh(near), quoted_list_en(near));
    diagnostic.help(text!("是不是想写{zh}？", "Did you mean {en}?"))
}

/// Makes the engine, with every filter and function, or reports all that is wrong in all templates.
pub(super) fn engine(templates: &Templates, assets: &Arc<Assets>, report: &mut Report) -> Option<Tera> {
    let mut problems = Report::new();
    let broken = check_syntax(templates, assets, &mut problems);
    check_references(templates, &broken, &mut problems);
    let fine = !problems.has_errors();
    report.append(problems);
    if !fine {
        return None;
    }
    let mut tera = empty_engine(templates, assets);
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
    tools::register(&mut tera, assets);
    tera.autoescape_on(ESCAPED);
    let prefixes = templates.themes.iter().map(|theme| format!("{theme}/"));
    tera.set_fallback_prefixes(prefixes).expect("no template has been added yet");
    tera
}

/// Reports what does not parse; returns the full names.
fn check_syntax<'a>(templates: &'a Templates, assets: &Assets, report: &mut Report) -> BTreeSet<&'a str> {
    let mut broken = BTreeSet::new();
    for (name, template) in templates.iter() {
        // Parsing comes first in tera; everything else that can fail here is found by `check_references`.
        let parsed = Tera::default().add_raw_template(name, &template.text);
        if let Err(error) = parsed
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            report.push(failure::explain(templates, assets, &error));
            broken.insert(name);
        }
    }
    broken
}

/// Checks that every template, block, component, filter, test and function that is named exists.
fn check_references(templates: &Templates, broken: &BTreeSet<&str>, report: &mut Report) {
    let components = component_names(templates, report);
    for (name, template) in templates.iter().filter(|(name, _)| !broken.contains(name)) {
        let scan = &template.scan;
        let mut unknown = |list: &[Name], what: &Bilingual, known: &dyn Fn(&str) -> Option<Vec<String>>| {
            for name in list {
                if let Some(near) = known(&name.name) {
                    let (zh, en, typed) = (&what.zh, &what.en, &name.name);
                    let message = text!("没有{zh}“{typed}”。", "There is no {en} `{typed}`.");
                    report.push(problem(template, &name.range, codes::UNKNOWN_IN_TEMPLATE, message, &near));
                }
            }
        };
        unknown(&scan.filters, &text!("过滤器", "filter"), &|name| unknown_tool(ToolKind::Filter, name));
        unknown(&scan.functions, &text!("函数", "function"), &|name| {
            unknown_tool(ToolKind::Function, name)
        });
        unknown(&scan.tests, &text!("判断", "test"), &|name| {
            (!TERA_TESTS.contains(&name)).then(|| owned(nearest(name, TERA_TESTS.iter().copied())))
        });
        unknown(&scan.calls, &text!("组件", "component"), &|name| {
            (!components.contains(name)).then(|| owned(nearest(name, components.iter().copied())))
        });
        check_extends(templates, name, template, report);
        check_includes(templates, name, template, report);
        check_blocks(templates, template, report);
    }
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Returns what is near when there is no such filter or function.
fn unknown_tool(kind: ToolKind, name: &str) -> Option<Vec<String>> {
    let known = tools::names(kind).any(|tool| tool == name);
    (!known).then(|| owned(nearest_tool(kind, name)))
}

fn problem(
    template: &Template,
    range: &Range<usize>,
    code: Code,
    message: Bilingual,
    near: &[String],
) -> Diagnostic {
    offer(Diagnostic::new(code, message).at(template.span(range.clone())), near)
}

/// Returns all components; reports those a theme defines twice.
fn component_names<'a>(templates: &'a Templates, report: &mut Report) -> BTreeSet<&'a str> {
    let mut seen: BTreeMap<(&str, &str), &Template> = BTreeMap::new();
    for (_, template) in templates.iter() {
        for component in &template.scan.components {
            let name = component.name.name.as_str();
            let Some(first) = seen.insert((&template.theme, name), template) else { continue };
            let path = &first.path;
            report.push(problem(
                template,
                &component.name.range,
                codes::TEMPLATE_SYNTAX,
                text!(
                    "组件“{name}”在 {path} 里已经有了。",
                    "The component `{name}` is defined in {path} already."
                ),
                &[],
            ));
        }
    }
    seen.into_keys().map(|(_, name)| name).collect()
}

fn check_extends(templates: &Templates, name: &str, template: &Template, report: &mut Report) {
    let Some(parent) = &template.scan.extends else { return };
    let mut seen = vec![name];
    let mut next = parent;
    loop {
        let Some((parent_name, found)) = templates.resolve(&next.name) else {
            // A parent's own missing parent is reported where it stands.
            if seen.len() == 1 {
                report.push(templates.unknown(Some((template, &parent.range)), &parent.name));
            }
            return;
        };
        if seen.contains(&parent_name) {
            if parent_name == name {
                report.push(circle(templates, template, parent, &seen));
            }
            return;
        }
        seen.push(parent_name);
        let Some(further) = &found.scan.extends else { return };
        next = further;
    }
}

fn circle(templates: &Templates, template: &Template, at: &Name, seen: &[&str]) -> Diagnostic {
    let round = seen.iter().chain(seen.first()).copied().collect::<Vec<_>>().join(" → ");
    let message = text!("模板绕成了圈：{round}。", "The templates lead in a circle: {round}.");
    let diagnostic = Diagnostic::new(codes::TEMPLATE_SYNTAX, message).at(template.span(at.range.clone()));
    // The usual slip: `base.html` of a child theme extends `base.html` and means its parent's.
    let parents = templates.themes.iter().skip_while(|theme| **theme != template.theme).skip(1);
    let plain = at.name.as_str();
    match parents.map(|theme| format!("{theme}/{plain}")).find(|full| templates.get(full).is_some()) {
        Some(full) if seen.len() == 1 => diagnostic.help(text!(
            "想用上一级主题的同名模板，请写 \"{full}\"。",
            "To reach the template of the theme you extend, write \"{full}\"."
        )),
        _ => diagnostic,
    }
}

fn check_includes(templates: &Templates, name: &str, template: &Template, report: &mut Report) {
    for include in includes(template) {
        match templates.resolve(&include.name) {
            None => report.push(templates.unknown(Some((template, &include.range)), &include.name)),
            Some((target, _)) if reaches(templates, target, name) => {
                report.push(circle(templates, template, include, &[name]));
            }
            Some(_) => {}
        }
    }
}

/// Returns whether `from` is `to` or includes it, over any number of steps.
fn reaches(templates: &Templates, from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name)
            && let Some(template) = templates.get(name)
        {
            open.extend(includes(template).filter_map(|include| Some(templates.resolve(&include.name)?.0)));
        }
    }
    false
}

fn includes(template: &Template) -> impl Iterator<Item = &Name> {
    let bodies = template.scan.components.iter().flat_map(|component| &component.body);
    let mut found = Vec::new();
    for node in template.scan.nodes.iter().chain(bodies) {
        walk(node, &mut |node| {
            if let Node::Include(name) = node {
                found.push(name);
            }
        });
    }
    found.into_iter()
}

/// Visits a node and all inside it.
pub(super) fn walk<'a>(node: &'a Node, visit: &mut dyn FnMut(&'a Node)) {
    visit(node);
    let inner: [&[Node]; 2] = match node {
        Node::For { body, otherwise, .. } => [body, otherwise],
        Node::Block { body, .. } => [body, &[]],
        Node::Read(_) | Node::Set { .. } | Node::Include(_) => [&[], &[]],
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

/// Checks that the blocks a template fills are in one of its parents.
fn check_blocks(templates: &Templates, template: &Template, report: &mut Report) {
    let chain = templates.parents(template);
    let complete = chain.last().is_some_and(|last| last.scan.extends.is_none());
    if chain.len() < 2 || !complete {
        return;
    }
    let known: BTreeSet<&str> =
        chain[1..].iter().flat_map(|parent| blocks(parent)).map(|(name, _)| name.name.as_str()).collect();
    for node in &template.scan.nodes {
        if let Node::Block { name, .. } = node
            && !known.contains(name.name.as_str())
        {
            let typed = &name.name;
            report.push(problem(
                template,
                &name.range,
                codes::UNKNOWN_IN_TEMPLATE,
                text!("上一级模板里没有块“{typed}”。", "No template it extends has a block `{typed}`."),
                &owned(nearest(typed, known.iter().copied())),
            ));
        }
    }
}
