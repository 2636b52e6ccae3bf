//! Bringing in what a venue kept elsewhere, line by line.

use diesel::{connection::SimpleConnection, prelude::*};
use prostor::store::{
    dialect::AnyConnection,
    schema::{audit, imported, occupancies, reservations, users},
};
use serde_json::{Value, json};

use crate::support::{Call, House, TestApp, both, id, meeting, with};

fn brings(house: &House<'_>, what: &str, body: Value) -> Call {
    house.post(&format!("/venues/{}/{what}/import", house.venue), body).by(&house.desk())
}

/// How many rows there are that an import could make.
fn rows(app: &TestApp) -> [i64; 5] {
    let mut connection = app.connection();
    macro_rules! count {
        ($($table:ident),*) => { [$($table::table.count().get_result(&mut *connection).unwrap()),*] };
    }
    count!(reservations, occupancies, users, imported, audit)
}

/// `line outcome code,code` of each line.
fn told(report: &Value) -> Vec<String> {
    let line = |line: &Value| {
        let reasons = line["reasons"].as_array().unwrap().iter();
        let codes: Vec<&str> = reasons.map(|reason| reason["code"].as_str().unwrap()).collect();
        format!("{} {} {}", line["line"], line["outcome"].as_str().unwrap(), codes.join(","))
            .trim_end()
            .to_owned()
    };
    report["lines"].as_array().unwrap().iter().map(line).collect()
}

async fn listed(house: &House<'_>) -> Vec<Value> {
    let path = format!("/reservations?venue_id={}&limit=200", house.venue);
    house.get(&path).by(&house.desk()).await.expect(200)["items"].as_array().unwrap().clone()
}

const CHOIR: &str = "\u{feff}external_id;space;starts_at;ends_at;title;purpose;organiser_name;organiser_email;attendees;headcount\r\n\
    1;Sejna soba;5. 3. 2026 10:00;5. 3. 2026 12:00;Pevski zbor;rehearsal;Ana Novak;ana.novak@example.org;8;\r\n\
    2;sejna SOBA;2025-12-03T10:00;2025-12-03 12:00;=1+1;;Bor;;;5\r\n\
    3;Sejna soba;2026-03-06T06:00+01:00;2026-03-06T07:00+01:00;\"Sestanek; dva\";meeting;;;;\r\n\
    4;Sejna soba;2026-01-08T10:00;2026-01-08T11:00;Vaja;rehearsal;bor;;;\r\n";

