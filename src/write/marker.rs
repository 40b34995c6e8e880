//! The marker `.yipin-site` in the public folder: whose folder it is, and every file yipin wrote into it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use rustc_hash::FxHashSet;

use super::disk::is_absent;
use crate::address::OutputPath;

const NAME: &str = ".yipin-site";
const VERSION: &str = "yipin-site 1";
/// What the line begins with that says the site.
const SITE: &str = "网站 Site: ";
const HEAD: &str = "\
这个文件夹由 yipin 生成，里面的网页会被下一次生成覆盖，请不要手工修改。没有列在下面的文件不归 yipin 管，会原样保留。
This folder is made by yipin; the next build overwrites its pages, so do not edit them. Files not listed below are left alone.
";

/// Returns where the marker of a public folder stands.
pub(super) fn path(out: &Path) -> PathBuf {
    out.join(NAME)
}

/// Returns whether a name at the top of the public folder is the marker's.
pub(super) fn is_marker(name: &str) -> bool {
    name == NAME
}

/// Returns whether the file system takes `A` and `a` for one name, as far as a marked folder can tell.
pub(super) fn ignores_case(out: &Path) -> bool {
    fs::symlink_metadata(out.join(NAME.to_uppercase())).is_ok()
}

/// Writes the marker of a site for a sorted list of its files.
pub(super) fn render<'a>(site: Option<&str>, paths: impl Iterator<Item = &'a OutputPath>) -> String {
    let site = site.map(|site| format!("{SITE}{}\n", site.replace(['\r', '\n'], " "))).unwrap_or_default();
    let mut text = format!("{HEAD}{site}{VERSION}\n");
    for path in paths {
        text.push_str(path.as_str());
        text.push('\n');
    }
    text
}

/// What a public folder says about itself.
#[derive(Debug, Default)]
pub(super) struct Marker {
    /// The marker as it stands, to see whether it must change.
    pub(super) text: String,
    /// The site, by its name, if that is said.
    pub(super) site: Option<String>,
    /// The files yipin wrote.
    pub(super) listed: FxHashSet<OutputPath>,
}

/// Reads the marker of a public folder; `None` when there is none, or none that can be trusted.
pub(super) fn read(out: &Path) -> io::Result<Option<Marker>> {
    let bytes = match fs::symlink_metadata(path(out)).and_then(|_| fs::read(path(out))) {
        Ok(bytes) => bytes,
        Err(error) if is_absent(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(String::from_utf8(bytes).ok().and_then(parse))
}

fn parse(text: String) -> Option<Marker> {
    if !text.ends_with('\n') {
        return None;
    }
    let mut lines = text.lines().skip_while(|line| *line != VERSION);
    lines.next()?;
    let listed = lines.map(OutputPath::new).collect::<Option<_>>()?;
    let mut head = text.lines().take_while(|line| *line != VERSION);
    let site = head.find_map(|line| line.strip_prefix(SITE)).map(str::to_owned);
    Some(Marker { text, site, listed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Vec<OutputPath> {
        ["a/b.html", "index.html", "文件.pdf"].map(|path| OutputPath::new(path).unwrap()).into()
    }

    #[test]
    fn a_marker_lists_what_was_written() {
        let marker = parse(render(Some("东至县\n一社一品"), paths().iter())).unwrap();
        assert_eq!(marker.listed, paths().into_iter().collect());
        assert_eq!(marker.site.as_deref(), Some("东至县 一社一品"));
        let empty = parse(render(None, [].iter())).unwrap();
        assert!(empty.listed.is_empty() && empty.site.is_none());
    }

    #[test]
    fn a_cut_off_or_altered_marker_is_none() {
        let whole = render(None, paths().iter());
        assert!(parse(whole[..whole.len() - 2].to_owned()).is_none());
        assert!(parse(whole.replace("a/b.html", "../b.html")).is_none());
        assert!(parse("index.html\n".to_owned()).is_none());
    }
}
