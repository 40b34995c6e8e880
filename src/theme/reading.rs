//! Works out which fields of the views the templates of one kind of page read.
//!
//! Values are followed from the names a template sees through loops, `set`, includes and the arguments of components.
//! As long as a value is followed, only the fields that are named count. Where a whole record or list goes where this
//! module does not follow it (it is printed, compared, put into another value, given to a filter that may look at all of
//! it), everything in it counts as read. So what is left out can make no difference to what is drawn.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::paths::{Path, Step, closing, not_a_variable, path_at, places, word};
use super::scan::{Component, Node, begins_call, dotted_length};
use super::shapes::MAX_INCLUDES;
use super::templates::{Lineage, Template, Templates, drawn};
use super::tokens::{Token, TokenKind};
use crate::view::describe::Shape;
use crate::view::reads::{Marks, Reads};

/// Returns the fields that are read when `template` is drawn with `names`.
pub(super) fn reads(templates: &Templates, template: &str, names: &[(&str, Shape)]) -> Reads {
    let Some((_, entry)) = templates.resolve(template) else { return Reads::everything() };
    let (base, lineage) = templates.lineage(entry);
    let frame = names.iter().map(|(name, shape)| ((*name).to_owned(), vec![*shape])).collect();
    let mut reader = Reader {
        templates,
        lineage,
        frames: vec![frame],
        implicit: implicit_names(templates),
        seen: FxHashSet::default(),
        includes: 0,
        marks: Marks::default(),
    };
    reader.nodes(base, &base.scan.nodes);
    let roots: Vec<Shape> = names.iter().map(|(_, shape)| *shape).collect();
    reader.marks.into_reads(&roots)
}

/// Returns the names that some component takes from its caller's scope.
fn implicit_names(templates: &Templates) -> BTreeSet<&str> {
    let components = templates.iter().flat_map(|(_, template)| &template.scan.components);
    let arguments = components.flat_map(|component| &component.arguments);
    arguments.filter(|argument| argument.implicit).map(|argument| argument.name.as_str()).collect()
}

/// What a value may be; only records and what holds them are of interest.
type Held = Vec<Shape>;

/// The names in reach of a template or a component. A name may stand there more than once: which `set` was reached last
/// is known only when the template is drawn, so each counts.
type Frame = Vec<(String, Held)>;

struct Reader<'t> {
    templates: &'t Templates,
    lineage: Lineage<'t>,
    /// The frame of the template, and of the components entered from it.
    frames: Vec<Frame>,
    implicit: BTreeSet<&'t str>,
    /// The components walked, with what their names held.
    seen: FxHashSet<(usize, String)>,
    includes: usize,
    marks: Marks,
}

impl<'t> Reader<'t> {
    fn nodes(&mut self, template: &'t Template, nodes: &'t [Node]) {
        for node in nodes {
            self.node(template, node);
        }
    }

