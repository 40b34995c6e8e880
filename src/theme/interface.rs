//! Interface texts: `i18n/<language>.yaml` of a theme and the ones it extends, merged key by key.
//!
//! Chinese (`zh`) is the language every theme has; what another language lacks is taken from it, with a warning.

use std::collections::BTreeMap;

use super::chain::Layer;
use super::written::{self, Written};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::text;
use crate::text::{quoted_list_en, quoted_list_zh};
use crate::yaml::Node;

/// The language that is complete.
const FALLBACK: &str = "zh";

/// Interface texts by dotted key: `nav.home`.
pub type Messages = BTreeMap<String, String>;

/// Reads the texts of `language` (`zh-CN`, `en`), filled up with Chinese.
///
/// `layers` begins with the theme itself; a key of a theme wins over the same key of the one it extends.
pub(super) fn load(layers: &[Layer], language: &str, report: &mut Report) -> Messages {
    let mut messages = merged(layers, FALLBACK, &Messages::new(), report);
    let Some(language) = best_language(layers, language) else {
        if !is_chinese(language) {
            report.push(no_such_language(layers, language));
        }
        return messages;
    };
    if language == FALLBACK {
        return messages;
    }
    let own = merged(layers, &language, &messages, report);
    let missing = missing_keys(&messages, &own);
    if !missing.is_empty() && !is_chinese(&language) {
        report.push(not_translated(layers, &language, &missing));
    }
    messages.extend(own);
    messages
}

/// Returns the keys of `all` that `some` lacks.
pub fn missing_keys(all: &Messages, some: &Messages) -> Vec<String> {
    all.keys().filter(|key| !some.contains_key(*key)).cloned().collect()
}

fn is_chinese(language: &str) -> bool {
    language == FALLBACK || language.starts_with("zh-")
}

/// Returns the most special language there is a file of: `zh-CN`, then `zh`.
fn best_language(layers: &[Layer], language: &str) -> Option<String> {
    let primary = language.split('-').next().unwrap_or(language);
    [language, primary]
        .into_iter()
        .find(|name| layers.iter().any(|layer| file_of(layer, name).is_some()))
        .map(str::to_owned)
}

fn file_of(layer: &Layer, language: &str) -> Option<String> {
    ["yaml", "yml"]
        .map(|extension| format!("i18n/{language}.{extension}"))
        .into_iter()
        .find(|file| layer.files.files.contains_key(file))
}

/// Merges the texts of one language; `others` are those of the language they are translated from.
fn merged(layers: &[Layer], language: &str, others: &Messages, report: &mut Report) -> Messages {
    let mut messages = Messages::new();
    for layer in layers.iter().rev() {
        if let Some(file) = file_of(layer, language)
            && let Some(text) = layer.files.text(&file, report)
        {
            let file = Written { path: layer.files.path(&file), text };
            let tree = file.tree();
            let own = read(&file, tree.as_ref(), report);
            for (key, text) in &own {
                if let Some(replaced) = messages.get(key).or_else(|| others.get(key)) {
                    report.extend(lost_places(&file, tree.as_ref(), key, text, replaced));
                }
            }
            messages.extend(own);
        }
    }
    messages
}

/// Reports the `{n}` places of a text that the one instead of it lacks: templates fill them.
fn lost_places(
    file: &Written,
    tree: Option<&Node>,
    key: &str,
    text: &str,
    replaced: &str,
) -> Option<Diagnostic> {
    let lost: Vec<&str> = places(replaced).filter(|place| !text.contains(place)).collect();
    if lost.is_empty() {
        return None;
    }
    let (zh, en) = (quoted_list_zh(&lost), quoted_list_en(&lost));
    let at = tree.and_then(|tree| written::entry(tree, key)).map(|entry| entry.value.range.clone());
    let problem = file.at(
        at.filter(|at| !at.is_empty()).unwrap_or_else(|| file.place_of(&[last_part(key)], text)),
        text!(
            "界面文字“{key}”里少了记号{zh}，模板要把它换成数字或名称。",
            "The interface text `{key}` lacks {en}, which templates replace by a number or a name."
        ),
    );
    Some(problem.help(text!(
        "把{zh}写进这句文字，例如 \"{replaced}\"。",
        "Write {en} into the text, as in \"{replaced}\"."
    )))
}

/// Returns the places to be filled of a text, in their brackets.
fn places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').filter_map(|(open, _)| {
        let close = open + text[open..].find('}')?;
        is_name(&text[open + 1..close]).then(|| &text[open..=close])
    })
}

/// Reads one file of texts, nested or with dotted keys.
fn read(file: &Written, tree: Option<&Node>, report: &mut Report) -> Messages {
    let mut messages = Messages::new();
    if let Some(map) = file.parse(report) {
        flatten(&map, "", (file, tree), &mut messages, report);
    }
    for key in messages.keys() {
        let prefix = format!("{key}.");
        if let Some(inner) =
            messages.range(prefix.clone()..).next().filter(|(inner, _)| inner.starts_with(&prefix))
        {
            let inner = inner.0;
            report.push(file.at(
                file.place_of(&[last_part(key)], &messages[key]),
                text!(
                    "“{key}”已经是一句文字，不能又有下级“{inner}”。",
                    "`{key}` is a text already, so `{inner}` cannot be below it."
                ),
            ));
        }
    }
    messages
}

