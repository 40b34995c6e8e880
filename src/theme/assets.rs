//! Static files: named after their content, so that a browser may keep them for ever.
//!
//! `static/css/site.css` becomes `assets/css/site.<hash8>.css`; `url(…)` and `@import` between them are rewritten to
//! the new names. What lies in `static/root/` keeps its name and goes to the site's root.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::chain::Layer;
use super::squeeze;
use crate::diagnostic::{Diagnostic, LineIndex, Report, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// One static file as it goes out.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path from the site's root, with `/`: `assets/css/site.1a2b3c4d.css`.
    pub output: Arc<str>,
    /// Its content.
    pub bytes: Arc<[u8]>,
}

/// The static files of a theme, by the name templates use: the path inside `static/`.
pub type Assets = BTreeMap<String, Asset>;

/// Collects the static files of the chain, fingerprints them and rewrites the references between them.
pub(super) fn load(layers: &[Layer], report: &mut Report) -> Assets {
    let mut sources: BTreeMap<&str, Source<'_>> = BTreeMap::new();
    for layer in layers.iter().rev() {
        for (file, bytes) in &layer.files.files {
            if let Some(name) = file.strip_prefix("static/") {
                sources.insert(name, Source { path: layer.files.path(file), bytes });
            }
        }
    }
    let mut maker = Maker { sources: &sources, made: Assets::new(), open: Vec::new(), report };
    for name in sources.keys() {
        maker.make(name);
    }
    maker.made
}

struct Source<'a> {
    path: Arc<str>,
    bytes: &'a [u8],
}

struct Maker<'a> {
    sources: &'a BTreeMap<&'a str, Source<'a>>,
    made: Assets,
    /// The style sheets being made, to notice those that import each other.
    open: Vec<String>,
    report: &'a mut Report,
}

impl Maker<'_> {
    /// Makes the file `name` after everything it refers to; returns its path in the output.
    fn make(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(asset) = self.made.get(name) {
            return Some(Arc::clone(&asset.output));
        }
        let source = self.sources.get(name)?;
        self.open.push(name.to_owned());
        let bytes = match std::str::from_utf8(source.bytes) {
            Ok(css) if has_extension(name, "css") => {
                Cow::Owned(squeeze::style(&self.rewritten(name, &source.path, css)).into_bytes())
            }
            Ok(js) if has_extension(name, "js") => Cow::Owned(squeeze::script(js).into_bytes()),
            _ => Cow::Borrowed(source.bytes),
        };
        self.open.pop();
        let output = output_path(name, &bytes);
        self.made.insert(name.to_owned(), Asset { output: Arc::clone(&output), bytes: bytes.into() });
        Some(output)
    }

    fn rewritten(&mut self, name: &str, path: &Arc<str>, css: &str) -> String {
        let mut out = String::with_capacity(css.len() + 64);
        let mut done = 0;
        for range in references(css) {
            let written = &css[range.clone()];
            if leaves_the_site(written) {
                let place = LineIndex::new(Arc::clone(path), css).span(range.clone());
                self.report.push(offsite(written).at(place));
                continue;
            }
            let (target, suffix) = written.split_at(written.find(['?', '#']).unwrap_or(written.len()));
            let Some(target) = resolve(name, target) else { continue };
            let place = || LineIndex::new(Arc::clone(path), css).span(range.clone());
            if self.open.contains(&target) {
                self.report.push(circle(&target).at(place()));
                continue;
            }
            match self.make(&target) {
                Some(output) => {
                    out.push_str(&css[done..range.start]);
                    out.push_str(&relative(&output_folder(name), &output));
                    out.push_str(suffix);
                    done = range.end;
                }
                None => self.report.push(unknown(self.sources.keys().copied(), &target).at(place())),
            }
        }
        out.push_str(&css[done..]);
        out
    }
}

