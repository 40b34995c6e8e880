//! Asks `serde_yaml`, the authority, whether it reads a text the same way.
//!
//! Asked only about texts with something unusual in them; the common forms are proven to agree by tests.

use serde_yaml::Value as Theirs;

use super::invisible::visible;
use super::node::{Node, Style, Value};
use crate::diagnostic::Bilingual;
use crate::text;

/// Why a text cannot be relied on: where, and what to say.
pub(super) struct Doubt {
    /// The byte in the text that was asked about.
    pub at: usize,
    pub message: Bilingual,
}

/// Compares a tree with what `serde_yaml` makes of the same text, which begins at byte `start` of the file.
pub(super) fn confirm(written: &str, start: usize, node: &Node) -> Result<(), Doubt> {
    let theirs: Theirs = serde_yaml::from_str(written).map_err(|error| {
        let at = start + error.location().map_or(0, |location| location.index());
        Doubt { at, message: plain_words(&error.to_string()) }
    })?;
    match difference(node, &theirs) {
        None => Ok(()),
        Some(at) => Err(Doubt {
            at,
            message: text!("这里的写法有歧义，读法不确定。", "What is written here can be read in two ways."),
        }),
    }
}

/// Returns where a tree first differs from the other reading.
fn difference(node: &Node, theirs: &Theirs) -> Option<usize> {
    let here = Some(node.range.start);
    match (&node.value, theirs) {
        (Value::Null, Theirs::Null) => None,
        (Value::Scalar(scalar), _) => {
            (!same_text(&scalar.text, scalar.style, theirs)).then_some(node.range.start)
        }
        (Value::List(items), Theirs::Sequence(other)) if items.len() == other.len() => {
            items.iter().zip(other).find_map(|(item, other)| difference(item, other))
        }
        (Value::Map(map), Theirs::Mapping(other)) if map.entries.len() == other.len() => {
            map.entries.iter().zip(other).find_map(|(entry, (key, value))| {
                let same =
                    [Style::Plain, Style::Quoted].iter().any(|style| same_text(&entry.key, *style, key));
                if same { difference(&entry.value, value) } else { Some(entry.key_range.start) }
            })
        }
        _ => here,
    }
}

/// Returns whether a text is the same; a plain number, date or truth value was given a type on the other side.
fn same_text(text: &str, style: Style, theirs: &Theirs) -> bool {
    match theirs {
        Theirs::String(other) => text == other || text == visible(other),
        Theirs::Number(number) if style == Style::Plain && number.to_string() == text => true,
        Theirs::Number(_) | Theirs::Bool(_) | Theirs::Null if style == Style::Plain => {
            serde_yaml::from_str::<Theirs>(text)
                .is_ok_and(|again| again == *theirs || (is_nan(&again) && is_nan(theirs)))
        }
        _ => false,
    }
}

fn is_nan(value: &Theirs) -> bool {
    value.as_f64().is_some_and(f64::is_nan)
}

/// Says a message of the YAML library in plain words, without the line number it counts inside the text.
fn plain_words(message: &str) -> Bilingual {
    const WORDS: &[(&str, &str, &str)] = &[
        (
            "mapping values are not allowed",
            "这里不能再有一个“键: 值”",
            "another `key: value` cannot stand here",
        ),
        (
            "did not find expected key",
            "这里应该是“键: 值”，多半是缩进没有对齐",
            "a `key: value` is expected here; most likely the indentation is wrong",
        ),
        (
            "did not find expected '-'",
            "列表的这一行没有以“- ”开头，多半是缩进没有对齐",
            "a list item with `- ` is expected here; most likely the indentation is wrong",
        ),
        ("did not find expected ',' or", "括号里缺少逗号或右括号", "a comma or a closing bracket is missing"),
        (
            "could not find expected ':'",
            "键后面缺少英文冒号和空格",
            "a colon and a blank are missing after the key",
        ),
        (
            "cannot start any token",
            "值不能以这个符号开头，要加英文引号",
            "a value cannot begin with this character; it needs straight quotes",
        ),
        ("unexpected end of stream", "引号没有成对", "a quotation mark is not closed"),
        (
            "unknown escape character",
            "双引号里的反斜杠写法不对",
            "a backslash inside double quotes means nothing",
        ),
        ("block sequence entries are not allowed", "列表不能从这里开始", "a list cannot begin here"),
        ("control characters", "有看不见的控制字符", "there is an invisible control character"),
        ("indentation", "缩进没有对齐", "the indentation is wrong"),
    ];
    if let Some((_, zh, en)) = WORDS.iter().find(|(part, ..)| message.contains(part)) {
        return text!("这里读不懂：{zh}。", "This cannot be read: {en}.");
    }
    let said = strip_place(message);
    text!("这里读不懂（{said}）。", "This cannot be read: {said}.")
}

/// Cuts ` at line 3 column 5` and what follows off a message.
fn strip_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_the_library_loses_its_line_number() {
        let said = plain_words("something odd at line 3 column 5, while parsing");
        assert_eq!(said.en, "This cannot be read: something odd.");
        assert!(plain_words("did not find expected key at line 2 column 1").zh.contains("缩进"));
    }
}
