//! Who keeps the refresh token: the program that calls, or, for the web client, the browser's cookie jar, where no
//! script reads it.
//!
//! A request is the web client's by a header that no form and no other site can send without being asked first (we
//! answer no such question), and only from our own origin. So the cookie counts for nobody else (OWASP: CSRF).

use std::future::{Ready, ready};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::{
        Uri,
        header::{COOKIE, HOST, HeaderName, HeaderValue, ORIGIN, SET_COOKIE},
    },
    web,
};

use super::{answer, call, problem::Problem};
use crate::app::{
    App,
    accounts::{SESSION, Tokens},
    error::Code,
};

/// Its value is `web` where the caller is the web client.
pub const CLIENT: HeaderName = HeaderName::from_static("x-prostor-client");
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Where the caller's refresh token is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keeper {
    Program,
    /// `secure` where the service is reached by TLS; `token` is what the cookie holds.
    Browser {
        secure: bool,
        token: Option<String>,
    },
}

impl FromRequest for Keeper {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let public = request.app_data::<web::Data<App>>().map_or("", |app| app.public_url.as_str());
        let refused = || Problem { error: Code::Forbidden.into(), locale: call::locale(request) };
        ready(Self::of(request, public).ok_or_else(refused))
    }
}

impl Keeper {
    /// `None` where the request says that it is the client's and comes from elsewhere.
    fn of(request: &HttpRequest, public: &str) -> Option<Self> {
        if text(request, &CLIENT) != Some("web") {
            return Some(Self::Program);
        }
        let site = text(request, &SITE).is_none_or(|site| site == "same-origin");
        let ours = |origin: &str| {
            origin == public || authority(origin).is_some_and(|named| Some(named) == text(request, &HOST))
        };
        if !site || !text(request, &ORIGIN).is_none_or(ours) {
            return None;
        }
        let secure = public.starts_with("https:");
        Some(Self::Browser { secure, token: cookie(request, name(secure)) })
    }

    /// The token to use: the one given, else the cookie's.
    pub fn token(&self, given: Option<String>) -> Option<String> {
        match self {
            Self::Program => given,
            Self::Browser { token, .. } => given.or_else(|| token.clone()),
        }
    }

    /// Answers with the tokens, the refresh token where it is to be kept.
    pub fn hand_out(&self, mut tokens: Tokens) -> HttpResponse {
        let Self::Browser { secure, .. } = self else { return answer::data(&tokens) };
        let token = tokens.refresh_token.take();
        let mut response = answer::data(&tokens);
        if let Some(token) = token {
            set(&mut response, *secure, &token, SESSION);
        }
        response
    }

    /// Has the browser forget.
    pub fn forget(&self, response: &mut HttpResponse) {
        if let Self::Browser { secure, .. } = self {
            set(response, *secure, "", 0);
        }
    }
}

/// The prefix binds it to this very host (RFC 6265bis, 4.1.3); browsers want TLS for it.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-prostor_refresh" } else { "prostor_refresh" }
}

fn set(response: &mut HttpResponse, secure: bool, token: &str, seconds: i64) {
    let only = if secure { "; Secure" } else { "" };
    let cookie =
        format!("{}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{only}", name(secure));
    let value = HeaderValue::try_from(cookie).expect("tokens are base64");
    response.headers_mut().append(SET_COOKIE, value);
}

fn text<'r>(request: &'r HttpRequest, name: &HeaderName) -> Option<&'r str> {
    request.headers().get(name).map(|value| value.to_str().unwrap_or(""))
}

/// Host and port of an origin.
fn authority(origin: &str) -> Option<&str> {
    let uri: Uri = origin.parse().ok()?;
    uri.authority()?;
    origin.split_once("://").map(|(_, authority)| authority)
}

fn cookie(request: &HttpRequest, name: &str) -> Option<String> {
    let lines = request.headers().get_all(COOKIE).filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(named, value)| (named == name && !value.is_empty()).then(|| value.to_owned()))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_our_own_pages_use_the_cookie() {
        let kept = |secure, token: &str| Keeper::Browser { secure, token: Some(token.to_owned()) };
        let (plain, tls) = ("http://localhost:8080", "https://book.example.org");
        for (public, headers, keeper) in [
            (plain, [("", ""), ("", ""), ("", "")], Some(Keeper::Program)),
            (
                plain,
                [("x-prostor-client", "phone"), ("origin", "https://evil.example"), ("", "")],
                Some(Keeper::Program),
            ),
            (plain, [("x-prostor-client", "web"), ("", ""), ("", "")], Some(kept(false, "p"))),
            (
                tls,
                [("x-prostor-client", "web"), ("origin", tls), ("sec-fetch-site", "same-origin")],
                Some(kept(true, "s")),
            ),
            // A development server before us, which passes the host on.
            (
                tls,
                [("x-prostor-client", "web"), ("origin", "http://here:5173"), ("host", "here:5173")],
                Some(kept(true, "s")),
            ),
            (
                tls,
                [("x-prostor-client", "web"), ("origin", "https://evil.example"), ("host", "here:5173")],
                None,
            ),
            (tls, [("x-prostor-client", "web"), ("origin", "null"), ("", "")], None),
            (tls, [("x-prostor-client", "web"), ("origin", tls), ("sec-fetch-site", "same-site")], None),
            (tls, [("x-prostor-client", "web"), ("origin", tls), ("sec-fetch-site", "cross-site")], None),
        ] {
            let mut request = TestRequest::default()
                .insert_header((COOKIE, "a=b; prostor_refresh=p; __Host-prostor_refresh=s"));
            for (name, value) in headers.into_iter().filter(|(name, _)| !name.is_empty()) {
                request = request.insert_header((name, value));
            }
            assert_eq!(Keeper::of(&request.to_http_request(), public), keeper, "{public} {headers:?}");
        }
    }
}
