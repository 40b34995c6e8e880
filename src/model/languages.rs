//! The languages of a site: which there are, which one is being built, and which one a word of staff means.

use super::schema::SITE;
use crate::diagnostic::{Bilingual, Diagnostic, Lang, codes};
use crate::text;
use crate::yaml::{Node, Value};

/// The languages of a site, the main one first, and the one its pages are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    tags: Vec<String>,
    at: usize,
}

/// The language of a site that does not say one.
pub(super) const DEFAULT: &str = "zh-CN";

/// The words staff may write for a language instead of its code.
const WORDS: &[(&str, &str)] = &[("中文", "zh"), ("英文", "en")];

/// The names of languages, each in itself.
const NAMES: &[(&str, &str)] = &[
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("ru", "Русский"),
    ("ja", "日本語"),
    ("ko", "한국어"),
];

impl Default for Languages {
    fn default() -> Self {
        Self { tags: vec![DEFAULT.to_owned()], at: 0 }
    }
}

impl Languages {
    /// Reads them off `site.yaml` before anything else is read; what is wrong there is left out in silence.
    pub(super) fn of_settings(node: Option<&Node>) -> Self {
        let main = written(node, "language").into_iter().next().filter(|tag| is_tag(tag));
        let mut tags = vec![main.unwrap_or(DEFAULT).to_owned()];
        for tag in written(node, "languages").into_iter().filter(|tag| is_tag(tag)) {
            if !tags.iter().any(|known| is_same(known, tag)) {
                tags.push(tag.to_owned());
            }
        }
        Self { tags, at: 0 }
    }

    /// Returns them with another one as that of the pages; the main one is 0.
    pub(super) fn at(mut self, at: usize) -> Self {
        self.at = at.min(self.tags.len() - 1);
        self
    }

    /// Returns the tag of the pages' language.
    pub fn current(&self) -> &str {
        &self.tags[self.at]
    }

    /// Returns the tag of the main language, which all content has.
    pub fn main(&self) -> &str {
        &self.tags[0]
    }

    /// Returns whether the pages are in the main language.
    pub fn is_main(&self) -> bool {
        self.at == 0
    }

    /// Returns the tags of all languages, the main one first.
    pub fn all(&self) -> &[String] {
        &self.tags
    }

    /// Returns the folder the pages stand in, from the site's root: empty, or `en/`.
    pub fn folder(&self) -> String {
        if self.is_main() { String::new() } else { format!("{}/", self.current().to_lowercase()) }
    }

    /// Finds the language a code means: `zh` is `zh-CN` where there is no other Chinese; `中文` means it too.
    pub(super) fn find(&self, code: &str) -> Option<usize> {
        let code = code.trim();
        let code = WORDS.iter().find(|(word, _)| *word == code).map_or(code, |(_, code)| *code);
        let exact = self.tags.iter().position(|tag| tag.eq_ignore_ascii_case(code));
        exact.or_else(|| {
            self.tags.iter().position(|tag| is_same(primary(tag), primary(code)) && is_broad(tag, code))
        })
    }

    /// Writes the codes for a message: “zh、en”.
    fn codes(&self) -> (String, String) {
        let codes: Vec<&str> = self.tags.iter().map(|tag| primary(tag)).collect();
        (codes.join("、"), codes.join(", "))
    }
}

/// Returns the name of a language in itself, or its tag where that is not known.
pub fn name_of(tag: &str) -> &str {
    NAMES.iter().find(|(code, _)| is_same(code, primary(tag))).map_or(tag, |(_, name)| name)
}

/// Returns the language the program's own words are in on pages in a language.
pub(super) fn lang_of(tag: &str) -> Lang {
    if tag.starts_with("zh") { Lang::Zh } else { Lang::En }
}

/// Returns whether a text is a language tag as far as its form goes.
pub(super) fn is_tag(tag: &str) -> bool {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    tag.split('-').all(is_part) && (2..=3).contains(&primary(tag).len())
}

/// Returns whether a key of a value is meant as a language, whether the site has it or not.
pub(super) fn is_language_key(key: &str, languages: &Languages) -> bool {
    languages.find(key).is_some()
        || WORDS.iter().any(|(word, _)| *word == key)
        || (is_tag(key) && NAMES.iter().any(|(code, _)| is_same(code, primary(key))))
}

