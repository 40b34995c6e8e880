//! Numbers as staff write them: what is one, and what to type instead when it is not.

use super::site::Number;
use crate::text::ascii_digits;

/// Why a text is not a number, and what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NumberProblem {
    /// Full-width digits.
    FullWidth(String),
    /// Thousands separators.
    Separators(String),
    /// Words before or after the digits: the number alone, and the words.
    Words(String, String),
    /// A decimal point without a digit before it: the number with one.
    Bare(String),
    /// An estimate, a range, a fraction.
    Unsure,
    /// 万 or 亿 after the digits: the number in full.
    TenThousands(String),
    /// A whole number is wanted.
    Decimals(String),
    /// A number from 0 is wanted.
    Negative,
    /// Too many digits.
    TooLarge,
    /// No digits at all.
    NoDigits,
}

/// Reads a whole number from 0.
pub(super) fn whole(text: &str) -> Result<u64, NumberProblem> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        // Above this, sums and JavaScript would no longer be exact.
        return match text.parse::<u64>() {
            Ok(number) if number <= 1 << 50 => Ok(number),
            _ => Err(NumberProblem::TooLarge),
        };
    }
    if is_decimal(text) {
        let (whole, _) = text.split_once('.').unwrap_or((text, ""));
        return Err(if text.starts_with('-') {
            NumberProblem::Negative
        } else {
            NumberProblem::Decimals(whole.trim_start_matches('+').to_owned())
        });
    }
    Err(diagnose(text))
}

/// Reads a number, perhaps with decimals or a minus.
pub(super) fn number(text: &str) -> Result<Number, NumberProblem> {
    if !is_decimal(text) {
        return Err(diagnose(text));
    }
    if text.len() > 18 {
        return Err(NumberProblem::TooLarge);
    }
    let plain = text.trim_start_matches('+');
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Number { value, text: plain.to_owned() }),
        _ => Err(NumberProblem::NoDigits),
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(decimals)
}

fn diagnose(text: &str) -> NumberProblem {
    let ascii = ascii_digits(text);
    if is_decimal(&ascii) {
        return NumberProblem::FullWidth(ascii);
    }
    let with_digit = ascii.replacen('.', "0.", 1);
    if ascii.starts_with(['.', '-']) && is_decimal(&with_digit) {
        return NumberProblem::Bare(with_digit);
    }
    let joined = without_separators(&ascii);
    if is_decimal(&joined) {
        return NumberProblem::Separators(joined);
    }
    let Some(start) = joined.find(|c: char| c.is_ascii_digit()) else { return NumberProblem::NoDigits };
    let end = joined[start..]
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(joined.len(), |length| start + length);
    let digits = joined[start..end].trim_end_matches('.');
    let (before, words) = (joined[..start].trim(), joined[end..].trim());
    if !before.is_empty() || !is_unit(words.trim_start_matches(['万', '亿'])) {
        return NumberProblem::Unsure;
    }
    if let Some(full) = in_full(digits, words) {
        return NumberProblem::TenThousands(full);
    }
    if is_decimal(digits) {
        return NumberProblem::Words(digits.to_owned(), words.to_owned());
    }
    NumberProblem::NoDigits
}

/// Returns whether what stands behind a number can be its unit, and makes it neither an estimate nor a range.
fn is_unit(words: &str) -> bool {
    let vague = ["余", "多", "来", "几", "左右", "上下", "以上", "以下", "以内", "不到"];
    let begins = words.chars().next().is_none_or(|c| c.is_alphabetic() || "%％‰℃℉㎡㎥".contains(c));
    let counts = |c: char| c.is_numeric() || "-~～—–至到".contains(c);
    begins && !vague.iter().any(|word| words.contains(word)) && !words.contains(counts)
}

/// Leaves out separators and blanks that stand between digits: `1,200`, `1 200`, `1，200`, `1、200`.
fn without_separators(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        let between = is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
        if !(between && matches!(c, ',' | ' ' | '、' | '\'' | '_')) {
            out.push(*c);
        }
    }
    out
}

/// Writes `3万` as `30000`, `1.2万` as `12000`.
fn in_full(digits: &str, unit: &str) -> Option<String> {
    let zeros: usize = match unit.chars().next()? {
        '万' => 4,
        '亿' => 8,
        _ => return None,
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if decimals.len() > zeros || whole.len() > 8 || !is_decimal(digits) {
        return None;
    }
    let full = format!("{whole}{decimals}{}", "0".repeat(zeros - decimals.len()));
    let full = full.trim_start_matches('0');
    Some(if full.is_empty() { "0".to_owned() } else { full.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_the_decimals_it_was_written_with() {
        let read = number("95.50").unwrap();
        assert_eq!(read.text, "95.50");
        assert!((read.value - 95.5).abs() < f64::EPSILON);
        assert_eq!(whole("0120"), Ok(120));
        assert_eq!(number("-3").unwrap().text, "-3");
    }

    #[test]
    fn what_is_no_number_says_what_to_type() {
        use NumberProblem as P;
        assert_eq!(whole("120人"), Err(P::Words("120".into(), "人".into())));
        for unsure in
            ["120余人", "约120", "120+", "100~120", "35-40", "3/4", "1e3", "3万余人次", "10人左右", "第3"]
        {
            assert_eq!(whole(unsure), Err(P::Unsure), "{unsure}");
            assert_eq!(number(unsure), Err(P::Unsure), "{unsure}");
        }
        assert_eq!(number(".5"), Err(P::Bare("0.5".into())));
        assert_eq!(number("-.5"), Err(P::Bare("-0.5".into())));
        assert_eq!(whole("3万人次"), Err(P::TenThousands("30000".into())));
        assert_eq!(whole("1,200"), Err(P::Separators("1200".into())));
        assert_eq!(whole("1，200"), Err(P::Separators("1200".into())));
        assert_eq!(whole("１２０"), Err(P::FullWidth("120".into())));
        assert_eq!(number("1.2万"), Err(P::TenThousands("12000".into())));
        assert_eq!(whole("12.5"), Err(P::Decimals("12".into())));
        assert_eq!(whole("-1"), Err(P::Negative));
        assert_eq!(whole("一百二十"), Err(P::NoDigits));
        assert_eq!(number("95%"), Err(P::Words("95".into(), "%".into())));
        assert_eq!(whole("99999999999999999999"), Err(P::TooLarge));
        assert_eq!(whole(""), Err(P::NoDigits));
    }
}
