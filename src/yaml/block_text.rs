//! Reads the texts that stand as indented lines below `|` or `>`.

use super::block::{Parser, Scope};
use super::lines::Line;
use super::node::{Node, Style};
use super::problems::Blank;
use super::scalar::scalar;

impl Parser<'_> {
    /// Reads the lines below `|` or `>`.
    pub fn block_text(&mut self, line: Line, pos: usize, scope: Scope) -> Node {
        let written = self.slice(pos..line.end);
        match Header::read(written) {
            Some(header) => self.lines_below(line, pos, scope, header, ""),
            None if written.starts_with('|') && !written[1..].contains('|') => {
                let first = self.slice(pos + 1..self.plain_end(pos, line.end)).trim_start();
                let start = self.plain_end(pos, line.end) - first.len();
                let below = self.lines.peek_after(&line).filter(|below| below.indent >= scope.text.max(1));
                let column = below.map_or(scope.text + 1, |below| below.indent);
                self.problems.text_after_bar(start..start + first.len(), first, column);
                self.lines_below(line, pos, scope, Header::LITERAL, first)
            }
            None => self.text_without_quotes(line, pos),
        }
    }

    /// Reads the text below a bar that was typed as another character; `None` where there is none.
    pub fn below_odd_bar(&mut self, line: Line, pos: usize, scope: Scope) -> Option<Node> {
        const BARS: [char; 7] = ['｜', '丨', '︱', '│', '∣', 'l', 'I'];
        if !self.slice(pos..line.end).starts_with(BARS) {
            return None;
        }
        let end = self.plain_end(pos, line.end);
        if self.slice(pos..end).chars().count() > 1 {
            return None;
        }
        self.lines.peek_after(&line).filter(|below| below.indent >= scope.text.max(1))?;
        self.problems.odd_bar(pos..end, self.slice(pos..end));
        Some(self.lines_below(line, pos, scope, Header::LITERAL, ""))
    }

    /// Reads the lines of a block; `first` is a text that stands beside its bar.
    fn lines_below(&mut self, line: Line, pos: usize, scope: Scope, header: Header, first: &str) -> Node {
        let least = scope.text.max(1);
        let wanted = header.indent.map(|indent| scope.text.saturating_sub(1) + indent);
        let mut text = BlockText { column: wanted, lines: Vec::new(), end: pos + 1, pasted: false };
        text.end = self.lines.text.ceil_char_boundary(text.end);
        if !first.is_empty() {
            text.take(first, line.end);
        }
        let mut start = line.next;
        while start < self.lines.end {
            let (end, next) = self.lines.bounds(start);
            if !self.block_line(start, end, next, least, &mut text) {
                break;
            }
            start = next;
        }
        let ended = start > 0 && self.lines.byte(start - 1) == b'\n';
        self.lines.load(start, &mut self.problems);
        let value = self.cook(header, &text, ended);
        scalar(pos..text.end, value, Style::Block)
    }

    /// Takes one line into a block; returns `false` when the block ended before it.
    fn block_line(
        &mut self,
        start: usize,
        end: usize,
        next: usize,
        least: usize,
        block: &mut BlockText,
    ) -> bool {
        let text = self.slice(start..end);
        let blanks = text.len() - text.trim_start_matches(' ').len();
        let written = text.trim_start_matches([' ', '\t', '\u{3000}', '\u{a0}']);
        if written.is_empty() {
            let keep = block.column.map_or("", |column| text.get(column..).unwrap_or(""));
            self.lines.lenient |= !text.is_empty()
                && block.column.is_none_or(|column| text.len() > column || blanks < text.len());
            block.lines.push(keep.to_owned());
            return true;
        }
        let column = block.column.unwrap_or_else(|| blanks.max(least));
        if blanks >= column {
            // YAML refuses a tab where the indentation is first seen; nobody sees the difference.
            self.lines.lenient |= block.column.is_none() && self.lines.byte(start + blanks) == b'\t';
            block.column = Some(column);
            block.take(&text[column..], end);
            return true;
        }
        // Less indented than the block: either it is over, or the line was meant to belong.
        let wrong = match text.as_bytes()[blanks] {
            b'\t' => Some(Blank::Tab),
            _ if text.len() - blanks > written.len() => Some(Blank::FullWidth),
            _ => None,
        };
        let first = end - written.len();
        let line = Line { start, first, end, next, indent: blanks };
        if let Some(wrong) = wrong {
            let key = self.is_stray_key(line) || self.is_dash(line);
            if key && blanks < least {
                return false;
            }
            self.problems.bad_blank(wrong, start..first);
        } else {
            let over = blanks < least || block.column.is_none() || written.starts_with('#');
            if over && self.is_pasted(line) {
                let column = *block.column.get_or_insert(least + 1);
                if !std::mem::replace(&mut block.pasted, true) {
                    self.problems.pasted(first..end, column - blanks);
                }
                block.take(written, end);
                return true;
            }
            if over || self.is_stray_key(line) {
                return false;
            }
            self.problems.indent(first..end, blanks, column);
        }
        block.column = Some(column);
        block.take(written, end);
        true
    }

    /// Makes the text of a block from its lines; folding is left to `serde_yaml`.
    fn cook(&mut self, header: Header, block: &BlockText, ended: bool) -> String {
        let last = block.lines.iter().rposition(|line| !line.is_empty()).map_or(0, |at| at + 1);
        if header.literal && !header.keep {
            let mut text = block.lines[..last].join("\n");
            let clipped = last > 0 && !header.strip && (ended || last < block.lines.len());
            text.extend(clipped.then_some('\n'));
            return text;
        }
        self.odd = true;
        let mut written = String::from(if header.literal { "|1" } else { ">1" });
        written.push_str(if header.keep {
            "+"
        } else if header.strip {
            "-"
        } else {
            ""
        });
        for line in &block.lines {
            written.push('\n');
            if !line.is_empty() {
                written.push(' ');
                written.push_str(line);
            }
        }
        if ended {
            written.push('\n');
        }
        serde_yaml::from_str(&written).unwrap_or_else(|_| block.lines[..last].join("\n"))
    }
}

