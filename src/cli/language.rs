//! Which language to speak: what was asked for, else the environment's, else the site's, else Chinese.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::diagnostic::Lang;

/// The most of `site.yaml` that is looked at.
const LOOKED_AT: u64 = 64 << 10;

/// Chooses a language; `variable` reads the environment.
pub(super) fn choose(asked: Option<Lang>, variable: &dyn Fn(&str) -> Option<OsString>, root: &Path) -> Lang {
    asked.or_else(|| from_environment(variable)).or_else(|| of_site(root)).unwrap_or_default()
}

/// Reads the locale as POSIX does: the first of the three that is set counts, `C` says nothing about a language.
fn from_environment(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<Lang> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable);
    let locale = set.map(|value| value.to_string_lossy().into_owned()).find(|value| !value.is_empty())?;
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default().to_lowercase();
    match language.as_str() {
        "" | "c" | "posix" => None,
        "zh" => Some(Lang::Zh),
        _ => Some(Lang::En),
    }
}

/// Finds the site's language in `site.yaml` without reading it in earnest.
fn of_site(root: &Path) -> Option<Lang> {
    let mut bytes = Vec::new();
    let file = File::open(root.join("content").join("site.yaml")).ok()?;
    file.take(LOOKED_AT).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let value =
        text.lines().find_map(|line| line.strip_prefix("语言:").or(line.strip_prefix("language:")))?;
    let value = value.trim().trim_matches(['"', '\'']);
    Some(if value.is_empty() || value.starts_with("zh") { Lang::Zh } else { Lang::En })
}

/// Finds the value of an option in the raw arguments, for what must be known before they are understood.
pub(super) fn peek(arguments: &[OsString], option: &str) -> Option<String> {
    let mut arguments = arguments.iter().map(|argument| argument.to_string_lossy()).take_while(|a| a != "--");
    while let Some(argument) = arguments.next() {
        if argument == option {
            return arguments.next().map(std::borrow::Cow::into_owned);
        }
        if let Some(value) = argument.strip_prefix(option).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(set: &[(&str, &str)]) -> impl Fn(&str) -> Option<OsString> {
        move |name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| OsString::from(value))
    }

    #[test]
    fn what_is_asked_for_wins_over_the_environment_and_that_over_the_site() {
        let root = tempfile::tempdir().unwrap();
        let english = environment(&[("LANG", "en_US.UTF-8")]);
        assert_eq!(choose(Some(Lang::Zh), &english, root.path()), Lang::Zh);
        assert_eq!(choose(None, &english, root.path()), Lang::En);
        assert_eq!(choose(None, &environment(&[]), root.path()), Lang::Zh);
        std::fs::create_dir(root.path().join("content")).unwrap();
        std::fs::write(root.path().join("content/site.yaml"), "name: a\nlanguage: en\n").unwrap();
        assert_eq!(choose(None, &environment(&[("LANG", "C.UTF-8")]), root.path()), Lang::En);
        assert_eq!(choose(None, &environment(&[("LANG", "zh_CN.GBK")]), root.path()), Lang::Zh);
    }

    #[test]
    fn lc_all_stands_before_lang_and_c_is_no_language() {
        let lang = |set: &[(&'static str, &'static str)]| from_environment(&|name| environment(set)(name));
        assert_eq!(lang(&[("LC_ALL", "zh_CN.UTF-8"), ("LANG", "en_US.UTF-8")]), Some(Lang::Zh));
        assert_eq!(lang(&[("LC_ALL", ""), ("LC_MESSAGES", "de_DE")]), Some(Lang::En));
        for none in ["C", "POSIX", "C.UTF-8", ""] {
            assert_eq!(lang(&[("LANG", none)]), None, "{none}");
        }
    }

    #[test]
    fn an_option_is_found_before_the_arguments_are_understood() {
        let arguments: Vec<OsString> =
            ["yipin", "--lang=en", "--root", "a b", "--", "--format", "json"].map(Into::into).into();
        assert_eq!(peek(&arguments, "--lang").as_deref(), Some("en"));
        assert_eq!(peek(&arguments, "--root").as_deref(), Some("a b"));
        assert_eq!(peek(&arguments, "--format"), None);
    }
}
