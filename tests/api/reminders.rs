//! Reminders: so many real hours before the start, once, of what still stands; and the link to manage without signing in.

use std::sync::Arc;

use diesel::prelude::*;
use prostor::{
    app::reservations::reminders,
    domain::ids::{ReservationId, UserId},
    store::schema::{outbox, reservations, users},
};
use serde_json::{Value, json};

use crate::{
    bad_input::rows,
    support::{Backend, House, Options, Person, TestApp, both, id, version},
};

const REMINDED: [&str; 2] = ["reservation_confirmed", "reservation_reminder"];

/// Runs the job, and says how many reminders there were so far: it runs by itself, too.
fn remind(app: &TestApp) -> i64 {
    reminders::send_due(&app.app).unwrap();
    let reminders = outbox::table.filter(outbox::kind.eq(REMINDED[1])).count();
    reminders.get_result(&mut *app.connection()).unwrap()
}

/// A room, and somebody who has it on Wednesday from 10 to 12; what the mail about it says.
async fn reserved<'a>(app: &'a TestApp) -> (House<'a>, String, Person, Value) {
    let house = House::new(app).await;
    let path = format!("/venues/{}", house.venue);
    let known = version(&app.get(&path).await.expect(200));
    let way_in = json!({"access_instructions": "Zvonec pri dvorišču"});
    house.patch(&path, known, way_in).by(&house.manager).await.expect(200);
    let (room, ana) = (house.room("Galerija").await, app.member("ana"));
    let mine = house.has(&ana, &room, "2026-03-04T10:00", "2026-03-04T12:00").await;
    (house, room, ana, mine)
}

/// The token of the mail about a reservation.
async fn token(app: &TestApp, person: &Person) -> String {
    app.await_letters(&person.email, 1).await[0].token()
}

