//! What waits for a venue's answer: the queue, who decides besides the staff, the reminder (DESIGN 4).

use serde_json::{Value, json};

use crate::{
    decide::asking,
    support::{TestApp, both, id},
};

/// What was asked, how it was answered, and after how many seconds; in the order in which it was asked.
fn answers(app: &TestApp) -> Vec<(String, String, i64)> {
    use diesel::prelude::*;
    use prostor::{domain::instant::Instant, store::schema::approvals::dsl};
    let rows = dsl::approvals
        .order((dsl::asked_at, dsl::id))
        .select((
            dsl::asked,
            dsl::answer.assume_not_null(),
            dsl::asked_at,
            dsl::answered_at.assume_not_null(),
        ))
        .load::<(String, String, Instant, Instant)>(&mut *app.connection())
        .unwrap();
    rows.into_iter().map(|(asked, answer, from, to)| (asked, answer, to.since(from))).collect()
}

both! {
    async fn the_queue_shows_what_waits_and_for_how_long(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let queue = format!("/venues/{}/approvals", house.venue);
        let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        let other = house.room("Druga").await;
        house.rules(&format!("/spaces/{other}"), hour).await;
        let first = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        house.at("2026-03-02T08:30:00Z");
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        let stands = house.has(&bor, &other, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let longer = json!({"ends_at": "2026-03-10T12:00"});
        app.patch(&format!("/reservations/{}", id(&stands)), 1, longer).by(&bor).await.expect(200);
        let third = house.has(&bor, &room, "2026-03-11T10:00", "2026-03-11T11:00").await;
        house.at("2026-03-02T09:31:59Z");
        let desk = house.desk();
        let page = app.get(&queue).by(&desk).await.expect(200);
        let shown: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| (
            item["reservation"]["id"].clone(), item["asked"].clone(), item["waiting_minutes"].clone(),
            item["asked_at"].clone(),
        )).collect();
        assert_eq!(shown, [
            (first["id"].clone(), json!("request"), json!(151), json!("2026-03-02T08:00:00+01:00")),
            (stands["id"].clone(), json!("change"), json!(61), json!("2026-03-02T09:30:00+01:00")),
            (third["id"].clone(), json!("request"), json!(61), json!("2026-03-02T09:30:00+01:00")),
        ]);
        assert_eq!(page["items"][1]["reservation"]["change"]["ends_at"], "2026-03-10T12:00:00+01:00");
        // Page by page it is the same.
        let mut paged = Vec::new();
        let mut path = format!("{queue}?limit=1");
        loop {
            let page = app.get(&path).by(&desk).await.expect(200);
            paged.extend(page["items"].as_array().unwrap().iter().map(|item| item["reservation"]["id"].clone()));
            let Some(next) = page["next"].as_str() else { break };
            path = format!("{queue}?limit=1&cursor={next}");
        }
        assert_eq!(paged, [first["id"].clone(), stands["id"].clone(), third["id"].clone()]);
        // What is answered, taken back or expired is no longer there.
        house.does(&desk, &id(&first), "approve").if_match(1).await.expect(200);
        let (ana, bor) = (ana.renewed(&app), bor.renewed(&app));
        let back = json!({"ends_at": "2026-03-10T11:00"});
        app.patch(&format!("/reservations/{}", id(&stands)), 2, back).by(&bor).await.expect(200);
        house.at("2026-03-06T09:00:00Z");
        app.run_jobs();
        let page = app.get(&queue).by(&house.desk()).await.expect(200);
        assert_eq!(page["items"], json!([]), "{page}");
        assert_eq!(answers(&app), [
            ("request", "approved", 9119), ("change", "withdrawn", 3719), ("request", "expired", 72 * 3600),
        ].map(|(asked, answer, seconds)| (asked.to_owned(), answer.to_owned(), seconds)));
        drop(ana);
        house.is_sound();
    }

    async fn a_change_that_only_shortens_needs_nobody(app: TestApp) {
        let (house, room) = asking(&app).await;
        let ana = app.member("ana");
        let asked = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T13:00").await;
        house.does(&house.manager, &id(&asked), "approve").if_match(1).await.expect(200);
        let path = format!("/reservations/{}", id(&asked));
        let shorter = json!({"starts_at": "2026-03-10T10:30", "ends_at": "2026-03-10T12:00"});
        let shortened = app.patch(&path, 2, shorter).by(&ana).await.expect(200);
        assert_eq!((&shortened["status"], &shortened["change"]), (&json!("confirmed"), &Value::Null));
        assert_eq!(shortened["starts_at"], "2026-03-10T10:30:00+01:00");
        // Longer again is asked for.
        let longer = app.patch(&path, 3, json!({"ends_at": "2026-03-10T12:15"})).by(&ana).await.expect(200);
        assert_eq!(longer["change"]["ends_at"], "2026-03-10T12:15:00+01:00");
        house.is_sound();
    }

    async fn delegates_decide_and_do_nothing_else(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, dora) = (app.member("ana"), app.member("dora"));
        let entry = format!("/venues/{}/delegates/{}", house.venue, dora.id);
        let put = app.call(reqwest::Method::PUT, &entry);
        put.by(&house.manager).await.expect(200);
        let me = app.get("/me").by(&dora).await.expect(200);
        assert_eq!(me["decides_for"], json!([{"venue_id": house.venue, "name": "Layerjeva hiša"}]));
        let asked = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let other = house.has(&ana, &room, "2026-03-11T10:00", "2026-03-11T11:00").await;
        assert_eq!(app.queued_for(&dora.email), ["request_to_decide", "request_to_decide", "standing"]);
        let queue = app.get(&format!("/venues/{}/approvals", house.venue)).by(&dora).await.expect(200);
        assert_eq!(queue["items"].as_array().unwrap().len(), 2);
        assert_eq!(queue["items"][0]["reservation"]["organiser"]["email"], Value::Null, "{queue}");
        let approved = house.does(&dora, &id(&asked), "approve").if_match(1).await.expect(200);
        assert_eq!(approved["status"], "confirmed");
        // Again, and what is not theirs.
        assert_eq!(house.does(&dora, &id(&asked), "approve").if_match(2).await.expect(200), approved);
        house.does(&dora, &id(&asked), "cancel").await.refused(403, "forbidden");
        app.get(&format!("/spaces/{room}/blocks")).by(&dora).await.refused(403, "forbidden");
        app.call(reqwest::Method::DELETE, &entry).by(&house.manager).await.expect(204);
        house.does(&dora, &id(&other), "approve").if_match(1).await.refused(404, "not_found");
        house.is_sound();
    }

    async fn those_who_decide_are_reminded_once(app: TestApp) {
        let (house, room) = asking(&app).await;
        let (ana, dora) = (app.member("ana"), app.member("dora"));
        let put = app.call(reqwest::Method::PUT, &format!("/venues/{}/delegates/{}", house.venue, dora.id));
        put.by(&house.manager).await.expect(200);
        let asked = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let answered = house.has(&ana, &room, "2026-03-11T10:00", "2026-03-11T11:00").await;
        house.does(&house.manager, &id(&answered), "approve").if_match(1).await.expect(200);
        for (at, mails) in [
            ("2026-03-03T18:59:59Z", 2), ("2026-03-03T19:00:00Z", 3), ("2026-03-04T19:00:00Z", 3),
        ] {
            house.at(at);
            app.run_jobs();
            app.run_jobs();
            for who in [&house.manager, &dora] {
                let asked = app.queued_for(&who.email).iter().filter(|kind| *kind != "standing").count();
                assert_eq!(asked, mails, "{at}");
            }
        }
        let letters = app.await_letters(&dora.email, 4).await;
        let reminder = letters.iter().find(|letter| letter.text.contains("Half of the time")).unwrap();
        assert!(reminder.text.contains("Waiting since") && reminder.text.contains(&id(&asked)), "{}", reminder.text);
        house.is_sound();
    }
}
