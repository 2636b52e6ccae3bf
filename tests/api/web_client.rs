//! What a browser gets that is led somewhere: the web client, or, where the service was built without it, a page that
//! says so. The API's paths stay the API's.

use crate::support::{Call, TestApp, both};

/// As a browser goes somewhere.
fn go(app: &TestApp, path: &str) -> Call {
    app.get(path).header("accept", "text/html,*/*;q=0.8").header("sec-fetch-mode", "navigate")
}

both! {
    async fn people_get_the_client_and_programs_a_problem(app: TestApp) {
        let home = go(&app, "//").await;
        assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(home.header("content-security-policy").starts_with("default-src 'self';"), "{home:?}");
        for path in ["//api/v2", "//api/v1/nowhere", "//assets/none.js"] {
            assert_eq!(go(&app, path).await.status, 404, "{path}");
        }
        app.get("//nowhere").await.refused(404, "not_found");
        if home.text.contains("without its web client") {
            go(&app, "//nowhere").await.refused(404, "not_found");
            return;
        }
        assert_eq!(home.header("cache-control"), "no-cache");
        assert_eq!(go(&app, "//").header("if-none-match", home.header("etag")).await.status, 304);
        let request = "//join-requests/joi_01h455vb4pex5vsknk084sn02q";
        let mailed = ["//invitation", "//check-in", "//headcount", "//confirm-address", "//restore-address", request];
        for path in ["//nowhere", "//sign-in", "//spaces/x"].into_iter().chain(mailed) {
            let page = go(&app, path).await;
            assert_eq!((page.status, page.text == home.text), (200, true), "{path}");
        }
        for forbidden in ["<style", "style=", "onload", "http:", "https:"] {
            assert!(!home.text.contains(forbidden), "{forbidden} in {}", home.text);
        }
        let script = home.text.split("src=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        for (accepted, encoding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
            let file = app.get(&format!("/{script}")).header("accept-encoding", accepted).await;
            assert_eq!((file.status, file.header("content-encoding"), file.header("vary")), (200, encoding, "accept-encoding"));
            assert_eq!(file.header("cache-control"), "public, max-age=31536000, immutable");
            assert_eq!(file.header("content-type"), "text/javascript; charset=utf-8");
        }
    }
}
