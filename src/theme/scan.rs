//! A light reading of templates: enough of tera's syntax to know every name a template uses and where it stands.
//!
//! It judges nothing. What tera cannot parse is not read to the end here either; tera reports it.

use std::ops::Range;

use super::tokens::{Piece, Token, TokenKind, pieces};

/// A word of a template with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub name: String,
    pub range: Range<usize>,
}

/// What a template does, in order; conditions are not scopes in tera, so their branches stand side by side.
#[derive(Debug)]
pub(super) enum Node {
    /// Values that are read.
    Read(Vec<Token>),
    /// `{% if … %}`, `{% elif … %}`: values of which only the truth counts.
    Test(Vec<Token>),
    /// `{% for key, value in target %}`; `bound` has one or two names.
    For { bound: Vec<Name>, target: Vec<Token>, body: Vec<Node>, otherwise: Vec<Node> },
    /// `{% set name = value %}`; a block set has no value. `global` is one that outlives the loop it stands in.
    Set { name: String, value: Vec<Token>, global: bool },
    /// `{% block name %}`.
    Block { name: Name, body: Vec<Node> },
    /// `{% include "name" %}`.
    Include(Name),
}

/// A component's definition.
#[derive(Debug)]
pub(super) struct Component {
    pub name: Name,
    /// Its arguments; those with `@` are taken from the caller's scope.
    pub arguments: Vec<Argument>,
    pub body: Vec<Node>,
}

/// An argument of a component.
#[derive(Debug)]
pub(super) struct Argument {
    pub name: String,
    pub implicit: bool,
}

/// Everything a template names.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The template it extends.
    pub extends: Option<Name>,
    /// What it does.
    pub nodes: Vec<Node>,
    /// The components it defines.
    pub components: Vec<Component>,
    /// Filters it applies.
    pub filters: Vec<Name>,
    /// Tests it applies.
    pub tests: Vec<Name>,
    /// Functions it calls.
    pub functions: Vec<Name>,
    /// Components it calls.
    pub calls: Vec<Name>,
}

/// Reads a template.
pub(super) fn scan(text: &str) -> Scan {
    let mut reader = Reader { text, pieces: pieces(text).into_iter(), scan: Scan::default(), depth: 0 };
    let (nodes, _) = reader.until(&[]);
    Scan { nodes, ..reader.scan }
}

/// Blocks nested deeper than this are not looked into; tera refuses them.
const MAX_DEPTH: usize = 60;

struct Reader<'a> {
    text: &'a str,
    pieces: std::vec::IntoIter<Piece>,
    scan: Scan,
    depth: usize,
}

