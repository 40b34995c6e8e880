//! How long a text is to read, and its opening in a few words.

use super::cjk::{is_counted, joins};

/// Characters of a summary, about.
const SUMMARY: usize = 100;
/// A cut nearer to the start than this would say too little.
const SHORTEST: usize = 40;

/// Counts Han, kana and Hangul characters and Latin words.
pub(super) fn reading_length(text: &str) -> usize {
    let mut length = 0;
    let mut in_word = false;
    for c in text.chars() {
        // Most characters are of the first range; the others are looked for one after the other.
        if matches!(c, '\u{4E00}'..='\u{9FFF}') || is_counted(c) {
            length += 1;
            in_word = false;
        } else if c.is_alphanumeric() {
            length += usize::from(!in_word);
            in_word = true;
        } else if !matches!(c, '\'' | '’' | '-' | '.' | ',') {
            in_word = false;
        }
    }
    length
}

/// Collects the opening of a text, block by block.
#[derive(Debug, Default)]
pub(super) struct Opening {
    text: String,
    characters: usize,
}

impl Opening {
    /// Takes a block of prose, if more is needed.
    pub(super) fn push(&mut self, block: &str) {
        let block = block.trim();
        if block.is_empty() || self.characters > SUMMARY {
            return;
        }
        // Blocks without a mark at their end would run together.
        let runs_on = self.text.ends_with(char::is_alphanumeric);
        if !self.text.is_empty() && (runs_on || !joins(&self.text, block)) {
            self.text.push(' ');
        }
        let wanted = block.char_indices().nth(SUMMARY + 1).map_or(block.len(), |(at, _)| at);
        self.text.extend(block[..wanted].chars().map(|c| if c == '\n' { ' ' } else { c }));
        self.characters = self.text.chars().count();
    }

    /// Returns the summary: all of a short text; else up to the last sentence end, or the last mark with `…`, or just `…`.
    pub(super) fn into_summary(self) -> String {
        if self.characters <= SUMMARY {
            return self.text;
        }
        let mut cut = self.text.char_indices().nth(SUMMARY - 1).map_or(self.text.len(), |(at, _)| at);
        let least = self.text.char_indices().nth(SHORTEST).map_or(0, |(at, _)| at);
        let head = &self.text[..cut];
        if let Some(end) = sentence_end(head).filter(|&end| end >= least) {
            return self.text[..end].to_owned();
        }
        if let Some(mark) = head.rfind(['，', '、', '；', '：', ',', ';', ' ']).filter(|&mark| mark >= least)
        {
            cut = mark;
        }
        format!("{}…", self.text[..cut].trim_end())
    }
}

/// Returns where the last whole sentence ends, closing quotation marks included.
fn sentence_end(text: &str) -> Option<usize> {
    let (at, mark) = text.char_indices().rev().find(|&(at, c)| match c {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => text[at + 1..].starts_with(' '),
        _ => false,
    })?;
    let end = at + mark.len_utf8();
    let closing = text[end..].chars().take_while(|c| matches!(c, '”' | '’' | '」' | '』' | '）' | '》'));
    Some(end + closing.map(char::len_utf8).sum::<usize>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(text: &str) -> String {
        let mut opening = Opening::default();
        opening.push(text);
        opening.into_summary()
    }

    #[test]
    fn punctuation_does_not_count() {
        assert_eq!(reading_length("中文，和 English words。"), 5);
        assert_eq!(reading_length("don't 3.5 一二"), 4);
        assert_eq!(reading_length("カタカナ 한국어"), 7);
        assert_eq!(reading_length("——……“”"), 0);
    }

    #[test]
    fn a_short_text_is_its_own_summary() {
        assert_eq!(summary("一句话。"), "一句话。");
    }

    #[test]
    fn a_long_text_is_cut_at_a_sentence() {
        let first = format!("{}。”", "字".repeat(60));
        assert_eq!(summary(&format!("{first}{}", "文".repeat(100))), first);
    }

    #[test]
    fn a_long_sentence_is_cut_at_a_mark_with_an_ellipsis() {
        let text = format!("{}，{}", "字".repeat(70), "文".repeat(100));
        assert_eq!(summary(&text), format!("{}…", "字".repeat(70)));
        assert_eq!(summary(&"字".repeat(300)), format!("{}…", "字".repeat(99)));
    }
}
