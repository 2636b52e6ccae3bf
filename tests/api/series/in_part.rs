//! Series of which a part stands and a part waits: two letters, and calendars that only ever show what stands.

use serde_json::{Value, json};

use super::{each, mails::lines, repeats, seen, series};
use crate::support::{House, Letter, Person, TestApp, both, id, version};

const TEN: (&str, &str) = ("2026-03-17T10:00", "2026-03-17T12:00");
const DOOR: &str = "Koda vrat: 4711";

/// Three Tuesdays, of which the venue answers for the last two, and who asked for them.
async fn asked(house: &House<'_>) -> (Person, Value) {
    let path = format!("/venues/{}", house.venue);
    let venue = house.get(&path).await.expect(200);
    house
        .patch(&path, version(&venue), json!({"access_instructions": DOOR}))
        .by(&house.manager)
        .await
        .expect(200);
    let (room, ana) = (house.room("Sejna soba").await, house.member("ana"));
    house.rules(&format!("/spaces/{room}"), json!({"horizon_days": {"value": 18, "beyond": "ask"}})).await;
    let made = repeats(house, &ana, series(&room, TEN, "FREQ=WEEKLY;COUNT=3", json!({}))).await.expect(201);
    assert_eq!(each(&made, "status"), ["confirmed", "pending", "pending"]);
    (ana, made)
}

/// Which of so many letters say this; the rest.
async fn told(house: &House<'_>, to: &Person, count: usize, words: &str) -> (Vec<Letter>, Vec<Letter>) {
    let letters = house.await_letters(&to.email, count).await;
    assert_eq!(house.queued_for(&to.email).len(), count, "{letters:#?}");
    letters.into_iter().partition(|letter| letter.text.contains(words))
}

/// The one calendar object in a letter: of the whole series, standing, as of a revision and by a rule.
#[track_caller]
fn shows(letter: &Letter, series: &Value, sequence: u32, rule: &str) {
    let calendar = &letter.calendar;
    for (name, wanted) in [
        ("METHOD", "METHOD:REQUEST".to_owned()),
        ("UID", format!("UID:{}@prostor", id(series))),
        ("STATUS", "STATUS:CONFIRMED".to_owned()),
        ("SEQUENCE", format!("SEQUENCE:{sequence}")),
        ("RRULE:FREQ=WEEKLY", format!("RRULE:FREQ=WEEKLY;{rule}")),
    ] {
        assert_eq!(lines(calendar, name), [wanted], "{calendar}");
    }
    assert!(lines(calendar, "RECURRENCE-ID").is_empty(), "{calendar}");
}

