//! Theme options: what a theme declares, what a site gives, and the typed value templates get as `option.<name>`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::color::{Color, contrast, nearest_readable};
use super::interface;
use super::manifest::{OptionDeclaration, OptionKind};
use crate::diagnostic::{Bilingual, Diagnostic, Report, Span, codes};
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// An option as the site gives it, with its places in `site.yaml`.
#[derive(Debug, Clone)]
pub struct GivenOption {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub name_at: Option<Span>,
    /// What was written.
    pub value: GivenValue,
    /// Where the value stands.
    pub value_at: Option<Span>,
}

/// The value of an option as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GivenValue {
    /// One value, as it was typed.
    Text(String),
    /// A list of values.
    List(Vec<String>),
    /// Something no option takes.
    Other,
}

/// An option's value, checked; serialised as the bare value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum OptionValue {
    /// Text or a choice.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// Texts.
    List(Vec<String>),
    /// Nothing: the theme declares no default and the site gave none.
    None,
}

/// Checks the options a site gives against the theme's declarations, and fills in the defaults.
///
/// What is wrong goes to the report with its place in `site.yaml`; the default is then used instead.
pub fn resolve_options(
    declared: &[OptionDeclaration],
    given: &[GivenOption],
    report: &mut Report,
) -> BTreeMap<String, OptionValue> {
    let mut values: BTreeMap<String, OptionValue> =
        declared.iter().map(|option| (option.name.clone(), default_of(option))).collect();
    let mut seen: BTreeMap<&str, &GivenOption> = BTreeMap::new();
    for option in given {
        let Some(declaration) = declared.iter().find(|known| known.name == option.name) else {
            report.push(at(unknown(declared, &option.name), option.name_at.as_ref()));
            continue;
        };
        if seen.insert(&declaration.name, option).is_some() {
            let name = &option.name;
            let twice = text!("选项“{name}”写了两次。", "The option `{name}` stands twice.");
            report.push(at(Diagnostic::new(codes::BAD_THEME_OPTION, twice), option.name_at.as_ref()));
            continue;
        }
        match checked(declaration, &option.value) {
            Ok(value) => _ = values.insert(declaration.name.clone(), value),
            Err(message) => {
                let diagnostic = Diagnostic::new(codes::BAD_THEME_OPTION, message).help(takes(declaration));
                report.push(at(diagnostic, option.value_at.as_ref()));
            }
        }
    }
    check_contrast(declared, &values, &seen, report);
    values
}

fn at(diagnostic: Diagnostic, span: Option<&Span>) -> Diagnostic {
    match span {
        Some(span) => diagnostic.at(span.clone()),
        None => diagnostic,
    }
}

fn unknown(declared: &[OptionDeclaration], name: &str) -> Diagnostic {
    let names: Vec<&str> = declared.iter().map(|option| option.name.as_str()).collect();
    let message = text!("主题没有选项“{name}”。", "The theme has no option `{name}`.");
    let diagnostic = Diagnostic::new(codes::UNKNOWN_THEME_OPTION, message);
    let near = nearest(name, names.iter().copied());
    match (near.is_empty(), names.is_empty()) {
        (false, _) => {
            let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
            diagnostic.help(text!("是不是想写{zh}？", "Did you mean {en}?"))
        }
        (true, false) => {
            let (zh, en) = (quoted_list_zh(&names), quoted_list_en(&names));
            diagnostic.help(text!("可以用的选项：{zh}。", "The options are {en}."))
        }
        (true, true) => {
            diagnostic.help(text!("这个主题没有选项，请删掉。", "This theme has no options; remove it."))
        }
    }
}

/// Returns the default; [`check_declarations`] has reported the ones that do not fit.
fn default_of(option: &OptionDeclaration) -> OptionValue {
    let Some(default) = &option.default else {
        return if option.kind == OptionKind::List {
            OptionValue::List(Vec::new())
        } else {
            OptionValue::None
        };
    };
    checked(option, &as_given(default)).unwrap_or(OptionValue::None)
}

fn as_given(value: &serde_yaml::Value) -> GivenValue {
    let scalar = |value: &serde_yaml::Value| match value {
        serde_yaml::Value::Bool(value) => Some(value.to_string()),
        serde_yaml::Value::Number(value) => Some(value.to_string()),
        serde_yaml::Value::String(value) => Some(value.clone()),
        _ => None,
    };
    match value {
        serde_yaml::Value::Sequence(items) => {
            items.iter().map(scalar).collect::<Option<_>>().map_or(GivenValue::Other, GivenValue::List)
        }
        value => scalar(value).map_or(GivenValue::Other, GivenValue::Text),
    }
}

