//! Tells a browser what changed: one stream of events for each page that is looked at.
//!
//! A page says which address it is and the mark of what it was answered. After every look the address is answered again,
//! in memory: when the mark is another the page is told, so a page that did not change stays as it is, and the pages being
//! looked at are made before all others. When nothing but the names of style sheets differs, the style sheets are swapped.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{View, view_of};
use super::desk::{Desk, Standing};
use super::problems::Problems;

/// How often a silent stream says that it is there.
const ALIVE: Duration = Duration::from_secs(20);

/// Style sheets: the name templates use and the address, or an old and a new address.
type Sheets = Vec<(String, String)>;

/// What a page is told.
#[derive(Debug, Serialize)]
struct Message {
    /// The mark of what its address is answered now.
    mark: String,
    /// Whether a file the page may show is different though the page is not.
    files: bool,
    /// Style sheets to swap instead of loading the page again: old and new address.
    css: Sheets,
    /// Whether what is shown is that of the files as they are now.
    current: bool,
    problems: Problems,
}

/// Follows what stands for one page, for as long as the browser listens.
pub(super) fn stream(desk: Arc<Desk>, page: String, mark: String) -> Response {
    // One message is enough: what a slow browser missed is in the next.
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(follow(desk, page, mark, sender));
    let keep_alive = KeepAlive::new().interval(ALIVE);
    Sse::new(ReceiverStream::new(receiver)).keep_alive(keep_alive).into_response()
}

async fn follow(desk: Arc<Desk>, page: String, mark: String, sender: Sender<Result<Event, Infallible>>) {
    let mut follow = desk.follow();
    let mut listener = Listener { page, mark, known: None, files: None };
    loop {
        let standing = follow.borrow_and_update().clone();
        if standing.looks > 0 {
            let message = listener.message(&desk, &standing).await;
            drop(standing);
            let Ok(json) = serde_json::to_string(&message) else { return };
            let event = Event::default().data(json);
            if sender.send(Ok(event)).await.is_err() {
                return;
            }
        }
        tokio::select! {
            changed = follow.changed() => if changed.is_err() { return },
            () = sender.closed() => return,
        }
    }
}

/// A page that is looked at.
struct Listener {
    page: String,
    /// The mark of what it shows.
    mark: String,
    /// What it shows, once that was made here.
    known: Option<(Arc<View>, Sheets)>,
    files: Option<u64>,
}

impl Listener {
    async fn message(&mut self, desk: &Arc<Desk>, standing: &Standing) -> Message {
        let view = Arc::new(view_of(desk, standing, &self.page).await);
        let sheets = style_sheets(standing);
        let css = match &self.known {
            Some((old, old_sheets)) if old.mark != view.mark && self.mark == old.mark => {
                swapped(old, old_sheets, &view, &sheets).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let files = self.files.is_some_and(|files| files != standing.files);
        self.files = Some(standing.files);
        self.mark.clone_from(&view.mark);
        let mark = view.mark.clone();
        self.known = Some((view, sheets));
        let problems = Problems::of(&standing.problems, desk.lang);
        Message { mark, files, css, current: standing.current, problems }
    }
}

/// Returns the theme's style sheets, each with its address.
fn style_sheets(standing: &Standing) -> Sheets {
    let files = standing.served.as_ref().and_then(|served| served.generation.theme_files());
    let sheets = files.into_iter().flatten().filter(|(name, _)| name.to_ascii_lowercase().ends_with(".css"));
    sheets.map(|(name, file)| (name.clone(), file.output.to_string())).collect()
}

/// Returns which style sheets to swap when two pages differ in nothing else.
fn swapped(
    old: &View,
    old_sheets: &[(String, String)],
    new: &View,
    new_sheets: &[(String, String)],
) -> Option<Sheets> {
    let (Some(old), Some(new)) = (old.page_text(), new.page_text()) else { return None };
    let mut text = old.to_owned();
    let mut swaps = Vec::new();
    for (name, from) in old_sheets {
        let to = new_sheets.iter().find(|(other, _)| other == name).map(|(_, to)| to)?;
        if from != to && text.contains(from.as_str()) {
            text = text.replace(from.as_str(), to);
            swaps.push((from.clone(), to.clone()));
        }
    }
    (text == new).then_some(swaps)
}