/// Returns whether an address of a style sheet leads to another host; `\` may hide any letter of it.
fn leaves_the_site(written: &str) -> bool {
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let scheme_end = plain.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'));
    let scheme =
        scheme_end.filter(|end| plain[*end..].starts_with(':')).map(|end| plain[..end].to_ascii_lowercase());
    let inside = matches!(scheme.as_deref(), None | Some("data"));
    plain.starts_with("//") || plain.contains('\\') || !inside
}

fn offsite(written: &str) -> Diagnostic {
    Diagnostic::new(
        codes::OFFSITE_ASSET,
        text!(
            "样式表要从别的网站载入“{written}”。",
            "The style sheet would load `{written}` from another site."
        ),
    )
    .help(text!(
        "请把这个文件下载下来，放进主题的 static 文件夹，这里写它的文件名。",
        "Download the file into the theme's `static` folder and name it here."
    ))
}

fn circle(target: &str) -> Diagnostic {
    Diagnostic::new(
        codes::BAD_THEME_FILE,
        text!("样式表“{target}”绕了一圈又引用到自己。", "The style sheet `{target}` refers back to itself."),
    )
    .help(text!("去掉其中一个 @import。", "Remove one of the `@import`s."))
}

/// Says that there is no static file `name`, and which are near.
pub(super) fn unknown<'a>(known: impl Iterator<Item = &'a str>, name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        codes::UNKNOWN_ASSET,
        text!("主题的 static 文件夹里没有“{name}”。", "The theme's `static` folder has no `{name}`."),
    );
    let near = nearest(name, known);
    if near.is_empty() {
        return diagnostic;
    }
    let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
    diagnostic.help(text!("是不是{zh}？", "Did you mean {en}?"))
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, own)| own.eq_ignore_ascii_case(extension))
}

/// Returns where a static file goes: under `assets/` with a fingerprint, or to the site's root as it is.
fn output_path(name: &str, bytes: &[u8]) -> Arc<str> {
    if let Some(plain) = name.strip_prefix("root/") {
        return plain.into();
    }
    let hash = blake3::hash(bytes).to_hex();
    let hash = &hash[..8];
    let file_start = name.rfind('/').map_or(0, |slash| slash + 1);
    match name[file_start..].rfind('.').filter(|dot| *dot > 0) {
        Some(dot) => {
            let (stem, extension) = name.split_at(file_start + dot);
            format!("assets/{stem}.{hash}{extension}").into()
        }
        None => format!("assets/{name}.{hash}").into(),
    }
}

