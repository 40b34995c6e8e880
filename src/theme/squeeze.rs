//! Leaves out of style sheets and scripts what no browser needs: comments, indentation, blanks beside marks, line breaks.
//!
//! Only what is safe without understanding the language: strings and patterns are never touched, names stay as they are, a
//! line of a script ends where it ended unless it plainly goes on. What looks odd goes out as it is. A comment that begins
//! with `/*!` says under which licence a file stands, and stays.

/// Returns a style sheet without comments and without the blanks that part nothing.
pub(super) fn style(css: &str) -> String {
    let bytes = css.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut part = Part::at(bytes, 0);
    let (mut blank, mut comment) = (false, false);
    while at < bytes.len() {
        let byte = bytes[at];
        if bytes[at..].starts_with(b"/*") {
            let end = comment_end(bytes, at);
            if bytes[at..].starts_with(LICENCE) {
                push_licence(&mut out, &bytes[at..end], blank);
                (blank, comment) = (false, false);
            } else {
                comment = true;
            }
            at = end;
            continue;
        }
        if byte.is_ascii_whitespace() {
            blank = true;
            at += 1;
            continue;
        }
        let is_empty_value = comment && out.last() == Some(&b':') && matches!(byte, b';' | b'}');
        if is_empty_value || blank && !part.joins(&out, byte) {
            out.push(b' ');
        } else if comment && !blank && glues(&out, &bytes[at..]) {
            out.extend_from_slice(b"/**/");
        }
        (blank, comment) = (false, false);
        if byte == b'}' && out.last() == Some(&b';') {
            out.pop();
        }
        let end = match byte {
            b'"' | b'\'' => string_end(bytes, at),
            b'(' if ends_with_url(&out) => bare_address_end(bytes, at),
            _ => at + 1,
        };
        out.extend_from_slice(&bytes[at..end]);
        at = end;
        match byte {
            b'{' | b'}' | b';' => part = Part::at(bytes, at),
            b'(' if out.last() != Some(&b'(') => {}
            _ => part.pass(byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| css.to_owned())
}

/// How a comment begins that stays.
const LICENCE: &[u8] = b"/*!";

/// Writes a comment that stays; between rules it has a line of its own.
fn push_licence(out: &mut Vec<u8>, comment: &[u8], blank: bool) {
    let between_rules = matches!(out.last(), None | Some(b'{' | b'}' | b';' | b'\n'));
    if blank && !between_rules {
        out.push(b' ');
    }
    out.extend_from_slice(comment);
    if between_rules {
        out.push(b'\n');
    }
}

/// Returns whether the last token written and the next would be read as one, or as others, if nothing stood between them.
///
/// A comment is no white space: `a/**/:hover` is `a:hover`, but `a/**/b` is neither `ab` nor `a b`.
fn glues(out: &[u8], next: &[u8]) -> bool {
    let Some(&last) = out.last() else { return false };
    let begins_number = next.get(1).is_some_and(u8::is_ascii_digit);
    let is_part = |byte: u8| is_of_name(byte) || matches!(byte, b'#' | b'@' | b'.' | b'+' | b'%');
    match next[0] {
        b'(' => is_of_name(last),
        b'.' => is_part(last) && begins_number || matches!(last, b'+' | b'-'),
        b'+' => is_part(last) && begins_number,
        b'#' | b'@' | b',' | b':' | b';' | b'{' | b'}' | b'[' | b']' | b')' | b'>' | b'"' | b'\'' => false,
        byte if is_of_name(byte) || byte == b'%' => is_part(last),
        // Signs that may make one mark of two: `||`, `~=`, `<!--`.
        _ => last.is_ascii_punctuation() && !matches!(last, b'(' | b')' | b']' | b'{' | b'}' | b';' | b','),
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'\\') || !byte.is_ascii()
}

/// Returns whether the name of the function `url` was written last.
fn ends_with_url(out: &[u8]) -> bool {
    let Some(rest) = out.len().checked_sub(3) else { return false };
    let is_whole = rest == 0 || !is_of_name(out[rest - 1]);
    is_whole && out[rest..].eq_ignore_ascii_case(b"url")
}

/// Returns where the address in brackets that open at `open` ends, bracket and all; after the opening one when the address
/// stands in quotes. Without quotes neither `/*` nor `;` has a meaning in it.
fn bare_address_end(bytes: &[u8], open: usize) -> usize {
    let inside = &bytes[open + 1..];
    let first = inside.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, None | Some(b'"' | b'\'')) {
        return open + 1;
    }
    memchr::memchr2(b')', b'\n', inside).map_or(bytes.len(), |end| open + 1 + end + 1)
}

/// The stretch of a style sheet up to the next brace or semicolon.
struct Part {
    kind: Kind,
    /// How many brackets are open.
    depth: u32,
}

#[derive(PartialEq, Eq)]
enum Kind {
    Selector,
    AtRule,
    /// Before the first colon.
    Property,
    /// After it.
    Value,
}

impl Part {
    /// Begins the stretch at a place.
    fn at(bytes: &[u8], mut at: usize) -> Self {
        let mut first = 0;
        let mut kind = Kind::Property;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'/' if bytes[at..].starts_with(b"/*") => {
                    at = comment_end(bytes, at);
                    continue;
                }
                b'"' | b'\'' => {
                    at = string_end(bytes, at);
                    continue;
                }
                b'(' if ends_with_url(&bytes[..at]) => {
                    at = bare_address_end(bytes, at);
                    continue;
                }
                b'{' => {
                    kind = if first == b'@' { Kind::AtRule } else { Kind::Selector };
                    break;
                }
                b';' | b'}' => break,
                _ if first == 0 && !byte.is_ascii_whitespace() => first = byte,
                _ => {}
            }
            at += 1;
        }
        if first == b'@' && kind == Kind::Property {
            kind = Kind::AtRule;
        }
        Self { kind, depth: 0 }
    }

    fn pass(&mut self, byte: u8) {
        match byte {
            b'(' | b'[' => self.depth += 1,
            b')' | b']' => self.depth = self.depth.saturating_sub(1),
            b':' if self.kind == Kind::Property => self.kind = Kind::Value,
            _ => {}
        }
    }

    /// Returns whether a blank between what is written and the next byte parts nothing.
    fn joins(&self, out: &[u8], next: u8) -> bool {
        let Some(&last) = out.last() else { return true };
        if matches!(last, b'{' | b'}' | b';' | b',' | b'\n') || matches!(next, b'{' | b'}' | b';') {
            // An empty value keeps its blank: without it old browsers see no declaration.
            return last != b':';
        }
        match self.kind {
            Kind::Value => last == b':' && self.depth == 0 || next == b'!' || next == b',',
            Kind::AtRule => last == b':' && self.depth > 0,
            Kind::Selector => {
                self.depth == 0
                    && (matches!(last, b'>' | b'+' | b'~') || matches!(next, b'>' | b'+' | b'~' | b','))
            }
            Kind::Property => false,
        }
    }
}

