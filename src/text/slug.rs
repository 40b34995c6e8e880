//! Ids and addresses: ASCII, lower case, from pinyin where the name is Chinese.

use pinyin::ToPinyin;

/// Returns whether a name can be an id: 1 to 64 of `a-z`, `0-9` and single inner `-`.
pub fn is_id(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 64
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
        && !name.contains("--")
}

/// Proposes an id for a name: pinyin without tones for Chinese, lower-case ASCII for the rest.
///
/// The suffixes every record of a kind shares (`社区`, `居委会`) are left out. Syllables are joined without a mark
/// (`秋浦社区` → `qiupu`), words by `-`. The result may be empty (a name of emoji only); the caller then asks for an id.
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
    id.truncate(64);
    id.trim_matches('-').to_owned()
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
    fn proposals_are_ids() {
        for name in ["秋浦社区", "A·B", "2024年“七一”活动"] {
            assert!(is_id(&pinyin_id(name)), "{name}");
        }
        assert!(!is_id("Qiupu") && !is_id("a--b") && !is_id("秋浦") && !is_id(""));
    }
}
