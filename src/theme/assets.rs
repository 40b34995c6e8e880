//! Static files: named after their content, so that a browser may keep them for ever.
//!
//! `static/css/site.css` becomes `assets/css/site.<hash8>.css`; `url(…)` and `@import` between them are rewritten to
//! the new names. What lies in `static/root/` keeps its name and goes to the site's root.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::chain::Layer;
use super::squeeze;
use crate::address::OutputPath;
use crate::css::{leaves_the_site, references};
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
    /// Its path in the theme, as messages show it.
    pub source: Arc<str>,
}

impl Asset {
    /// Returns its path from the site's root as addresses write it.
    pub(super) fn address(&self) -> String {
        utf8_percent_encode(&self.output, NOT_IN_ADDRESSES).to_string()
    }
}

/// What would end an address, or mean something else in it, in an attribute, a `srcset` or the `url(…)` of a style sheet.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b',')
    .add(b';')
    .add(b'&')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`');

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
    /// Makes the file `name` after everything it refers to; returns its path in the output as addresses write it.
    fn make(&mut self, name: &str) -> Option<String> {
        if let Some(asset) = self.made.get(name) {
            return Some(asset.address());
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
        if OutputPath::new(output.as_ref()).is_none() {
            self.report.push(not_storable(&source.path));
        }
        let asset = Asset { output, bytes: bytes.into(), source: Arc::clone(&source.path) };
        let address = asset.address();
        self.made.insert(name.to_owned(), asset);
        Some(address)
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
            let place = || LineIndex::new(Arc::clone(path), css).span(range.clone());
            let target = match resolve(name, target) {
                Some(Place::File(target)) => target,
                Some(Place::Outside) => {
                    self.report.push(outside(written).at(place()));
                    continue;
                }
                None => continue,
            };
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

/// Where a reference in a style sheet leads.
enum Place {
    /// To a file in `static/`.
    File(String),
    /// Out of `static/`: what is there in the finished site, and where, a theme cannot know.
    Outside,
}

/// Returns where a reference in the style sheet `from` leads; `None` when it needs no file.
fn resolve(from: &str, written: &str) -> Option<Place> {
    if written.is_empty() || written.contains(':') {
        return None;
    }
    if written.starts_with('/') {
        return Some(Place::Outside);
    }
    let plain = percent_decode_str(written).decode_utf8_lossy();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in plain.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.is_empty() => return Some(Place::Outside),
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    Some(Place::File(parts.join("/")))
}

fn outside(written: &str) -> Diagnostic {
    Diagnostic::new(
        codes::UNKNOWN_ASSET,
        text!(
            "样式表里的“{written}”指到了主题的 static 文件夹之外。",
            "`{written}` in a style sheet leads out of the theme's `static` folder."
        ),
    )
    .help(text!(
        "把文件放进 static 文件夹，从这个样式表所在的文件夹写起，例如 url(hand.png)。",
        "Put the file into `static` and write its way from this style sheet, such as `url(hand.png)`."
    ))
}

fn not_storable(path: &Arc<str>) -> Diagnostic {
    Diagnostic::new(
        codes::BAD_THEME_FILE,
        text!(
            "这个文件名不是每种系统都能用，发布不了。",
            "Not every system can store a file of this name, so it cannot be published."
        ),
    )
    .in_file(Arc::clone(path))
    .help(text!(
        "请给它改名：不用 < > : \" | ? * 和反斜杠，不以点或空格结尾，不超过 90 个字。",
        "Rename it: none of `< > : \" | ? *` and backslashes, no dot or blank at its end, at most 90 characters."
    ))
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
    fn what_leads_out_of_the_folder_is_reported() {
        for css in ["a{b:url(/c.png)}", "a{b:url(../c.png)}", "@import '../../c.css';"] {
            let mut report = Report::new();
            load(&[layer("own", &[("static/a.css", css)])], &mut report);
            let found: Vec<_> = report.iter().map(|problem| problem.code).collect();
            assert_eq!(found, [codes::UNKNOWN_ASSET], "{css}");
        }
    }

    #[test]
    fn a_name_with_blanks_is_written_as_addresses_write_it() {
        for css in ["a{b:url('我 的.png')}", "a{b:url(我%20的.png)}"] {
            let layers = [layer("own", &[("static/a.css", css), ("static/我 的.png", "png")])];
            let mut report = Report::new();
            let assets = load(&layers, &mut report);
            assert!(report.is_empty(), "{report:?}");
            assert!(text_of(&assets["a.css"]).contains("%E6%88%91%20%E7%9A%84."), "{css}");
        }
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
        for css in ["url(", "@import \"", "/*", "'\\", "url('x", "@import", "url(x:)"] {
            let layers = [layer("own", &[("static/a.css", css)])];
            let made = load(&layers, &mut Report::new());
            assert_eq!(text_of(&made["a.css"]), squeeze::style(css));
        }
    }
}
