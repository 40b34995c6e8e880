//! Adds a record to the end of a list that is a file; everything that stands there stays, comments and encoding too.

use std::sync::Arc;

use std::path::Path;

use super::draft::Draft;
use super::failure::{self, Problem};
use super::{Keys, annotated, disk};
use crate::diagnostic::Report;
use crate::model::schema::{self, FileKind};
use crate::read::{Encoding, SourceFile};
use crate::yaml::{self, Value};

/// Adds an item to `file`.
pub(super) fn append(
    root: &Path,
    file: &SourceFile,
    kind: &FileKind,
    item: Draft,
    keys: Keys,
) -> Result<(), Problem> {
    let item = [item];
    let by_hand = || annotated::items(kind.record, &item, keys, 0, false);
    let refused = || failure::cannot_append(&file.path, &by_hand());
    let (indent, count) = end_of_list(file).ok_or_else(refused)?;
    let added = annotated::items(kind.record, &item, keys, indent, true);
    let text = joined(&file.text(), &added);
    let whole = SourceFile::new(Arc::clone(&file.path), text, file.encoding);
    // The proof that the file may be replaced: read again, it has one item more and nothing wrong.
    if end_of_list(&whole).is_none_or(|(_, now)| now != count + 1) {
        return Err(refused());
    }
    disk::replace(root, &file.path, &encoded(&whole.text(), file.encoding))
}

/// Returns how far the items of a list are indented and how many there are; `None` when it cannot be added to.
fn end_of_list(file: &SourceFile) -> Option<(usize, usize)> {
    let mut report = Report::new();
    let node = yaml::parse_knowing(file, 0..file.text().len(), schema::takes, &mut report);
    if report.has_errors() {
        return None;
    }
    let Some(node) = node else { return Some((0, 0)) };
    match &node.value {
        Value::Null => Some((0, 0)),
        Value::List(items) => {
            let line = file.text()[..node.range.start].rfind('\n').map_or(0, |at| at + 1);
            let dash = file.text()[line..].find(|c: char| c != ' ')?;
            file.text()[line + dash..].starts_with('-').then_some((dash, items.len()))
        }
        Value::Scalar(_) | Value::Map(_) => None,
    }
}

/// Puts the new lines behind the old ones, with the line ends the file uses.
fn joined(old: &str, added: &str) -> String {
    let end = if old.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = old.trim_end().to_owned();
    if !text.is_empty() {
        text.push_str(end);
    }
    text.push_str(&added.replace('\n', end));
    text
}

/// Writes a text the way the file was written.
fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    let utf16 = |bytes: fn(u16) -> [u8; 2]| {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    match encoding {
        Encoding::Utf8 => text.as_bytes().to_vec(),
        Encoding::Utf8Bom => format!("\u{feff}{text}").into_bytes(),
        Encoding::Utf16Le => utf16(u16::to_le_bytes),
        Encoding::Utf16Be => utf16(u16::to_be_bytes),
        Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds::file_kind;
    use super::*;

    fn added(text: &str, encoding: Encoding) -> Result<Vec<u8>, Problem> {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("towns.yaml"), text).unwrap();
        let file = SourceFile::new("towns.yaml", text.to_owned(), encoding);
        let item = Draft::record([("id", "dongliu"), ("name", "东流镇")]);
        append(root.path(), &file, file_kind("towns"), item, Keys::Zh)?;
        Ok(std::fs::read(root.path().join("towns.yaml")).unwrap())
    }

    #[test]
    fn what_stood_there_stays_with_its_comments_and_line_ends() {
        let old = "# 乡镇\r\n- 名称: 尧渡镇   # 县城\r\n";
        let new = String::from_utf8(added(old, Encoding::Utf8).unwrap()).unwrap();
        assert!(new.starts_with(old), "{new}");
        assert!(new.contains("\r\n- 标识: dongliu\r\n") && !new.replace("\r\n", "").contains('\n'), "{new}");
    }

    #[test]
    fn an_indented_list_is_gone_on_with_and_an_empty_file_begun() {
        let new = String::from_utf8(added("  - name: a", Encoding::Utf8).unwrap()).unwrap();
        assert!(new.contains("\n  - 标识: dongliu\n    "), "{new}");
        assert!(added("", Encoding::Utf8).is_ok() && added("# 还没有\n", Encoding::Utf8).is_ok());
    }

    #[test]
    fn a_gbk_file_stays_gbk() {
        let new = added("- 名称: 尧渡镇\n", Encoding::Gb18030).unwrap();
        let (text, _, wrong) = encoding_rs::GB18030.decode(&new);
        assert!(!wrong && text.contains("东流镇"));
    }

    #[test]
    fn a_list_in_brackets_or_with_mistakes_is_not_touched() {
        for old in ["[{name: a}]", "- 名称： 甲\n- 名称 乙\n", "name: a\n"] {
            let problem = added(old, Encoding::Utf8).unwrap_err();
            assert!(problem.help.unwrap().zh.contains("- 标识: dongliu\n"), "{old}");
        }
    }
}
