//! Holds the reading of a text against `serde_yaml`'s, for generated and for mutilated texts.

use proptest::collection::vec;
use proptest::prelude::*;

use super::confirm::confirm;
use super::written_trees::{Tree, Writer, trees};
use super::*;
use crate::read::Encoding;

/// Returns whether a tree was read as it was to be written.
fn same(tree: &Tree, node: &Node) -> bool {
    match (tree, &node.value) {
        (Tree::Null, Value::Null) => true,
        (Tree::Text(text, _), Value::Scalar(scalar)) => *text == scalar.text,
        (Tree::List(items, _), Value::List(nodes)) => {
            items.len() == nodes.len() && items.iter().zip(nodes).all(|(item, node)| same(item, node))
        }
        (Tree::Map(entries, _), Value::Map(map)) => {
            map.broken.is_empty()
                && entries.len() == map.entries.len()
                && entries
                    .iter()
                    .zip(&map.entries)
                    .all(|((key, tree), entry)| *key == entry.key && same(tree, &entry.value))
        }
        _ => false,
    }
}

fn file(text: &str) -> SourceFile {
    SourceFile::new("f.yaml", text.to_owned(), Encoding::Utf8)
}

/// Parses without asking `serde_yaml` for confirmation; the flag says whether it may be asked.
fn parse_alone(text: &str) -> (Option<Node>, Report, bool) {
    let file = file(text);
    let mut report = Report::new();
    let mut problems = Problems::new(file.lines());
    let source = file.text();
    let mended = without_control_characters(&source, 0..text.len(), &mut problems);
    let lines = Lines::new(&mended, 0..text.len(), None, Care::Full, &mut problems);
    let mut parser = Parser::new(lines, problems);
    let node = parser.document();
    let strict = !parser.lines.lenient && matches!(mended, Cow::Borrowed(_));
    parser.problems.finish(&mut report);
    (node, report, strict)
}

/// Asserts what must hold of any text at all.
fn check_any(text: &str) -> Result<(), TestCaseError> {
    let (node, report, strict) = parse_alone(text);
    if let Some(node) = &node {
        check_ranges(node, 0..text.len(), text)?;
    }
    if report.is_empty()
        && strict
        && let Some(node) = &node
    {
        let said = confirm(text, 0, node).err().map(|doubt| (doubt.at, doubt.message.en));
        prop_assert!(said.is_none(), "{said:?} in {text:?}, read as {node:#?}");
    }
    let mut report = Report::new();
    let (yaml, body) = front_matter(&file(text), &mut report);
    prop_assert!(text.get(body).is_some());
    if let Some(yaml) = yaml {
        parse(&file(text), yaml, &mut report);
    }
    Ok(())
}

fn check_ranges(node: &Node, outer: Range<usize>, text: &str) -> Result<(), TestCaseError> {
    let range = node.range.clone();
    prop_assert!(
        outer.start <= range.start && range.end <= outer.end && range.start <= range.end,
        "{node:#?} in {text:?}"
    );
    prop_assert!(text.get(range.clone()).is_some(), "{node:?} cuts a character of {text:?}");
    match &node.value {
        Value::List(items) => items.iter().try_for_each(|item| check_ranges(item, range.clone(), text)),
        Value::Map(map) => map.entries.iter().try_for_each(|entry| {
            prop_assert!(text.get(entry.key_range.clone()).is_some());
            check_ranges(&entry.value, range.clone(), text)
        }),
        _ => Ok(()),
    }
}

/// Puts pieces that clerks (and cats) type into a good text.
fn mutilate(text: &str, edits: &[(usize, usize, &'static str)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (at, cut, piece) in edits {
        let at = at % (text.len() + 1);
        let end = (at + cut).min(text.len());
        text.splice(at..end, piece.chars());
    }
    text.into_iter().collect()
}

fn edits() -> impl Strategy<Value = Vec<(usize, usize, &'static str)>> {
    let pieces = [
        "",
        " ",
        "  ",
        "\n",
        "\n  ",
        "\t",
        "　",
        "：",
        "，",
        "“",
        "”",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ":",
        ": ",
        "- ",
        "-",
        "－",
        "#",
        " #",
        "|",
        ">",
        "&a",
        "*a",
        "!",
        "?",
        "? ",
        "@",
        "%",
        "---\n",
        "...\n",
        "\\",
        "\r",
        "\u{0}",
        "~",
        "名称: ",
        "\n名称: x\n",
        ",",
        ", ",
        "<<: ",
    ];
    vec((0usize..2000, 0usize..4, prop::sample::select(pieces.to_vec())), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_tree_is_read_back_and_serde_yaml_agrees(tree in trees()) {
        let text = Writer::document(&tree);
        let (node, report, _) = parse_alone(&text);
        let problems: Vec<_> = report.iter().map(|d| (d.code, d.span.clone())).collect();
        prop_assert!(problems.is_empty(), "{problems:?} in {text}");
        let node = node.expect("a tree");
        if matches!(&tree, Tree::List(items, _) if !items.is_empty()) || matches!(&tree, Tree::Map(entries, _) if !entries.is_empty()) {
            prop_assert!(same(&tree, &node), "{tree:#?} is not {node:#?} in {text}");
        }
        let doubt = confirm(&text, 0, &node).err().map(|doubt| (doubt.at, doubt.message.en));
        prop_assert!(doubt.is_none(), "{doubt:?} in {text}");
        check_ranges(&node, 0..text.len(), &text)?;
    }

    #[test]
    fn a_mutilated_text_is_reported_or_read_as_serde_yaml_reads_it(tree in trees(), edits in edits()) {
        check_any(&mutilate(&Writer::document(&tree), &edits))?;
    }

    #[test]
    fn text_made_of_marks_is_reported_or_read_as_serde_yaml_reads_it(edits in vec(edits(), 1..12)) {
        check_any(&mutilate("", &edits.concat()))?;
    }

    #[test]
    fn any_text_at_all_is_survived(text in "\\PC{0,80}") {
        check_any(&text)?;
    }

    #[test]
    fn any_bytes_at_all_are_survived(bytes in vec(any::<u8>(), 0..200)) {
        check_any(&String::from_utf8_lossy(&bytes))?;
    }
}
