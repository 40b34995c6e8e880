//! What can keep a site or a record from being made, as diagnostics.

use std::io;

use jiff::civil::Date;

use super::Kind;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::text;
use crate::text::is_reserved;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// A problem, boxed because it is large and rare.
pub(super) type Problem = Box<Diagnostic>;

pub(super) fn write_failed(path: &str, error: &io::Error) -> Problem {
    let Bilingual { zh, en } = crate::write::reason(error);
    let message = text!("无法写入“{path}”：{zh}。", "Cannot write `{path}`: {en}.");
    Box::new(Diagnostic::new(codes::WRITE_FAILED, message).in_file(path))
}

pub(super) fn folder_not_empty(folder: &str) -> Problem {
    let message =
        text!("“{folder}”里已经有文件，没有做任何改动。", "`{folder}` is not empty; nothing was changed.");
    Box::new(
        Diagnostic::new(codes::FOLDER_NOT_EMPTY, message)
            .help(text!("请换一个新的文件夹名。", "Give the name of a new folder.")),
    )
}

pub(super) fn not_a_folder(folder: &str) -> Problem {
    let message = text!("“{folder}”是一个文件，不是文件夹。", "`{folder}` is a file, not a folder.");
    Box::new(
        Diagnostic::new(codes::FOLDER_NOT_EMPTY, message)
            .help(text!("请换一个新的文件夹名。", "Give the name of a new folder.")),
    )
}

/// A service was asked for, so the day has come.
pub(super) fn not_yet(date: Date, today: Date) -> Problem {
    let message = text!(
        "{date} 在今天（{today}）之后，还不会有点单。",
        "{date} lies after today ({today}); nothing can have been asked for then."
    );
    Box::new(Diagnostic::new(codes::FUTURE_DATE, message).help(text!(
        "请写点单的那一天，或者去掉 --date。",
        "Give the day on which it was asked for, or leave `--date` out."
    )))
}

pub(super) fn no_id(name: &str) -> Problem {
    let message = text!("不能从“{name}”得出标识。", "No id can be made of `{name}`.");
    Box::new(Diagnostic::new(codes::BAD_ID, message).help(text!(
        "请用 --id 写一个，只用小写字母、数字和“-”，如 --id qiupu。",
        "Give one with `--id`: lower-case letters, digits and `-`, such as `--id qiupu`."
    )))
}

pub(super) fn bad_id(id: &str, proposal: &str) -> Problem {
    let message = if id.split('/').any(is_reserved) {
        text!(
            "“{id}”是 Windows 留给设备用的名字，不能当标识。",
            "Windows keeps the name `{id}` for a device; it cannot be an id."
        )
    } else {
        text!(
            "标识“{id}”不能用作网址：只能用小写字母、数字和“-”，不超过 64 个字符。",
            "The id `{id}` cannot be part of an address: lower-case letters, digits and `-`, at most 64."
        )
    };
    let help = match proposal {
        "" => text!("请写拼音，如 --id qiupu。", "Write one such as `--id qiupu`."),
        _ => text!("可以写 --id {proposal}。", "Write `--id {proposal}`."),
    };
    Box::new(Diagnostic::new(codes::BAD_ID, message).help(help))
}

pub(super) fn record_exists(kind: Kind, id: &str, path: &str, free: &str) -> Problem {
    let (zh, en) = kind.names();
    let message = text!(
        "已经有标识为“{id}”的{zh}，没有新建。",
        "There is a {en} with the id `{id}` already; nothing was made."
    );
    Box::new(Diagnostic::new(codes::RECORD_EXISTS, message).in_file(path).help(text!(
        "要修改请直接打开这个文件；确实是另外一个，请加上 --id {free}。",
        "Open that file to change it; if this is another one, add `--id {free}`."
    )))
}

/// Says that what an option names is not there; `known` are names and ids.
pub(super) fn unknown_reference(what: &Bilingual, typed: &str, known: &[&str]) -> Problem {
    let Bilingual { zh, en } = what;
    let message = text!("没有叫“{typed}”的{zh}。", "There is no {en} `{typed}`.");
    let near = nearest(typed, known.iter().copied());
    let shown = if near.is_empty() { known.iter().copied().take(10).collect() } else { near };
    let (list_zh, list_en) = (quoted_list_zh(&shown), quoted_list_en(&shown));
    let diagnostic = Diagnostic::new(codes::UNKNOWN_REFERENCE, message);
    let help = (!shown.is_empty()).then(|| text!("可以写：{list_zh}。", "There is {list_en}."));
    Box::new(Diagnostic { help, ..diagnostic })
}

pub(super) fn nothing_to_refer_to(kind: Kind, what: &Bilingual, remedy: Bilingual) -> Problem {
    let (kind_zh, kind_en) = kind.names();
    let Bilingual { zh, en } = what;
    let message = text!(
        "新建{kind_zh}要先有{zh}，现在还没有。",
        "A new {kind_en} needs a {en}, and there is none yet."
    );
    Box::new(Diagnostic::new(codes::NOTHING_TO_REFER_TO, message).help(remedy))
}

pub(super) fn cannot_append(path: &str, text: &str) -> Problem {
    let message = text!(
        "“{path}”的写法不能自动补充，没有改动它。",
        "The program cannot add to `{path}` as it is written; it was not changed."
    );
    let text = text.trim_end();
    Box::new(Diagnostic::new(codes::CANNOT_APPEND, message).in_file(path).help(text!(
        "先运行 yipin check 改正这个文件，或者自己在末尾加上：\n{text}",
        "Put the file right with `yipin check`, or add this at its end:\n{text}"
    )))
}
