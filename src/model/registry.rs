//! Numbers that offices give out: area codes, site codes, filing numbers.

use super::record::Reader;
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

impl Reader<'_> {
    /// Reads an administrative code that has one of these numbers of digits.
    pub(super) fn area_code(&self, en: &str, lengths: &[usize]) -> Option<String> {
        let code = self.text(en)?;
        let good = lengths.contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit());
        let ascii = crate::text::ascii_digits(&code);
        if !good && ascii != code {
            let key = self.names(en).0;
            self.complain(
                en,
                Diagnostic::new(
                    codes::BAD_CODE,
                    text!("“{code}”用了全角数字。", "`{code}` uses full-width digits."),
                )
                .help(text!("请写成“{key}: {ascii}”。", "Write `{en}: {ascii}`.")),
            );
        } else if !good {
            let digits = code.chars().count();
            let wanted = lengths.iter().map(ToString::to_string).collect::<Vec<_>>();
            let (zh, en_wanted) = (wanted.join("、"), wanted.join(", "));
            self.complain(
                en,
                Diagnostic::new(
                    codes::BAD_CODE,
                    text!(
                        "区划代码要写 {zh} 位数字，这里是“{code}”（{digits} 位）。",
                        "The code must have {en_wanted} digits; `{code}` has {digits} characters."
                    ),
                )
                .help(text!(
                    "请按国家统计局公布的代码填写，只写数字；不确定就先不写。",
                    "Write the published code, digits only, or leave the line out."
                )),
            );
        }
        good.then_some(code)
    }

    /// Reads a portal's number and warns when it has not the usual form.
    pub(super) fn portal_number(
        &self,
        en: &str,
        is_usual: fn(&str) -> bool,
        example: &str,
    ) -> Option<String> {
        let number = self.text(en)?;
        if !is_usual(&number) {
            let (zh, en_name) = self.names(en);
            self.complain(
                en,
                Diagnostic::new(
                    codes::ODD_PORTAL_NUMBER,
                    text!("“{zh}”不像是对的：“{number}”。", "`{en_name}` has an unusual form: `{number}`."),
                )
                .help(text!(
                    "一般写成“{example}”，请与门户网站核对。",
                    "Usually it looks like `{example}`; ask the portal."
                )),
            );
        }
        Some(number)
    }
}

/// Returns whether a text is ten digits, `bm` and eight digits, or `N` and nine digits.
pub(super) fn is_site_code(text: &str) -> bool {
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    digits(text, 10)
        || text.strip_prefix("bm").is_some_and(|rest| digits(rest, 8))
        || text.strip_prefix('N').is_some_and(|rest| digits(rest, 9))
}

/// Returns whether a text looks like `皖ICP备12345678号-1`.
pub(super) fn is_icp(text: &str) -> bool {
    let after_province = after_han(text).and_then(|rest| rest.strip_prefix("ICP备"));
    let Some((number, end)) = after_province.and_then(|rest| rest.split_once('号')) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(number)
        && (6..=10).contains(&number.len())
        && (end.is_empty() || end.strip_prefix('-').is_some_and(digits))
}

/// Returns whether a text looks like `皖公网安备34172102000001号`.
pub(super) fn is_police(text: &str) -> bool {
    let after_province =
        after_han(text).map(|rest| rest.trim_start().strip_prefix("公网安备").unwrap_or_default());
    let number = after_province.and_then(|rest| rest.trim_start().strip_suffix('号'));
    number.is_some_and(|number| number.len() == 14 && number.bytes().all(|b| b.is_ascii_digit()))
}

fn after_han(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    chars.next().filter(|c| is_han(*c)).map(|_| chars.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_forms_are_known() {
        assert!(is_site_code("3417210001") && is_site_code("bm01000001") && is_site_code("N123456789"));
        assert!(!is_site_code("341721") && !is_site_code("bm0100000a"));
        assert!(is_icp("皖ICP备15003849号-1") && is_icp("皖ICP备15003849号"));
        assert!(!is_icp("ICP备15003849号") && !is_icp("皖ICP备号") && !is_icp("皖ICP备15003849号-"));
        assert!(is_police("皖公网安备34172102000001号") && is_police("皖公网安备 34172102000001号"));
        assert!(!is_police("皖公网安备3417号") && !is_police("34172102000001"));
    }
}
