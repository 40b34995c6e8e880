//! What can stop a write, and how it is said.

use std::fmt;
use std::io::{self, ErrorKind};

use crate::address::OutputPath;
use crate::diagnostic::{Bilingual, Diagnostic, codes};
use crate::text;

/// Why something was not written; becomes a [`Diagnostic`].
#[derive(Debug)]
pub enum WriteError {
    /// Another yipin works on this site.
    Busy,
    /// The public folder may not be there.
    BadOutput {
        /// The folder, as it was given.
        out: String,
        /// What is wrong with it.
        why: BadOutput,
    },
    /// The public folder holds files yipin did not make.
    ForeignOutput {
        /// The folder.
        out: String,
    },
    /// The public folder holds another site.
    OtherSite {
        /// The folder.
        out: String,
        /// The name of the site that stands there.
        site: String,
    },
    /// A file of the site would replace one yipin did not make.
    ForeignFile {
        /// The file in the way.
        path: String,
    },
    /// The machine failed before anything published was touched.
    Failed {
        /// What was being read or written.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The machine failed while the finished site was moved into place; the next run goes on.
    Unfinished {
        /// The public folder.
        out: String,
        /// What the system said.
        source: io::Error,
    },
    /// Finished files were gone or damaged before they could be moved into place.
    Lost {
        /// The files; their old versions, where there were any, still stand.
        paths: Vec<OutputPath>,
    },
    /// Two files were put at one place, or one inside the other.
    Clash {
        /// The place.
        path: OutputPath,
    },
    /// Something could not be put, so the site is not whole and was not published.
    Incomplete,
}

/// Why a folder cannot be the public folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadOutput {
    /// It is the site's root or a folder the root is in.
    HoldsTheSite,
    /// It is, is in, or holds `content/`, `themes/` or `.yipin/`.
    Source,
    /// It is the home folder, or the top of a disk.
    System,
    /// A file stands there.
    NotAFolder,
    /// A link there leads nowhere.
    DeadLink,
    /// Its name is not Unicode.
    NotUnicode,
}

impl WriteError {
    /// Returns whether files of the new site stand beside files of the old one now.
    #[must_use]
    pub fn is_torn(&self) -> bool {
        matches!(self, Self::Unfinished { .. } | Self::Lost { .. })
    }

    /// Makes the error of a failed operation on `path`.
    pub(super) fn failed(path: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Failed { path: path.to_string(), source }
    }
}

impl From<WriteError> for Diagnostic {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Busy => busy(),
            WriteError::BadOutput { out, why } => bad_output(&out, why),
            WriteError::ForeignOutput { out } => foreign_output(&out),
            WriteError::OtherSite { out, site } => other_site(&out, &site),
            WriteError::ForeignFile { path } => foreign_file(path),
            WriteError::Failed { path, source } => failed(path, &source),
            WriteError::Unfinished { out, source } => unfinished(out, &source),
            WriteError::Lost { paths } => lost(&paths),
            WriteError::Clash { path } => clash(&path),
            WriteError::Incomplete => incomplete(),
        }
    }
}

fn busy() -> Diagnostic {
    let message = text!(
        "另一个 yipin 正在处理这个网站，这次没有做任何改动。",
        "Another yipin is working on this site; nothing was changed."
    );
    Diagnostic::new(codes::BUSY, message).help(text!(
        "等它结束后再运行；如果另一个窗口里开着 yipin serve，先把它关掉。",
        "Wait until it has finished; if `yipin serve` runs in another window, close it first."
    ))
}

fn bad_output(out: &str, why: BadOutput) -> Diagnostic {
    let message = match why {
        BadOutput::HoldsTheSite => text!(
            "不能把网站生成到“{out}”：这个文件夹里放着网站的原始内容。",
            "The site cannot be written to `{out}`: that folder holds the site's own content."
        ),
        BadOutput::Source => text!(
            "不能把网站生成到“{out}”：content、themes、.yipin 文件夹是做网站用的材料，不能同时存放做好的网页。",
            "The site cannot be written to `{out}`: content, themes and .yipin are what the site is made from."
        ),
        BadOutput::System => text!(
            "不能把网站生成到“{out}”：这是个人文件夹或整个磁盘。",
            "The site cannot be written to `{out}`: that is a home folder or a whole disk."
        ),
        BadOutput::NotAFolder => text!(
            "不能把网站生成到“{out}”：那里是一个文件，不是文件夹。",
            "The site cannot be written to `{out}`: a file stands there, not a folder."
        ),
        BadOutput::DeadLink => text!(
            "不能把网站生成到“{out}”：它是一个链接，指向的地方不存在。",
            "The site cannot be written to `{out}`: it is a link that leads nowhere."
        ),
        BadOutput::NotUnicode => text!(
            "不能把网站生成到“{out}”：文件夹名里有无法识别的字符。",
            "The site cannot be written to `{out}`: its name is not Unicode text."
        ),
    };
    Diagnostic::new(codes::BAD_OUTPUT, message).help(text!(
        "用 --out 换一个新的空文件夹，例如 --out public。",
        "Give another folder, such as `--out public`."
    ))
}

fn foreign_output(out: &str) -> Diagnostic {
    let message = text!(
        "文件夹“{out}”里已经有别的文件，而且不是 yipin 生成的。为了不误删，这次没有做任何改动。",
        "The folder `{out}` already holds files that yipin did not make; nothing was changed."
    );
    Diagnostic::new(codes::FOREIGN_OUTPUT, message).help(text!(
        "用 --out 换一个新的或空的文件夹；确认里面的文件都不要了，也可以自己把它清空后再运行。",
        "Choose a new or empty folder with `--out`, or empty this one yourself if nothing in it is needed."
    ))
}

