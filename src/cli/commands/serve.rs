//! `yipin serve`: the live preview.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use super::super::output::Output;
use super::super::{arguments::Serve, exit::Exit, settings::Settings, usage};
use crate::diagnostic::{Diagnostic, Report, codes};
use crate::pipeline::Job;
use crate::serve::{self, Address, News, Preview, Teller};
use crate::{model, text};

pub(super) fn run(options: &Serve, settings: &Settings, output: Output, report: Report) -> Exit {
    let base_url = match options.base_url.as_deref().map(model::checked_base_url).transpose() {
        Ok(base_url) => base_url,
        Err((message, help)) => return output.problem(&usage::wrong(message, Some(help), "serve")),
    };
    let address = match options.addr.as_deref().map(|text| Address::parse(text).ok_or(text)).transpose() {
        Ok(address) => address.unwrap_or_default(),
        Err(text) => return output.problem(&bad_address(text)),
    };
    let listener = match serve::bind(address) {
        Ok(listener) => listener,
        Err(problem) => return output.problem(&problem),
    };
    let local = match listener.local_addr() {
        Ok(local) => local,
        Err(error) => return output.problem(&failed(&error)),
    };
    if !report.is_empty() {
        output.report(report, false);
    }
    let job = Job { root: settings.root.clone(), today: settings.today, drafts: options.drafts, base_url };
    let preview = Preview { job, lang: output.lang(), poll: options.poll };
    match serve::run(preview, listener, teller(output, local, options.open)) {
        Ok(()) => {
            output.say(&text!("预览已结束。", "The preview has ended."));
            Exit::Done
        }
        Err(error) => output.problem(&failed(&error)),
    }
}

fn bad_address(text: &str) -> Diagnostic {
    usage::wrong(
        text!("“--addr”后面的“{text}”不是地址。", "`{text}` after `--addr` is not an address."),
        Some(text!("请写成 0.0.0.0、0.0.0.0:8080 或 8080。", "Write 0.0.0.0, 0.0.0.0:8080 or 8080.")),
        "serve",
    )
}

fn failed(error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        codes::CANNOT_LISTEN,
        text!("预览进行不下去（系统的说法：{error}）。", "The preview cannot go on: {error}."),
    )
}

/// Tells in the terminal what the preview has to say.
fn teller(output: Output, local: SocketAddr, open: bool) -> Teller {
    Arc::new(move |news| match news {
        News::Ready { base, outputs, took, problems } => {
            tell(output, problems);
            say_ready(output, outputs, took);
            say_addresses(output, local, base);
            if open {
                open_browser(&address(local, base));
            }
        }
        News::Refreshed { changed, current, took, problems } => {
            problems.inspect(|problems| tell(output, problems));
            say_refreshed(output, changed, current, took);
        }
        News::Judged { problems } => tell(output, problems),
        News::Polling => output.say(&text!(
            "系统不能及时告知文件变化，改为每秒查看一次。",
            "The system does not tell of changes; the files are looked at every second."
        )),
    })
}

fn tell(output: Output, problems: &[Diagnostic]) {
    if !problems.is_empty() {
        let mut report = Report::new();
        report.extend(problems.iter().cloned());
        output.report(report, false);
    }
}

fn say_ready(output: Output, outputs: Option<usize>, took: Duration) {
    let seconds = took.as_secs_f64();
    match outputs {
        Some(outputs) => output.say(&text!(
            "预览已就绪，共 {outputs} 个文件，用时 {seconds:.2} 秒。按 Ctrl-C 结束。",
            "The preview is ready: {outputs} files in {seconds:.2} s. Ctrl-C ends it."
        )),
        None => output.say(&text!(
            "内容有错误；改好并保存后，网页会自动出现。按 Ctrl-C 结束。",
            "The content has errors; once they are mended and saved, the pages appear. Ctrl-C ends the preview."
        )),
    }
}

fn say_addresses(output: Output, local: SocketAddr, base: &str) {
    let url = address(local, base);
    output.say(&text!("  本机打开：{url}", "  On this machine: {url}"));
    if local.ip().is_unspecified()
        && let Some(ip) = serve::reachable_at()
    {
        let url = address(SocketAddr::new(ip, local.port()), base);
        output.say(&text!(
            "  同一网络里的手机、电脑打开：{url}",
            "  On phones and machines of this network: {url}"
        ));
    }
    if !local.ip().is_loopback() {
        output.say(&text!(
            "  注意：能连到本机的人都能看到预览的内容，包括还没有公开的。",
            "  Mind: whoever reaches this machine sees the preview, with what is not public yet."
        ));
    }
}

/// Returns the address the preview is opened at on this machine.
fn address(local: SocketAddr, base: &str) -> String {
    let ip = match local.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}{base}", SocketAddr::new(ip, local.port()))
}

fn say_refreshed(output: Output, changed: &[String], current: bool, took: Duration) {
    let ms = took.as_millis();
    let (zh, en) = match changed {
        [] => ("文件".to_owned(), "files".to_owned()),
        changed => (changed.join("、"), changed.join(", ")),
    };
    if current {
        output.say(&text!(
            "{zh} 有改动，网页已更新（{ms} 毫秒）。",
            "Changed: {en}. The pages are up to date ({ms} ms)."
        ));
    } else {
        output.say(&text!(
            "{zh} 有改动，内容有错误；网页还是上次正确时的样子。",
            "Changed: {en}. The content has errors; the pages are those from when it had none."
        ));
    }
}

/// Opens the browser; when there is none, the address has been printed.
fn open_browser(url: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Ok(mut child) = command.spawn() {
        std::thread::spawn(move || child.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_addresses_of_the_machine_are_opened_at_its_own() {
        assert_eq!(address("0.0.0.0:80".parse().unwrap(), "/a/"), "http://127.0.0.1:80/a/");
        assert_eq!(address("[::]:81".parse().unwrap(), "/"), "http://[::1]:81/");
        assert_eq!(address("192.168.1.2:8000".parse().unwrap(), "/"), "http://192.168.1.2:8000/");
    }
}
