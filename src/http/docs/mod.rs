//! The API's own documentation, made from its description and without scripts: it works offline, on paper
//! and in any reader. And a page for each problem code, where `type` leads.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{self, Path},
};
use minijinja::{Environment, Value, context};
use serde_json::Value as Json;
use utoipa::openapi::OpenApi as Document;

use super::{answer::Answer, call, openapi, problem, problem::Problem};
use crate::{
    app::error::{Code, Error},
    catalogue,
    domain::locale::Locale,
};

/// Registers the pages, outside of `/api/v1`.
pub fn register(config: &mut web::ServiceConfig) {
    config
        .service(web::redirect("/api", "/api/docs"))
        .service(docs)
        .service(docs_style)
        .service(openapi_yaml)
        .service(openapi_json)
        .service(problems)
        .service(one_problem);
}

/// An hour: a release may change them.
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=3600");

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, source) in
        [("docs.html", include_str!("docs.html")), ("problems.html", include_str!("problems.html"))]
    {
        templates.add_template(name, source).expect("embedded templates are tested");
    }
    templates.add_filter("prose", prose);
    templates
});

/// Made once: they do not change while the program runs.
static PAGE: LazyLock<Result<String, String>> = LazyLock::new(|| page(&openapi::document()));
static YAML: LazyLock<Result<String, String>> = LazyLock::new(openapi::yaml);
static JSON: LazyLock<Result<String, String>> =
    LazyLock::new(|| openapi::document().to_pretty_json().map_err(|error| error.to_string()));

#[get("/api/docs")]
async fn docs(request: HttpRequest) -> Answer {
    file(&request, "text/html; charset=utf-8", &PAGE)
}

#[get("/api/docs.css")]
async fn docs_style() -> HttpResponse {
    let style = include_str!("docs.css");
    HttpResponse::Ok().content_type("text/css; charset=utf-8").insert_header(CACHED).body(style)
}

#[get("/api/openapi.yaml")]
async fn openapi_yaml(request: HttpRequest) -> Answer {
    file(&request, "application/yaml", &YAML)
}

#[get("/api/openapi.json")]
async fn openapi_json(request: HttpRequest) -> Answer {
    file(&request, "application/json", &JSON)
}

#[get("/problems")]
async fn problems(request: HttpRequest) -> Answer {
    problems_page(call::locale(&request), Code::ALL)
}

#[get("/problems/{code}")]
async fn one_problem(request: HttpRequest, code: Path<String>) -> Answer {
    let locale = call::locale(&request);
    let code = code.parse().map_err(|_| Problem { error: Error::NOT_FOUND, locale })?;
    problems_page(locale, &[code])
}

fn file(request: &HttpRequest, kind: &'static str, text: &'static Result<String, String>) -> Answer {
    let broken =
        |what: &String| Problem { error: Error::Broken(what.clone()), locale: call::locale(request) };
    let text = text.as_deref().map_err(broken)?;
    Ok(HttpResponse::Ok().content_type(kind).insert_header(CACHED).body(text))
}

fn page(document: &Document) -> Result<String, String> {
    let api = serde_json::to_value(document).map_err(|error| error.to_string())?;
    let mut operations = Vec::new();
    for (path, item) in api["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let tag = operation["tags"][0].as_str().unwrap_or_default();
            let method = method.to_uppercase();
            operations.push(context! { tag, method, path => path.as_str(), operation => value(operation) });
        }
    }
    let context = context! { api => value(&api), operations };
    let page = TEMPLATES.get_template("docs.html").and_then(|template| template.render(context));
    page.map_err(|error| format!("{error:#}"))
}

/// JSON as a template's value; examples stay JSON, to be shown as they are.
fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::from(()),
        Json::Bool(truth) => Value::from(*truth),
        Json::Number(number) => {
            number.as_i64().map_or_else(|| Value::from(number.as_f64().unwrap_or(f64::NAN)), Value::from)
        }
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items.iter().map(value).collect(),
        Json::Object(members) => Value::from_pairs(members.iter().map(|(name, member)| {
            let shown = match (name.as_str(), member) {
                ("example", one) => Value::from(one.to_string()),
                ("examples", Json::Array(all)) => {
                    all.iter().map(|one| Value::from(one.to_string())).collect()
                }
                _ => value(member),
            };
            (name.as_str(), shown)
        })),
    }
}

