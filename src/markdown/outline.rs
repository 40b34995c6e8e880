//! Headings: their ids and their levels.
//!
//! An id is made from the heading's text so that it stays when other headings come and go: Han characters become pinyin
//! without tones, Latin letters and digits stay in lower case, everything else separates words. A whole Chinese phrase is one
//! word (`品牌故事` → `pinpaigushi`), because no one can tell where its words end. A character with several readings takes its
//! commonest; what matters is that it is always the same. Texts without such characters become `section`. The second heading
//! with an id gets `-2`, the third `-3`.

use pinyin::ToPinyin;
use rustc_hash::FxHashMap;

/// The longest id made from a text, in bytes.
const LONGEST: usize = 48;

/// The ids and levels given so far in one text.
#[derive(Debug)]
pub(super) struct Outline {
    top: u8,
    prefix: String,
    /// The ids given, each with the number of its last copy.
    used: FxHashMap<String, usize>,
    /// The levels, as typed, of the headings the next one may stand under.
    open: Vec<u8>,
}

impl Outline {
    pub(super) fn new(top: u8, prefix: &str) -> Self {
        Self { top: top.clamp(1, 6), prefix: prefix.to_owned(), used: FxHashMap::default(), open: Vec::new() }
    }

    /// Returns the level for the next heading: one below the nearest heading above it that ranks higher, or the top.
    pub(super) fn level(&mut self, typed: u8) -> u8 {
        while self.open.last().is_some_and(|&above| above >= typed) {
            self.open.pop();
        }
        let level = self.top.saturating_add(self.open.len() as u8).min(6);
        self.open.push(typed);
        level
    }

    /// Returns an id nobody has yet, from the one the writer gave or from the text.
    pub(super) fn id(&mut self, given: Option<&str>, text: &str) -> String {
        let wanted = given.map(tidy).filter(|id| !id.is_empty()).unwrap_or_else(|| id_of(text));
        // Footnotes have `fn-1` and `fnref-1`.
        let taken = wanted.starts_with("fn-") || wanted.starts_with("fnref-");
        let wanted = format!("{}{}{wanted}", self.prefix, if taken { "h-" } else { "" });
        let Some(&last) = self.used.get(&wanted) else {
            self.used.insert(wanted.clone(), 1);
            return wanted;
        };
        let mut copy = last + 1;
        let mut id = format!("{wanted}-{copy}");
        while self.used.contains_key(&id) {
            copy += 1;
            id = format!("{wanted}-{copy}");
        }
        self.used.insert(wanted, copy);
        self.used.insert(id.clone(), 1);
        id
    }
}

/// Keeps of a given id what an address and a style sheet can take as it is.
fn tidy(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

fn id_of(text: &str) -> String {
    let mut id = String::new();
    for c in text.chars() {
        if id.len() >= LONGEST {
            break;
        }
        if let Some(syllable) = c.to_pinyin() {
            id.extend(syllable.plain().chars().map(|c| if c == 'ü' { 'v' } else { c }));
        } else if c.is_ascii_alphanumeric() {
            id.push(c.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') && !matches!(c, '“' | '”' | '‘' | '’' | '\'') {
            id.push('-');
        }
    }
    let id = id.trim_matches('-');
    if id.is_empty() { "section".to_owned() } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_pinyin_and_lower_case_latin() {
        assert_eq!(id_of("品牌故事"), "pinpaigushi");
        assert_eq!(id_of("2025 年：Go 语言"), "2025-nian-go-yuyan");
        assert_eq!(id_of("“绿色”生活"), "lvseshenghuo");
        assert_eq!(id_of("🎉"), "section");
        assert_eq!(id_of("한국어"), "section");
    }

    #[test]
    fn the_same_id_is_given_once() {
        let mut outline = Outline::new(2, "p-");
        let ids = ["成效", "成效", "成效"].map(|text| outline.id(None, text));
        assert_eq!(ids, ["p-chengxiao", "p-chengxiao-2", "p-chengxiao-3"]);
        assert_eq!(outline.id(Some("chengxiao-2"), ""), "p-chengxiao-2-2");
        assert_eq!(outline.id(Some("我的\"<id>"), ""), "p-我的id");
        assert_eq!(outline.id(Some("fn-1"), ""), "p-h-fn-1");
    }

    #[test]
    fn levels_start_at_the_top_and_skip_none() {
        let mut outline = Outline::new(2, "");
        assert_eq!([3, 5, 4, 6, 3, 1].map(|typed| outline.level(typed)), [2, 3, 3, 4, 2, 2]);
        let mut deep = Outline::new(5, "");
        assert_eq!([1, 2, 3].map(|typed| deep.level(typed)), [5, 6, 6]);
    }
}
