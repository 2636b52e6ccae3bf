//! Methods, paths, headers and bodies that HTTP does not allow, or that never end.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use reqwest::Method;

use super::rows;
use crate::{
    access::TABLE,
    support::{Backend, TestApp, both},
    world::{Role, World},
};

/// What the server answers to these octets, headers and all.
fn raw(app: &TestApp, octets: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(octets).unwrap();
    let mut answer = Vec::new();
    // A reset after the answer is as good an end as any.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    let words: Vec<_> = answer.split(' ').take(2).collect();
    assert_eq!(words[0], "HTTP/1.1", "{answer}");
    words[1].parse().unwrap()
}

both! {
    async fn every_path_tells_its_methods_and_takes_no_others(backend: Backend) {
        let w = World::new(backend).await;
        let before = rows(&w.app);
        // These are also read as identifiers: of a reservation or a series that does not exist.
        let read = ["/reservations/check", "/series/preview"];
        for (_, path, ..) in TABLE.iter().filter(|(_, path, ..)| !read.contains(path)) {
            let plain = path.split(['?', '#']).next().unwrap();
            let ours: Vec<&str> = ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter()
                .filter(|method| TABLE.iter().any(|(theirs, path, ..)| theirs == method && path.split(['?', '#']).next() == Some(plain)))
                .collect();
            let allowed = ours.join(", ").replace("GET", "GET, HEAD");
            let ready = w.path(plain).replace("{invitation_id}", "inv_01h455vb4pex5vsknk084sn02q");
            for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get", "PROPFIND"] {
                if !ours.contains(&method) {
                    let call = w.app.call(Method::from_bytes(method.as_bytes()).unwrap(), &ready);
                    let reply = w.by(Role::Administrator, call).await;
                    assert_eq!(reply.header("allow"), allowed, "{reply:?}");
                    reply.refused(405, "method_not_allowed");
                }
            }
            let head = w.by(Role::Administrator, w.app.call(Method::HEAD, &ready)).await;
            assert_eq!(head.text, "");
            assert_eq!(head.status == 405, !ours.contains(&"GET"), "{head:?}");
        }
        assert_eq!(rows(&w.app), before);
    }

    async fn paths_that_lead_nowhere(app: TestApp) {
        let long = format!("/networks/{}", "x".repeat(20_000));
        for path in ["/", "", "/x", "/networks/a/b", "/networks/", "/../v1/x", "/%2e%2e/%2e%2e/etc/passwd", "/networks;x=1", "/Networks",
            "/networks%2f", "/%00", "/%FF", "/networks\\", "/me/", "/metrics/x", &long] {
            app.get(path).await.refused(404, "not_found");
        }
        for path in ["//", "//api/v2/networks", "//.env", "//api/v1//networks", "//pages/../Cargo.toml", "//pages/page.css/x"] {
            let reply = app.get(path).await;
            assert!(reply.status == 404 || path == "//", "{reply:?}");
        }
        // A query as long as the head may be, and one that is longer.
        app.get(&format!("/spaces?q={}", "a+".repeat(10_000))).await;
        let answer = raw(&app, format!("GET /api/v1/spaces?q={} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "a".repeat(200_000)).as_bytes());
        assert!((400..500).contains(&status(&answer)), "{answer}");
        app.get("/networks").await.expect(200);
    }

    async fn what_is_not_http_is_refused_and_hurts_nobody(app: TestApp) {
        let body = "{\"email\":\"ana@example.org\"}";
        let post = "POST /api/v1/auth/link HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n";
        let before = rows(&app);
        for request in [
            // Two lengths, or a length and chunks: where the next request begins nobody can agree on (RFC 9112, 6.3).
            format!("{post}Content-Length: 27\r\nContent-Length: 5\r\n\r\n{body}"),
            format!("{post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            format!("{post}Content-Length: -1\r\n\r\n{body}"),
            format!("{post}Content-Length: +27\r\n\r\n{body}"),
            format!("{post}Content-Length: 0x1b\r\n\r\n{body}"),
            format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            format!("{post}Transfer-Encoding: chunked\r\n\r\nzz\r\n{body}\r\n0\r\n\r\n"),
            format!("{post}Content-Length : 27\r\n\r\n{body}"),
            "GET /api/v1/networks HTTP/1.1\r\nHost: x\r\nX-Evil: a\0b\r\n\r\n".to_owned(),
            "GET /api/v1/networks HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n".to_owned(),
            "GET /api/v1/networks?q=a b HTTP/1.1\r\nHost: x\r\n\r\n".to_owned(),
            "GET /api/v1/networks HTTP/9.9\r\nHost: x\r\n\r\n".to_owned(),
            "\x16\x03\x01\x02\0\x01\0\x01\u{fc}\x03\x03\r\n\r\n".to_owned(),
        ] {
            let answer = raw(&app, request.as_bytes());
            assert_eq!(status(&answer), 400, "{request:?} {answer}");
        }
        assert_eq!(rows(&app), before);
        app.get("/networks").await.expect(200);
    }

    async fn nothing_a_caller_sends_becomes_a_header_of_the_answer(backend: Backend) {
        let w = World::new(backend).await;
        w.fresh("spaces").await;
        w.fresh("spaces").await;
        for sent in ["x%0d%0aSet-Cookie:%20a=b", "%0a%0d", "\"%3e;rel=\"next", "a%22%3E%3Cscript%3E"] {
            let target = format!("/api/v1/spaces?limit=1&municipality=Kranj&q=room%20{sent}");
            for target in [target.clone(), target.replace("q=room%20", "venue_id=")] {
                let answer = raw(&w.app, format!("GET {target} HTTP/1.1\r\nHost: x\r\nX-Request-Id: \"a\u{b}b\"\r\nOrigin: https://evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n").as_bytes());
                let head = answer.split("\r\n\r\n").next().unwrap();
                assert!(!head.to_lowercase().contains("set-cookie") || head.contains("%0d%0aSet-Cookie"), "{head}");
                assert!(!head.to_lowercase().contains("\r\nset-cookie") && !head.contains("evil.example"), "{head}");
                assert!(!head.to_lowercase().contains("access-control-allow"), "{head}");
            }
        }
        for id in ["a b", "<script>", "\u{e9}", "x".repeat(10_000).as_str(), "a\tb"] {
            let reply = w.app.get("/networks").header("x-request-id", id).await;
            assert!(reply.header("x-request-id").starts_with("req_"), "{reply:?}");
        }
        for language in ["*", "sl;q=abc", "x".repeat(5000).as_str(), ",,,;;", "\u{e9}", "en-GB;q=0.1, sl;q=1e9"] {
            w.app.get("/nowhere").header("accept-language", language).await.refused(404, "not_found");
        }
    }

    async fn a_body_that_never_ends_is_not_waited_for(app: TestApp) {
        let before = rows(&app);
        let request = "POST /api/v1/auth/link HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"email\":";
        let answer = actix_web::web::block({
            let url = app.url.clone();
            move || {
                let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
                stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
                stream.write_all(request.as_bytes()).unwrap();
                let mut answer = [0; 4096];
                let read = stream.read(&mut answer).unwrap();
                String::from_utf8_lossy(&answer[..read]).into_owned()
            }
        });
        // The others are served meanwhile.
        let (answer, _) = futures_util::future::join(answer, async { app.get("/networks").await.expect(200) }).await;
        let answer = answer.unwrap();
        assert_eq!(status(&answer), 408, "{answer}");
        assert!(answer.contains("request_timeout"), "{answer}");
        assert_eq!(rows(&app), before);
    }
}
