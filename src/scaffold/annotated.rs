//! A record as a file for people: its values, what each key is for, and the keys that may be added.
//!
//! A line that begins with `#` and no blank is a key that is switched on by deleting the `#`.

use std::fmt::Write as _;

use super::draft::Draft;
use super::{Keys, quoting};
use crate::diagnostic::Lang;
use crate::model::schema::{Choices, Field, Record, Type};

/// Writes a record; with `explained`, every key it has or may have is explained.
pub(super) fn record(record: &'static Record, draft: &Draft, keys: Keys, explained: bool) -> String {
    let mut writer = Writer { out: String::new(), keys, explained };
    writer.record(record, draft, 0);
    writer.out
}

/// Writes the items of a list of records, indented by `indent`; only the first is explained.
pub(super) fn items(
    record: &'static Record,
    items: &[Draft],
    keys: Keys,
    indent: usize,
    explained: bool,
) -> String {
    let mut writer = Writer { out: String::new(), keys, explained };
    writer.items(&Type::Record(record), items, indent);
    writer.out
}

struct Writer {
    out: String,
    keys: Keys,
    explained: bool,
}

impl Writer {
    /// Writes the keys of a record in the order of the schema, those without a value commented out.
    fn record(&mut self, record: &Record, draft: &Draft, indent: usize) {
        for field in record.fields {
            match draft.get(field) {
                Some(value) => self.field(field, value, indent),
                None => self.offer(field, indent),
            }
        }
    }

    /// Writes a record of a list: what it has stands first, so that each key may be switched on by itself.
    fn item_record(&mut self, record: &Record, draft: &Draft, indent: usize) {
        for field in record.fields {
            if let Some(value) = draft.get(field) {
                self.field(field, value, indent);
            }
        }
        for field in record.fields.iter().filter(|field| draft.get(field).is_none()) {
            self.offer(field, indent);
        }
    }

    fn field(&mut self, field: &Field, value: &Draft, indent: usize) {
        self.explain(field, indent);
        self.line(indent, &format!("{}:", key(field, self.keys)));
        self.value(&field.ty, value, indent);
    }

    /// Writes a value behind its key, or below it.
    fn value(&mut self, ty: &Type, value: &Draft, indent: usize) {
        match (ty, value) {
            (Type::Prose, Draft::Text(text)) => self.behind(&quoting::block(text, indent + 2)),
            (_, Draft::Text(text)) => {
                let text = quoting::one_line(choice(ty, text, self.keys));
                self.behind(&format!("{text}\n"));
            }
            (_, Draft::List(items)) => self.items(ty.item(), items, indent + 2),
            (_, Draft::Record(_)) => {
                if let Some(record) = ty.record() {
                    self.record(record, value, indent + 2);
                }
            }
        }
    }

    /// Replaces the line end after a key by a value.
    fn behind(&mut self, value: &str) {
        self.out.pop();
        self.out.push(' ');
        self.out.push_str(value);
    }

    fn items(&mut self, ty: &Type, items: &[Draft], indent: usize) {
        let explained = self.explained;
        for item in items {
            let start = self.out.len();
            match (item, ty.record()) {
                (Draft::Record(_), Some(record)) => {
                    self.item_record(record, item, indent + 2);
                    dash(&mut self.out, start, indent);
                }
                (Draft::Text(text), _) => {
                    let text = quoting::one_line(choice(ty, text, self.keys));
                    self.line(indent, &format!("- {text}"));
                }
                _ => {}
            }
            self.explained = false;
        }
        self.explained = explained;
    }

    /// Offers a key: commented out, with all that may stand below it.
    fn offer(&mut self, field: &Field, indent: usize) {
        if !self.explained {
            return;
        }
        self.explain(field, indent);
        for line in offered(field, self.keys) {
            self.line(indent, &format!("#{line}"));
        }
    }

