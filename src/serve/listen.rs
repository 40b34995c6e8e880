//! Where a preview listens: what is written after `--addr`, and finding a port that is free.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};

use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// The port when none is asked for.
const PORT: u16 = 8000;
/// How many ports after it are tried.
const TRIED: u16 = 20;

/// Where to listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    ip: IpAddr,
    /// `None` when any free one will do.
    port: Option<u16>,
}

impl Default for Address {
    fn default() -> Self {
        Self { ip: Ipv4Addr::LOCALHOST.into(), port: None }
    }
}

impl Address {
    /// Reads an address: `0.0.0.0`, `8080`, `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`.
    pub fn parse(text: &str) -> Option<Self> {
        let local = text.strip_prefix("localhost").filter(|rest| rest.is_empty() || rest.starts_with(':'));
        let text = match local {
            Some(rest) => format!("{}{rest}", Ipv4Addr::LOCALHOST),
            None => text.to_owned(),
        };
        if let Ok(port) = text.strip_prefix(':').unwrap_or(&text).parse() {
            return Some(Self { port: Some(port), ..Self::default() });
        }
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Some(Self { ip: address.ip(), port: Some(address.port()) });
        }
        let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&text);
        bare.parse().ok().map(|ip| Self { ip, port: None })
    }
}

/// Begins to listen; a port that was not asked for by number may be another one when it is taken.
pub fn bind(address: Address) -> Result<TcpListener, Box<Diagnostic>> {
    let first = address.port.unwrap_or(PORT);
    let last = if address.port.is_some() { first } else { first + TRIED };
    for port in first..=last {
        match TcpListener::bind((address.ip, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse && port < last => {}
            Err(error) => return Err(Box::new(failed(SocketAddr::new(address.ip, port), &error))),
        }
    }
    unreachable!("the last port is bound or reported")
}

fn failed(address: SocketAddr, error: &std::io::Error) -> Diagnostic {
    let port = address.port();
    match error.kind() {
        ErrorKind::AddrInUse => Diagnostic::new(
            codes::CANNOT_LISTEN,
            text!("端口 {port} 已经被别的程序占用。", "Port {port} is in use by another program."),
        )
        .help(text!(
            "换一个端口，例如 --addr {other}；或者不写端口，程序会自己找一个空的。",
            "Choose another, such as `--addr {other}`, or give none and a free one is found.",
            other = port.checked_add(1).unwrap_or(PORT)
        )),
        ErrorKind::PermissionDenied => Diagnostic::new(
            codes::CANNOT_LISTEN,
            text!("没有使用端口 {port} 的权限。", "Port {port} may not be used by this user."),
        )
        .help(text!("请用 1024 以上的端口。", "Use a port above 1024.")),
        _ => Diagnostic::new(
            codes::CANNOT_LISTEN,
            text!(
                "不能在“{address}”上提供预览（系统的说法：{error}）。",
                "The preview cannot be served at `{address}`: {error}."
            ),
        )
        .help(text!(
            "地址要是本机的，例如 127.0.0.1，或者用 0.0.0.0 表示本机所有地址。",
            "It must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all it has."
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_lack_its_port_or_be_a_port_alone() {
        let is = |text: &str, ip: &str, port: Option<u16>| {
            assert_eq!(Address::parse(text), Some(Address { ip: ip.parse().unwrap(), port }), "{text}");
        };
        is("0.0.0.0", "0.0.0.0", None);
        is("0.0.0.0:81", "0.0.0.0", Some(81));
        is("8080", "127.0.0.1", Some(8080));
        is(":8080", "127.0.0.1", Some(8080));
        is("localhost", "127.0.0.1", None);
        is("localhost:1", "127.0.0.1", Some(1));
        is("::1", "::1", None);
        is("[::1]", "::1", None);
        is("[::1]:9", "::1", Some(9));
        for bad in ["", "localhosts", "99999", "1.2.3", "a.cn:80", "1.2.3.4:x"] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_taken_port_is_passed_over_unless_it_was_asked_for() {
        let taken = bind(Address::default()).unwrap();
        let other = bind(Address::default()).unwrap();
        assert_ne!(taken.local_addr().unwrap().port(), other.local_addr().unwrap().port());
        let port = Some(taken.local_addr().unwrap().port());
        let problem = bind(Address { port, ..Address::default() }).unwrap_err();
        assert_eq!(problem.code, codes::CANNOT_LISTEN);
    }
}
