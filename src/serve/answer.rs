//! Answers requests: pages from what stands on the desk, the preview's own files, and plain words for everything else.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;

use super::desk::{Desk, Standing};
use super::route::{OWN, Route, encoded, route};
use super::served::{Found, Made, Page, Served};
use super::{events, inject, mime, panel};
use crate::diagnostic::Lang;
use crate::text;

/// The preview's script and its looks.
const SCRIPT: &str = include_str!("client/preview.js");
const STYLE: &str = include_str!("client/preview.css");

/// Answers one request.
pub(super) async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let method = request.method();
    if method != Method::GET && method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    if !is_meant(request.headers(), desk.local) {
        return plain(StatusCode::MISDIRECTED_REQUEST, misdirected(desk.lang));
    }
    let uri = request.uri();
    let own = |bases: &[String]| match route(uri.path(), bases) {
        Route::Own(own) => own_file(&desk, &own, uri.query()),
        _ => None,
    };
    if let Some(response) = own(&desk.standing().bases) {
        return response;
    }
    let standing = desk.settled().await;
    // Before the first look nobody knows what the site's folder is.
    if let Some(response) = own(&standing.bases) {
        return response;
    }
    match route(uri.path(), &standing.bases) {
        Route::Elsewhere(to) => redirect(&to),
        Route::Site(path) => site(&desk, &standing, &path).await,
        Route::Own(own) if own.is_empty() => site(&desk, &standing, OWN).await,
        Route::Own(_) | Route::Nowhere => {
            let base = standing.bases.first().map_or("/", String::as_str);
            page(StatusCode::NOT_FOUND, panel::outside(base, desk.lang).into())
        }
    }
}

/// Answers for the preview's own files that need no site.
fn own_file(desk: &Arc<Desk>, own: &str, query: Option<&str>) -> Option<Response> {
    match own {
        "preview.js" => Some(bytes(StatusCode::OK, mime::of(own), SCRIPT.into())),
        "preview.css" => Some(bytes(StatusCode::OK, mime::of(own), STYLE.into())),
        "events" => {
            let (page, mark) = (value(query, "page")?, value(query, "mark")?);
            Some(events::stream(Arc::clone(desk), page, mark))
        }
        _ => None,
    }
}

/// Returns a value of a query, decoded.
fn value(query: Option<&str>, name: &str) -> Option<String> {
    let values = query?.split('&').filter_map(|pair| pair.split_once('='));
    let value = values.into_iter().find(|(key, _)| *key == name)?.1;
    percent_encoding::percent_decode_str(value).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

async fn site(desk: &Arc<Desk>, standing: &Standing, path: &str) -> Response {
    let view = view_of(desk, standing, path).await;
    let base = standing.bases.first().map_or("/", String::as_str);
    match view.body {
        Shown::Redirect(to) => redirect(&format!("{base}{to}")),
        Shown::Plain(media, body) => bytes(view.status, media, body),
        Shown::Page(html, at) => {
            let tag = inject::tag(base, path, &view.mark, desk.lang);
            page(view.status, inject::injected(&html, at, &tag).into())
        }
    }
}

/// What an address is answered.
pub(super) struct View {
    status: StatusCode,
    /// What stands for exactly this answer.
    pub(super) mark: String,
    body: Shown,
}

enum Shown {
    /// A page, and where the preview's script goes in.
    Page(Bytes, usize),
    Plain(&'static str, Bytes),
    Redirect(String),
}

impl View {
    fn made_up(status: StatusCode, html: String) -> Self {
        let mark = super::served::mark(html.as_bytes());
        let at = inject::place(html.as_bytes());
        Self { status, mark, body: Shown::Page(html.into(), at) }
    }

    fn plain(status: StatusCode, media: &'static str, body: Bytes) -> Self {
        Self { status, mark: String::new(), body: Shown::Plain(media, body) }
    }

    /// Returns the text of a page, without the preview's script.
    pub(super) fn page_text(&self) -> Option<&str> {
        match &self.body {
            Shown::Page(html, _) => std::str::from_utf8(html).ok(),
            _ => None,
        }
    }
}

/// Works out what an address of the site is answered as things stand.
pub(super) async fn view_of(desk: &Desk, standing: &Standing, path: &str) -> View {
    let lang = desk.lang;
    if path == OWN {
        return View::made_up(StatusCode::OK, panel::panel(standing, lang));
    }
    let Some(served) = &standing.served else {
        return View::made_up(StatusCode::SERVICE_UNAVAILABLE, panel::nothing_yet(standing, lang));
    };
    match served.find(path) {
        Found::Output(_, false) | Found::Nothing if served.generation.is_of_search(path) => {
            search_file(served, path).await
        }
        Found::Output(place, exact) => {
            let status = if exact { StatusCode::OK } else { StatusCode::NOT_FOUND };
            // A file that has gone is served to pages that were made before it went.
            if !exact && let Some(bytes) = standing.former.get(path) {
                return View::plain(StatusCode::OK, mime::of(path), Bytes::copy_from_slice(bytes));
            }
            let media = mime::of(served.generation.output(place).path.as_str());
            match served.kept(place) {
                Some(page) => of_page(status, media, &page),
                None => made(status, media, served, place, lang).await,
            }
        }
        Found::Folder => {
            View { status: StatusCode::FOUND, mark: String::new(), body: Shown::Redirect(format!("{path}/")) }
        }
        Found::Nothing => View::made_up(StatusCode::NOT_FOUND, panel::missing(path, lang)),
    }
}

/// Answers with a file of the search index.
async fn search_file(served: &Arc<Served>, path: &str) -> View {
    let (served, path) = (Arc::clone(served), path.to_owned());
    let work = move || match served.generation.search_file(&path) {
        Some(bytes) => View::plain(StatusCode::OK, mime::of(&path), Bytes::copy_from_slice(bytes)),
        None => View::plain(StatusCode::NOT_FOUND, mime::of(&path), Bytes::new()),
    };
    let found = tokio::task::spawn_blocking(work).await;
    found.unwrap_or_else(|_| View::plain(StatusCode::INTERNAL_SERVER_ERROR, mime::of("txt"), Bytes::new()))
}

async fn made(
    status: StatusCode,
    media: &'static str,
    served: &Arc<Served>,
    place: crate::workshop::Place,
    lang: Lang,
) -> View {
    let served = Arc::clone(served);
    // Making a page takes a moment; other requests go on meanwhile.
    let work = move || match served.make(place) {
        Ok(Made::Page(page)) => of_page(status, media, &page),
        Ok(Made::File(disk)) => file(status, media, &disk),
        Err(problem) => View::made_up(StatusCode::INTERNAL_SERVER_ERROR, panel::failed(&problem, lang)),
    };
    let made = tokio::task::spawn_blocking(work).await;
    made.unwrap_or_else(|_| View::plain(StatusCode::INTERNAL_SERVER_ERROR, mime::of("txt"), Bytes::new()))
}

fn of_page(status: StatusCode, media: &'static str, page: &Page) -> View {
    let body = match page.script_at {
        Some(at) => Shown::Page(page.bytes.clone(), at),
        None => Shown::Plain(media, page.bytes.clone()),
    };
    View { status, mark: page.mark.clone(), body }
}

/// Reads a file that is copied as it is; it may have gone since the plan was made.
fn file(status: StatusCode, media: &'static str, disk: &Path) -> View {
    match std::fs::read(disk) {
        Ok(bytes) => View::plain(status, media, bytes.into()),
        Err(_) => View::plain(StatusCode::NOT_FOUND, mime::of(".txt"), Bytes::new()),
    }
}

/// Returns whether a request was meant for this machine: a page elsewhere may have its own name lead here.
///
/// A preview for other machines is asked for by its number, or by a name only this network knows.
fn is_meant(headers: &HeaderMap, local: IpAddr) -> bool {
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else { return false };
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split(':').next().unwrap_or(host),
    };
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let is_near = !local.is_loopback()
        && !name.is_empty()
        && (!name.contains('.') || name.rsplit('.').next() == Some("local"));
    name == "localhost"
        || name.ends_with(".localhost")
        || is_near
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() || !local.is_loopback())
}

