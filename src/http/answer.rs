//! Successful answers: JSON, entity tags from versions, replays, pages with their `Link`.

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{StatusCode, header},
};
use serde::Serialize;

use super::problem::Problem;
use crate::app::{Done, page::Page, version::Versioned};

/// What a handler returns.
pub type Answer = Result<HttpResponse, Problem>;

/// A private answer is never stored by anybody on the way.
pub fn private(status: StatusCode) -> HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    response
}

fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{version}\""))
}

/// 200 with the representation and its entity tag.
pub fn found<T: Serialize + Versioned>(item: &T) -> HttpResponse {
    private(StatusCode::OK).insert_header(etag(item.version())).json(item)
}

/// 200 with plain data.
pub fn data<T: Serialize>(data: &T) -> HttpResponse {
    private(StatusCode::OK).json(data)
}

/// 200 with a page, and where the next one is.
pub fn listed<T: Serialize>(request: &HttpRequest, page: &Page<T>) -> HttpResponse {
    paged(request, page, page.next.as_deref())
}

/// The same of what tells more than its items.
pub fn paged<T: Serialize>(request: &HttpRequest, page: &T, next: Option<&str>) -> HttpResponse {
    let mut response = private(StatusCode::OK);
    if let Some(next) = next {
        response.insert_header((header::LINK, link_to(request, next)));
    }
    response.json(page)
}

/// 200 with a page that is a text.
pub fn paged_text(request: &HttpRequest, media_type: &str, text: Vec<u8>, next: &str) -> HttpResponse {
    private(StatusCode::OK)
        .insert_header((header::LINK, link_to(request, next)))
        .insert_header((header::CONTENT_TYPE, media_type))
        .body(text)
}

/// The same request with another cursor.
fn link_to(request: &HttpRequest, next: &str) -> String {
    let query = request.query_string().split('&');
    let kept = query.filter(|part| !part.is_empty() && !part.starts_with("cursor="));
    let query: Vec<_> = kept.map(str::to_owned).chain([format!("cursor={next}")]).collect();
    format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&"))
}

/// The answer of a command: its own, or the stored one of the same request.
pub fn done<T: Serialize + Versioned>(done: Done<T>, status: StatusCode) -> HttpResponse {
    match done {
        Done::Fresh(item) => private(status).insert_header(etag(item.version())).json(item),
        Done::Replayed { status, body } => replayed(status, body),
    }
}

/// The same for an answer without a version.
pub fn done_plain<T: Serialize>(done: Done<T>, status: StatusCode) -> HttpResponse {
    match done {
        Done::Fresh(_) if status == StatusCode::NO_CONTENT => private(status).finish(),
        Done::Fresh(item) => private(status).json(item),
        Done::Replayed { status, body } => replayed(status, body),
    }
}

/// 201 with where it is.
pub fn created<T: Serialize + Versioned>(done: Done<T>, location: impl Fn(&T) -> String) -> HttpResponse {
    match done {
        Done::Fresh(item) => private(StatusCode::CREATED)
            .insert_header(etag(item.version()))
            .insert_header((header::LOCATION, location(&item)))
            .json(item),
        Done::Replayed { status, body } => replayed(status, body),
    }
}

fn replayed(status: u16, body: String) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let mut response = private(status);
    response.insert_header(("Idempotent-Replayed", "true"));
    if status == StatusCode::NO_CONTENT {
        return response.finish();
    }
    let version = serde_json::from_str::<serde_json::Value>(&body).ok();
    if let Some(version) = version.as_ref().and_then(|body| body["version"].as_i64()) {
        response.insert_header(etag(version));
    }
    response.content_type("application/json").body(body)
}
