//! What holds for every answer, and the operator's own operations.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::support::{Backend, Options, TestApp, both};

both! {
    async fn a_started_service_is_alive_and_ready(app: TestApp) {
        assert_eq!(app.get("/health/live").await.expect(200), json!({"status": "alive"}));
        assert_eq!(app.get("/health/ready").await.expect(200), json!({"status": "ready"}));
    }

    async fn what_does_not_exist_is_a_problem_too(app: TestApp) {
        app.get("/nowhere").await.refused(404, "not_found");
        app.get("//nowhere").await.refused(404, "not_found");
        app.get("/networks/").await.refused(404, "not_found");
        let reply = app.call(Method::DELETE, "/networks").await;
        assert_eq!(reply.header("allow"), "GET, HEAD, POST");
        reply.refused(405, "method_not_allowed");
        let reply = app.call(Method::from_bytes(b"BREW").unwrap(), "/networks/net_x").await;
        assert_eq!(reply.header("allow"), "GET, HEAD, PATCH");
        reply.refused(405, "method_not_allowed");
    }

    async fn every_answer_is_guarded_and_has_an_id(app: TestApp) {
        for path in ["/networks", "/nowhere", "/health/live", "//nowhere"] {
            let reply = app.get(path).await;
            assert!(reply.header("content-security-policy").starts_with("default-src 'self'"), "{reply:?}");
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert_eq!(reply.header("referrer-policy"), "no-referrer");
            assert!(reply.header("x-request-id").starts_with("req_"), "{reply:?}");
            // Plain HTTP on this machine: promising TLS would lock people out.
            assert_eq!(reply.header("strict-transport-security"), "");
        }
        let reply = app.get("/networks").header("x-request-id", "from-the-proxy.1").await;
        assert_eq!(reply.header("x-request-id"), "from-the-proxy.1");
        let reply = app.get("/networks").header("x-request-id", "<b>").await;
        assert!(reply.header("x-request-id").starts_with("req_"));
    }

    async fn a_head_is_a_get_without_its_body(app: TestApp) {
        let (get, head) = (app.get("/networks").await, app.call(Method::HEAD, "/networks").await);
        assert_eq!((head.status, head.text.as_str()), (200, ""));
        assert_eq!(head.header("content-length"), get.text.len().to_string());
    }

    async fn what_happened_is_counted(app: TestApp) {
        app.get("/networks").await.expect(200);
        app.get("/networks/net_01h455vb4pex5vsknk084sn02q").await.refused(404, "not_found");
        app.run_jobs();
        let reply = app.get("/metrics").await;
        assert_eq!(reply.status, 200);
        for line in [
            "prostor_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/networks\",status=\"200\"} 1",
            "prostor_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/networks/{id}\",status=\"404\"} 1",
            "prostor_problems_total{code=\"not_found\"} 1",
            "prostor_outbox_messages{state=\"queued\"} 0",
        ] {
            assert!(reply.text.lines().any(|found| found == line), "{line}\n{}", reply.text);
        }
        let purged = "prostor_job_runs_total{job=\"purge\",outcome=\"done\"}";
        assert!(reply.text.contains(purged), "{}", reply.text);
    }

    async fn too_many_requests_are_told_when_to_come_back(backend: Backend) {
        let limits = "signed-in=3,anonymous=2,auth=1".parse().unwrap();
        let app = TestApp::start(backend, Options { limits: Some(limits), ..Options::default() });
        let ana = app.member("ana");
        let reply = app.get("/networks").await;
        assert_eq!(reply.header("ratelimit-policy"), "\"anonymous\";q=2;w=60");
        assert_eq!(reply.header("ratelimit"), "\"anonymous\";r=1;t=30");
        app.get("/networks").await.expect(200);
        let reply = app.get("/networks").await;
        let wait: u64 = reply.header("retry-after").parse().unwrap();
        assert!((1..=31).contains(&wait), "{wait}");
        reply.refused(429, "rate_limited");
        // A made-up token is nobody's.
        app.get("/networks").header("authorization", "Bearer made.up.token").await.refused(429, "rate_limited");
        // Who is signed in has requests of their own, whatever their neighbours do.
        let reply = app.get("/networks").by(&ana).await;
        assert_eq!(reply.header("ratelimit"), "\"signed-in\";r=2;t=20");
        reply.expect(200);
        // Health is asked by machines, often; what looks into the database has a limit of its own.
        for _ in 0..5 {
            app.get("/health/live").await.expect(200);
        }
        assert_eq!(app.get("/health/ready").await.header("ratelimit"), "\"service\";r=599;t=1");
        assert_eq!(app.get("/metrics").await.header("ratelimit"), "\"service\";r=598;t=1");
    }

    async fn metrics_and_readiness_are_limited_too(backend: Backend) {
        let limits = Some("service=2".parse().unwrap());
        let app = TestApp::start(backend, Options { limits, ..Options::default() });
        app.get("/health/ready").await.expect(200);
        assert_eq!(app.get("/metrics").await.status, 200);
        app.get("/metrics").await.refused(429, "rate_limited");
        app.get("/health/ready").await.refused(429, "rate_limited");
        app.get("/networks").await.expect(200);
    }

    async fn the_metrics_are_for_those_who_run_the_service(backend: Backend) {
        let here = TestApp::start(backend, Options::default());
        assert_eq!(here.get("/metrics").await.status, 200);
        for passed_on in ["forwarded", "x-forwarded-for", "via"] {
            here.get("/metrics").header(passed_on, "127.0.0.1").await.refused(403, "forbidden");
        }
        const TOKEN: &str = "prometheus-0123456789";
        let app = TestApp::start(backend, Options { metrics_token: Some(TOKEN), ..Options::default() });
        let root = app.administrator("root");
        app.get("/metrics").await.refused(401, "unauthenticated");
        app.get("/metrics").by(&root).await.refused(401, "unauthenticated");
        for wrong in [format!("Basic {TOKEN}"), format!("Bearer {TOKEN}x"), "Bearer".to_owned(), "Bearer ".to_owned()] {
            app.get("/metrics").header("authorization", &wrong).await.refused(401, "unauthenticated");
        }
        for right in [format!("Bearer {TOKEN}"), format!("bearer {TOKEN}")] {
            let reply = app.get("/metrics").header("authorization", &right).header("via", "1.1 proxy").await;
            assert_eq!(reply.status, 200, "{reply:?}");
        }
    }

    async fn behind_a_proxy_callers_are_told_apart(backend: Backend) {
        let limits = "anonymous=1".parse().unwrap();
        let proxies = prostor::http::middleware::client::Proxies(vec!["127.0.0.1".parse().unwrap()]);
        let app = TestApp::start(backend, Options { limits: Some(limits), proxies, ..Options::default() });
        let from = |address: &str| app.get("/networks").header("x-forwarded-for", address);
        from("203.0.113.1").await.expect(200);
        from("203.0.113.1").await.refused(429, "rate_limited");
        from("203.0.113.2").await.expect(200);
        // What the client wrote itself stands to the left.
        from("198.51.100.7, 203.0.113.2").await.refused(429, "rate_limited");
    }

    async fn who_speaks_no_sense_is_told_so(app: TestApp) {
        let root = app.administrator("root");
        let network = |body: String| app.call(Method::POST, "/networks").by(&root).raw("application/json", body);
        network("{".to_owned()).await.refused(400, "malformed");
        network("[".repeat(100_000)).await.refused(400, "malformed");
        network(json!(["Gorenjska", "gorenjska", "SI", "Europe/Ljubljana"]).to_string()).await.refused(422, "invalid");
        network(format!("{{\"name\": {}", "{\"a\": ".repeat(30_000))).await.refused(400, "malformed");
        network("null".to_owned()).await.refused(422, "invalid");
        network(format!("\"{}\"", "x".repeat(1 << 20))).await.refused(413, "too_large");
        app.call(Method::POST, "/networks").by(&root).raw("text/plain", "{}").await
            .refused(415, "unsupported_media_type");
        app.get("/networks").header("authorization", "Basic YTpi").await.refused(401, "unauthenticated");
        assert_eq!(app.get("/networks").await.json["items"], json!([]));
    }

    async fn a_stop_finishes_what_was_accepted(mut app: TestApp) {
        // A connection kept open by the client is no reason to wait.
        app.get("/networks").await.expect(200);
        let started = std::time::Instant::now();
        app.stop();
        // The connection is kept for 75 s, and a stop waits 45 s for what is under way.
        assert!(started.elapsed() < Duration::from_secs(30), "{:?}", started.elapsed());
    }
}
