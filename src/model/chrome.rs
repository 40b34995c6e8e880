//! Who supplies header and footer, as `site.yaml` says it.

use super::closed::Extension;
use super::record::Reader;
use super::site::{Chrome, ChromeMode};
use crate::diagnostic::{Diagnostic, codes};
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
    Diagnostic::new(
        codes::MISSING_FIELD,
        text!(
            "页头页脚由门户提供时，要写页头文件或页脚文件。",
            "With `ssi`, the header or footer to include must be named."
        ),
    )
    .help(text!(
        "请写成：\n页头页脚:\n  方式: 包含\n  页头文件: /header.html\n  页脚文件: /footer.html",
        "Write:\nchrome:\n  mode: ssi\n  header_include: /header.html\n  footer_include: /footer.html"
    ))
}

fn chrome_as_written(reader: &Reader) -> Chrome {
    let Some(node) = reader.node("chrome") else { return Chrome::default() };
    if !matches!(node.value, Value::Map(_)) {
        return Chrome::of(reader.choice("chrome").unwrap_or(ChromeMode::Own));
    }
    let Some(record) = reader.record("chrome") else { return Chrome::default() };
    let (header_include, footer_include) = (record.text("header_include"), record.text("footer_include"));
    let mode = record.choice("mode").unwrap_or_else(|| {
        if header_include.is_some() || footer_include.is_some() { ChromeMode::Ssi } else { ChromeMode::Own }
    });
    let of_mode = Chrome::of(mode);
    let extension = record.choice::<Extension>("extension").map(|extension| extension.text().to_owned());
    Chrome { mode, header_include, footer_include, extension: extension.unwrap_or(of_mode.extension) }
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