/// Reports defaults that their own declaration refuses, and contrast rules that name nothing.
pub(super) fn check_declarations(declared: &[OptionDeclaration]) -> Vec<(String, Bilingual)> {
    let mut problems = Vec::new();
    for option in declared {
        let name = &option.name;
        if !interface::is_name(name) {
            problems.push((
                name.clone(),
                text!(
                    "选项名“{name}”不能用：只能用英文字母、数字和下划线，以字母开头。",
                    "`{name}` cannot name an option: use letters, digits and `_`, beginning with a letter."
                ),
            ));
        }
        if let Some(default) = &option.default
            && let Err(why) = checked(option, &as_given(default))
        {
            let (zh, en) = (why.zh, why.en);
            problems.push((
                name.clone(),
                text!("选项“{name}”的默认值不对：{zh}", "The default of `{name}` is wrong: {en}"),
            ));
        }
        if option.kind == OptionKind::Choice && option.choices.is_empty() {
            problems.push((
                name.clone(),
                text!("选项“{name}”没有写 choices。", "The option `{name}` has no `choices`."),
            ));
        }
        for rule in &option.contrast {
            let with = &rule.with;
            let is_option =
                declared.iter().any(|other| other.name == *with && other.kind == OptionKind::Color);
            if !is_option && Color::parse(with).is_none() {
                problems.push((
                    name.clone(),
                    text!(
                        "选项“{name}”的对比度要对照“{with}”，但它既不是颜色选项，也不是 #rrggbb。",
                        "The contrast of `{name}` is with `{with}`, which is neither a colour option nor `#rrggbb`."
                    ),
                ));
            }
        }
    }
    problems
}

/// Reads a value as its declaration wants it, or says why it cannot.
fn checked(option: &OptionDeclaration, given: &GivenValue) -> Result<OptionValue, Bilingual> {
    let name = &option.name;
    let one = match given {
        GivenValue::Text(text) => text.trim(),
        GivenValue::List(items) if option.kind == OptionKind::List => return list(option, items),
        GivenValue::List(_) | GivenValue::Other => {
            return Err(text!("选项“{name}”只能写一个值。", "The option `{name}` takes one value."));
        }
    };
    match option.kind {
        OptionKind::Text => {
            let length = one.chars().count() as f64;
            in_range(option, length, &text!("字数", "length"))?;
            Ok(OptionValue::Text(one.to_owned()))
        }
        OptionKind::Number => number(option, one),
        OptionKind::Bool => match one.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "是" | "开" => Ok(OptionValue::Bool(true)),
            "false" | "no" | "off" | "否" | "关" => Ok(OptionValue::Bool(false)),
            _ => Err(text!("“{one}”不是“是”或“否”。", "`{one}` is neither true nor false.")),
        },
        OptionKind::Choice => choice(option, one).map(OptionValue::Text),
        OptionKind::Color => match Color::parse(one) {
            Some(color) => Ok(OptionValue::Text(color.hex())),
            None => Err(text!("“{one}”不是颜色。", "`{one}` is not a colour.")),
        },
        OptionKind::List => list(option, &[one.to_owned()]),
    }
}

fn number(option: &OptionDeclaration, text: &str) -> Result<OptionValue, Bilingual> {
    let value = text.parse::<f64>().ok().filter(|value| value.is_finite());
    let Some(value) = value else {
        return Err(text!("“{text}”不是数字。", "`{text}` is not a number."));
    };
    in_range(option, value, &text!("数字", "number"))?;
    Ok(text.parse::<i64>().map_or(OptionValue::Number(value), OptionValue::Integer))
}

fn choice(option: &OptionDeclaration, value: &str) -> Result<String, Bilingual> {
    if option.choices.iter().any(|choice| choice == value) {
        return Ok(value.to_owned());
    }
    let near = nearest(value, option.choices.iter().map(String::as_str));
    if near.is_empty() {
        return Err(text!("“{value}”不在可选的值里。", "`{value}` is not one of the choices."));
    }
    let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
    Err(text!(
        "“{value}”不在可选的值里，是不是想写{zh}？",
        "`{value}` is not one of the choices; did you mean {en}?"
    ))
}

fn list(option: &OptionDeclaration, items: &[String]) -> Result<OptionValue, Bilingual> {
    in_range(option, items.len() as f64, &text!("项数", "number of entries"))?;
    let items: Vec<&str> = items.iter().map(|item| item.trim()).collect();
    for (index, item) in items.iter().enumerate() {
        if !option.choices.is_empty() {
            choice(option, item)?;
        }
        if items[..index].contains(item) {
            return Err(text!("“{item}”写了两次，只能写一次。", "`{item}` stands twice; write it once."));
        }
    }
    Ok(OptionValue::List(items.into_iter().map(str::to_owned).collect()))
}

