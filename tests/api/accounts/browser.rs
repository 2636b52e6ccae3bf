//! The web client's session: its refresh token lies in a cookie that counts for our own pages alone.

use serde_json::{Value, json};

use super::{PASSWORD, bearer, log_in, registered};
use crate::support::{Call, Reply, TestApp, both};

const ANA: &str = "ana@example.si";

/// As the client's page sends it.
fn web(call: Call, app: &TestApp, cookie: &str) -> Call {
    let call = call
        .header("x-prostor-client", "web")
        .header("origin", &app.url)
        .header("sec-fetch-site", "same-origin");
    if cookie.is_empty() { call } else { call.header("cookie", cookie) }
}

/// The cookie that an answer sets, as it is sent back; the body holds no token but the access token.
fn cookie(reply: Reply) -> (String, Value) {
    let set = reply.header("set-cookie").to_owned();
    let (pair, rest) = set.split_once(';').unwrap_or_else(|| panic!("no cookie: {reply:?}"));
    assert_eq!(rest, " Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000", "{set}");
    let pair = pair.to_owned();
    let body = reply.expect(200);
    assert!(body.get("refresh_token").is_none() && body["access_token"].is_string(), "{body}");
    (pair, body)
}

both! {
    async fn the_web_client_s_refresh_token_is_seen_by_no_script(app: TestApp) {
        registered(&app, ANA).await;
        let (first, _) = cookie(web(log_in(&app, ANA, PASSWORD), &app, "").await);
        let refresh = |cookie: &str| web(app.post("/auth/refresh", json!({})), &app, cookie);
        let (second, tokens) = cookie(refresh(&first).await);
        assert_ne!(first, second);
        let ana = bearer(&app, &tokens);
        app.get("/me").by(&ana).await.expect(200);
        refresh("").await.refused(401, "credentials_refused");
        refresh("prostor_refresh=").await.refused(401, "credentials_refused");
        let out = web(app.post("/auth/logout", json!({})), &app, &second).await;
        assert_eq!(out.header("set-cookie"), "prostor_refresh=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
        out.expect(204);
        refresh(&second).await.refused(401, "credentials_refused");
        app.get("/me").by(&ana).await.refused(401, "unauthenticated");
    }

    async fn the_cookie_counts_for_nobody_else(app: TestApp) {
        registered(&app, ANA).await;
        let (kept, _) = cookie(web(log_in(&app, ANA, PASSWORD), &app, "").await);
        let plain = || app.post("/auth/refresh", json!({})).header("cookie", &kept);
        // A form of another site sends the cookie (if SameSite did not forbid it) but not the header.
        plain().await.refused(401, "credentials_refused");
        for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "null")] {
            for path in ["/auth/refresh", "/auth/logout", "/auth/login"] {
                let body = if path == "/auth/login" { json!({"email": ANA, "password": PASSWORD}) } else { json!({}) };
                let call = app.post(path, body).header("cookie", &kept).header("x-prostor-client", "web");
                call.header(name, value).await.refused(403, "forbidden");
            }
        }
        cookie(web(app.post("/auth/refresh", json!({})), &app, &kept).await);
    }
}
