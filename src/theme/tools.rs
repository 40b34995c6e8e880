//! Filters and functions for templates: few, pure, and documented in one table.
//!
//! None of them reaches a file, the network, the environment or a clock.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};
use unicode_width::UnicodeWidthChar;

use super::assets::Assets;
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
        example: "{{ t.home.count | with(n=68) }} → 共 68 个社区",
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

/// Registers everything in [`TOOLS`].
pub(super) fn register(tera: &mut Tera, assets: &Arc<Assets>) {
    tera.register_filter("number", |value: &Value, kwargs: Kwargs, _: &State| number(value, &kwargs));
    tera.register_filter("percent", |value: &Value, kwargs: Kwargs, _: &State| percent(value, &kwargs));
    tera.register_filter("with", |text: &str, kwargs: Kwargs, state: &State| with(text, &kwargs, state));
    tera.register_filter("json", json);
    tera.register_filter("url_encode", url_encode);
    tera.register_filter("truncate_chars", |value: &str, kwargs: Kwargs, _: &State| {
        truncate_chars(value, &kwargs)
    });
    tera.register_filter("xml", xml);
    let assets = Arc::clone(assets);
    tera.register_function("asset", move |kwargs: Kwargs, state: &State| asset(&assets, &kwargs, state));
}

/// Marks the message of an unknown asset, so that it becomes a diagnostic of its own.
pub(super) const UNKNOWN_ASSET_MARK: &str = "yipin:unknown-asset:";
/// Marks the message of a missing root.
pub(super) const NO_ROOT_MARK: &str = "yipin:no-root";

fn asset(assets: &Assets, kwargs: &Kwargs, state: &State) -> TeraResult<String> {
    let name = kwargs.must_get::<&str>("name")?;
    let asset = assets.get(name).ok_or_else(|| Error::message(format!("{UNKNOWN_ASSET_MARK}{name}")))?;
    let root = state.get::<Value>("root")?;
    let root = root.as_ref().and_then(Value::as_str).ok_or_else(|| Error::message(NO_ROOT_MARK))?;
    Ok(format!("{root}{}", asset.output))
}

fn number(value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let places = kwargs.get::<usize>("places")?.map(|places| places.min(12));
    let plain = match (value.as_i128(), value.as_f64(), places) {
        (Some(whole), _, None | Some(0)) => whole.to_string(),
        (_, Some(number), Some(places)) => format!("{number:.places$}"),
        (_, Some(number), None) => format!("{number}"),
        _ => return Err(not_a(value, "number")),
    };
    Ok(grouped(&plain))
}

/// Puts a comma before every third digit from the decimal point.
fn grouped(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, decimals) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

fn percent(value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let places = kwargs.get::<usize>("places")?.unwrap_or(0).min(12);
    let share = value.as_f64().ok_or_else(|| not_a(value, "number"))?;
    Ok(format!("{:.places$}%", share * 100.0))
}

fn not_a(value: &Value, wanted: &str) -> Error {
    Error::new(tera::ErrorKind::InvalidArgument {
        expected_type: wanted.to_owned(),
        actual_type: value.name().to_owned(),
    })
}

