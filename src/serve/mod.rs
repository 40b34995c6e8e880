//! The live preview: serves a site from memory, looks again when files change, and tells the browser.
//!
//! ```text
//! watch ─▶ batch ─▶ keeper ─▶ desk ─▶ answer, events ─▶ browser
//! notices  waits    refreshes  what    pages, and what changed
//!          a little  the site  stands
//! ```
//!
//! The keeper has a thread of its own and hands finished generations over to the [`desk`]; whoever asks for a page gets it
//! from the generation that stands there, rendered when it is first asked for. An older generation goes on serving until
//! a newer one is ready, and while the content has errors. Addresses come from the plan alone: a path that is no output's is
//! nowhere, whatever it is made of. Nothing is written and nothing is printed here.

mod answer;
mod batch;
mod desk;
mod events;
mod inject;
mod keeper;
mod listen;
mod mime;
mod panel;
mod problems;
mod route;
mod served;
mod watch;

use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;

pub use listen::{Address, bind};

use crate::diagnostic::{Diagnostic, Lang};
use crate::interrupt;
use crate::pipeline::Job;
use desk::Desk;
use keeper::Keeper;

/// How a preview is to be run.
#[derive(Debug)]
pub struct Preview {
    /// What is shown.
    pub job: Job,
    /// The language to speak in the browser.
    pub lang: Lang,
    /// Whether to look for changes from time to time instead of being told of them.
    pub poll: bool,
}

/// What there is to tell in the terminal.
#[derive(Debug)]
pub enum News<'a> {
    /// The first look is done and pages can be asked for.
    Ready {
        /// Where, from the server's root: `/ztzl/yspp/`.
        base: &'a str,
        /// How many outputs there are; `None` when the site has errors.
        outputs: Option<usize>,
        /// How long the look took.
        took: Duration,
        /// What is wrong.
        problems: &'a [Diagnostic],
    },
    /// Files changed and the site was looked at again.
    Refreshed {
        /// The files, from the site's root; none when it could be any.
        changed: &'a [String],
        /// Whether the pages are those of the files as they are now.
        current: bool,
        /// How long it took.
        took: Duration,
        /// What is wrong; `None` when nothing about that is new.
        problems: Option<&'a [Diagnostic]>,
    },
    /// All pages were made and judged, and something was found that had not been known.
    Judged {
        /// What is wrong.
        problems: &'a [Diagnostic],
    },
    /// Changes cannot be noticed at once; the files are looked at from time to time.
    Polling,
}

/// Somebody who tells the news.
pub type Teller = Arc<dyn Fn(News<'_>) + Send + Sync>;

/// Serves until the program is told to end.
///
/// # Errors
/// When the machine cannot: no thread, no signal, no socket.
pub fn run(preview: Preview, listener: TcpListener, tell: Teller) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let local = listener.local_addr()?.ip();
    let desk = Arc::new(Desk::new(preview.lang, local));
    let keeper = Keeper::new(preview, Arc::clone(&desk), tell);
    std::thread::Builder::new().name("keeper".into()).spawn(move || keeper.run())?;
    let served = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
            // An event must not wait for more to be sent with it.
            let _ = stream.set_nodelay(true);
        });
        let app = Router::new().fallback(answer::answer).with_state(desk);
        tokio::select! {
            served = async { axum::serve(listener, app).await } => served,
            ended = interrupt::told_to_end() => ended,
        }
    });
    // Browsers keep their connections open for events; nobody waits for them.
    runtime.shutdown_background();
    served
}

/// Returns the address other machines reach this one at, as far as it can be told; nothing is sent to find out.
pub fn reachable_at() -> Option<IpAddr> {
    let socket = std::net::UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    // An address kept for documentation: only the way there is asked for.
    socket.connect(("192.0.2.1", 9)).ok()?;
    socket
        .local_addr()
        .ok()
        .map(|address| address.ip())
        .filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}
