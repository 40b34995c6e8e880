//! Checks the templates of a theme against each other: everything one names must exist.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::scan::{Name, Node};
use super::templates::{Template, Templates, blocks, offer, walk};
use super::tools::{self, TERA_TESTS, ToolKind, nearest_tool};
use crate::diagnostic::{Bilingual, Code, Diagnostic, Report, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// Checks that every template, block, component, filter, test and function that is named exists.
pub(super) fn check(templates: &Templates, report: &mut Report) {
    let components = component_names(templates, report);
    let mut missing = MissingBlocks::new();
    for (name, template) in templates.iter().filter(|(_, template)| !template.is_broken) {
        let scan = &template.scan;
        let mut unknown = |list: &[Name], what: &Bilingual, known: &dyn Fn(&str) -> Option<Vec<String>>| {
            for name in list {
                if let Some(near) = known(&name.name) {
                    let (zh, en, typed) = (&what.zh, &what.en, &name.name);
                    let message = text!("没有{zh}“{typed}”。", "There is no {en} `{typed}`.");
                    report.push(problem(template, &name.range, codes::UNKNOWN_IN_TEMPLATE, message, &near));
                }
            }
        };
        unknown(&scan.filters, &text!("过滤器", "filter"), &|name| unknown_tool(ToolKind::Filter, name));
        unknown(&scan.functions, &text!("函数", "function"), &|name| {
            unknown_tool(ToolKind::Function, name)
        });
        unknown(&scan.tests, &text!("判断", "test"), &|name| {
            (!TERA_TESTS.contains(&name)).then(|| owned(nearest(name, TERA_TESTS.iter().copied())))
        });
        unknown(&scan.calls, &text!("组件", "component"), &|name| {
            (!components.contains(name)).then(|| owned(nearest(name, components.iter().copied())))
        });
        check_extends(templates, name, template, report);
        check_includes(templates, name, template, report);
        check_blocks(templates, template, &mut missing, report);
    }
    report.extend(missing.into_values().map(|(replaced, blocks)| lost_blocks(replaced, &blocks)));
}

fn owned(names: Vec<&str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Returns what is near when there is no such filter or function.
fn unknown_tool(kind: ToolKind, name: &str) -> Option<Vec<String>> {
    let known = tools::names(kind).any(|tool| tool == name);
    (!known).then(|| owned(nearest_tool(kind, name)))
}

fn problem(
    template: &Template,
    range: &Range<usize>,
    code: Code,
    message: Bilingual,
    near: &[String],
) -> Diagnostic {
    offer(Diagnostic::new(code, message).at(template.span(range.clone())), near)
}

/// Returns all components; reports those a theme defines twice.
fn component_names<'a>(templates: &'a Templates, report: &mut Report) -> BTreeSet<&'a str> {
    let mut seen: BTreeMap<(&str, &str), &Template> = BTreeMap::new();
    for (_, template) in templates.iter() {
        for component in &template.scan.components {
            let name = component.name.name.as_str();
            let Some(first) = seen.insert((&template.theme, name), template) else { continue };
            let path = &first.path;
            report.push(problem(
                template,
                &component.name.range,
                codes::TEMPLATE_SYNTAX,
                text!(
                    "组件“{name}”在 {path} 里已经有了。",
                    "The component `{name}` is defined in {path} already."
                ),
                &[],
            ));
        }
    }
    seen.into_keys().map(|(_, name)| name).collect()
}

fn check_extends(templates: &Templates, name: &str, template: &Template, report: &mut Report) {
    let Some(parent) = &template.scan.extends else { return };
    let mut seen = vec![name];
    let mut next = parent;
    loop {
        let Some((parent_name, found)) = templates.resolve(&next.name) else {
            // A parent's own missing parent is reported where it stands.
            if seen.len() == 1 {
                report.push(templates.unknown(Some((template, &parent.range)), &parent.name));
            }
            return;
        };
        if seen.contains(&parent_name) {
            if parent_name == name {
                report.push(circle(templates, template, parent, &seen));
            }
            return;
        }
        seen.push(parent_name);
        let Some(further) = &found.scan.extends else { return };
        next = further;
    }
}

fn circle(templates: &Templates, template: &Template, at: &Name, seen: &[&str]) -> Diagnostic {
    let round = seen.iter().chain(seen.first()).copied().collect::<Vec<_>>().join(" → ");
    let message = text!("模板绕成了圈：{round}。", "The templates lead in a circle: {round}.");
    let diagnostic = Diagnostic::new(codes::TEMPLATE_SYNTAX, message).at(template.span(at.range.clone()));
    // The usual slip: `base.html` of a child theme extends `base.html` and means its parent's.
    let parents = templates.themes.iter().skip_while(|theme| **theme != template.theme).skip(1);
    let plain = at.name.as_str();
    match parents.map(|theme| format!("{theme}/{plain}")).find(|full| templates.get(full).is_some()) {
        Some(full) if seen.len() == 1 => diagnostic.help(text!(
            "想用上一级主题的同名模板，请写 \"{full}\"。",
            "To reach the template of the theme you extend, write \"{full}\"."
        )),
        _ => diagnostic,
    }
}