fn misdirected(lang: Lang) -> String {
    let said = text!(
        "预览请用数字地址打开：本机用 http://127.0.0.1 开头的地址；别的电脑用启动时显示的地址，启动时要加 --addr 0.0.0.0。",
        "Open the preview at its address in numbers: http://127.0.0.1 on this machine; from others, at the address shown when it is started with --addr 0.0.0.0."
    );
    said.in_lang(lang).to_owned()
}

fn redirect(to: &str) -> Response {
    let mut response = bytes(StatusCode::FOUND, mime::of(".txt"), Bytes::new());
    if let Ok(location) = HeaderValue::from_str(&encoded(to)) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

fn page(status: StatusCode, body: Bytes) -> Response {
    bytes(status, mime::of(".html"), body)
}

fn plain(status: StatusCode, text: impl Into<Bytes>) -> Response {
    bytes(status, mime::of(".txt"), text.into())
}

fn bytes(status: StatusCode, media: &'static str, body: Bytes) -> Response {
    let length = HeaderValue::from(body.len());
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers: [(HeaderName, HeaderValue); 4] = [
        (CONTENT_TYPE, HeaderValue::from_static(media)),
        (CONTENT_LENGTH, length),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    response.headers_mut().extend(headers);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_and_its_network_are_answered() {
        let meant = |host: Option<&str>, local: &str| {
            let mut headers = HeaderMap::new();
            if let Some(host) = host {
                headers.insert(HOST, HeaderValue::from_str(host).unwrap());
            }
            is_meant(&headers, local.parse().unwrap())
        };
        for host in
            ["localhost:8000", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST.", "a.localhost:1"]
        {
            assert!(meant(Some(host), "127.0.0.1"), "{host}");
        }
        for host in
            ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.1.2", "localhost.evil"]
        {
            assert!(!meant(Some(host), "127.0.0.1"), "{host}");
        }
        assert!(!meant(None, "::1"));
        for host in
            ["192.168.1.2:8000", "127.0.0.1:8000", "[fe80::1]:8000", "office-pc:8000", "office-pc.local"]
        {
            assert!(meant(Some(host), "0.0.0.0"), "{host}");
        }
        for host in ["evil.example", "192.168.1.2.evil.example", "127.0.0.1.nip.io", ""] {
            assert!(!meant(Some(host), "192.168.1.2"), "{host}");
        }
    }

    #[test]
    fn a_value_of_a_query_is_decoded() {
        assert_eq!(value(Some("a=1&page=%E9%99%84&mark="), "page").as_deref(), Some("附"));
        assert_eq!(value(Some("a=1&page=x&mark="), "mark").as_deref(), Some(""));
        assert_eq!(value(Some("a"), "page"), None);
        assert_eq!(value(None, "page"), None);
    }
}