/// Returns a script without comments, indentation, the blanks beside marks and the line breaks after which it plainly goes
/// on.
///
/// A script with a template literal or a string over several lines is left as it is: there a blank may mean something.
pub(super) fn script(js: &str) -> String {
    if js.lines().any(|line| line.ends_with('\\')) {
        return js.to_owned();
    }
    let mut out = String::with_capacity(js.len());
    let (mut in_comment, mut stays) = (false, false);
    for written in js.lines() {
        let line = written.trim();
        if in_comment || line.starts_with("/*") {
            stays = if in_comment { stays } else { line.as_bytes().starts_with(LICENCE) };
            let end = line.find("*/").map(|end| end + 2);
            in_comment = end.is_none();
            if stays {
                out.push_str(if in_comment {
                    written.trim_end()
                } else {
                    &line[..end.unwrap_or(line.len())]
                });
                out.push('\n');
            }
            push_line(&mut out, end.map_or("", |end| line[end..].trim()));
        } else if !line.starts_with("//") {
            push_line(&mut out, line);
        }
    }
    if out.contains('`') {
        return js.to_owned();
    }
    if out.ends_with('\n') {
        out.pop();
    }
    out.push('\n');
    out
}

fn push_line(out: &mut String, line: &str) {
    let line = tight(line).unwrap_or_else(|| line.to_owned());
    if line.is_empty() {
        return;
    }
    // A line that begins so goes on with the one before it.
    let goes_on =
        line.starts_with([')', ']', '}', '?', ':']) || line.starts_with("&&") || line.starts_with("||");
    if goes_on && out.ends_with('\n') {
        out.pop();
    }
    out.push_str(&line);
    if !line.ends_with(['{', ',', ';', '(', '[', '?', ':']) && !line.ends_with("&&") && !line.ends_with("||")
    {
        out.push('\n');
    }
}