impl Reader<'_> {
    fn word(&self, tokens: &[Token], at: usize) -> &str {
        tokens.get(at).map_or("", |token| &self.text[token.range.clone()])
    }

    fn name(&self, token: &Token) -> Name {
        let text = &self.text[token.range.clone()];
        match token.kind {
            TokenKind::Quoted => Name {
                name: text[1..text.len() - 1].to_owned(),
                range: token.range.start + 1..token.range.end - 1,
            },
            _ => Name { name: text.to_owned(), range: token.range.clone() },
        }
    }

    /// Reads nodes up to a tag that begins with one of `ends`; returns that tag's first word.
    fn until(&mut self, ends: &[&str]) -> (Vec<Node>, String) {
        let mut nodes = Vec::new();
        self.depth += 1;
        while let Some(piece) = self.pieces.next() {
            match piece {
                Piece::Print(tokens) => self.read(tokens, &mut nodes),
                Piece::Tag(tokens) => {
                    let first = self.word(&tokens, 0).to_owned();
                    if ends.contains(&first.as_str()) {
                        self.depth -= 1;
                        return (nodes, first);
                    }
                    if self.depth <= MAX_DEPTH {
                        self.tag(&first, tokens, &mut nodes);
                    }
                }
            }
        }
        self.depth -= 1;
        (nodes, String::new())
    }

    fn read(&mut self, tokens: Vec<Token>, nodes: &mut Vec<Node>) {
        self.note(&tokens);
        nodes.push(Node::Read(tokens));
    }

    fn test(&mut self, mut tokens: Vec<Token>, nodes: &mut Vec<Node>) {
        tokens.remove(0);
        self.note(&tokens);
        nodes.push(Node::Test(tokens));
    }

    fn tag(&mut self, first: &str, mut tokens: Vec<Token>, nodes: &mut Vec<Node>) {
        match first {
            "extends" => self.scan.extends = tokens.get(1).map(|token| self.name(token)),
            "include" => nodes.extend(tokens.get(1).map(|token| Node::Include(self.name(token)))),
            "block" => {
                let name = tokens.get(1).map(|token| self.name(token));
                let (body, _) = self.until(&["endblock"]);
                nodes.extend(name.map(|name| Node::Block { name, body }));
            }
            "for" => self.for_loop(&tokens, nodes),
            "set" | "set_global" => self.set(&tokens, nodes),
            "component" => self.component(&tokens),
            "filter" => {
                self.scan.filters.extend(tokens.get(1).map(|token| self.name(token)));
                let rest = tokens.split_off(tokens.len().min(2));
                self.read(rest, nodes);
            }
            "if" => {
                self.test(tokens, nodes);
                // Read to its own end, or its `else` would be taken for that of a loop around it.
                let (body, _) = self.until(&["endif"]);
                nodes.extend(body);
            }
            "elif" => self.test(tokens, nodes),
            "<" => self.read(tokens, nodes),
            _ => {}
        }
    }

    fn for_loop(&mut self, tokens: &[Token], nodes: &mut Vec<Node>) {
        let is_in = |at: &usize| self.word(tokens, *at) == "in";
        let Some(middle) = (1..tokens.len()).find(is_in) else { return };
        let words = tokens[1..middle].iter().filter(|token| token.kind == TokenKind::Word);
        let bound = words.map(|token| self.name(token)).collect();
        let target = tokens[middle + 1..].to_vec();
        self.note(&target);
        let (body, end) = self.until(&["endfor", "else"]);
        let otherwise = if end == "else" { self.until(&["endfor"]).0 } else { Vec::new() };
        nodes.push(Node::For { bound, target, body, otherwise });
    }

    fn set(&mut self, tokens: &[Token], nodes: &mut Vec<Node>) {
        let name = self.word(tokens, 1).to_owned();
        let global = self.word(tokens, 0) == "set_global";
        if self.word(tokens, 2) == "=" {
            let value = tokens[3..].to_vec();
            self.note(&value);
            nodes.push(Node::Set { name, value, global });
            return;
        }
        // A block set: what follows is captured, then passed through the filters.
        self.read(tokens.get(2..).unwrap_or_default().to_vec(), nodes);
        let (body, _) = self.until(&["endset"]);
        nodes.extend(body);
        nodes.push(Node::Set { name, value: Vec::new(), global });
    }

    fn component(&mut self, tokens: &[Token]) {
        let open = (1..tokens.len()).find(|at| self.word(tokens, *at) == "(").unwrap_or(tokens.len());
        let name = self.joined(&tokens[1.min(open)..open]);
        let mut arguments = Vec::new();
        let mut expects_name = true;
        for at in open + 1..tokens.len() {
            match self.word(tokens, at) {
                "," => expects_name = true,
                ")" => break,
                word if expects_name && tokens[at].kind == TokenKind::Word => {
                    let implicit = self.word(tokens, at - 1) == "@";
                    arguments.push(Argument { name: word.to_owned(), implicit });
                    expects_name = false;
                }
                // A list as a default has commas of its own.
                "[" | "{" => expects_name = false,
                _ => {}
            }
        }
        let (body, _) = self.until(&["endcomponent"]);
        self.scan.components.extend(name.map(|name| Component { name, arguments, body }));
    }

    /// Joins the parts of a dotted component name.
    fn joined(&self, tokens: &[Token]) -> Option<Name> {
        let range = tokens.first()?.range.start..tokens.last()?.range.end;
        let name = tokens.iter().map(|token| &self.text[token.range.clone()]).collect();
        Some(Name { name, range })
    }

    /// Notes the filters, tests, functions and components that an expression uses.
    fn note(&mut self, tokens: &[Token]) {
        for (at, token) in tokens.iter().enumerate() {
            if token.kind != TokenKind::Word {
                continue;
            }
            let before = if at == 0 { "" } else { self.word(tokens, at - 1) };
            let is_test = before == "is" || (before == "not" && at > 1 && self.word(tokens, at - 2) == "is");
            match before {
                "|" => self.scan.filters.push(self.name(token)),
                "<" if begins_call(self.text, tokens, at - 1) => {
                    let length = dotted_length(self.text, &tokens[at..]);
                    let call = self.joined(&tokens[at..at + length]);
                    self.scan.calls.extend(call);
                }
                _ if is_test && self.word(tokens, at) != "not" => self.scan.tests.push(self.name(token)),
                "." | "?." => {}
                _ if self.word(tokens, at + 1) == "(" && !is_key_word(self.word(tokens, at)) => {
                    self.scan.functions.push(self.name(token));
                }
                _ => {}
            }
        }
    }
}