fn in_range(option: &OptionDeclaration, value: f64, what: &Bilingual) -> Result<(), Bilingual> {
    let (zh, en) = (&what.zh, &what.en);
    match (option.min, option.max) {
        (Some(min), _) if value < min => {
            Err(text!("{zh}不能小于 {min}。", "The {en} must be at least {min}."))
        }
        (_, Some(max)) if value > max => {
            Err(text!("{zh}不能大于 {max}。", "The {en} must be at most {max}."))
        }
        _ => Ok(()),
    }
}

/// Says what an option takes.
fn takes(option: &OptionDeclaration) -> Bilingual {
    let (zh, en) = (quoted_list_zh(&option.choices), quoted_list_en(&option.choices));
    match option.kind {
        OptionKind::Text => text!("请写一行文字。", "Write a line of text."),
        OptionKind::Number => text!("请写一个数字，例如 6。", "Write a number, such as 6."),
        OptionKind::Bool => text!("请写“是”或“否”。", "Write `true` or `false`."),
        OptionKind::Choice => text!("请写其中之一：{zh}。", "Write one of {en}."),
        OptionKind::Color => {
            text!("请写成 \"#a80000\" 这样，带引号。", "Write it as \"#a80000\", with the quotes.")
        }
        OptionKind::List if option.choices.is_empty() => {
            text!(
                "请写成列表，一行一项，每行以“- ”开头。",
                "Write a list, one entry a line, each after `- `."
            )
        }
        OptionKind::List => text!("每一项只能是：{zh}。", "Each entry must be one of {en}."),
    }
}

