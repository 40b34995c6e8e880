//! Finds keys that are still commented out above lines that need them.
//!
//! New files offer records as comments: `#备案:`, and below it `#  编号:`. Whoever fills one in deletes the `#` of the lines
//! that get a value, and easily forgets the one of the line that has none. What stands below would then be lost, or
//! belong to the record above.

use super::keys::{Colon, find_separator, looks_like_key};
use super::lines::{Line, Lines};

impl Lines<'_> {
    /// Returns the commented-out keys `line` stands below, outermost first; `gap` is where the comments above it begin,
    /// `previous` the line above them.
    pub(super) fn sleepers(&self, gap: usize, line: &Line, previous: Option<Line>) -> Vec<Line> {
        if !self.is_careful() {
            return Vec::new();
        }
        let begins = find_separator(self, line.first, line.end).is_some() || self.byte(line.first) == b'-';
        if line.indent < 2 || !begins {
            return Vec::new();
        }
        let open = previous.and_then(|previous| self.open_key(&previous));
        let mut found = Vec::new();
        let mut column = line.indent;
        for comment in self.comments(gap, line.start).into_iter().rev() {
            let Some(comment) = self.commented(&comment).filter(|comment| comment.indent < column) else {
                continue;
            };
            let belongs_above = open.is_some_and(|open| comment.indent <= open && open < line.indent);
            if !self.opens(&comment) || belongs_above {
                break;
            }
            column = comment.indent;
            found.insert(0, comment);
            let is_level = self.levels.contains(&column) || (self.levels.is_empty() && column == 0);
            if is_level || open.is_some_and(|open| open < column) {
                return found;
            }
        }
        Vec::new()
    }

    /// Returns the lines of comments in a stretch without anything else.
    fn comments(&self, mut start: usize, end: usize) -> Vec<Line> {
        let mut comments = Vec::new();
        while start < end {
            let (line_end, next) = self.bounds(start);
            let text = &self.text[start..line_end];
            let first = line_end - text.trim_start().len();
            let indent = first - start;
            if self.byte(first) == b'#' {
                comments.push(Line { start, first, end: start + text.trim_end().len(), next, indent });
            }
            start = next;
        }
        comments
    }

    /// Returns the line a comment is when its `#` is deleted; `None` for a remark, which has one blank behind it.
    pub(super) fn commented(&self, comment: &Line) -> Option<Line> {
        let first = self.skip_blanks(comment.first + 1, comment.end);
        let blanks = first - comment.first - 1;
        (blanks != 1 && first < comment.end).then(|| Line {
            first,
            indent: comment.indent + blanks,
            ..*comment
        })
    }

    /// Returns whether a line is a key with nothing behind it, below which a list or record may stand.
    fn opens(&self, line: &Line) -> bool {
        let Some(found) = find_separator(self, line.first, line.end) else { return false };
        let key = &self.text[line.first..found.key_end];
        let nested = self.vocabulary.is_none_or(|takes| takes(key).is_some_and(|takes| takes.nested));
        found.kind == Colon::Right && looks_like_key(key) && nested && self.has_no_value(line, found.after)
    }

    fn has_no_value(&self, line: &Line, after: usize) -> bool {
        let value = self.skip_blanks(after, line.end);
        value == line.end || self.byte(value) == b'#'
    }

    /// Returns the column of the key on a line, also behind a dash, when nothing stands behind its colon.
    fn open_key(&self, line: &Line) -> Option<usize> {
        let mut first = line.first;
        while self.byte(first) == b'-' && self.is_blank(first + 1) && first < line.end {
            first = self.skip_blanks(first + 1, line.end);
        }
        let found = find_separator(self, first, line.end)?;
        self.has_no_value(line, found.after).then(|| line.indent + first - line.first)
    }
}
