//! Which words are keys, for the reader of YAML.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{FILE_KINDS, Record, Type};
use crate::yaml::Takes;

/// Every key of every record, under all its names.
static KEYS: LazyLock<BTreeMap<&'static str, Takes>> = LazyLock::new(|| {
    let mut keys = BTreeMap::new();
    let mut open: Vec<&'static Record> = FILE_KINDS.iter().map(|kind| kind.record).collect();
    while let Some(record) = open.pop() {
        add(record, &mut keys);
        open.extend(record.fields.iter().filter_map(|field| field.ty.record()));
    }
    keys
});

/// Says what a key takes in the records that have it; `None` when none has.
pub fn takes(key: &str) -> Option<Takes> {
    KEYS.get(key).copied()
}

fn add(record: &Record, keys: &mut BTreeMap<&'static str, Takes>) {
    for field in record.fields {
        let list = matches!(field.ty, Type::List(_));
        let nested = list || field.ty.record().is_some() || matches!(field.ty, Type::Any);
        for name in [field.zh, field.en].into_iter().chain(field.also.iter().copied()) {
            let known = keys.entry(name).or_insert(Takes { nested: false, list: true });
            known.nested |= nested;
            known.list &= list;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_by_both_names_with_what_it_takes_and_a_sentence_is_none() {
        assert_eq!(takes("节点"), Some(Takes { nested: true, list: true }));
        assert_eq!(takes("备案"), Some(Takes { nested: true, list: false }));
        assert_eq!(takes("brand"), takes("品牌"));
        assert_eq!(takes("编号"), Some(Takes::default()));
        assert_eq!(takes("工作目标"), None);
    }
}