/// Returns a line of a script without the blanks beside marks and without what is noted behind it; `None` where that cannot
/// be told without understanding it.
fn tight(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut blank = false;
    while at < bytes.len() {
        let byte = bytes[at];
        if bytes[at..].starts_with(b"//") {
            break;
        }
        if bytes[at..].starts_with(LICENCE) {
            return None;
        }
        if bytes[at..].starts_with(b"/*") {
            at += 2 + line.get(at + 2..)?.find("*/")? + 2;
            blank = true;
            continue;
        }
        if byte.is_ascii_whitespace() {
            blank = true;
            at += 1;
            continue;
        }
        let last = out.last().copied().unwrap_or(b'(');
        let parts_words = !is_mark(last) && !is_mark(byte);
        let parts_signs = last == byte && matches!(byte, b'+' | b'-');
        if blank && (parts_words || parts_signs) {
            out.push(b' ');
        }
        blank = false;
        let end = match byte {
            b'"' | b'\'' => closed(bytes, at, byte)?,
            b'/' if begins_pattern(&out)? => pattern_end(bytes, at)?,
            _ => at + 1,
        };
        out.extend_from_slice(&bytes[at..end]);
        at = end;
    }
    String::from_utf8(out).ok()
}

/// Returns whether no blank is needed beside a byte of a script.
fn is_mark(byte: u8) -> bool {
    b"=+-*%<>!&|?:;,(){}[]^".contains(&byte)
}

/// Returns whether a stroke after this begins a pattern; `None` where it may or may not.
fn begins_pattern(out: &[u8]) -> Option<bool> {
    let Some(last) = out.last() else { return Some(true) };
    let word: Vec<u8> = out.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).copied().collect();
    match last {
        b')' | b'}' => None,
        b']' | b'"' | b'\'' => Some(false),
        _ if is_mark(*last) => Some(true),
        _ => Some(matches!(word.as_slice(), b"nruter" | b"foepyt" | b"esac")),
    }
}

