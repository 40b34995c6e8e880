//! What is said about keys, lists and indentation: one function for each mistake, with what to type instead.

use std::ops::Range;

use super::lines::Line;
use super::node::{Entry, Value};
use super::problems::{Problems, clip, plural};
use crate::diagnostic::codes;
use crate::text;

impl Problems {
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

    /// `line` is a commented-out key, as it is without its `#`.
    pub fn sleeping_key(&mut self, line: &Line, text: &str) {
        let mark = line.start + text[line.start..].find('#').unwrap_or(0);
        let written = &text[line.first..line.end];
        let key = written.split_once(':').map_or(written, |(key, _)| key);
        let blanks = line.indent;
        let b = plural(blanks);
        self.push(
            codes::YAML_SLEEPING_KEY,
            mark..line.end,
            text!(
                "“{key}:”前面的“#”没有去掉，它下面的内容却已经去掉了。",
                "`{key}:` still has its `#`, though what stands below it has none."
            ),
            match blanks {
                0 => text!("请删掉行首的“#”，写成：{key}:", "Delete the `#`: `{key}:`"),
                _ => text!(
                    "请只删掉这一行的“#”，写成：{key}:（前面留 {blanks} 个空格）",
                    "Delete the `#` alone: `{key}:`, with {blanks} blank{b} before it."
                ),
            },
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
        let rest = word.map(|word| written[word.len()..].trim_start_matches(|c: char| !c.is_alphanumeric()));
        let help = match word.zip(rest.filter(|rest| !rest.is_empty())) {
            Some((word, rest)) => {
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

    pub fn duplicate_key(&mut self, first: &Entry, again: &Entry) {
        let key = &again.key;
        let line = self.line_of(first.key_range.clone());
        let help = match (&first.value.value, &again.value.value) {
            (Value::List(_), Value::List(_)) => text!(
                "请删掉这一行，把它下面的各项接到第 {line} 行“{key}”的最后一项后面，“-”对齐。",
                "Delete this line, and move its items below the last item of `{key}` in line {line}, their dashes in one column."
            ),
            (Value::Map(_), Value::Map(_)) => text!(
                "这里只能有一个“{key}”：请留下一个，把另一个连同它下面的内容删掉。",
                "There can be one `{key}` only: keep one, and delete the other with what stands below it."
            ),
            _ => text!(
                "请留下一个。如果是两条记录，请写成列表，每条以“- ”开头。",
                "Keep one. For two records make a list, each beginning with `- `."
            ),
        };
        self.push(
            codes::YAML_DUPLICATE_KEY,
            again.key_range.clone(),
            text!(
                "“{key}”写了两次，第一次在第 {line} 行；这一个没有用。",
                "`{key}` stands twice, first in line {line}; this one is not used."
            ),
            help,
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
}
