//! A command line that cannot be understood, said in the program's own words.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command, CommandFactory as _};

use super::arguments::Arguments;
use super::words;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::scaffold::Kind;
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// Says what is wrong with a command line; `command` is the one it is for, where that is known.
pub(super) fn problem(error: &Error, command: &str) -> Diagnostic {
    let (message, help) = match error.kind() {
        ErrorKind::UnknownArgument => unknown_argument(error, command),
        ErrorKind::InvalidSubcommand => unknown_command(error),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => bad_value(error),
        ErrorKind::MissingRequiredArgument => missing(error),
        ErrorKind::MissingSubcommand => (text!("没有写要做什么。", "No command is given."), None),
        ErrorKind::ArgumentConflict => conflict(error),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            (text!("值的个数不对。", "There are too many or too few values."), None)
        }
        ErrorKind::InvalidUtf8 => {
            (text!("命令里有无法识别的字符。", "The command has characters that are not Unicode."), None)
        }
        _ => (text!("命令写错了。", "The command is wrong."), None),
    };
    wrong(message, help, command)
}

/// Makes the diagnostic of a wrong command; tells where its help is when there is nothing better to say.
pub(super) fn wrong(message: Bilingual, help: Option<Bilingual>, command: &str) -> Diagnostic {
    let blank = if command.is_empty() { "" } else { " " };
    let more = text!("看说明：yipin{blank}{command} --help", "For help: yipin{blank}{command} --help");
    let help = match help {
        Some(Bilingual { zh, en }) => {
            Bilingual::new(format!("{zh}\n{}", more.zh), format!("{en}\n{}", more.en))
        }
        None => more,
    };
    Diagnostic::new(codes::USAGE, message).help(help)
}

type Said = (Bilingual, Option<Bilingual>);

fn unknown_argument(error: &Error, command: &str) -> Said {
    let typed = one(error, ContextKind::InvalidArg);
    if typed.starts_with('-') {
        let message = text!("没有“{typed}”这个选项。", "There is no option `{typed}`.");
        return (message, did_you_mean(&near_options(&typed, command)));
    }
    let help =
        text!("名称里有空格时，请给整个名称加英文引号。", "Put a name with blanks in it in straight quotes.");
    (text!("“{typed}”是多出来的。", "`{typed}` is one too many."), Some(help))
}

fn unknown_command(error: &Error) -> Said {
    let typed = one(error, ContextKind::InvalidSubcommand);
    let message = text!("没有“{typed}”这个命令。", "There is no command `{typed}`.");
    (message, did_you_mean(&all(error, ContextKind::SuggestedSubcommand)))
}

fn bad_value(error: &Error) -> Said {
    let argument = one(error, ContextKind::InvalidArg);
    let (zh, en) = names_of(&argument);
    let typed = one(error, ContextKind::InvalidValue);
    let valid = all(error, ContextKind::ValidValue);
    let message = match typed.as_str() {
        "" => text!("{zh}后面要写一个值。", "A value is missing after {en}."),
        _ => text!("{zh}不能写“{typed}”。", "{en} cannot be `{typed}`."),
    };
    let translated: Vec<&str> = valid.iter().map(|value| chinese_value(value)).collect();
    let (list_zh, list_en) = (quoted_list_zh(&translated), quoted_list_en(&valid));
    let help = (!valid.is_empty()).then(|| text!("可以写：{list_zh}。", "It may be {list_en}."));
    (message, help)
}

fn missing(error: &Error) -> Said {
    let names: Vec<(String, String)> =
        all(error, ContextKind::InvalidArg).iter().map(|arg| names_of(arg)).collect();
    let zh = names.iter().map(|(zh, _)| zh.as_str()).collect::<Vec<_>>().join("、");
    let en = names.iter().map(|(_, en)| en.as_str()).collect::<Vec<_>>().join(", ");
    (text!("还缺：{zh}。", "Missing: {en}."), None)
}

fn conflict(error: &Error) -> Said {
    let (argument, prior) = (one(error, ContextKind::InvalidArg), one(error, ContextKind::PriorArg));
    let (zh, en) = names_of(&argument);
    let (prior_zh, prior_en) = names_of(&prior);
    let message = if prior.is_empty() || prior == argument {
        text!("{zh}只能写一次。", "{en} can be given only once.")
    } else {
        text!("{zh}和{prior_zh}不能一起用。", "{en} and {prior_en} cannot be used together.")
    };
    (message, None)
}

