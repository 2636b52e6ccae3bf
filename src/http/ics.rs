//! Answers that are calendars (RFC 5545): with an entity tag of what they say, so that who asks again is spared the rest
//! (RFC 9110, 13.1.2).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The entity tag of these bytes, and of no others.
pub fn tag(text: &str) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes())))
}

/// 200 with the calendar, or 304 to who has it already.
pub fn answer(request: &HttpRequest, text: String, tag: String, kept: &'static str) -> HttpResponse {
    let known = is_known(request, &tag);
    let mut answer = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, kept));
    match known {
        true => answer.finish(),
        false => answer.content_type("text/calendar; charset=utf-8").body(text),
    }
}

/// Whether `If-None-Match` names it: one or several entity tags, compared weakly, or `*` (RFC 9110, 13.1.2).
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let strong = |one: &str| one.strip_prefix("W/").unwrap_or(one).to_owned();
    let lists = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let mut known = lists.flat_map(|list| list.split(',')).map(str::trim);
    known.any(|one| one == "*" || strong(one) == strong(tag))
}
