//! Addresses and domains as staff write them.

use crate::diagnostic::Bilingual;
use crate::text;

/// What is wrong, and what to do about it.
pub type Said = (Bilingual, Bilingual);

/// Checks an absolute `http` or `https` address.
pub(super) fn url(text: &str) -> Result<String, Said> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let good = host.is_some_and(|host| is_host(host.split_once(':').map_or(host, |(name, _)| name)));
    if good && !text.contains(|c: char| c.is_whitespace() || "<>\"\\".contains(c)) {
        return Ok(text.to_owned());
    }
    let bare = text.trim_start_matches(['/', ':']);
    let help = if is_host(bare.split('/').next().unwrap_or_default()) && bare.contains('.') {
        text!("请写成 https://{bare}", "Write https://{bare}")
    } else {
        text!(
            "请写完整的网址，如 https://www.example.gov.cn/，不要有空格和中文符号。",
            "Write a full address such as https://www.example.gov.cn/, without blanks."
        )
    };
    Err((text!("“{text}”不是完整的网址。", "`{text}` is not a full address."), help))
}

/// Checks the address the site will have: also without query and fragment; the result ends in `/`.
pub fn base_url(text: &str) -> Result<String, Said> {
    let mut checked = url(text)?;
    if let Some(at) = checked.find(['?', '#']) {
        let fixed = &checked[..at];
        return Err((
            text!("网址里不能有“?”和“#”。", "The address must have no `?` and no `#`."),
            text!("请写成 {fixed}", "Write {fixed}"),
        ));
    }
    if checked.split('/').any(|part| matches!(part, "." | "..")) {
        return Err((
            text!("网址里不能有“.”和“..”。", "The address must have no `.` and no `..` for a folder."),
            text!(
                "请写出文件夹的名字，如 https://www.example.gov.cn/ztzl/。",
                "Write the folders by their names: https://www.example.gov.cn/ztzl/."
            ),
        ));
    }
    if let Some(folder) = checked.strip_suffix("/index.html") {
        checked = folder.to_owned();
    }
    if !checked.ends_with('/') {
        checked.push('/');
    }
    Ok(checked)
}

/// Checks a bare host name; the result is in lower case.
pub(super) fn domain(text: &str) -> Result<String, Said> {
    let lower = text.to_ascii_lowercase();
    if is_host(&lower) && lower.contains('.') {
        return Ok(lower);
    }
    let bare = lower.trim_start_matches("https://").trim_start_matches("http://");
    let bare = bare.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let help = if is_host(bare) && bare.contains('.') {
        text!("请只写域名：{bare}", "Write the domain only: {bare}")
    } else {
        text!("请只写域名，如 www.example.gov.cn。", "Write a domain such as www.example.gov.cn.")
    };
    Err((text!("“{text}”不是域名。", "`{text}` is not a domain."), help))
}

fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host.len() <= 253
        && host.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_the_site_ends_in_a_slash_and_has_no_query() {
        assert_eq!(
            base_url("https://www.dongzhi.gov.cn/ztzl/yspp").unwrap(),
            "https://www.dongzhi.gov.cn/ztzl/yspp/"
        );
        assert_eq!(base_url("http://localhost:8080/index.html").unwrap(), "http://localhost:8080/");
        for bad in [
            "www.dongzhi.gov.cn",
            "https://a.cn/../a/",
            "https://a.cn/.",
            "https://a.cn/?x=1",
            "https://a.cn/#x",
            "ftp://a.cn/",
            "https:///x",
            "/x/",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
        assert_eq!(base_url("www.a.cn").unwrap_err().1.zh, "请写成 https://www.a.cn");
    }

    #[test]
    fn a_domain_is_bare() {
        assert_eq!(domain("WWW.gov.cn").unwrap(), "www.gov.cn");
        assert_eq!(domain("https://www.gov.cn/a").unwrap_err().1.zh, "请只写域名：www.gov.cn");
        assert!(domain("a b").is_err() && domain("localhost").is_err());
    }
}
