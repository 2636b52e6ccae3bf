//! Equipment goes where its reservation goes, and is free again when that gives its time back.

use serde_json::{Value, json};

use super::{DAY, free, lent, pool, some, wants};
use crate::support::{House, TestApp, both, id, version, with};

fn at(time: &str) -> String {
    format!("{DAY}T{time}")
}

both! {
    async fn moved_shortened_and_replaced(app: TestApp) {
        let (house, [room, projectors], ana, made) = lent(&app).await;
        let (bor, studio) = (app.member("bor"), house.room("Studio").await);
        let microphones = pool(&house, "Mikrofoni", 2, json!({})).await;
        let path = format!("/reservations/{}", id(&made));
        let moved = json!({"starts_at": at("14:00"), "ends_at": at("16:00")});
        let moved = app.patch(&path, 1, moved).by(&ana).await.expect(200);
        assert_eq!(moved["equipment"], made["equipment"]);
        assert_eq!((free(&app, &projectors, "10:00").await, free(&app, &projectors, "14:00").await), (3, 1));
        let shorter = app.patch(&path, 2, json!({"ends_at": at("15:00")})).by(&ana).await.expect(200);
        assert_eq!((version(&shorter), free(&app, &projectors, "15:00").await), (3, 3));

        // More than there is: it stays as it is, whole.
        let one = wants(&studio, "14:00", "15:00", json!([some(&projectors, 1)]));
        house.reserves(&bor, one).await.expect(201);
        let three = json!({"equipment": [some(&projectors, 3), some(&microphones, 1)]});
        let refused = app.patch(&path, 3, three).by(&ana).await.refused(409, "slot_taken");
        assert_eq!(refused["reasons"][0]["space_id"], json!(projectors));
        assert_eq!(free(&app, &microphones, "14:00").await, 2);
        // Where it would go to, all three are wanted elsewhere.
        house.reserves(&bor, wants(&studio, "18:00", "19:00", json!([some(&projectors, 2)]))).await.expect(201);
        let there = json!({"starts_at": at("18:00"), "ends_at": at("19:00")});
        app.patch(&path, 3, there).by(&ana).await.refused(409, "slot_taken");
        assert_eq!(house.sees(&ana, &id(&made)).await, shorter);

        let other = json!({"equipment": [some(&microphones, 2), some(&projectors, 1)]});
        let other = app.patch(&path, 3, other).by(&ana).await.expect(200);
        assert_eq!(other["equipment"], json!([
            {"space_id": microphones, "name": "Mikrofoni", "quantity": 2},
            {"space_id": projectors, "name": "Projektorji", "quantity": 1}]));
        assert_eq!((free(&app, &projectors, "14:00").await, free(&app, &microphones, "14:00").await), (1, 0));
        let title = app.patch(&path, 4, json!({"title": "Brez novosti"})).by(&ana).await.expect(200);
        assert_eq!(title["equipment"], other["equipment"]);
        let none = app.patch(&path, 5, json!({"equipment": []})).by(&ana).await.expect(200);
        assert_eq!(none["equipment"], json!([]));
        assert_eq!((free(&app, &projectors, "14:00").await, free(&app, &microphones, "14:00").await), (2, 2));
        app.patch(&path, 6, json!({"equipment": null})).by(&ana).await.refused(422, "invalid");
        assert_eq!(free(&app, &room, "10:00").await, 1);
        house.is_sound();
    }

    async fn a_move_that_waits_keeps_both(app: TestApp) {
        let (house, [room, projectors], ana, made) = lent(&app).await;
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        let path = format!("/reservations/{}", id(&made));
        let wish = json!({"starts_at": at("11:00"), "ends_at": at("14:00"), "equipment": [some(&projectors, 3)]});
        for (verdict, equipment, free_at) in [("decline", 2, [1, 3]), ("approve", 3, [3, 0])] {
            let now = version(&house.sees(&ana, &id(&made)).await);
            let asked = app.patch(&path, now, wish.clone()).by(&ana).await.expect(200);
            assert_eq!((&asked["equipment"][0]["quantity"], &asked["change"]["equipment"][0]["quantity"]), (&json!(2), &json!(3)));
            assert_eq!((free(&app, &projectors, "10:00").await, free(&app, &projectors, "13:00").await), (1, 0));
            house.is_sound();
            let call = house.does(&house.manager, &id(&made), verdict).if_match(version(&asked));
            let decided = call.await.expect(200);
            assert_eq!((&decided["equipment"][0]["quantity"], &decided["change"]), (&json!(equipment), &Value::Null));
            assert_eq!([free(&app, &projectors, "10:00").await, free(&app, &projectors, "13:00").await], free_at);
        }
        house.is_sound();
    }

    async fn given_back_whoever_gives_it_back(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let projectors = pool(&house, "Projektorji", 2, json!({})).await;
        let asked = |more: Value| with(wants(&room, "10:00", "12:00", json!([some(&projectors, 2)])), more);
        house.rules(&format!("/spaces/{projectors}"), json!({"approval": "always"})).await;
        let pending = house.reserves(&ana, asked(json!({}))).await.expect(201);
        assert_eq!((&pending["status"], free(&app, &projectors, "10:00").await), (&json!("pending"), 0));
        house.does(&house.manager, &id(&pending), "decline").await.expect(200);
        assert_eq!(free(&app, &projectors, "10:00").await, 2);
        house.rules(&format!("/spaces/{projectors}"), json!({})).await;

        // A hold takes them, gives way to what its person asks for next, and runs out.
        let hold = house.reserves(&ana, asked(json!({"hold": true}))).await.expect(201);
        assert_eq!((&hold["status"], free(&app, &projectors, "10:00").await), (&json!("held"), 0));
        let studio = house.room("Studio").await;
        let elsewhere = wants(&studio, "11:00", "12:00", json!([some(&projectors, 1)]));
        let elsewhere = with(elsewhere, json!({"hold": true}));
        let other = house.reserves(&ana, elsewhere).await.expect(201);
        assert_eq!(house.sees(&ana, &id(&hold)).await["status"], "expired");
        assert_eq!((free(&app, &room, "10:00").await, free(&app, &projectors, "11:00").await), (1, 1));
        house.does(&ana, &id(&other), "confirm").await.expect(200);
        house.does(&ana, &id(&other), "cancel").await.expect(200);
        house.reserves(&ana, asked(json!({"hold": true}))).await.expect(201);
        app.advance(601);
        assert_eq!(free(&app, &projectors, "10:00").await, 2);
        let bor = app.member("bor");
        let afterwards = wants(&studio, "10:00", "11:00", json!([some(&projectors, 2)]));
        let made = house.reserves(&bor, afterwards).await.expect(201);
        house.is_sound();
        house.does(&bor, &id(&made), "cancel").await.expect(200);
        app.run_jobs();

        // Who leaves early, and who never comes.
        house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
        let ana = ana.renewed(&app);
        let made = house.reserves(&ana, asked(json!({}))).await.expect(201);
        house.at("2026-03-03T09:16:00Z");
        app.run_jobs();
        let (ana, manager) = (ana.renewed(&app), house.desk());
        let gone = house.sees(&ana, &id(&made)).await;
        assert_eq!((&gone["status"], &gone["equipment"][0]["quantity"]), (&json!("no_show"), &json!(2)));
        assert_eq!(free(&app, &projectors, "10:30").await, 2);
        // Taken back as far as somebody else does not have the projectors by now.
        let bor = bor.renewed(&app);
        house.reserves(&bor, wants(&studio, "11:30", "12:00", json!([some(&projectors, 1)]))).await.expect(201);
        let back = house.does(&manager, &id(&made), "check-in").await.expect(200);
        assert_eq!((&back["status"], &back["released_at"]), (&json!("checked_in"), &json!("2026-03-03T11:30:00+01:00")));
        house.is_sound();
        house.at("2026-03-03T09:45:00Z");
        let ana = ana.renewed(&app);
        house.does(&ana, &id(&made), "check-out").await.expect(200);
        assert_eq!(free(&app, &projectors, "10:45").await, 1);
        house.is_sound();
    }

    async fn a_series_takes_it_along(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        let (projectors, studio) = (pool(&house, "Projektorji", 2, json!({})).await, house.room("Studio").await);
        let on_thursday = json!({"starts_at": "2026-03-05T10:00", "ends_at": "2026-03-05T11:00"});
        let in_the_way = with(wants(&studio, "10:00", "11:00", json!([some(&projectors, 1)])), on_thursday);
        house.reserves(&bor, in_the_way).await.expect(201);
        let template = wants(&room, "10:00", "11:00", json!([some(&projectors, 2)]));
        let series = json!({"template": template, "rrule": "FREQ=DAILY;COUNT=4", "on_conflict": "skip_conflicts"});
        let seen = app.post("/series/preview", series.clone()).by(&ana).await.expect(200);
        let results: Vec<_> = seen["occurrences"].as_array().unwrap().iter().map(|one| one["occurrence"]["result"].clone()).collect();
        assert_eq!(results, [json!("created"), json!("created"), json!("conflict"), json!("created")]);
        let made = app.post("/series", series).by(&ana).await.expect(201);
        let members = made["occurrences"].as_array().unwrap();
        assert_eq!(members.len(), 3);
        let first = members[0]["reservation_id"].as_str().unwrap().to_owned();
        assert_eq!(house.sees(&ana, &first).await["equipment"][0]["quantity"], 2);
        house.is_sound();
        let path = format!("/series/{}", id(&made));
        let fewer = json!({"change": {"equipment": [some(&projectors, 1)], "starts_at": at("12:00"), "ends_at": at("13:00")}});
        let changed = app.patch(&path, version(&made), fewer).by(&ana).await.expect(200);
        assert_eq!((free(&app, &projectors, "10:00").await, free(&app, &projectors, "12:00").await), (2, 1));
        let none = json!({"change": {"equipment": []}});
        app.patch(&path, version(&changed), none).by(&ana).await.expect(200);
        assert_eq!(free(&app, &projectors, "12:00").await, 2);
        app.post(&format!("{path}/cancel"), json!({})).by(&ana).await.expect(200);
        house.is_sound();
    }

    async fn what_the_venue_changes_about_a_pool(app: TestApp) {
        let (house, [_, projectors], ana, made) = lent(&app).await;
        let path = format!("/spaces/{projectors}");
        let affected = json!([id(&made)]);
        // A block, other hours, and an archive meet the reservations that have some of it.
        let block = json!({"starts_at": at("11:00"), "ends_at": at("12:00"), "reason": "Servis"});
        let refused = app.post(&format!("{path}/blocks"), block).by(&house.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], affected);
        let hours = json!({"weekly": [{"days": ["mon"], "opens": "08:00", "closes": "20:00"}], "holidays": "open"});
        let hours_path = format!("{path}/opening-hours");
        let now = version(&app.get(&hours_path).await.expect(200));
        let refused = app.put(&hours_path, now, hours).by(&house.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], affected);
        let now = version(&app.get(&path).await.expect(200));
        let refused = app.delete(&path, now).by(&house.manager).await.refused(409, "affected_reservations");
        assert_eq!(refused["affected"], affected);
        // Fewer: another one of the pool takes the place of what goes; where none is left it is listed.
        let units = app.get(&path).await.expect(200)["units"].clone();
        let all = units.as_array().unwrap();
        let entry = |unit: &Value| json!({"id": unit["id"], "label": unit["label"]});
        let fewer = json!({"units": [entry(&all[1]), entry(&all[2])], "on_affected": "keep"});
        let now = version(&app.get(&path).await.expect(200));
        app.put(&format!("{path}/units"), now, fewer).by(&house.manager).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&made)).await["equipment"][0]["quantity"], 2);
        assert_eq!(free(&app, &projectors, "10:00").await, 0);
        house.is_sound();
        let left = app.get(&path).await.expect(200);
        let one = json!({"units": [{"id": left["units"][0]["id"], "label": "Zadnji"}]});
        let refused = app.put(&format!("{path}/units"), version(&left), one.clone()).by(&house.manager).await;
        assert_eq!(refused.refused(409, "affected_reservations")["affected"], affected);
        let cancelled = with(one, json!({"on_affected": "cancel"}));
        app.put(&format!("{path}/units"), version(&left), cancelled).by(&house.manager).await.expect(200);
        assert_eq!(house.sees(&ana, &id(&made)).await["status"], "cancelled");
        house.is_sound();
    }

    async fn who_came_early_keeps_it_whatever_becomes_of_the_pool(app: TestApp) {
        let (house, [room, projectors], _, first) = lent(&app).await;
        let bor = app.member("bor");
        house.does(&house.manager, &id(&first), "cancel").await.expect(200);
        house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
        let made = wants(&room, "10:00", "12:00", json!([some(&projectors, 2)]));
        let made = house.reserves(&bor, made).await.expect(201);
        house.at("2026-03-03T08:50:00Z");
        house.does(&bor.renewed(&app), &id(&made), "check-in").await.expect(200);
        let path = format!("/spaces/{projectors}");
        let shown = app.get(&path).await.expect(200);
        let last = shown["units"].as_array().unwrap().last().unwrap();
        let one = json!({"units": [{"id": last["id"], "label": "Zadnji"}], "on_affected": "cancel"});
        app.put(&format!("{path}/units"), version(&shown), one).by(&house.desk()).await.expect(200);
        house.is_sound();
        let now = version(&app.get(&path).await.expect(200));
        app.delete(&format!("{path}?on_affected=cancel"), now).by(&house.desk()).await.expect(200);
        let kept = house.sees(&bor.renewed(&app), &id(&made)).await;
        assert_eq!((&kept["status"], &kept["equipment"][0]["quantity"]), (&json!("checked_in"), &json!(2)));
        house.is_sound();
    }
}
