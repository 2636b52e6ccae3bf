//! Sending under way: nobody waits for another's slow address, and a stop finishes what is in hand.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    smtp_sink::{Mood, Sink},
    support::{Backend, Options, TestApp, both},
};

fn sending_to(sink: &Sink) -> Options {
    Options { mail_url: Some(sink.url.clone()), ..Options::default() }
}

async fn register(app: &TestApp, email: &str) {
    app.post("/auth/register", json!({"email": email, "name": "Ana", "locale": "en"})).await.expect(202);
}

both! {
    async fn nobody_waits_for_a_slow_address(backend: Backend) {
        let sink = Sink::start(Mood::Willing);
        let app = TestApp::start(backend, sending_to(&sink));
        register(&app, "slow.ana@example.org").await;
        for n in 0..10 {
            register(&app, &format!("ana{n}@example.org")).await;
        }
        let first: Vec<_> = (0..10).map(|_| sink.next().0).collect();
        assert!(!first.contains(&"slow.ana@example.org".to_owned()), "{first:?}");
        assert_eq!(sink.next().0, "slow.ana@example.org");
    }

    async fn a_stop_sends_what_is_in_hand_and_the_next_start_the_rest(backend: Backend) {
        let sink = Sink::start(Mood::Willing);
        let mut app = TestApp::start(backend, sending_to(&sink));
        for n in 0..20 {
            register(&app, &format!("ana{n}@example.org")).await;
        }
        app.stop();
        let next = app.another(Options { clock: app.clock.clone(), ..sending_to(&sink) });
        let taken: BTreeSet<_> = (0..20).map(|_| sink.next().0).collect();
        drop(next);
        assert!(taken.len() == 20 && sink.is_idle(), "some were sent twice: {taken:?}");
    }
}
