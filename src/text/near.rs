//! "Did you mean": the nearest of a list of known names.

/// Returns up to three of `known` that are near `typed`, nearest first; none when nothing is near.
///
/// Near means: few edits for the length, or one contains the other, or (for Chinese) half the characters shared.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let typed_folded = typed.trim().to_lowercase();
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| distance(&typed_folded, &name.to_lowercase()).map(|score| (score, name)))
        .collect();
    scored.sort_unstable();
    scored.dedup();
    scored.truncate(3);
    scored.into_iter().map(|(_, name)| name).collect()
}

/// Scores how far two names are apart, or `None` when they have nothing to do with each other.
fn distance(typed: &str, name: &str) -> Option<usize> {
    if differ_but_for_the_end(typed, name) || says_the_opposite(typed, name) {
        return None;
    }
    let edits = strsim::damerau_levenshtein(typed, name);
    let longest = typed.chars().count().max(name.chars().count());
    if edits * 3 <= longest.max(3) {
        return Some(edits * 2);
    }
    let contained = !typed.is_empty() && (name.contains(typed) || typed.contains(name));
    if contained && !name.is_ascii() {
        return Some(edits * 2 + 1);
    }
    let shared = typed.chars().filter(|c| !c.is_ascii() && name.contains(*c)).count();
    (shared > 0 && shared * 2 >= longest).then_some(edits * 2 + 2)
}

/// Returns whether two names share nothing but what many end in: 柳溪社区, 桂园社区.
fn differ_but_for_the_end(typed: &str, name: &str) -> bool {
    let end = typed.chars().rev().zip(name.chars().rev()).take_while(|(a, b)| a == b).count();
    let begin = |text: &str| -> Vec<char> {
        let count = text.chars().count();
        text.chars().take(count - end).collect()
    };
    let (typed, name) = (begin(typed), begin(name));
    let is_whole = |begin: &[char]| begin.len() > 1 && begin.iter().all(|c| !c.is_ascii());
    end > 0 && is_whole(&typed) && is_whole(&name) && !typed.iter().any(|c| name.contains(c))
}

/// Returns whether one of two short words denies the other: 未完成, 已完成.
fn says_the_opposite(typed: &str, name: &str) -> bool {
    let denies = |text: &str| text.starts_with(['未', '不', '非', '没', '无']);
    denies(typed) != denies(name) && name.chars().count() <= 4
}

/// Writes names as a Chinese list: `“a”、“b”`.
pub fn quoted_list_zh<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("“{}”", name.as_ref())).collect::<Vec<_>>().join("、")
}

/// Writes names as an English list: `` `a`, `b` ``.
pub fn quoted_list_en<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_an_english_key_finds_the_right_one() {
        assert_eq!(nearest("sloagn", ["slogan", "logo", "name"]), ["slogan"]);
    }

    #[test]
    fn an_end_that_many_share_makes_no_near_names_nor_does_the_opposite() {
        assert!(nearest("柳溪社区（示例）", ["桂园社区（示例）", "江畔社区（示例）"]).is_empty());
        assert_eq!(nearest("秋蒲社区", ["桂园社区", "秋浦社区"]), ["秋浦社区"]);
        assert!(nearest("未完成", ["已完成", "进行中"]).is_empty());
    }

    #[test]
    fn a_slip_in_a_chinese_key_finds_the_right_one() {
        assert_eq!(nearest("品牌名", ["名称", "口号", "品牌名称"]), ["品牌名称"]);
        assert_eq!(nearest("完成时候", ["完成时间", "计划时间"])[0], "完成时间");
    }

    #[test]
    fn nothing_near_offers_nothing() {
        assert!(nearest("xyzzy", ["slogan", "口号"]).is_empty());
    }
}