/// Returns where the pattern that begins at `open` ends.
fn pattern_end(bytes: &[u8], open: usize) -> Option<usize> {
    let (mut at, mut in_class) = (open + 1, false);
    loop {
        match bytes.get(at)? {
            b'\\' => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
}

/// Returns where a string ends that must end on its line.
fn closed(bytes: &[u8], open: usize, quote: u8) -> Option<usize> {
    let mut at = open + 1;
    while *bytes.get(at)? != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at + 1)
}

/// Returns where the comment that begins at `open` ends.
fn comment_end(bytes: &[u8], open: usize) -> usize {
    memchr::memmem::find(&bytes[open + 2..], b"*/").map_or(bytes.len(), |end| open + end + 4)
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
        let css = "/* a */\n:root {\n  --a: 1px  2px;\n  --b: \"x  /* y */ ;\";\n  --none: ;\n}\n@media (min-width: 1px) and (color) {\n  a :hover, b > c + d:not(e ~ f) { color: red !important; margin: calc(1px + 2px) , 0 }\n}\n";
        let squeezed = ":root{--a:1px 2px;--b:\"x  /* y */ ;\";--none: }@media (min-width:1px) and (color){a :hover,b>c+d:not(e ~ f){color:red!important;margin:calc(1px + 2px),0}}";
        assert_eq!(style(css), squeezed);
        assert_eq!(style(squeezed), squeezed, "once is enough");
        assert_eq!(style("@import 'a' print;a{b: url( c )}"), "@import 'a' print;a{b:url( c )}");
        for broken in ["/*", "'a\\", "a{b:'", "url('x", "中/"] {
            style(broken);
        }
    }

    #[test]
    fn a_comment_is_no_blank() {
        for (css, squeezed) in [
            ("a/* x */:hover{}", "a:hover{}"),
            (".card/* note */.wide{}", ".card.wide{}"),
            ("h1/**/#q{}", "h1#q{}"),
            ("a/* x */ :hover{}", "a :hover{}"),
            ("a /* x */:hover{}", "a :hover{}"),
            ("a/* x */b{}", "a/**/b{}"),
            ("@media/* x */print{}", "@media/**/print{}"),
            ("a{b:c/* x */d;e:1/* x */.5;f:g/* x */(1)}", "a{b:c/**/d;e:1/**/.5;f:g/**/(1)}"),
            ("a{/* x */b/* x */:/* x */c/* x */;/* x */}", "a{b:c}"),
            ("a{--b:/* x */;--c:/* x */}", "a{--b: ;--c: }"),
            (
                "a{b:url(//c/*.png) /* x */ d;e:url(data:a;b,c/*)}",
                "a{b:url(//c/*.png) d;e:url(data:a;b,c/*)}",
            ),
            ("a{b:url( 'c' /* x */)}", "a{b:url( 'c' )}"),
        ] {
            assert_eq!(style(css), squeezed);
            assert_eq!(style(squeezed), squeezed, "once is enough");
        }
    }

    #[test]
    fn a_licence_stays() {
        let css = "/*! MIT  x */\n\na { b: c }\n/*! y */\n d { e /*! z */ f: g }";
        let squeezed = "/*! MIT  x */\na{b:c}/*! y */\nd{e /*! z */ f:g}";
        assert_eq!(style(css), squeezed);
        assert_eq!(style(squeezed), squeezed, "once is enough");
        let js = "/*! MIT\n * x\n */\n/* y */\na ( b ) /*! z */ ;\n/*! w */ c ( d )\n";
        assert_eq!(script(js), "/*! MIT\n * x\n*/\na ( b ) /*! z */ ;/*! w */\nc(d)\n");
    }

    #[test]
    fn a_script_loses_comments_and_blanks_and_keeps_its_lines() {
        let js = "/* one\n   two */\n(function () {\n  // three\n  const a = 'b // c'; // four\n\n  return a\n})();\n";
        assert_eq!(script(js), "(function(){const a='b // c';return a})();\n");
        assert_eq!(script("const a = `\n  x`;\n"), "const a = `\n  x`;\n");
        assert_eq!(script("/* `a` */ b()\n"), "b()\n");
        assert_eq!(script("a\nb()\n+ c\n"), "a\nb()\n+c\n", "where a line may end, it ends");
    }

    #[test]
    fn what_is_no_blank_beside_a_mark_stays() {
        for (line, tightened) in [
            ("a + ++b - -c - - d", "a+ ++b- -c- -d"),
            ("x = / (a|b) [/ ]/g.test(y) + 2", "x=/ (a|b) [/ ]/g.test(y)+2"),
            ("a = (b) / 2 + / c/", "a = (b) / 2 + / c/"),
            ("return / a /.test(b)", "return / a /.test(b)"),
            ("if (a) / b /.test(c)", "if (a) / b /.test(c)"),
            ("a = b / c / d", "a=b / c / d"),
            ("a in b, typeof c", "a in b,typeof c"),
            ("a = 'it\\'s  so' + \"  \"", "a='it\\'s  so'+\"  \""),
            ("a => ({ b })", "a=>({b})"),
        ] {
            assert_eq!(script(line).trim_end(), tightened);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_squeezed_without_harm(text in "(/\\*|\\*/|//|[a'\"\\\\ ;{}中\n`]){0,40}") {
            style(&text);
            script(&text);
        }
    }
}