    fn node(&mut self, template: &'t Template, node: &'t Node) {
        match node {
            Node::Read(tokens) => self.lose_value(&template.text, tokens),
            Node::Test(tokens) => self.test(&template.text, tokens),
            Node::Set { value, global: true, .. } => self.lose_value(&template.text, value),
            Node::Set { name, value, .. } => {
                let held = self.value(&template.text, value);
                self.bind(name, held);
            }
            Node::For { bound, target, body, otherwise } => {
                let held = self.value(&template.text, target);
                let items = self.items(held, bound.len() == 1);
                let outside = self.frame().len();
                if let Some(item) = bound.last() {
                    self.bind(&item.name, items);
                }
                self.nodes(template, body);
                self.frame().truncate(outside);
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
                    self.includes += 1;
                    self.nodes(target, &target.scan.nodes);
                    self.includes -= 1;
                }
            }
        }
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the frame of the template is never taken away")
    }

    fn bind(&mut self, name: &str, held: Held) {
        self.frame().push((name.to_owned(), held));
    }

    /// Follows what an expression has the value of; whatever else stands in it is read.
    fn value(&mut self, text: &str, tokens: &[Token]) -> Held {
        if let Some(call) = (0..tokens.len()).find(|at| is_call(text, tokens, *at)) {
            let end = self.call(text, tokens, call);
            self.lose_paths(text, &tokens[..call]);
            self.lose_value(text, &tokens[end.min(tokens.len())..]);
            return Held::new();
        }
        if let Some((condition, otherwise)) = ternary(text, tokens) {
            self.test(text, &tokens[condition + 1..otherwise]);
            let mut held = self.value(text, &tokens[..condition]);
            held.extend(self.value(text, &tokens[otherwise + 1..]));
            return held;
        }
        if !tokens.is_empty() && not_a_variable(text, tokens, 0) == 0 {
            let (held, end) = self.filtered_path(text, tokens, 0);
            if end == tokens.len() {
                self.lose_paths_inside(text, tokens);
                return held;
            }
        }
        self.lose_paths(text, tokens);
        Held::new()
    }

    /// Reads a path and the filters behind it; returns the place after them too.
    fn filtered_path(&mut self, text: &str, tokens: &[Token], at: usize) -> (Held, usize) {
        let (path, mut at) = path_at(text, tokens, at);
        let mut held = self.resolve(&path);
        while word(text, tokens, at) == "|" {
            let name = word(text, tokens, at + 1);
            let end = if word(text, tokens, at + 2) == "(" {
                (closing(text, tokens, at + 2) + 1).min(tokens.len())
            } else {
                (at + 2).min(tokens.len())
            };
            held = self.filtered(held, name, text, &tokens[(at + 2).min(end)..end]);
            at = end;
        }
        (held, at)
    }

    /// Follows a value through a filter.
    fn filtered(&mut self, held: Held, filter: &str, text: &str, arguments: &[Token]) -> Held {
        match filter {
            "reverse" | "default" => held,
            "first" | "last" | "nth" => self.items(held, true),
            "length" => {
                let records = held.into_iter().filter(|shape| matches!(through(*shape), Shape::Record(_)));
                self.lose(records.collect());
                Held::new()
            }
            "sort" | "unique" => {
                let named: Vec<&str> = arguments
                    .iter()
                    .filter(|token| token.kind == TokenKind::Quoted)
                    .map(|token| &text[token.range.start + 1..token.range.end - 1])
                    .collect();
                if named.is_empty() {
                    self.lose(held.clone());
                }
                for name in named {
                    let items = self.items(held.clone(), true);
                    let found = name.split('.').fold(items, |items, part| self.field(items, part));
                    self.lose(found);
                }
                held
            }
            _ => {
                self.lose(held);
                Held::new()
            }
        }
    }

    /// Reads a condition: of a value that stands alone between `and`, `or` and `not` only the truth counts.
    fn test(&mut self, text: &str, tokens: &[Token]) {
        for operand in outside_brackets(text, tokens, &["and", "or", "not"]) {
            let is_enclosed = word(text, operand, 0) == "(" && closing(text, operand, 0) + 1 == operand.len();
            if is_enclosed {
                self.test(text, &operand[1..operand.len() - 1]);
                continue;
            }
            let has_call = (0..operand.len()).any(|at| is_call(text, operand, at));
            if !operand.is_empty() && !has_call && not_a_variable(text, operand, 0) == 0 {
                let (_, end) = self.filtered_path(text, operand, 0);
                if end == operand.len() || asks_for_kind(text, &operand[end..]) {
                    self.lose_paths_inside(text, operand);
                    continue;
                }
            }
            self.lose_value(text, operand);
        }
    }

    /// Reads an expression whose value goes where it is not followed.
    fn lose_value(&mut self, text: &str, tokens: &[Token]) {
        let held = self.value(text, tokens);
        self.lose(held);
    }

    /// Reads every path of an expression that is more than a path, each with its filters.
    fn lose_paths(&mut self, text: &str, tokens: &[Token]) {
        for at in places(text, tokens) {
            let (held, _) = self.filtered_path(text, tokens, at);
            self.lose(held);
        }
    }

    /// Reads the paths in brackets and arguments of an expression that is a path.
    fn lose_paths_inside(&mut self, text: &str, tokens: &[Token]) {
        for at in places(text, tokens).skip(1) {
            let (held, _) = self.filtered_path(text, tokens, at);
            self.lose(held);
        }
    }

    /// Notes that everything in a value may be read.
    fn lose(&mut self, held: Held) {
        for shape in held {
            self.marks.all_of(shape);
        }
    }

    fn resolve(&mut self, path: &Path) -> Held {
        if path.root.name == "__tera_context" {
            self.marks.everything();
        }
        let known = self.frame().iter().filter(|(name, _)| *name == path.root.name);
        let root: Held = known.flat_map(|(_, held)| held).copied().collect();
        path.steps.iter().fold(root, |held, step| match step {
            Step::Field(name) => self.field(held, &name.name),
            Step::Index => self.items(held, true),
            Step::Slice => held,
        })
    }

    /// Follows values into a field of theirs.
    fn field(&mut self, held: Held, name: &str) -> Held {
        let mut inside = Held::new();
        for shape in held {
            match through(shape) {
                Shape::Record(record) => {
                    let record = record();
                    if let Some(at) = record.fields.iter().position(|field| field.name == name) {
                        self.marks.field(record, at);
                        inside.push((record.fields[at].shape)());
                    }
                }
                Shape::Table(value) => inside.push(value()),
                // A number in a path of a filter is an index.
                shape @ Shape::List(_) => self.marks.all_of(shape),
                _ => {}
            }
        }
        inside
    }

    /// Follows lists and tables into what they hold. One that goes over a record sees all its fields; so does one that
    /// goes over a list with a key, if it is not a mistake.
    fn items(&mut self, held: Held, alone: bool) -> Held {
        let mut inside = Held::new();
        for shape in held {
            match through(shape) {
                Shape::List(item) if alone => inside.push(item()),
                Shape::Table(value) => inside.push(value()),
                shape => self.marks.all_of(shape),
            }
        }
        inside
    }

    /// Follows the arguments of the component called at `at` into it; returns the place after the call.
    fn call(&mut self, text: &str, tokens: &[Token], at: usize) -> usize {
        let length = dotted_length(text, &tokens[at + 1..]);
        let name: String = (at + 1..at + 1 + length).map(|at| word(text, tokens, at)).collect();
        let (given, end) = self.arguments(text, tokens, at + 1 + length);
        for (_, template) in self.templates.iter() {
            for component in template.scan.components.iter().filter(|component| component.name.name == name) {
                self.enter(template, component, &given);
            }
        }
        end
    }

    /// Reads the arguments of a call; returns the place after its `>` too.
    fn arguments(&mut self, text: &str, tokens: &[Token], mut at: usize) -> (Frame, usize) {
        let mut given = Frame::new();
        while at < tokens.len() {
            let name = word(text, tokens, at);
            match (name, word(text, tokens, at + 1)) {
                (">", _) => return (given, at + 1),
                ("{", _) => {
                    // `{...record}` gives each field of a record a name of its own.
                    let end = closing(text, tokens, at).min(tokens.len());
                    self.lose_paths(text, &tokens[at + 1..end]);
                    at = end + 1;
                }
                (_, "=") if word(text, tokens, at + 2) == "{" => {
                    let end = closing(text, tokens, at + 2).min(tokens.len());
                    let held = self.value(text, &tokens[at + 3..end]);
                    given.push((name.to_owned(), held));
                    at = end + 1;
                }
                (_, "=") => at += 3,
                _ if tokens[at].kind == TokenKind::Word => {
                    let (held, _) = self.filtered_path(text, &tokens[..=at], at);
                    given.push((name.to_owned(), held));
                    at += 1;
                }
                _ => at += 1,
            }
        }
        (given, at)
    }

    /// Walks a component with what it is given, unless it was walked with the like before.
    fn enter(&mut self, template: &'t Template, component: &'t Component, given: &Frame) {
        let mut frame = Frame::new();
        for argument in &component.arguments {
            let own = given.iter().filter(|(name, _)| *name == argument.name);
            let mut held: Held = own.flat_map(|(_, held)| held).copied().collect();
            if argument.implicit {
                held.extend(self.of_callers(&argument.name));
            }
            frame.push((argument.name.clone(), held));
        }
        // What is not declared goes into the map of the rest.
        let is_declared = |name: &str| component.arguments.iter().any(|argument| argument.name == name);
        for (_, held) in given.iter().filter(|(name, _)| !is_declared(name)) {
            self.lose(held.clone());
        }
        // A component within this one may take what this one does not declare from this one's callers.
        let callers = self.implicit.iter().map(|name| shown(name, &self.of_callers(name)));
        let names = frame.iter().map(|(name, held)| shown(name, held)).chain(callers).collect();
        if self.seen.insert((std::ptr::from_ref(component).addr(), names)) {
            self.frames.push(frame);
            let lineage = std::mem::take(&mut self.lineage);
            self.nodes(template, &component.body);
            self.lineage = lineage;
            self.frames.pop();
        }
    }

    /// Returns what a name is in the frame at hand, or in the nearest one around it that has it.
    fn of_callers(&self, name: &str) -> Held {
        let found = self.frames.iter().rev().map(|frame| {
            let known = frame.iter().filter(|(known, _)| known == name);
            known.flat_map(|(_, held)| held).copied().collect::<Held>()
        });
        found.into_iter().find(|held| !held.is_empty()).unwrap_or_default()
    }
}

