//! Attachments that could do harm on the server or on a reader's computer. Looks at names only.

use std::sync::Arc;

use super::walk::Found;
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::text;

/// What a server runs: some servers do so wherever in a name it stands, also in that of a folder.
const RUN_BY_SERVER: &[&str] = &[
    "asa", "asax", "ascx", "ashx", "asmx", "asp", "aspx", "cdx", "cer", "cfm", "cgi", "cshtml", "jsp",
    "jspx", "phar", "php", "php3", "php4", "php5", "php7", "phps", "phtml", "shtm", "shtml", "soap", "stm",
    "svc", "vbhtml",
];
/// What a server or a reader's computer runs, or what changes the server's settings.
const RUN: &[&str] = &[
    "bat", "cmd", "com", "config", "dll", "exe", "hta", "htaccess", "inc", "ini", "jar", "lnk", "msi", "pl",
    "ps1", "py", "rb", "reg", "scr", "sh", "vbs", "war", "wsf",
];
/// What may hold a script that runs with the rights of the site.
const MAY_HOLD_SCRIPT: &[&str] =
    &["htm", "html", "js", "mht", "mhtml", "mjs", "svg", "svgz", "swf", "xhtml", "xht", "xsl", "xslt"];
/// What may hold a macro, which runs on the reader's computer.
const MAY_HOLD_MACRO: &[&str] = &["docm", "dotm", "potm", "ppsm", "pptm", "xlam", "xlsb", "xlsm", "xltm"];
/// What people exchange: documents, pictures, sound, films, archives, data.
const USUAL: &[&str] = &[
    "7z", "avi", "bmp", "caj", "csv", "doc", "docx", "dps", "dwg", "epub", "et", "geojson", "gif", "gpx",
    "gz", "heic", "ics", "jfif", "jpeg", "jpg", "json", "kml", "kmz", "m4a", "m4v", "md", "mov", "mp3",
    "mp4", "odp", "ods", "odt", "ofd", "pdf", "png", "ppt", "pptx", "rar", "rtf", "tar", "tif", "tiff",
    "txt", "vcf", "wav", "webm", "webp", "wmv", "wps", "xls", "xlsx", "xml", "yaml", "yml", "zip",
];

/// Reports an attachment that should not be on a government site.
pub(super) fn check(entry: &Found) -> Option<Diagnostic> {
    let inside = entry.path.strip_prefix("content/files/")?;
    let name = inside.rsplit('/').next().unwrap_or(inside).to_lowercase();
    let last = name.rsplit_once('.').map(|(_, last)| last).filter(|last| !entry.is_dir && RUN.contains(last));
    let served = name.split('.').skip(1).find(|ending| RUN_BY_SERVER.contains(ending));
    if let Some(ending) = served.or(last) {
        return Some(problem(
            entry,
            text!(
                "名字里有 .{ending} 的文件或文件夹会在服务器或读者的电脑上运行，或者改变服务器的设置，不能当附件发布。",
                "What has .{ending} in its name runs on the server or on the reader's computer, or changes the server; it cannot be an attachment."
            ),
            text!(
                "请从 content/files 里删掉；要给读者看的内容，另存为 .pdf 文件再放进来。",
                "Delete it from `content/files`; save what readers are to see as a .pdf file."
            ),
        ));
    }
    if entry.is_dir {
        return None;
    }
    let extension = super::extension(inside.trim_end_matches('.'));
    let is = |list: &[&str]| list.contains(&extension.as_str());
    let (said, help) = match () {
        () if is(MAY_HOLD_SCRIPT) => (
            text!(
                ".{extension} 文件里可能带有脚本，读者一打开就会在本网站上运行。",
                "A .{extension} file may hold a script, which runs on this site when a reader opens it."
            ),
            text!(
                "请另存为 .pdf 文件或图片（.png、.jpg）再放进来；确认没有脚本的可以保留。",
                "Save it as a .pdf file or as a picture (.png, .jpg); keep it only when it surely has no script."
            ),
        ),
        () if is(MAY_HOLD_MACRO) => (
            text!(
                ".{extension} 文件里可能带有宏，会在读者的电脑上运行。",
                "A .{extension} file may hold a macro, which runs on the reader's computer."
            ),
            text!(
                "请另存为不带宏的 .docx、.xlsx、.pptx 或 .pdf 再放进来。",
                "Save it without macros, as .docx, .xlsx, .pptx or .pdf."
            ),
        ),
        () if !is(USUAL) => (
            text!(
                "这不是常见的附件类型，读者可能打不开，有的服务器也不给下载。",
                "This is no usual kind of attachment: readers may be unable to open it, and some servers do not send it."
            ),
            text!(
                "请另存为 .pdf、.docx、.xlsx 等常见类型再放进来。",
                "Save it as .pdf, .docx, .xlsx or another usual kind."
            ),
        ),
        () if entry.stamp.size == 0 => (
            text!("附件是空的（0 字节）。", "The attachment is empty (0 bytes)."),
            text!("请重新复制一次原件。", "Copy the original here again."),
        ),
        () => return None,
    };
    let mut diagnostic = problem(entry, said, help);
    diagnostic.severity = Severity::Warning;
    Some(diagnostic)
}

fn problem(
    entry: &Found,
    said: crate::diagnostic::Bilingual,
    help: crate::diagnostic::Bilingual,
) -> Diagnostic {
    Diagnostic::new(codes::RISKY_FILE, said).in_file(Arc::clone(&entry.path)).help(help)
}