both! {
    async fn a_day_before_is_24_real_hours_before(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        house.has(&ana, &room, "2026-03-29T10:00", "2026-03-29T12:00").await;
        // In the night to the 29th the clocks go forward: it is 9 o'clock, 24 hours before 10.
        for (now, reminded) in [("2026-03-28T07:59:59Z", 0), ("2026-03-28T08:00:00Z", 1), ("2026-03-28T08:00:01Z", 1)] {
            house.at(now);
            assert_eq!(remind(&app), reminded, "{now}");
        }
        assert_eq!(app.queued_for(&ana.email), REMINDED);
        let letters = app.await_letters(&ana.email, 2).await;
        let text = &letters[1].text;
        assert!(text.contains("Galerija") && text.contains("#token=") && text.contains("/unsubscribe/"), "{text}");
        assert!(letters[1].calendar.is_empty(), "the calendar has it already");
        house.is_sound();
    }

    async fn the_policy_says_when_and_whether(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let (soon, never) = (house.room("Galerija").await, house.room("Druga").await);
        house.rules(&format!("/venues/{}", house.venue), json!({"reminder_hours": 2})).await;
        house.rules(&format!("/spaces/{never}"), json!({"reminder_hours": 0})).await;
        house.has(&ana, &soon, "2026-03-04T10:00", "2026-03-04T12:00").await;
        house.has(&ana, &never, "2026-03-04T10:00", "2026-03-04T12:00").await;
        let path = format!("/spaces/{soon}/policy");
        let known = version(&app.get(&path).await.expect(200));
        let long = json!({"public": {"reminder_hours": 745}});
        app.put(&path, known, long).by(&house.manager).await.refused(422, "invalid");
        for (now, reminded) in [("2026-03-04T06:59:59Z", 0), ("2026-03-04T07:00:00Z", 1), ("2026-03-04T08:59:00Z", 1)] {
            house.at(now);
            assert_eq!(remind(&app), reminded, "{now}");
        }
    }

    async fn who_was_told_later_than_that_is_not_reminded(app: TestApp) {
        let (house, room, ana, mine) = reserved(&app).await;
        // Booked just then, and a second later.
        house.at("2026-03-03T11:00:00Z");
        let bor = app.member("bor");
        house.has(&bor, &room, "2026-03-04T12:00", "2026-03-04T13:00").await;
        house.at("2026-03-03T12:00:01Z");
        let late = app.member("late");
        house.has(&late, &room, "2026-03-04T13:00", "2026-03-04T14:00").await;
        assert_eq!(remind(&app), 2);
        // Moved to within a day, one is told of it by that; moved on, one is reminded anew.
        let ana = ana.renewed(&app);
        let edit = async |starts_at: &str, ends_at: &str, now: i64| {
            let change = json!({"starts_at": starts_at, "ends_at": ends_at});
            let path = format!("/reservations/{}", id(&mine));
            version(&house.patch(&path, now, change).by(&ana).await.expect(200))
        };
        let known = edit("2026-03-04T08:00", "2026-03-04T09:00", version(&mine)).await;
        assert_eq!(remind(&app), 2);
        edit("2026-03-06T10:00", "2026-03-06T11:00", known).await;
        house.at("2026-03-05T09:00:00Z");
        assert_eq!(remind(&app), 3);
        assert_eq!(app.queued_for(&ana.email), [
            "reservation_changed", "reservation_changed", "reservation_confirmed", "reservation_reminder", "reservation_reminder",
        ]);
        assert_eq!(app.queued_for(&late.email), ["reservation_confirmed"]);
        house.is_sound();
    }

    async fn what_is_given_up_or_unwanted_or_begun_is_not_told(app: TestApp) {
        let (house, room, ana, mine) = reserved(&app).await;
        house.does(&ana, &id(&mine), "cancel").await.expect(200);
        let bor = app.member("bor");
        house.has(&bor, &room, "2026-03-04T10:00", "2026-03-04T12:00").await;
        let me = app.get("/me").by(&bor).await.expect(200);
        assert_eq!(me["mail"], json!({"reminders": true, "digests": true, "headcounts": true}));
        let without = json!({"mail": {"reminders": false}});
        let me = app.patch("/me", version(&me), without).by(&bor).await.expect(200);
        assert_eq!(me["mail"], json!({"reminders": false, "digests": true, "headcounts": true}));
        // What comes with a reservation can't be refused: there is no such member.
        let all = json!({"mail": {"confirmations": false}});
        app.patch("/me", version(&me), all).by(&bor).await.refused(422, "invalid");
        let eva = app.member("eva");
        house.has(&eva, &room, "2026-03-05T10:00", "2026-03-05T12:00").await;
        house.at("2026-03-03T09:00:00Z");
        remind(&app);
        // The service was away until it had begun.
        house.at("2026-03-05T09:00:00Z");
        remind(&app);
        assert_eq!(app.queued_for(&ana.email), ["reservation_cancelled", "reservation_confirmed"]);
        assert_eq!(app.queued_for(&bor.email), ["reservation_confirmed"]);
        assert_eq!(app.queued_for(&eva.email), ["reservation_confirmed"]);
    }

    async fn each_occurrence_of_a_series_is_reminded_of_by_itself(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        let template = json!({"space_id": room, "starts_at": "2026-03-04T10:00", "ends_at": "2026-03-04T11:00", "title": "Tečaj", "purpose": "training"});
        let asked = json!({"template": template, "rrule": "FREQ=DAILY;COUNT=3", "on_conflict": "all_or_nothing"});
        app.post("/series", asked).by(&ana).await.expect(201);
        for (now, reminded) in [("2026-03-03T09:00:00Z", 1), ("2026-03-04T09:00:00Z", 2), ("2026-03-05T09:00:00Z", 3)] {
            house.at(now);
            assert_eq!(remind(&app), reminded, "{now}");
        }
        house.is_sound();
    }

    async fn the_link_of_a_mail_shows_and_cancels_the_one_reservation(app: TestApp) {
        let (house, room, ana, mine) = reserved(&app).await;
        let other = house.has(&app.member("bor"), &room, "2026-03-05T10:00", "2026-03-05T11:00").await;
        let token = token(&app, &ana).await;
        let link = json!({"token": token});
        let shown = app.post("/manage", link.clone()).await.expect(200);
        assert_eq!((&shown["id"], &shown["status"]), (&mine["id"], &json!("confirmed")));
        assert_eq!(shown["access_instructions"], "Zvonec pri dvorišču");
        // Of nobody else's, by no other text, and for nothing else.
        for at in (0..token.len()).step_by(5) {
            let changed = format!("{}{}{}", &token[..at], if &token[at..=at] == "A" { "B" } else { "A" }, &token[at + 1..]);
            app.post("/manage/cancel", json!({"token": changed})).await.refused(401, "credentials_refused");
        }
        for wrong in ["", "x", &token[1..], &format!("{token}A"), &id(&mine)] {
            app.post("/manage", json!({"token": wrong})).await.refused(401, "credentials_refused");
        }
        app.post("/check-in", link.clone()).await.refused(401, "credentials_refused");
        app.post("/manage/cancel", link.clone()).if_match(7).await.refused(412, "precondition_failed");
        let before = rows(&app);
        for path in ["//reservations/{id}", "/manage", "/manage/cancel", "/reservations/{id}", "/reservations/{id}/cancel"] {
            let path = path.replace("{id}", &id(&mine));
            app.get(&path).await;
            app.get(&format!("{path}?token={token}")).await;
        }
        assert_eq!(rows(&app), before, "a scanner that gets everything changes nothing");
        let cancelled = app.post("/manage/cancel", link.clone()).if_match(version(&shown)).await.expect(200);
        assert_eq!(cancelled["status"], "cancelled");
        assert_eq!(app.post("/manage/cancel", link.clone()).await.expect(200), cancelled);
        assert_eq!(app.queued_for(&ana.email), ["reservation_cancelled", "reservation_confirmed"]);
        assert_eq!(house.sees(&house.manager, &id(&other)).await["status"], "confirmed");
        // It ends with the time that it is about.
        house.at("2026-03-04T11:00:00Z");
        app.post("/manage", link).await.refused(401, "credentials_refused");
        house.is_sound();
    }

    async fn the_link_ends_when_it_is_no_longer_its_readers(app: TestApp) {
        let (_house, _, ana, mine) = reserved(&app).await;
        let link = json!({"token": token(&app, &ana).await});
        let mine: ReservationId = id(&mine).parse().unwrap();
        let becomes = |who: UserId| {
            let row = diesel::update(reservations::table.find(mine));
            row.set(reservations::organiser_id.eq(who)).execute(&mut *app.connection()).unwrap();
        };
        let moves = |email: &str| {
            let row = diesel::update(users::table.find(ana.id));
            row.set(users::email.eq(email)).execute(&mut *app.connection()).unwrap();
        };
        let all = || {
            let columns = (reservations::id, reservations::status, reservations::version);
            let standing: Vec<(ReservationId, String, i64)> =
                reservations::table.order(reservations::id).select(columns).load(&mut *app.connection()).unwrap();
            (standing, rows(&app))
        };
        becomes(app.member("bor").id);
        let before = all();
        app.post("/manage", link.clone()).await.refused(401, "credentials_refused");
        app.post("/manage/cancel", link.clone()).await.refused(401, "credentials_refused");
        assert_eq!(all(), before);
        becomes(ana.id);
        app.post("/manage", link.clone()).await.expect(200);
        moves("elsewhere@example.org");
        app.post("/manage", link.clone()).await.refused(401, "credentials_refused");
        app.post("/manage/cancel", link.clone()).await.refused(401, "credentials_refused");
        moves(&ana.email);
        let gone = diesel::update(users::table.find(ana.id)).set(users::disabled_at.eq(Some(app.app.now())));
        gone.execute(&mut *app.connection()).unwrap();
        app.post("/manage/cancel", link).await.refused(401, "credentials_refused");
        assert_eq!(all(), before);
    }

    async fn those_who_decide_get_no_link_of_the_organisers(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Galerija").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T11:00").await;
        let (hers, theirs) = (app.await_letters(&ana.email, 1).await, app.await_letters(&house.manager.email, 1).await);
        assert!(hers[0].text.contains("#token="), "{}", hers[0].text);
        assert!(!theirs[0].text.contains("#token="), "{}", theirs[0].text);
        // A calendar is read by others, too.
        house.does(&house.manager, &id(&app.get("/reservations").by(&ana).await.expect(200)["items"][0]), "approve").if_match(1).await.expect(200);
        let approved = app.await_letters(&ana.email, 2).await;
        assert!(approved[1].calendar.contains("BEGIN:VEVENT") && !approved[1].calendar.contains("token="));
    }
}

/// Several nodes look at the same moment, and again after a restart.
#[test]
fn on_any_number_of_nodes_one_is_reminded_once() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        actix_web::rt::System::new().block_on(async {
            let one = TestApp::start(backend, Options::default());
            let (house, ana) = (House::new(&one).await, one.member("ana"));
            let room = house.room("Galerija").await;
            for hour in 10..18 {
                let (from, to) = (format!("2026-03-04T{hour}:00"), format!("2026-03-04T{}:00", hour + 1));
                house.has(&ana, &room, &from, &to).await;
            }
            house.at("2026-03-03T17:00:00Z");
            let nodes = [&one, &one.another(Options { clock: one.clock.clone(), ..Options::default() })];
            let apps = nodes.map(|node| Arc::clone(&node.app));
            std::thread::scope(|scope| {
                for app in apps.iter().cycle().take(6) {
                    scope.spawn(|| reminders::send_due(app).unwrap());
                }
            });
            assert_eq!(remind(&one), 8);
        });
    }
}
