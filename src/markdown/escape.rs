//! Escaping for HTML text, attributes and addresses.

/// Appends text escaped for an element's content: `&`, `<` and `>`.
pub fn escape_text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends text escaped for a double-quoted attribute: `&`, `<`, `>` and `"`.
pub fn escape_attribute(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Appends an address for a double-quoted attribute: bytes an address may not hold are percent-encoded, `%` is kept, `&` and
/// `'` become entities.
pub fn escape_url(out: &mut String, url: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in url.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"!#$%()*+,-./:;=?@^_~".contains(&byte) => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

fn entity(byte: u8) -> &'static str {
    match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "&quot;",
    }
}

/// Returns whether an address has a scheme a page must not link to.
///
/// Only `http`, `https`, `mailto`, `tel` and `sms` are let through; white space and control characters are passed over first,
/// as browsers do.
pub(super) fn is_unsafe(target: &str) -> bool {
    let mut scheme = String::new();
    for c in target.chars().filter(|c| !c.is_control() && !c.is_whitespace()) {
        match c {
            ':' if !scheme.is_empty() => {
                return !matches!(&*scheme, "http" | "https" | "mailto" | "tel" | "sms");
            }
            'a'..='z' | 'A'..='Z' | '0'..='9' | '+' | '-' | '.' if scheme.len() < 64 => {
                scheme.push(c.to_ascii_lowercase());
            }
            _ => return false,
        }
    }
    false
}
