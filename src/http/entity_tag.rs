//! Entity tags of what an answer says (RFC 9110, 8.8.3), and who has it already (13.1.2). Versions are tags, too, made
//! in `answer`: those are for `If-Match`.

use actix_web::{HttpRequest, http::header};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// The strong tag of these bytes, and of no others.
pub fn of(bytes: impl AsRef<[u8]>) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, bytes.as_ref())))
}

/// Whether `If-None-Match` names it: one or several entity tags, compared weakly, or `*`.
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let strong = |one: &str| one.strip_prefix("W/").unwrap_or(one).to_owned();
    let lists = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    let mut known = lists.flat_map(|list| list.split(',')).map(str::trim);
    known.any(|one| one == "*" || strong(one) == strong(tag))
}
