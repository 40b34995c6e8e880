//! Headings without a blank behind their `#`.

use super::Slip;
use super::read::Read;
use crate::diagnostic::codes;
use crate::text;

const HASHES: [char; 2] = ['#', '＃'];

pub(super) fn find(read: &Read, slips: &mut Vec<Slip>) {
    for (start, line) in read.lines() {
        let typed = line.trim_start();
        let at = start + line.len() - typed.len();
        let words = typed.trim_start_matches(HASHES);
        let hashes = &typed[..typed.len() - words.len()];
        let level = hashes.chars().count();
        // Behind a mark of its own the parser has a heading already.
        let begins = read.line_before(at).trim_start_matches(['>', ' ']).is_empty();
        if level == 0 || level > 6 || !begins || !is_heading(level, words) {
            continue;
        }
        let text = read
            .rest_of_line(at + hashes.len())
            .trim_matches(|c: char| c.is_whitespace() || HASHES.contains(&c));
        let meant = format!("{} {text}", "#".repeat(level));
        slips.push(Slip::new(
            codes::MARKDOWN_HEADING,
            at..at + hashes.len(),
            text!(
                "“#”后面没有空格，这一行不会是小标题。",
                "No blank follows the `#`, so this line is no heading."
            ),
            text!("在英文的 # 后面加一个空格：{meant}", "Put a blank behind the ASCII `#`: {meant}"),
        ));
    }
}

/// Returns whether what follows so many `#` is the text of a heading; `#话题#` is a tag, and `#3` a number.
fn is_heading(level: usize, words: &str) -> bool {
    let Some(first) = words.trim_start().chars().next() else { return false };
    match level {
        1 => !words.is_ascii() && !first.is_ascii_digit() && !words.contains(HASHES),
        _ => first.is_alphanumeric() || !first.is_ascii(),
    }
}
