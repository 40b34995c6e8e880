//! Checks every path a template reads (`community.brand.name`) against what its view really has.
//!
//! Nothing is rendered, so a slip in a branch that is never taken is found too. What cannot be known without
//! rendering (arguments of components, results of filters) is taken to have any field.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::paths::{Path, Step, paths, pure_path};
use super::scan::Node;
use super::templates::{Lineage, Template, Templates, drawn, offer, walk};
use super::tokens::Token;
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};
use crate::view::describe::Shape;

/// What is known of a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Type<'a> {
    /// It has this shape.
    Shape(Shape),
    /// It is a tree of names: interface texts, options.
    Tree(&'a Tree),
    /// Anything.
    Any,
}

/// Names that are known only after a theme is loaded.
#[derive(Debug, Clone, Default)]
pub(super) struct Tree(pub BTreeMap<String, Tree>);

impl Tree {
    /// Makes a tree of dotted keys.
    pub fn from_keys<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut tree = Self::default();
        for key in keys {
            let mut at = &mut tree;
            for part in key.split('.') {
                at = at.0.entry(part.to_owned()).or_default();
            }
        }
        tree
    }
}

/// Names in reach, innermost last.
pub(super) type Scope<'a> = Vec<(String, Type<'a>)>;

/// Checks one template that is rendered with the names of `scope`; one that does not exist has nothing wrong in it.
pub(super) fn check_entry<'t>(templates: &'t Templates, name: &str, scope: Scope<'_>, found: &mut Found<'t>) {
    let Some((_, entry)) = templates.resolve(name) else { return };
    let (base, lineage) = templates.lineage(entry);
    let mut walker = Walker { templates, scope, lineage, includes: 0, globals: &Scope::new(), found };
    walker.nodes(base, &base.scan.nodes);
}

/// Checks the bodies of all components; `globals` are what `@` arguments may name.
pub(super) fn check_components<'t>(templates: &'t Templates, globals: &Scope<'_>, found: &mut Found<'t>) {
    for (_, template) in templates.iter() {
        for component in &template.scan.components {
            let mut scope: Scope<'_> = vec![("body".into(), Type::Any)];
            for argument in &component.arguments {
                let global = globals.iter().find(|(name, _)| argument.implicit && *name == argument.name);
                scope.push((argument.name.clone(), global.map_or(Type::Any, |(_, known)| *known)));
            }
            let lineage = Lineage::new();
            let mut walker = Walker { templates, scope, lineage, includes: 0, globals, found };
            walker.nodes(template, &component.body);
        }
    }
}

/// The names that are not there, each once, however many kinds of pages are drawn with the template it stands in.
#[derive(Default)]
pub(super) struct Found<'t>(BTreeMap<(&'t str, usize, String), (&'t Template, Unknown)>);

impl<'t> Found<'t> {
    fn add(&mut self, template: &'t Template, unknown: Unknown) {
        let place = (&*template.path, unknown.range.start, unknown.name.clone());
        match self.0.get_mut(&place) {
            // What only some of the pages have is no help for a template that draws them all.
            Some((_, earlier)) => earlier.known.retain(|name| unknown.known.contains(name)),
            None => _ = self.0.insert(place, (template, unknown)),
        }
    }

    /// Says what was found.
    pub fn into_report(self) -> Report {
        let mut report = Report::new();
        report.extend(self.0.into_values().map(|(template, unknown)| unknown.diagnostic(template)));
        report
    }
}

/// Templates included in each other deeper than this are not followed; tera refuses circles.
pub(super) const MAX_INCLUDES: usize = 16;

struct Walker<'w, 'a, 't> {
    templates: &'t Templates,
    scope: Scope<'a>,
    lineage: Lineage<'t>,
    includes: usize,
    /// What a component would see if it declared it; nothing outside of components.
    globals: &'w Scope<'a>,
    found: &'w mut Found<'t>,
}

