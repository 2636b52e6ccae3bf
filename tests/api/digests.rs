//! The daily digest: in the venue's morning, on days with something to tell, once; and doing without such mails by one click.

use std::sync::Arc;

use diesel::prelude::*;
use prostor::{app::digests, store::schema::outbox};
use serde_json::json;

use crate::{
    bad_input::rows,
    support::{House, Options, Person, TestApp, both, id, version},
};

/// Runs the job, and says how many digests there were so far: it runs by itself, too.
fn told(app: &TestApp) -> i64 {
    digests::send_due(&app.app).unwrap();
    outbox::table.filter(outbox::kind.eq("digest")).count().get_result(&mut *app.connection()).unwrap()
}

fn digests_for(app: &TestApp, person: &Person) -> usize {
    app.queued_for(&person.email).iter().filter(|kind| *kind == "digest").count()
}

/// The address in `List-Unsubscribe`, as the text shows it too.
fn stop(app: &TestApp, text: &str) -> String {
    let (_, after) = text.split_once(&format!("{}/unsubscribe/", app.url)).expect("it can be done without");
    format!("//unsubscribe/{}", after.split_whitespace().next().unwrap())
}

both! {
    async fn the_staff_hear_in_the_morning_what_the_day_brings(app: TestApp) {
        let house = House::new(&app).await;
        let (room, asked) = (house.room("Galerija").await, house.room("Dvorana").await);
        house.rules(&format!("/spaces/{asked}"), json!({"approval": "always"})).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        // The first morning is the next one.
        assert_eq!(told(&app), 0);
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T12:00").await;
        let gone = house.has(&bor, &room, "2026-03-06T10:00", "2026-03-06T12:00").await;
        let moved = house.has(&bor, &room, "2026-03-05T10:00", "2026-03-05T12:00").await;
        house.has(&bor, &asked, "2026-03-04T10:00", "2026-03-04T12:00").await;
        for (now, digests) in [("2026-03-03T05:59:59Z", 0), ("2026-03-03T06:00:00Z", 1), ("2026-03-03T06:00:30Z", 1)] {
            house.at(now);
            assert_eq!(told(&app), digests, "{now}");
        }
        assert_eq!((digests_for(&app, &house.manager), digests_for(&app, &ana)), (1, 0));
        let letters = app.await_letters(&house.manager.email, 2).await;
        let text = &letters[1].text;
        for words in ["10:00–12:00 · Galerija", "Sestanek · ana", "4 Mar 2026, 10:00–12:00 · Dvorana", "Decide by", "New: 6 Mar 2026"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        // The next day tells what changed, and what still waits.
        let bor = bor.renewed(&app);
        house.does(&bor, &id(&gone), "cancel").await.expect(200);
        let later = json!({"starts_at": "2026-03-07T10:00", "ends_at": "2026-03-07T12:00"});
        house.patch(&format!("/reservations/{}", id(&moved)), version(&moved), later).by(&bor).await.expect(200);
        house.at("2026-03-04T06:00:00Z");
        assert_eq!(told(&app), 2);
        let text = &app.await_letters(&house.manager.email, 3).await[2].text;
        assert!(text.contains("Cancelled: 6 Mar 2026") && text.contains("Moved: 7 Mar 2026"), "{text}");
        assert!(text.contains("Nothing is reserved today."), "{text}");
        // On the day after, the request has lapsed and nothing else is to be told; in the afternoon it would be too late.
        house.at("2026-03-05T05:00:00Z");
        app.run_jobs();
        for now in ["2026-03-05T06:00:00Z", "2026-03-07T11:00:01Z"] {
            house.at(now);
            assert_eq!(told(&app), 2, "{now}");
        }
        house.is_sound();
    }

    async fn on_any_number_of_nodes_each_colleague_is_told_once(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        let (colleague, without) = (app.manager("colleague", &house.venue), app.manager("without", &house.venue));
        let me = version(&app.get("/me").by(&without).await.expect(200));
        app.patch("/me", me, json!({"mail": {"digests": false}})).by(&without).await.expect(200);
        told(&app);
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T12:00").await;
        house.at("2026-03-03T06:00:00Z");
        let nodes = [&app, &app.another(Options { clock: app.clock.clone(), ..Options::default() })];
        let apps = nodes.map(|node| Arc::clone(&node.app));
        std::thread::scope(|scope| {
            for app in apps.iter().cycle().take(6) {
                scope.spawn(|| digests::send_due(app).unwrap());
            }
        });
        for (person, count) in [(&house.manager, 1), (&colleague, 1), (&without, 0), (&ana, 0)] {
            assert_eq!(digests_for(&app, person), count, "{}", person.email);
        }
    }

    async fn one_click_does_without_and_a_scanner_changes_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        told(&app);
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T12:00").await;
        house.at("2026-03-03T06:00:00Z");
        assert_eq!(told(&app), 1);
        let link = stop(&app, &app.await_letters(&house.manager.email, 1).await[0].text);
        let before = rows(&app);
        for language in ["en", "sl"] {
            let page = app.get(&link).header("accept-language", language).await;
            assert!(page.status == 200 && page.text.contains("<form id=\"unsubscribe\" method=\"post\">"), "{page:?}");
        }
        let head = app.call(reqwest::Method::HEAD, &link).await;
        assert_eq!((head.status, head.text.as_str()), (200, ""));
        let form = "application/x-www-form-urlencoded";
        app.call(reqwest::Method::POST, &link).raw(form, "").await.refused(400, "malformed");
        let one_click = |link: &str| app.call(reqwest::Method::POST, link).raw(form, "List-Unsubscribe=One-Click").header("accept-language", "en");
        let (cut, of_another) = (&link[..link.len() - 1], link.replacen("/unsubscribe/d", "/unsubscribe/e", 1));
        for foreign in [cut, &of_another, "//unsubscribe/x", "//unsubscribe/dXJhYmM"] {
            one_click(foreign).await.refused(404, "not_found");
        }
        assert_eq!(rows(&app), before);
        let me = version(&app.get("/me").by(&house.desk()).await.expect(200));
        for _ in 0..2 {
            let done = one_click(&link).await;
            assert!(done.status == 200 && done.text.contains("no more messages of this kind"), "{done:?}");
        }
        let now = app.get("/me").by(&house.desk()).await.expect(200);
        assert_eq!(now["mail"], json!({"reminders": true, "digests": false, "headcounts": true}));
        assert_eq!(version(&now), me + 1);
        house.has(&ana.renewed(&app), &room, "2026-03-04T10:00", "2026-03-04T12:00").await;
        house.at("2026-03-04T06:00:00Z");
        told(&app);
        assert_eq!(digests_for(&app, &house.manager), 1);
        // Taken up again, as all that one may choose.
        let again = json!({"mail": {"digests": true}});
        app.patch("/me", version(&now), again).by(&house.desk()).await.expect(200);
    }
}
