//! A theme and the ones it extends, from the theme itself to the last parent.

use super::files::ThemeFiles;
use super::manifest::{Manifest, OptionDeclaration};
use super::options;
use super::templates::offer;
use super::written::Written;
use crate::diagnostic::{Diagnostic, Report, Span, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// The two names of the key that names an option.
const NAME_KEYS: &[&str] = &["name", "名称"];

/// One theme of the chain.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its files.
    pub files: ThemeFiles,
    /// What its `theme.yaml` says.
    pub manifest: Manifest,
}

/// Where themes are looked up by name.
pub(super) struct Library<'a> {
    /// Returns a theme's files.
    pub find: &'a dyn Fn(&str, &mut Report) -> Option<ThemeFiles>,
    /// All names there are, for suggestions.
    pub names: Vec<String>,
}

/// Follows `extends` from the theme `name` to the last parent; `at` is where the site names the theme.
pub(super) fn chain(
    library: &Library<'_>,
    name: &str,
    at: Option<Span>,
    report: &mut Report,
) -> Option<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut next = Some((name.to_owned(), at));
    while let Some((name, at)) = next.take() {
        if layers.iter().any(|layer| layer.files.name == name) {
            report.push(placed(cycle(&layers, &name), at));
            return None;
        }
        let Some(files) = (library.find)(&name, report) else {
            report.push(placed(not_found(library, &name), at));
            return None;
        };
        let (manifest, extends_at) = read_manifest(&files, report)?;
        next = manifest.extends.clone().map(|parent| (parent, extends_at));
        layers.push(Layer { files, manifest });
    }
    check_required(&layers, report);
    if layers.iter().any(|layer| layer.manifest.is_broken) {
        // What else is wrong with the options can be said; templates would be blamed for those that are not known.
        merged_options(&layers, report);
        return None;
    }
    Some(layers)
}

fn placed(diagnostic: Diagnostic, at: Option<Span>) -> Diagnostic {
    match at {
        Some(span) => diagnostic.at(span),
        None => diagnostic,
    }
}

fn read_manifest(files: &ThemeFiles, report: &mut Report) -> Option<(Manifest, Option<Span>)> {
    let path = files.path("theme.yaml");
    if !files.files.contains_key("theme.yaml") {
        report.push(
            Diagnostic::new(
                codes::MISSING_FILE,
                text!("主题里没有 theme.yaml。", "The theme has no `theme.yaml`."),
            )
            .in_file(path)
            .help(text!(
                "新建这个文件，至少写一行 extends: default。",
                "Add it, with at least `extends: default`."
            )),
        );
        return None;
    }
    let written = Written { path, text: files.text("theme.yaml", report)? };
    let manifest = Manifest::read(&written, report)?;
    check_manifest(files, &written, &manifest, report);
    let extends_at = manifest
        .extends
        .as_ref()
        .and_then(|parent| written.at(written.place_of(&["extends", "继承"], parent), text!("", "")).span);
    Some((manifest, extends_at))
}

fn check_manifest(files: &ThemeFiles, written: &Written, manifest: &Manifest, report: &mut Report) {
    if let Some(name) = manifest.name.as_ref().filter(|name| **name != files.name) {
        let folder = &files.name;
        report.push(written.at(
            written.place_of(NAME_KEYS, name),
            text!(
                "主题名“{name}”和文件夹名“{folder}”不一样。",
                "The theme calls itself `{name}`, but its folder is `{folder}`."
            ),
        ));
    }
    if let Some(needed) = manifest.yipin.as_ref().filter(|needed| is_newer(needed)) {
        let own = env!("CARGO_PKG_VERSION");
        let mut diagnostic = written.at(
            written.place_of(&["yipin", "最低版本"], needed),
            text!(
                "主题需要 yipin {needed} 或更新的版本，现在是 {own}。",
                "The theme needs yipin {needed} or newer; this is {own}."
            ),
        );
        diagnostic.code = codes::THEME_TOO_NEW;
        diagnostic = diagnostic.help(text!(
            "请换用新版的 yipin，或者在 site.yaml 里换一个主题。",
            "Install a newer yipin, or choose another theme in `site.yaml`."
        ));
        report.push(diagnostic);
    }
    let mut names: Vec<&str> = manifest.options.iter().map(|option| option.name.as_str()).collect();
    names.sort_unstable();
    for twice in names.windows(2).filter(|pair| pair[0] == pair[1]) {
        let name = twice[0];
        report.push(written.at(
            written.place_of(NAME_KEYS, name),
            text!("选项“{name}”声明了两次。", "The option `{name}` is declared twice."),
        ));
    }
}

