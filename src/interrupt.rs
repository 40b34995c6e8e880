//! Being told to end: Ctrl-C, the end of a session, a service that is stopped.

use std::io;

/// Waits until the program is told to end.
///
/// # Errors
/// When the system gives no signals.
pub async fn told_to_end() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut hang_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
        tokio::select! {
            ended = tokio::signal::ctrl_c() => ended,
            _ = terminate.recv() => Ok(()),
            _ = hang_up.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

/// Calls `end` on a thread of its own once the program is told to end; it decides when that is.
///
/// Where the system has no thread or no signals to give, the program ends at once when it is told to, as programs do.
pub fn when_told_to_end(end: impl FnOnce() + Send + 'static) {
    let wait = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
        if runtime.and_then(|runtime| runtime.block_on(told_to_end())).is_ok() {
            end();
        }
    };
    let _ = std::thread::Builder::new().name("interrupt".into()).spawn(wait);
}
