//! Names of what the site is made of: where a file stands in the public folder.
//!
//! Nothing here looks at a disk; a value of these types is safe on every system the site may be copied to.

use std::borrow::Borrow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest part between two `/`, in characters.
const MAX_PART_CHARS: usize = 100;
/// The longest part between two `/`, in bytes: the limit of the common file systems.
const MAX_PART_BYTES: usize = 255;
/// Names Windows keeps for devices, whatever extension follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// The start of names the writer keeps for itself.
const RESERVED_START: &str = ".yipin-";

/// The place of one file in the public folder: `communities/qiupu/index.html`.
///
/// Relative, with `/` on every system, and a name every system can store: no empty part, no `.` or `..`, no
/// character or device name Windows forbids, parts of at most 100 characters.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Makes a place from its text; `None` when some system could not store a file of that name.
    pub fn new(path: impl AsRef<str> + Into<Arc<str>>) -> Option<Self> {
        path.as_ref().split('/').all(is_storable).then(|| Self(path.into()))
    }

    /// Returns the text, with `/` between the parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the folders this file is in, outermost first: `a/b/c` gives `a`, `a/b`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(at, _)| &self.0[..at])
    }

    /// Returns where this file stands when the public folder is `folder`.
    pub fn under(&self, folder: &Path) -> PathBuf {
        under(folder, &self.0)
    }
}

/// Appends a path written with `/` to a folder, part by part, as Windows needs it.
pub fn under(folder: &Path, path: &str) -> PathBuf {
    let mut whole = PathBuf::with_capacity(folder.as_os_str().len() + path.len() + 1);
    whole.push(folder);
    whole.extend(path.split('/'));
    whole
}

fn is_storable(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= MAX_PART_BYTES
        && (part.len() <= MAX_PART_CHARS || part.chars().count() <= MAX_PART_CHARS)
        && !part.ends_with(['.', ' '])
        && !part.starts_with(RESERVED_START)
        && !part
            .contains(|c: char| c.is_control() || matches!(c, '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*'))
        && !is_device(part)
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    let numbered = |prefix: &str| {
        stem.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && matches!(
                &stem[3..],
                "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
            )
    };
    DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) || numbered("com") || numbered("lpt")
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for OutputPath {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Serialize for OutputPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for OutputPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(text.as_str()).ok_or_else(|| serde::de::Error::custom("not a path of the public folder"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_and_chinese_names_are_places() {
        for path in [
            "index.html",
            "communities/qiupu/index.html",
            "files/附件 一.pdf",
            ".nojekyll",
            "a/com10",
            "console/x",
        ] {
            assert_eq!(OutputPath::new(path).unwrap().as_str(), path);
        }
    }

    #[test]
    fn no_place_leads_out_of_the_folder() {
        for path in
            ["", "/", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "C:/a", "c:a", "a\0b", "a\nb"]
        {
            assert!(OutputPath::new(path).is_none(), "{path:?}");
        }
    }

    #[test]
    fn names_windows_cannot_store_are_refused() {
        for path in [
            "con", "Aux.html", "a/NUL/b", "com1.txt", "LPT9", "com¹", "con .txt", "a.", "a ", "a?.html",
            "a*b",
        ] {
            assert!(OutputPath::new(path).is_none(), "{path:?}");
        }
    }

    #[test]
    fn a_part_is_at_most_a_hundred_characters_and_fits_every_file_system() {
        assert!(OutputPath::new("a".repeat(100)).is_some() && OutputPath::new("a".repeat(101)).is_none());
        assert!(OutputPath::new("社".repeat(85)).is_some() && OutputPath::new("社".repeat(86)).is_none());
    }

    #[test]
    fn the_writers_own_names_are_no_places() {
        assert!(OutputPath::new(".yipin-site").is_none() && OutputPath::new(".yipin-staging/0").is_none());
    }

    #[test]
    fn folders_go_from_the_outermost_in() {
        let path = OutputPath::new("a/b/c.html").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(path.under(Path::new("out")), Path::new("out").join("a").join("b").join("c.html"));
    }
}
