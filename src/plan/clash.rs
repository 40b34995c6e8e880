//! Two outputs at one address, or one where another needs a folder: both are errors.

use super::{Output, Plan, Target, ThemeFile};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::read::Sources;
use crate::text;

/// Where the names of the files are that ask for addresses.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub sources: &'a Sources,
    pub theme_files: &'a [ThemeFile],
}

impl<'a> Named<'a> {
    /// Returns the file that asks for an output; `None` when every site has it.
    fn file(self, output: &Output) -> Option<&'a str> {
        match output.target {
            Target::ThemeFile(at) => self.theme_files.get(at).map(|file| &*file.source),
            _ => output.origin.map(|origin| origin.path(self.sources)),
        }
    }
}

/// Reports every address that is asked for twice and keeps the first; `outputs` are in order of address.
pub(super) fn report(outputs: &mut Vec<Output>, named: Named<'_>, report: &mut Report) {
    for pair in outputs.windows(2) {
        let [first, second] = pair else { continue };
        if first.path == second.path {
            report.push(clash(first, second, named));
        }
    }
    outputs.dedup_by(|second, first| second.path == first.path);
    for second in outputs.iter() {
        for folder in second.path.folders() {
            if let Ok(at) = outputs.binary_search_by(|output| output.path.as_str().cmp(folder)) {
                report.push(clash(&outputs[at], second, named));
            }
        }
    }
}

/// Reports every address that pages of two languages ask for.
pub(super) fn report_between(plans: &[Plan], named: Named<'_>, report: &mut Report) {
    let Some((main, further)) = plans.split_first() else { return };
    for plan in further {
        for output in &plan.outputs {
            if let Some(taken) = main.at(output.path.as_str()) {
                report.push(clash(output, taken, named));
            }
            for folder in output.path.folders() {
                if let Some(taken) = main.at(folder) {
                    report.push(clash(output, taken, named));
                }
            }
        }
    }
}

fn clash(first: &Output, second: &Output, named: Named<'_>) -> Diagnostic {
    let address = first.path.as_str();
    let (blamed, other) = if named.file(second).is_some() { (second, first) } else { (first, second) };
    let taken_by = named.file(other);
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
        (false, None) if matches!(blamed.target, Target::ThemeFile(_)) => text!(
            "请从主题里删掉这个文件，程序自己会生成；或者给它改名。",
            "Take this file out of the theme: the program makes its own; or rename it."
        ),
        (false, None) => {
            text!("请给这个文件改名，网址是从文件名来的。", "Rename this file; its name makes the address.")
        }
    };
    let diagnostic = Diagnostic::new(codes::ADDRESS_CLASH, message).help(help);
    match blamed.origin {
        Some(origin) => diagnostic.at(origin.span(named.sources)),
        None => match named.file(blamed) {
            Some(file) => diagnostic.in_file(file),
            None => diagnostic,
        },
    }
}
