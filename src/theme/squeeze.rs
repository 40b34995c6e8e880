//! Leaves out of style sheets and scripts what no browser needs: comments, indentation, empty lines.
//!
//! Only what is safe without understanding the language: strings are never touched, names stay as they are, the lines of
//! a script stay lines. What looks odd goes out as it is.

/// Returns a style sheet without comments and without the blanks around lines and braces.
pub(super) fn style(css: &str) -> String {
    let bytes = css.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut blank = false;
    while at < bytes.len() {
        let byte = bytes[at];
        if bytes[at..].starts_with(b"/*") {
            at = css[at + 2..].find("*/").map_or(bytes.len(), |end| at + end + 4);
            blank = true;
            continue;
        }
        if byte.is_ascii_whitespace() {
            blank = true;
            at += 1;
            continue;
        }
        let opens = out.last().is_none_or(|last| matches!(last, b'{' | b'}' | b';' | b','));
        if blank && !opens && !matches!(byte, b'{' | b'}' | b';') {
            out.push(b' ');
        }
        if byte == b'}' && out.last() == Some(&b';') {
            out.pop();
        }
        blank = false;
        let end = if matches!(byte, b'"' | b'\'') { string_end(bytes, at) } else { at + 1 };
        out.extend_from_slice(&bytes[at..end]);
        at = end;
    }
    String::from_utf8(out).unwrap_or_else(|_| css.to_owned())
}

/// Returns a script without indentation, empty lines and lines that are comments.
///
/// A script with a template literal or a string over several lines is left as it is: there a blank may mean something.
pub(super) fn script(js: &str) -> String {
    if js.contains('`') || js.lines().any(|line| line.ends_with('\\')) {
        return js.to_owned();
    }
    let mut out = String::with_capacity(js.len());
    let mut in_comment = false;
    for line in js.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            let Some(end) = line.find("*/") else {
                in_comment = true;
                continue;
            };
            in_comment = false;
            push_line(&mut out, line[end + 2..].trim());
        } else if !line.starts_with("//") {
            push_line(&mut out, line);
        }
    }
    out
}

fn push_line(out: &mut String, line: &str) {
    if !line.is_empty() {
        out.push_str(line);
        out.push('\n');
    }
}

/// Returns where the string that begins at `open` ends.
fn string_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != bytes[open] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_loses_comments_and_blanks_and_keeps_its_meaning() {
        let css = "/* a */\n:root {\n  --a: 1px  2px;\n  --b: \"x  /* y */ ;\";\n}\n@media (min-width: 1px) {\n  a :hover, b > c { color: red; }\n}\n";
        let squeezed =
            ":root{--a: 1px 2px;--b: \"x  /* y */ ;\"}@media (min-width: 1px){a :hover,b > c{color: red}}";
        assert_eq!(style(css), squeezed);
        assert_eq!(style(squeezed), squeezed, "once is enough");
        assert_eq!(style("a/**/b{c:calc(1px + 2px)}"), "a b{c:calc(1px + 2px)}");
        for broken in ["/*", "'a\\", "a{b:'", "url('x", "中/"] {
            style(broken);
        }
    }

    #[test]
    fn a_script_loses_comment_lines_and_indentation_and_keeps_its_lines() {
        let js =
            "/* one\n   two */\n(function () {\n  // three\n  const a = 'b // c';\n\n  return a\n})();\n";
        assert_eq!(script(js), "(function () {\nconst a = 'b // c';\nreturn a\n})();\n");
        assert_eq!(script("const a = `\n  x`;\n"), "const a = `\n  x`;\n");
        assert_eq!(script("/* a */ b()\n"), "b()\n");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_squeezed_without_harm(text in "(/\\*|\\*/|//|[a'\"\\\\ ;{}中\n`]){0,40}") {
            style(&text);
            script(&text);
        }
    }
}
