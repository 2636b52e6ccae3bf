//! One mail for a series and not fifty, with one calendar object; one occurrence by its RECURRENCE-ID.

use serde_json::json;

use super::{each, repeats, seen, series};
use crate::support::{House, TestApp, both, id, meeting, version, with};

const TEN: (&str, &str) = ("2026-03-17T10:00", "2026-03-17T12:00");

pub fn lines(calendar: &str, name: &str) -> Vec<String> {
    let found = calendar.split("\r\n").filter(|line| line.starts_with(name));
    found.map(str::to_owned).collect()
}

both! {
    async fn one_mail_for_each_thing_that_happens(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let asked = series(&room, TEN, "FREQ=WEEKLY;COUNT=5", json!({"exdates": ["2026-03-24"]}));
        let made = repeats(&house, &ana, asked).await.expect(201);
        let uid = format!("UID:{}@prostor", id(&made));
        let first = app.await_letters(&ana.email, 1).await.remove(0);
        assert!(first.text.contains("4 dates") && first.text.contains("One calendar invitation"), "{}", first.text);
        assert_eq!(lines(&first.calendar, "BEGIN:VEVENT").len(), 1);
        assert_eq!(lines(&first.calendar, "METHOD"), ["METHOD:REQUEST"]);
        assert_eq!(lines(&first.calendar, "UID"), std::slice::from_ref(&uid));
        assert_eq!(lines(&first.calendar, "DTSTART;"), ["DTSTART;TZID=Europe/Ljubljana:20260317T100000"]);
        assert_eq!(lines(&first.calendar, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;COUNT=5"]);
        assert_eq!(lines(&first.calendar, "EXDATE"), ["EXDATE;TZID=Europe/Ljubljana:20260324T100000"]);
        assert_eq!(lines(&first.calendar, "SEQUENCE"), ["SEQUENCE:0"]);

        // One moved by itself.
        let one = each(&made, "reservation_id")[1].as_str().unwrap();
        let before = house.sees(&ana, one).await;
        let to = json!({"starts_at": "2026-04-01T10:00", "ends_at": "2026-04-01T12:00"});
        app.patch(&format!("/reservations/{one}"), version(&before), to).by(&ana).await.expect(200);
        let moved = app.await_letters(&ana.email, 2).await.remove(1);
        assert_eq!(lines(&moved.calendar, "UID"), std::slice::from_ref(&uid));
        assert_eq!(lines(&moved.calendar, "RECURRENCE-ID"), ["RECURRENCE-ID;TZID=Europe/Ljubljana:20260331T100000"]);
        assert_eq!(lines(&moved.calendar, "SEQUENCE"), ["SEQUENCE:1"]);

        // Its revisions run ahead of its series', until that says something later.
        for end in ["2026-04-01T12:30", "2026-04-01T13:00"] {
            let version = version(&house.sees(&ana, one).await);
            app.patch(&format!("/reservations/{one}"), version, json!({"ends_at": end})).by(&ana).await.expect(200);
        }
        let further = app.await_letters(&ana.email, 4).await.remove(3);
        assert_eq!(lines(&further.calendar, "SEQUENCE"), ["SEQUENCE:3"]);

        // From the seventh of April on at another time: the old object ends, a new one begins.
        let path = format!("/series/{}", id(&made));
        let change = json!({"from": "2026-04-07T10:00", "change": {"starts_at": "2026-04-07T13:00", "ends_at": "2026-04-07T14:00"}});
        let now = seen(&house, &ana, &id(&made)).await;
        let part = app.patch(&path, version(&now), change).by(&ana).await.expect(200);
        let letters = app.await_letters(&ana.email, 6).await;
        let of = |series: &str| {
            let uid = format!("UID:{series}@prostor");
            letters[4..].iter().find(|letter| lines(&letter.calendar, "UID").contains(&uid)).unwrap()
        };
        let (old, new) = (of(&id(&made)), of(&id(&part)));
        assert_eq!(lines(&old.calendar, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;UNTIL=20260407T075959Z"]);
        assert_eq!(lines(&old.calendar, "RECURRENCE-ID").len(), 1);
        assert!(lines(&old.calendar, "SEQUENCE").iter().all(|line| line == "SEQUENCE:4"), "{}", old.calendar);
        assert_eq!(lines(&new.calendar, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;COUNT=2"]);
        assert_eq!(lines(&new.calendar, "DTSTART;"), ["DTSTART;TZID=Europe/Ljubljana:20260407T130000"]);

        // Given up but for its first two, then altogether.
        app.post(&format!("{path}/cancel"), json!({"from": "2026-03-20"})).by(&ana).await.expect(200);
        let trimmed = app.await_letters(&ana.email, 7).await.remove(6);
        assert_eq!(lines(&trimmed.calendar, "METHOD"), ["METHOD:REQUEST"]);
        // What is left of it stands, and is to be got into.
        assert_eq!(lines(&trimmed.calendar, "STATUS"), ["STATUS:CONFIRMED"]);
        assert_eq!(lines(&trimmed.calendar, "RRULE:FREQ=WEEKLY"), ["RRULE:FREQ=WEEKLY;UNTIL=20260324T085959Z"]);
        app.post(&format!("{path}/cancel"), json!({})).by(&ana).await.expect(200);
        let gone = app.await_letters(&ana.email, 8).await.remove(7);
        assert_eq!(lines(&gone.calendar, "METHOD"), ["METHOD:CANCEL"]);
        assert_eq!(lines(&gone.calendar, "UID"), [uid]);
        assert!(lines(&gone.calendar, "RECURRENCE-ID").is_empty(), "{}", gone.calendar);
        assert_eq!(app.letters_to(&ana.email).len(), 8);
        house.is_sound();
    }

    async fn requests_go_to_the_staff_in_one_mail(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        let made = repeats(&house, &ana, series(&room, TEN, "FREQ=DAILY;COUNT=9", json!({}))).await.expect(201);
        let asked = app.await_letters(&ana.email, 1).await.remove(0);
        assert_eq!(asked.calendar, "");
        let staff = app.await_letters(&house.manager.email, 1).await;
        assert!(staff.len() == 1 && staff[0].text.contains("9 dates"), "{staff:?}");
        let approve = format!("/series/{}/approve", id(&made));
        app.post(&approve, json!({"message": "Se vidimo"})).if_match(version(&made)).by(&house.manager).await.expect(200);
        let approved = app.await_letters(&ana.email, 2).await.remove(1);
        assert!(approved.text.contains("Se vidimo"), "{}", approved.text);
        assert_eq!(lines(&approved.calendar, "RRULE:FREQ=DAILY"), ["RRULE:FREQ=DAILY;COUNT=9"]);
        // A block cancels three of them: one mail.
        let block = json!({"starts_at": "2026-03-18T08:00", "ends_at": "2026-03-20T20:00", "reason": "Poplava", "on_affected": "cancel"});
        app.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager).await.expect(201);
        let blocked = app.await_letters(&ana.email, 3).await.remove(2);
        assert!(blocked.text.contains("3 dates") && blocked.text.contains("Poplava"), "{}", blocked.text);
        assert_eq!(lines(&blocked.calendar, "EXDATE").len(), 3);
        assert_eq!(app.letters_to(&ana.email).len(), 3);
        house.is_sound();
    }

    async fn what_is_wished_is_told_with_its_own_price(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let pricing = json!({"per_started": {"minutes": 60, "price": 1500}});
        let rate = json!({"audience": "public", "pricing": pricing, "vat": {"code": "standard"}});
        let tariff = json!({"prices_include_vat": true, "rates": [rate]});
        app.put(&format!("/spaces/{room}/tariff"), 1, tariff).by(&house.manager).await.expect(200);
        let hour = json!({"max_duration_minutes": {"value": 60, "beyond": "ask"}});
        house.rules(&format!("/spaces/{room}"), hour).await;
        let four = with(meeting(&room, TEN.0, "2026-03-17T11:00"), json!({"attendees": 4}));
        let asked = series(&room, TEN, "FREQ=DAILY;COUNT=3", json!({"template": four}));
        let made = repeats(&house, &ana, asked).await.expect(201);
        let stands = app.await_letters(&ana.email, 1).await.remove(0);
        assert!(stands.text.contains("45.00"), "{}", stands.text);
        let longer = json!({"change": {"ends_at": TEN.1, "attendees": 9}});
        let path = format!("/series/{}", id(&made));
        let edited = app.patch(&path, version(&made), longer).by(&ana).await.expect(200);
        assert_eq!(each(&edited, "change_requested"), [true; 3]);
        let requested = app.await_letters(&ana.email, 2).await.remove(1);
        let to_decide = app.await_letters(&house.manager.email, 1).await.remove(0);
        for letter in [requested, to_decide] {
            let text = &letter.text;
            assert!(text.contains("90.00") && !text.contains("45.00"), "{text}");
            assert!(text.contains("Attendees: 9") && text.contains("12:00") && !text.contains("11:00"), "{text}");
        }
        // A block that meets the wishes alone ends them all in one mail, about what was wished; what stands stays.
        let block = json!({"starts_at": "2026-03-17T11:00", "ends_at": "2026-03-17T12:00", "reason": "Poplava",
            "recurrence": "FREQ=DAILY;COUNT=3", "on_affected": "cancel"});
        app.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager).await.expect(201);
        let refused = app.await_letters(&ana.email, 3).await.remove(2);
        let text = &refused.text;
        assert!(text.contains("3 dates") && text.contains("12:00") && text.contains("Poplava"), "{text}");
        assert!(text.contains("stays yours as it was") && !text.contains("no longer kept"), "{text}");
        assert!(!text.contains("Price") && !text.contains("Decide by") && refused.calendar.is_empty(), "{text}");
        assert_eq!(app.queued_for(&ana.email).len(), 3);
        let now = seen(&house, &ana, &id(&made)).await;
        assert_eq!((each(&now, "status"), each(&now, "ends_at")), (each(&made, "status"), each(&made, "ends_at")));
        house.is_sound();
    }

    async fn refused_wishes_leave_what_stands_and_refused_requests_do_not(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        let decline = async |series: &str| {
            let path = format!("/series/{series}/decline");
            app.post(&path, json!({"message": "Ne gre"})).by(&house.desk()).await.expect(200);
        };
        house.rules(&format!("/spaces/{room}"), json!({"capacity": {"beyond": "ask"}})).await;
        let asked = series(&room, TEN, "FREQ=DAILY;COUNT=3", json!({}));
        let made = repeats(&house, &ana, asked).await.expect(201);
        let path = format!("/series/{}", id(&made));
        // More people than there are seats, at the same times; in Slovenian, too.
        for (count, language, told) in [(2, "en", "What you had reserved before stays yours"), (4, "sl", "ostane vaše, kakor je bilo")] {
            let me = version(&app.get("/me").by(&ana).await.expect(200));
            app.patch("/me", me, json!({"locale": language})).by(&ana).await.expect(200);
            let now = seen(&house, &ana, &id(&made)).await;
            let more = json!({"change": {"attendees": 20}});
            let wished = app.patch(&path, version(&now), more).by(&ana).await.expect(200);
            assert_eq!(each(&wished, "change_requested"), [true; 3]);
            decline(&id(&made)).await;
            let letters = app.await_letters(&ana.email, count + 1).await;
            let text = &letters[count].text;
            let taken_back = ["no longer kept", "niso več zadržani"].iter().any(|words| text.contains(words));
            assert!(text.contains(told) && text.contains("Ne gre") && !taken_back, "{text}");
            assert_eq!(letters[count].calendar, "");
        }
        let now = seen(&house, &ana, &id(&made)).await;
        assert_eq!(each(&now, "status"), ["confirmed"; 3]);
        house.is_sound();
    }

    async fn a_desk_that_goes_is_one_mail_for_all_its_dates(app: TestApp) {
        let house = House::new(&app).await;
        let ana = app.member("ana");
        let (area, desks) = house.desks("Pisarna", 2).await;
        let there = with(meeting(&area, TEN.0, TEN.1), json!({"unit_ids": [desks[0]]}));
        let asked = series(&area, TEN, "FREQ=DAILY;COUNT=4", json!({"template": there}));
        let made = repeats(&house, &ana, asked).await.expect(201);
        app.await_letters(&ana.email, 1).await;
        let left = json!({"units": [{"id": desks[1], "label": "Miza 2"}], "on_affected": "keep"});
        let now = version(&app.get(&format!("/spaces/{area}")).await.expect(200));
        app.put(&format!("/spaces/{area}/units"), now, left).by(&house.manager).await.expect(200);
        let moved = app.await_letters(&ana.email, 2).await.remove(1);
        assert!(moved.text.contains("4 dates") && moved.text.contains("Units: Miza 2"), "{}", moved.text);
        assert_eq!(lines(&moved.calendar, "RRULE:FREQ=DAILY"), ["RRULE:FREQ=DAILY;COUNT=4"]);
        assert_eq!(lines(&moved.calendar, "SEQUENCE"), ["SEQUENCE:1"]);
        assert_eq!(app.queued_for(&ana.email).len(), 2);
        for one in each(&made, "reservation_id") {
            assert_eq!(house.sees(&ana, one.as_str().unwrap()).await["unit_ids"], json!([desks[1]]));
        }
        // Whatever a later letter is about, calendars go on to name the desk.
        app.post(&format!("/series/{}/cancel", id(&made)), json!({"from": "2026-03-19"})).by(&ana).await.expect(200);
        let trimmed = app.await_letters(&ana.email, 3).await.remove(2);
        for letter in [&moved, &trimmed] {
            assert!(lines(&letter.calendar, "DESCRIPTION")[0].contains("Miza 2"), "{}", letter.calendar);
        }
        house.is_sound();
    }

    async fn the_desk_is_told_though_one_date_went_to_another_space(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, other) = (app.member("ana"), house.desks("Podstrešje", 1).await.0);
        let (area, desks) = house.desks("Pisarna", 2).await;
        let there = with(meeting(&area, TEN.0, TEN.1), json!({"unit_ids": [desks[1]]}));
        let asked = series(&area, TEN, "FREQ=DAILY;COUNT=4", json!({"template": there}));
        let made = repeats(&house, &ana, asked).await.expect(201);
        let one = each(&made, "reservation_id")[1].as_str().unwrap();
        let before = version(&house.sees(&ana, one).await);
        app.patch(&format!("/reservations/{one}"), before, json!({"space_id": other})).by(&ana).await.expect(200);
        app.post(&format!("/series/{}/cancel", id(&made)), json!({"from": "2026-03-20"})).by(&ana).await.expect(200);
        let trimmed = app.await_letters(&ana.email, 3).await.remove(2);
        assert!(lines(&trimmed.calendar, "DESCRIPTION")[0].contains("Miza 2"), "{}", trimmed.calendar);
        house.is_sound();
    }

    async fn what_nobody_decides_lapses_in_one_mail(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        let made = repeats(&house, &ana, series(&room, TEN, "FREQ=DAILY;COUNT=9", json!({}))).await.expect(201);
        house.at("2026-03-05T07:00:01Z");
        assert_eq!(prostor::app::reservations::expire::overdue(&app.app).unwrap(), 1);
        let lapsed = app.await_letters(&ana.email, 2).await.remove(1);
        assert!(lapsed.text.contains("9 dates") && lapsed.calendar.is_empty(), "{}", lapsed.text);
        let now = seen(&house, &ana.renewed(&app), &id(&made)).await;
        assert_eq!(each(&now, "status"), ["expired"; 9]);
        house.is_sound();
    }
}
