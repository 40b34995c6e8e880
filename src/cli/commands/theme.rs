//! `yipin theme`: what themes there are; a copy of the embedded one.

use serde::Serialize;

use super::super::arguments::ThemeCommand;
use super::super::output::{Output, print};
use super::super::{exit::Exit, settings::Settings};
use super::say_made;
use crate::diagnostic::{Lang, Report};
use crate::scaffold::Made;
use crate::text;
use crate::theme::{self, Listed, Origin};

pub(super) fn run(command: ThemeCommand, settings: &Settings, output: Output, report: Report) -> Exit {
    match command {
        ThemeCommand::List => list(settings, output, report),
        ThemeCommand::Eject(options) => eject(&options.name, settings, output, report),
    }
}

fn list(settings: &Settings, output: Output, mut report: Report) -> Exit {
    let themes = theme::list(&settings.root, &mut report);
    for theme in &themes {
        print(&if output.is_json() { json(theme, output.lang()) } else { line(theme, output.lang()) });
    }
    output.report(report, false)
}

fn line(theme: &Listed, lang: Lang) -> String {
    let (name, title) = (&theme.name, theme.title.in_lang(lang));
    let description = theme.description.in_lang(lang);
    let origin = match theme.origin {
        Origin::Site => text!("themes 文件夹", "in themes/"),
        Origin::SiteInsteadOfEmbedded => {
            text!("themes 文件夹，代替附带的", "in themes/, instead of the embedded one")
        }
        Origin::Embedded => text!("附带", "embedded"),
    };
    let origin = origin.in_lang(lang);
    match (lang, description) {
        (Lang::Zh, "") => format!("{name}  {title}（{origin}）\n"),
        (Lang::Zh, _) => format!("{name}  {title}（{origin}）：{description}\n"),
        (Lang::En, "") => format!("{name}  {title} ({origin})\n"),
        (Lang::En, _) => format!("{name}  {title} ({origin}): {description}\n"),
    }
}

#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    extends: Option<&'a str>,
    origin: &'static str,
}

fn json(theme: &Listed, lang: Lang) -> String {
    let row = Row {
        name: &theme.name,
        title: theme.title.in_lang(lang),
        description: theme.description.in_lang(lang),
        extends: theme.extends.as_deref(),
        origin: match theme.origin {
            Origin::Site => "site",
            Origin::SiteInsteadOfEmbedded => "site-instead-of-embedded",
            Origin::Embedded => "embedded",
        },
    };
    // A struct of strings always has a JSON form.
    serde_json::to_string(&row).unwrap_or_default() + "\n"
}

fn eject(name: &str, settings: &Settings, output: Output, mut report: Report) -> Exit {
    match theme::eject(&settings.root, name) {
        Ok(created) => {
            let next = text!(
                "改 themes/{name} 里的文件，再运行 yipin build；不想要了，删掉这个文件夹就恢复原样。",
                "Change the files in themes/{name} and run `yipin build`; delete the folder to go back."
            );
            say_made(Made { created, extended: Vec::new(), next: vec![next] }, report, output)
        }
        Err(problem) => {
            report.push(*problem);
            output.report(report, false)
        }
    }
}
