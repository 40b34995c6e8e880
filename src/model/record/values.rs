//! Single values by type.

use std::borrow::Cow;

use super::super::closed::Closed;
use super::super::names::{Referable, Target};
use super::super::numbers::{self, NumberProblem};
use super::super::schema::{Field, Type};
use super::super::site::{AssetRef, Located, Number, Prose};
use super::super::{placeholder, prose, web};
use super::complaints::{bad_date, bad_number, bad_when, unknown_value};
use super::{Reader, inner, references};
use crate::date::{PartialDate, When};
use crate::diagnostic::codes;
use crate::text;
use crate::text::may_have_suspects;
use crate::yaml::{Node, Scalar, Value};

impl Reader<'_> {
    fn scalar<'n>(&self, field: &'static Field, node: &'n Node) -> Option<&'n Scalar> {
        match &node.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::Null | Value::List(_) | Value::Map(_) => {
                self.wrong_shape(field, node);
                None
            }
        }
    }

    /// Reads one line: breaks are folded, blanks at the ends left out.
    pub(super) fn line(&self, field: &'static Field, node: &Node) -> Option<String> {
        let scalar = self.scalar(field, node)?;
        self.check_characters(node, &scalar.text)?;
        placeholder::check(self.context, &scalar.text, &node.range);
        one_line(&scalar.text)
    }

    fn check_characters(&self, node: &Node, text: &str) -> Option<()> {
        if !may_have_suspects(text) {
            return Some(());
        }
        let bad = |c: &char| {
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
                || matches!(c, '\u{fffd}' | '\u{202a}'..='\u{202e}')
        };
        let Some(bad) = text.chars().find(bad) else { return Some(()) };
        let code = format!("U+{:04X}", bad as u32);
        let said = match bad {
            '\u{fffd}' => text!("文字里有乱码（�）。", "The text holds a damaged character (U+FFFD)."),
            _ => {
                text!("文字里有看不见的控制字符（{code}）。", "The text holds a control character ({code}).")
            }
        };
        self.report(
            codes::BAD_CHARACTER,
            node,
            (said, text!("请删掉这一处，重新输入。", "Delete it and type it anew.")),
        );
        None
    }

    fn line_of(&self, en: &str) -> Option<(&'static Field, &Node, String)> {
        let (field, node) = self.given(en)?;
        let node: &Node = node;
        Some((field, node, self.line(field, node)?))
    }

    /// Reads one line of text.
    pub(in super::super) fn text(&self, en: &str) -> Option<String> {
        let (field, _, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Text | Type::Either(Type::Text, _)), "{en}");
        Some(text)
    }

    /// Reads one line of text with its place.
    pub(in super::super) fn located_text(&self, en: &str) -> Option<Located<String>> {
        let (_, node, text) = self.line_of(en)?;
        Some(self.context.located(text, &node.range))
    }

    /// Reads Markdown. Its ids begin with `id_prefix`.
    pub(in super::super) fn prose(&self, en: &str, id_prefix: impl Into<Cow<'static, str>>) -> Option<Prose> {
        let (field, node) = self.given(en)?;
        debug_assert!(matches!(field.ty, Type::Prose), "{en}");
        let scalar = self.scalar(field, node)?;
        self.check_characters(node, &scalar.text)?;
        placeholder::check(self.context, &scalar.text, &node.range);
        let is_fallback = self.is_fallback(en);
        Some(prose::nested(self.context, &scalar.text, &node.range, id_prefix.into(), is_fallback))
    }

    /// Reads a date.
    pub(in super::super) fn date(&self, en: &str) -> Option<PartialDate> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Date), "{en}");
        match PartialDate::parse(&text) {
            Ok(date) => Some(date),
            Err(problem) => {
                self.report(codes::BAD_DATE, node, bad_date(&text, problem));
                None
            }
        }
    }

    /// Reads a full date, perhaps with a time.
    pub(in super::super) fn when(&self, en: &str) -> Option<When> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::When), "{en}");
        match When::parse(&text) {
            Ok(when) => Some(when),
            Err(problem) => {
                self.report(codes::BAD_DATE, node, bad_when(&text, problem));
                None
            }
        }
    }

    /// Reads a whole number from 0.
    pub(in super::super) fn whole(&self, en: &str) -> Option<u64> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Whole), "{en}");
        numbers::whole(&text).map_err(|problem| self.bad_number(field, node, &text, problem)).ok()
    }

    /// Reads a number.
    pub(in super::super) fn number(&self, en: &str) -> Option<Number> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Number), "{en}");
        numbers::number(&text).map_err(|problem| self.bad_number(field, node, &text, problem)).ok()
    }

    fn bad_number(&self, field: &'static Field, node: &Node, text: &str, problem: NumberProblem) {
        let has_unit = self.record.field("unit").is_some();
        self.report(codes::BAD_NUMBER, node, bad_number(self.written(field), text, problem, has_unit));
    }

    /// Reads yes or no.
    pub(in super::super) fn yes(&self, en: &str) -> Option<bool> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Bool), "{en}");
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "是" | "有" => Some(true),
            "false" | "no" | "否" | "无" => Some(false),
            _ => {
                let said = text!("“{text}”不是“是”或“否”。", "`{text}` is neither `yes` nor `no`.");
                self.report(
                    codes::UNKNOWN_VALUE,
                    node,
                    (said, text!("请写“是”或“否”。", "Write `yes` or `no`.")),
                );
                None
            }
        }
    }

    /// Reads one of a closed list.
    pub(in super::super) fn choice<T: Closed>(&self, en: &str) -> Option<T> {
        let (field, node, text) = self.line_of(en)?;
        let choices = T::choices();
        debug_assert_eq!(field.ty.choices().map(|own| own.name), Some(choices.name), "{en}");
        let place = choices.values.iter().position(|(en, zh)| *en == text || *zh == text);
        if place.is_none() {
            self.report(codes::UNKNOWN_VALUE, node, unknown_value(self.written(field), choices, &text));
        }
        place.map(|place| T::ALL[place])
    }

    /// Follows a reference.
    pub(in super::super) fn reference<T: Referable>(&self, en: &str) -> Option<Target<T>> {
        let (field, node) = self.given(en)?;
        self.resolve(field, node)
    }

    pub(super) fn resolve<T: Referable>(&self, field: &'static Field, node: &Node) -> Option<Target<T>> {
        debug_assert!(matches!(inner(&field.ty), Type::Ref(kind) if *kind == T::KIND), "{}", field.en);
        let text = self.line(field, node)?;
        Some(references::follow(self.context, &text, &node.range))
    }

    /// Reads an absolute address.
    pub(in super::super) fn url(&self, en: &str) -> Option<String> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Url), "{en}");
        web::url(&text).map_err(|said| self.report(codes::BAD_URL, node, said)).ok()
    }

    /// Reads a bare host name.
    pub(in super::super) fn domain(&self, en: &str) -> Option<String> {
        let (field, node, text) = self.line_of(en)?;
        debug_assert!(matches!(field.ty, Type::Domain), "{en}");
        web::domain(&text).map_err(|said| self.report(codes::BAD_DOMAIN, node, said)).ok()
    }

    /// Reads a file of the content folder.
    pub(in super::super) fn file(&self, en: &str) -> Option<AssetRef> {
        let (field, node, text) = self.line_of(en)?;
        let picture = matches!(field.ty, Type::Image);
        debug_assert!(picture || matches!(field.ty, Type::File), "{en}");
        self.context.asset(&text, &node.range, picture)
    }
}

/// Takes the blanks off the ends of a text and folds its lines; `None` when nothing is left.
pub(super) fn one_line(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    Some(if text.contains(['\n', '\t']) { fold(text) } else { text.to_owned() })
}

/// Makes one line of several: no blank between Chinese characters.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let wide = |c: Option<char>| c.is_none_or(|c| c as u32 >= 0x2e80);
        if !wide(out.chars().last()) || !wide(part.chars().next()) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}
