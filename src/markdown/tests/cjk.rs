//! The table of `tests/data/cjk.txt`.

use super::super::cjk::{is_surely_letter, is_surely_punctuation};
use super::html;
use crate::markdown::{Options, parse};

/// One row: the Markdown, the HTML, the source of each link.
struct Case {
    text: String,
    html: String,
    links: Vec<String>,
}

fn cases() -> Vec<Case> {
    let table = include_str!("../../../tests/data/cjk.txt").replace("\r\n", "\n");
    let mut cases: Vec<Case> = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with("%%")) {
        let unfolded = |text: &str| text.replace('⏎', "\n");
        if let Some(html) = line.strip_prefix("=> ") {
            cases.last_mut().unwrap().html = unfolded(html);
        } else if let Some(link) = line.strip_prefix("@ ") {
            cases.last_mut().unwrap().links.push(unfolded(link));
        } else {
            cases.push(Case { text: unfolded(line), html: String::new(), links: Vec::new() });
        }
    }
    cases
}

#[test]
fn every_row_of_the_table_holds() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| html(&case.text).trim_end() != case.html)
        .map(|case| {
            format!("{:?}\n  want {:?}\n  have {:?}", case.text, case.html, html(&case.text).trim_end())
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_place_of_every_link_in_the_table_is_exact() {
    for case in cases() {
        let document = parse(&case.text, &Options::default());
        let sources: Vec<&str> = document.links().iter().map(|link| &case.text[link.range.clone()]).collect();
        assert_eq!(sources, case.links, "{:?}", case.text);
    }
}

#[test]
fn the_parser_agrees_which_characters_are_letters_and_which_are_punctuation() {
    for c in ('\u{21}'..='\u{FFFF}').chain('\u{20000}'..='\u{20100}') {
        if !is_surely_letter(c) && !is_surely_punctuation(c) || c.is_ascii() {
            continue;
        }
        // A run between a letter and punctuation cannot open.
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&format!("a**{c}b**")));
        assert_eq!(html.contains("<strong>"), is_surely_letter(c), "U+{:04X} {c}", u32::from(c));
    }
}
