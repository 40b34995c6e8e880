//! What a file really is, by its first bytes, whatever its name says.

use std::io::Read as _;
use std::sync::Arc;

use super::walk::Found;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::text;

/// How many bytes of a file are looked at.
const HEAD: u64 = 1024;

/// A kind of file that is known by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Heic,
    Avif,
    Bmp,
    Tiff,
    Svg,
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Zip,
    Office97,
    Rtf,
    Rar,
    SevenZip,
    Mp4,
}

impl Kind {
    /// Returns the name people know it by.
    fn name(self) -> Bilingual {
        let (zh, en) = match self {
            Self::Jpeg => ("JPEG 图片", "a JPEG picture"),
            Self::Png => ("PNG 图片", "a PNG picture"),
            Self::Gif => ("GIF 图片", "a GIF picture"),
            Self::Webp => ("WebP 图片", "a WebP picture"),
            Self::Heic => ("HEIC 图片（苹果手机的照片格式）", "a HEIC picture (the iPhone's format)"),
            Self::Avif => ("AVIF 图片", "an AVIF picture"),
            Self::Bmp => ("BMP 图片", "a BMP picture"),
            Self::Tiff => ("TIFF 图片", "a TIFF picture"),
            Self::Svg => ("SVG 图形", "an SVG drawing"),
            Self::Pdf => ("PDF 文档", "a PDF document"),
            Self::Docx => ("Word 文档（.docx）", "a Word document (.docx)"),
            Self::Xlsx => ("Excel 表格（.xlsx）", "an Excel workbook (.xlsx)"),
            Self::Pptx => ("PowerPoint 演示文稿（.pptx）", "a PowerPoint presentation (.pptx)"),
            Self::Zip => ("ZIP 压缩包", "a ZIP archive"),
            Self::Office97 => {
                ("旧版 Office 文档（.doc/.xls/.ppt）", "an old Office document (.doc/.xls/.ppt)")
            }
            Self::Rtf => ("RTF 文档", "an RTF document"),
            Self::Rar => ("RAR 压缩包", "a RAR archive"),
            Self::SevenZip => ("7z 压缩包", "a 7z archive"),
            Self::Mp4 => ("MP4 视频", "an MP4 video"),
        };
        Bilingual::new(zh, en)
    }

    /// Returns the extension a picture of this kind goes by; `None` for what the web does not show.
    fn web_extension(self) -> Option<&'static str> {
        Some(match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
            _ => return None,
        })
    }
}

/// Recognises a file by its first bytes; `None` for text and for what is not known.
pub(super) fn sniff(head: &[u8]) -> Option<Kind> {
    Some(match head {
        [0xff, 0xd8, 0xff, ..] => Kind::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Kind::Png,
        [b'G', b'I', b'F', b'8', ..] => Kind::Gif,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Kind::Webp,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => sniff_brand(brand),
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => Kind::Tiff,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Kind::Bmp,
        [b'%', b'P', b'D', b'F', b'-', ..] => Kind::Pdf,
        [b'P', b'K', 3, 4, ..] => sniff_zip(&head[..head.len().min(4096)]),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Kind::Office97,
        [b'{', b'\\', b'r', b't', b'f', ..] => Kind::Rtf,
        [b'R', b'a', b'r', b'!', 0x1a, ..] => Kind::Rar,
        [b'7', b'z', 0xbc, 0xaf, ..] => Kind::SevenZip,
        _ => return None,
    })
}

fn sniff_brand(brand: &[u8]) -> Kind {
    match brand.get(..4) {
        Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1") => Kind::Heic,
        Some(b"avif" | b"avis") => Kind::Avif,
        _ => Kind::Mp4,
    }
}

/// Tells the Office formats apart by the name of a folder near the start of the archive.
fn sniff_zip(head: &[u8]) -> Kind {
    let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
    match () {
        () if has(b"word/") => Kind::Docx,
        () if has(b"xl/") => Kind::Xlsx,
        () if has(b"ppt/") => Kind::Pptx,
        () => Kind::Zip,
    }
}

/// Says that a file named as text is something else, and what to do about it.
pub(super) fn not_text(path: &Arc<str>, kind: Kind) -> Box<Diagnostic> {
    let name = kind.name();
    let (zh, en) = (name.zh, name.en);
    let help = match kind {
        Kind::Xlsx | Kind::Office97 => text!(
            "请打开它，把文字复制到记事本，另存为 UTF-8 文本；原件要给人下载的，放到 content/files/。",
            "Open it, copy its text into Notepad and save it as UTF-8; an original for download goes to `content/files/`."
        ),
        Kind::Zip | Kind::Rar | Kind::SevenZip => {
            text!("请先解压，再放里面的文件。", "Unpack it first and put the files from it here.")
        }
        _ => text!(
            "请打开原稿，把文字复制到记事本，另存为 UTF-8 文本；附件请放到 content/files/。",
            "Open the original, copy its text into Notepad and save it as UTF-8; attachments go to `content/files/`."
        ),
    };
    Diagnostic::new(
        codes::WRONG_FILE_TYPE,
        text!("这个文件其实是“{zh}”，不是文本文件。", "The file is really {en}, not a text file."),
    )
    .in_file(Arc::clone(path))
    .help(help)
    .into()
}

