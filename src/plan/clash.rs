//! Two outputs at one address, or one where another needs a folder: both are errors.

use super::{Output, Plan};
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

/// Reports every address that pages of two languages ask for.
pub(super) fn report_between(plans: &[Plan], sources: &Sources, report: &mut Report) {
    let Some((main, further)) = plans.split_first() else { return };
    for plan in further {
        for output in &plan.outputs {
            if let Some(taken) = main.at(output.path.as_str()) {
                report.push(clash(output, taken, sources));
            }
            for folder in output.path.folders() {
                if let Some(taken) = main.at(folder) {
                    report.push(clash(output, taken, sources));
                }
            }
        }
    }
}

fn clash(first: &Output, second: &Output, sources: &Sources) -> Diagnostic {
    let address = first.path.as_str();
    let (blamed, other) = if second.origin.is_some() { (second, first) } else { (first, second) };
    let taken_by =
        other.origin.map_or_else(|| other.path.to_string(), |origin| origin.path(sources).to_owned());
    let diagnostic = Diagnostic::new(
        codes::ADDRESS_CLASH,
        text!(
            "网址 /{address} 已经被占用：{taken_by}。",
            "The address /{address} is already taken by: {taken_by}."
        ),
    )
    .help(text!(
        "把其中一个的文件名（编号）改掉。",
        "Rename one of the two files (their ids make the address)."
    ));
    match blamed.origin {
        Some(origin) => diagnostic.at(origin.span(sources)),
        None => diagnostic,
    }
}