both! {
    async fn a_table_becomes_reservations_and_twice_adds_nothing(app: TestApp) {
        let house = House::new(&app).await;
        house.room("Sejna soba").await;
        house.rules(&format!("/venues/{}", house.venue), json!({"check_in_required": true, "approval": "always"})).await;
        let before = rows(&app);
        let body = |mode: &str| json!({"content": CHOIR, "mode": mode});
        let tried = brings(&house, "reservations", body("dry_run")).await.expect(200);
        assert_eq!(told(&tried), ["2 created", "3 created", "4 created", "5 created"]);
        assert_eq!(tried["summary"], json!({"applied": false, "created": 4, "unchanged": 0, "conflict": 0, "refused": 0, "invalid": 0}));
        assert_eq!(rows(&app), before);

        let keyed = || brings(&house, "reservations", body("all_or_nothing")).header("idempotency-key", "choir");
        let made = keyed().await.expect(200);
        assert_eq!((told(&made), &made["summary"]["applied"]), (told(&tried), &json!(true)));
        let replayed = keyed().await;
        assert_eq!(replayed.header("idempotent-replayed"), "true");
        assert_eq!(replayed.expect(200), made);
        let all = listed(&house).await;
        let seen: Vec<_> = all.iter().map(|one| (one["title"].as_str().unwrap(), one["status"].as_str().unwrap(),
            one["organiser"]["name"].as_str().unwrap(), one["waived"].as_bool().unwrap())).collect();
        // As the venue wrote them last.
        assert_eq!(seen, [("=1+1", "completed", "bor", true), ("Vaja", "completed", "bor", true),
            ("Pevski zbor", "confirmed", "Ana Novak", true), ("Sestanek; dva", "confirmed", "manca", true)]);
        assert_eq!((&all[0]["headcount"], &all[2]["attendees"]), (&json!(5), &json!(8)));
        // The same name is the same person, who has no address and gets no mail.
        assert_eq!(all[0]["organiser"]["id"], all[1]["organiser"]["id"]);
        assert_eq!(app.queued_for("ana.novak@example.org"), Vec::<String>::new());
        house.is_sound();
        app.run_jobs();
        assert_eq!(listed(&house).await[0]["status"], "completed");

        let (after, again) = (rows(&app), brings(&house, "reservations", body("skip_conflicts")).await.expect(200));
        assert_eq!(told(&again), ["2 unchanged", "3 unchanged", "4 unchanged", "5 unchanged"]);
        assert_eq!((rows(&app), &again["lines"][0]["id"]), (after, &made["lines"][0]["id"]));
        // A line that says something else now is told of, and what was made stays.
        let moved = CHOIR.replace("5. 3. 2026 12:00", "5. 3. 2026 13:00");
        let differs = brings(&house, "reservations", json!({"content": moved, "mode": "skip_conflicts"})).await.expect(200);
        assert_eq!(told(&differs)[0], "2 conflict import_differs");
        // Of another source it is another line.
        let other = json!({"content": moved, "mode": "dry_run", "source": "another list"});
        let other = brings(&house, "reservations", other).await.expect(200);
        assert_eq!(told(&other)[0], "2 conflict slot_taken");
        assert_eq!(rows(&app), after);
        house.is_sound();
    }

    async fn what_can_t_be_had_stops_all_or_is_left_out(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let old = house.room("Stara soba").await;
        house.has(&ana, &room, "2026-03-05T10:00", "2026-03-05T11:00").await;
        app.delete(&format!("/spaces/{old}"), 1).by(&house.desk()).await.expect(200);
        let content = "external_id,space,starts_at,ends_at,title,attendees,organiser_email,headcount\n\
            good,Sejna soba,2026-03-05T12:00,2026-03-05T13:00,Choir,,eva@example.org,\n\
            taken,Sejna soba,2026-03-05T10:30,2026-03-05T11:30,Choir,,nobody@example.org,\n\
            within,Sejna soba,2026-03-05T12:30,2026-03-05T13:30,Choir,,,\n\
            good,Sejna soba,2026-03-05T14:00,2026-03-05T15:00,Choir,,,\n\
            gap,Sejna soba,2026-03-29T02:30,2026-03-29T04:00,Choir,,,\n\
            fold,Sejna soba,2026-10-25T02:30,2026-10-25T04:00,Choir,,,\n\
            reversed,Sejna soba,2026-03-05T16:00,2026-03-05T15:00,Choir,,,\n\
            where,Kuhinja,2026-03-05T16:00,2026-03-05T17:00,Choir,,,\n\
            old,Stara soba,2026-03-05T16:00,2026-03-05T17:00,Choir,,,\n\
            many,Sejna soba,2026-03-05T16:00,2026-03-05T17:00,Choir,lots,,\n\
            mail,Sejna soba,2026-03-05T16:00,2026-03-05T17:00,Choir,,eva,\n\
            heads,Sejna soba,2026-03-05T16:00,2026-03-05T17:00,Choir,,,9\n\
            ,Sejna soba,2026-03-05T16:00,2026-03-05T17:00,Choir,,,\n\
            short,Sejna soba\n\
            long,Sejna soba,2026-03-05T16:00,2026-05-05T17:00,Choir,,,\n\
            line,Sejna soba,2026-03-05T16:00,2026-03-05T17:00,\"Cho\u{7}ir\",,,\n";
        let wanted = ["2 created", "3 conflict slot_taken", "4 conflict slot_taken", "5 conflict repeats_line",
            "6 invalid local_time_nonexistent", "7 invalid local_time_ambiguous", "8 invalid not_after_start", "9 invalid unknown_space",
            "10 refused space_archived", "11 invalid wrong_type", "12 invalid invalid_email", "13 invalid in_the_future",
            "14 invalid missing_field", "15 invalid wrong_number_of_cells", "16 refused out_of_bounds", "17 invalid control_character"];
        let before = rows(&app);
        for mode in ["dry_run", "all_or_nothing"] {
            let report = brings(&house, "reservations", json!({"content": content, "mode": mode})).await.expect(200);
            assert_eq!((told(&report), &report["summary"]["applied"]), (wanted.map(str::to_owned).to_vec(), &json!(false)));
            assert_eq!(rows(&app), before, "{mode}");
        }
        let call = brings(&house, "reservations", json!({"content": content, "mode": "skip_conflicts"})).header("accept-language", "sl");
        let report = call.await.expect(200);
        assert_eq!(told(&report), wanted);
        assert_eq!(report["lines"][3]["reasons"][0]["message"], "O istem govori že vrstica 2 te datoteke");
        let first = &report["lines"][4]["reasons"][0];
        assert_eq!((first["column"].as_str(), first["message"].as_str()), (Some("starts_at"), Some("Ta krajevni čas ne obstaja, ker se ura premakne naprej")));
        // One reservation with its unit, its line and its entry; one person, and none for what could not be had.
        let [reserved, taken, people, lines, _] = before;
        assert_eq!(rows(&app)[..4], [reserved + 1, taken + 1, people + 1, lines + 1]);
        house.is_sound();
    }

    async fn what_is_tried_is_what_comes_of_it(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.desks("Mize", 2).await;
        house.reserves(&ana, with(meeting(&room, "2026-03-05T10:00", "2026-03-05T12:00"), json!({"hold": true}))).await.expect(201);
        // Her hold gives way to her own line, and the rest of it to whoever comes next; it is in the way of others before.
        let reservations = format!("external_id,space,starts_at,ends_at,title,organiser_email,quantity\n\
            early,Sejna soba,2026-03-05T11:00,2026-03-05T12:00,X,eva@example.org,\n\
            ana,Sejna soba,2026-03-05T10:00,2026-03-05T11:00,X,{},\n\
            eva,Sejna soba,2026-03-05T11:00,2026-03-05T12:00,X,eva@example.org,\n\
            ana,Sejna soba,2026-03-05T10:00,2026-03-05T11:00,X,{0},\n\
            ana,Sejna soba,2026-03-05T10:00,2026-03-05T11:30,X,{0},\n\
            one,Mize,2026-03-05T09:00,2026-03-05T10:00,X,,1\n\
            two,Mize,2026-03-05T09:30,2026-03-05T11:00,X,,2\n\
            two,Mize,2026-03-05T10:00,2026-03-05T11:00,X,,2\n\
            month,Mize,2026-04-01T09:00,2026-05-01T11:00,X,,1\n\
            within,Mize,2026-04-20T09:00,2026-04-20T11:00,X,,2\n", ana.email);
        let wanted = ["2 conflict slot_taken", "3 created", "4 created", "5 unchanged repeats_line", "6 conflict repeats_line", "7 created",
            "8 conflict slot_taken", "9 created", "10 created", "11 conflict slot_taken"];
        let counts = "space,date,walk_ins\nMize,2026-01-05,1\nMize,5. 1. 2026,1\nMize,2026-01-05,2\nMize,2026-01-05,1\n";
        let counted = ["2 created", "3 unchanged repeats_line", "4 conflict repeats_line", "5 unchanged repeats_line"];
        for (what, content, wanted) in [("reservations", reservations.as_str(), &wanted[..]), ("attendance", counts, &counted)] {
            let body = |mode: &str| json!({"content": content, "mode": mode});
            let before = rows(&app);
            // Somebody else writes, and goes on writing: a trial waits for nobody, and nobody for it.
            let mut writing = app.connection();
            let alone = match &*writing {
                AnyConnection::Postgres(_) => "BEGIN; LOCK TABLE users, venues, unit_groups, reservations, occupancies, imported, attendance, audit IN EXCLUSIVE MODE",
                AnyConnection::Sqlite(_) => "BEGIN IMMEDIATE",
            };
            let trial = brings(&house, what, body("dry_run"));
            writing.batch_execute(alone).unwrap();
            let tried = trial.await.expect(200);
            writing.batch_execute("ROLLBACK").unwrap();
            assert_eq!((told(&tried), &tried["summary"]["applied"], rows(&app)), (wanted.iter().map(ToString::to_string).collect(), &json!(false), before));
            let done = brings(&house, what, body("skip_conflicts")).await.expect(200);
            assert_eq!(told(&done), wanted);
        }
        house.is_sound();
    }

    async fn a_file_that_can_t_be_read_changes_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        let elsewhere = house.another_venue("elsewhere").await;
        let before = rows(&app);
        let calendar = "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
        for (what, body, pointer, code) in [
            ("reservations", json!({"content": "", "mode": "skip_conflicts"}), "/content/external_id", "column_missing"),
            ("reservations", json!({"content": "external_id,space,starts_at,ends_at,title,price\n", "mode": "skip_conflicts"}), "/content/price", "unknown_column"),
            ("reservations", json!({"content": "external_id,starts_at,ends_at,title,title\n", "mode": "skip_conflicts"}), "/content/title", "column_repeated"),
            ("reservations", json!({"content": "external_id", "mode": "skip_conflicts", "format": "ics", "space_id": room}), "/content", "not_a_calendar"),
            ("reservations", json!({"content": &calendar[..16], "mode": "skip_conflicts", "format": "ics", "space_id": room}), "/content", "calendar_unfinished"),
            ("reservations", json!({"content": calendar, "mode": "skip_conflicts", "format": "ics"}), "/space_id", "missing_field"),
            ("spaces", json!({"content": "name,kind\n", "mode": "skip_conflicts"}), "/content/capacity", "column_missing"),
            ("attendance", json!({"content": "space,date,people\n", "mode": "skip_conflicts"}), "/content/people", "unknown_column"),
            ("attendance", json!({"content": "space,date\n", "mode": "perhaps"}), "/mode", "unknown_value"),
        ] {
            let refused = brings(&house, what, body.clone()).await.refused(422, "invalid");
            assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!(pointer), &json!(code)), "{body}");
        }
        let of_another = json!({"content": calendar, "mode": "dry_run", "format": "ics", "space_id": room});
        let path = format!("/venues/{}/reservations/import", elsewhere.venue);
        let refused = app.post(&path, of_another).by(&elsewhere.desk()).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["code"], "unknown_space");
        assert_eq!(rows(&app), before);
    }

    async fn a_calendar_becomes_reservations_occurrence_by_occurrence(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        let content = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
            BEGIN:VEVENT\r\nUID:choir\r\nDTSTART;TZID=Central Europe Standard Time:20260303T180000\r\nDTEND;TZID=Central Europe Standard Time:20260303T200000\r\n\
            RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5\r\nEXDATE;TZID=Central Europe Standard Time:20260317T180000\r\nSUMMARY:Pevski\\, zbor\r\n\
            ORGANIZER;CN=\"Ana Novak\":mailto:ana@example.org\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:choir\r\nRECURRENCE-ID;TZID=Central Europe Standard Time:20260310T180000\r\nDTSTART:20260311T170000Z\r\nDTEND:20260311T190000Z\r\nSUMMARY:Pevski zbor, drug dan\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:off\r\nDTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z\r\nSTATUS:CANCELLED\r\nSUMMARY:Odpade\r\nEND:VEVENT\r\n\
            BEGIN:VEVENT\r\nUID:rdate\r\nDTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z\r\nRDATE:20260305T090000Z\r\nSUMMARY:X\r\nEND:VEVENT\r\n\
            END:VCALENDAR\r\n";
        let body = |mode: &str| json!({"content": content, "mode": mode, "space_id": room, "source": "Outlook", "tell": true});
        let report = brings(&house, "reservations", body("skip_conflicts")).await.expect(200);
        assert_eq!(told(&report), ["3 created", "3 created", "3 created", "12 created", "19 unchanged event_cancelled", "26 invalid calendar_unsupported"]);
        let all = listed(&house).await;
        let seen: Vec<_> = all.iter().map(|one| (one["starts_at"].as_str().unwrap(), one["title"].as_str().unwrap())).collect();
        assert_eq!(seen, [("2026-03-03T18:00:00+01:00", "Pevski, zbor"), ("2026-03-11T18:00:00+01:00", "Pevski zbor, drug dan"),
            ("2026-03-24T18:00:00+01:00", "Pevski, zbor"), ("2026-03-31T18:00:00+02:00", "Pevski, zbor")]);
        // Asked to, it tells the organisers.
        assert_eq!(app.queued_for("ana@example.org"), ["reservation_confirmed"; 3]);
        let after = rows(&app);
        let again = brings(&house, "reservations", body("skip_conflicts")).await.expect(200);
        assert_eq!((&again["summary"]["created"], &again["summary"]["unchanged"], rows(&app)), (&json!(0), &json!(5), after));
        house.is_sound();
    }

    async fn spaces_and_counts_are_brought_in_and_never_twice(app: TestApp) {
        let house = House::new(&app).await;
        house.room("Sejna soba").await;
        let spaces = "name;kind;capacity;units;amenities;step_free;active_from;setup_minutes\n\
            Dvorana;multifunctional;80;;klavir, projektor;da;2024-01-01;15\n\
            Coworking;desk_area;1;6;;ne;;\n\
            sejna soba;meeting_room;12;;;;;\n\
            Klet;cellar;10;;;;;\n\
            Kamera;equipment;0;2;;;2027-01-01;\n";
        let body = |mode: &str| json!({"content": spaces, "mode": mode});
        // Of what is only tried, or undone, nothing has an id; what stands there keeps its own.
        let before = rows(&app);
        for mode in ["dry_run", "all_or_nothing"] {
            let report = brings(&house, "spaces", body(mode)).await.expect(200);
            let ids: Vec<bool> = report["lines"].as_array().unwrap().iter().map(|line| line["id"].is_string()).collect();
            assert_eq!((&report["summary"]["created"], ids, rows(&app)), (&json!(2), vec![false, false, true, false, false], before), "{mode}");
        }
        let report = brings(&house, "spaces", body("skip_conflicts")).await.expect(200);
        assert_eq!(told(&report), ["2 created", "3 created", "4 conflict space_name_taken", "5 invalid unknown_value", "6 invalid in_the_future"]);
        let hall = app.get(&format!("/spaces/{}", report["lines"][0]["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&hall["amenities"], &hall["setup_minutes"], &hall["step_free"]), (&json!(["klavir", "projektor"]), &json!(15), &json!(true)));
        let desks = app.get(&format!("/spaces/{}", report["lines"][1]["id"].as_str().unwrap())).await.expect(200);
        assert_eq!((&desks["allocation"], desks["units"].as_array().unwrap().len()), (&json!("each"), 6));
        let again = brings(&house, "spaces", body("skip_conflicts")).await.expect(200);
        assert_eq!(told(&again)[..2], ["2 unchanged", "3 unchanged"]);

        let counts = "space,date,walk_ins,event_visitors,note\nDvorana,2024-02-29,12,80,Razstava\nDvorana,3. 3. 2026,1,,\nDvorana,1. 3. 2026,7,0,\n";
        let body = |content: &str| json!({"content": content, "mode": "skip_conflicts"});
        let report = brings(&house, "attendance", body(counts)).await.expect(200);
        assert_eq!(told(&report), ["2 created", "3 invalid in_the_future", "4 created"]);
        let days = format!("/spaces/{}/attendance?from=2024-02-01&to=2024-03-01", id(&hall));
        let day = &app.get(&days).by(&house.desk()).await.expect(200)["items"][0];
        assert_eq!(day, &json!({"date": "2024-02-29", "walk_ins": 12, "event_visitors": 80, "note": "Razstava", "version": 1}));
        let again = brings(&house, "attendance", body(&counts.replace("12,80", "13,80"))).await.expect(200);
        assert_eq!(told(&again), ["2 conflict counted_already", "3 invalid in_the_future", "4 unchanged"]);
        house.is_sound();
    }

    async fn desks_of_the_past_count_in_the_statistics(app: TestApp) {
        let house = House::new(&app).await;
        house.opens(&format!("/venues/{}", house.venue), with(crate::support::daily("08:00", "18:00"), json!({"valid_from": "2025-01-01"}))).await;
        let (area, _) = house.desks("Mize", 2).await;
        let content = "external_id,space,starts_at,ends_at,title,quantity\na,Mize,2026-01-05T08:00,2026-01-05T18:00,Delo,2\n\
            b,Mize,2026-01-06T08:00,2026-01-06T18:00,Delo,1\nc,Mize,2026-01-06T08:00,2026-01-06T18:00,Delo,2\n";
        let report = brings(&house, "reservations", json!({"content": content, "mode": "skip_conflicts"})).await.expect(200);
        assert_eq!(told(&report), ["2 created", "3 created", "4 conflict slot_taken"]);
        let path = format!("/statistics/utilisation?space_id={area}&from=2026-01-01&to=2026-02-01");
        let figures = app.get(&path).by(&house.desk()).await.expect(200);
        let (booked, available) = (&figures["totals"]["booked"], &figures["totals"]["available"]);
        assert_eq!((booked["hours"].as_f64(), available["hours"].as_f64()), (Some(30.0), Some(620.0)), "{figures}");
        house.is_sound();
    }
}
