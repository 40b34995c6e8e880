//! Attachments that could do harm on the server or on a reader's computer. Looks at names only.

use std::sync::Arc;

use super::walk::Found;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::text;

/// What a server runs, or a reader's computer does, or what changes the server's settings.
const RUN: &[&str] = &[
    "asp", "aspx", "ashx", "php", "jsp", "cgi", "exe", "dll", "bat", "cmd", "com", "scr", "vbs", "ps1", "sh",
    "config", "htaccess", "jar", "msi",
];
/// What may hold a script that runs with the rights of the site.
const MAY_HOLD_SCRIPT: &[&str] = &["html", "htm", "js", "svg", "swf"];

/// Reports an attachment that should not be on a government site.
pub(super) fn check(entry: &Found) -> Option<Diagnostic> {
    let inside = entry.path.strip_prefix("content/files/").filter(|_| !entry.is_dir)?;
    let extension = super::extension(inside);
    let is = |list: &[&str]| list.contains(&extension.as_str());
    if is(RUN) {
        return Some(problem(
            entry,
            text!(
                ".{extension} 文件会在服务器或读者的电脑上运行，或者改变服务器的设置，不能当附件发布。",
                "A .{extension} file runs on the server or on the reader's computer, or changes the server; it cannot be an attachment."
            ),
            text!(
                "请从 content/files 里删掉；要给读者看的内容，另存为 .pdf 文件再放进来。",
                "Delete it from `content/files`; save what readers are to see as a .pdf file."
            ),
        ));
    }
    is(MAY_HOLD_SCRIPT).then(|| {
        let mut diagnostic = problem(
            entry,
            text!(
                ".{extension} 文件里可能带有脚本，读者一打开就会在本网站上运行。",
                "A .{extension} file may hold a script, which runs on this site when a reader opens it."
            ),
            text!(
                "请另存为 .pdf 文件或图片（.png、.jpg）再放进来；确认没有脚本的可以保留。",
                "Save it as a .pdf file or as a picture (.png, .jpg); keep it only when it surely has no script."
            ),
        );
        diagnostic.severity = Severity::Warning;
        diagnostic
    })
}

fn problem(
    entry: &Found,
    said: crate::diagnostic::Bilingual,
    help: crate::diagnostic::Bilingual,
) -> Diagnostic {
    Diagnostic::new(codes::RISKY_FILE, said).in_file(Arc::clone(&entry.path)).help(help)
}
