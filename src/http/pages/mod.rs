//! The small pages that mail links open until the web client does (DESIGN 6).
//!
//! A GET only shows a page. Its one button posts to the API what stands behind the `#` of the link, which
//! browsers send nowhere by themselves. Scripts and styles are files of their own: `middleware::security`
//! forbids others.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::{StatusCode, header},
    web,
};
use minijinja::{Environment, Value};

use super::{answer::Answer, call, problem::Problem};
use crate::{app::error::Error, catalogue, domain::locale::Locale};

/// Registers the pages, outside of `/api/v1`.
pub fn register(config: &mut web::ServiceConfig) {
    config.service(sign_in_page).service(invitation_page).service(page_script).service(page_style);
}

/// An hour: a release may change them.
const CACHED: &str = "public, max-age=3600";

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, source) in [
        ("page.html", include_str!("page.html")),
        ("sign_in.html", include_str!("sign_in.html")),
        ("invitation.html", include_str!("invitation.html")),
    ] {
        templates.add_template(name, source).expect("embedded templates are tested");
    }
    templates
});

#[get("/sign-in")]
async fn sign_in_page(request: HttpRequest) -> Answer {
    page(&request, "sign_in.html")
}

#[get("/invitation")]
async fn invitation_page(request: HttpRequest) -> Answer {
    page(&request, "invitation.html")
}

#[get("/pages/page.js")]
async fn page_script() -> HttpResponse {
    file("text/javascript; charset=utf-8", include_str!("page.js"))
}

#[get("/pages/page.css")]
async fn page_style() -> HttpResponse {
    file("text/css; charset=utf-8", include_str!("page.css"))
}

fn file(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, CACHED))
        .body(text)
}

fn page(request: &HttpRequest, template: &str) -> Answer {
    let locale = call::locale(request);
    let html = render(template, locale).map_err(|error| Problem { error, locale })?;
    Ok(HttpResponse::build(StatusCode::OK)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, locale.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html))
}

/// Templates name their texts: `{{ say["page-…"] }}`.
fn render(template: &str, locale: Locale) -> Result<String, Error> {
    let say = Value::from_function(move |key: &str| catalogue::text(locale, key, &[]));
    let context = minijinja::context! { locale => locale.tag(), say };
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
        ] {
            for (locale, title) in [(Locale::Sl, slovenian), (Locale::En, english)] {
                let html = render(template, locale).unwrap();
                assert!(html.contains(&format!("<html lang=\"{}\">", locale.tag())), "{html}");
                assert!(html.contains(&format!("<h1>{title}</h1>")), "{html}");
                assert_eq!(html.matches("<script").count(), 1, "{html}");
                assert!(html.contains("<script src=\"/pages/page.js\" defer></script>"), "{html}");
                for forbidden in ["<style", "style=", "onclick", "onsubmit", "javascript:", "page-"] {
                    let shown = html.replace("/pages/page.", "");
                    assert!(!shown.contains(forbidden), "{forbidden} in {html}");
                }
            }
        }
    }
}
