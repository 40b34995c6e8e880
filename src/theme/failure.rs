//! From tera's errors to diagnostics: the place in the template, a plain sentence, the nearest right name.

use tera::{Error, ErrorKind, ReportError};

use super::assets::{self, Assets};
use super::filters::{NO_ROOT_MARK, UNKNOWN_ARGUMENT_MARK, UNKNOWN_ASSET_MARK};
use super::scan::Name;
use super::templates::{Template, Templates, offer};
use crate::diagnostic::{Bilingual, Code, Diagnostic, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// The tags tera knows, for a slip in one.
const TAGS: &[&str] = &[
    "extends",
    "block",
    "endblock",
    "include",
    "for",
    "endfor",
    "if",
    "elif",
    "else",
    "endif",
    "set",
    "set_global",
    "endset",
    "filter",
    "endfilter",
    "component",
    "endcomponent",
    "raw",
    "endraw",
    "break",
    "continue",
];

/// Explains an error of tera.
pub(super) fn explain(templates: &Templates, assets: &Assets, error: &Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) => {
            let (message, help) = syntax(report, templates.get(report.filename()));
            located(templates, report, codes::TEMPLATE_SYNTAX, message, help)
        }
        ErrorKind::RenderingError(report) => rendering(templates, assets, report),
        ErrorKind::TemplateNotFound(name) => templates.unknown(None, name),
        _ => {
            let said = error.to_string();
            if said.contains("recursion depth for components") {
                return endless(templates);
            }
            let first = said.lines().next().unwrap_or_default();
            Diagnostic::new(codes::TEMPLATE_FAILED, text!("模板出错：{first}", "A template failed: {first}"))
        }
    }
}

/// Says that components call each other without end, at one that does.
fn endless(templates: &Templates) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        codes::TEMPLATE_FAILED,
        text!(
            "组件一层套一层地调用自己，没有尽头。",
            "Components call themselves, one inside the other, without end."
        ),
    )
    .help(text!(
        "组件调用自己时，要用 {{% if %}} 判断什么时候停下来。",
        "A component that calls itself needs an `{{% if %}}` that tells when to stop."
    ));
    let calling = templates.iter().find_map(|(_, template)| {
        let calls = |name: &Name| template.scan.calls.iter().any(|call| call.name == name.name);
        let mut names = template.scan.components.iter().map(|component| &component.name);
        Some((template, names.find(|name| calls(name))?))
    });
    match calling {
        Some((template, name)) => diagnostic.at(template.span(name.range.clone())),
        None => diagnostic,
    }
}

