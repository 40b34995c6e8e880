//! Two outputs at one address, or one where another needs a folder: both are errors.

use super::{Output, Target};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::read::Sources;
use crate::text;

/// Reports every address that is asked for twice and keeps the first; `outputs` are in order of address.
pub(super) fn report(outputs: &mut Vec<Output>, sources: &Sources, report: &mut Report) {
    for pair in outputs.windows(2) {
        let [first, second] = pair else { continue };
        if first.path == second.path {
            report.push(clash(first, second, sources));
        }
    }
    outputs.dedup_by(|second, first| second.path == first.path);
    for second in outputs.iter() {
        for folder in second.path.folders() {
            if let Ok(at) = outputs.binary_search_by(|output| output.path.as_str().cmp(folder)) {
                report.push(clash(&outputs[at], second, sources));
            }
        }
    }
}

fn clash(first: &Output, second: &Output, sources: &Sources) -> Diagnostic {
    let address = first.path.as_str();
    let (blamed, other) = if second.origin.is_some() { (second, first) } else { (first, second) };
    let taken_by = other.origin.map(|origin| origin.path(sources));
    let message = match taken_by {
        Some(path) => text!(
            "网址 /{address} 已经被占用：{path}。",
            "The address /{address} is already taken by: {path}."
        ),
        None => text!(
            "网址 /{address} 已经被占用：那里是网站自带的页面。",
            "The address /{address} is already taken by a page every site has."
        ),
    };
    let is_former = matches!(blamed.target, Target::NewsRedirect(_) | Target::PageRedirect(_));
    let help = match (is_former, taken_by) {
        (true, _) => text!("请改掉或删去这个旧地址。", "Change this former address, or delete it."),
        (false, Some(_)) => text!(
            "请给其中一个文件改名，网址是从文件名来的。",
            "Rename one of the two files; their names make the address."
        ),
        (false, None) => {
            text!("请给这个文件改名，网址是从文件名来的。", "Rename this file; its name makes the address.")
        }
    };
    let diagnostic = Diagnostic::new(codes::ADDRESS_CLASH, message).help(help);
    match blamed.origin {
        Some(origin) => diagnostic.at(origin.span(sources)),
        None => diagnostic,
    }
}
