//! Filters and functions for templates: few, pure, and documented in one table.
//!
//! None of them reaches a file, the network, the environment or a clock.

use crate::text::nearest;

/// What a template can call.
#[derive(Debug)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Filter or function.
    pub kind: ToolKind,
    /// Its arguments, as they are written.
    pub args: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// What it does, in English.
    pub en: &'static str,
    /// An example and its result.
    pub example: &'static str,
}

/// How a template calls a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToolKind {
    /// `{{ value | name(arg=…) }}`.
    Filter,
    /// `{{ name(arg=…) }}`.
    Function,
}

/// Every filter and function yipin adds to those of tera.
pub const TOOLS: &[Tool] = &[
    Tool {
        name: "asset",
        kind: ToolKind::Function,
        args: "name",
        zh: "static 文件夹里一个文件的地址（带内容指纹，从当前页面算起）。在组件里使用时，组件要声明 @root。",
        en: "The address of a file in `static/`, fingerprinted, from this page. A component that uses it must declare `@root`.",
        example: r#"{{ asset(name="style.css") }} → ../../assets/style.1a2b3c4d.css"#,
    },
    Tool {
        name: "number",
        kind: ToolKind::Filter,
        args: "places (optional)",
        zh: "数字加千位分隔符；places 为小数位数。",
        en: "Thousands separators; `places` is the number of decimals.",
        example: "{{ 12345.5 | number }} → 12,345.5",
    },
    Tool {
        name: "percent",
        kind: ToolKind::Filter,
        args: "places (0 unless given)",
        zh: "把 0 到 1 的比例写成百分数。",
        en: "Writes a share, 0 to 1, as a percentage.",
        example: "{{ 0.125 | percent(places=1) }} → 12.5%",
    },
    Tool {
        name: "with",
        kind: ToolKind::Filter,
        args: "any",
        zh: "把界面文字里的 {名字} 换成给出的值。",
        en: "Fills the `{name}` places of an interface text.",
        example: "{{ t.count.communities | with(n=68) }} → 68 个社区",
    },
    Tool {
        name: "json",
        kind: ToolKind::Filter,
        args: "",
        zh: "写成 JSON，可以安全放进 <script type=\"application/ld+json\">。不要用在属性里。",
        en: "Writes JSON that is safe inside `<script type=\"application/ld+json\">`. Not for attributes.",
        example: "{{ page.title | json }} → \"秋浦社区\"",
    },
    Tool {
        name: "url_encode",
        kind: ToolKind::Filter,
        args: "",
        zh: "把文字编码成网址的一部分。",
        en: "Encodes text as a part of a URL.",
        example: "{{ \"秋浦\" | url_encode }} → %E7%A7%8B%E6%B5%A6",
    },
    Tool {
        name: "truncate_chars",
        kind: ToolKind::Filter,
        args: "length, end (… unless given)",
        zh: "截到 length 个汉字宽（两个英文字母算一个字），不切断英文单词。",
        en: "Cuts to the width of `length` Chinese characters (two Latin letters count as one); never inside a Latin word.",
        example: "{{ \"红色物业进小区\" | truncate_chars(length=4) }} → 红色物业…",
    },
    Tool {
        name: "xml",
        kind: ToolKind::Filter,
        args: "",
        zh: "转义成 XML，去掉 XML 不允许的控制字符。.xml 和 .svg 模板会自动转义，只在别的模板里需要它。",
        en: "Escapes for XML and drops characters XML forbids. `.xml` and `.svg` templates escape by themselves; this is for others.",
        example: "{{ \"A & B\" | xml }} → A &amp; B",
    },
    Tool {
        name: "tel",
        kind: ToolKind::Filter,
        args: "",
        zh: "文字明显只是一个电话号码时，给出拨号用的号码（括号里的说明和分机号不算），可以放进 tel: 链接；不是时给出空文字。",
        en: "The number to dial for a `tel:` link where a text is clearly one phone number (remarks in brackets and an extension left out); empty where it is not.",
        example: "{{ \"0566-7012345\" | tel }} → 05667012345",
    },
];

/// The filters tera brings.
pub const TERA_FILTERS: &[&str] = &[
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The tests tera brings (`is defined`).
pub const TERA_TESTS: &[&str] = &[
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// The functions tera brings; `super()` is for blocks.
pub const TERA_FUNCTIONS: &[&str] = &["range", "super", "throw"];

/// Returns all names of one kind.
pub(super) fn names(kind: ToolKind) -> impl Iterator<Item = &'static str> {
    let own = TOOLS.iter().filter(move |tool| tool.kind == kind).map(|tool| tool.name);
    own.chain(if kind == ToolKind::Filter { TERA_FILTERS } else { TERA_FUNCTIONS }.iter().copied())
}

/// Offers the nearest filter, function or test for a name.
pub(super) fn nearest_tool(kind: ToolKind, name: &str) -> Vec<&'static str> {
    nearest(name, names(kind))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tera::Tera;

    use super::super::filters::register;
    use super::*;

    #[test]
    fn the_tables_name_what_tera_has() {
        let mut tera = Tera::default();
        register(&mut tera, &Arc::default());
        for filter in names(ToolKind::Filter) {
            assert!(tera.add_raw_template("t", &format!("{{{{ 1 | {filter} }}}}")).is_ok(), "{filter}");
        }
        for function in names(ToolKind::Function) {
            assert!(tera.add_raw_template("t", &format!("{{{{ {function}() }}}}")).is_ok(), "{function}");
        }
        for test in TERA_TESTS {
            assert!(tera.add_raw_template("t", &format!("{{{{ 1 is {test} }}}}")).is_ok(), "{test}");
        }
    }
}