fn check_includes(templates: &Templates, name: &str, template: &Template, report: &mut Report) {
    for include in includes(template) {
        match templates.resolve(&include.name) {
            None => report.push(templates.unknown(Some((template, &include.range)), &include.name)),
            Some((target, _)) if reaches(templates, target, name) => {
                report.push(circle(templates, template, include, &[name]));
            }
            Some(_) => {}
        }
    }
}

/// Returns whether `from` is `to` or includes it, over any number of steps.
fn reaches(templates: &Templates, from: &str, to: &str) -> bool {
    let mut open = vec![from];
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name)
            && let Some(template) = templates.get(name)
        {
            open.extend(includes(template).filter_map(|include| Some(templates.resolve(&include.name)?.0)));
        }
    }
    false
}

fn includes(template: &Template) -> impl Iterator<Item = &Name> {
    let bodies = template.scan.components.iter().flat_map(|component| &component.body);
    let mut found = Vec::new();
    for node in template.scan.nodes.iter().chain(bodies) {
        walk(node, &mut |node| {
            if let Node::Include(name) = node {
                found.push(name);
            }
        });
    }
    found.into_iter()
}

/// The templates that replace one of a theme that is extended, each with the blocks it lacks and who fills them.
type MissingBlocks<'t> = BTreeMap<&'t str, (&'t Template, BTreeMap<&'t str, BTreeSet<&'t str>>)>;

/// Checks that the blocks a template fills are in one of its parents.
fn check_blocks<'t>(
    templates: &'t Templates,
    template: &'t Template,
    missing: &mut MissingBlocks<'t>,
    report: &mut Report,
) {
    let chain = templates.parents(template);
    let complete = chain.last().is_some_and(|last| last.scan.extends.is_none());
    if chain.len() < 2 || !complete || chain.iter().any(|parent| parent.is_broken) {
        return;
    }
    let known: BTreeSet<&str> =
        chain[1..].iter().flat_map(|parent| blocks(parent)).map(|(name, _)| name.name.as_str()).collect();
    let distance = |template: &Template| templates.themes.iter().position(|theme| *theme == template.theme);
    // Of a template that is extended from below its own theme, its author knew nothing.
    let replaced = chain[1..].iter().rev().find(|parent| distance(parent) < distance(template));
    for node in &template.scan.nodes {
        let Node::Block { name, .. } = node else { continue };
        if known.contains(name.name.as_str()) {
            continue;
        }
        if let Some(replaced) = replaced {
            let (_, blocks) = missing.entry(&replaced.path).or_insert_with(|| (replaced, BTreeMap::new()));
            blocks.entry(&name.name).or_default().insert(&template.path);
            continue;
        }
        let typed = &name.name;
        report.push(problem(
            template,
            &name.range,
            codes::UNKNOWN_IN_TEMPLATE,
            text!("上一级模板里没有块“{typed}”。", "No template it extends has a block `{typed}`."),
            &owned(nearest(typed, known.iter().copied())),
        ));
    }
}

/// Says which blocks a template lacks that templates of a theme that is extended fill.
fn lost_blocks(replaced: &Template, blocks: &BTreeMap<&str, BTreeSet<&str>>) -> Diagnostic {
    let names: Vec<&str> = blocks.keys().copied().collect();
    let (zh, en) = (quoted_list_zh(&names), quoted_list_en(&names));
    let written: Vec<String> =
        names.iter().map(|name| format!("{{% block {name} %}}{{% endblock {name} %}}")).collect();
    let written = written.join(" ");
    let filling: BTreeSet<&str> = blocks.values().flatten().copied().collect();
    let (count, first) = (filling.len(), filling.first().copied().unwrap_or_default());
    Diagnostic::new(
        codes::UNKNOWN_IN_TEMPLATE,
        text!(
            "这个模板里少了块{zh}，上一级主题的 {count} 个模板要用（如“{first}”）。",
            "This template lacks the blocks {en}, which templates of the theme it extends fill ({count}, such as `{first}`)."
        ),
    )
    .in_file(Arc::clone(&replaced.path))
    .help(text!(
        "请在该出现的地方补上：“{written}”。",
        "Add them where they belong: `{written}`."
    ))
}
