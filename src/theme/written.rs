//! Reading a theme's own YAML (`theme.yaml`, `i18n/*.yaml`), and saying in plain words what is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Bilingual, Diagnostic, LineIndex, Report, codes};
use crate::read::{Encoding, SourceFile};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};
use crate::yaml::{self, Entry, Node, Value};

/// A decoded YAML file of a theme.
pub(super) struct Written {
    /// Its path as messages show it.
    pub path: Arc<str>,
    /// Its text.
    pub text: String,
}

impl Written {
    /// Reads the file as keys with values, or says all that is wrong with it; an empty file has none.
    pub fn parse(&self, report: &mut Report) -> Option<serde_yaml::Mapping> {
        // The reader of content says better, and of more than one mistake, what is wrong with YAML and where.
        let mut found = Report::new();
        self.read(&mut found);
        // Some slips of the keyboard make other YAML of the file than was meant, which is read without a word.
        let slips = [codes::YAML_FULLWIDTH_COLON, codes::YAML_TAB, codes::YAML_FULLWIDTH_BLANK];
        if let Some(slip) =
            found.clone().into_sorted().into_iter().find(|problem| slips.contains(&problem.code))
        {
            report.push(slip);
            return None;
        }
        let text = if self.text.trim().is_empty() { "{}" } else { &self.text };
        let error = match serde_yaml::from_str(text) {
            Ok(map) => return Some(map),
            Err(error) => error,
        };
        if found.has_errors() {
            report.append(found);
        } else {
            let start = error.location().map_or(0, |location| location.index());
            let range = start..start + word_length(&self.text, start);
            report.push(self.problem(&error, Some(range), None));
        }
        None
    }

    /// Returns what stands where in the file; [`Self::parse`] says what is wrong with it.
    pub fn tree(&self) -> Option<Node> {
        self.read(&mut Report::new())
    }

    fn read(&self, report: &mut Report) -> Option<Node> {
        let file = SourceFile::new(Arc::clone(&self.path), self.text.clone(), Encoding::Utf8);
        yaml::parse(&file, 0..self.text.len(), report)
    }

    /// Reads a value as `T`, or says why it cannot be: of the entry it stands in, if that is known.
    pub fn value<T: DeserializeOwned>(
        &self,
        value: serde_yaml::Value,
        entry: Option<&Entry>,
    ) -> Result<T, Box<Diagnostic>> {
        serde_yaml::from_value(value)
            .map_err(|error| Box::new(self.problem(&error, entry.map(place_of_value), entry)))
    }

    /// Makes a problem at a byte range of the file.
    pub fn at(&self, range: Range<usize>, message: Bilingual) -> Diagnostic {
        let span = LineIndex::new(Arc::clone(&self.path), &self.text).span(range);
        Diagnostic::new(codes::BAD_THEME_FILE, message).at(span)
    }

    /// Finds where a value stands: the first place after one of `keys` (and a colon), else the first in the file. `accent` is
    /// not found in `accent_dark`.
    pub fn place_of(&self, keys: &[&str], value: &str) -> Range<usize> {
        let is_of_word = |c: char| c.is_alphanumeric() || c == '_';
        let is_whole = |at: &usize| {
            !self.text[..*at].ends_with(is_of_word) && !self.text[*at + value.len()..].starts_with(is_of_word)
        };
        let after_key = |at: &usize| {
            let line_start = self.text[..*at].rfind('\n').map_or(0, |newline| newline + 1);
            let before = self.text[line_start..*at].trim_start_matches([' ', '-', '{', '"', '\'']);
            keys.iter()
                .any(|key| before.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
        };
        let places = || self.text.match_indices(value).map(|(at, _)| at);
        let start = places()
            .filter(is_whole)
            .find(after_key)
            .or_else(|| places().find(is_whole))
            .or_else(|| places().next())
            .unwrap_or(0);
        start..start + value.len()
    }

    fn problem(
        &self,
        error: &serde_yaml::Error,
        range: Option<Range<usize>>,
        entry: Option<&Entry>,
    ) -> Diagnostic {
        let said = error.to_string();
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(before, _)| before);
        let (message, help, word) = explain(said);
        let start = range.as_ref().map_or(0, |range| range.start);
        let range = match word {
            // A wrong key is reported for its record: point at the key itself.
            Some(word) => self.find_word(&word, entry.map_or(start, |entry| entry.key_range.start)),
            None => range.unwrap_or(0..0),
        };
        let diagnostic = self.at(range, message);
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    fn find_word(&self, word: &str, start: usize) -> Range<usize> {
        let from = self.text.get(start..).and_then(|rest| rest.find(word)).map(|at| start + at);
        let at = from.or_else(|| self.text.find(word)).unwrap_or(start);
        at..at + word.len()
    }
}

/// Returns where to point for a value: its first line, or its key where nothing is written.
fn place_of_value(entry: &Entry) -> Range<usize> {
    if entry.value.range.is_empty() { entry.key_range.clone() } else { entry.value.range.clone() }
}

/// Returns the entry of a dotted key in a tree, however its parts are nested.
pub(super) fn entry<'n>(tree: &'n Node, key: &str) -> Option<&'n Entry> {
    let Value::Map(map) = &tree.value else { return None };
    map.entries.iter().find_map(|found| match key.strip_prefix(found.key.as_str())? {
        "" => Some(found),
        rest => entry(&found.value, rest.strip_prefix('.')?),
    })
}