both! {
    async fn what_stands_and_what_waits_are_told_apart(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, made) = asked(&house).await;
        let (confirmed, requested) = told(&house, &ana, 2, DOOR).await;
        let [confirmed, requested] = [&confirmed[0], &requested[0]];
        let text = &confirmed.text;
        assert!(text.contains("1 date: 17 Mar 2026") && text.contains("2 more dates wait for the venue's approval"), "{text}");
        assert!(!text.contains("24 Mar") && !text.contains("31 Mar"), "{text}");
        shows(confirmed, &made, 0, "UNTIL=20260324T085959Z");
        let start = "DTSTART;TZID=Europe/Ljubljana:20260317T100000";
        assert_eq!(lines(&confirmed.calendar, "DTSTART;"), [start]);
        assert!(lines(&confirmed.calendar, "DESCRIPTION")[0].contains(DOOR), "{}", confirmed.calendar);
        let text = &requested.text;
        assert!(text.contains("2 dates: from 24 Mar 2026") && text.contains("to 31 Mar 2026"), "{text}");
        assert!(text.contains("must approve the dates below") && !text.contains("17 Mar") && !text.contains("4711"), "{text}");
        // What it carries shows what stands, and nothing else: whichever letter comes first, calendars have that.
        assert_eq!(requested.calendar, confirmed.calendar);
        let to_decide = app.await_letters(&house.manager.email, 1).await.remove(0);
        assert!(to_decide.text.contains("2 dates") && to_decide.calendar.is_empty(), "{}", to_decide.text);
        assert_eq!(app.queued_for(&house.manager.email).len(), 1);
        house.is_sound();
    }

    async fn what_is_approved_joins_what_stands(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, made) = asked(&house).await;
        let approve = format!("/series/{}/approve", id(&made));
        app.post(&approve, json!({"message": "Se vidimo"})).if_match(version(&made)).by(&house.manager).await.expect(200);
        let (approved, _) = told(&house, &ana, 3, "Se vidimo").await;
        let text = &approved[0].text;
        assert!(text.contains("2 dates: from 24 Mar 2026") && text.contains(DOOR) && !text.contains("wait for"), "{text}");
        shows(&approved[0], &made, 1, "COUNT=3");
        assert!(lines(&approved[0].calendar, "EXDATE").is_empty(), "{}", approved[0].calendar);
        house.is_sound();
    }

    async fn what_is_declined_takes_nothing_from_what_stands(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, made) = asked(&house).await;
        let path = format!("/series/{}", id(&made));
        app.post(&format!("{path}/decline"), json!({"message": "Ne gre"})).by(&house.manager).await.expect(200);
        let (declined, _) = told(&house, &ana, 3, "Ne gre").await;
        let text = &declined[0].text;
        assert!(text.contains("2 dates: from 24 Mar 2026") && !text.contains("17 Mar"), "{text}");
        assert_eq!(declined[0].calendar, "");
        assert_eq!(each(&seen(&house, &ana, &id(&made)).await, "status"), ["confirmed", "declined", "declined"]);
        // The series as a whole is taken from calendars once nothing of it stands, and not before.
        app.post(&format!("{path}/cancel"), json!({})).by(&ana).await.expect(200);
        let (gone, _) = told(&house, &ana, 4, "You cancelled the date below").await;
        let calendar = &gone[0].calendar;
        assert_eq!(lines(calendar, "METHOD"), ["METHOD:CANCEL"]);
        assert_eq!(lines(calendar, "UID"), [format!("UID:{}@prostor", id(&made))]);
        assert_eq!(lines(calendar, "SEQUENCE"), ["SEQUENCE:2"]);
        assert!(lines(calendar, "RECURRENCE-ID").is_empty(), "{calendar}");
        house.is_sound();
    }

    async fn one_that_is_approved_by_itself_comes_with_the_whole_calendar(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, made) = asked(&house).await;
        let last = each(&made, "reservation_id")[2].as_str().unwrap().to_owned();
        let now = version(&house.sees(&house.manager, &last).await);
        let approve = format!("/reservations/{last}/approve");
        app.post(&approve, json!({"message": "Se vidimo"})).if_match(now).by(&house.manager).await.expect(200);
        let (approved, _) = told(&house, &ana, 3, "Se vidimo").await;
        let text = &approved[0].text;
        for words in ["1 date: 31 Mar 2026", "1 more date waits for the venue's approval", DOOR, "without signing in"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        shows(&approved[0], &made, 1, "COUNT=3");
        assert_eq!(lines(&approved[0].calendar, "EXDATE"), ["EXDATE;TZID=Europe/Ljubljana:20260324T100000"]);
        // Given up, it alone is taken back.
        house.does(&ana, &last, "cancel").await.expect(200);
        let (gone, _) = told(&house, &ana, 4, "You cancelled").await;
        let calendar = &gone[0].calendar;
        assert_eq!(lines(calendar, "METHOD"), ["METHOD:CANCEL"]);
        assert_eq!(lines(calendar, "RECURRENCE-ID"), ["RECURRENCE-ID;TZID=Europe/Ljubljana:20260331T100000"]);
        assert_eq!(lines(calendar, "SEQUENCE"), ["SEQUENCE:2"]);
        // And what waits no longer is told without a calendar.
        let second = each(&made, "reservation_id")[1].as_str().unwrap().to_owned();
        app.post(&format!("/reservations/{second}/decline"), json!({"message": "Ne gre"})).by(&house.manager).await.expect(200);
        let (declined, _) = told(&house, &ana, 5, "Ne gre").await;
        assert_eq!(declined[0].calendar, "");
        house.is_sound();
    }

    async fn what_ran_out_is_told_as_waiting_no_more(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
        // The first could be approved until it began, the other two for three days.
        let daily = series(&room, ("2026-03-04T10:00", "2026-03-04T12:00"), "FREQ=DAILY;COUNT=3", json!({}));
        let made = repeats(&house, &ana, daily).await.expect(201);
        house.at("2026-03-04T09:00:00Z");
        let last = each(&made, "reservation_id")[2].as_str().unwrap().to_owned();
        let approve = app.post(&format!("/reservations/{last}/approve"), json!({"message": "Se vidimo"}));
        approve.header("if-match", "*").by(&house.desk()).await.expect(200);
        let kinds = app.queued_for(&ana.email).len();
        let letters = app.await_letters(&ana.email, kinds).await;
        let approved = letters.iter().find(|letter| letter.text.contains("Se vidimo")).unwrap();
        assert!(approved.text.contains("1 more date waits for the venue's approval"), "{}", approved.text);
    }

    async fn one_that_went_elsewhere_is_approved_there(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, made) = asked(&house).await;
        let other = house.room("Atelje").await;
        house.rules(&format!("/spaces/{other}"), json!({"approval": "always"})).await;
        let last = format!("/reservations/{}", each(&made, "reservation_id")[2].as_str().unwrap());
        let before = version(&app.get(&last).by(&ana).await.expect(200));
        let moved = app.patch(&last, before, json!({"space_id": other})).by(&ana).await.expect(200);
        assert_eq!(moved["status"], "pending");
        let approve = app.post(&format!("{last}/approve"), json!({"message": "Se vidimo"}));
        approve.if_match(version(&moved)).by(&house.manager).await.expect(200);
        let letters = house.await_letters(&ana.email, house.queued_for(&ana.email).len()).await;
        let approved = letters.iter().find(|letter| letter.text.contains("Se vidimo")).unwrap();
        assert!(approved.text.contains("Space: Atelje"), "{}", approved.text);
        // The series is where it was; that date alone is elsewhere.
        let there = lines(&approved.calendar, "LOCATION");
        assert!(there[0].starts_with("LOCATION:Sejna soba") && there[1].starts_with("LOCATION:Atelje"), "{there:?}");
        assert_eq!(lines(&approved.calendar, "RECURRENCE-ID"), ["RECURRENCE-ID;TZID=Europe/Ljubljana:20260331T100000"]);
        house.is_sound();
    }

    async fn an_edit_tells_apart_what_moves_and_what_is_to_be_decided(app: TestApp) {
        let house = House::new(&app).await;
        let (ana, made) = asked(&house).await;
        let path = format!("/series/{}", id(&made));
        app.post(&format!("{path}/approve"), json!({})).if_match(version(&made)).by(&house.manager).await.expect(200);
        app.await_letters(&ana.email, 3).await;
        let later = json!({"change": {"starts_at": "2026-03-17T13:00", "ends_at": "2026-03-17T15:00"}});
        let now = version(&seen(&house, &ana, &id(&made)).await);
        let edited = app.patch(&path, now, later).by(&ana).await.expect(200);
        assert_eq!(each(&edited, "change_requested"), [false, true, true]);
        let (changed, others) = told(&house, &ana, 5, "The details below now apply").await;
        let text = &changed[0].text;
        assert!(text.contains("1 date: 17 Mar 2026, 13:00–15:00") && !text.contains("24 Mar"), "{text}");
        let is_requested = |letter: &&Letter| letter.text.contains("must approve") && letter.text.contains("13:00");
        let requested = others.iter().find(is_requested).unwrap();
        assert!(requested.text.contains("2 dates: from 24 Mar 2026, 13:00–15:00"), "{}", requested.text);
        assert_eq!(requested.calendar, changed[0].calendar);
        // What waits stays where it was until then.
        let other = "RECURRENCE-ID;TZID=Europe/Ljubljana:20260324T130000";
        assert!(lines(&requested.calendar, "RECURRENCE-ID").contains(&other.to_owned()), "{}", requested.calendar);
        assert!(lines(&requested.calendar, "DTSTART;").contains(&"DTSTART;TZID=Europe/Ljubljana:20260324T100000".to_owned()));
        house.is_sound();
    }
}
