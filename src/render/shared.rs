//! Addresses: relative ones within the site, absolute ones where the law wants them.

use std::sync::Arc;

use crate::plan::Part;
use crate::view::shared::{Pager, PagerLink};

/// Returns the way from a page up to the site's root: `communities/qiupu/index.html` → `../../`.
pub(super) fn root_of(url: &str) -> String {
    "../".repeat(url.matches('/').count())
}

/// Returns the host of an absolute address, lower case, without port and user.
pub(super) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("//")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// Returns an absolute address; `index.html` is left out, as servers serve it for its folder.
pub(super) fn absolute(base_url: &str, url: &str) -> String {
    let short = match url.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => url,
    };
    format!("{base_url}{short}")
}

/// Makes the list of parts around one part; `None` when there is only one.
pub(super) fn pager(part: Part, first_url: &str) -> Option<Pager> {
    if part.count < 2 {
        return None;
    }
    let url = |number: u32| part_url(first_url, number);
    let (current, total) = (part.number, part.count);
    let mut pages = Vec::new();
    let mut last = 0;
    for number in (1..=total).filter(|n| *n == 1 || *n == total || n.abs_diff(current) <= 2) {
        if number > last + 1 {
            pages.push(PagerLink { number: 0, url: None, current: false });
        }
        pages.push(PagerLink { number, url: Some(url(number)), current: number == current });
        last = number;
    }
    Some(Pager {
        current,
        total,
        pages,
        previous: (current > 1).then(|| url(current - 1)),
        next: (current < total).then(|| url(current + 1)),
    })
}

/// Returns the address of a part of a list: `brands/index.html` → `brands/page-2/index.html`.
pub(super) fn part_url(first_url: &str, number: u32) -> Arc<str> {
    if number == 1 {
        return first_url.into();
    }
    let (folder, file) = first_url.rsplit_once('/').unwrap_or(("", first_url));
    format!("{folder}/page-{number}/{file}").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_up_out_and_on() {
        assert_eq!(root_of("index.html"), "");
        assert_eq!(root_of("communities/qiupu/index.html"), "../../");
        assert_eq!(host("https://user@WWW.example.gov.cn:8080/a?b#c").as_deref(), Some("www.example.gov.cn"));
        assert_eq!(host("mailto:a@b"), None);
        assert_eq!(absolute("https://a.cn/x/", "news/index.html"), "https://a.cn/x/news/");
        assert_eq!(absolute("https://a.cn/x/", "index.html"), "https://a.cn/x/");
        assert_eq!(absolute("https://a.cn/x/", "news/index.shtml"), "https://a.cn/x/news/index.shtml");
        assert_eq!(&*part_url("brands/index.html", 3), "brands/page-3/index.html");
    }
}
