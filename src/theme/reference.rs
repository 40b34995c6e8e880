//! The theme author's reference page, written from what the program really has.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::templates::{self, Template};
use super::tools::{TERA_FILTERS, TERA_FUNCTIONS, TERA_TESTS, TOOLS, ToolKind};
use super::{Kind, Theme};
use crate::view::describe::{Record, Shape};

/// Writes the reference page in Markdown: templates, the tree of their variables, filters, functions, options, texts.
///
/// `page` and `site` are the shapes of what every template sees under these names.
pub fn reference(kinds: &[Kind<'_>], page: Shape, site: Shape, theme: &Theme) -> String {
    let mut out = String::from("# Theme reference\n\nWritten by the program; do not edit.\n\n");
    templates(&mut out, kinds);
    let roots = [page, site].into_iter().chain(kinds.iter().map(|kind| kind.2));
    records(&mut out, roots);
    tools(&mut out);
    options(&mut out, theme);
    blocks(&mut out, theme);
    components(&mut out, theme);
    texts(&mut out, theme);
    out
}

fn templates(out: &mut String, kinds: &[Kind<'_>]) {
    out.push_str("## Templates\n\n| template | variable | type |\n|---|---|---|\n");
    for (template, variable, shape) in kinds {
        let _ = writeln!(out, "| `{template}` | `{variable}` | {} |", linked(*shape));
    }
    out.push_str(
        "\nEvery template also sees `page`, `site`, `root` (the way to the site's root, such as `../../`), \
         `option` (the theme's options), `t` (interface texts) and `yipin` (the program's version). A component sees \
         only its arguments; it takes these from its caller by declaring `@page`, `@site`, `@root`, `@option` or `@t`.\n\n",
    );
}

/// Writes every record that can be reached, each once, in the order it is first met.
fn records(out: &mut String, roots: impl Iterator<Item = Shape>) {
    out.push_str("## Types\n\n`?` marks what may be absent: test it before use.\n\n");
    let mut seen = BTreeSet::new();
    let mut open: Vec<&'static Record> = roots.filter_map(Shape::record).collect();
    open.reverse();
    while let Some(record) = open.pop() {
        if !seen.insert(record.name) {
            continue;
        }
        let _ = writeln!(
            out,
            "### {}\n\n{}\n\n| field | type | |\n|---|---|---|",
            record.name,
            record.doc.trim()
        );
        for field in record.fields {
            let doc = cell(field.doc.trim());
            let _ = writeln!(out, "| `{}` | {} | {doc} |", field.name, linked((field.shape)()));
        }
        out.push('\n');
        open.extend(record.fields.iter().rev().filter_map(|field| (field.shape)().record()));
    }
}

/// Writes a shape's title with a link to its record.
fn linked(shape: Shape) -> String {
    let title = shape.title();
    match shape.record() {
        Some(record) => {
            let link = format!("[{}](#{})", record.name, record.name.to_ascii_lowercase());
            title.replace(record.name, &link)
        }
        None => title,
    }
}

fn tools(out: &mut String) {
    for (kind, heading, names, of_tera) in [
        (ToolKind::Filter, "Filters", TERA_FILTERS, "Of tera"),
        (ToolKind::Function, "Functions", TERA_FUNCTIONS, "Of tera"),
    ] {
        let _ = writeln!(out, "## {heading}\n\n| name | arguments | | example |\n|---|---|---|---|");
        for tool in TOOLS.iter().filter(|tool| tool.kind == kind) {
            let (zh, en) = (cell(tool.zh), cell(tool.en));
            let _ = writeln!(
                out,
                "| `{}` | {} | {zh}<br>{en} | `{}` |",
                tool.name,
                tool.args,
                cell(tool.example)
            );
        }
        let _ = writeln!(out, "\n{of_tera}: {}.\n", code_list(names));
    }
    let _ = writeln!(out, "## Tests\n\nAfter `is` and `is not`: {}.\n", code_list(TERA_TESTS));
}

fn options(out: &mut String, theme: &Theme) {
    out.push_str("## Options\n\n");
    if theme.options().is_empty() {
        out.push_str("None.\n\n");
        return;
    }
    out.push_str("| option | type | default | |\n|---|---|---|---|\n");
    for option in theme.options() {
        let default = option.default.as_ref().and_then(|value| serde_json::to_string(value).ok());
        let default = default.map_or(String::new(), |default| format!("`{}`", cell(&default)));
        let mut kind = option.kind.as_str().to_owned();
        if !option.choices.is_empty() {
            let _ = write!(kind, " ({})", code_list(&option.choices));
        }
        match (option.min, option.max) {
            (Some(min), Some(max)) => _ = write!(kind, " {min}–{max}"),
            (Some(min), None) => _ = write!(kind, " ≥ {min}"),
            (None, Some(max)) => _ = write!(kind, " ≤ {max}"),
            (None, None) => {}
        }
        let (zh, en) = (cell(&option.description.zh), cell(&option.description.en));
        let _ = writeln!(out, "| `{}` | {kind} | {default} | {zh}<br>{en} |", option.name);
    }
    out.push('\n');
}

/// Writes which blocks a template may fill that others extend, and which do.
fn blocks(out: &mut String, theme: &Theme) {
    out.push_str("## Blocks\n\n| template | block | filled by |\n|---|---|---|\n");
    let all = || theme.templates.iter().map(|(_, template)| template);
    for base in all().filter(|base| base.scan.extends.is_none()) {
        for (name, _) in templates::blocks(base) {
            let fills = |template: &&Template| {
                theme.templates.parents(template).last().is_some_and(|last| std::ptr::eq(*last, base))
                    && !std::ptr::eq(*template, base)
                    && templates::blocks(template).iter().any(|(other, _)| other.name == name.name)
            };
            let filling: Vec<&str> = all().filter(fills).map(file_name).collect();
            let _ = writeln!(out, "| `{}` | `{}` | {} |", file_name(base), name.name, code_list(&filling));
        }
    }
    out.push('\n');
}

/// Writes what can be called as `{{ <name argument={value} /> }}`, with what stands in the template's comment on it.
fn components(out: &mut String, theme: &Theme) {
    out.push_str(
        "## Components\n\nCalled as `{{ <card item={c} /> }}`. An argument with a value may be left out; one with `@` is taken \
         from where the component is called.\n\n| component | in | |\n|---|---|---|\n",
    );
    for (_, template) in theme.templates.iter() {
        for component in &template.scan.components {
            let (before, from) = template.text.split_at(component.name.range.start);
            let signature = from.split("%}").next().unwrap_or_default().trim_end_matches(['-', ' ']);
            let said = cell(&comment_before(before));
            let _ = writeln!(out, "| `{}` | `{}` | {said} |", cell(signature), file_name(template));
        }
    }
    out.push('\n');
}

fn file_name(template: &Template) -> &str {
    template.path.rsplit('/').next().unwrap_or(&template.path)
}

/// Returns the comment on the line above a component whose name comes next.
fn comment_before(text: &str) -> String {
    let tag = text.trim_end().trim_end_matches("component").trim_end().trim_end_matches(['{', '%', '-']);
    let Some(comment) = tag.strip_suffix('\n').and_then(|above| above.strip_suffix("#}")) else {
        return String::new();
    };
    let comment = comment.rsplit("{#").next().unwrap_or_default().trim_matches(['-', ' ']);
    comment.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn texts(out: &mut String, theme: &Theme) {
    out.push_str("## Interface texts\n\n| key | text |\n|---|---|\n");
    for (key, text) in theme.messages() {
        let _ = writeln!(out, "| `t.{key}` | {} |", cell(text));
    }
}

fn code_list<S: AsRef<str>>(names: &[S]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// Keeps a text from breaking its table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
