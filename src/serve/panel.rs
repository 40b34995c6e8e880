//! The pages the preview makes up itself: the panel with everything that is wrong and every output, and pages for when
//! there is nothing else to show. Complete without JavaScript; every text from outside is escaped.

use std::fmt::Write as _;

use super::desk::Standing;
use super::inject::attribute;
use super::problems::{Problem, gravest_first, problem};
use super::route::{OWN, encoded};
use crate::diagnostic::{Bilingual, Diagnostic, Lang, human};
use crate::text;

/// The panel: all diagnostics, all outputs.
pub(super) fn panel(standing: &Standing, lang: Lang) -> String {
    let base = base_of(standing);
    let mut main = String::new();
    if !standing.current && standing.served.is_some() {
        paragraph(
            &mut main,
            &text!(
                "内容有错误，网页还是上次正确时的样子。",
                "The content has errors; the pages are still those from when it had none."
            ),
            lang,
        );
    }
    problems(&mut main, &standing.problems, lang);
    if let Some(served) = &standing.served {
        let count = served.generation.outputs().count();
        let title = text!("网站的全部文件（{count} 个）", "All files of the site ({count})");
        let _ = write!(main, "<h2>{}</h2>\n<ul class=\"outputs\">\n", title.in_lang(lang));
        for output in served.generation.outputs() {
            let path = output.path.as_str();
            let (url, name) = (attribute(&encoded(&format!("{base}{path}"))), attribute(path));
            let _ = writeln!(main, "<li><a href=\"{url}\">{name}</a></li>");
        }
        main.push_str("</ul>\n");
    }
    document(base, &text!("预览：检查结果", "Preview: what was found"), &main, lang)
}

/// Shown in place of every page while there has never been a site without errors.
pub(super) fn nothing_yet(standing: &Standing, lang: Lang) -> String {
    let mut main = String::new();
    paragraph(
        &mut main,
        &text!(
            "内容有错误，还没有可以显示的网页。改好并保存后，这里会自动变成网页。",
            "The content has errors and there is no page to show yet. Once they are mended and saved, the page appears here."
        ),
        lang,
    );
    problems(&mut main, &standing.problems, lang);
    document(base_of(standing), &text!("内容有错误", "The content has errors"), &main, lang)
}

/// Shown in place of a page that its template could not draw.
pub(super) fn failed(found: &Diagnostic, lang: Lang) -> String {
    let mut main = String::new();
    problems(&mut main, std::slice::from_ref(found), lang);
    document("/", &text!("这个页面没有做出来", "This page could not be made"), &main, lang)
}

/// Shown for an address of the site that does not exist, when the site has no page for that.
pub(super) fn missing(path: &str, lang: Lang) -> String {
    let mut main = String::new();
    paragraph(&mut main, &text!("网站里没有“{path}”。", "The site has no `{path}`."), lang);
    document("/", &text!("没有这个页面", "No such page"), &main, lang)
}

/// Shown for an address outside the site's folder.
pub(super) fn outside(base: &str, lang: Lang) -> String {
    let mut main = String::new();
    paragraph(
        &mut main,
        &text!(
            "这个地址不在网站里。site.yaml 里的网址说明网站放在“{base}”下面；如果是从网页上点过来的，那个链接上线后也会失效。",
            "This address is outside the site, which by `base_url` stands under `{base}`. A link of the site that leads here would be dead on the server too."
        ),
        lang,
    );
    let home = text!("到网站首页", "To the site");
    let _ = writeln!(main, "<p><a href=\"{}\">{}</a></p>", attribute(&encoded(base)), home.in_lang(lang));
    document("/", &text!("不在网站里", "Outside the site"), &main, lang)
}

fn base_of(standing: &Standing) -> &str {
    standing.bases.first().map_or("/", String::as_str)
}

fn problems(out: &mut String, found: &[Diagnostic], lang: Lang) {
    if found.is_empty() {
        return paragraph(out, &text!("没有发现问题。", "Nothing wrong was found."), lang);
    }
    let _ = writeln!(
        out,
        "<p><strong>{}</strong></p>\n<ol class=\"problems\">",
        human::closing_count(found, lang)
    );
    for found in gravest_first(found) {
        item(out, &problem(found, lang), lang);
    }
    out.push_str("</ol>\n");
}

fn item(out: &mut String, problem: &Problem, lang: Lang) {
    let Problem { severity, word, code, place, message, excerpt, help } = problem;
    let (place, message) = (attribute(place), attribute(message));
    let _ = write!(out, "<li class=\"{severity}\">\n<p class=\"place\">{place}</p>\n");
    let _ = writeln!(out, "<p><b>{word}</b> <code>{code}</code> {message}</p>");
    if let Some(excerpt) = excerpt {
        let (before, marked, after) =
            (attribute(&excerpt.before), attribute(&excerpt.marked), attribute(&excerpt.after));
        let _ =
            writeln!(out, "<pre><span>{} | </span>{before}<mark>{marked}</mark>{after}</pre>", excerpt.line);
    }
    if let Some(help) = help {
        let title = text!("改法", "help");
        let _ = writeln!(out, "<p class=\"help\"><b>{}</b> {}</p>", title.in_lang(lang), attribute(help));
    }
    out.push_str("</li>\n");
}

fn paragraph(out: &mut String, said: &Bilingual, lang: Lang) {
    let _ = writeln!(out, "<p>{}</p>", attribute(said.in_lang(lang)));
}

fn document(base: &str, title: &Bilingual, main: &str, lang: Lang) -> String {
    let tag = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let (title, style) =
        (attribute(title.in_lang(lang)), attribute(&encoded(&format!("{base}{OWN}preview.css"))));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head>\n<meta charset=\"UTF-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <link rel=\"stylesheet\" href=\"{style}\">\n</head>\n<body class=\"yipin-panel\">\n<main>\n<h1>{title}</h1>\n{main}</main>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::codes;

    #[test]
    fn nothing_from_a_file_becomes_markup() {
        let evil = "<img src=x onerror=alert(1)>";
        let found = Diagnostic::new(codes::DEAD_LINK, text!("{evil}", "{evil}"))
            .in_file(evil)
            .help(text!("{evil}", "{evil}"));
        for html in [failed(&found, Lang::Zh), missing(evil, Lang::En), outside(evil, Lang::Zh)] {
            assert!(!html.contains("<img") && html.contains("&lt;img"), "{html}");
        }
    }
}