/// Splits the language off a file's stem: `about.en` is `about` in `en`.
pub(super) fn split_stem(stem: &str) -> Option<(&str, &str)> {
    let (base, code) = stem.rsplit_once('.')?;
    (!base.is_empty() && crate::read::is_language_suffix(code)).then_some((base, code))
}

/// Says that a code means no language of the site; one that is well-formed may be meant for later.
pub(super) fn unknown(code: &str, languages: &Languages) -> Diagnostic {
    let (zh, en) = languages.codes();
    let mut diagnostic = Diagnostic::new(
        codes::UNKNOWN_LANGUAGE,
        text!(
            "网站没有语言“{code}”，这一处没有用到。",
            "The site has no language `{code}`; this is not used."
        ),
    )
    .help(if is_tag(code) && NAMES.iter().any(|(known, _)| is_same(known, primary(code))) {
        text!(
            "网站现有语言：{zh}。要增加语言，请在 site.yaml 里写“语言版本: [{code}]”。",
            "The site's languages: {en}. To add one, write `languages: [{code}]` in `site.yaml`."
        )
    } else {
        text!("语言要写代码，网站现有：{zh}。", "Write the code of a language; the site's are: {en}.")
    });
    if is_tag(code) && NAMES.iter().any(|(known, _)| is_same(known, primary(code))) {
        diagnostic.severity = crate::diagnostic::Severity::Warning;
    }
    diagnostic
}

/// Says that a text is no language tag.
pub(super) fn not_a_tag(tag: &str) -> Diagnostic {
    Diagnostic::new(codes::UNKNOWN_VALUE, text!("“{tag}”不是语言代码。", "`{tag}` is not a language tag."))
        .help(tag_help())
}

fn tag_help() -> Bilingual {
    text!("中文写“zh-CN”，英文写“en”。", "Write `zh-CN` for Chinese, `en` for English.")
}

/// Says that a language is named twice.
pub(super) fn repeated(tag: &str, is_main: bool) -> Diagnostic {
    let message = if is_main {
        text!("“{tag}”已经是网站的主语言。", "`{tag}` is the site's main language already.")
    } else {
        text!("语言“{tag}”写了两次。", "The language `{tag}` is named twice.")
    };
    Diagnostic::new(codes::REPEATED_LANGUAGE, message).help(text!(
        "“语言版本”里只写主语言以外的语言，每种一次。",
        "`languages` names the languages besides the main one, each once."
    ))
}

pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// Returns whether one of two tags is only the language, without country or script.
fn is_broad(tag: &str, code: &str) -> bool {
    !tag.contains('-') || !code.contains('-')
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Returns the plain values written for a key of the settings, one or a list.
fn written<'n>(node: Option<&'n Node>, en: &str) -> Vec<&'n str> {
    let field = SITE.field(en).expect("a key of the settings");
    let Some(Value::Map(map)) = node.map(|node| &node.value) else { return Vec::new() };
    let Some(entry) = map.entries.iter().find(|entry| entry.key == field.en || entry.key == field.zh) else {
        return Vec::new();
    };
    let text = |node: &'n Node| match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.trim()),
        _ => None,
    };
    match &entry.value.value {
        Value::List(items) => items.iter().filter_map(text).collect(),
        _ => text(&entry.value).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(tags: &[&str]) -> Languages {
        Languages { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), at: 0 }
    }

    #[test]
    fn a_code_is_found_exactly_first_then_by_its_language() {
        let site = languages(&["zh-CN", "zh-TW", "en"]);
        assert_eq!(site.find("zh-tw"), Some(1));
        assert_eq!(site.find("zh"), Some(0));
        assert_eq!(site.find("中文"), Some(0));
        assert_eq!(site.find("en-GB"), Some(2));
        assert_eq!(site.find("zh-HK"), None);
        assert_eq!(site.find("fr"), None);
    }

    #[test]
    fn pages_of_the_main_language_stand_at_the_root_and_others_in_a_folder() {
        let site = languages(&["zh-CN", "zh-TW"]);
        assert_eq!(site.folder(), "");
        assert_eq!(site.at(1).folder(), "zh-tw/");
    }

    #[test]
    fn a_language_is_split_off_a_stem_only_when_it_looks_like_one() {
        assert_eq!(split_stem("2026-01-05-x.en"), Some(("2026-01-05-x", "en")));
        assert_eq!(split_stem("about.zh-tw"), Some(("about", "zh-tw")));
        assert_eq!(split_stem("about"), None);
        assert_eq!(split_stem("about.v2"), None);
        assert_eq!(split_stem(".en"), None);
    }
}
