//! Keys that are not as they should be.

use super::super::context::Context;
use super::super::schema::{Field, Record};
use super::examples;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};
use crate::yaml::Entry;

/// Says that a record is written where nothing else can stand.
pub(super) fn not_a_record(record: &'static Record) -> Diagnostic {
    let (zh, en) = (record.zh, record.name);
    Diagnostic::new(
        codes::WRONG_SHAPE,
        text!(
            "这里应当写{zh}的各项：每行一个“键: 值”。",
            "Here the keys of a {en} are wanted, one `key: value` a line."
        ),
    )
    .help(examples::record(record))
}

/// Says that a file must be a list.
pub(super) fn not_a_list(record: &'static Record) -> Diagnostic {
    let (zh, en) = (record.zh, record.name);
    Diagnostic::new(
        codes::WRONG_SHAPE,
        text!("这个文件要写成列表：每个{zh}前面加“- ”。", "This file is a list: each {en} begins with `- `."),
    )
    .help(examples::item(record))
}

/// Reports a key whose other name was already given.
pub(super) fn doubled(context: &Context, field: &'static Field, entry: &Entry) {
    let (zh, en) = (field.zh, field.en);
    context.push(
        Diagnostic::new(
            codes::DOUBLED_KEY,
            text!(
                "“{zh}”和“{en}”是同一项，写了两次。",
                "`{zh}` and `{en}` are one key, and both are written."
            ),
        )
        .at(context.span(&entry.key_range))
        .help(text!("请删去其中一行。", "Delete one of the two lines.")),
    );
}

/// Reports a key that the record does not have; returns the keys it may have been meant for.
pub(super) fn unknown(
    context: &Context,
    file: &'static Record,
    record: &'static Record,
    entry: &Entry,
) -> Vec<&'static str> {
    let key = entry.key.trim();
    if context.translates.is_some_and(|base| base.position(key).is_some()) {
        context.push(unused_in_translation(key).at(context.span(&entry.key_range)));
        return Vec::new();
    }
    let (record_zh, record_en) = (record.zh, record.name);
    let diagnostic = Diagnostic::new(
        codes::UNKNOWN_KEY,
        text!("{record_zh}里没有“{key}”这一项。", "A {record_en} has no key `{key}`."),
    );
    context.push(diagnostic.at(context.span(&entry.key_range)).help(advice(file, record, key)));
    let near = near(record, key);
    let meant = |field: &&Field| {
        near.contains(&field.en) || near.contains(&field.zh) || field.en == key.to_lowercase()
    };
    record.fields.iter().filter(meant).map(|field| field.en).collect()
}

fn unused_in_translation(key: &str) -> Diagnostic {
    Diagnostic::new(
        codes::UNUSED_IN_TRANSLATION,
        text!(
            "“{key}”以原文为准，译文里的没有用到。",
            "`{key}` is taken from the base record, not from its translation."
        ),
    )
    .help(text!("请删去这一行。", "Delete this line."))
}

fn advice(file: &'static Record, record: &'static Record, key: &str) -> Bilingual {
    if let Some(field) = record.field(&key.to_lowercase()) {
        let (zh, en) = (field.zh, field.en);
        return text!("请写成“{zh}”或“{en}”。", "Write `{en}`.");
    }
    let near = near(record, key);
    if !near.is_empty() {
        let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
        return text!("是不是{zh}？", "Did you mean {en}?");
    }
    if let Some(help) = elsewhere(file, record, key) {
        return help;
    }
    let zh = quoted_list_zh(&record.fields.iter().map(|field| field.zh).collect::<Vec<_>>());
    let en = quoted_list_en(&record.fields.iter().map(|field| field.en).collect::<Vec<_>>());
    text!("这里可以写：{zh}。", "These can stand here: {en}.")
}

/// Finds near keys, in the language the key was typed in.
fn near(record: &'static Record, key: &str) -> Vec<&'static str> {
    let known = record.fields.iter().map(|field| if key.is_ascii() { field.en } else { field.zh });
    nearest(key, known)
}

/// Says where in the same file the key belongs.
fn elsewhere(file: &'static Record, record: &'static Record, key: &str) -> Option<Bilingual> {
    if let Some(way) = record.find_below(key) {
        let zh = way.iter().map(|field| format!("“{}”", field.zh)).collect::<Vec<_>>().join("下的");
        let en = way.iter().map(|field| field.en).collect::<Vec<_>>().join(".");
        return Some(text!(
            "“{key}”应当写在{zh}下面，多缩进一层。",
            "`{key}` belongs under `{en}`, one level deeper."
        ));
    }
    if file.position(key).is_some() {
        return Some(text!(
            "“{key}”应当写在最外层，不要缩进。",
            "`{key}` belongs to the outermost level, without indentation."
        ));
    }
    None
}
