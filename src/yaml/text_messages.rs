//! What is said about values: one function for each mistake, with what to type instead.

use std::ops::Range;

use super::problems::{Problems, clip, quoted};
use crate::diagnostic::{Bilingual, codes};
use crate::text;

impl Problems {
    pub fn control_character(&mut self, range: Range<usize>, c: char) {
        let number = format!("U+{:04X}", c as u32);
        self.push(
            codes::YAML_CONTROL_CHARACTER,
            range,
            text!("这里有一个看不见的字符（{number}）。", "An invisible character stands here ({number})."),
            text!(
                "请删掉它：把光标放在它后面按退格键，或者把这一行重新打一遍。",
                "Delete it: put the cursor behind it and press Backspace, or type the line again."
            ),
        );
    }

    pub fn fullwidth_comma(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_FULLWIDTH_COMMA,
            range,
            text!(
                "括号里的各项要用英文逗号“,”隔开，这里是中文逗号“，”。",
                "Items in brackets are separated by plain commas `,`; this one is full-width `，`."
            ),
            text!(
                "请改成英文逗号加空格“, ”；如果这个逗号属于文字本身，请给这一项加英文双引号。",
                "Write `, `; if the comma belongs to the text, put the item in straight quotes."
            ),
        );
    }

    pub fn needs_quotes(&mut self, range: Range<usize>, value: &str) {
        let first = value.chars().next().unwrap_or(' ');
        let quoted = quoted(value);
        self.push(
            codes::YAML_NEEDS_QUOTES,
            range,
            text!(
                "以“{first}”开头的文字要加英文引号。",
                "A text that begins with `{first}` needs straight quotes."
            ),
            text!("请写成：{quoted}", "Write {quoted}"),
        );
    }

    pub fn text_after_bar(&mut self, range: Range<usize>, text: &str, column: usize) {
        let text = clip(text);
        self.push(
            codes::YAML_BAR,
            range,
            text!(
                "“|”后面同一行不能有文字，文字从下一行开始。",
                "No text can stand on the line of `|`; it begins on the line below."
            ),
            text!(
                "请把光标放在“{text}”前面按回车，再在它前面加 {column} 个空格。",
                "Put the cursor before `{text}`, press Enter, and type {column} blanks before it."
            ),
        );
    }

    pub fn odd_bar(&mut self, range: Range<usize>, written: &str) {
        self.push(
            codes::YAML_BAR,
            range,
            text!(
                "下面的多行文字要由英文竖线“|”引出，这里写的是“{written}”。",
                "The lines of text below are announced by a plain bar `|`, not by `{written}`."
            ),
            text!("请改成：|", "Write `|`."),
        );
    }

    pub fn pasted(&mut self, range: Range<usize>, blanks: usize) {
        self.push(
            codes::YAML_INDENT,
            range,
            text!(
                "这一行像是上面那段文字的一部分，但是没有缩进。",
                "The line seems to belong to the text above, but is not indented as it is."
            ),
            text!(
                "请在这一行行首加 {blanks} 个空格，和上面的文字对齐；下面还有同一段文字的，每一行都这样加。",
                "Type {blanks} blanks before the line, as far as the text above is indented, and so for every further line of it."
            ),
        );
    }

    pub fn fullwidth_bracket(&mut self, range: Range<usize>, inner: &str, is_map: bool) {
        let inner = clip(inner);
        let (open, close) = if is_map { ('{', '}') } else { ('[', ']') };
        self.push(
            codes::YAML_FULLWIDTH_BRACKET,
            range,
            text!(
                "这里要用英文括号“{open}”“{close}”，写的是中文括号。",
                "Plain brackets {open} {close} are needed here, not full-width ones."
            ),
            text!("请写成：{open}{inner}{close}", "Write {open}{inner}{close}"),
        );
    }

    pub fn list_on_key_line(&mut self, range: Range<usize>, value: &str) {
        let quoted = quoted(value);
        self.push(
            codes::YAML_NEEDS_QUOTES,
            range,
            text!("列表的第一项不能和键写在同一行。", "The first item of a list cannot stand on the line of its key."),
            text!(
                "请在冒号后面换行，“- ”写在下一行行首；如果短横线属于文字，请写成：{quoted}",
                "Begin a new line after the colon and put `- ` there; if the dash belongs to the text, write {quoted}"
            ),
        );
    }

    /// `key` is a word before the colon that may be a key of its own, with what follows it.
    pub fn colon_in_value(&mut self, range: Range<usize>, value: &str, key: Option<(&str, &str)>) {
        let quoted = quoted(value.trim_start_matches(['“', '‘']).trim_end_matches(['”', '’']));
        if value.starts_with(['“', '‘']) {
            self.push(
                codes::YAML_FULLWIDTH_QUOTE,
                range,
                text!(
                    "这段文字里有冒号加空格，要用英文引号括起来；中文引号在这里不起作用。",
                    "The text has a colon and a blank in it and needs straight quotes; Chinese ones do not count."
                ),
                text!("请写成：{quoted}", "Write {quoted}"),
            );
            return;
        }
        self.push(
            codes::YAML_COLON_IN_VALUE,
            range,
            text!(
                "值里面又有冒号加空格（或以冒号结尾），会被当成另一个键。",
                "The value has a colon and a blank in it (or ends with a colon), which reads as another key."
            ),
            match key {
                Some((key, rest)) => text!(
                    "如果“{key}”是另一个键，请另起一行：{key}: {rest}\n如果它属于文字，请给整个值加英文引号：{quoted}",
                    "If `{key}` is another key, begin a new line: `{key}: {rest}`\nIf it belongs to the text, put the whole value in straight quotes: {quoted}",
                    rest = clip(rest)
                ),
                None => text!(
                    "请给整个值加英文引号：{quoted}\n或者改用中文冒号“：”。",
                    "Put the whole value in straight quotes: {quoted}"
                ),
            },
        );
    }

    pub fn comment_in_value(&mut self, range: Range<usize>, value: &str) {
        let quoted = quoted(value);
        self.push(
            codes::YAML_COMMENT_IN_VALUE,
            range,
            text!(
                "空格后面的“#”是注释，从这里到行尾的内容不会出现在网站上。",
                "A `#` after a blank begins a comment; from here to the end of the line nothing is read."
            ),
            remark_or_text(&quoted),
        );
    }

    /// A comment stands where the value should.
    pub fn comment_as_value(&mut self, range: Range<usize>, value: &str) {
        let quoted = quoted(value);
        self.push(
            codes::YAML_COMMENT_IN_VALUE,
            range,
            text!(
                "以“#”开头的是注释，所以这里等于没有写，它不会出现在网站上。",
                "What begins with `#` is a comment, so nothing is written here and nothing of it is shown."
            ),
            remark_or_text(&quoted),
        );
    }

    pub fn curly_comment(&mut self, range: Range<usize>, value: &str) {
        let quoted = quoted(value.trim_matches(['“', '”', '‘', '’']));
        self.push(
            codes::YAML_FULLWIDTH_QUOTE,
            range,
            text!(
                "“#”把后面的文字变成了注释；这里要用英文引号，中文引号不起作用。",
                "The `#` makes a comment of the rest; straight quotes are needed here, Chinese ones do not count."
            ),
            text!("请写成：{quoted}", "Write {quoted}"),
        );
    }

    pub fn unclosed_quote(&mut self, range: Range<usize>, mark: char, rest: &str) {
        let curly = rest.ends_with(['”', '’', '＂']);
        let quoted = quoted(rest.trim_end_matches(['”', '’', '＂']));
        let message = if curly {
            text!(
                "前面是英文引号“{mark}”，后面却是中文引号，没有成对。",
                "A straight quote {mark} opens and a Chinese one ends the text; they do not match."
            )
        } else {
            text!("引号“{mark}”只有开头，没有结尾。", "The quote {mark} is not closed.")
        };
        self.push(codes::YAML_UNCLOSED_QUOTE, range, message, text!("请写成：{quoted}", "Write {quoted}"));
    }

    pub fn text_after_quote(&mut self, range: Range<usize>, value: &str) {
        let quoted = quoted(value);
        self.push(
            codes::YAML_TEXT_AFTER_QUOTE,
            range,
            text!(
                "结束的引号后面还有文字；以英文引号开头的值，引号要把整个值括起来。",
                "Text follows the closing quote; a value that begins with a straight quote is quoted as a whole."
            ),
            text!(
                "请写成：{quoted}\n或者把里面的引号改成中文引号“”。",
                "Write {quoted}\nOr use Chinese quotation marks “” inside the text."
            ),
        );
    }

    pub fn bad_escape(&mut self, range: Range<usize>, value: &str) {
        let quoted = format!("'{}'", clip(&value.replace('\'', "''")));
        self.push(
            codes::YAML_BAD_ESCAPE,
            range,
            text!(
                "双引号里的反斜杠“\\”有特殊含义，这样写读不懂。",
                "A backslash inside double quotes has a meaning of its own; this one has none."
            ),
            text!("请改用单引号：{quoted}", "Use single quotes: {quoted}"),
        );
    }

    pub fn unclosed_bracket(&mut self, range: Range<usize>, open: char) {
        let close = if open == '[' { ']' } else { '}' };
        self.push(
            codes::YAML_UNCLOSED_BRACKET,
            range,
            text!("“{open}”没有对应的“{close}”。", "`{open}` has no matching `{close}`."),
            text!(
                "请在末尾补上“{close}”；如果括号属于文字，请给整个值加英文引号。",
                "Add `{close}` at the end; if the bracket belongs to the text, put the whole value in straight quotes."
            ),
        );
    }

    pub fn wrong_bracket(&mut self, range: Range<usize>, wanted: char) {
        self.push(
            codes::YAML_UNCLOSED_BRACKET,
            range,
            text!(
                "括号不配对，这里应该是“{wanted}”。",
                "The brackets do not match; `{wanted}` belongs here."
            ),
            text!("请改成“{wanted}”。", "Write `{wanted}`."),
        );
    }

    pub fn missing_comma(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_SYNTAX,
            range,
            text!(
                "括号里的两项之间缺少逗号，或者文字里有括号。",
                "A comma is missing between two items, or a text has brackets in it."
            ),
            text!(
                "请在两项之间加英文逗号“, ”；含有括号的文字请加英文引号。",
                "Put `, ` between the items; put a text with brackets in it in straight quotes."
            ),
        );
    }

    pub fn empty_item(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_SYNTAX,
            range,
            text!("逗号前面没有内容。", "Nothing stands before the comma."),
            text!("请删掉多余的逗号。", "Delete the comma."),
        );
    }

    /// Says the first of the marks that are not accepted; where there is one there are many.
    pub fn say_unsupported(&mut self, range: Range<usize>, mark: &str, count: usize) {
        let (all_zh, all_en) = match count {
            1 => (String::new(), String::new()),
            _ => (
                format!("（文件里共有 {count} 处这样的记号）"),
                format!(" (the file has {count} such marks)"),
            ),
        };
        self.push(
            codes::YAML_ANCHOR,
            range,
            text!(
                "“{mark}”是 YAML 的引用或类型记号，这里不支持{all_zh}。",
                "`{mark}` is a YAML anchor, alias, merge key or tag, which is not accepted{all_en}."
            ),
            text!(
                "请把内容直接写出来；如果它属于文字，请给整个值加英文引号。",
                "Write the value out; if it belongs to the text, put the whole value in straight quotes."
            ),
        );
    }

    /// Reports what only `serde_yaml` found, unless something was said about the place already.
    pub fn syntax(&mut self, range: Range<usize>, message: Bilingual) {
        self.push(
            codes::YAML_SYNTAX,
            range,
            message,
            text!(
                "请检查这一行和上一行的缩进、冒号、引号和括号；拿不准时，把值放进英文双引号里。",
                "Check the indentation, colons, quotes and brackets of this line and the one above; when in doubt, put the value in straight quotes."
            ),
        );
    }
}

fn remark_or_text(quoted: &str) -> Bilingual {
    text!(
        "如果“#”属于文字，请加英文引号：{quoted}\n如果它是备注，请在“#”后面加一个空格。",
        "If the `#` belongs to the text, put it in straight quotes: {quoted}\nIf it begins a remark, type a blank behind the `#`."
    )
}
