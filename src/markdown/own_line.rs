//! Lines that plainly begin something of their own: `1、`, `（一）`, `①`, `•`, or the indentation of a paragraph.
//!
//! A line break inside a paragraph is nothing (see [`super::cjk`]), so a list typed with such marks would run together in one
//! line. Before such a line the break stays. Lists of Markdown (`1. `, `- `) are the parser's.

use super::cjk::is_counted;

/// Returns whether a line begins with the mark of an item or with the indentation of a paragraph.
pub(super) fn begins(line: &str) -> bool {
    let Some(first) = line.chars().next() else { return false };
    let rest = &line[first.len_utf8()..];
    match first {
        '\u{3000}' => !line.trim().is_empty(),
        '-' => rest.starts_with(is_counted),
        '(' | '（' => is_bracketed(rest),
        c if is_bullet(c) => !rest.trim().is_empty(),
        c if is_digit(c) => is_numbered(line, is_digit, &['、', '.', '．', ')', '）']),
        c if is_numeral(c) => is_numbered(line, is_numeral, &['、', '.', '．']),
        _ => false,
    }
}

/// Bullets, circled and bracketed numbers, and the bullets of symbol fonts that come along from a word processor.
fn is_bullet(c: char) -> bool {
    matches!(c,
        '•' | '·' | '●' | '■' | '◆' | '◇' | '▪' | '□' | '➢' | '\u{2460}'..='\u{249B}' | '\u{2776}'..='\u{2793}'
        | '\u{3220}'..='\u{3229}' | '\u{F06C}' | '\u{F06E}' | '\u{F0A7}' | '\u{F0B7}' | '\u{F0D8}')
}

fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十百".contains(c)
}

/// Takes a number of one to three digits off.
fn after_number(text: &str, is_part: fn(char) -> bool) -> Option<&str> {
    let rest = text.trim_start_matches(is_part);
    (1..=3).contains(&text[..text.len() - rest.len()].chars().count()).then_some(rest)
}

/// A number and a mark, and then words: `3.5` and `二、三月` are no items.
fn is_numbered(line: &str, is_part: fn(char) -> bool, marks: &[char]) -> bool {
    let Some(text) = after_number(line, is_part).and_then(|rest| rest.strip_prefix(marks)) else {
        return false;
    };
    begins_words(text.trim_start()) && !text.starts_with(is_part)
}

fn is_bracketed(rest: &str) -> bool {
    let behind = after_number(rest, is_digit).or_else(|| after_number(rest, is_numeral));
    behind.and_then(|rest| rest.strip_prefix([')', '）'])).is_some_and(|text| begins_words(text.trim_start()))
}

/// Plain text of ASCII only keeps its line breaks as CommonMark has them.
fn begins_words(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_ascii() || matches!(c, '*' | '[' | '!' | '"'))
        && text.contains(|c: char| !c.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_and_words_begin_a_line() {
        for line in [
            "1、第一",
            "２、第二",
            "12.第十二",
            "2. 第二",
            "1)第一",
            "3）第三",
            "(1)第一",
            "（1）第一",
            "（十二）第",
            "一、总则",
            "①第一",
            "⑴第一",
            "㈠第一",
            "•第一",
            "· 第一",
            "●第一",
            "■ 第一",
            "-第一",
            "\u{3000}\u{3000}第一段",
            "1、**第一**",
        ] {
            assert!(begins(line), "{line}");
        }
    }

    #[test]
    fn numbers_and_wrapped_lines_do_not() {
        for line in [
            "3.5亿元",
            "2024.5",
            "2024、2025年",
            "2、3号楼",
            "二、三月",
            "一二三",
            "（2024）第3号",
            "（见附件）",
            "1.first",
            "(1) first",
            "-5℃",
            "--",
            "第一、",
            "一是",
            "1、",
            "•",
            "",
            "\u{3000}",
        ] {
            assert!(!begins(line), "{line}");
        }
    }
}
