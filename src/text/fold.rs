//! Full-width forms and their ASCII twins.

/// Turns full-width digits, letters and the punctuation of dates and times into ASCII; leaves all else as it is.
pub fn ascii_digits(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            c => c,
        })
        .collect()
}

/// Returns whether any full-width digit (`０`–`９`) stands in the text.
pub fn has_fullwidth_digits(text: &str) -> bool {
    text.chars().any(|c| ('０'..='９').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_become_ascii_and_chinese_stays() {
        assert_eq!(ascii_digits("２０２４－０３－０５　社区：Ａ"), "2024-03-05 社区:A");
        assert!(has_fullwidth_digits("约１２０人") && !has_fullwidth_digits("约120人"));
    }
}
