//! Puts the words of one language into the command line's help.

use clap::{Arg, Command};

use super::words::{self, in_lang};
use crate::diagnostic::Lang;

/// Returns the command with every text in `lang`.
pub(super) fn localise(command: Command, lang: Lang) -> Command {
    translated(command, "", lang)
}

/// Translates a command whose names from the top are `path`, and all below it.
fn translated(command: Command, path: &str, lang: Lang) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let usage = usage(&command, path, lang);
    let mut command = command
        .mut_args(|arg| translated_argument(arg, path, lang))
        .override_usage(usage)
        .help_template(template(lang))
        .subcommand_help_heading(in_lang(("命令", "Commands"), lang));
    if let Some(words) = words::find(path, "") {
        command = command.about(in_lang(words.about, lang));
    }
    for name in names {
        let path = if path.is_empty() { name.clone() } else { format!("{path} {name}") };
        command = command.mut_subcommand(name, |sub| translated(sub, &path, lang));
    }
    command
}

fn translated_argument(arg: Arg, path: &str, lang: Lang) -> Arg {
    let Some(words) = words::find(path, arg.get_id().as_str()) else { return arg };
    let heading = match (arg.is_positional(), path) {
        (true, _) => ("参数", "Arguments"),
        (false, "") => ("通用选项", "Common options"),
        (false, _) => ("选项", "Options"),
    };
    let arg = arg.help(in_lang(words.about, lang)).help_heading(in_lang(heading, lang));
    match words.value {
        // clap would write the default and the possible values in English; the words say them.
        Some(value) => {
            arg.value_name(in_lang(value, lang)).hide_default_value(true).hide_possible_values(true)
        }
        None => arg,
    }
}

fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "{about-with-newline}\n用法: {usage}\n\n{all-args}{after-help}",
        Lang::En => "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
    }
}

/// Writes how a command is typed: `yipin new [选项] <种类> <名称>`.
fn usage(command: &Command, path: &str, lang: Lang) -> String {
    let mut usage = String::from("yipin");
    if !path.is_empty() {
        usage.push(' ');
        usage.push_str(path);
    }
    usage.push_str(in_lang((" [选项]", " [OPTIONS]"), lang));
    if command.has_subcommands() {
        usage.push_str(in_lang((" <命令>", " <COMMAND>"), lang));
    }
    for arg in command.get_positionals() {
        let words = words::find(path, arg.get_id().as_str()).and_then(|words| words.value);
        let value = words.map_or("", |value| in_lang(value, lang));
        let (open, close) = if arg.is_required_set() { ('<', '>') } else { ('[', ']') };
        usage.extend([" ", &format!("{open}{value}{close}")]);
    }
    usage
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::super::arguments::Arguments;
    use super::*;

    fn walk(command: &Command, path: &str, seen: &mut Vec<(String, String)>) {
        seen.push((path.to_owned(), String::new()));
        for arg in command.get_arguments() {
            seen.push((path.to_owned(), arg.get_id().to_string()));
        }
        for sub in command.get_subcommands() {
            walk(sub, format!("{path} {}", sub.get_name()).trim(), seen);
        }
    }

    #[test]
    fn every_command_and_argument_has_words_in_both_languages_and_no_words_are_left_over() {
        let mut there = Vec::new();
        walk(&Arguments::command(), "", &mut there);
        for (command, argument) in &there {
            let words =
                words::find(command, argument).unwrap_or_else(|| panic!("no words: {command} {argument}"));
            let (zh, en) = words.about;
            assert!(
                !zh.is_ascii() && !en.is_empty() && !zh.ends_with('。') && !en.ends_with('.'),
                "{zh} {en}"
            );
        }
        for words in words::WORDS {
            let key = (words.command.to_owned(), words.argument.to_owned());
            assert_eq!(there.iter().filter(|other| **other == key).count(), 1, "{key:?}");
        }
    }

    #[test]
    fn help_is_in_one_language_only() {
        fn helps(command: &mut Command, out: &mut String) {
            out.push_str(&command.render_help().to_string());
            for sub in command.get_subcommands_mut() {
                helps(sub, out);
            }
        }
        let mut help = String::new();
        let mut command = localise(Arguments::command(), Lang::Zh);
        command.build();
        helps(&mut command, &mut help);
        for word in [
            "Usage",
            "Options",
            "Commands",
            "Arguments",
            "OPTIONS",
            "COMMAND",
            "Print",
            "default:",
            "possible",
        ] {
            assert!(!help.contains(word), "{word}: {help}");
        }
        let english = localise(Arguments::command(), Lang::En).render_help().to_string();
        assert!(english.replace("一社一品", "").is_ascii(), "{english}");
    }
}
