//! How numbers and texts are written into the files of the index: printable, compact, safe in any script.

use std::fmt::Write as _;

/// How many digits end a number; as many less one go on.
const LAST: u32 = 46;
/// How many digits say that the number goes on.
const MORE: u32 = 45;

/// Appends a number: small ones take one character, up to 2,115 two.
pub(super) fn number(out: &mut Vec<u16>, mut value: u32) {
    while value >= LAST {
        value -= LAST;
        out.push(digit(LAST + value % MORE));
        value /= MORE;
    }
    out.push(digit(value));
}

/// Returns the character of a digit: from `#` to `~`, without the backslash.
fn digit(value: u32) -> u16 {
    let code = 35 + value as u16;
    if code < 92 { code } else { code + 1 }
}

/// Writes a file of the index: a call with the file's name and its content as one text.
pub(super) fn file(name: &str, content: &[u16]) -> Vec<u8> {
    let mut script = String::with_capacity(content.len() * 3 + name.len() + 20);
    script.push_str("yipinSearch(\"");
    script.push_str(name);
    script.push_str("\",\"");
    literal(&mut script, content);
    script.push_str("\")\n");
    script.into_bytes()
}

/// Writes UTF-16 units between quotes; what would end the text, the line or the script is escaped.
fn literal(out: &mut String, units: &[u16]) {
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok(c @ ('"' | '\\')) => out.extend(['\\', c]),
            Ok('\n') => out.push_str("\\n"),
            Ok('<') => out.push_str("\\x3c"),
            Ok(c) if c.is_control() && c != '\u{1}' && c != '\u{2}' && c != '\u{3}' => escape(out, c as u32),
            Ok(c @ ('\u{2028}' | '\u{2029}' | '\u{feff}')) => escape(out, c as u32),
            Ok(c) if ('\u{fdd0}'..='\u{fdef}').contains(&c) => escape(out, c as u32),
            Ok(c) => out.push(c),
            Err(half) => escape(out, u32::from(half.unpaired_surrogate())),
        }
    }
}

fn escape(out: &mut String, code: u32) {
    _ = write!(out, "\\u{code:04x}");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a number the way the script does.
    fn read(text: &[u16], at: &mut usize) -> u32 {
        let code = u32::from(text[*at]);
        *at += 1;
        let value = if code > 92 { code - 36 } else { code - 35 };
        if value < LAST { value } else { value + MORE * read(text, at) }
    }

    #[test]
    fn every_number_is_read_as_it_was_written() {
        let mut out = Vec::new();
        let values: Vec<u32> = (0..5000).chain([70_000, 1 << 20, u32::MAX >> 1]).collect();
        for value in &values {
            number(&mut out, *value);
        }
        assert!(out.iter().all(|unit| (35..127).contains(unit) && *unit != 92));
        let mut at = 0;
        assert!(values.iter().all(|value| read(&out, &mut at) == *value));
        let mut short = Vec::new();
        number(&mut short, 2115);
        assert_eq!(short.len(), 2);
    }

    #[test]
    fn a_text_can_end_neither_its_quotes_nor_its_script() {
        let hostile: Vec<u16> = "\"\\\n</script>\u{2028}\u{2029}\r\0😀𠮷".encode_utf16().collect();
        let bytes = file("a", &hostile);
        let script = String::from_utf8(bytes).unwrap();
        let shown = r#"yipinSearch("a","\"\\\n\x3c/script>\u2028\u2029\u000d\u0000😀𠮷")"#;
        assert_eq!(script.trim_end(), shown);
        let half = String::from_utf8(file("b", &[0xd83d])).unwrap();
        assert_eq!(half.trim_end(), r#"yipinSearch("b","\ud83d")"#);
    }
}
