//! The small pages that mail links open where the web client is not built (DESIGN 6): signing in, an invitation, a
//! reservation, checking in, a headcount, a change of address, a request to join an organisation; doing without a kind
//! of mail, which is nowhere else; and the one that the code at a door leads to.
//!
//! A GET only shows a page, the same to everybody. Its buttons call the API, with the session that the tab keeps or
//! with what stands behind the `#` of the link, which browsers send nowhere by themselves. Scripts and styles are files
//! of their own: `middleware::security` forbids others.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    web,
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use minijinja::{Environment, Value};

use super::{answer::Answer, call, problem::Problem, query::Path, unsubscribe, web_client};
use crate::{
    app::error::Error,
    catalogue,
    domain::{
        ids::{JoinRequestId, ReservationId, SpaceId},
        locale::Locale,
        reservation::{Purpose, Status},
    },
};

/// Registers the pages, outside of `/api/v1`.
pub fn register(config: &mut web::ServiceConfig) {
    config.service(sign_in_page).service(invitation_page).service(reservation_page);
    config.service(check_in_page).service(headcount_page).service(door_page);
    config.service(confirm_address_page).service(restore_address_page).service(page_file);
    config.service(join_request_page);
    unsubscribe::register(config);
}

macro_rules! embedded {
    ($($name:literal),*) => { [$(($name, include_str!($name))),*] };
}

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, source) in embedded![
        "page.html",
        "sign_in_forms.html",
        "sign_in.html",
        "invitation.html",
        "reservation.html",
        "check_in.html",
        "headcount.html",
        "door.html",
        "confirm_address.html",
        "restore_address.html",
        "join_request.html",
        "unsubscribe.html"
    ] {
        templates.add_template(name, source).expect("embedded templates are tested");
    }
    templates
});

/// What the pages load.
const FILES: [(&str, &str); 16] = embedded![
    "page.css",
    "api.js",
    "dom.js",
    "times.js",
    "signing_in.js",
    "sign_in.js",
    "invitation.js",
    "reservation.js",
    "reservation_view.js",
    "check_in.js",
    "headcount.js",
    "door.js",
    "confirm_address.js",
    "restore_address.js",
    "join_request.js",
    "unsubscribe.js"
];

#[get("/sign-in")]
async fn sign_in_page(request: HttpRequest) -> Answer {
    superseded(&request, "sign_in.html")
}

#[get("/invitation")]
async fn invitation_page(request: HttpRequest) -> Answer {
    superseded(&request, "invitation.html")
}

/// Where every mail about a reservation and the URL of its calendar object lead. Whether there is such a reservation
/// the page learns as anybody does.
#[get("/reservations/{id}")]
async fn reservation_page(request: HttpRequest, _: Path<ReservationId>) -> Answer {
    superseded(&request, "reservation.html")
}

#[get("/check-in")]
async fn check_in_page(request: HttpRequest) -> Answer {
    superseded(&request, "check_in.html")
}

#[get("/headcount")]
async fn headcount_page(request: HttpRequest) -> Answer {
    superseded(&request, "headcount.html")
}

#[get("/confirm-address")]
async fn confirm_address_page(request: HttpRequest) -> Answer {
    superseded(&request, "confirm_address.html")
}

#[get("/restore-address")]
async fn restore_address_page(request: HttpRequest) -> Answer {
    superseded(&request, "restore_address.html")
}

/// Where a mail to an organisation's owners leads. Whether there is such a request the page learns as anybody does.
#[get("/join-requests/{id}")]
async fn join_request_page(request: HttpRequest, _: Path<JoinRequestId>) -> Answer {
    superseded(&request, "join_request.html")
}

/// Where the QR code at a space's door leads.
#[get("/door/{id}")]
async fn door_page(request: HttpRequest, _: Path<SpaceId>) -> Answer {
    superseded(&request, "door.html")
}

/// Asked for anew each time, by its tag: a page and its scripts are always of the same release.
#[get("/pages/{file}")]
async fn page_file(request: HttpRequest, name: Path<String>) -> Answer {
    let found = FILES.iter().find(|(known, _)| *known == name.0);
    let (name, text) = found.ok_or(Problem { error: Error::NOT_FOUND, locale: call::locale(&request) })?;
    let kind = if name.ends_with(".css") { "text/css" } else { "text/javascript" };
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes())));
    let known =
        request.headers().get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::ETAG, tag)).insert_header((header::CACHE_CONTROL, "no-cache"));
    if known {
        return Ok(answer.finish());
    }
    Ok(answer.insert_header((header::CONTENT_TYPE, format!("{kind}; charset=utf-8"))).body(*text))
}

