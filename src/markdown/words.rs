//! The few words the renderer itself says, in the language of the text.

use crate::diagnostic::Lang;

/// The words in one language.
#[derive(Debug)]
pub(super) struct Words {
    /// Titles of alerts: note, tip, important, warning, caution.
    pub alerts: [&'static str; 5],
    pub task_done: &'static str,
    pub task_open: &'static str,
    pub table: &'static str,
    pub footnotes: &'static str,
    lang: Lang,
}

static CHINESE: Words = Words {
    alerts: ["说明", "提示", "重要", "注意", "当心"],
    task_done: "已完成",
    task_open: "未完成",
    table: "表格",
    footnotes: "脚注",
    lang: Lang::Zh,
};

static ENGLISH: Words = Words {
    alerts: ["Note", "Tip", "Important", "Warning", "Caution"],
    task_done: "Done",
    task_open: "To do",
    table: "Table",
    footnotes: "Footnotes",
    lang: Lang::En,
};

impl Words {
    pub(super) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &CHINESE,
            Lang::En => &ENGLISH,
        }
    }

    /// Names a footnote.
    pub(super) fn footnote(&self, number: usize) -> String {
        match self.lang {
            Lang::Zh => format!("脚注 {number}"),
            Lang::En => format!("Footnote {number}"),
        }
    }

    /// Names the way back from a footnote to one of its mentions.
    pub(super) fn way_back(&self, number: usize, mention: usize, mentions: usize) -> String {
        match (self.lang, mentions) {
            (Lang::Zh, 1) => format!("回到正文（脚注 {number}）"),
            (Lang::Zh, _) => format!("回到正文第 {mention} 处（脚注 {number}）"),
            (Lang::En, 1) => format!("Back to the text (footnote {number})"),
            (Lang::En, _) => format!("Back to place {mention} in the text (footnote {number})"),
        }
    }
}
