//! Alerts: quotations that open with `[!NOTE]` or `[!说明]`.

use pulldown_cmark::BlockQuoteKind;

use super::words::Words;
use crate::diagnostic::Lang;

/// The kind of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Alert {
    /// The second class of the box.
    pub(super) class: &'static str,
    /// Its place among the titles of [`super::words::Words`].
    pub(super) title: usize,
}

const NOTE: Alert = Alert { class: "alert-note", title: 0 };
const TIP: Alert = Alert { class: "alert-tip", title: 1 };
const IMPORTANT: Alert = Alert { class: "alert-important", title: 2 };
const WARNING: Alert = Alert { class: "alert-warning", title: 3 };
const CAUTION: Alert = Alert { class: "alert-caution", title: 4 };

/// Returns the alert of a kind the parser knows.
pub(super) fn of_kind(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => NOTE,
        BlockQuoteKind::Tip => TIP,
        BlockQuoteKind::Important => IMPORTANT,
        BlockQuoteKind::Warning => WARNING,
        BlockQuoteKind::Caution => CAUTION,
    }
}

/// Returns the alert a quotation opens with, written in Chinese, and how many bytes of the quotation that line takes.
///
/// `quotation` starts at the `>`.
pub(super) fn in_chinese(quotation: &str) -> Option<(Alert, usize)> {
    let inside = quotation.strip_prefix('>')?;
    let marker = inside.trim_start_matches(' ');
    // Five spaces make it code.
    if inside.len() - marker.len() > 4 {
        return None;
    }
    let rest = ["[!", "[！", "【!", "【！"].into_iter().find_map(|opening| marker.strip_prefix(opening))?;
    let line = rest.split(['\n', '\r']).next()?;
    let name = line.trim_end();
    let name = name.strip_suffix(']').or_else(|| name.strip_suffix('】'))?;
    let titles = Words::of(Lang::Zh).alerts;
    let alert =
        [NOTE, TIP, IMPORTANT, WARNING, CAUTION].into_iter().find(|alert| titles[alert.title] == name)?;
    Some((alert, quotation.len() - rest.len() + line.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_names_are_known() {
        assert_eq!(in_chinese("> [!说明]\n> 文"), Some((NOTE, "> [!说明]".len())));
        assert_eq!(in_chinese(">[!当心] \r\n> 文"), Some((CAUTION, ">[!当心] ".len())));
        assert_eq!(in_chinese("> [!说明] 文"), None);
        assert_eq!(in_chinese("> 文"), None);
        assert_eq!(in_chinese(">     [!说明]"), None);
    }
}
