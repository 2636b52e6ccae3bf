//! How mail leaves: once, whoever sends it, and nobody waits for another's address.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::{Backend, Options, Sink, TestApp, both};

fn sending_to(sink: &Sink) -> Options {
    Options { mail_url: Some(sink.url.clone()), ..Options::default() }
}

async fn register(app: &TestApp, email: &str) {
    app.post("/auth/register", json!({"email": email, "name": "Ana", "locale": "en"})).await.expect(202);
}

fn counted(metrics: &str, line: &str) -> bool {
    metrics.lines().any(|found| found == line)
}

both! {
    async fn two_nodes_send_each_letter_once(backend: Backend) {
        let sink = Sink::start();
        let first = TestApp::start(backend, sending_to(&sink));
        let second = first.another(Options { clock: first.clock.clone(), ..sending_to(&sink) });
        let mut wanted = Vec::new();
        for n in 0..30 {
            wanted.push(format!("ana{n:02}@example.org"));
            register(if n % 2 == 0 { &first } else { &second }, &wanted[n]).await;
        }
        sink.await_letters(30).await;
        // Whatever would be sent twice would be sent now.
        actix_web::rt::time::sleep(Duration::from_millis(300)).await;
        let mut taken = sink.taken();
        taken.sort();
        assert_eq!(taken, wanted);
    }

    async fn nobody_waits_for_anothers_address(backend: Backend) {
        let sink = Sink::start();
        let app = TestApp::start(backend, sending_to(&sink));
        let started = Instant::now();
        for email in ["slow.ana@example.org", "550.ana@example.org", "450.ana@example.org"] {
            register(&app, email).await;
        }
        for n in 0..10 {
            register(&app, &format!("ana{n}@example.org")).await;
        }
        let taken = sink.await_letters(10).await;
        assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
        assert!(!taken.iter().any(|email| email.starts_with("slow")), "{taken:?}");
        let metrics = app.get("/metrics").await.text;
        for line in [
            "prostor_mails_total{outcome=\"dead\"} 1",
            "prostor_mails_total{outcome=\"retried\"} 1",
            "prostor_outbox_messages{state=\"dead\"} 1",
        ] {
            assert!(counted(&metrics, line), "{line}\n{metrics}");
        }
        // The one put off comes when its time has come (and somebody rings), the slow one when it is done.
        app.advance(13);
        register(&app, "eva@example.org").await;
        let taken = sink.await_letters(13).await;
        assert!(taken.contains(&"450.ana@example.org".to_owned()), "{taken:?}");
        assert!(taken.contains(&"slow.ana@example.org".to_owned()), "{taken:?}");
        assert!(!taken.contains(&"550.ana@example.org".to_owned()), "{taken:?}");
    }

    async fn a_stop_sends_what_is_in_hand_and_the_next_start_the_rest(backend: Backend) {
        let sink = Sink::start();
        let mut app = TestApp::start(backend, sending_to(&sink));
        for n in 0..20 {
            register(&app, &format!("ana{n}@example.org")).await;
        }
        app.stop();
        let next = app.another(Options { clock: app.clock.clone(), ..sending_to(&sink) });
        let mut taken = sink.await_letters(20).await;
        drop(next);
        taken.sort();
        taken.dedup();
        assert_eq!(taken.len(), 20);
        assert_eq!(sink.taken().len(), 20);
    }
}