    fn explain(&mut self, field: &Field, indent: usize) {
        if let Some(words) = explanation(field, self.keys).filter(|_| self.explained) {
            self.line(indent, &format!("# {words}"));
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// Turns the record written since `start` into a list item: its first key, and what explains it, begin at the dash.
fn dash(out: &mut String, start: usize, indent: usize) {
    let record = out.split_off(start);
    let mut open = true;
    for line in record.split_inclusive('\n') {
        match (open, line.trim_start().starts_with('#')) {
            (true, true) => out.push_str(&line[2..]),
            (true, false) => {
                let _ = write!(out, "{}- {}", " ".repeat(indent), line.trim_start());
                open = false;
            }
            (false, _) => out.push_str(line),
        }
    }
}

fn key(field: &Field, keys: Keys) -> &'static str {
    keys.pick(field.zh, field.en)
}

/// Returns the keys that may stand at and below a field that has no value, as lines without indentation.
fn offered(field: &Field, keys: Keys) -> Vec<String> {
    let mut lines = vec![format!("{}:", key(field, keys))];
    let (record, is_list) = match field.ty {
        Type::Record(record) => (Some(record), false),
        Type::List(Type::Record(record)) => (Some(*record), true),
        Type::List(_) => {
            lines.push("  - ".trim_end().to_owned());
            (None, false)
        }
        _ => (None, false),
    };
    for (index, sub) in record.into_iter().flat_map(|record| record.fields.iter()).enumerate() {
        let mut below = offered(sub, keys);
        if let Some(words) = explanation(sub, keys) {
            let _ = write!(below[0], "   # {words}");
        }
        for (row, line) in below.into_iter().enumerate() {
            let lead = match (is_list, index, row) {
                (true, 0, 0) => "  - ",
                (true, ..) => "    ",
                (false, ..) => "  ",
            };
            lines.push(format!("{lead}{line}"));
        }
    }
    lines
}

/// Says what a key is for, unless its own name says as much, and which values it takes.
fn explanation(field: &Field, keys: Keys) -> Option<String> {
    let doc = keys.pick(field.doc_zh, field.doc_en);
    let says_more = doc.trim_end_matches('。') != field.zh;
    let values = field.ty.choices().map(|choices| one_of(choices, doc, keys)).unwrap_or_default();
    let words = format!("{}{values}", if says_more { doc } else { "" });
    (!words.is_empty()).then(|| words.trim().to_owned())
}

fn one_of(choices: &Choices, doc: &str, keys: Keys) -> String {
    let words: Vec<&str> = choices.values.iter().map(|(en, zh)| keys.pick(zh, en)).collect();
    match keys.lang() {
        _ if words.iter().all(|word| doc.contains(word)) => String::new(),
        Lang::Zh => format!("可以写：{}。", words.join("、")),
        Lang::En => format!(" One of: {}.", words.join(", ")),
    }
}

/// Returns a value of a closed list in the language of the keys; any other text as it is.
fn choice<'t>(ty: &Type, text: &'t str, keys: Keys) -> &'t str {
    let values = ty.choices().map_or(&[][..], |choices| choices.values);
    match values.iter().find(|(en, zh)| *en == text || *zh == text) {
        Some((en, zh)) => keys.pick(zh, en),
        None => text,
    }
}

impl Type {
    /// Returns the type of a list's items.
    fn item(&self) -> &Self {
        match self {
            Self::List(item) => item,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::schema::{COMMUNITY, EVENT, FILE_KINDS, TOWN};

    fn event(keys: Keys, explained: bool) -> String {
        let draft = Draft::record([("title", "周五交流会"), ("date", "2026-03-05"), ("类型", "交流")]);
        record(&EVENT, &draft, keys, explained)
    }

    #[test]
    fn keys_and_closed_values_follow_the_language() {
        assert_eq!(event(Keys::Zh, false), "标题: 周五交流会\n日期: 2026-03-05\n类型: 交流\n");
        assert_eq!(event(Keys::En, false), "title: 周五交流会\ndate: 2026-03-05\nkind: exchange\n");
    }

    #[test]
    fn a_key_without_a_value_is_offered_with_what_it_is_for() {
        let text = event(Keys::Zh, true);
        assert!(text.contains("# 相关的社区。\n#相关社区:\n#  -\n"), "{text}");
        assert!(text.contains("#照片:\n#  - 文件:   # 照片文件。\n#    说明:"), "{text}");
        assert!(!text.contains("# 地点。"), "{text}");
    }

    #[test]
    fn a_nested_record_is_offered_at_its_depth() {
        let brand = Draft::record([("name", "邻里一家亲")]);
        let text = record(&COMMUNITY, &Draft::Record(vec![("brand".into(), brand)]), Keys::En, true);
        assert!(text.contains("brand:\n  # The brand's name.\n  name: 邻里一家亲\n"), "{text}");
        assert!(text.contains("\n  # Its slogan.\n  #slogan:\n"), "{text}");
    }

    #[test]
    fn the_first_key_of_an_item_has_the_dash_and_offers_follow() {
        let towns = [Draft::record([("name", "一")]), Draft::record([("name", "二")])];
        let text = items(&TOWN, &towns, Keys::Zh, 0, true);
        assert!(text.starts_with("# 乡镇名称。\n- 名称: 一\n"), "{text}");
        assert!(text.contains("  #id:\n") || text.contains("  #标识:\n"), "{text}");
        assert!(text.ends_with("\n- 名称: 二\n"), "{text}");
    }

    #[test]
    fn every_key_of_every_file_is_in_a_new_file() {
        for kind in FILE_KINDS {
            for keys in [Keys::Zh, Keys::En] {
                let text = record(kind.record, &Draft::Record(Vec::new()), keys, true);
                for field in kind.record.fields {
                    assert!(text.contains(&format!("#{}:", key(field, keys))), "{}: {text}", kind.name);
                }
            }
        }
    }
}
