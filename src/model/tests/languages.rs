//! Both languages say the same.

use super::super::schema::{FILE_KINDS, Record};
use super::{clean, fixture_en, fixture_zh, owned};

/// Writes a value out without the places it stands at, which differ with the length of the keys.
fn without_places(value: &impl std::fmt::Debug) -> String {
    let mut out = format!("{value:?}");
    for name in ["Origin {", "PlaceMap {"] {
        while let Some(start) = out.find(name) {
            let end = out[start..].find('}').expect("a debug form closes its braces") + start + 1;
            out.replace_range(start..end, "_");
        }
    }
    out
}

#[test]
fn chinese_and_english_keys_give_the_same_site() {
    let chinese = clean(&owned(fixture_zh::FILES));
    let english = clean(&owned(fixture_en::FILES));
    assert_eq!(without_places(&chinese), without_places(&english));
}

#[test]
fn the_two_languages_may_be_mixed_across_files() {
    let mut mixed = owned(fixture_zh::FILES);
    for (at, (_, text)) in owned(fixture_en::FILES).into_iter().enumerate().filter(|(at, _)| at % 2 == 0) {
        mixed[at].1 = text;
    }
    let chinese = clean(&owned(fixture_zh::FILES));
    assert_eq!(without_places(&clean(&mixed)), without_places(&chinese));
}

fn every_key(record: &'static Record, keys: &mut Vec<(&'static str, &'static str)>) {
    for field in record.fields {
        keys.push((field.zh, field.en));
        if let Some(inner) = field.ty.record() {
            every_key(inner, keys);
        }
    }
}

#[test]
fn the_fixtures_use_every_key_there_is() {
    let zh: String = fixture_zh::FILES.iter().map(|(_, text)| *text).collect();
    let en: String = fixture_en::FILES.iter().map(|(_, text)| *text).collect();
    let mut keys = Vec::new();
    for kind in FILE_KINDS {
        every_key(kind.record, &mut keys);
    }
    for (key_zh, key_en) in keys {
        assert!(zh.contains(&format!("{key_zh}:")), "{key_zh}");
        assert!(en.contains(&format!("{key_en}:")), "{key_en}");
    }
}
