//! Trees made by chance, and a writer that puts them down in the forms people use.

use proptest::collection::vec;
use proptest::prelude::*;

/// A tree to write down, with the way each part is to be written.
#[derive(Debug, Clone)]
pub(super) enum Tree {
    Null,
    Text(String, Written),
    List(Vec<Tree>, Shape),
    Map(Vec<(String, Tree)>, Shape),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Written {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
    PlainLines,
    QuotedLines,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    flow: bool,
    indent: usize,
    comment: bool,
    crlf: bool,
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "秋浦", "社区", "a", "B7", "2024.10", "007", " ", "  ", "：", "，", "。", "“", "”", ":", ": ", "#",
        " #", "-", "- ", "[", "]", "{", "}", ",", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`", "\\",
        "?", "/", "~", "null", "true", "1e3", "\n", "\n\n", "　", "=", "<<", "…", "é",
    ];
    vec(prop::sample::select(pieces.to_vec()), 0..7).prop_map(|pieces| pieces.concat())
}

fn words() -> impl Strategy<Value = String> {
    let words =
        ["秋浦社区", "一社一品", "红色引领。", "3.5", "8:30", "x#y", "（试行）", "it's", "http://a.cn/?q=1"];
    vec(prop::sample::select(words.to_vec()), 1..6).prop_map(|words| words.join(" "))
}

fn keys() -> impl Strategy<Value = String> {
    let keys = [
        "名称",
        "口号",
        "a",
        "b_c",
        "2024",
        "所属乡镇",
        "key with blanks",
        "x-y",
        "it's",
        "“引”号",
        "a,b",
        "true",
    ];
    prop::sample::select(keys.to_vec()).prop_map(str::to_owned)
}

pub(super) fn trees() -> impl Strategy<Value = Tree> {
    use Written::{Double, Folded, Literal, Plain, PlainLines, QuotedLines, Single};
    let shape = (prop::bool::weighted(0.3), 1usize..5, prop::bool::weighted(0.2), prop::bool::ANY)
        .prop_map(|(flow, indent, comment, crlf)| Shape { flow, indent, comment, crlf });
    let leaf = prop_oneof![
        1 => Just(Tree::Null),
        6 => (texts(), prop::sample::select(vec![Plain, Single, Double, Literal, Folded])).prop_map(|(t, w)| Tree::Text(t, w)),
        4 => (words(), prop::sample::select(vec![Plain, PlainLines, QuotedLines])).prop_map(|(t, w)| Tree::Text(t, w)),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let shape = shape.clone();
        prop_oneof![
            (vec(inner.clone(), 0..5), shape.clone()).prop_map(|(items, shape)| Tree::List(items, shape)),
            (vec((keys(), inner), 0..5), shape).prop_map(|(mut entries, shape)| {
                let mut seen = std::collections::BTreeSet::new();
                entries.retain(|(key, _)| seen.insert(key.clone()));
                Tree::Map(entries, shape)
            }),
        ]
    })
}

/// Writes trees down. Knows by rules of its own what may stand without quotes.
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub fn document(tree: &Tree) -> String {
        let mut writer = Self { out: String::new() };
        match tree {
            // A text right in the outermost list is no record, and is read with suspicion.
            Tree::List(items, _) if items.iter().any(|item| matches!(item, Tree::Text(..))) => {
                writer.flow(tree, 0);
            }
            Tree::List(items, shape) if !items.is_empty() => writer.block(tree, 0, shape.flow),
            Tree::Map(entries, shape) if !entries.is_empty() => writer.block(tree, 0, shape.flow),
            _ => writer.out.push_str("{}"),
        }
        writer.out.push('\n');
        match tree {
            Tree::List(_, shape) | Tree::Map(_, shape) if shape.crlf => writer.out.replace('\n', "\r\n"),
            _ => writer.out,
        }
    }

    fn line(&mut self, indent: usize) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out.push_str(&" ".repeat(indent));
    }

    /// Writes a collection that begins in column `indent` of a new line, or right here.
    fn block(&mut self, tree: &Tree, indent: usize, flow: bool) {
        match tree {
            _ if flow => self.flow(tree, indent),
            Tree::List(items, shape) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.comment(shape.comment, indent);
                        self.line(indent);
                    }
                    self.out.push('-');
                    self.value(item, indent + 2, indent, true);
                }
            }
            Tree::Map(entries, shape) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    if at > 0 {
                        self.comment(shape.comment, indent);
                        self.line(indent);
                    }
                    self.out.push_str(key);
                    self.out.push(':');
                    self.value(value, indent + shape.indent, indent, false);
                }
            }
            _ => unreachable!("a text is no collection"),
        }
    }

    fn comment(&mut self, wanted: bool, indent: usize) {
        if wanted {
            self.line(indent);
            self.out.push_str("# 说明: [\n\n");
        }
    }

    /// Writes what follows a dash or a colon; what goes below is indented to `deeper`.
    fn value(&mut self, tree: &Tree, deeper: usize, parent: usize, inline: bool) {
        match tree {
            Tree::Null => {}
            Tree::Text(text, written) => self.text(text, *written, deeper),
            Tree::List(items, shape) if shape.flow || items.is_empty() => {
                self.out.push(' ');
                self.flow(&Tree::List(items.clone(), *shape), deeper);
            }
            Tree::Map(entries, shape) if shape.flow || entries.is_empty() => {
                self.out.push(' ');
                self.flow(&Tree::Map(entries.clone(), *shape), deeper);
            }
            _ if inline => {
                self.out.push(' ');
                self.block(tree, parent + 2, false);
            }
            Tree::List(_, shape) if shape.indent == 1 => {
                self.line(parent);
                self.block(tree, parent, false);
            }
            _ => {
                self.line(deeper);
                self.block(tree, deeper, false);
            }
        }
    }

    fn text(&mut self, text: &str, written: Written, deeper: usize) {
        self.out.push(' ');
        let below = format!("\n{}", " ".repeat(deeper));
        let multi_line_word = |text: &str| text.split(' ').all(|word| !word.is_empty());
        match written {
            Written::Plain if is_plain(text) => self.out.push_str(text),
            Written::PlainLines if is_plain(text) && multi_line_word(text) => {
                self.out.push_str(&text.replacen(' ', &below, 2));
            }
            Written::QuotedLines if multi_line_word(text) && !text.contains(['\\', '"', '\n']) => {
                self.quote('"', &text.replacen(' ', &below, 2));
            }
            Written::Literal | Written::Folded
                if is_block(text) && !(matches!(written, Written::Folded) && text.contains("\n\n")) =>
            {
                self.out.push(if matches!(written, Written::Literal) { '|' } else { '>' });
                if !text.ends_with('\n') {
                    self.out.push('-');
                }
                let text = if matches!(written, Written::Folded) {
                    text.replace('\n', "\n\n")
                } else {
                    text.to_owned()
                };
                for line in text.trim_end_matches('\n').split('\n') {
                    self.out.push('\n');
                    if !line.is_empty() {
                        self.out.push_str(&" ".repeat(deeper));
                        self.out.push_str(line);
                    }
                }
            }
            Written::Single if !text.contains('\n') => {
                self.quote('\'', &text.replace('\'', "''"));
            }
            _ => self.double(text),
        }
    }

    fn double(&mut self, text: &str) {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        self.quote('"', &escaped);
    }

    fn quote(&mut self, mark: char, inner: &str) {
        self.out.push(mark);
        self.out.push_str(inner);
        self.out.push(mark);
    }

    fn flow(&mut self, tree: &Tree, deeper: usize) {
        match tree {
            Tree::Null => self.out.push('~'),
            Tree::Text(text, Written::Plain)
                if is_plain(text) && !text.contains([',', '[', ']', '{', '}', '，']) =>
            {
                self.out.push_str(text);
            }
            Tree::Text(text, Written::Single) if !text.contains('\n') => {
                self.quote('\'', &text.replace('\'', "''"));
            }
            Tree::Text(text, _) => self.double(text),
            Tree::List(items, shape) => {
                self.out.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.flow_gap(at, *shape, deeper);
                    self.flow(item, deeper);
                }
                self.out.push(']');
            }
            Tree::Map(entries, shape) => {
                self.out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    self.flow_gap(at, *shape, deeper);
                    self.double(key);
                    self.out.push_str(": ");
                    self.flow(value, deeper);
                }
                self.out.push('}');
            }
        }
    }

    fn flow_gap(&mut self, at: usize, shape: Shape, deeper: usize) {
        if at > 0 {
            self.out.push_str(", ");
        }
        if shape.comment {
            self.out.push_str(" # 注, ]\n");
            self.out.push_str(&" ".repeat(deeper.max(1)));
        }
    }
}

/// Returns whether a text may stand without quotes, by the plainest of rules.
fn is_plain(text: &str) -> bool {
    let first = text.chars().next();
    first.is_some_and(char::is_alphanumeric)
        && text.trim() == text
        && !text.contains(['\n', '\u{3000}', '\t', '?'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !matches!(text, "null" | "Null" | "NULL")
        && !text.split(' ').any(|word| word.starts_with('-'))
}

/// Returns whether a text may stand as a block.
fn is_block(text: &str) -> bool {
    let inner = text.strip_suffix('\n').unwrap_or(text);
    !inner.is_empty()
        && !inner.ends_with('\n')
        && inner.split('\n').all(|line| line.is_empty() || !line.starts_with([' ', '\u{3000}', '\t']))
        && !inner.starts_with('\n')
        && inner.split('\n').all(|line| line.trim_end() == line)
}
