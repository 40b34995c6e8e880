//! Ids and addresses: ASCII, lower case, from pinyin where the name is Chinese.

use pinyin::ToPinyin;

/// Returns whether Windows keeps a name for a device, so that no file or folder can have it, whatever its extension.
pub fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let is = |device: &&str| stem.eq_ignore_ascii_case(device);
    ["con", "prn", "aux", "nul"].iter().any(is)
        || stem.len() == 4
            && stem.is_char_boundary(3)
            && ["com", "lpt"].iter().any(|start| stem[..3].eq_ignore_ascii_case(start))
            && stem.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns whether a name can be an id: 1 to 64 of `a-z`, `0-9` and single inner `-`, and no name of a device.
pub fn is_id(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
        && !is_reserved(name)
}

/// Proposes an id for a name: pinyin without tones for Chinese, lower-case ASCII for the rest.
///
/// The suffixes every record of a kind shares (`社区`, `居委会`) are left out. Syllables are joined without a mark
/// (`秋浦社区` → `qiupu`), words by `-`. The result may be empty (a name of emoji only); the caller then asks for an id. A name Windows
/// keeps for a device gets a number.
pub fn pinyin_id(name: &str) -> String {
    let name = name.trim();
    let core = ["社区居委会", "居委会", "村委会", "社区"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix).filter(|rest| !rest.is_empty()))
        .unwrap_or(name);
    let mut id = String::new();
    for c in core.chars() {
        if let Some(syllable) = c.to_pinyin() {
            id.push_str(&syllable.plain().replace('ü', "v"));
        } else if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(62);
    let id = id.trim_matches('-');
    if is_reserved(id) { format!("{id}-1") } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_name_becomes_its_pinyin_without_the_common_suffix() {
        assert_eq!(pinyin_id("秋浦社区"), "qiupu");
        assert_eq!(pinyin_id("社区"), "shequ");
        assert_eq!(pinyin_id("绿洲花园"), "lvzhouhuayuan");
    }

    #[test]
    fn latin_and_marks_become_words() {
        assert_eq!(pinyin_id("E站 No.1"), "ezhan-no-1");
        assert_eq!(pinyin_id("😀"), "");
    }

    #[test]
    fn names_of_devices_are_no_ids_and_their_proposals_are() {
        for name in ["con", "aux", "nul", "prn", "com0", "com9", "lpt1"] {
            assert!(is_reserved(name) && !is_id(name), "{name}");
            assert_eq!(pinyin_id(name), format!("{name}-1"));
        }
        assert!(!is_reserved("com10") && !is_reserved("console") && is_reserved("CON.txt"));
    }

    #[test]
    fn proposals_are_ids() {
        for name in ["秋浦社区", "康", "-社-", "A·B", "2024年“七一”活动"] {
            assert!(is_id(&pinyin_id(name)), "{name}");
        }
        assert!(!is_id("Qiupu") && !is_id("a--b") && !is_id("秋浦") && !is_id(""));
    }
}
