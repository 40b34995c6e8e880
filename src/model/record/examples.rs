//! Shows how a key is written, in the language of the reader.

use super::super::schema::{Choices, Field, Record, Type};
use crate::diagnostic::{Bilingual, Diagnostic, Lang, codes};
use crate::text;
use crate::yaml::{Node, Value};

/// Shows a field as it should be written.
pub(super) fn write(field: &Field) -> Bilingual {
    let (zh, en) = (line(field, Lang::Zh), line(field, Lang::En));
    text!("请写成：\n{zh}", "Write:\n{en}")
}

/// Shows a record as it should be written.
pub(super) fn record(record: &Record) -> Bilingual {
    let (zh, en) = (lines(record, Lang::Zh, "", ""), lines(record, Lang::En, "", ""));
    text!("请写成：\n{zh}", "Write:\n{en}")
}

/// Shows a record as an item of a list.
pub(super) fn item(record: &Record) -> Bilingual {
    let (zh, en) = (lines(record, Lang::Zh, "- ", "  "), lines(record, Lang::En, "- ", "  "));
    text!("请写成：\n{zh}", "Write:\n{en}")
}

/// Says what was found and what is wanted.
pub(super) fn wrong_shape(field: &Field, node: &Node) -> Diagnostic {
    let (zh, en) = (field.zh, field.en);
    let (found_zh, found_en) = match node.value {
        Value::Null => ("是空的", "nothing"),
        Value::Scalar(_) => ("写成了一行字", "one text"),
        Value::List(_) => ("写成了列表", "a list"),
        Value::Map(_) => ("下面又写了“键: 值”", "keys with values"),
    };
    let (wanted_zh, wanted_en) = wanted(&field.ty);
    Diagnostic::new(
        codes::WRONG_SHAPE,
        text!(
            "“{zh}”要写{wanted_zh}，这里{found_zh}。",
            "`{en}` wants {wanted_en}, but {found_en} was found."
        ),
    )
    .help(write(field))
}

fn wanted(ty: &Type) -> (&'static str, &'static str) {
    match ty {
        Type::Text | Type::Any => ("一行字", "one line of text"),
        Type::Prose => ("一段文字", "a text"),
        Type::Date | Type::When => ("日期", "a date"),
        Type::Whole | Type::Number => ("数字", "a number"),
        Type::Bool => ("“是”或“否”", "`yes` or `no`"),
        Type::Choice(_) => ("规定的一个值", "one of the given values"),
        Type::Ref(_) => ("一个名称或标识", "one name or id"),
        Type::Url => ("网址", "an address"),
        Type::Domain => ("域名", "a domain"),
        Type::File | Type::Image => ("文件名", "a file name"),
        Type::List(_) => ("列表，每项前面加“- ”", "a list, each item after `- `"),
        Type::Record(_) => ("下一层的“键: 值”", "keys with values, one level deeper"),
        Type::Either(plain, _) => wanted(plain),
    }
}

fn line(field: &Field, lang: Lang) -> String {
    let key = in_lang(lang, field.zh, field.en);
    match &field.ty {
        Type::Record(inner) => format!("{key}:\n{}", lines(inner, lang, "  ", "  ")),
        Type::List(Type::Record(inner)) => format!("{key}:\n{}", lines(inner, lang, "  - ", "    ")),
        Type::List(inner) => format!("{key}:\n  - {}", value(inner, lang)),
        ty => format!("{key}: {}", value(ty, lang)),
    }
}

/// Shows the required keys of a record, or its first two.
fn lines(record: &Record, lang: Lang, first: &str, rest: &str) -> String {
    let mut shown: Vec<&Field> = record.fields.iter().filter(|field| field.required).collect();
    if shown.is_empty() {
        shown = record.fields.iter().take(2).collect();
    }
    let mut out = String::new();
    for (at, field) in shown.iter().enumerate() {
        let lead = if at == 0 { first } else { rest };
        let written = match &field.ty {
            Type::Record(_) | Type::List(_) => format!("{}:", in_lang(lang, field.zh, field.en)),
            ty => format!("{}: {}", in_lang(lang, field.zh, field.en), value(ty, lang)),
        };
        out.extend([lead, &written, "\n"]);
    }
    out.trim_end().to_owned()
}

fn value(ty: &Type, lang: Lang) -> &'static str {
    match ty {
        Type::Text | Type::Prose | Type::Any => in_lang(lang, "文字", "text"),
        Type::Date => "2024-03-05",
        Type::When => "2024-03-05 09:30",
        Type::Whole => "120",
        Type::Number => "95.5",
        Type::Bool => in_lang(lang, "是", "yes"),
        Type::Choice(choices) => first(choices, lang),
        Type::Ref(_) => in_lang(lang, "名称", "id"),
        Type::Url => "https://www.example.gov.cn/",
        Type::Domain => "www.example.gov.cn",
        Type::File => "files/fangan.pdf",
        Type::Image => "photos/huodong.jpg",
        Type::Either(plain, _) | Type::List(plain) => value(plain, lang),
        Type::Record(_) => "",
    }
}

fn first(choices: &'static Choices, lang: Lang) -> &'static str {
    choices.values.first().map_or("", |(en, zh)| in_lang(lang, zh, en))
}

fn in_lang(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
