//! The CJK-friendly rules written out a second time, as the specification words them, for lines of text and `*` only.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::html;

/// A run of `*`, or text.
#[derive(Debug, Clone)]
struct Node {
    html: String,
    /// How many `*` are left of how many, for a run.
    left: usize,
    length: usize,
    can_open: bool,
    can_close: bool,
}

fn is_cjk(c: char) -> bool {
    "中文。，「」（）가".contains(c)
}

fn is_other_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || "“”…—".contains(c)
}

/// Whether a run between two characters is left-flanking and right-flanking.
fn flanking(before: char, after: char) -> (bool, bool) {
    let left = !after.is_whitespace()
        && (!is_other_punctuation(after)
            || before.is_whitespace()
            || is_other_punctuation(before)
            || is_cjk(before));
    let right = !before.is_whitespace()
        && (!is_other_punctuation(before)
            || after.is_whitespace()
            || is_other_punctuation(after)
            || is_cjk(after));
    (left, right)
}

fn nodes(line: &str) -> Vec<Node> {
    let chars: Vec<char> = line.chars().collect();
    let mut nodes = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let is_run = chars[at] == '*';
        let end = (at..chars.len()).find(|&end| (chars[end] == '*') != is_run).unwrap_or(chars.len());
        let before = if at == 0 { ' ' } else { chars[at - 1] };
        let after = chars.get(end).copied().unwrap_or(' ');
        let (can_open, can_close) = if is_run { flanking(before, after) } else { (false, false) };
        let length = if is_run { end - at } else { 0 };
        let html = if is_run { String::new() } else { chars[at..end].iter().collect() };
        nodes.push(Node { html, left: length, length, can_open, can_close });
        at = end;
    }
    nodes
}

/// The "process emphasis" procedure of the CommonMark specification, without its bookkeeping for speed.
fn process(mut nodes: Vec<Node>) -> String {
    let mut closer = 0;
    while closer < nodes.len() {
        if !nodes[closer].can_close || nodes[closer].left == 0 {
            closer += 1;
            continue;
        }
        let fits = |node: &Node| {
            let both = node.can_close || nodes[closer].can_open;
            let sum = node.length + nodes[closer].length;
            let thirds = node.length.is_multiple_of(3) && nodes[closer].length.is_multiple_of(3);
            node.can_open && node.left > 0 && (!both || !sum.is_multiple_of(3) || thirds)
        };
        let Some(opener) = (0..closer).rev().find(|&at| fits(&nodes[at])) else {
            closer += 1;
            continue;
        };
        let strong = nodes[opener].left >= 2 && nodes[closer].left >= 2;
        let (used, tag) = if strong { (2, "strong") } else { (1, "em") };
        nodes[opener].left -= used;
        nodes[closer].left -= used;
        let inner: String = nodes.drain(opener + 1..closer).map(|node| written(&node)).collect();
        let html = format!("<{tag}>{inner}</{tag}>");
        let text = Node { html, left: 0, length: 0, can_open: false, can_close: false };
        nodes.insert(opener + 1, text);
        closer = opener + 2;
    }
    nodes.iter().map(written).collect()
}

fn written(node: &Node) -> String {
    format!("{}{}", "*".repeat(node.left), node.html)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 4000, failure_persistence: None, rng_seed: RngSeed::Fixed(2025), ..ProptestConfig::default()
    })]

    #[test]
    fn emphasis_follows_the_cjk_friendly_rules(line in "[a中]([*]{1,3}|[*]{2}|[ a.,“”…中文。，「」（）가]){0,14}") {
        let expected = format!("<p>{}</p>\n", process(nodes(line.trim_end())));
        prop_assert_eq!(html(&line), expected, "{}", line);
    }
}