/// Checks that colours can be read on the colours their theme says they stand on.
fn check_contrast(
    declared: &[OptionDeclaration],
    values: &BTreeMap<String, OptionValue>,
    given: &BTreeMap<&str, &GivenOption>,
    report: &mut Report,
) {
    let color = |name: &str| match values.get(name) {
        Some(OptionValue::Text(hex)) => Color::parse(hex),
        _ => Color::parse(name),
    };
    for option in declared {
        let Some(own) = color(&option.name) else { continue };
        let grounds = option.contrast.iter().filter_map(|rule| Some((rule, color(&rule.with)?)));
        let failed = grounds.clone().filter(|(rule, ground)| contrast(own, *ground) < rule.min);
        // One colour that is wrong on several grounds is one mistake: the worst of them is named.
        let worst = failed.min_by(|(one, a), (other, b)| {
            (contrast(own, *a) / one.min).total_cmp(&(contrast(own, *b) / other.min))
        });
        let Some((rule, ground)) = worst else { continue };
        let (name, with, min) = (&option.name, &rule.with, rule.min);
        let ratio = contrast(own, ground);
        // Rounded down: 4.499 must not be shown as 4.50.
        let ratio = (ratio * 100.0).floor() / 100.0;
        let message = text!(
            "颜色“{name}”在“{with}”上的对比度只有 {ratio:.2}，至少要 {min}。",
            "The contrast of `{name}` on `{with}` is {ratio:.2}; at least {min} is needed."
        );
        let mut diagnostic = Diagnostic::new(codes::LOW_CONTRAST, message);
        let readable =
            |better: &Color| grounds.clone().all(|(rule, ground)| contrast(*better, ground) >= rule.min);
        let better = nearest_readable(own, ground, rule.min).filter(readable);
        if let Some(better) = better.map(Color::hex) {
            diagnostic =
                diagnostic.help(text!("可以改成 \"{better}\"。", "`{name}: \"{better}\"` is readable."));
        }
        let place = given
            .get(name.as_str())
            .or_else(|| given.get(with.as_str()))
            .and_then(|option| option.value_at.as_ref());
        // Where the site says nothing, it is the theme's own colours.
        let declared_at = || {
            let ground = declared.iter().find(|other| other.name == *with);
            option.at.as_ref().or_else(|| ground?.at.as_ref())
        };
        report.push(at(diagnostic, place.or_else(declared_at)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::WrittenOption;
    use super::*;
    use crate::diagnostic::LineIndex;

    const DECLARED: &str = "
- { name: accent, type: color, default: '#9E1B1B', contrast: { with: paper, min: 4.5 } }
- { name: paper, type: color, default: '#fff' }
- { name: cards, type: number, default: 6, min: 3, max: 12 }
- { name: layout, type: choice, default: cards, choices: [cards, table] }
- { name: search, 类型: 开关, default: true }
- { name: sections, type: list, choices: [hero, figures, towns] }
- { name: motto, type: text, max: 4 }
";

    fn declared() -> Vec<OptionDeclaration> {
        declarations(DECLARED)
    }

    fn declarations(yaml: &str) -> Vec<OptionDeclaration> {
        let written: Vec<WrittenOption> = serde_yaml::from_str(yaml).unwrap();
        written.into_iter().map(|option| option.complete(None).unwrap()).collect()
    }

    fn resolve(given: &[(&str, GivenValue)]) -> (BTreeMap<String, OptionValue>, Vec<Diagnostic>) {
        let span = |text: &str| Some(LineIndex::new("content/site.yaml".into(), text).span(0..text.len()));
        let given: Vec<GivenOption> = given
            .iter()
            .map(|(name, value)| GivenOption {
                name: (*name).into(),
                name_at: span(name),
                value: value.clone(),
                value_at: span("value"),
            })
            .collect();
        let mut report = Report::new();
        let values = resolve_options(&declared(), &given, &mut report);
        (values, report.into_sorted())
    }

    fn text(value: &str) -> GivenValue {
        GivenValue::Text(value.into())
    }

    #[test]
    fn options_not_given_have_their_defaults() {
        let (values, problems) = resolve(&[]);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(
            serde_json::to_string(&values).unwrap(),
            r##"{"accent":"#9e1b1b","cards":6,"layout":"cards","motto":null,"paper":"#ffffff","search":true,"sections":[]}"##
        );
    }

    #[test]
    fn options_are_read_as_their_type() {
        let (values, problems) = resolve(&[
            ("cards", text("9")),
            ("search", text("否")),
            ("layout", text("table")),
            ("sections", GivenValue::List(vec!["towns".into()])),
            ("motto", text("奋进")),
        ]);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(values["cards"], OptionValue::Integer(9));
        assert_eq!(values["search"], OptionValue::Bool(false));
        assert_eq!(values["sections"], OptionValue::List(vec!["towns".into()]));
    }

    #[test]
    fn a_value_an_option_cannot_take_is_reported_where_it_stands_and_the_default_is_kept() {
        for (name, value, zh) in [
            ("cards", text("many"), "“many”不是数字。"),
            ("cards", text("13"), "数字不能大于 12。"),
            ("cards", text("inf"), "“inf”不是数字。"),
            ("layout", text("tabel"), "“tabel”不在可选的值里，是不是想写“table”？"),
            ("search", text("也许"), "“也许”不是“是”或“否”。"),
            ("accent", text("red"), "“red”不是颜色。"),
            ("accent", GivenValue::List(vec![]), "选项“accent”只能写一个值。"),
            ("sections", GivenValue::List(vec!["town".into()]), "“town”不在可选的值里，是不是想写“towns”？"),
            (
                "sections",
                GivenValue::List(vec!["towns".into(), " towns".into()]),
                "“towns”写了两次，只能写一次。",
            ),
            ("motto", text("五个字的话"), "字数不能大于 4。"),
        ] {
            let (values, problems) = resolve(&[(name, value)]);
            assert_eq!(problems.len(), 1, "{name}: {problems:?}");
            assert_eq!((problems[0].code, problems[0].message.zh.as_str()), (codes::BAD_THEME_OPTION, zh));
            assert_eq!(&*problems[0].span.as_ref().unwrap().text, "value");
            assert!(problems[0].help.is_some());
            assert_eq!(values[name], resolve(&[]).0[name]);
        }
    }

    #[test]
    fn an_unknown_option_offers_the_nearest() {
        let (_, problems) = resolve(&[("acent", text("#000"))]);
        assert_eq!(problems[0].code, codes::UNKNOWN_THEME_OPTION);
        assert_eq!(problems[0].help.as_ref().unwrap().en, "Did you mean `accent`?");
        assert_eq!(&*problems[0].span.as_ref().unwrap().text, "acent");
    }

    #[test]
    fn a_colour_too_near_its_ground_is_reported_with_a_better_one() {
        let (_, problems) = resolve(&[("accent", text("#f08080"))]);
        assert_eq!(problems[0].code, codes::LOW_CONTRAST);
        assert!(problems[0].message.zh.contains("2.59"), "{}", problems[0].message.zh);
        let better = problems[0].help.as_ref().unwrap().zh.split('"').nth(1).unwrap().to_owned();
        assert!(resolve(&[("accent", text(&better))]).1.is_empty());
        // Changing the ground is found too, at the ground.
        assert_eq!(resolve(&[("paper", text("#555"))]).1[0].code, codes::LOW_CONTRAST);
    }

    #[test]
    fn a_declaration_that_contradicts_itself_is_reported() {
        let declared = declarations(
            "[{name: a, type: number, default: x}, {name: b, type: choice}, {name: c, type: color, contrast: {with: d, min: 3}}, {name: 强调, type: text}]",
        );
        let problems = check_declarations(&declared);
        assert_eq!(
            problems.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["a", "b", "c", "强调"]
        );
    }
}