/// Checks that a file named as a picture is that kind of picture; other files pass unread.
pub(super) fn check_picture(entry: &Found, extension: &str) -> Result<(), Box<Diagnostic>> {
    let wanted = match extension {
        "jpg" | "jpeg" | "jpe" => "jpg",
        "png" | "gif" | "webp" | "svg" => extension,
        _ => return Ok(()),
    };
    let mut head = Vec::new();
    std::fs::File::open(&entry.disk)
        .and_then(|file| file.take(HEAD).read_to_end(&mut head))
        .map_err(|error| super::unreadable(&entry.path, &error))?;
    let kind = sniff(&head).or_else(|| looks_like_svg(&head).then_some(Kind::Svg));
    match kind {
        Some(kind) if kind.web_extension() == Some(wanted) => Ok(()),
        Some(kind) => Err(not_this_picture(entry, kind)),
        None if head.is_empty() => Err(empty_picture(entry)),
        None => Err(not_a_picture(entry)),
    }
}

fn looks_like_svg(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with("<svg") || (text.starts_with('<') && text.contains("<svg"))
        // A long licence comment may push the root element out of what is looked at.
        || (text.starts_with("<?xml") && head.len() as u64 == HEAD)
}

fn not_this_picture(entry: &Found, kind: Kind) -> Box<Diagnostic> {
    let name = kind.name();
    let (zh, en) = (name.zh, name.en);
    let help = match (kind, kind.web_extension()) {
        (Kind::Heic | Kind::Avif, _) => text!(
            "请导出为 JPEG：在电脑上用“照片”或“画图”打开，另存为 JPEG；苹果手机可在“设置 › 相机 › 格式”里选“兼容性最佳”。改扩展名没有用。",
            "Export it as JPEG: open it with Photos or Paint and save as JPEG; on an iPhone choose Settings › Camera › Formats › Most Compatible. Renaming does not help."
        ),
        (_, Some(extension)) => text!(
            "请把扩展名改成“.{extension}”，引用它的地方一起改。",
            "Change the extension to `.{extension}`, also where the file is named."
        ),
        (Kind::Bmp | Kind::Tiff, _) => {
            text!("请用“画图”打开，另存为 JPEG 或 PNG。", "Open it with Paint and save it as JPEG or PNG.")
        }
        (Kind::Mp4, None) => text!(
            "请在播放时截一张图，存为 JPEG 或 PNG 放在这里。",
            "Take a screenshot while it plays and put that here as JPEG or PNG."
        ),
        (Kind::Zip | Kind::Rar | Kind::SevenZip, None) => {
            text!("请先解压，把里面的照片放在这里。", "Unpack it and put the photo from it here.")
        }
        (_, None) => text!(
            "请打开它，把要用的画面截图，存为 JPEG 或 PNG 放在这里；原件要给人下载的，放到 content/files/。",
            "Open it, take a screenshot of what should be seen and put that here as JPEG or PNG; an original for download goes to `content/files/`."
        ),
    };
    Diagnostic::new(
        codes::WRONG_FILE_TYPE,
        text!(
            "这个文件其实是“{zh}”，与扩展名不符。",
            "The file is really {en}, which its extension does not say."
        ),
    )
    .in_file(Arc::clone(&entry.path))
    .help(help)
    .into()
}

fn empty_picture(entry: &Found) -> Box<Diagnostic> {
    Diagnostic::new(
        codes::WRONG_FILE_TYPE,
        text!("图片文件是空的（0 字节）。", "The picture is empty (0 bytes)."),
    )
    .in_file(Arc::clone(&entry.path))
    .help(text!("请重新复制一次原图。", "Copy the original here again."))
    .into()
}

fn not_a_picture(entry: &Found) -> Box<Diagnostic> {
    Diagnostic::new(
        codes::WRONG_FILE_TYPE,
        text!("这个文件不是图片，或者已经损坏。", "The file is not a picture, or it is damaged."),
    )
    .in_file(Arc::clone(&entry.path))
    .help(text!(
        "请看图片能否正常打开；能打开的话另存为 JPEG 再放进来。",
        "See whether it opens; if it does, save it as JPEG and put that here."
    ))
    .into()
}