/// Writes what a name holds, to know it again.
fn shown(name: &str, held: &[Shape]) -> String {
    let mut titles: Vec<String> = held.iter().map(|shape| shape.title()).collect();
    titles.sort();
    titles.dedup();
    format!("{name}={};", titles.join("|"))
}

/// Looks through what may be absent.
fn through(shape: Shape) -> Shape {
    match shape {
        Shape::Optional(inner) => through(inner()),
        shape => shape,
    }
}

/// Returns whether a component's call begins at the `<` at `at`.
fn is_call(text: &str, tokens: &[Token], at: usize) -> bool {
    word(text, tokens, at) == "<"
        && tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Word)
        && begins_call(text, tokens, at)
}

/// Returns whether what stands behind a value asks for its kind alone: `is defined`, `is not none`.
fn asks_for_kind(text: &str, tokens: &[Token]) -> bool {
    let name = if word(text, tokens, 1) == "not" { 2 } else { 1 };
    let kinds = [
        "array",
        "bool",
        "defined",
        "float",
        "integer",
        "iterable",
        "map",
        "none",
        "number",
        "string",
        "undefined",
    ];
    word(text, tokens, 0) == "is" && kinds.contains(&word(text, tokens, name)) && tokens.len() == name + 1
}

/// Returns where `a if condition else b` has its `if` and its `else`.
fn ternary(text: &str, tokens: &[Token]) -> Option<(usize, usize)> {
    let outside = places_outside_brackets(text, tokens);
    let condition = *outside.iter().find(|at| word(text, tokens, **at) == "if")?;
    let otherwise = *outside.iter().find(|at| **at > condition && word(text, tokens, **at) == "else")?;
    Some((condition, otherwise))
}

/// Cuts an expression at key words that stand in no brackets.
fn outside_brackets<'a>(text: &str, tokens: &'a [Token], words: &[&str]) -> Vec<&'a [Token]> {
    let mut parts = Vec::new();
    let mut from = 0;
    for at in places_outside_brackets(text, tokens) {
        // The `not` of `is not` and `not in` belongs to what it stands in.
        let is_part = word(text, tokens, at) == "not" && at > from;
        if words.contains(&word(text, tokens, at)) && !is_part {
            parts.push(&tokens[from..at]);
            from = at + 1;
        }
    }
    parts.push(&tokens[from..]);
    parts
}

/// Returns the places of the tokens that stand in no brackets.
fn places_outside_brackets(text: &str, tokens: &[Token]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if matches!(word(text, tokens, at), "(" | "[" | "?[" | "{") {
            at = closing(text, tokens, at);
        } else {
            places.push(at);
        }
        at += 1;
    }
    places
}

#[cfg(test)]
mod tests;
