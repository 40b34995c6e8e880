//! The reference page of the content: every file, key and closed value, written from the tables.

use std::fmt::Write as _;

use super::{Choices, FILE_KINDS, Field, Record, RefKind, TRANSLATION, Type};
use crate::diagnostic::Lang;

/// Writes the reference page in Markdown.
pub fn reference(lang: Lang) -> String {
    let say = |zh, en| if lang == Lang::Zh { zh } else { en };
    let mut page =
        Page { lang, out: String::new(), nested: Vec::new(), choices: Vec::new(), seen: Vec::new() };
    page.out.push_str(say(
        "# 内容参考\n\n由程序生成，请勿手改。每个键都有中文和英文两个名字，写哪个都行；同一条记录里不要两个都写。**必填**的键不能空。\n",
        "# Content reference\n\nWritten by the program; do not edit. Every key has a Chinese and an English name; both are \
         always understood, never both in one record. **Required** keys must not be empty.\n",
    ));
    for file in FILE_KINDS {
        let title = say(file.zh, file.name);
        let _ = writeln!(page.out, "\n## {title}\n\n`{}`\n", file.pattern);
        page.record(file.record, 3, false);
        while let Some(record) = page.nested.pop() {
            page.record(record, 3, true);
        }
    }
    page.translations();
    page.closed_values();
    page.out
}

struct Page {
    lang: Lang,
    out: String,
    nested: Vec<&'static Record>,
    choices: Vec<&'static Choices>,
    seen: Vec<&'static str>,
}

impl Page {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.lang == Lang::Zh { zh } else { en }
    }

    fn record(&mut self, record: &'static Record, level: usize, titled: bool) {
        if titled {
            let _ = writeln!(self.out, "\n{} {}\n", "#".repeat(level), self.say(record.zh, record.name));
        }
        let head = self.say("| 键 | English | 值 | 说明 |", "| key | 中文 | value | |");
        let _ = writeln!(self.out, "{head}\n|---|---|---|---|");
        let mut nested = Vec::new();
        for field in record.fields {
            self.field(field);
            collect(&field.ty, &mut nested, &mut self.choices);
        }
        for inner in nested.into_iter().rev() {
            if !self.seen.contains(&inner.name) {
                self.seen.push(inner.name);
                self.nested.push(inner);
            }
        }
    }

    fn field(&mut self, field: &Field) {
        let (first, second) = match self.lang {
            Lang::Zh => (field.zh, field.en),
            Lang::En => (field.en, field.zh),
        };
        let required = if field.required { self.say("**必填**。", "**Required.** ") } else { "" };
        let doc = self.say(field.doc_zh, field.doc_en);
        let ty = self.ty(&field.ty);
        let _ = writeln!(self.out, "| `{first}` | `{second}` | {ty} | {required}{doc} |");
    }

    fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Text => self.say("一行文字", "one line of text").to_owned(),
            Type::Prose => "Markdown".to_owned(),
            Type::Date => self.say("日期", "date").to_owned(),
            Type::When => self.say("日期，可加时间", "date, perhaps with a time").to_owned(),
            Type::Whole => self.say("整数", "whole number").to_owned(),
            Type::Number => self.say("数字", "number").to_owned(),
            Type::Bool => self.say("是 / 否", "true / false").to_owned(),
            Type::Choice(choices) => format!("[{}](#{})", choices.name, choices.name),
            Type::Ref(kind) => self.target(*kind).to_owned(),
            Type::Url => self.say("网址", "absolute address").to_owned(),
            Type::Domain => self.say("域名", "host name").to_owned(),
            Type::File => self.say("文件", "file").to_owned(),
            Type::Image => self.say("图片文件", "picture file").to_owned(),
            Type::List(inner) => format!("{}{}", self.ty(inner), self.say("，可以多个", ", a list")),
            Type::Record(record) => self.say(record.zh, record.name).to_owned(),
            Type::Either(inner, record) => {
                format!("{}{}{}", self.ty(inner), self.say(" 或 ", " or "), self.say(record.zh, record.name))
            }
            Type::Any => self.say("另有说明", "described elsewhere").to_owned(),
        }
    }

    fn target(&self, kind: RefKind) -> &'static str {
        match kind {
            RefKind::Town => self.say("乡镇的编号或名称", "id or name of a town"),
            RefKind::Category => self.say("品牌类别的编号或名称", "id or name of a category"),
            RefKind::Column => self.say("栏目的编号或名称", "id or name of a column"),
            RefKind::Community => self.say("社区的编号或名称", "id or name of a community"),
            RefKind::Partner => self.say("共建单位的编号或名称", "id or name of a partner"),
        }
    }

    fn translations(&mut self) {
        self.out.push_str(self.say(
            "\n## 其他语言\n\n`site.yaml` 里写了“语言版本”以后：\n\n\
             - 任何“一行文字”“Markdown”和文字列表，都可以按语言各写一份：`{zh: 文字, en: text}`。主语言必须写。\n\
             - 品牌故事、活动、工作动态和页面的译文，写在原文旁边，文件名只多出语言代码：`story.en.md`、\
             `2026-01-05-x.en.md`、`about.en.md`。译文里只写下面这些键，其余以原文为准。\n\n",
            "\n## Further languages\n\nOnce `site.yaml` names `languages`:\n\n\
             - Any line of text, any Markdown and any list of texts may be written once for each language: \
             `{zh: 文字, en: text}`. The main language must be there.\n\
             - The translation of a story, an event, a news item or a page stands beside it; its file name has the \
             language besides: `story.en.md`, `2026-01-05-x.en.md`, `about.en.md`. It says these keys only; all else is the \
             base record's.\n\n",
        ));
        self.record(&TRANSLATION, 3, false);
    }

    fn closed_values(&mut self) {
        let title = self.say("固定的值", "Closed values");
        let _ = writeln!(self.out, "\n## {title}");
        self.choices.sort_by_key(|choices| choices.name);
        self.choices.dedup_by_key(|choices| choices.name);
        for choices in std::mem::take(&mut self.choices) {
            let _ = writeln!(self.out, "\n### {}\n\n| 中文 | English |\n|---|---|", choices.name);
            for (en, zh) in choices.values {
                let _ = writeln!(self.out, "| `{zh}` | `{en}` |");
            }
        }
    }
}

fn collect(ty: &Type, nested: &mut Vec<&'static Record>, choices: &mut Vec<&'static Choices>) {
    match ty {
        Type::List(inner) => collect(inner, nested, choices),
        Type::Record(record) => nested.push(record),
        Type::Either(inner, record) => {
            collect(inner, nested, choices);
            nested.push(record);
        }
        Type::Choice(list) => choices.push(list),
        _ => {}
    }
}