fn is_newer(needed: &str) -> bool {
    let parts = |version: &str| -> Vec<u32> {
        version.split('.').map(|part| part.trim().parse().unwrap_or(0)).collect()
    };
    parts(needed) > parts(env!("CARGO_PKG_VERSION"))
}

/// Checks that every file the themes require is there, in the theme or in one it extends.
fn check_required(layers: &[Layer], report: &mut Report) {
    for layer in layers {
        for file in &layer.manifest.requires {
            if layers.iter().any(|other| other.files.files.contains_key(file)) {
                continue;
            }
            let names = layers.iter().flat_map(|other| other.files.files.keys()).map(String::as_str);
            let near = nearest(file, names);
            let mut diagnostic = Diagnostic::new(
                codes::THEME_MISSING_FILE,
                text!("主题缺少必须有的文件“{file}”。", "The theme requires `{file}`, which is missing."),
            )
            .in_file(layer.files.path("theme.yaml"));
            let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
            diagnostic = diagnostic.help(if near.is_empty() {
                text!(
                    "请把这个文件放进主题文件夹，或者从“需要”（requires）里删去它。",
                    "Put the file into the theme's folder, or take it out of `requires`."
                )
            } else {
                text!("有相近的：{zh}。", "There is {en}.")
            });
            report.push(diagnostic);
        }
    }
}

fn not_found(library: &Library<'_>, name: &str) -> Diagnostic {
    let near = nearest(name, library.names.iter().map(String::as_str));
    let diagnostic =
        Diagnostic::new(codes::THEME_NOT_FOUND, text!("找不到主题“{name}”。", "There is no theme `{name}`."));
    if !near.is_empty() {
        return offer(diagnostic, &near);
    }
    let (zh, en) = (quoted_list_zh(&library.names), quoted_list_en(&library.names));
    diagnostic.help(text!("现有的主题：{zh}。", "There is {en}."))
}

fn cycle(layers: &[Layer], name: &str) -> Diagnostic {
    let mut names: Vec<&str> = layers.iter().map(|layer| layer.files.name.as_str()).collect();
    names.push(name);
    let round = names.join(" → ");
    Diagnostic::new(
        codes::THEME_CYCLE,
        text!("主题的继承绕成了圈：{round}。", "The themes extend each other in a circle: {round}."),
    )
    .help(text!(
        "去掉其中一个 extends；自己的主题要换一个名字，才能继承随程序附带的主题。",
        "Remove one `extends`; a theme must have a name of its own to extend an embedded one."
    ))
}

/// Merges the declarations of the chain: a theme's own replace or refine the ones it inherits, in place.
pub(super) fn merged_options(layers: &[Layer], report: &mut Report) -> Vec<OptionDeclaration> {
    let mut merged: Vec<OptionDeclaration> = Vec::new();
    for layer in layers.iter().rev() {
        let Some(text) = layer.files.text("theme.yaml", report) else { continue };
        let written = Written { path: layer.files.path("theme.yaml"), text };
        for option in &layer.manifest.options {
            let place = merged.iter().position(|known| known.name == option.name);
            let complete = option.clone().complete(place.map(|place| &merged[place])).map(|complete| {
                let at = written.at(written.place_of(NAME_KEYS, &option.name), text!("", "")).span;
                OptionDeclaration { at, ..complete }
            });
            match (complete, place) {
                (Some(complete), Some(place)) => merged[place] = complete,
                (Some(complete), None) => merged.push(complete),
                (None, _) => report.push(without_type(&written, &option.name)),
            }
        }
        for (name, message) in options::check_declarations(&merged) {
            if layer.manifest.options.iter().any(|option| option.name == name) {
                report.push(written.at(written.place_of(NAME_KEYS, &name), message));
            }
        }
    }
    merged
}

fn without_type(written: &Written, name: &str) -> Diagnostic {
    written
        .at(
            written.place_of(NAME_KEYS, name),
            text!("选项“{name}”没有写类型。", "The option `{name}` has no `type`."),
        )
        .help(text!(
            "加一行 type，可以是 text、number、bool、choice、color 或 list。",
            "Add a `type`: text, number, bool, choice, color or list."
        ))
}
