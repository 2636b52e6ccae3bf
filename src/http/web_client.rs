//! The web client, embedded: its page for whatever a browser is led to that is nobody else's, and the files it loads.
//!
//! The files below `assets/` are named by their content and never asked for again; the rest by its tag each time.
//! Without the client (build.rs says when) a plain page at `/` tells what to install; all the rest works as ever.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        Method, StatusCode,
        header::{
            ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, HeaderName, IF_NONE_MATCH, VARY,
        },
    },
    web,
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::openapi;

/// A file as it is, and compressed where that is worth it.
struct File {
    /// Its path below `/`.
    name: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

mod embedded {
    use super::File;
    include!(concat!(env!("OUT_DIR"), "/web_client.rs"));
}
use embedded::{FILES, WHY_NOT};

const SHELL: &str = "index.html";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Registers the paths that nothing else has; the rest of the client's come through [`answer`].
pub fn register(config: &mut web::ServiceConfig) {
    config.route("/", web::get().to(home)).route("/assets/{file}", web::get().to(asset));
}

async fn home(request: HttpRequest) -> HttpResponse {
    shell(&request).unwrap_or_else(missing)
}

async fn asset(request: HttpRequest) -> HttpResponse {
    answer(&request).unwrap_or_else(|| HttpResponse::NotFound().finish())
}

/// The file of that name, or, where a person is led to a page of the client's, the client; `None` where it is for
/// nobody: below `/api` always.
pub fn answer(request: &HttpRequest) -> Option<HttpResponse> {
    // The server answers HEAD as GET.
    if *request.method() != Method::GET || is_api(request.path()) {
        return None;
    }
    let name = request.path().trim_start_matches('/');
    if let Some(file) = FILES.iter().find(|file| file.name == name && name != SHELL) {
        return Some(sent(file, request));
    }
    if name.starts_with("assets/") || !is_navigation(request) {
        return None;
    }
    shell(request)
}

/// The client's page, if it is built.
pub fn shell(request: &HttpRequest) -> Option<HttpResponse> {
    FILES.iter().find(|file| file.name == SHELL).map(|file| sent(file, request))
}

/// Whether a person is going somewhere, rather than a program fetching something.
pub fn is_navigation(request: &HttpRequest) -> bool {
    let value = |name: HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let mode = value(HeaderName::from_static("sec-fetch-mode"));
    mode.is_none_or(|mode| mode == "navigate")
        && value(ACCEPT).is_some_and(|accepted| accepted.contains("text/html"))
}

fn is_api(path: &str) -> bool {
    let base = openapi::BASE.split('/').nth(1).unwrap_or_default();
    path.trim_start_matches('/').split('/').next() == Some(base)
}

fn sent(file: &File, request: &HttpRequest) -> HttpResponse {
    let immutable = file.name.starts_with("assets/");
    let mut response = HttpResponseBuilder::new(StatusCode::OK);
    response
        .insert_header((CACHE_CONTROL, if immutable { FOR_EVER } else { "no-cache" }))
        .insert_header((VARY, ACCEPT_ENCODING.as_str()));
    if !immutable {
        let tag = tag(file);
        let known = request.headers().get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
        response.insert_header((ETAG, tag.clone()));
        // A proxy that compresses makes the tag a weak one.
        if known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
            response.status(StatusCode::NOT_MODIFIED);
            return response.finish();
        }
    }
    let (encoding, bytes) = chosen(file, request);
    if let Some(encoding) = encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response.content_type(kind(file.name)).body(bytes)
}

/// The smallest form that the caller reads.
fn chosen(file: &File, request: &HttpRequest) -> (Option<&'static str>, &'static [u8]) {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let takes = |wanted: &str| {
        accepted.split(',').any(|part| {
            let mut words = part.split(';').map(str::trim);
            let refused =
                |weight: &str| weight.starts_with("q=0") && weight.trim_end_matches(['0', '.']) == "q=";
            words.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted)) && !words.any(refused)
        })
    };
    let forms = [("br", file.brotli), ("gzip", file.gzip)];
    let compressed =
        forms.into_iter().find_map(|(name, bytes)| bytes.filter(|_| takes(name)).map(|bytes| (name, bytes)));
    compressed.map_or((None, file.plain), |(name, bytes)| (Some(name), bytes))
}

/// By content, made once.
fn tag(file: &File) -> String {
    static TAGS: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
        let of = |file: &File| URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, file.plain));
        FILES.iter().map(|file| (file.name, format!("\"{}\"", of(file)))).collect()
    });
    TAGS.iter().find(|(name, _)| *name == file.name).map(|(_, tag)| tag.clone()).unwrap_or_default()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What stands at `/` where there is no client.
fn missing() -> HttpResponse {
    let why = WHY_NOT.replace('&', "&amp;").replace('<', "&lt;");
    HttpResponse::Ok().content_type("text/html; charset=utf-8").insert_header((CACHE_CONTROL, "no-store")).body(format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Prostor</title>\
         <h1>Prostor is running, without its web client</h1>\
         <p>It was built without it: {why}</p>\
         <p>Install Node 20.19 or newer (with npm), <code>touch build.rs</code> and build again. The <a href=\"/api/docs\">API</a> works as it is.</p>"
    ))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const FILE: File = File { name: "a.js", plain: b"plain", brotli: Some(b"br"), gzip: Some(b"gz") };

    #[test]
    fn the_smallest_form_that_is_read_is_sent() {
        for (accepted, wanted) in [
            ("", None),
            ("gzip", Some("gzip")),
            ("gzip, deflate, br, zstd", Some("br")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("br;q=0.001", Some("br")),
            ("gzip;q=0.0, BR", Some("br")),
            ("identity", None),
        ] {
            let request = TestRequest::default().insert_header((ACCEPT_ENCODING, accepted)).to_http_request();
            assert_eq!(chosen(&FILE, &request).0, wanted, "{accepted}");
        }
    }

    #[test]
    fn only_people_on_their_way_get_the_client() {
        for (path, accept, mode, theirs) in [
            ("/find", "text/html,*/*;q=0.8", Some("navigate"), true),
            ("/find", "text/html", None, true),
            ("/find", "*/*", None, false),
            ("/find", "text/html", Some("cors"), false),
            ("/assets/none.js", "text/html", Some("navigate"), false),
            ("/api/v1/nowhere", "text/html", Some("navigate"), false),
            ("//api/v1", "text/html", Some("navigate"), false),
            ("/apiary", "text/html", Some("navigate"), true),
        ] {
            let mut request = TestRequest::get().uri(path).insert_header((ACCEPT, accept));
            if let Some(mode) = mode {
                request = request.insert_header(("sec-fetch-mode", mode));
            }
            let got = answer(&request.to_http_request()).is_some();
            assert_eq!(got, theirs && !FILES.is_empty(), "{path} {accept} {mode:?}");
        }
    }
}