/// Returns the folder of the output of `name`, without the slash at its end.
fn output_folder(name: &str) -> String {
    let output = output_path(name, b"");
    output.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

/// Returns the static file a reference in the style sheet `from` means; `None` when it leaves the theme.
fn resolve(from: &str, written: &str) -> Option<String> {
    let outside = written.is_empty() || written.starts_with('/') || written.contains(':');
    if outside {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in written.split('/') {
        match part {
            "." | "" => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the relative path from a folder to a file, both from the site's root.
fn relative(folder: &str, file: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = file.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; from.len() - common];
    parts.extend(&to[common..]);
    parts.join("/")
}

/// Finds the addresses in `url(…)`, `image-set("…")` and `@import "…"` of a style sheet; comments and namespaces, which
/// are names and no addresses, are skipped.
fn references(css: &str) -> Vec<Range<usize>> {
    let bytes = css.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"/*") {
            at += css[at + 2..].find("*/").map_or(rest.len(), |end| end + 4);
        } else if rest.len() >= 4 && rest[..4].eq_ignore_ascii_case(b"url(") {
            at = address(css, at + 4, b')', &mut found);
        } else if begins(rest, b"@namespace") {
            at += css[at..].find(';').unwrap_or(rest.len());
        } else if begins(rest, b"image-set(") {
            at = strings(css, at + 10, &mut found);
        } else if rest.len() >= 7 && rest[..7].eq_ignore_ascii_case(b"@import") {
            at += 7;
            let start = at + blanks(&css[at..]);
            if matches!(bytes.get(start), Some(b'"' | b'\'')) {
                at = address(css, start, b';', &mut found);
            }
        } else if matches!(rest[0], b'"' | b'\'') {
            // A string that is not an address: `content: "url(x)"`.
            at = quoted_end(bytes, at) + 1;
        } else {
            at += 1;
        }
    }
    found
}

fn begins(rest: &[u8], word: &[u8]) -> bool {
    rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word)
}

/// Reads the addresses between the brackets of an `image-set(…)`; returns where it ends.
fn strings(css: &str, at: usize, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = css.as_bytes();
    let (mut at, mut depth) = (at, 1);
    while at < bytes.len() && depth > 0 {
        let rest = &bytes[at..];
        if begins(rest, b"url(") {
            at = address(css, at + 4, b')', found) + 1;
        } else if begins(rest, b"type(") {
            at += css[at..].find(')').map_or(rest.len(), |end| end + 1);
        } else if matches!(rest[0], b'"' | b'\'') {
            at = address(css, at, b')', found);
        } else {
            depth += i32::from(rest[0] == b'(') - i32::from(rest[0] == b')');
            at += 1;
        }
    }
    at
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Reads one address, quoted or not, that begins near `at`; returns where to go on.
fn address(css: &str, at: usize, end: u8, found: &mut Vec<Range<usize>>) -> usize {
    let bytes = css.as_bytes();
    let start = at + blanks(&css[at..]);
    if matches!(bytes.get(start), Some(b'"' | b'\'')) {
        let close = quoted_end(bytes, start);
        found.push(start + 1..close);
        return close + 1;
    }
    let close =
        bytes[start..].iter().position(|byte| *byte == end).map_or(bytes.len(), |length| start + length);
    let written = css[start..close].trim_end();
    found.push(start..start + written.len());
    close
}

/// Returns the place of the quote that closes the one at `open`, or the end of the text.
fn quoted_end(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != bytes[open] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::super::files::ThemeFiles;
    use super::super::manifest::Manifest;
    use super::*;

    fn layer(name: &str, files: &[(&str, &str)]) -> Layer {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), Cow::Owned(text.as_bytes().to_vec())))
            .collect();
        Layer {
            files: ThemeFiles { name: name.into(), place: format!("themes/{name}"), files },
            manifest: Manifest::default(),
        }
    }

    fn text_of(asset: &Asset) -> &str {
        std::str::from_utf8(&asset.bytes).unwrap()
    }

    #[test]
    fn a_style_sheet_points_to_the_fingerprinted_names() {
        let layers = [layer(
            "own",
            &[
                (
                    "static/css/site.css",
                    "@import 'base.css';\n/* url(none.png) */\na{b:url( \"../img/a.png?v#x\" ) url(data:x) url(#y)}",
                ),
                ("static/css/base.css", "a{content:'url(none)'}"),
                ("static/img/a.png", "png"),
                ("static/root/favicon.ico", "ico"),
            ],
        )];
        let mut report = Report::new();
        let assets = load(&layers, &mut report);
        assert!(report.is_empty(), "{report:?}");
        let (png, base) = (&assets["img/a.png"].output, &assets["css/base.css"].output);
        assert_eq!(&**png, format!("assets/img/a.{}.png", &blake3::hash(b"png").to_hex()[..8]));
        let (png, base) = (png.strip_prefix("assets/").unwrap(), base.strip_prefix("assets/css/").unwrap());
        assert_eq!(
            text_of(&assets["css/site.css"]),
            format!("@import '{base}';a{{b:url( \"../{png}?v#x\" ) url(data:x) url(#y)}}")
        );
        assert_eq!(&*assets["root/favicon.ico"].output, "favicon.ico");
    }

    #[test]
    fn a_style_sheet_changes_its_name_when_its_picture_changes() {
        let with = |png: &str| {
            let layers = [layer("own", &[("static/a.css", "a{b:url(a.png)}"), ("static/a.png", png)])];
            load(&layers, &mut Report::new())["a.css"].output.clone()
        };
        assert_eq!(with("1"), with("1"));
        assert_ne!(with("1"), with("2"));
    }

    #[test]
    fn a_childs_file_replaces_its_parents_also_for_the_parents_style_sheet() {
        let layers = [
            layer("child", &[("static/a.png", "child")]),
            layer("parent", &[("static/a.png", "parent"), ("static/a.css", "a{b:url(a.png)}")]),
        ];
        let assets = load(&layers, &mut Report::new());
        assert_eq!(&*assets["a.png"].bytes, b"child");
        assert!(text_of(&assets["a.css"]).contains(&assets["a.png"].output["assets/".len()..]));
    }

    #[test]
    fn a_missing_picture_is_reported_with_its_place_and_the_nearest_name() {
        let layers =
            [layer("own", &[("static/a.css", "a{}\nb{c:url(img/log.svg)}"), ("static/img/logo.svg", "")])];
        let mut report = Report::new();
        load(&layers, &mut report);
        let problems = report.into_sorted();
        let span = problems[0].span.as_ref().unwrap();
        assert_eq!((&*span.path, span.line, span.column, span.width), ("themes/own/static/a.css", 2, 9, 11));
        assert_eq!(problems[0].help.as_ref().unwrap().en, "Did you mean `img/logo.svg`?");
    }

    #[test]
    fn a_style_sheet_that_asks_another_host_is_refused_with_its_place() {
        for css in [
            "a{b:url(https://a.b/c)}",
            "a{b:url( 'HTTP://a.b/c' )}",
            "@import '//a.b/c.css';",
            "@import url(https://a.b/c.css);",
            "a{b:url(ht\\74 ps://a.b/c)}",
            "a{b:image-set('https://a.b/c.png' 1x type('image/png'))}",
            "a{b:-webkit-image-set(url(https://a.b/c.png) 1x)}",
            "a{b:url(javascript:x)}",
        ] {
            let layers = [layer("own", &[("static/a.css", css)])];
            let mut report = Report::new();
            load(&layers, &mut report);
            let found: Vec<_> = report.iter().map(|problem| problem.code).collect();
            assert_eq!(found, [codes::OFFSITE_ASSET], "{css}");
        }
        for css in [
            "@namespace svg url(http://www.w3.org/2000/svg);",
            "/* https://a.b */ a{content:'https://a.b'}",
            "a{b:url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\")}",
        ] {
            let layers = [layer("own", &[("static/a.css", css)])];
            let mut report = Report::new();
            load(&layers, &mut report);
            assert!(report.is_empty(), "{css}: {report:?}");
        }
    }

    #[test]
    fn style_sheets_that_import_each_other_are_reported() {
        let layers =
            [layer("own", &[("static/a.css", "@import 'b.css';"), ("static/b.css", "@import url(a.css);")])];
        let mut report = Report::new();
        load(&layers, &mut report);
        assert_eq!(report.iter().filter(|d| d.code == codes::BAD_THEME_FILE).count(), 1);
    }

    #[test]
    fn broken_style_sheets_do_no_harm() {
        for css in ["url(", "@import \"", "/*", "'\\", "url('x", "@import", "url(../../../x)"] {
            let layers = [layer("own", &[("static/a.css", css)])];
            let made = load(&layers, &mut Report::new());
            assert_eq!(text_of(&made["a.css"]), squeeze::style(css));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_style_sheet_is_read_without_harm(css in "(url\\(|image-set\\(|type\\(|@namespace|@import|/\\*|\\*/|[a'\"\\\\ ;)中\n]){0,30}") {
            for range in references(&css) {
                proptest::prop_assert!(css.get(range).is_some());
            }
        }
    }
}
