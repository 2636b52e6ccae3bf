//! Answers that are calendars (RFC 5545): with an entity tag of what they say, so that who asks again is spared the rest
//! (RFC 9110, 13.1.2).

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
};

use super::entity_tag;

/// 200 with the calendar, or 304 to who has it already.
pub fn answer(request: &HttpRequest, text: String, tag: String, kept: &'static str) -> HttpResponse {
    let known = entity_tag::is_known(request, &tag);
    let mut answer = HttpResponse::build(if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK });
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, kept));
    match known {
        true => answer.finish(),
        false => answer.content_type("text/calendar; charset=utf-8").body(text),
    }
}