impl<'a, 't> Walker<'_, 'a, 't> {
    fn nodes(&mut self, template: &'t Template, nodes: &'t [Node]) {
        // What does not parse is not known well enough to be judged.
        if template.is_broken {
            return;
        }
        for node in nodes {
            self.node(template, node);
        }
    }

    fn node(&mut self, template: &'t Template, node: &'t Node) {
        match node {
            Node::Read(tokens) | Node::Test(tokens) => self.read(template, tokens),
            Node::Set { name, value, .. } => {
                self.read(template, value);
                let known = self.type_of(template, value);
                self.scope.push((name.clone(), known));
            }
            Node::For { bound, target, body, otherwise } => {
                self.read(template, target);
                let (key, value) = entries(self.type_of(template, target));
                let outside = self.scope.len();
                self.scope.push(("loop".into(), Type::Any));
                match bound.as_slice() {
                    [one] => self.scope.push((one.name.clone(), value)),
                    [first, second] => {
                        self.scope.push((first.name.clone(), key));
                        self.scope.push((second.name.clone(), value));
                    }
                    _ => {}
                }
                self.nodes(template, body);
                self.scope.truncate(outside);
                self.nodes(template, otherwise);
            }
            Node::Block { name, body } => {
                for (template, body) in drawn(&self.lineage, template, &name.name, body) {
                    self.nodes(template, body);
                }
            }
            Node::Include(name) => {
                if let Some((_, target)) = self.templates.resolve(&name.name)
                    && self.includes < MAX_INCLUDES
                {
                    let outside = self.scope.len();
                    self.includes += 1;
                    self.nodes(target, &target.scan.nodes);
                    self.includes -= 1;
                    self.scope.truncate(outside);
                }
            }
        }
    }

    /// Checks every path of an expression.
    fn read(&mut self, template: &'t Template, tokens: &[Token]) {
        for path in paths(&template.text, tokens) {
            if let Err(unknown) = self.resolve(&path)
                && !(unknown.is_root && is_guarded(template, &unknown.name))
            {
                self.found.add(template, unknown);
            }
        }
    }

    /// Returns what is known of an expression's value: of a path, perhaps through filters that keep its kind.
    fn type_of(&self, template: &Template, tokens: &[Token]) -> Type<'a> {
        let Some((path, filters)) = pure_path(&template.text, tokens) else { return Type::Any };
        let Ok(mut known) = self.resolve(&path) else { return Type::Any };
        for filter in filters {
            known = match filter {
                "sort" | "reverse" | "unique" | "default" => known,
                "first" | "last" | "nth" => entries(known).1,
                _ => Type::Any,
            };
        }
        known
    }

    fn resolve(&self, path: &Path) -> Result<Type<'a>, Unknown> {
        let Some((_, known)) = self.scope.iter().rev().find(|(name, _)| *name == path.root.name) else {
            return Err(Unknown {
                name: path.root.name.clone(),
                range: path.root.range.clone(),
                known: self.scope.iter().map(|(name, _)| name.clone()).collect(),
                of: None,
                is_root: true,
                is_global: self.globals.iter().any(|(name, _)| *name == path.root.name),
            });
        };
        let mut known = *known;
        for step in &path.steps {
            known = match step {
                Step::Field(name) => field(known, &name.name).ok_or_else(|| Unknown {
                    name: name.name.clone(),
                    range: name.range.clone(),
                    known: fields(known),
                    of: Some((prefix(path, step), title(known))),
                    is_root: false,
                    is_global: false,
                })?,
                Step::Index => match through(known) {
                    Type::Shape(Shape::Record(_)) | Type::Tree(_) => Type::Any,
                    known => entries(known).1,
                },
                Step::Slice => known,
            };
        }
        Ok(known)
    }
}

/// Writes a path up to `step`, as its author did.
fn prefix(path: &Path, step: &Step) -> String {
    let mut shown = path.root.name.clone();
    for earlier in path.steps.iter().take_while(|earlier| *earlier != step) {
        match earlier {
            Step::Field(name) => shown.extend([".", &name.name]),
            Step::Index => shown.push_str("[…]"),
            Step::Slice => shown.push_str("[…:…]"),
        }
    }
    shown
}

/// A name that is not there.
struct Unknown {
    name: String,
    range: Range<usize>,
    /// The names that are.
    known: Vec<String>,
    /// The path it was looked up in, and what kind of value that is.
    of: Option<(String, String)>,
    is_root: bool,
    /// Whether a component need only declare it.
    is_global: bool,
}