fn word_length(text: &str, start: usize) -> usize {
    text.get(start..).map_or(0, |rest| rest.find(['\n', ':', ',']).unwrap_or(rest.len()))
}

/// Turns serde's sentence into ours: the message, the fix, and the word it is about.
fn explain(said: &str) -> (Bilingual, Option<Bilingual>, Option<String>) {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let about = said.rsplit_once(": ").map_or(said, |(_, last)| last);
    match quoted.split_first() {
        Some((key, known)) if said.contains("unknown field") => {
            let near = nearest(key, known.iter().copied());
            let help = if near.is_empty() {
                let (zh, en) = (quoted_list_zh(known), quoted_list_en(known));
                text!("可以用的键：{zh}。", "These can stand here: {en}.")
            } else {
                let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
                text!("是不是想写{zh}？", "Did you mean {en}?")
            };
            (text!("不认识的键“{key}”。", "Unknown key `{key}`."), Some(help), Some((*key).to_owned()))
        }
        Some((value, known)) if said.contains("unknown variant") => {
            let (zh, en) = (quoted_list_zh(known), quoted_list_en(known));
            (
                text!("不认识的值“{value}”。", "Unknown value `{value}`."),
                Some(text!("可以写：{zh}。", "Write one of {en}.")),
                Some((*value).to_owned()),
            )
        }
        Some((key, _)) if said.contains("missing field") => {
            (text!("缺少键“{key}”。", "The key `{key}` is missing."), None, None)
        }
        Some((key, _)) if said.contains("duplicate field") => {
            (text!("键“{key}”写了两次。", "The key `{key}` stands twice."), None, Some((*key).to_owned()))
        }
        _ if said.contains("invalid type") || said.contains("invalid value") => wrong_kind(said),
        _ => (
            text!("YAML 写法有误，读不下去（{about}）。", "This is not valid YAML ({said})."),
            Some(text!(
                "请检查这一行的缩进、冒号后的空格和引号。",
                "Check the line's indentation, the blank after the colon, and quotes."
            )),
            None,
        ),
    }
}

/// Says what stands where something else belongs.
fn wrong_kind(said: &str) -> (Bilingual, Option<Bilingual>, Option<String>) {
    let (_, rest) = said.split_once("invalid ").unwrap_or(("", said));
    let (_, rest) = rest.split_once(": ").unwrap_or(("", rest));
    let (found, wanted) = rest.split_once(", expected ").unwrap_or((rest, "something else"));
    let wanted_zh = match wanted {
        "a string" => "一段文字",
        "a sequence" => "列表",
        "f64" => "数字",
        "text, or zh and en" => "一句文字，或者 zh 和 en 两个键",
        "a record or a list of records" => "一组键和值，或者它们的列表",
        wanted if wanted.starts_with("struct ") => "一组键和值",
        wanted => wanted,
    };
    let wanted = match wanted {
        "a sequence" => "a list",
        "f64" => "a number",
        wanted if wanted.starts_with("struct ") => "keys with values",
        wanted => wanted,
    };
    let found_zh = match found.split_whitespace().next().unwrap_or_default() {
        "string" => "文字",
        "integer" | "floating" => "数字",
        "boolean" => "是或否",
        "map" => "一组键和值",
        "sequence" => "列表",
        "unit" | "null" => "空值",
        _ => found,
    };
    let is_one = !matches!(found_zh, "列表" | "一组键和值");
    let help = match wanted {
        "a string" if is_one => Some(text!("请给它加上引号。", "Put it in quotes.")),
        "a list" if is_one => {
            Some(text!("请写在方括号里，用逗号分开。", "Write it in brackets, with commas between."))
        }
        _ => None,
    };
    let found = found.replace("string \"", "the text \"");
    (text!("这里应该是{wanted_zh}，写的是{found_zh}。", "This must be {wanted}, not {found}."), help, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_told_as_it_is_of_content() {
        for (text, code, line) in [
            ("home: 首页\nskip：跳\n", "yaml-fullwidth-colon", 2),
            ("name：mine\n", "yaml-fullwidth-colon", 1),
            ("site:\n  skip：跳\n", "yaml-fullwidth-colon", 2),
            ("nav:\n\thome: 首页\n", "yaml-tab", 2),
        ] {
            let file = Written { path: "i18n/zh.yaml".into(), text: text.to_owned() };
            let mut report = Report::new();
            assert!(file.parse(&mut report).is_none(), "{text}");
            let problem = report.iter().next().expect("a slip");
            assert_eq!(problem.code.as_str(), code, "{text}");
            assert_eq!(problem.span.as_ref().map(|span| span.line), Some(line), "{text}");
        }
        let good =
            Written { path: "i18n/zh.yaml".into(), text: "time: 共：{n} 项\nat: 8：30\n".to_owned() };
        assert!(good.parse(&mut Report::new()).is_some());
    }
}