/// Paragraphs, and `code` between backticks: all the Markdown our descriptions use.
fn prose(text: &Value) -> Value {
    let Some(text) = text.as_str() else { return Value::from_safe_string(String::new()) };
    let mut html = String::new();
    for paragraph in text.split("\n\n") {
        html.push_str("<p>");
        for (place, piece) in paragraph.split('`').enumerate() {
            let piece = piece.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            html.push_str(&if place % 2 == 1 { format!("<code>{piece}</code>") } else { piece });
        }
        html.push_str("</p>");
    }
    Value::from_safe_string(html)
}

fn problems_page(locale: Locale, codes: &[Code]) -> Answer {
    let html =
        render_problems(locale, codes).map_err(|error| Problem { error: Error::Broken(error), locale })?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_LANGUAGE, locale.tag()))
        .insert_header((header::VARY, "Accept-Language"))
        .insert_header(CACHED)
        .body(html))
}

fn render_problems(locale: Locale, codes: &[Code]) -> Result<String, String> {
    let list = codes.iter().map(|code| {
        context! {
            code => code.as_str(),
            status => problem::status(*code).as_u16(),
            title => problem::title(*code, locale),
            about => code.about(),
        }
    });
    let say = Value::from_function(move |key: &str| catalogue::text(locale, key, &[]));
    let heading = match codes {
        [one] => problem::title(*one, locale),
        _ => catalogue::text(locale, "problems-page-title", &[]),
    };
    let context = context! { locale => locale.tag(), say, heading, problems => list.collect::<Vec<_>>() };
    let page = TEMPLATES.get_template("problems.html").and_then(|template| template.render(context));
    page.map_err(|error| format!("{error:#}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_page_shows_every_operation_and_schema_and_runs_nothing() {
        let document = openapi::document();
        let html = page(&document).unwrap();
        let all = |before| html.split(before).skip(1).map(|rest| rest.split('"').next().unwrap());
        let names: BTreeSet<_> = all(" id=\"").collect();
        let articles: BTreeSet<_> = all("<article id=\"").collect();
        for (path, item) in &document.paths.paths {
            // Slashes are escaped, as in every attribute.
            let route = format!("{}{path}", openapi::BASE).replace('/', "&#x2f;");
            assert!(html.contains(&format!("<code>{route}</code>")), "{route}\n{html}");
            for operation in
                [&item.get, &item.post, &item.put, &item.patch, &item.delete].into_iter().flatten()
            {
                let id = operation.operation_id.as_deref().unwrap();
                assert!(articles.contains(id), "{id}");
            }
        }
        for name in document.components.unwrap().schemas.keys() {
            assert!(articles.contains(format!("schema-{name}").as_str()), "{name}");
        }
        for forbidden in ["<script", "<style", "style=", "onclick", "=\"http", "url("] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        for link in all("href=\"#") {
            assert!(names.contains(link), "nothing is called {link}");
        }
    }

    #[test]
    fn every_problem_has_a_title_and_an_explanation_in_every_language() {
        for locale in Locale::ALL {
            let html = render_problems(locale, Code::ALL).unwrap();
            for key in ["problems-page-docs", "problems-page-status", "problems-page-meaning"] {
                assert!(html.contains(&catalogue::text(locale, key, &[])), "{key} in {html}");
            }
            for code in Code::ALL {
                let title = catalogue::find(locale, &format!("problem-{code}-title"), &[]);
                assert!(title.is_some(), "{code} has no title in {}", locale.tag());
                assert!(html.contains(&format!("<code>{code}</code>")), "{code}");
                assert!(code.about().ends_with('.'), "{code}: {}", code.about());
            }
        }
    }

    #[test]
    fn descriptions_cannot_break_out() {
        let shown = prose(&Value::from("a < b & `<b>`\n\nc")).to_string();
        assert_eq!(shown, "<p>a &lt; b &amp; <code>&lt;b&gt;</code></p><p>c</p>");
    }
}