impl Unknown {
    fn diagnostic(self, template: &Template) -> Diagnostic {
        let name = &self.name;
        let message = match &self.of {
            None => text!("没有变量“{name}”。", "There is no variable `{name}`."),
            Some((of, _)) => text!("“{of}”里没有“{name}”。", "`{of}` has no `{name}`."),
        };
        let near = nearest(name, self.known.iter().map(String::as_str));
        let diagnostic = Diagnostic::new(codes::UNKNOWN_IN_TEMPLATE, message).at(template.span(self.range));
        if self.is_global {
            return diagnostic.help(text!(
                "组件只看得到自己的参数：在组件的参数里加上 @{name}。",
                "A component sees only its arguments: add `@{name}` to them."
            ));
        }
        match (&self.of, near.is_empty(), self.known.is_empty()) {
            (Some((of, title)), _, true) => diagnostic
                .help(text!("“{of}”是 {title}，没有下级。", "`{of}` is {title}; there is nothing inside.")),
            (_, true, false) => {
                let (zh, en) = (quoted_list_zh(&self.known), quoted_list_en(&self.known));
                diagnostic.help(text!("可以用的有：{zh}。", "There is {en}."))
            }
            _ => offer(diagnostic, &near),
        }
    }
}

/// Looks through what may be absent.
fn through(known: Type<'_>) -> Type<'_> {
    match known {
        Type::Shape(Shape::Optional(inner)) => through(Type::Shape(inner())),
        Type::Shape(Shape::Any) => Type::Any,
        known => known,
    }
}

/// Returns the type of a field; `None` when there is no such field.
fn field<'a>(known: Type<'a>, name: &str) -> Option<Type<'a>> {
    match through(known) {
        Type::Any => Some(Type::Any),
        Type::Tree(tree) => {
            tree.0.get(name).map(|inner| if inner.0.is_empty() { Type::Any } else { Type::Tree(inner) })
        }
        Type::Shape(Shape::Record(record)) => {
            let found = record().fields.iter().find(|field| field.name == name);
            found.map(|field| Type::Shape((field.shape)()))
        }
        Type::Shape(Shape::Table(value)) => Some(Type::Shape(value())),
        Type::Shape(_) => None,
    }
}

/// Returns the names of the fields of a value.
fn fields(known: Type<'_>) -> Vec<String> {
    match through(known) {
        Type::Tree(tree) => tree.0.keys().cloned().collect(),
        Type::Shape(Shape::Record(record)) => {
            record().fields.iter().map(|field| field.name.to_owned()).collect()
        }
        Type::Any | Type::Shape(_) => Vec::new(),
    }
}

fn title(known: Type<'_>) -> String {
    match through(known) {
        Type::Shape(shape) => shape.title(),
        Type::Any | Type::Tree(_) => String::new(),
    }
}

/// Returns the types of the keys and the values a loop goes over.
fn entries(known: Type<'_>) -> (Type<'_>, Type<'_>) {
    match through(known) {
        Type::Shape(Shape::List(item)) => (Type::Any, Type::Shape(item())),
        Type::Shape(Shape::Table(value)) => (Type::Shape(Shape::Text), Type::Shape(value())),
        _ => (Type::Any, Type::Any),
    }
}

/// Returns whether a template asks somewhere whether `name` is defined; it then knows that it may not be.
fn is_guarded(template: &Template, name: &str) -> bool {
    let mut guarded: FxHashSet<&str> = FxHashSet::default();
    let mut visit = |node: &Node| {
        let (Node::Read(tokens)
        | Node::Test(tokens)
        | Node::Set { value: tokens, .. }
        | Node::For { target: tokens, .. }) = node
        else {
            return;
        };
        let word = |at: usize| tokens.get(at).map_or("", |token| &template.text[token.range.clone()]);
        for at in 0..tokens.len() {
            let test = if word(at + 2) == "not" { word(at + 3) } else { word(at + 2) };
            let asks = word(at + 1) == "is" && matches!(test, "defined" | "undefined");
            let defaults = word(at + 1) == "|" && word(at + 2) == "default";
            if asks || defaults {
                guarded.insert(word(at));
            }
        }
    };
    let bodies = template.scan.components.iter().flat_map(|component| &component.body);
    for node in template.scan.nodes.iter().chain(bodies) {
        walk(node, &mut visit);
    }
    guarded.contains(name)
}
