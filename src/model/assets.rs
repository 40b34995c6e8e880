//! Finds the files that records name, by the path staff wrote.

use std::sync::Arc;

use crate::diagnostic::{Bilingual, Code, Diagnostic, codes};
use crate::read::Sources;
use crate::text;
use crate::text::{nearest, quoted_list_en, quoted_list_zh};

/// The extensions of pictures that pages can show.
const PICTURES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "svg"];

/// What is wrong with a path.
type Said = Box<Diagnostic>;

/// The files of the content folder that are not read as text.
pub(super) struct Assets<'a> {
    sources: &'a Sources,
}

impl<'a> Assets<'a> {
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources }
    }

    /// Finds a file by what staff wrote in a record of `folder`: from the record's folder, its `photos`, or the content folder.
    ///
    /// The error is `None` for a file that is there and could not be taken, which has been reported.
    pub(super) fn find(&self, folder: &str, written: &str, picture: bool) -> Result<Arc<str>, Option<Said>> {
        check_path(written)?;
        if picture {
            check_picture(written)?;
        }
        let candidates = candidates(folder, written);
        let found = candidates.iter().find_map(|path| self.sources.asset(path));
        match found {
            Some(file) => Ok(Arc::clone(&file.path)),
            None if candidates.iter().any(|path| self.sources.was_refused(path)) => Err(None),
            None => Err(Some(Box::new(self.missing(folder, written, &candidates)))),
        }
    }

    fn missing(&self, folder: &str, written: &str, candidates: &[String]) -> Diagnostic {
        let near = self.near(folder, written);
        let wanted = candidates.first().cloned().unwrap_or_default();
        let (zh, en) = (quoted_list_zh(&near), quoted_list_en(&near));
        let help = if near.is_empty() {
            text!("请把文件放到 {wanted}，大小写也要一致。", "Put the file at {wanted}; capitals count.")
        } else {
            text!("是不是 {zh}？大小写也要一致。", "Did you mean {en}? Capitals count.")
        };
        Diagnostic::new(
            codes::MISSING_FILE,
            text!("找不到文件“{written}”。", "There is no file `{written}`."),
        )
        .help(help)
    }

    /// Returns names near the written one, as they would be written from `folder`.
    fn near(&self, folder: &str, written: &str) -> Vec<&'a str> {
        let files = &self.sources.assets;
        let below = |root: &str| {
            let prefix = format!("{root}/");
            let from = files.partition_point(|file| *file.path < *prefix.as_str());
            files[from..]
                .iter()
                .take_while(move |file| file.path.starts_with(&prefix))
                .map(move |file| &file.path[root.len() + 1..])
                .collect::<Vec<&'a str>>()
        };
        let mut known = below(folder);
        if written.contains("files/") {
            known.extend(below("content").into_iter().filter(|path| path.starts_with("files/")));
        }
        let name = bare(written);
        let near = nearest(name, known.iter().map(|path| bare(path)));
        known.into_iter().filter(|path| near.contains(&bare(path))).take(3).collect()
    }
}

fn bare(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn candidates(folder: &str, written: &str) -> Vec<String> {
    let path = written.trim_start_matches("./");
    if let Some(path) = path.strip_prefix('/') {
        let path = path.strip_prefix("content/").unwrap_or(path);
        return vec![format!("content/{path}")];
    }
    let mut all = vec![format!("{folder}/{path}")];
    if !path.contains('/') {
        all.insert(0, format!("{folder}/photos/{path}"));
    }
    if path.starts_with("files/") {
        all.insert(0, format!("content/{path}"));
    }
    all
}

fn check_path(written: &str) -> Result<(), Said> {
    if written.contains("://") || written.starts_with("//") {
        return Err(problem(
            codes::BAD_PATH,
            text!(
                "“{written}”是别的网站上的文件，这里要用自己的文件。",
                "`{written}` is on another site; a file of this site is wanted."
            ),
            text!(
                "请把文件下载下来放进 photos 或 files 文件夹，再写文件名。",
                "Download the file into `photos` or `files` and write its name."
            ),
        ));
    }
    if written.contains('\\') || written.get(1..2) == Some(":") {
        let fixed = written.replace('\\', "/");
        let fixed = fixed.rsplit('/').next().unwrap_or_default();
        return Err(problem(
            codes::BAD_PATH,
            text!("“{written}”是本机上的路径。", "`{written}` is a path of one computer."),
            text!(
                "请把文件放进 photos 文件夹，写成“photos/{fixed}”，用“/”分隔。",
                "Put the file into `photos` and write `photos/{fixed}`, with `/`."
            ),
        ));
    }
    if written.contains(['／', '＼', '．']) {
        let fixed = written.replace(['／', '＼'], "/").replace('．', ".");
        return Err(problem(
            codes::BAD_PATH,
            text!("“{written}”里有全角的“／”或“．”。", "`{written}` holds a full-width `／` or `．`."),
            text!("请改成半角：{fixed}", "Write {fixed}"),
        ));
    }
    if written.split('/').any(|part| part == "..") {
        return Err(problem(
            codes::BAD_PATH,
            text!("“{written}”里不能有“..”。", "`{written}` must not contain `..`."),
            text!(
                "请把文件放在这条记录自己的文件夹里；公用的文件放在 content/files 里，写成“files/…”。",
                "Put the file into the record's own folder, or into `content/files` and write `files/…`."
            ),
        ));
    }
    Ok(())
}

fn check_picture(written: &str) -> Result<(), Said> {
    let extension = written.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    if PICTURES.contains(&extension.as_str()) {
        return Ok(());
    }
    let help = match extension.as_str() {
        "mp4" | "mov" | "avi" | "wmv" | "m4v" | "webm" => text!(
            "请在播放时截一张图，存为 .jpg 或 .png，再写新的文件名。",
            "Take a screenshot while it plays, save it as .jpg or .png and write the new name."
        ),
        "pdf" | "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "wps" => text!(
            "请打开它，把要用的画面截图，存为 .jpg 或 .png，再写新的文件名；原件要给人下载的，放到 content/files/。",
            "Open it, take a screenshot, save it as .jpg or .png and write the new name; an original for download goes to `content/files/`."
        ),
        _ => text!(
            "请用看图软件另存为 .jpg 或 .png，再写新的文件名。",
            "Save it as .jpg or .png and write the new name."
        ),
    };
    Err(problem(
        codes::NOT_A_PICTURE,
        text!("“{written}”不是网页能用的图片。", "`{written}` is not a picture that pages can show."),
        help,
    ))
}

fn problem(code: Code, said: Bilingual, help: Bilingual) -> Said {
    Box::new(Diagnostic::new(code, said).help(help))
}