/// The lines of a block, their indentation taken off.
struct BlockText {
    /// The column the block is indented to, once known.
    column: Option<usize>,
    lines: Vec<String>,
    /// Where the last line with text ends.
    end: usize,
    /// Whether lines without indentation were taken in and reported.
    pasted: bool,
}

impl BlockText {
    fn take(&mut self, line: &str, end: usize) {
        self.lines.push(line.to_owned());
        self.end = end;
    }
}

/// What stands behind `|` or `>`.
#[derive(Debug, Clone, Copy)]
struct Header {
    literal: bool,
    keep: bool,
    strip: bool,
    indent: Option<usize>,
}

impl Header {
    /// A bar and nothing else.
    const LITERAL: Self = Self { literal: true, keep: false, strip: false, indent: None };

    /// Reads `|`, `>-`, `|2+` and the like; `None` when other text follows.
    fn read(written: &str) -> Option<Self> {
        let literal = written.starts_with('|');
        let mut header = Self { literal, keep: false, strip: false, indent: None };
        let (marks, rest) = match written[1..].split_once([' ', '\t']) {
            Some((marks, rest)) => (marks, rest.trim_start_matches([' ', '\t'])),
            None => (&written[1..], ""),
        };
        if !rest.is_empty() && !rest.starts_with('#') {
            return None;
        }
        for mark in marks.bytes() {
            match mark {
                b'+' if !header.keep && !header.strip => header.keep = true,
                b'-' if !header.keep && !header.strip => header.strip = true,
                b'1'..=b'9' if header.indent.is_none() => header.indent = Some(usize::from(mark - b'0')),
                _ => return None,
            }
        }
        Some(header)
    }
}