/// Returns whether a word is part of the language.
pub(super) fn is_key_word(word: &str) -> bool {
    let words = [
        "and", "or", "not", "in", "is", "if", "else", "for", "true", "True", "false", "False", "none", "None",
    ];
    words.contains(&word) || word == "null"
}

/// Returns whether the `<` at `at` opens a component rather than compares: nothing it could compare stands before it.
pub(super) fn begins_call(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { return true };
    let word = &text[before.range.clone()];
    match before.kind {
        TokenKind::Word => matches!(word, "and" | "or" | "not" | "in" | "if" | "else"),
        TokenKind::Quoted | TokenKind::Number => false,
        TokenKind::Mark => !matches!(word, ")" | "]" | "}"),
    }
}

/// Returns how many tokens a dotted name has.
pub(super) fn dotted_length(text: &str, tokens: &[Token]) -> usize {
    let mut length = 1;
    while tokens.len() > length + 1
        && &text[tokens[length].range.clone()] == "."
        && tokens[length + 1].kind == TokenKind::Word
    {
        length += 2;
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[Name]) -> Vec<&str> {
        list.iter().map(|name| name.name.as_str()).collect()
    }

    #[test]
    fn every_use_of_a_name_is_found() {
        let scan = scan(
            "{% extends \"base.html\" %}{# {{ no | no }} #}{% raw %}{{ no | no }}{% endraw %}\
             {% component ui.tile(a, @root, ...rest) %}{{ a | upper }}{% endcomponent ui.tile %}\
             {% block body %}{% for k, v in m | sort(attribute=\"x\") %}{{- f(x=v) -}}{% else %}{{ e }}{% endfor %}\
             {% if a < b and c is not defined %}{{ <ui.tile a={v | first} b /> }}{% endif %}\
             {% <box> %}{% include 'x.html' %}{% </box> %}\
             {% set y | trim %}t{% endset %}{% filter upper | lower %}u{% endfilter %}{% endblock %}",
        );
        assert_eq!(scan.extends.unwrap().name, "base.html");
        assert_eq!(names(&scan.filters), ["upper", "sort", "first", "trim", "upper", "lower"]);
        assert_eq!((names(&scan.tests), names(&scan.functions)), (vec!["defined"], vec!["f"]));
        assert_eq!(names(&scan.calls), ["ui.tile", "box"]);
        let tile = &scan.components[0];
        let arguments: Vec<_> = tile.arguments.iter().map(|a| (a.name.as_str(), a.implicit)).collect();
        assert_eq!(
            (tile.name.name.as_str(), arguments),
            ("ui.tile", vec![("a", false), ("root", true), ("rest", false)])
        );
        let [Node::Block { body, .. }] = &scan.nodes[..] else { panic!("{:?}", scan.nodes) };
        assert!(
            matches!(&body[0], Node::For { bound, otherwise, .. } if bound.len() == 2 && otherwise.len() == 1)
        );
    }

    #[test]
    fn the_else_of_a_condition_does_not_end_the_loop_around_it() {
        let scan = scan(
            "{% for v in m %}{% if v %}a{% elif w %}b{% else %}c{% endif %}{{ v }}{% else %}{{ e }}{% endfor %}",
        );
        let [Node::For { body, otherwise, .. }] = &scan.nodes[..] else { panic!("{:?}", scan.nodes) };
        assert_eq!((body.len(), otherwise.len()), (3, 1));
    }

    #[test]
    fn broken_templates_do_no_harm() {
        for text in [
            "{{",
            "{% for",
            "{% for %}",
            "{{ 'x",
            "{% set %}",
            "{% component",
            "{% component ( %}",
            "{#",
            "{% raw %}",
            "{{ 名 }}",
            "{% < %}",
            "{{ a | }}",
            "{% extends %}",
            "{",
        ] {
            scan(text);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_harm(text in "(\\{\\{|\\{%|%\\}|\\}\\}|for|set|component|in|is|[a-b'\"\\\\ .|<>()=\\[\\]@中\n#{}%-]){0,40}") {
            for name in scan(&text).filters {
                proptest::prop_assert_eq!(&text[name.range], name.name);
            }
        }
    }
}
