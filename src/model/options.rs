//! What `site.yaml` holds for others: theme options, publishing targets, lexicon files. Their owners check them.

use std::sync::Arc;

use super::record::Reader;
use super::site::{GivenGroup, GivenOption, Located, OptionValue};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};
use crate::yaml::{Entry, Node, Value};

/// Reads options as they are written.
pub(super) fn options(reader: &Reader, en: &str) -> Vec<GivenOption> {
    let Some(node) = reader.node(en) else { return Vec::new() };
    if let Value::Map(map) = &node.value {
        // An empty option is as if it were not written.
        let given = map.entries.iter().filter(|entry| entry.value.value != Value::Null);
        return given.map(|entry| option(reader, entry)).collect();
    }
    not_a_record(reader, node);
    Vec::new()
}

/// Reads named groups of options.
pub(super) fn named_groups(reader: &Reader, en: &str) -> Vec<GivenGroup> {
    let Some(node) = reader.node(en) else { return Vec::new() };
    let Value::Map(map) = &node.value else {
        not_a_record(reader, node);
        return Vec::new();
    };
    let mut groups = Vec::new();
    for entry in &map.entries {
        let Value::Map(inner) = &entry.value.value else {
            not_a_record(reader, &entry.value);
            continue;
        };
        let name = reader.context.located(entry.key.clone(), &entry.key_range);
        let options = inner.entries.iter().map(|entry| option(reader, entry)).collect();
        groups.push(GivenGroup { name, options });
    }
    groups
}

fn option(reader: &Reader, entry: &Entry) -> GivenOption {
    GivenOption {
        name: reader.context.located(entry.key.clone(), &entry.key_range),
        value: reader.context.located(value(&entry.value), &entry.value.range),
    }
}

fn value(node: &Node) -> OptionValue {
    match &node.value {
        Value::Null => OptionValue::Text(String::new()),
        Value::Scalar(scalar) => OptionValue::Text(scalar.text.trim().to_owned()),
        Value::List(items) => {
            let texts: Option<Vec<String>> = items.iter().map(text_of).collect();
            texts.map_or(OptionValue::Other, OptionValue::List)
        }
        Value::Map(_) => OptionValue::Other,
    }
}

fn text_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim().to_owned()),
        _ => None,
    }
}

fn not_a_record(reader: &Reader, node: &Node) {
    let diagnostic = Diagnostic::new(
        codes::WRONG_SHAPE,
        text!("这里要写下一层的“键: 值”。", "Keys with values are wanted here, one level deeper."),
    )
    .help(text!(
        "请另起一行，缩进两格写“键: 值”。",
        "Write `key: value` on the next line, two blanks deeper."
    ));
    reader.context.push(diagnostic.at(reader.context.span(&node.range)));
}

/// Finds the lexicon files: read as text or not, they must be there.
pub(super) fn lexicon(reader: &Reader) -> Vec<Located<Arc<str>>> {
    reader.located_texts("lexicon").iter().filter_map(|written| lexicon_file(reader, written)).collect()
}

/// Returns whether a file may be a lexicon: a YAML file that is not one of the content model.
fn is_no_record(path: &str) -> bool {
    let folder = path.split_once('/').map_or("", |(folder, _)| folder);
    path.ends_with("ml")
        && !["site.yaml", "towns.yaml", "partners.yaml"].contains(&path)
        && !["communities", "competitions", "services"].contains(&folder)
}

fn lexicon_file(reader: &Reader, written: &Located<String>) -> Option<Located<Arc<str>>> {
    let sources = reader.context.shared.sources;
    let inside = written.value.trim_start_matches(['/', '.']).trim_start_matches("content/");
    let path = format!("content/{inside}");
    let texts = sources.files.iter().map(|file| &file.path);
    let others = sources.assets.iter().map(|file| &file.path);
    let found = texts.clone().chain(others).find(|known| ***known == *path);
    if let Some(path) = found {
        return Some(Located { value: Arc::clone(path), at: written.at });
    }
    let known = texts.filter_map(|known| known.strip_prefix("content/")).filter(|known| is_no_record(known));
    let near = nearest(inside, known);
    let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
    let help = if near.is_empty() {
        text!("请把文件放到 {path}。", "Put the file at {path}.")
    } else {
        text!("是不是{zh}？", "Did you mean {en}?")
    };
    let name = &written.value;
    let diagnostic = Diagnostic::new(
        codes::MISSING_FILE,
        text!("找不到词库文件“{name}”。", "There is no lexicon file `{name}`."),
    );
    let range = written.at.start as usize..written.at.end as usize;
    reader.context.push(diagnostic.at(reader.context.span(&range)).help(help));
    None
}