fn last_part(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

fn flatten(
    map: &serde_yaml::Mapping,
    prefix: &str,
    (file, tree): (&Written, Option<&Node>),
    messages: &mut Messages,
    report: &mut Report,
) {
    for (key, value) in map {
        let Some(key) = key.as_str().filter(|key| key.split('.').all(is_name)) else {
            let key = serde_yaml::to_string(key).unwrap_or_default();
            let key = key.trim();
            report.push(file.at(
                file.place_of(&[], key),
                text!(
                    "键“{key}”不能用：只能用英文字母、数字和下划线，以字母开头。",
                    "`{key}` cannot be a key: use letters, digits and `_`, beginning with a letter."
                ),
            ));
            continue;
        };
        let full = format!("{prefix}{key}");
        match value {
            serde_yaml::Value::Mapping(inner) => {
                flatten(inner, &format!("{full}."), (file, tree), messages, report);
            }
            serde_yaml::Value::String(text) => _ = messages.insert(full, text.clone()),
            serde_yaml::Value::Number(number) => _ = messages.insert(full, number.to_string()),
            _ => {
                let entry = tree.and_then(|tree| written::entry(tree, &full));
                report.push(
                    file.at(
                        entry.map_or_else(|| file.place_of(&[], key), |entry| entry.key_range.clone()),
                        text!("“{full}”应该是一句文字。", "`{full}` must be a text."),
                    )
                    .help(text!(
                        "写成 {key}: \"……\"，或者删掉这一项。",
                        "Write `{key}: \"…\"`, or take the entry out."
                    )),
                );
            }
        }
    }
}

/// Returns whether templates can reach a name after a dot.
pub(super) fn is_name(part: &str) -> bool {
    part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn no_such_language(layers: &[Layer], language: &str) -> Diagnostic {
    let name = layers.first().map_or("", |layer| layer.files.name.as_str());
    let diagnostic = Diagnostic::new(
        codes::I18N_MISSING,
        text!(
            "主题“{name}”没有语言“{language}”的界面文字，用了中文。",
            "The theme `{name}` has no interface texts in `{language}`; Chinese is used."
        ),
    )
    .help(text!("可以在主题里新建 i18n/{language}.yaml。", "Add `i18n/{language}.yaml` to the theme."));
    match layers.first() {
        Some(layer) => diagnostic.in_file(layer.files.path(&format!("i18n/{language}.yaml"))),
        None => diagnostic,
    }
}

fn not_translated(layers: &[Layer], language: &str, missing: &[String]) -> Diagnostic {
    let count = missing.len();
    let shown = missing.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more_zh = if count > 5 { "……" } else { "" };
    let more_en = if count > 5 { ", …" } else { "" };
    // The texts belong into the theme the site chose; one inside the program cannot be added to.
    let file = layers.first().map(|layer| {
        layer.files.path(&file_of(layer, language).unwrap_or_else(|| format!("i18n/{language}.yaml")))
    });
    let texts = if count == 1 { "text" } else { "texts" };
    let diagnostic = Diagnostic::new(
        codes::I18N_MISSING,
        text!(
            "“{language}”缺少 {count} 条界面文字，用了中文：“{shown}{more_zh}”。",
            "`{language}` lacks {count} interface {texts}, Chinese is used: `{shown}{more_en}`."
        ),
    );
    match file {
        Some(file) => diagnostic.in_file(file).help(text!(
            "请在这个文件里补上；没有这个文件就新建。",
            "Add them in this file, which may have to be made."
        )),
        None => diagnostic,
    }
}

/// Returns the texts as a template value: `nav.home` becomes `{nav: {home}}`.
pub(super) fn to_value(messages: &Messages) -> tera::Value {
    fn build(entries: &[(Vec<&str>, &str)], depth: usize) -> tera::Value {
        let mut map = tera::Map::new();
        let mut rest = entries;
        while let Some((path, text)) = rest.first() {
            let Some(part) = path.get(depth) else { break };
            if path.len() == depth + 1 {
                map.insert((*part).to_owned().into(), tera::Value::from(*text));
                rest = &rest[1..];
                continue;
            }
            let length = rest.iter().take_while(|(path, _)| path.get(depth) == Some(part)).count();
            map.insert((*part).to_owned().into(), build(&rest[..length], depth + 1));
            rest = &rest[length..];
        }
        tera::Value::from(map)
    }
    let mut entries: Vec<(Vec<&str>, &str)> =
        messages.iter().map(|(key, text)| (key.split('.').collect(), text.as_str())).collect();
    entries.sort();
    build(&entries, 0)
}
