//! Ids written inside files: of towns, categories, columns and partners.

use rustc_hash::FxHashMap;

use super::record::Reader;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;
use crate::text::{ascii_digits, is_id, is_reserved, pinyin_id};

/// The ids taken so far in one list, each with the name of its record.
#[derive(Default)]
pub(super) struct Ids {
    taken: FxHashMap<String, String>,
}

impl Ids {
    /// Reads the `id` of a record, or makes one of its name; reports one that is taken or no id.
    pub(super) fn read(&mut self, reader: &Reader, name: Option<&str>) -> Option<String> {
        let written = reader.text("id");
        let is_written = reader.has("id");
        let id = match written {
            Some(id) => checked(reader, id)?,
            None if is_written => return None,
            None => proposed(reader, name?)?,
        };
        if let Some(other) = self.taken.get(&id).cloned() {
            let proposal = self.free(&id);
            // What was offered once is not offered again.
            self.taken.insert(proposal.clone(), name.unwrap_or(&id).to_owned());
            let key = if is_written { "id" } else { "name" };
            reader.complain(
                key,
                Diagnostic::new(
                    codes::DUPLICATE_ID,
                    text!("标识“{id}”已经用在“{other}”上。", "The id `{id}` is taken by `{other}`."),
                )
                .help(text!("请另写一个，如“id: {proposal}”。", "Write another, such as `id: {proposal}`.")),
            );
            return None;
        }
        self.taken.insert(id.clone(), name.unwrap_or(&id).to_owned());
        Some(id)
    }

    /// Returns an id like the given one that nobody has.
    fn free(&self, id: &str) -> String {
        let stem = &id[..id.len().min(60)];
        let mut numbered = (2..).map(|number| format!("{stem}-{number}"));
        numbered.find(|id| !self.taken.contains_key(id)).expect("numbers do not end")
    }
}

fn checked(reader: &Reader, id: String) -> Option<String> {
    if is_id(&id) {
        return Some(id);
    }
    let proposal = pinyin_id(&ascii_digits(&id));
    let help = if proposal.is_empty() {
        text!("请写拼音，如“id: qiupu”。", "Write one such as `id: qiupu`.")
    } else {
        text!("请写成“id: {proposal}”。", "Write `id: {proposal}`.")
    };
    let said = if is_reserved(&id) {
        text!(
            "“{id}”是 Windows 留给设备用的名字，不能当标识。",
            "Windows keeps the name `{id}` for a device; it cannot be an id."
        )
    } else if id.len() > 64 && id.is_ascii() {
        text!("标识最多 64 个字符，这里太长了。", "An id has at most 64 characters; this one is too long.")
    } else {
        text!(
            "“{id}”不能用作网址：只能用小写字母、数字和“-”。",
            "`{id}` cannot be part of an address: lower-case letters, digits and `-` only."
        )
    };
    reader.complain("id", Diagnostic::new(codes::BAD_ID, said).help(help));
    None
}

fn proposed(reader: &Reader, name: &str) -> Option<String> {
    let id = pinyin_id(name);
    if is_id(&id) {
        return Some(id);
    }
    reader.complain(
        "name",
        Diagnostic::new(codes::BAD_ID, text!("不能从“{name}”得出标识。", "No id can be made of `{name}`."))
            .help(text!("请加一行，如“id: qiupu”。", "Add a line such as `id: qiupu`.")),
    );
    None
}