/// Fills `{name}` places. When a value given is finished HTML the result is too, and everything else is escaped.
fn with(text: &str, kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let html = state.autoescaping_enabled() && kwargs.iter().any(|(_, value)| value.is_safe());
    let text = if html { state.escape(text)? } else { text.to_owned() };
    for (key, _) in kwargs.iter() {
        if !text.contains(&format!("{{{key}}}")) {
            return Err(Error::message(format!("`{text}` has no `{{{key}}}`")));
        }
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    while let Some(open) = rest.find('{') {
        let (before, place) = rest.split_at(open);
        out.push_str(before);
        let value =
            place.find('}').and_then(|close| Some((close, kwargs.get::<&Value>(&place[1..close]).ok()??)));
        if let Some((close, value)) = value {
            let shown = value.to_string();
            out.push_str(&if html && !value.is_safe() { state.escape(&shown)? } else { shown });
            rest = &place[close + 1..];
        } else {
            out.push('{');
            rest = &place[1..];
        }
    }
    out.push_str(rest);
    Ok(if html { Value::safe_string(&out) } else { Value::from(out) })
}

fn json(value: &Value, _: Kwargs, _: &State) -> TeraResult<Value> {
    let plain = serde_json::to_string(value).map_err(|error| Error::message(error.to_string()))?;
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    Ok(Value::safe_string(&out))
}

/// What stands for itself in a URL (RFC 3986, unreserved).
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn url_encode(text: &str, _: Kwargs, _: &State) -> String {
    utf8_percent_encode(text, NOT_UNRESERVED).to_string()
}

fn truncate_chars(text: &str, kwargs: &Kwargs) -> TeraResult<String> {
    let length = kwargs.must_get::<usize>("length")?;
    let end = kwargs.get::<&str>("end")?.unwrap_or("…");
    Ok(truncated(text, length.saturating_mul(2), end))
}

/// Cuts `text` to `columns` half-width columns.
fn truncated(text: &str, columns: usize, end: &str) -> String {
    let mut used = 0;
    let mut cut = None;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > columns {
            cut = Some(at);
            break;
        }
    }
    let Some(cut) = cut else { return text.to_owned() };
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut kept = &text[..cut];
    if text[cut..].starts_with(is_word) {
        let whole_words = kept.trim_end_matches(is_word);
        if !whole_words.is_empty() {
            kept = whole_words;
        }
    }
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || "，。、；：,.;:".contains(c));
    format!("{kept}{end}")
}

fn xml(text: &str, _: Kwargs, _: &State) -> Value {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => out.push(c),
            _ => {}
        }
    }
    Value::safe_string(&out)
}

/// Offers the nearest filter, function or test for a name.
pub(super) fn nearest_tool(kind: ToolKind, name: &str) -> Vec<&'static str> {
    nearest(name, names(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(template: &str) -> String {
        let mut tera = Tera::default();
        register(&mut tera, &Arc::default());
        tera.add_raw_template("t.html", template).unwrap();
        let mut context = tera::Context::new();
        context.insert("bad", "</script><script>alert('1')\u{2028}&");
        tera.render("t.html", &context).unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            render(
                "{{ 1234567 | number }} {{ -999 | number }} {{ 1234.5 | number }} {{ 2 | number(places=2) }}"
            ),
            "1,234,567 -999 1,234.5 2.00"
        );
        assert_eq!(render("{{ 0.125 | percent(places=1) }} {{ 1 | percent }}"), "12.5% 100%");
        assert!(render("{{ 'x' | number }}").contains("Invalid type"));
    }

    #[test]
    fn json_cannot_close_its_script() {
        assert_eq!(
            render("{{ bad | json }}"),
            r#""\u003c/script\u003e\u003cscript\u003ealert('1')\u2028\u0026""#
        );
    }

    #[test]
    fn a_filled_text_is_escaped_except_for_finished_html() {
        assert_eq!(render("{{ '共 {n} 个' | with(n=68) }}"), "共 68 个");
        assert!(!render("{{ '<{n}>' | with(n=bad) }}").contains('<'));
        assert_eq!(render("{{ '<{n}> {link}' | with(n='<', link='<a>' | safe) }}"), "&lt;&lt;&gt; <a>");
        assert!(render("{{ '共 {n} 个' | with(m=1) }}").contains("has no `{m}`"));
    }

    #[test]
    fn text_is_cut_by_width_and_not_inside_words() {
        assert_eq!(truncated("红色物业进小区", 8, "…"), "红色物业…");
        assert_eq!(truncated("红色物业", 8, "…"), "红色物业");
        assert_eq!(truncated("红色物业，进小区", 10, "…"), "红色物业…");
        assert_eq!(truncated("一站 community hub", 12, "…"), "一站…");
        assert_eq!(truncated("communityhub", 4, "…"), "comm…");
        assert_eq!(truncated("", 0, "…"), "");
    }

    #[test]
    fn text_for_xml_and_urls_is_safe() {
        assert_eq!(
            render("{{ bad | xml }}"),
            "&lt;/script&gt;&lt;script&gt;alert(&apos;1&apos;)\u{2028}&amp;"
        );
        assert_eq!(render("{{ '秋浦/&' | url_encode }}"), "%E7%A7%8B%E6%B5%A6%2F%26");
    }

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
