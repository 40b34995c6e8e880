//! Footnotes that say nothing.

use rustc_hash::FxHashSet;

use super::Slip;
use super::read::Read;
use crate::diagnostic::codes;
use crate::text;

pub(super) fn find(read: &Read, slips: &mut Vec<Slip>) {
    // What is defined with a wrong colon is not also undefined.
    let mut said: FxHashSet<&str> = FxHashSet::default();
    let marks: Vec<(usize, &str)> =
        read.bare.match_indices("[^").filter_map(|(at, _)| mark(read, at)).collect();
    for &(at, mark) in &marks {
        let begins = read.line_before(at).trim_start_matches(['>', ' ']).is_empty();
        let said_of = read.rest_of_line(at + mark.len()).strip_prefix('：').filter(|_| begins);
        if let Some(words) = said_of.map(str::trim).filter(|_| said.insert(mark)) {
            slips.push(Slip::new(
                codes::MARKDOWN_FOOTNOTE,
                at..at + mark.len() + '：'.len_utf8(),
                text!(
                    "脚注后面用了中文冒号，网页上会是原样的文字。",
                    "A full-width colon follows the footnote's mark; it would show as it is typed."
                ),
                text!(
                    "用英文冒号，后面空一格：{mark}: {words}",
                    "Use an ASCII colon and a blank: {mark}: {words}"
                ),
            ));
        }
    }
    for (at, mark) in marks {
        if said.insert(mark) {
            slips.push(Slip::new(
                codes::MARKDOWN_FOOTNOTE,
                at..at + mark.len(),
                text!("脚注“{mark}”没有写内容，网页上会是原样的文字。", "The footnote `{mark}` says nothing; it would show as it is typed."),
                text!("在文章末尾空一行，写上“{mark}: 来源”；或者去掉“{mark}”。", "At the end of the text, below an empty line, write `{mark}: source`, or take `{mark}` out."),
            ));
        }
    }
}

/// Returns the whole mark that begins at a place: `[^1]`.
fn mark<'a>(read: &Read<'a>, at: usize) -> Option<(usize, &'a str)> {
    let rest = read.rest_of_line(at);
    let mark = &rest[..=rest.find(']')?];
    let is_mark = mark.len() > "[^]".len() && !mark.contains(' ');
    is_mark.then_some((at, mark))
}