/// Returns the options of a command that are near what was typed; clap's own guess knows only the nearest kind of slip.
fn near_options(typed: &str, command: &str) -> Vec<String> {
    let program = Arguments::command();
    let options =
        |command: &Command| command.get_arguments().filter_map(Arg::get_long).map(str::to_owned).collect();
    let mut known: Vec<String> = options(&program);
    known.extend(program.find_subcommand(command).map(options).unwrap_or_default());
    let near = nearest(typed.trim_start_matches('-'), known.iter().map(String::as_str));
    near.into_iter().take(1).map(|option| format!("--{option}")).collect()
}

fn did_you_mean(near: &[String]) -> Option<Bilingual> {
    let (zh, en) = (quoted_list_zh(near), quoted_list_en(near));
    (!near.is_empty()).then(|| text!("是不是想写{zh}？", "Did you mean {en}?"))
}

/// Returns what an argument is called: the option itself, or what stands in its place.
///
/// clap names an argument by its usage (`--out <文件夹>`, `<名称>`), whose value name is in one language only.
fn names_of(argument: &str) -> (String, String) {
    let option = argument.split_whitespace().next().unwrap_or_default();
    if option.starts_with('-') {
        let option = option.trim_end_matches("[=").trim_end_matches("...");
        return (format!("“{option}”"), format!("`{option}`"));
    }
    let value = argument.trim_matches(['<', '>', '[', ']', '.']);
    let known =
        words::WORDS.iter().filter_map(|words| words.value).find(|(zh, en)| value == *zh || value == *en);
    let (zh, en) = known.unwrap_or((value, value));
    (format!("<{zh}>"), format!("<{en}>"))
}

/// Returns how a value is written in Chinese, where it has a Chinese form.
fn chinese_value(value: &str) -> &str {
    Kind::ALL.iter().map(|kind| kind.names()).find(|(_, en)| *en == value).map_or(value, |(zh, _)| zh)
}

fn one(error: &Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

fn all(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::localise::localise;
    use super::*;
    use crate::diagnostic::Lang;

    fn said(line: &str) -> (String, String) {
        let of = |lang| {
            let command = localise(Arguments::command(), lang);
            let error = command.try_get_matches_from(line.split(' ')).unwrap_err();
            let problem = problem(&error, line.split(' ').nth(1).unwrap());
            assert_eq!(problem.code, codes::USAGE);
            let help = problem.help.unwrap();
            format!("{} {}", problem.message.in_lang(lang), help.in_lang(lang).lines().next().unwrap())
        };
        (of(Lang::Zh), of(Lang::En))
    }

    fn assert_said(line: &str, zh: &str, en: &str) {
        let (is_zh, is_en) = said(line);
        assert!(is_zh.starts_with(zh), "{line}: {is_zh}");
        assert!(is_en.starts_with(en), "{line}: {is_en}");
    }

    #[test]
    fn every_wrong_command_is_said_in_both_languages() {
        assert_said(
            "yipin build --ot x",
            "没有“--ot”这个选项。 是不是想写“--out”？",
            "There is no option `--ot`. Did you mean `--out`?",
        );
        assert_said(
            "yipin biuld",
            "没有“biuld”这个命令。 是不是想写“build”？",
            "There is no command `biuld`. Did you mean `build`?",
        );
        assert_said("yipin new 社区", "还缺：<名称>。", "Missing: <NAME>.");
        assert_said("yipin build --out", "“--out”后面要写一个值。", "A value is missing after `--out`.");
        assert_said(
            "yipin check --format xml",
            "“--format”不能写“xml”。 可以写：“human”、“json”。",
            "`--format` cannot be `xml`. It may be `human`, `json`.",
        );
        assert_said(
            "yipin new 村庄 甲",
            "<种类>不能写“村庄”。 可以写：“社区”、“活动”",
            "<KIND> cannot be `村庄`. It may be `community`, `event`",
        );
        assert_said(
            "yipin check -q -v",
            "“--quiet”和“--verbose”不能一起用。",
            "`--quiet` and `--verbose` cannot be used together.",
        );
        assert_said("yipin build --out a --out b", "“--out”只能写一次。", "`--out` can be given only once.");
        assert_said("yipin init a b", "“b”是多出来的。", "`b` is one too many.");
    }
}
