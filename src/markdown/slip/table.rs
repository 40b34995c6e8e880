//! Tables that are none, and what tables drop or take in.

use super::super::delimiters::is_escaped;
use super::Slip;
use super::read::{Read, ReadTable};
use crate::diagnostic::{Bilingual, codes};
use crate::text;

const BARS: [char; 2] = ['|', '｜'];
/// A rule that is proposed has no more columns.
const MOST_COLUMNS: usize = 99;

/// Returns whether a text with bars holds anything but well-formed tables: a head, a rule of as many cells, rows of no more,
/// and an empty line on either side. A quick look, which takes what it does not know for a slip.
pub(super) fn may_be_wrong(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let mut before = "";
    while let Some(line) = lines.next() {
        let above = std::mem::replace(&mut before, line);
        if !line.contains('|') {
            continue;
        }
        let columns = cells(line);
        let is_good = |rule: &str| {
            let is_part = |byte: u8| matches!(byte, b'-' | b'|' | b':' | b' ');
            rule.bytes().all(is_part) && rule.contains('-') && cells(rule) == columns
        };
        if !above.is_empty() || !lines.next().is_some_and(is_good) {
            return true;
        }
        let is_row = |row: &str| row.contains('|') && cells(row) <= columns;
        if !lines.by_ref().take_while(|row| !row.is_empty()).all(is_row) {
            return true;
        }
        before = "";
    }
    false
}

pub(super) fn find(read: &Read, slips: &mut Vec<Slip>) {
    let mut paragraph: Vec<(usize, &str)> = Vec::new();
    for (start, line) in read.lines().chain([(read.bare.len(), "")]) {
        let text = line.trim();
        if !text.is_empty() {
            paragraph.push((start + line.len() - line.trim_start().len(), text));
            continue;
        }
        slips.extend(raw_table(&paragraph));
        paragraph.clear();
    }
    for table in &read.tables {
        surplus_cells(read, table, slips);
        slips.extend(swallowed_line(read, table));
    }
}

/// Finds rows in a paragraph: the rule below the head is missing or wrong.
fn raw_table(lines: &[(usize, &str)]) -> Option<Slip> {
    let first = lines.iter().enumerate().position(|(at, (_, line))| {
        let next = lines.get(at + 1).map_or("", |(_, line)| line);
        is_framed(line) || (line.contains('|') && bars(line) == bars(next))
    })?;
    let (at, head) = lines[first];
    let rule = format!("|{}", "---|".repeat(cells(head).min(MOST_COLUMNS)));
    let full_width = lines[first..].iter().any(|(_, line)| line.contains('｜'));
    let (also_zh, also_en) = if full_width {
        ("，“｜”都改成英文的“|”", "; use the ASCII `|` throughout")
    } else {
        ("", "")
    };
    let (above_zh, above_en) = if first > 0 {
        ("，表格上面空一行", "; leave an empty line above the table")
    } else {
        ("", "")
    };
    let typed = lines.get(first + 1).filter(|(_, line)| is_rule(line));
    let (at, line, help) = match typed {
        Some((at, line)) => (
            *at,
            *line,
            text!("这一行写成 {rule}{also_zh}{above_zh}。", "Write this line as {rule}{also_en}{above_en}."),
        ),
        None => (
            at,
            head,
            text!(
                "在这一行下面加一行 {rule}{also_zh}{above_zh}。",
                "Add a line {rule} below this one{also_en}{above_en}."
            ),
        ),
    };
    let message = if typed.is_some() {
        text!(
            "表头下面的分隔行不对，表格会变成一段文字。",
            "The rule below the head is not right; the table would be a paragraph."
        )
    } else {
        text!(
            "表头下面没有分隔行，表格会变成一段文字。",
            "There is no rule below the head; the table would be a paragraph."
        )
    };
    Some(table_slip(at..at + line.len(), message, help))
}

fn table_slip(range: std::ops::Range<usize>, message: Bilingual, help: Bilingual) -> Slip {
    Slip::new(codes::MARKDOWN_TABLE, range, message, help)
}

fn bars(line: &str) -> usize {
    line.matches(BARS).count()
}

fn is_framed(line: &str) -> bool {
    bars(line) >= 2 && line.starts_with(BARS) && line.ends_with(BARS)
}

fn cells(line: &str) -> usize {
    let inside = line.strip_prefix(BARS).unwrap_or(line);
    bars(inside.strip_suffix(BARS).unwrap_or(inside)) + 1
}

/// Returns whether a line holds bars and dashes of any kind, and nothing else.
fn is_rule(line: &str) -> bool {
    let dashes = ['-', '－', '—', '–', '─', '━', '=', '＝', '_', '﹣'];
    line.contains(dashes)
        && line.contains(BARS)
        && line
            .chars()
            .all(|c| dashes.contains(&c) || BARS.contains(&c) || matches!(c, ' ' | ':' | '：' | '\u{3000}'))
}

/// Finds the cells of each row that the head has none for.
fn surplus_cells(read: &Read, table: &ReadTable, slips: &mut Vec<Slip>) {
    for row in &table.rows {
        let text = read.source[row.clone()].trim_end();
        let first = usize::from(text.starts_with('|'));
        let mut starts: Vec<usize> = std::iter::once(first).chain(bars_of(text).map(|at| at + 1)).collect();
        starts.dedup();
        let surplus = starts.get(table.columns).map_or("", |&from| &text[from..]);
        let shown = surplus.trim().trim_end_matches('|').trim_end();
        if shown.is_empty() {
            continue;
        }
        let at = row.start + text.len() - surplus.trim_start().len();
        slips.push(table_slip(
            at..at + shown.len(),
            text!(
                "这一行的格子比表头多，“{shown}”不会显示。",
                "This row has more cells than the head; `{shown}` would not show."
            ),
            text!(
                "删掉多出的格子，或者表头和分隔行各加一格；文字里的竖线写成 \\|。",
                "Take it out, or add a cell to the head and to the rule; a bar inside a text is written \\|."
            ),
        ));
    }
}

fn bars_of(row: &str) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'|', row.as_bytes()).filter(|&at| !is_escaped(row.as_bytes(), at))
}

/// Finds the first line below a table that became a row of it.
fn swallowed_line(read: &Read, table: &ReadTable) -> Option<Slip> {
    let row = table.rows.iter().find(|row| bars_of(&read.source[(*row).clone()]).next().is_none())?;
    let line = read.source[row.clone()].trim_end();
    let help = if line.contains('｜') {
        text!("把“｜”都改成英文的“|”。", "Use the ASCII `|`.")
    } else {
        text!("在这一行上面空一行。", "Leave an empty line above this one.")
    };
    let message = text!(
        "这一行紧接在表格下面，会变成表格的一格。",
        "This line directly below a table would be a cell of it."
    );
    Some(table_slip(row.start..row.start + line.len(), message, help))
}