fn other_site(out: &str, site: &str) -> Diagnostic {
    let message = text!(
        "文件夹“{out}”里放着另一个网站“{site}”。为了不把它换掉，这次没有做任何改动。",
        "The folder `{out}` holds another site, `{site}`; nothing was changed."
    );
    Diagnostic::new(codes::FOREIGN_OUTPUT, message).help(text!(
        "用 --out 换一个文件夹；确实要换掉那个网站，就自己先把这个文件夹清空。",
        "Choose another folder with `--out`; if that site is to go, empty the folder yourself first."
    ))
}

fn foreign_file(path: String) -> Diagnostic {
    let message = text!(
        "网站要在这里生成网页，但“{path}”已经存在，而且不是 yipin 生成的，没有覆盖它。",
        "The site needs this place, but `{path}` was not made by yipin and is not overwritten."
    );
    Diagnostic::new(codes::FOREIGN_FILE, message).in_file(path).help(text!(
        "把这个文件移走或改名，再重新运行；如果网站需要它，放进 content/files/。",
        "Move or rename it and run again; if the site needs it, put it into `content/files/`."
    ))
}

fn failed(path: String, source: &io::Error) -> Diagnostic {
    let Bilingual { zh, en } = reason(source);
    let message = text!(
        "无法写入“{path}”：{zh}。已发布的网站没有改动。",
        "Cannot write `{path}`: {en}. The published site was not changed."
    );
    let diagnostic = Diagnostic::new(codes::WRITE_FAILED, message).in_file(path);
    match remedy(source) {
        Some(remedy) => diagnostic.help(remedy),
        None => diagnostic,
    }
}

fn unfinished(out: String, source: &io::Error) -> Diagnostic {
    let Bilingual { zh, en } = reason(source);
    let message = text!(
        "新网站已经做好，但放进“{out}”时中断了：{zh}。",
        "The new site is ready, but putting it into `{out}` was interrupted: {en}."
    );
    Diagnostic::new(codes::UNFINISHED_WRITE, message).in_file(out).help(text!(
        "排除上面的问题后，随便运行一个 yipin 命令就会接着放完；想放弃，就删除 .yipin 文件夹再重新生成。",
        "Put that right; the next yipin command goes on from here. To give up, delete the .yipin folder and build again."
    ))
}

fn lost(paths: &[OutputPath]) -> Diagnostic {
    let (count, first) = (paths.len(), paths.first().map_or("", OutputPath::as_str));
    let message = text!(
        "有 {count} 个新文件在放进网站前丢失或损坏了（如“{first}”），这些位置还是旧文件。",
        "{count} new files (such as `{first}`) were lost or damaged before they were in place; the old ones still stand."
    );
    Diagnostic::new(codes::UNFINISHED_WRITE, message)
        .help(text!("再运行一次 yipin build 就会补齐。", "Run `yipin build` again to write them anew."))
}

fn clash(path: &OutputPath) -> Diagnostic {
    Diagnostic::new(
        codes::WRITE_FAILED,
        text!(
            "有两个文件都要生成到“{path}”，已发布的网站没有改动。",
            "Two files want the place `{path}`; the published site was not changed."
        ),
    )
    .in_file(path.as_str())
}

fn incomplete() -> Diagnostic {
    Diagnostic::new(
        codes::WRITE_FAILED,
        text!(
            "有文件没能写好，所以没有发布；已发布的网站没有改动。",
            "Some files could not be written, so nothing was published; the published site was not changed."
        ),
    )
}

/// Says why the system refused, as part of a sentence.
pub(crate) fn reason(error: &io::Error) -> Bilingual {
    match error.kind() {
        ErrorKind::StorageFull => text!("磁盘已满", "the disk is full"),
        ErrorKind::QuotaExceeded => text!("超出了磁盘配额", "the disk quota is used up"),
        ErrorKind::PermissionDenied => {
            text!("没有权限，或文件正被别的程序打开", "no permission, or another program has it open")
        }
        ErrorKind::ReadOnlyFilesystem => text!("磁盘是只读的", "the disk is read-only"),
        ErrorKind::NotFound => text!("文件或文件夹不存在", "it does not exist"),
        ErrorKind::InvalidFilename => {
            text!("文件名太长或有不允许的字符", "its name is too long or not allowed")
        }
        ErrorKind::NotADirectory => {
            text!("路径中间有一个文件，不是文件夹", "a file stands where a folder is needed")
        }
        _ => text!("{error}", "{error}"),
    }
}

fn remedy(error: &io::Error) -> Option<Bilingual> {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some(text!("清理磁盘空间后再运行。", "Free some space and run again."))
        }
        ErrorKind::PermissionDenied => Some(text!(
            "关闭正在打开这些文件的程序，确认自己对这个文件夹有写入权限，再运行。",
            "Close programs that have these files open, make sure you may write there, and run again."
        )),
        _ => None,
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("another yipin works on this site"),
            Self::BadOutput { out, why } => write!(f, "{out}: not a public folder ({why:?})"),
            Self::ForeignOutput { out } => write!(f, "{out}: not made by yipin"),
            Self::OtherSite { out, site } => write!(f, "{out}: holds the site {site}"),
            Self::ForeignFile { path } => write!(f, "{path}: not made by yipin"),
            Self::Failed { path, source } => write!(f, "{path}: {source}"),
            Self::Unfinished { out, source } => write!(f, "{out}: unfinished: {source}"),
            Self::Lost { paths } => write!(f, "lost before they were in place: {paths:?}"),
            Self::Clash { path } => write!(f, "{path}: put twice"),
            Self::Incomplete => f.write_str("not everything could be put"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed { source, .. } | Self::Unfinished { source, .. } => Some(source),
            _ => None,
        }
    }
}
