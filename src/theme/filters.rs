//! What the filters and functions of [`super::TOOLS`] do.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};
use unicode_width::UnicodeWidthChar;

use super::assets::Assets;

/// Registers everything in [`super::TOOLS`].
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
    tera.register_filter("tel", tel);
    let assets = Arc::clone(assets);
    tera.register_function("asset", move |kwargs: Kwargs, state: &State| asset(&assets, &kwargs, state));
}

/// Marks the message of an unknown asset, so that it becomes a diagnostic of its own.
pub(super) const UNKNOWN_ASSET_MARK: &str = "yipin:unknown-asset:";
/// Marks the message of a missing root.
pub(super) const NO_ROOT_MARK: &str = "yipin:no-root";

fn asset(assets: &Assets, kwargs: &Kwargs, state: &State) -> TeraResult<String> {
    only(kwargs, &["name"])?;
    let name = kwargs.must_get::<&str>("name")?;
    let asset = assets.get(name).ok_or_else(|| Error::message(format!("{UNKNOWN_ASSET_MARK}{name}")))?;
    let root = state.get::<Value>("root")?;
    let root = root.as_ref().and_then(Value::as_str).ok_or_else(|| Error::message(NO_ROOT_MARK))?;
    Ok(format!("{root}{}", asset.address()))
}

/// Marks the message of an argument that a filter or function does not have; its name and those there are follow.
pub(super) const UNKNOWN_ARGUMENT_MARK: &str = "yipin:unknown-argument:";

/// Refuses every argument that is not known: one that is misspelt would do nothing.
fn only(kwargs: &Kwargs, known: &[&str]) -> TeraResult<()> {
    match kwargs.iter().map(|(name, _)| name.to_string()).find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Error::message(format!("{UNKNOWN_ARGUMENT_MARK}{name}:{}", known.join(",")))),
        None => Ok(()),
    }
}

