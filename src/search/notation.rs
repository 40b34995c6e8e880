//! How numbers and texts are written into the files of the index: printable, compact, safe in any script.

use memchr::memchr;

/// How many digits end a number; as many less one go on.
const LAST: u32 = 46;
/// How many digits say that the number goes on.
const MORE: u32 = 45;

/// Appends a number: small ones take one character, up to 2,115 two.
#[inline]
pub(super) fn number<T: From<u8>>(out: &mut Vec<T>, mut value: u32) {
    while value >= LAST {
        value -= LAST;
        out.push(digit(LAST + value % MORE).into());
        value /= MORE;
    }
    out.push(digit(value).into());
}

/// Returns the character of a digit: from `#` to `~`, without the backslash.
#[inline]
fn digit(value: u32) -> u8 {
    let code = 35 + value as u8;
    if code < 92 { code } else { code + 1 }
}

/// Appends a number as it is written between quotes.
pub(super) fn number_in_text(out: &mut Vec<u8>, mut value: u32) {
    while value >= LAST {
        value -= LAST;
        digit_in_text(out, LAST + value % MORE);
        value /= MORE;
    }
    digit_in_text(out, value);
}

#[inline]
fn digit_in_text(out: &mut Vec<u8>, value: u32) {
    match digit(value) {
        b'<' => out.extend_from_slice(b"\\x3c"),
        digit => out.push(digit),
    }
}

/// Writes a file of the index: a call with the file's name and its content, a text as [`literal`] writes it.
pub(super) fn file(name: &str, content: &[u8]) -> Vec<u8> {
    let mut script = Vec::with_capacity(content.len() + name.len() + 20);
    script.extend_from_slice(b"yipinSearch(\"");
    script.extend_from_slice(name.as_bytes());
    script.extend_from_slice(b"\",\"");
    script.extend_from_slice(content);
    script.extend_from_slice(b"\")\n");
    script
}

/// Appends UTF-16 units as they are written between quotes; what would end the text, the line or the script is escaped.
pub(super) fn literal(out: &mut Vec<u8>, units: &[u16]) {
    out.reserve(units.len() * 3);
    let mut rest = units;
    while let Some((&unit, behind)) = rest.split_first() {
        rest = behind;
        // What is usual in Chinese comes first.
        if (0x3000..0xd800).contains(&unit) {
            out.extend_from_slice(&three(unit));
            continue;
        }
        match unit {
            0x22 | 0x5c => out.extend([b'\\', unit as u8]),
            0x0a => out.extend(b"\\n"),
            0x3c => out.extend(b"\\x3c"),
            1..=3 | 0x20..0x7f => out.push(unit as u8),
            0..0x20 | 0x7f..0xa0 | 0x2028 | 0x2029 | 0xfeff | 0xfdd0..=0xfdef => escape(out, unit),
            0xa0..0x800 => out.extend([0xc0 | (unit >> 6) as u8, 0x80 | (unit & 0x3f) as u8]),
            0xd800..0xe000 => match (unit, behind.first()) {
                (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                    let c = char::decode_utf16([unit, *low]).next().and_then(Result::ok);
                    out.extend_from_slice(c.unwrap_or_default().encode_utf8(&mut [0; 4]).as_bytes());
                    rest = &behind[1..];
                }
                _ => escape(out, unit),
            },
            _ => out.extend_from_slice(&three(unit)),
        }
    }
}

/// Returns a unit from U+0800 on in UTF-8.
#[inline]
fn three(unit: u16) -> [u8; 3] {
    [0xe0 | (unit >> 12) as u8, 0x80 | (unit >> 6 & 0x3f) as u8, 0x80 | (unit & 0x3f) as u8]
}

/// Appends numbers as they are written between quotes.
pub(super) fn digits(out: &mut Vec<u8>, digits: &[u8]) {
    let mut rest = digits;
    while let Some(at) = memchr(b'<', rest) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(b"\\x3c");
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
}

fn escape(out: &mut Vec<u8>, unit: u16) {
    out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
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
        let mut out: Vec<u16> = Vec::new();
        let values: Vec<u32> = (0..5000).chain([70_000, 1 << 20, u32::MAX >> 1]).collect();
        for value in &values {
            number(&mut out, *value);
        }
        assert!(out.iter().all(|unit| (35..127).contains(unit) && *unit != 92));
        let mut at = 0;
        assert!(values.iter().all(|value| read(&out, &mut at) == *value));
        let mut short: Vec<u8> = Vec::new();
        number(&mut short, 2115);
        assert_eq!(short.len(), 2);
    }

    fn script(name: &str, units: &[u16]) -> String {
        let mut content = Vec::new();
        literal(&mut content, units);
        String::from_utf8(file(name, &content)).unwrap()
    }

    #[test]
    fn a_text_can_end_neither_its_quotes_nor_its_script() {
        let hostile: Vec<u16> = "\"\\\n</script>\u{2028}\u{2029}\r\0😀𠮷".encode_utf16().collect();
        let shown_script = script("a", &hostile);
        let shown = r#"yipinSearch("a","\"\\\n\x3c/script>\u2028\u2029\u000d\u0000😀𠮷")"#;
        assert_eq!(shown_script.trim_end(), shown);
        assert_eq!(script("b", &[0xd83d]).trim_end(), r#"yipinSearch("b","\ud83d")"#);
    }
}
