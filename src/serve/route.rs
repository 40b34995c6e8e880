//! From the path of a request to an address of the site: decoded once, taken as text, never as a path on a disk.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The folder, under the site's, where the preview keeps its own files.
pub(super) const OWN: &str = "__yipin/";

/// What is written as `%XX` in a path.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'\\');

/// Where a request leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// An address of the site, from its root; a folder ends in `/` or is empty.
    Site(String),
    /// A file of the preview itself.
    Own(String),
    /// Elsewhere: the site's folder has moved there, or the request named no folder of the site.
    Elsewhere(String),
    /// No address at all.
    Nowhere,
}

/// Finds where a path leads; `bases` are the folders the site is and was served under, the present one first.
pub(super) fn route(path: &str, bases: &[String]) -> Route {
    // Many servers take a `/` in disguise for no address: a link with one must not work here either.
    if path.to_ascii_lowercase().contains("%2f") {
        return Route::Nowhere;
    }
    let Ok(decoded) = percent_decode_str(path).decode_utf8() else { return Route::Nowhere };
    let Some(present) = bases.first() else { return Route::Nowhere };
    for base in bases {
        let Some(rest) = decoded.strip_prefix(base.as_str()) else { continue };
        return match rest.strip_prefix(OWN) {
            Some(own) => Route::Own(own.to_owned()),
            None if base == present => Route::Site(rest.to_owned()),
            // The root is under every folder; only a folder that was the site's own has moved.
            None if base != "/" => Route::Elsewhere(format!("{present}{rest}")),
            None => continue,
        };
    }
    if let Some(own) = decoded.strip_prefix('/').and_then(|rest| rest.strip_prefix(OWN)) {
        return Route::Own(own.to_owned());
    }
    let is_door = decoded == "/" || (!decoded.is_empty() && present.strip_suffix('/') == Some(&*decoded));
    if is_door { Route::Elsewhere(present.clone()) } else { Route::Nowhere }
}

/// Returns the folder an absolute address leads to, decoded: `/ztzl/yspp/`.
pub(super) fn base_of(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    let mut base = percent_decode_str(path).decode_utf8_lossy().into_owned();
    if !base.ends_with('/') {
        base.push('/');
    }
    base
}

/// Writes a path as it may stand in a header or an attribute.
pub(super) fn encoded(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bases(list: &[&str]) -> Vec<String> {
        list.iter().map(|base| (*base).to_owned()).collect()
    }

    #[test]
    fn the_site_is_under_its_folder_only_and_its_door_leads_there() {
        let site = bases(&["/ztzl/yspp/"]);
        assert_eq!(route("/ztzl/yspp/", &site), Route::Site(String::new()));
        assert_eq!(route("/ztzl/yspp/brands/index.html", &site), Route::Site("brands/index.html".into()));
        assert_eq!(route("/brands/index.html", &site), Route::Nowhere);
        for door in ["/", "/ztzl/yspp"] {
            assert_eq!(route(door, &site), Route::Elsewhere("/ztzl/yspp/".into()));
        }
    }

    #[test]
    fn the_previews_own_files_are_found_under_every_folder() {
        let moved = bases(&["/new/", "/old/"]);
        for path in ["/new/__yipin/events", "/old/__yipin/events", "/__yipin/events"] {
            assert_eq!(route(path, &moved), Route::Own("events".into()), "{path}");
        }
    }

    #[test]
    fn a_folder_that_was_the_sites_leads_to_the_new_one() {
        assert_eq!(route("/old/a/", &bases(&["/new/", "/old/"])), Route::Elsewhere("/new/a/".into()));
        assert_eq!(route("/a/", &bases(&["/new/", "/"])), Route::Nowhere);
        assert_eq!(route("/a/", &bases(&["/", "/old/"])), Route::Site("a/".into()));
    }

    #[test]
    fn a_path_is_decoded_once_and_is_text() {
        let root = bases(&["/"]);
        assert_eq!(route("/files/%E9%99%84%E4%BB%B6.pdf", &root), Route::Site("files/附件.pdf".into()));
        assert_eq!(route("/%252e%252e/x", &root), Route::Site("%2e%2e/x".into()));
        assert_eq!(route("/%ff", &root), Route::Nowhere);
        assert_eq!(route("", &root), Route::Nowhere);
    }

    #[test]
    fn the_folder_is_taken_from_the_address() {
        assert_eq!(base_of("https://a.gov.cn/ztzl/yspp/"), "/ztzl/yspp/");
        assert_eq!(base_of("https://a.gov.cn/%E4%B8%80%E5%93%81/"), "/一品/");
        assert_eq!(base_of("https://a.gov.cn"), "/");
        assert_eq!(base_of(""), "/");
        assert_eq!(encoded("/一 品/\""), "/%E4%B8%80%20%E5%93%81/%22");
    }
}
