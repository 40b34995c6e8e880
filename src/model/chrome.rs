//! Who supplies header and footer, as `site.yaml` says it.

use super::closed::Extension;
use super::record::Reader;
use super::site::{Chrome, ChromeMode};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::text;
use crate::yaml::Value;

/// Reads `chrome`: a mode alone, or a record that says more.
pub(super) fn chrome(reader: &Reader) -> Chrome {
    let chrome = chrome_as_written(reader);
    let includes = chrome.header_include.is_some() || chrome.footer_include.is_some();
    if chrome.mode == ChromeMode::Ssi && !includes {
        reader.complain("chrome", no_includes());
    }
    chrome
}

fn no_includes() -> Diagnostic {
    let mut problem = Diagnostic::new(
        codes::MISSING_FIELD,
        text!(
            "页头页脚由门户提供时，要写页头文件或页脚文件。",
            "With `ssi`, the header or footer to include must be named."
        ),
    )
    .help(text!(
        "请写成：\n页头页脚: 包含\n页头文件: /header.html\n页脚文件: /footer.html",
        "Write:\nchrome: ssi\nheader_include: /header.html\nfooter_include: /footer.html"
    ));
    // Pages without header and footer are still pages.
    problem.severity = Severity::Warning;
    problem
}

fn chrome_as_written(reader: &Reader) -> Chrome {
    let beside = Includes::read(reader);
    let Some(node) = reader.node("chrome") else { return beside.with(None) };
    if !matches!(node.value, Value::Map(_)) {
        return beside.with(reader.choice("chrome"));
    }
    match reader.record("chrome") {
        Some(record) => Includes::read(&record).or(beside).with(record.choice("mode")),
        None => Chrome::default(),
    }
}

/// Reads the address of a file to include: from the root of the server, as every page is in a folder of its own.
fn include(reader: &Reader, key: &str) -> Option<String> {
    let path = reader.text(key)?;
    if !path.starts_with('/') || path.starts_with("//") || path.split('/').any(|part| part == "..") {
        let (zh, en) = reader.names(key);
        let name = path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("header.html");
        reader.complain(
            key,
            Diagnostic::new(
                codes::BAD_PATH,
                text!(
                    "“{zh}”要从网站根目录写起，以“/”开头。",
                    "`{en}` is an address from the root: it begins with `/`."
                ),
            )
            .help(text!(
                "请写成“{zh}: /{name}”，文件在门户的哪个文件夹里就写上哪个文件夹。",
                "Write `{en}: /{name}`, with the folders the portal keeps it in."
            )),
        );
    }
    Some(path)
}

/// What the server includes, written in `chrome` or beside it.
struct Includes {
    header: Option<String>,
    footer: Option<String>,
    extension: Option<Extension>,
}

impl Includes {
    fn read(reader: &Reader) -> Self {
        Self {
            header: include(reader, "header_include"),
            footer: include(reader, "footer_include"),
            extension: reader.choice("extension"),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            header: self.header.or(other.header),
            footer: self.footer.or(other.footer),
            extension: self.extension.or(other.extension),
        }
    }

    /// Makes the chrome; a file to include without a mode means that the server includes it.
    fn with(self, mode: Option<ChromeMode>) -> Chrome {
        let included = self.header.is_some() || self.footer.is_some();
        let mode = mode.unwrap_or(if included { ChromeMode::Ssi } else { ChromeMode::Own });
        let of_mode = Chrome::of(mode);
        let extension = self.extension.map_or(of_mode.extension, |extension| extension.text().to_owned());
        Chrome { mode, header_include: self.header, footer_include: self.footer, extension }
    }
}

impl Chrome {
    /// Makes the chrome of a mode with nothing else said. Only `.shtml` pages are searched for includes by most servers.
    fn of(mode: ChromeMode) -> Self {
        let extension = if mode == ChromeMode::Ssi { "shtml" } else { "html" };
        Self { mode, header_include: None, footer_include: None, extension: extension.to_owned() }
    }
}

impl Default for Chrome {
    fn default() -> Self {
        Self::of(ChromeMode::Own)
    }
}