fn located(
    templates: &Templates,
    report: &ReportError,
    code: Code,
    message: Bilingual,
    help: Option<Bilingual>,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(code, message);
    if let Some(template) = templates.get(report.filename()) {
        diagnostic = diagnostic.at(template.span(report.span().range.clone()));
    }
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Says a syntax error in plain words.
fn syntax(report: &ReportError, template: Option<&Template>) -> (Bilingual, Option<Bilingual>) {
    let said = report.message().trim_end_matches('.');
    if said == "Unknown tag" {
        return unknown_tag(report, template);
    }
    if let Some((found, expected)) =
        said.strip_prefix("Found ").and_then(|rest| rest.split_once(" but expected "))
    {
        let expected = expected.trim_start_matches("one of: ");
        return (
            text!("这里是 {found}，应该是 {expected}。", "Found {found} where {expected} was expected."),
            None,
        );
    }
    let plain = match said {
        "Unexpected end of input" => text!(
            "模板没写完就结束了，少了一个结束标签。",
            "The template ends too early; a closing tag is missing."
        ),
        "Unexpected character" => text!("这个字符不能写在这里。", "This character cannot stand here."),
        "`extends` needs to be the first tag of the template" => {
            text!("extends 必须是模板的第一个标签。", "`extends` must be the first tag of a template.")
        }
        _ if said.starts_with("This content would be ignored") => text!(
            "继承了别的模板以后，内容只能写在块（block）里，这一段不会出现。",
            "A template that extends another may only have blocks; this would not appear."
        ),
        _ if said.starts_with("Closing comment tag") => {
            text!("注释没有用 #}} 结束。", "The comment is not closed with `#}}`.")
        }
        _ if said.starts_with("String opened with") => {
            text!("引号没有成对。", "A quoted text is not closed.")
        }
        _ => text!("模板语法有误：{said}。", "{said}."),
    };
    (plain, None)
}

fn unknown_tag(report: &ReportError, template: Option<&Template>) -> (Bilingual, Option<Bilingual>) {
    let tag =
        template.and_then(|template| template.text.get(report.span().range.clone())).unwrap_or_default();
    let message = text!("没有“{tag}”这种标签。", "There is no tag `{tag}`.");
    let help = match tag {
        "macro" | "endmacro" | "import" => Some(text!(
            "请改用组件：{{% component 名字(参数) %}}……{{% endcomponent %}}，用 {{{{ <名字 参数={{值}} /> }}}} 调用。",
            "Use a component: `{{% component name(arg) %}}…{{% endcomponent %}}`, called as `{{{{ <name arg={{value}} /> }}}}`."
        )),
        // Tera knows the tag, but not here: what was opened last wants another one first.
        _ if TAGS.contains(&tag) => {
            let message = text!(
                "“{tag}”不能写在这里：它前面有一个标签还没有结束。",
                "`{tag}` cannot stand here: a tag above it is not closed yet."
            );
            let help = text!(
                "请看上面的 {{% if %}}、{{% for %}} 等是否都有自己的 {{% endif %}}、{{% endfor %}}。",
                "See whether every `{{% if %}}` and `{{% for %}}` above has its `{{% endif %}}` or `{{% endfor %}}`."
            );
            return (message, Some(help));
        }
        _ => {
            let near = nearest(tag, TAGS.iter().copied());
            offer(Diagnostic::new(codes::TEMPLATE_SYNTAX, text!("", "")), &near).help
        }
    };
    (message, help)
}

/// Says an error while rendering in plain words.
fn rendering(templates: &Templates, assets: &Assets, report: &ReportError) -> Diagnostic {
    let said = report.message();
    if let Some(name) = said.strip_prefix(UNKNOWN_ASSET_MARK) {
        let Diagnostic { message, help, .. } = assets::unknown(assets.keys().map(String::as_str), name);
        return located(templates, report, codes::UNKNOWN_ASSET, message, help);
    }
    if let Some((name, known)) =
        said.strip_prefix(UNKNOWN_ARGUMENT_MARK).and_then(|rest| rest.split_once(':'))
    {
        let message = text!("没有参数“{name}”。", "There is no argument `{name}`.");
        let known: Vec<&str> = known.split(',').collect();
        return located(templates, report, codes::TEMPLATE_FAILED, message, Some(one_of(name, &known)));
    }
    if let Some((name, known)) = unknown_argument(said) {
        let message = text!("组件没有参数“{name}”。", "The component has no argument `{name}`.");
        let help = (!known.is_empty()).then(|| one_of(name, &known));
        return located(templates, report, codes::TEMPLATE_FAILED, message, help);
    }
    if said == NO_ROOT_MARK {
        let message =
            text!("这里取不到 root，算不出地址。", "`root` is not known here, so no address can be made.");
        let help = text!("在组件的参数里加上 @root。", "Add `@root` to the component's arguments.");
        return located(templates, report, codes::TEMPLATE_FAILED, message, Some(help));
    }
    if let Some((kind, name)) = undefined(said) {
        let zh = if kind == "Variable" { "变量" } else { "字段" };
        let en = if kind == "Variable" { "variable" } else { "field" };
        let message = text!("没有{zh}“{name}”。", "There is no {en} `{name}`.");
        let diagnostic = located(templates, report, codes::UNKNOWN_IN_TEMPLATE, message, None);
        let available = said.split_once("Available ").and_then(|(_, rest)| rest.split_once(": "));
        return match available {
            Some((_, names)) => offer(diagnostic, &nearest(name, names.split(", "))),
            None => diagnostic.help(text!(
                "“{name}”前面的值可能是空的：先用 {{% if … %}} 判断。",
                "What stands before `{name}` may be absent: test it with `{{% if … %}}` first."
            )),
        };
    }
    located(templates, report, codes::TEMPLATE_FAILED, plain(said), None)
}

/// Offers what is near a name, or all there is.
fn one_of(name: &str, known: &[&str]) -> Bilingual {
    let near = nearest(name, known.iter().copied());
    if near.is_empty() {
        let (zh, en) = (quoted_list_zh(known), quoted_list_en(known));
        return text!("可以写：{zh}。", "There is {en}.");
    }
    let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
    text!("是不是想写{zh}？", "Did you mean {en}?")
}

/// Reads “Unknown argument(s) `x` in component call. Possible argument(s) are: `y`”.
fn unknown_argument(said: &str) -> Option<(&str, Vec<&str>)> {
    let rest = said.strip_prefix("Unknown argument(s) ")?;
    let mut names = rest.split('`').skip(1).step_by(2);
    let name = names.next()?;
    let known = rest.split_once("Possible argument").map_or("", |(_, known)| known);
    Some((name, known.split('`').skip(1).step_by(2).collect()))
}

/// Reads “Field `x` is not defined”.
fn undefined(said: &str) -> Option<(&str, &str)> {
    let kind = said.split_once(" `")?.0;
    let name = said.split('`').nth(1)?;
    (matches!(kind, "Variable" | "Field") && said.contains("is not defined")).then_some((kind, name))
}

/// Names a kind of value in Chinese.
fn kind_zh(kind: &str) -> &str {
    match kind {
        "undefined" => "不存在的值",
        "none" => "空值",
        "bool" => "是或否",
        "string" | "&str" | "str" => "文字",
        "number" | "integer" | "float" | "usize" => "数字",
        "array" => "列表",
        "map/struct" | "map" => "一组字段",
        "bytes" => "二进制数据",
        kind if kind.starts_with(['i', 'u', 'f']) && kind.ends_with(|c: char| c.is_ascii_digit()) => "数字",
        kind => kind,
    }
}

/// Says the common errors of expressions in plain words.
fn plain(said: &str) -> Bilingual {
    let said = said.trim_end_matches('.');
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let zh = |kind: &str| kind_zh(kind).to_owned();
    match quoted.as_slice() {
        _ if said.starts_with("Tried to render a variable that is undefined") => {
            text!("这个值不存在，不能输出。", "This value does not exist and cannot be printed.")
        }
        [kind] if said.starts_with("Iteration not possible") => {
            text!(
                "这个值是{zh}，不能循环。",
                "This value is of type {kind} and cannot be looped over.",
                zh = zh(kind)
            )
        }
        [kind] if said.starts_with("Key/value iteration") => text!(
            "这个值是{zh}，不能按“键, 值”循环。",
            "This value is of type {kind}; only maps can be looped over with a key and a value.",
            zh = zh(kind)
        ),
        [wanted, got] if said.starts_with("Invalid type for the value") => {
            text!(
                "这里需要{wanted_zh}，得到的是{got_zh}。",
                "This needs {wanted} but got {got}.",
                wanted_zh = zh(wanted),
                got_zh = zh(got)
            )
        }
        [argument] if said.starts_with("Missing keyword argument") => {
            text!("缺少参数“{argument}”。", "The argument `{argument}` is missing.")
        }
        [kind] if said.starts_with("Math operations") => {
            text!(
                "只有数字能计算，这个值是{zh}。",
                "Only numbers can be calculated with; this is {kind}.",
                zh = zh(kind)
            )
        }
        [_, left, right] if said.starts_with("`+` requires both") => text!(
            "“+”只能加数字（这里是{left_zh}和{right_zh}）；连接文字请用 ~。",
            "`+` adds numbers only (here {left} and {right}); join texts with `~`.",
            left_zh = zh(left),
            right_zh = zh(right)
        ),
        [name, ..] if said.starts_with("Argument ") && said.ends_with("missing") => {
            text!("调用组件时少了参数“{name}”。", "The component needs the argument `{name}`.")
        }
        [name] if said.starts_with("Implicit argument") => text!(
            "组件要从调用它的地方取“{name}”，那里却没有。",
            "The component takes `{name}` from where it is called, and it is not there."
        ),
        [name, got, wanted] if said.starts_with("Component argument") => text!(
            "组件的参数“{name}”需要{wanted_zh}，得到的是{got_zh}。",
            "The component's argument `{name}` needs {wanted} but got {got}.",
            wanted_zh = zh(wanted),
            got_zh = zh(got)
        ),
        [left, right] if said.starts_with("Cannot compare") => text!(
            "{left_zh}和{right_zh}不能比较。",
            "{left} and {right} cannot be compared.",
            left_zh = zh(left),
            right_zh = zh(right)
        ),
        [text, place] if said.contains(" has no `") => {
            text!("文字“{text}”里没有记号“{place}”。", "The text `{text}` has no place `{place}`.")
        }
        [] if said == "Cannot divide by 0" => {
            text!(
                "不能除以 0：先用 {{% if … %}} 判断。",
                "Cannot divide by 0: test it with `{{% if … %}}` first."
            )
        }
        _ => text!("模板出错：{said}。", "{said}."),
    }
}
