//! Answers that are asked for again and again say so in few bytes: what has no entity tag of its own gets one of its
//! text, and who has that text already is answered by 304 (RFC 9110, 13.1.2 and 15.4.5).
//!
//! The answer is made in full before it is compared, so nothing that changed is ever called the same, whoever asks, in
//! whichever language and whatever the time has made of it. What a version is the tag of stays as it is: that is for
//! `If-Match`, and doesn't tell of all that is shown.

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{CONTENT_TYPE, ETAG, HeaderValue, VARY},
    },
    middleware::Next,
};

use crate::http::{entity_tag, openapi};

/// What an answer of the API depends on besides its address.
const DEPENDS_ON: HeaderValue = HeaderValue::from_static("authorization, accept-language");

/// Whether answers of this path of the API get a tag of their text. Figures say the moment they are of and so are never
/// the same twice.
pub fn is_tagged(path: &str) -> bool {
    !path.starts_with("/statistics/")
}

/// Tags JSON that was read, and leaves out what the reader has.
pub async fn tag(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let path = request.path().strip_prefix(openapi::BASE);
    let asked = *request.method() == Method::GET && path.is_some_and(is_tagged);
    let answer = next.call(request).await?;
    if !asked || answer.status() != StatusCode::OK || answer.headers().contains_key(ETAG) || !is_json(&answer)
    {
        return Ok(answer);
    }
    let (request, response) = answer.into_parts();
    let (mut response, body) = response.into_parts();
    let body = match body.try_into_bytes() {
        Ok(body) => body,
        Err(streamed) => return Ok(ServiceResponse::new(request, response.set_body(streamed))),
    };
    // Weak: it may be compressed on its way.
    let tag = format!("W/{}", entity_tag::of(&body));
    let known = entity_tag::is_known(&request, &tag);
    let headers = response.headers_mut();
    headers.append(VARY, DEPENDS_ON);
    if let Ok(tag) = HeaderValue::try_from(tag) {
        headers.insert(ETAG, tag);
    }
    if known {
        headers.remove(CONTENT_TYPE);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(()))));
    }
    Ok(ServiceResponse::new(request, response.set_body(BoxBody::new(body))))
}

fn is_json(answer: &ServiceResponse) -> bool {
    answer.headers().get(CONTENT_TYPE).is_some_and(|value| value.as_bytes() == b"application/json")
}
