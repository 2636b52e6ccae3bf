//! When a space may be booked: neighbours, opening hours, the clock going forward and back, set-up.

use serde_json::json;

use super::{DAY, field, on, request, tries};
use crate::support::{House, TestApp, both, daily, id, meeting, version, with};

both! {
    async fn touching_is_free_and_any_overlap_is_not(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana, bor) = (house.room("Sejna soba").await, app.member("ana"), app.member("bor"));
        house.has(&ana, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;
        for (from, to, wanted) in [
            ("09:00", "10:00", "allow"),
            ("11:00", "12:00", "allow"),
            ("10:00", "11:00", "slot_taken"),
            ("09:45", "10:15", "slot_taken"),
            ("10:45", "11:15", "slot_taken"),
            ("10:15", "10:45", "slot_taken"),
            ("09:00", "12:00", "slot_taken"),
            ("10:00", "10:15", "slot_taken"),
            ("10:45", "11:00", "slot_taken"),
        ] {
            assert_eq!(tries(&house, &bor, &request(&room, from, to)).await, [wanted], "{from} {to}");
        }
        // The same hour elsewhere, and the day before and after here.
        let other = house.room("Druga").await;
        for request in [
            request(&other, "10:00", "11:00"),
            request(&room, "2026-03-04T10:00", "2026-03-04T11:00"),
            request(&room, "2026-03-02T10:00", "2026-03-02T11:00"),
        ] {
            assert_eq!(tries(&house, &bor, &request).await, ["allow"], "{request}");
        }
        house.is_sound();
    }

    async fn a_date_in_a_list_is_each_venue_s_own(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let address = json!({"street": "Broadway 1", "postcode": "10004", "city": "New York", "municipality": "New York"});
        let abroad = json!({"network_id": house.network, "name": "Loft", "slug": "loft", "address": address,
            "contact_email": "loft@example.org", "time_zone": "America/New_York"});
        let abroad = id(&app.post("/venues", abroad).by(&house.root).await.expect(201));
        let hours = format!("/venues/{abroad}/opening-hours");
        app.put(&hours, 1, daily("00:00", "24:00")).by(&house.root).await.expect(200);
        let loft = json!({"name": "Loft", "kind": "studio", "capacity": 5, "allocation": "whole"});
        let loft = id(&app.post(&format!("/venues/{abroad}/spaces"), loft).by(&house.root).await.expect(201));
        for (space, from, to) in [
            (&room, "2026-03-09T19:00", "2026-03-09T20:00"),
            (&room, "2026-03-10T08:00", "2026-03-10T09:00"),
            (&room, "2026-03-11T08:00", "2026-03-11T09:00"),
            // In Kranj it is the 10th by then, in New York not yet.
            (&loft, "2026-03-09T21:00", "2026-03-09T22:00"),
            (&loft, "2026-03-10T07:00", "2026-03-10T08:00"),
            // And in Kranj the 11th.
            (&loft, "2026-03-10T22:00", "2026-03-10T23:00"),
        ] {
            house.has(&ana, space, from, to).await;
        }
        let listed = async |query: &str| {
            let list = app.get(&format!("/reservations?mine=true&{query}")).by(&ana).await.expect(200);
            list["items"].as_array().unwrap().iter().map(|item| item["starts_at"].as_str().unwrap()[5..13].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(listed("from=2026-03-10&to=2026-03-11").await, ["03-10T08", "03-10T07", "03-10T22"]);
        assert_eq!(listed("from=2026-03-10T08:30&to=2026-03-10T23:00").await, ["03-10T08", "03-10T22"]);
        assert_eq!(listed("to=2026-03-10").await, ["03-09T19", "03-09T21"]);
        assert_eq!(listed("from=2026-03-11").await, ["03-11T08"]);
        // With an offset it is one instant everywhere: midnight of the 11th in Kranj.
        assert_eq!(listed("from=2026-03-11T00:00:00%2B01:00").await, ["03-10T22", "03-11T08"]);
        assert_eq!(listed(&format!("venue_id={abroad}&from=2026-03-10&to=2026-03-11")).await, ["03-10T07", "03-10T22"]);
        // New York's clocks went forward on the 8th, over this half hour.
        let gap = app.get("/reservations?from=2026-03-08T02:30").by(&ana).await;
        gap.refused(422, "local_time_nonexistent");
    }

    async fn ones_own_old_time_does_not_count_on_a_move(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.has(&app.member("bor"), &room, &on(DAY, "12:00"), &on(DAY, "13:00")).await;
        let mut mine = house.has(&ana, &room, &on(DAY, "10:00"), &on(DAY, "11:00")).await;
        let path = format!("/reservations/{}", id(&mine));
        for (from, to, free) in [
            ("10:30", "11:30", true),
            ("10:00", "12:00", true),
            ("10:15", "10:45", true),
            ("10:15", "12:15", false),
            ("12:30", "12:45", false),
            ("09:00", "14:00", false),
            ("13:00", "14:00", true),
        ] {
            let change = json!({"starts_at": on(DAY, from), "ends_at": on(DAY, to)});
            let reply = app.patch(&path, version(&mine), change).by(&ana).await;
            if free {
                let moved = reply.expect(200);
                assert_eq!(moved["starts_at"], format!("{DAY}T{from}:00+01:00"));
                assert_eq!(version(&moved), version(&mine) + 1);
                mine = moved;
            } else {
                reply.refused(409, "slot_taken");
                assert_eq!(house.sees(&ana, &id(&mine)).await, mine);
            }
        }
        // Only the last slot is taken now.
        let bor = app.member("ciril");
        assert_eq!(tries(&house, &bor, &request(&room, "08:00", "12:00")).await, ["allow"]);
        assert_eq!(tries(&house, &bor, &request(&room, "13:30", "15:00")).await, ["slot_taken"]);
        house.is_sound();
    }

    async fn hours_join_cross_midnight_and_close(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Studio").await, app.member("ana"));
        let work = ["mon", "tue", "wed", "thu", "fri"];
        house.opens(&format!("/spaces/{room}"), json!({
            "weekly": [
                {"days": work, "opens": "08:00", "closes": "12:00"},
                {"days": work, "opens": "12:00", "closes": "16:00"},
                {"days": ["fri"], "opens": "20:00", "closes": "02:00"},
                {"days": ["sat"], "opens": "16:00", "closes": "24:00"},
            ],
            "holidays": "closed",
            "exceptions": [
                {"date": "2026-03-05", "hours": [], "reason": "Inventura"},
                {"date": "2026-03-07", "hours": [{"opens": "10:00", "closes": "12:00"}]},
            ],
        })).await;
        let outside = "outside_hours";
        for (from, to, wanted) in [
            // Two spans that touch are one.
            ("11:00", "13:00", "allow"),
            ("08:00", "16:00", "allow"),
            ("07:45", "09:00", outside),
            ("15:00", "16:15", outside),
            ("16:00", "17:00", outside),
            // Friday's evening goes on after midnight, whatever the exception says of Saturday.
            ("2026-03-06T23:00", "2026-03-07T01:00", "allow"),
            ("2026-03-07T00:00", "2026-03-07T02:00", "allow"),
            ("2026-03-07T01:00", "2026-03-07T02:15", outside),
            ("2026-03-06T15:00", "2026-03-06T21:00", outside),
            // A Saturday with hours of its own, and an ordinary one until midnight.
            ("2026-03-07T10:00", "2026-03-07T12:00", "allow"),
            ("2026-03-07T17:00", "2026-03-07T18:00", outside),
            ("2026-03-14T22:00", "2026-03-15T00:00", "allow"),
            ("2026-03-14T22:00", "2026-03-15T00:15", outside),
            // A closed Thursday, the Thursday after, a Sunday.
            ("2026-03-05T10:00", "2026-03-05T11:00", outside),
            ("2026-03-12T10:00", "2026-03-12T11:00", "allow"),
            ("2026-03-08T10:00", "2026-03-08T11:00", outside),
            // Easter Monday, the Tuesday after, Resistance Day.
            ("2026-04-06T10:00", "2026-04-06T11:00", outside),
            ("2026-04-07T10:00", "2026-04-07T11:00", "allow"),
            ("2026-04-27T10:00", "2026-04-27T11:00", outside),
        ] {
            assert_eq!(tries(&house, &ana, &request(&room, from, to)).await, [wanted], "{from} {to}");
        }
    }

    async fn local_times_that_do_not_exist_or_exist_twice(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Studio").await, app.member("ana"));
        house.opens(&format!("/spaces/{room}"), daily("00:00", "24:00")).await;
        let (gap, fold) = ("local_time_nonexistent", "local_time_ambiguous");
        for (from, to, code, pointer) in [
            ("2026-03-29T02:30", "2026-03-29T04:00", gap, "/starts_at"),
            ("2026-03-29T01:00", "2026-03-29T02:00", gap, "/ends_at"),
            ("2026-10-25T02:00", "2026-10-25T04:00", fold, "/starts_at"),
            ("2026-10-25T01:00", "2026-10-25T02:45", fold, "/ends_at"),
        ] {
            for path in ["/reservations", "/reservations/check"] {
                let reply = app.post(path, meeting(&room, from, to)).by(&ana).await;
                assert_eq!(field(reply, code), format!("{pointer} {code}"));
            }
        }
        // With what they are answered with: the offset that counts at each instant.
        for (from, to, starts_at, ends_at) in [
            ("2026-03-29T01:00", "2026-03-29T04:00", "2026-03-29T01:00:00+01:00", "2026-03-29T04:00:00+02:00"),
            ("2026-03-29T01:45", "2026-03-29T03:00", "2026-03-29T01:45:00+01:00", "2026-03-29T03:00:00+02:00"),
            ("2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z", "2026-03-29T03:30:00+02:00", "2026-03-29T04:30:00+02:00"),
            ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
            ("2026-10-25T01:00", "2026-10-25T03:00", "2026-10-25T01:00:00+02:00", "2026-10-25T03:00:00+01:00"),
            ("2026-10-25T04:30:00+04:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:00:00+01:00"),
        ] {
            let made = house.has(&ana, &room, from, to).await;
            assert_eq!((&made["starts_at"], &made["ends_at"]), (&json!(starts_at), &json!(ends_at)));
            house.does(&ana, &id(&made), "cancel").await.expect(200);
        }
    }

    async fn a_night_lasts_as_long_as_it_does(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Studio").await, app.member("ana"));
        house.opens(&format!("/spaces/{room}"), daily("00:00", "24:00")).await;
        house.rules(&format!("/spaces/{room}"), json!({"max_duration_minutes": {"value": 480}})).await;
        // From 22 to 6 o'clock, and how many minutes that is.
        for (evening, morning, minutes) in
            [("2026-03-27", "2026-03-28", 480), ("2026-03-28", "2026-03-29", 420), ("2026-10-24", "2026-10-25", 540)]
        {
            let night = meeting(&room, &format!("{evening}T22:00"), &format!("{morning}T06:00"));
            if minutes <= 480 {
                assert_eq!(tries(&house, &ana, &night).await, ["allow"]);
                let longer = with(night, json!({"ends_at": format!("{morning}T07:15")}));
                let refused = house.reserves(&ana, longer).await.refused(422, "policy_refused");
                assert_eq!(refused["reasons"][0]["actual"], json!(minutes + 75));
            } else {
                let refused = house.reserves(&ana, night).await.refused(422, "policy_refused");
                let reason = &refused["reasons"][0];
                assert_eq!((&reason["code"], &reason["actual"]), (&json!("too_long"), &json!(minutes)));
            }
        }
    }

    async fn set_up_and_tear_down_are_work(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, bor) = (app.member("ana"), app.member("bor"));
        let buffers = json!({"setup_minutes": 30, "teardown_minutes": 15});
        let room = house.room_with("Galerija", buffers).await;
        // They may lie outside opening time, on both sides.
        let first = house.has(&ana, &room, &on(DAY, "08:00"), &on(DAY, "09:00")).await;
        assert_eq!((&first["setup_minutes"], &first["teardown_minutes"]), (&json!(30), &json!(15)));
        house.has(&ana, &room, &on(DAY, "19:00"), &on(DAY, "20:00")).await;
        // Never on another's occupancy, and two neighbours' add up.
        for (from, to, wanted) in [
            ("09:00", "10:00", "slot_taken"),
            ("09:15", "10:00", "slot_taken"),
            ("09:30", "10:00", "slot_taken"),
            ("09:45", "10:00", "allow"),
            ("17:00", "18:30", "slot_taken"),
            ("17:00", "18:15", "allow"),
        ] {
            assert_eq!(tries(&house, &bor, &request(&room, from, to)).await, [wanted], "{from} {to}");
        }
        // Now it is 8:00 on the day before: what is set up cannot begin earlier, except by staff.
        let now = |from: &str| request(&room, &format!("2026-03-02T{from}"), "2026-03-02T10:00");
        assert_eq!(tries(&house, &bor, &now("08:30")).await, ["allow"]);
        assert_eq!(tries(&house, &bor, &now("08:15")).await, ["setup_in_the_past"]);
        let refused = house.reserves(&bor, now("08:15")).header("accept-language", "en").await;
        let reason = &refused.refused(422, "policy_refused")["reasons"][0];
        assert_eq!(reason["actual"], "2026-03-02T07:45:00+01:00");
        let message = "Setting up the space would have had to begin by Monday, 2 March 2026, 07:45; choose a later start.";
        assert_eq!(reason["message"], message);
        let made = house.reserves(&house.manager, now("08:15")).await.expect(201);
        assert_eq!((&made["status"], &made["waived"]), (&json!("confirmed"), &json!(true)));
        // What was made keeps its own, whatever the space is given later.
        let path = format!("/spaces/{room}");
        let space = app.get(&path).await.expect(200);
        let none = json!({"setup_minutes": 0, "teardown_minutes": 0});
        app.patch(&path, version(&space), none).by(&house.manager).await.expect(200);
        assert_eq!(tries(&house, &bor, &request(&room, "09:00", "10:00")).await, ["slot_taken"]);
        assert_eq!(tries(&house, &bor, &request(&room, "09:15", "10:00")).await, ["allow"]);
        house.is_sound();
    }
}
