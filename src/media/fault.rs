//! What is wrong with a picture, and how that is said.

use std::sync::Arc;

use super::Format;
use crate::diagnostic::{Bilingual, Code, Diagnostic, Span, codes};
use crate::text;

/// Why a picture cannot be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// The file ends before the picture does.
    Truncated,
    /// The file is not what it should be; with what the decoder says.
    Damaged(String),
    /// Decoding it would take more memory than is allowed.
    TooLarge {
        /// Its width in pixels.
        width: u32,
        /// Its height in pixels.
        height: u32,
    },
    /// A drawing that holds what a picture must not.
    Unsafe(Bilingual),
    /// The file cannot be read now.
    Unreadable(String),
}

impl Fault {
    /// Says what is wrong with the picture at `path`, in the place where a record names it if one does.
    pub(super) fn diagnostic(&self, path: &Arc<str>, place: Option<Span>) -> Diagnostic {
        let (code, message, help) = self.words(path);
        let diagnostic = Diagnostic::new(code, message).help(help);
        match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic.in_file(Arc::clone(path)),
        }
    }

    fn words(&self, path: &str) -> (Code, Bilingual, Bilingual) {
        match self {
            Self::Truncated => (
                codes::DAMAGED_PICTURE,
                text!(
                    "图片“{path}”不完整，后面缺了一截。",
                    "The picture `{path}` is cut short; its end is missing."
                ),
                text!(
                    "多半是没有复制完：请从手机或相机里重新复制一次原图。",
                    "Most likely the copy was not finished: copy the original from the phone or camera again."
                ),
            ),
            Self::Damaged(why) => (
                codes::DAMAGED_PICTURE,
                text!(
                    "图片“{path}”已经损坏，解不开（解码程序的说法：{why}）。",
                    "The picture `{path}` is damaged and cannot be decoded: {why}."
                ),
                text!(
                    "请看它能否正常打开：能打开就另存为 JPEG 再放进来，打不开就换一张。",
                    "See whether it opens: if it does, save it as JPEG and put that here; otherwise take another one."
                ),
            ),
            Self::TooLarge { width, height } => {
                let millions = u64::from(*width) * u64::from(*height) / 1_000_000;
                (
                    codes::PICTURE_TOO_LARGE,
                    text!(
                        "图片“{path}”有 {width} × {height} 像素（{millions} 百万），太大了，没有解开。",
                        "The picture `{path}` has {width} × {height} pixels ({millions} million), too many to be decoded."
                    ),
                    text!(
                        "网页上最宽用到 1600 像素：请用看图软件把它缩小到 6000 像素以内，另存为 JPEG。",
                        "Pages use 1600 pixels at most: shrink it to 6000 pixels a side or less and save it as JPEG."
                    ),
                )
            }
            Self::Unsafe(what) => {
                let (zh, en) = (&what.zh, &what.en);
                (
                    codes::UNSAFE_DRAWING,
                    text!(
                        "SVG 图形“{path}”里有{zh}，不能公开。",
                        "The drawing `{path}` holds {en}; it cannot be published."
                    ),
                    text!(
                        "请在画图软件里导出为纯 SVG 并去掉这些内容，或者另存为 PNG。",
                        "Export it as plain SVG without that from the drawing program, or save it as PNG."
                    ),
                )
            }
            Self::Unreadable(why) => (
                codes::UNREADABLE_FILE,
                text!(
                    "图片“{path}”读不出来（系统的说法：{why}）。",
                    "The picture `{path}` cannot be read: {why}."
                ),
                text!(
                    "请看它是否正被别的程序打开，或者没有读取权限。",
                    "See whether another program holds it open, or permission to read it is missing."
                ),
            ),
        }
    }
}

/// Says that of a moving picture the first frame is shown.
pub(super) fn stands_still(path: &Arc<str>, format: Format, place: Option<Span>) -> Diagnostic {
    let name = format.name();
    let diagnostic = Diagnostic::new(
        codes::ANIMATED_PICTURE,
        text!(
            "“{path}”是会动的 {name} 图片，网页上只显示第一帧。",
            "`{path}` is a moving {name} picture; pages show its first frame."
        ),
    )
    .help(text!(
        "会动的内容请做成视频放到视频平台；只要静止的画面就另存为 JPEG 或 PNG。",
        "Put what moves on a video platform; if a still is enough, save it as JPEG or PNG."
    ));
    match place {
        Some(place) => diagnostic.at(place),
        None => diagnostic.in_file(Arc::clone(path)),
    }
}
