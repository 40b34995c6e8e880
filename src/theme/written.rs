//! Reading a theme's own YAML (`theme.yaml`, `i18n/*.yaml`), and saying in plain words what is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Bilingual, Diagnostic, LineIndex, Report, codes};
use crate::read::{Encoding, SourceFile};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};
use crate::yaml;

/// A decoded YAML file of a theme.
pub(super) struct Written {
    /// Its path as messages show it.
    pub path: Arc<str>,
    /// Its text.
    pub text: String,
}

impl Written {
    /// Reads the file as `T`, or says why not; an empty file is an empty record.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Box<Diagnostic>> {
        if let Some(problem) = self.mistyped() {
            return Err(Box::new(problem));
        }
        let text = if self.text.trim().is_empty() { "{}" } else { &self.text };
        serde_yaml::from_str(text).map_err(|error| Box::new(self.problem(&error)))
    }

    /// Returns the first slip of the keyboard there is, in the words that are said of content.
    fn mistyped(&self) -> Option<Diagnostic> {
        let slips = [codes::YAML_FULLWIDTH_COLON, codes::YAML_TAB, codes::YAML_FULLWIDTH_BLANK];
        let file = SourceFile::new(Arc::clone(&self.path), self.text.clone(), Encoding::Utf8);
        let mut report = Report::new();
        yaml::parse(&file, 0..self.text.len(), &mut report);
        report.into_sorted().into_iter().find(|problem| slips.contains(&problem.code))
    }

    /// Makes a problem at a byte range of the file.
    pub fn at(&self, range: Range<usize>, message: Bilingual) -> Diagnostic {
        let span = LineIndex::new(Arc::clone(&self.path), &self.text).span(range);
        Diagnostic::new(codes::BAD_THEME_FILE, message).at(span)
    }

    /// Finds where a value stands: the first place after one of `keys` (and a colon), else the first in the file.
    pub fn place_of(&self, keys: &[&str], value: &str) -> Range<usize> {
        let after_key = self.text.match_indices(value).find(|(at, _)| {
            let line_start = self.text[..*at].rfind('\n').map_or(0, |newline| newline + 1);
            let before = self.text[line_start..*at].trim_start_matches([' ', '-', '{', '"', '\'']);
            keys.iter()
                .any(|key| before.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
        });
        let start = after_key.map(|(at, _)| at).or_else(|| self.text.find(value)).unwrap_or(0);
        start..start + value.len()
    }

    fn problem(&self, error: &serde_yaml::Error) -> Diagnostic {
        let said = error.to_string();
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(before, _)| before);
        let (message, help, word) = explain(said);
        let start = error.location().map_or(0, |location| location.index());
        let range = match word {
            // A wrong key is reported at the start of its record: point at the key itself.
            Some(word) => self.find_word(&word, start),
            None => start..start + word_length(&self.text, start),
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
            (text!("键“{key}”写了两次。", "The key `{key}` stands twice."), None, None)
        }
        _ if said.contains("invalid type") || said.contains("invalid value") => (
            text!("这里的值类型不对（{said}）。", "The value here is of the wrong kind ({said})."),
            None,
            None,
        ),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_told_as_it_is_of_content() {
        for (text, code, line) in [
            ("home: 首页\nskip：跳\n", "yaml-fullwidth-colon", 2),
            ("name：mine\n", "yaml-fullwidth-colon", 1),
            ("nav:\n\thome: 首页\n", "yaml-tab", 2),
        ] {
            let file = Written { path: "i18n/zh.yaml".into(), text: text.to_owned() };
            let problem = file.parse::<serde_yaml::Mapping>().expect_err("a slip");
            assert_eq!(problem.code.as_str(), code, "{text}");
            assert_eq!(problem.span.as_ref().map(|span| span.line), Some(line), "{text}");
        }
        let good =
            Written { path: "i18n/zh.yaml".into(), text: "time: 共：{n} 项\nat: 8：30\n".to_owned() };
        assert!(good.parse::<serde_yaml::Mapping>().is_ok());
    }
}
