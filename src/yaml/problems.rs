//! The sentences: one function for each mistake, with what to type instead.

use std::ops::Range;

use crate::diagnostic::{Bilingual, Code, Diagnostic, LineIndex, Report, codes};
use crate::text;

/// After so many problems in one text nothing more is said; the file is not what it should be.
const MOST: usize = 60;

/// A blank that cannot be used to indent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    Tab,
    FullWidth,
}

/// The problems of one text, in the order they were found.
pub(super) struct Problems<'a> {
    index: LineIndex<'a>,
    found: Vec<Diagnostic>,
    /// The first line indented with tabs, and with full-width blanks, and how many there are: they come in crowds.
    blanks: [Option<(Range<usize>, usize)>; 2],
    /// Where the latest error stands, to keep one mistake from being said twice.
    last: Option<usize>,
}

impl<'a> Problems<'a> {
    pub fn new(index: LineIndex<'a>) -> Self {
        Self { index, found: Vec::new(), blanks: [None, None], last: None }
    }

    /// Returns whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.blanks.iter().all(Option::is_none)
    }

    /// Hands all problems over.
    pub fn finish(mut self, report: &mut Report) {
        for (blank, first) in [Blank::Tab, Blank::FullWidth].into_iter().zip(std::mem::take(&mut self.blanks))
        {
            if let Some((range, count)) = first {
                self.say_blank(blank, range, count);
            }
        }
        report.extend(self.found);
    }

    fn push(&mut self, code: Code, range: Range<usize>, message: Bilingual, help: Bilingual) {
        let again = self.last == Some(range.start);
        if self.found.len() < MOST && !again {
            self.last = Some(range.start);
            self.found.push(Diagnostic::new(code, message).at(self.index.span(range)).help(help));
        }
    }

    /// Counts a line that is indented with the wrong blanks.
    pub fn bad_blank(&mut self, blank: Blank, range: Range<usize>) {
        let counted = self.blanks[usize::from(blank == Blank::FullWidth)].get_or_insert((range, 0));
        counted.1 += 1;
    }

    fn say_blank(&mut self, blank: Blank, range: Range<usize>, count: usize) {
        let (all_zh, all_en) = match count {
            1 => (String::new(), String::new()),
            _ => (format!("（共有 {count} 行这样）"), format!(" ({count} lines are like this)")),
        };
        let (code, message) = match blank {
            Blank::Tab => (
                codes::YAML_TAB,
                text!(
                    "行首用了制表符（Tab 键）{all_zh}，缩进只能用空格。",
                    "The line is indented with a tab{all_en}; only blanks can indent."
                ),
            ),
            Blank::FullWidth => (
                codes::YAML_FULLWIDTH_BLANK,
                text!(
                    "行首用了中文（全角）空格{all_zh}，缩进只能用英文空格。",
                    "The line is indented with full-width blanks{all_en}; only plain blanks can indent."
                ),
            ),
        };
        let help = text!(
            "请删掉行首的空白，改用英文空格，每深一层多 2 个空格。",
            "Delete the blank part and type plain blanks instead, 2 more for each level."
        );
        self.push(code, range, message, help);
    }

    pub fn second_document(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_DOCUMENTS,
            range,
            text!("文件中间不能有“---”或“...”分隔线。", "A line `---` or `...` cannot stand inside a file."),
            text!(
                "请删掉这一行；要分段，用以“#”开头的说明行。",
                "Delete the line; to separate parts use a comment line that begins with `#`."
            ),
        );
    }

    pub fn directive(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_ANCHOR,
            range,
            text!(
                "不需要、也不支持“%YAML”这样的行。",
                "Lines such as `%YAML` are neither needed nor accepted."
            ),
            text!("请删掉这一行。", "Delete the line."),
        );
    }

    pub fn control_character(&mut self, range: Range<usize>, c: char) {
        let number = format!("U+{:04X}", c as u32);
        self.push(
            codes::YAML_CONTROL_CHARACTER,
            range,
            text!(
                "这里有一个看不见的控制字符（{number}）。",
                "An invisible control character stands here ({number})."
            ),
            text!(
                "请删掉它：把光标放在它后面按退格键，或者把这一行重新打一遍。",
                "Delete it: put the cursor behind it and press Backspace, or type the line again."
            ),
        );
    }

    pub fn colon_blank(&mut self, range: Range<usize>, key: &str, value: &str) {
        let value = clip(value);
        self.push(
            codes::YAML_COLON_BLANK,
            range,
            text!("“{key}”的冒号后面缺一个空格。", "A blank is missing after the colon of `{key}`."),
            text!("请写成：{key}: {value}", "Write `{key}: {value}`."),
        );
    }

    pub fn fullwidth_colon(&mut self, range: Range<usize>, key: &str, value: &str) {
        let value = clip(value);
        self.push(
            codes::YAML_FULLWIDTH_COLON,
            range,
            text!(
                "“{key}”后面是中文冒号“：”，要用英文冒号加一个空格。",
                "A full-width colon `：` follows `{key}`; it takes a plain colon and a blank."
            ),
            text!("请写成：{key}: {value}", "Write `{key}: {value}`."),
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

    pub fn fullwidth_quote_on_key(&mut self, range: Range<usize>, key: &str) {
        self.push(
            codes::YAML_FULLWIDTH_QUOTE,
            range,
            text!("键“{key}”带了中文引号。", "The key `{key}` is written with Chinese quotation marks."),
            text!("请去掉引号，写成：{key}:", "Leave the quotation marks out: `{key}:`."),
        );
    }

    pub fn fullwidth_dash(&mut self, range: Range<usize>, rest: &str) {
        let rest = clip(rest);
        self.push(
            codes::YAML_FULLWIDTH_DASH,
            range,
            text!(
                "列表的每一项要以英文短横线加空格“- ”开头，这里用了别的符号。",
                "A list item begins with a plain dash and a blank `- `, not with this character."
            ),
            text!("请写成：- {rest}", "Write `- {rest}`."),
        );
    }

    pub fn dash_blank(&mut self, range: Range<usize>, rest: &str) {
        let rest = clip(rest);
        self.push(
            codes::YAML_DASH_BLANK,
            range,
            text!("短横线后面缺一个空格。", "A blank is missing after the dash."),
            text!("请写成：- {rest}", "Write `- {rest}`."),
        );
    }

    pub fn indent(&mut self, range: Range<usize>, has: usize, wanted: usize) {
        let (b, w) = (plural(has), plural(wanted));
        self.push(
            codes::YAML_INDENT,
            range,
            text!(
                "这一行前面有 {has} 个空格，同一级的其他行是 {wanted} 个，没有对齐。",
                "The line is indented by {has} blank{b}, its neighbours by {wanted}."
            ),
            text!(
                "请把行首改成 {wanted} 个空格；如果它是上一行的下级内容，上一行应以冒号结尾。",
                "Begin the line with {wanted} blank{w}; if it belongs under the line above, that line must end with a colon."
            ),
        );
    }

    pub fn list_in_map(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_INDENT,
            range,
            text!(
                "这里不能有以“- ”开头的行：上面的键已经有值，或者缩进没有对齐。",
                "A line with `- ` cannot stand here: the key above has a value already, or the indentation is wrong."
            ),
            text!(
                "列表要写在以冒号结尾的键下面，各项的“- ”对齐；属于文字的短横线请写进文字块“|”里。",
                "A list stands below a key that ends with a colon, its dashes in one column; dashes that belong to a text go into a text block `|`."
            ),
        );
    }

    pub fn no_dash(&mut self, range: Range<usize>, written: &str) {
        let written = clip(written);
        self.push(
            codes::YAML_INDENT,
            range,
            text!("列表里的这一行没有以“- ”开头。", "This line of a list does not begin with `- `."),
            text!(
                "如果它是新的一项，请写成：- {written}\n如果它属于上一项，请比上一项的“-”多缩进 2 个空格。",
                "For a new item write `- {written}`.\nIf it belongs to the item above, indent it 2 blanks more than that item's dash."
            ),
        );
    }

    pub fn no_key(&mut self, range: Range<usize>, written: &str, word: Option<&str>) {
        let help = match word {
            Some(word) => {
                let rest = written[word.len()..].trim_start_matches(|c: char| !c.is_alphanumeric());
                let rest = clip(rest);
                text!(
                    "请写成：{word}: {rest}\n如果它是上一行文字的后半段，请在行首多加 2 个空格。",
                    "Write `{word}: {rest}`.\nIf it goes on with the text above, indent it 2 blanks more."
                )
            }
            None => text!(
                "每行的写法是“键: 值”（英文冒号加空格）。如果它是上一行文字的后半段，请在行首多加 2 个空格。",
                "A line reads `key: value` (a plain colon and a blank). If it goes on with the text above, indent it 2 blanks more."
            ),
        };
        self.push(
            codes::YAML_NO_KEY,
            range,
            text!("这一行没有写成“键: 值”。", "The line does not read `key: value`."),
            help,
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

    pub fn colon_in_value(&mut self, range: Range<usize>, value: &str) {
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
            text!(
                "请给整个值加英文引号：{quoted}\n或者改用中文冒号“：”。两个键不要写在同一行。",
                "Put the whole value in straight quotes: {quoted}\nTwo keys cannot stand on one line."
            ),
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
            text!(
                "如果“#”属于文字，请加英文引号：{quoted}",
                "If the `#` belongs to the text, put it in straight quotes: {quoted}"
            ),
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

    pub fn duplicate_key(&mut self, range: Range<usize>, key: &str, first: Range<usize>) {
        let line = self.index.span(first).line;
        self.push(
            codes::YAML_DUPLICATE_KEY,
            range,
            text!(
                "“{key}”写了两次，第一次在第 {line} 行；这一个没有用。",
                "`{key}` stands twice, first in line {line}; this one is not used."
            ),
            text!(
                "请留下一个。如果是两条记录，请写成列表，每条以“- ”开头。",
                "Keep one. For two records make a list, each beginning with `- `."
            ),
        );
    }

    pub fn unsupported(&mut self, range: Range<usize>, mark: &str) {
        self.push(
            codes::YAML_ANCHOR,
            range,
            text!(
                "“{mark}”是 YAML 的引用或类型记号，这里不支持。",
                "`{mark}` is a YAML anchor, alias, merge key or tag, which is not accepted."
            ),
            text!(
                "请把内容直接写出来；如果它属于文字，请给整个值加英文引号。",
                "Write the value out; if it belongs to the text, put the whole value in straight quotes."
            ),
        );
    }

    pub fn key_not_text(&mut self, range: Range<usize>) {
        self.push(
            codes::YAML_KEY_NOT_TEXT,
            range,
            text!("这里的键不是普通文字。", "The key is not plain text."),
            text!("请写成“键: 值”，键用文字。", "Write `key: value` with a text as the key."),
        );
    }

    pub fn too_deep(&mut self, range: Range<usize>) {
        let most = super::MAX_DEPTH;
        self.push(
            codes::YAML_TOO_DEEP,
            range,
            text!("嵌套超过了 {most} 层。", "Values are nested more than {most} deep."),
            text!(
                "请减少层级：本网站用到的内容不超过 6 层。",
                "Use fewer levels; the content of a site needs no more than 6."
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

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// Shortens what is shown of a value.
fn clip(text: &str) -> String {
    const MOST_CHARS: usize = 60;
    match text.char_indices().nth(MOST_CHARS) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Writes a value in the quotes it needs.
fn quoted(value: &str) -> String {
    let shown = clip(value);
    if value.contains(['"', '\\']) {
        format!("'{}'", shown.replace('\'', "''"))
    } else {
        format!("\"{shown}\"")
    }
}
