//! One id per request, in the log and in the answer: the caller's where it is harmless, else ours.

use actix_web::http::header::{HeaderMap, HeaderName};

pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 100;

/// What the caller (or the proxy) calls the request, if that is a plain word.
pub fn given(headers: &HeaderMap) -> Option<&str> {
    let id = headers.get(HEADER)?.to_str().ok()?;
    let plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b));
    (plain && (1..=LONGEST).contains(&id.len())).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_are_taken_over() {
        let long = "x".repeat(101);
        for (sent, taken) in [
            ("4bf92f35-77b3.4da6:a3ce_929d0e0e4736", true),
            ("", false),
            ("a b", false),
            ("a\"b", false),
            ("<script>", false),
            (&long, false),
            (&long[1..], true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HEADER, sent.parse().unwrap());
            assert_eq!(given(&headers).is_some(), taken, "{sent}");
        }
        assert_eq!(given(&HeaderMap::new()), None);
    }
}
