//! Doing without a kind of mail (RFC 8058): the address that stands in `List-Unsubscribe`. A GET shows a page with a
//! button, the same to everybody; a POST that says `List-Unsubscribe=One-Click` acts, whoever sends it.

use actix_web::{HttpRequest, HttpResponse, get, http::header, post, web};

use super::{
    answer::{self, Answer},
    body::FromBody,
    call::Call,
    pages,
    query::Path,
};
use crate::{
    app::{
        accounts::unsubscribe,
        error::{Code, Error},
    },
    catalogue,
};

/// Registers both, outside of `/api/v1`.
pub fn register(config: &mut web::ServiceConfig) {
    config.service(unsubscribe_page).service(unsubscribe_once);
}

#[get("/unsubscribe/{token}")]
async fn unsubscribe_page(request: HttpRequest, _: Path<String>) -> Answer {
    pages::page(&request, "unsubscribe.html")
}

#[post("/unsubscribe/{token}")]
async fn unsubscribe_once(call: Call<OneClick>, Path(token): Path<String>) -> Answer {
    let locale = call.locale;
    call.run(move |context, OneClick| unsubscribe::unsubscribe(&context.app, &token)).await?;
    let said = catalogue::text(locale, "page-unsubscribe-done", &[]);
    Ok(done(said))
}

/// For browsers without scripts; a mail program looks at the status alone.
fn done(said: String) -> HttpResponse {
    let kind = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
    answer::private(actix_web::http::StatusCode::OK).insert_header(kind).body(said)
}

/// The body that says so, as a form or as multipart (RFC 8058, 3.2).
struct OneClick;

impl FromBody for OneClick {
    fn from_body(bytes: &[u8], _: Option<&str>) -> Result<Self, Error> {
        let said = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
        if said(b"List-Unsubscribe") && said(b"One-Click") {
            return Ok(Self);
        }
        Err(Error::Detailed(Code::Malformed, "The body has to be List-Unsubscribe=One-Click".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_one_click_are_understood() {
        let multipart =
            "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--";
        for (body, understood) in [
            ("List-Unsubscribe=One-Click", true),
            (multipart, true),
            ("", false),
            ("List-Unsubscribe=", false),
            ("One-Click", false),
        ] {
            assert_eq!(OneClick::from_body(body.as_bytes(), None).is_ok(), understood, "{body}");
        }
    }
}
