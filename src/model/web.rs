//! Addresses and domains as staff write them.

use crate::diagnostic::Bilingual;
use crate::text;

/// What is wrong, and what to do about it.
pub type Said = (Bilingual, Bilingual);

/// Checks an absolute `http` or `https` address.
pub(super) fn url(text: &str) -> Result<String, Said> {
    let parts = text.split_once("://").map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
    let parts = parts.filter(|(scheme, _)| matches!(&**scheme, "http" | "https"));
    if let Some((scheme, rest)) = &parts {
        let server = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((_, server)) = server.rsplit_once('@') {
            return Err((
                text!(
                    "网址里不能有用户名和密码，它们会被公开。",
                    "An address must not hold a user name or a password: it would be public."
                ),
                text!("请写成 {scheme}://{server}/…", "Write {scheme}://{server}/…"),
            ));
        }
        let (host, port) = server.split_once(':').unwrap_or((server, "80"));
        let has_blank = rest.contains(|c: char| c.is_whitespace() || "<>\"\\".contains(c));
        if is_host(host) && port.parse::<u16>().is_ok_and(|port| port > 0) && !has_blank {
            return Ok(format!("{scheme}://{rest}"));
        }
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
    if !checked.split('/').nth(2).is_some_and(str::is_ascii) {
        return Err((
            text!(
                "网站地图、订阅和日历里的域名只能用英文字母和数字，这里有中文。",
                "Site maps, feeds and calendars take a domain in ASCII only."
            ),
            text!(
                "中文域名请写成 xn-- 开头的形式（域名服务商会给出）。",
                "Write the domain in its form that begins with `xn--`; the registrar tells it."
            ),
        ));
    }
    // Folders are written as an address bar shows them, and said as machines take them (RFC 3986).
    checked = percent_encoding::utf8_percent_encode(&checked, percent_encoding::CONTROLS).to_string();
    let folders = checked.splitn(4, '/').nth(3).unwrap_or_default();
    if format!("/{folders}").contains("//") || has_stray_percent(folders) {
        return Err((
            text!("网址里的“//”或“%”不对。", "There is a `//` or `%` in the address that should not be."),
            text!(
                "请照浏览器地址栏里的样子写，如 https://www.example.gov.cn/ztzl/。",
                "Write it as a browser shows it: https://www.example.gov.cn/ztzl/."
            ),
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

/// Returns whether a `%` is not the beginning of an encoded byte.
fn has_stray_percent(text: &str) -> bool {
    let is_hex = |at: &str| at.as_bytes().get(..2).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    text.split('%').skip(1).any(|behind| !is_hex(behind))
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
            "https://user:secret@a.cn/",
            "https://a.cn:99999/",
            "https://a.cn/%zz/",
            "https://a.cn//a/",
            "https://a.cn//",
            "https://东至.政务.cn/",
        ] {
            assert!(base_url(bad).is_err(), "{bad}");
        }
        assert_eq!(base_url("HTTP://www.a.cn/%E4%B8%80/").unwrap(), "http://www.a.cn/%E4%B8%80/");
        assert_eq!(base_url("www.a.cn").unwrap_err().1.zh, "请写成 https://www.a.cn");
        assert_eq!(base_url("https://a.cn/一").unwrap(), "https://a.cn/%E4%B8%80/");
        assert_eq!(base_url("https://u:p@a.cn/x/").unwrap_err().1.zh, "请写成 https://a.cn/…");
    }

    #[test]
    fn a_domain_is_bare() {
        assert_eq!(domain("WWW.gov.cn").unwrap(), "www.gov.cn");
        assert_eq!(domain("https://www.gov.cn/a").unwrap_err().1.zh, "请只写域名：www.gov.cn");
        assert!(domain("a b").is_err() && domain("localhost").is_err());
    }
}
