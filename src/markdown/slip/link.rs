//! Links and pictures with the wrong brackets.

use std::ops::Range;

use super::super::destination::{is_address, without_title};
use super::Slip;
use super::read::{Read, line_before};
use crate::diagnostic::codes;
use crate::text;

pub(super) fn find(read: &Read, slips: &mut Vec<Slip>) {
    for (at, close) in read.bare.match_indices([']', '】']) {
        if let Some((range, meant)) = raw_link(read, at, close.len()) {
            slips.push(slip(range, &meant));
        }
    }
    for link in &read.links {
        let is_picture = is_picture(&link.target) && read.source[..link.range.start].ends_with('！');
        if is_picture {
            let meant = format!("!{}", &read.source[link.range.clone()]);
            slips.push(slip(link.range.start - '！'.len_utf8()..link.range.end, &meant));
        }
    }
}

fn slip(range: Range<usize>, meant: &str) -> Slip {
    Slip::new(
        codes::MARKDOWN_LINK,
        range,
        text!(
            "链接或图片的符号没有写对，网页上会是原样的文字。",
            "A link or picture is not written rightly; it would show as it is typed."
        ),
        text!(
            "写成 {meant}（括号和叹号用英文的；地址里有空格时放在 < > 里）。",
            "Write {meant}, brackets and exclamation mark in ASCII; an address with blanks stands in < >."
        ),
    )
}

/// Returns the link that the closing bracket of a text is part of, and how it is written.
fn raw_link(read: &Read, at: usize, width: usize) -> Option<(Range<usize>, String)> {
    let behind = read.rest_of_line(at + width);
    // An address in plain text is plain text; one that belongs to something else is blank.
    let opened = behind.trim_start_matches(' ');
    let blanks = behind.len() - opened.len();
    let inside = opened.strip_prefix(['(', '（']).filter(|_| blanks <= 1)?;
    let from = at + width + behind.len() - inside.len();
    if read.bare[at + width..from].trim().is_empty() {
        return None;
    }
    let (written, end) = address(inside);
    let label_at =
        at - (line_before(&read.bare, at).len() - line_before(&read.bare, at).rfind(['[', '【'])?);
    let open = read.source[label_at..].chars().next()?.len_utf8();
    let label = &read.source[label_at + open..at];
    let mark = read.source[..label_at].chars().next_back().filter(|c| matches!(c, '!' | '！'));
    let target = without_title(written);
    let is_meant = is_address(target) || (mark.is_some() && is_picture(target));
    let (target, title) = (target.trim_end(), &written[target.len()..]);
    let wrapped = if target.contains(' ') { format!("<{target}>") } else { target.to_owned() };
    let sign = if mark.is_some() { "!" } else { "" };
    let start = label_at - mark.map_or(0, char::len_utf8);
    is_meant.then(|| (start..from + end, format!("{sign}[{label}]({wrapped}{title})")))
}

/// Returns the address that stands in front of the closing bracket, and where the bracket ends. Without a bracket the address
/// ends before the next blank or Chinese mark.
fn address(inside: &str) -> (&str, usize) {
    let mut open = 0_usize;
    for (at, c) in inside.char_indices() {
        match c {
            '(' | '（' => open += 1,
            ')' | '）' if open == 0 => return (inside[..at].trim(), at + c.len_utf8()),
            ')' | '）' => open -= 1,
            _ => {}
        }
    }
    let end = inside.find([' ', '，', '。', '；', '、', '！', '？', '(', '（']).unwrap_or(inside.len());
    (&inside[..end], end)
}

fn is_picture(target: &str) -> bool {
    const ENDINGS: [&str; 6] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"];
    let target = target.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| target.ends_with(ending))
}