fn number(value: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    only(kwargs, &["places"])?;
    let places = kwargs.get::<usize>("places")?.map(|places| places.min(12));
    let plain = match (value.as_i128(), value.as_f64(), places) {
        (Some(whole), _, None | Some(0)) => whole.to_string(),
        (_, Some(number), Some(places)) if number.is_finite() => rounded(number, 0, places),
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
    only(kwargs, &["places"])?;
    let places = kwargs.get::<usize>("places")?.unwrap_or(0).min(12);
    let share = value.as_f64().filter(|share| share.is_finite()).ok_or_else(|| not_a(value, "number"))?;
    Ok(format!("{}%", rounded(share, 2, places)))
}

/// Writes a number, its decimal point moved to the right by `shift`, with so many decimals, rounded as people do: a half
/// goes away from zero. What is rounded is the shortest decimal that means this number: 1.005 is no less than it looks.
fn rounded(number: f64, shift: usize, places: usize) -> String {
    let plain = format!("{}", number.abs());
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let kept = whole.len() + shift + places;
    let digits = whole.bytes().chain(decimals.bytes()).chain(std::iter::repeat(b'0'));
    let mut digits: Vec<u8> = digits.take(kept + 1).collect();
    let mut carries = digits.pop().is_some_and(|next| next >= b'5');
    for digit in digits.iter_mut().rev() {
        if carries {
            carries = *digit == b'9';
            *digit = if carries { b'0' } else { *digit + 1 };
        }
    }
    let mut out: String =
        carries.then_some('1').into_iter().chain(digits.into_iter().map(char::from)).collect();
    let point = out.len() - places;
    let leading = out[..point].bytes().take_while(|digit| *digit == b'0').count();
    let is_zero = out.bytes().all(|digit| digit == b'0');
    if places > 0 {
        out.insert(point, '.');
    }
    let out = &out[leading.min(point - 1)..];
    if number < 0.0 && !is_zero { format!("-{out}") } else { out.to_owned() }
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
    only(kwargs, &["length", "end"])?;
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

fn tel(text: &str, _: Kwargs, _: &State) -> String {
    dialled(text).unwrap_or_default()
}

/// Returns what a phone dials for a text that is clearly one number, remarks in brackets and an extension left out; `None`
/// for any other.
fn dialled(text: &str) -> Option<String> {
    let (mut number, mut parts, mut begun) = (String::new(), vec![0], false);
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        match c {
            '0'..='9' => {
                number.push(c);
                *parts.last_mut()? += 1;
            }
            '+' if number.is_empty() => number.push(c),
            // Brackets round the area code, at the beginning only; later they hold a remark.
            '(' | '（' if number.is_empty() && !begun => {}
            ')' | '）' if parts.len() == 1 && parts[0] > 0 => parts.push(0),
            '-' | '－' | '—' | '–' | ' ' if parts.last() != Some(&0) => parts.push(0),
            ' ' => {}
            _ => break,
        }
        begun = true;
        rest = &rest[c.len_utf8()..];
    }
    if parts.last() == Some(&0) {
        parts.pop();
    }
    // `0566-7012345-801`: an area code, a number and an extension.
    if let [3 | 4, 7 | 8, extension @ 1..=5] = parts[..]
        && number.starts_with('0')
    {
        number.truncate(number.len() - extension);
    }
    let digits = number.trim_start_matches('+').len();
    let is_number = (3..=13).contains(&digits) && parts.len() <= 4;
    (is_number && is_remark(rest)).then_some(number)
}

/// Returns whether what stands behind a number is an extension, a remark in brackets or nothing.
fn is_remark(text: &str) -> bool {
    let text = text.trim_start();
    let behind = ["转", "分机", "ext.", "ext", "x"].iter().find_map(|word| text.strip_prefix(word));
    let text = behind
        .map_or(text, |text| text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start());
    let is_within = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    text.is_empty() || is_within && !text.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_one_number_can_be_dialled() {
        for (text, number) in [
            ("0566-7012345", Some("05667012345")),
            ("0566 701 2345", Some("05667012345")),
            ("（0566）7012345", Some("05667012345")),
            ("0566-7012345（工作日）", Some("05667012345")),
            ("0566-7012345转801", Some("05667012345")),
            ("0566-7012345-801", Some("05667012345")),
            ("+86 566 7012345", Some("+865667012345")),
            ("400-123-4567", Some("4001234567")),
            ("13800138000", Some("13800138000")),
            ("12345", Some("12345")),
            ("0566-7012345、7012346", None),
            ("0566-7012345/46", None),
            ("0566-7012345（夜间7012346）", None),
            ("7012345 7012346", None),
            ("见大厅公告", None),
            ("电话：12345", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(dialled(text).as_deref(), number, "{text}");
        }
    }

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
    fn a_half_is_rounded_away_from_zero() {
        for (number, shift, places, shown) in [
            (0.125, 2, 0, "13"),
            (2.5, 0, 0, "3"),
            (-2.5, 0, 0, "-3"),
            (1.005, 0, 2, "1.01"),
            (0.285, 2, 0, "29"),
            (9.995, 0, 2, "10.00"),
            (0.4, 0, 0, "0"),
            (-0.4, 0, 0, "0"),
            (0.05, 2, 1, "5.0"),
            (1.0, 2, 0, "100"),
            (1234.0, 0, 1, "1234.0"),
            (1e-9, 0, 2, "0.00"),
            (1e20, 0, 1, "100000000000000000000.0"),
        ] {
            assert_eq!(rounded(number, shift, places), shown, "{number}");
        }
    }

    #[test]
    fn an_argument_that_is_not_known_is_refused() {
        for call in [
            "2 | number(place=0)",
            "2 | percent(place=0)",
            "'a' | truncate_chars(length=1, ende='')",
            "asset(name='a', x=1)",
        ] {
            assert!(render(&format!("{{{{ {call} }}}}")).contains(UNKNOWN_ARGUMENT_MARK), "{call}");
        }
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
}