/// A page that the web client has, too: where it is built, browsers get the client.
fn superseded(request: &HttpRequest, template: &str) -> Answer {
    let client = web_client::is_navigation(request).then(|| web_client::shell(request)).flatten();
    client.map_or_else(|| page(request, template), Ok)
}

/// A page by its template, in the reader's language.
pub(super) fn page(request: &HttpRequest, template: &str) -> Answer {
    let locale = call::locale(request);
    let html = render(template, locale).map_err(|error| Problem { error, locale })?;
    Ok(HttpResponse::build(StatusCode::OK)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, locale.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html))
}

/// Templates name their texts: `{{ say("page-…") }}`; `words` hands those to the scripts that they need.
fn render(template: &str, locale: Locale) -> Result<String, Error> {
    let say = Value::from_function(move |key: &str| catalogue::text(locale, key, &[]));
    let statuses: Vec<_> = Status::ALL.iter().map(|status| status.as_str()).collect();
    let purposes: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.as_str()).collect();
    let context = minijinja::context! { locale => locale.tag(), say, statuses, purposes };
    let page = TEMPLATES.get_template(template).and_then(|template| template.render(context));
    page.map_err(|error| Error::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_speak_both_languages_and_hold_no_script_of_their_own() {
        for (template, slovenian, english) in [
            ("sign_in.html", "Prijava v Prostor", "Sign in to Prostor"),
            ("invitation.html", "Vabilo", "Invitation"),
            ("reservation.html", "Rezervacija", "Reservation"),
            ("check_in.html", "Prijava prihoda", "Checking in"),
            ("headcount.html", "Koliko oseb je prišlo?", "How many people came?"),
            ("door.html", "Prijava prihoda", "Checking in"),
            ("confirm_address.html", "Vaš novi naslov", "Your new address"),
            ("restore_address.html", "Razveljavitev spremembe naslova", "Taking back a change of address"),
            ("join_request.html", "Prošnja za pridružitev", "Request to join"),
            ("unsubscribe.html", "Manj sporočil", "Fewer messages"),
        ] {
            for (locale, title) in [(Locale::Sl, slovenian), (Locale::En, english)] {
                let html = render(template, locale).unwrap();
                assert!(html.contains(&format!("<html lang=\"{}\">", locale.tag())), "{html}");
                assert!(html.contains(&format!("<h1 tabindex=\"-1\">{title}</h1>")), "{html}");
                let script = template.replace(".html", ".js");
                assert_eq!(html.matches("<script").count(), 1, "{html}");
                assert!(
                    html.contains(&format!("<script type=\"module\" src=\"/pages/{script}\"></script>")),
                    "{html}"
                );
                for forbidden in ["<style", "style=", "onclick", "onsubmit", "javascript:", "page-"] {
                    let shown = html.replace("/pages/page.", "");
                    assert!(!shown.contains(forbidden), "{forbidden} in {html}");
                }
            }
        }
    }

    /// What a script reaches for by name stands in a page that runs it.
    #[test]
    fn scripts_find_the_words_and_elements_they_name() {
        let named = |call: &str, script: &str| -> Vec<String> {
            let after = script.split(call).skip(1);
            after.map(|rest| rest.split('"').next().unwrap_or_default().to_owned()).collect()
        };
        let both = ["dom.js", "signing_in.js"];
        for (template, scripts) in [
            ("sign_in.html", ["sign_in.js"].as_slice()),
            ("reservation.html", &["reservation.js", "reservation_view.js"]),
            ("invitation.html", &["invitation.js"]),
            ("check_in.html", &["check_in.js"]),
            ("headcount.html", &["headcount.js"]),
            ("door.html", &["door.js"]),
            ("confirm_address.html", &["confirm_address.js"]),
            ("restore_address.html", &["restore_address.js"]),
            ("join_request.html", &["join_request.js"]),
            ("unsubscribe.html", &["unsubscribe.js"]),
        ] {
            let html = render(template, Locale::En).unwrap();
            let shared = if html.contains("id=\"sign-in\"") { &both[..] } else { &both[..1] };
            for name in scripts.iter().chain(shared) {
                let (_, script) = FILES.iter().find(|(known, _)| known == name).unwrap();
                for word in named("word(\"", script) {
                    assert!(
                        html.contains(&format!("data-word=\"{word}\"")),
                        "{word} of {name} in {template}"
                    );
                }
                for id in named("find(\"", script).into_iter().chain(named("fact(\"", script)) {
                    assert!(html.contains(&format!("id=\"{id}\"")), "{id} of {name} in {template}");
                }
            }
        }
    }
}
