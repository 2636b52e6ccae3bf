//! Calendars kept elsewhere: their events are blocks, what stands stays, and nobody is sent where they may not go.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
};

use diesel::prelude::*;
use prostor::{
    app::{
        digests,
        outside::{address::Reach, refresh},
    },
    store::schema::{audit, outside_blocks, outside_calendars},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Backend, House, Options, TestApp, both, id, version};

/// Addresses that are nobody's to be sent to, in every notation, and what says so.
const NOT_EVERYBODYS: &[(&str, &str)] = &[
    ("http://127.0.0.1/", "address_not_public"),
    ("http://2130706433/", "address_not_public"),
    ("http://0x7f.1/", "address_not_public"),
    ("http://0177.0.0.1/", "address_not_public"),
    ("http://127.0.0.1./", "address_not_public"),
    ("http://0.0.0.0/", "address_not_public"),
    ("http://10.1.2.3/", "address_not_public"),
    ("http://100.64.0.1/", "address_not_public"),
    ("http://169.254.169.254/latest/meta-data/", "address_not_public"),
    ("http://172.16.0.1/", "address_not_public"),
    ("http://192.168.0.1/", "address_not_public"),
    ("http://[::1]/", "address_not_public"),
    ("http://[::ffff:127.0.0.1]/", "address_not_public"),
    ("http://[::127.0.0.1]/", "address_not_public"),
    ("http://[64:ff9b::10.0.0.1]/", "address_not_public"),
    ("http://[::ffff:7f00:1]/", "address_not_public"),
    ("http://[2002:7f00:1::]/", "address_not_public"),
    ("http://[fe80::1]/", "address_not_public"),
    ("http://[fe80::1%25eth0]/", "not_a_calendar_address"),
    ("http://[fe80::1%eth0]/", "not_a_calendar_address"),
    ("http://[fd00::1]/", "address_not_public"),
    ("http://localhost/", "address_not_public"),
    ("http://Localhost./", "address_not_public"),
    ("webcal://printer.local/", "address_not_public"),
    ("https://calendar.example.org:8443/", "address_not_public"),
    ("https://calendar.example.org@127.0.0.1/", "not_a_calendar_address"),
    ("https://user:word@calendar.example.org/", "not_a_calendar_address"),
    ("file:///etc/passwd", "not_a_calendar_address"),
    ("ftp://calendar.example.org/", "not_a_calendar_address"),
    ("gopher://127.0.0.1:6379/_FLUSHALL", "not_a_calendar_address"),
];

/// Somebody else's server: answers every request with what stands here, and remembers what it was asked.
struct Elsewhere {
    url: String,
    answer: Arc<Mutex<String>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/choir.ics", listener.local_addr().unwrap());
        let (answer, asked) = (Arc::new(Mutex::new(String::new())), Arc::new(Mutex::new(Vec::new())));
        let (says, hears) = (answer.clone(), asked.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut head = String::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                while reader.read_line(&mut head).is_ok_and(|length| length > 2) {}
                hears.lock().unwrap().push(head.to_lowercase());
                let answer: String = says.lock().unwrap().clone();
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { url, answer, asked }
    }

    fn says(&self, status: &str, headers: &str, body: &str) {
        let length = body.len();
        *self.answer.lock().unwrap() = format!(
            "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
    }

    /// A calendar of these events: name, start and end of a day in March.
    fn has(&self, events: &[(&str, &str, &str)]) {
        let event = |(name, start, end): &(&str, &str, &str)| {
            format!(
                "BEGIN:VEVENT\r\nUID:{name}\r\nSUMMARY:{name}\r\nDTSTART;TZID=Europe/Ljubljana:202603{start}00\r\n\
                DTEND;TZID=Europe/Ljubljana:202603{end}00\r\nEND:VEVENT\r\n"
            )
        };
        let events: String = events.iter().map(event).collect();
        self.says(
            "200 OK",
            "Content-Type: text/calendar\r\nETag: \"one\"\r\n",
            &format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n"),
        );
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn reaching(backend: Backend, reach: Reach) -> TestApp {
    TestApp::start(backend, Options { outside_calendars: Some(reach), ..Options::default() })
}

async fn subscribed(house: &House<'_>, url: &str, space: Option<&str>) -> Value {
    let body = json!({"name": "Choir", "url": url, "space_id": space});
    house
        .post(&format!("/venues/{}/outside-calendars", house.venue), body)
        .by(&house.desk())
        .await
        .expect(201)
}

/// The calendar after it was read once more.
async fn read(house: &House<'_>, calendar: &Value) -> Value {
    let path = format!("/outside-calendars/{}", id(calendar));
    let before = house.call(Method::POST, &format!("{path}/refresh")).by(&house.desk()).await.expect(200);
    // The service's own thread may be faster, and then has it.
    for _ in 0..200 {
        refresh::due(&house.app).unwrap();
        let now = house.get(&path).by(&house.desk()).await.expect(200);
        if version(&now) > version(&before) {
            return now;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("{calendar} was never read");
}

async fn blocks(house: &House<'_>, space: &str) -> Vec<String> {
    let list = house.get(&format!("/spaces/{space}/blocks")).by(&house.desk()).await.expect(200);
    let shown = |block: &Value| {
        format!("{} {}", block["reason"].as_str().unwrap(), &block["starts_at"].as_str().unwrap()[5..16])
    };
    let mut all: Vec<String> = list["items"].as_array().unwrap().iter().map(shown).collect();
    all.sort();
    all
}

both! {
    async fn events_become_blocks_and_what_stands_stays(backend: Backend) {
        let app = reaching(backend, Reach::Everywhere);
        let (house, choir) = (House::new(&app).await, Elsewhere::new());
        let (room, other, ana) = (house.room("Sejna soba").await, house.room("Druga soba").await, app.member("ana"));
        let kept = house.has(&ana, &room, "2026-03-05T11:00", "2026-03-05T12:00").await;
        choir.has(&[("Koncert", "05T1000", "05T1300"), ("Vaja", "06T1000", "06T1100"), ("Lani", "01T1000", "01T1100")]);
        let made = subscribed(&house, &choir.url, Some(&room)).await;
        assert_eq!((&made["result"], &made["conflicts"]), (&Value::Null, &json!([])));
        let seen = read(&house, &made).await;
        assert_eq!((&seen["result"], &seen["report"]["events"], &seen["failures"]), (&json!("ok"), &json!(2), &json!(0)));
        assert_eq!(blocks(&house, &room).await, ["Koncert 03-05T10:00", "Vaja 03-06T10:00"]);
        assert_eq!(blocks(&house, &other).await, Vec::<String>::new());
        // Told of, not overwritten.
        let conflicts = seen["conflicts"].as_array().unwrap();
        assert_eq!((conflicts.len(), &conflicts[0]["reservations"], &conflicts[0]["starts_at"]), (1, &json!([kept["id"]]), &json!("2026-03-05T10:00:00+01:00")));
        assert_eq!(house.sees(&ana, &id(&kept)).await["status"], "confirmed");
        house.asks(&ana, &room, "2026-03-05T10:00", "2026-03-05T11:00").await.refused(409, "slot_taken");
        house.is_sound();
        // Unchanged, nothing happens; and it is asked for what is new alone.
        assert!(!choir.asked().concat().contains("if-none-match"));
        choir.says("304 Not Modified", "", "");
        assert_eq!(read(&house, &made).await["result"], "ok");
        assert!(choir.asked().concat().contains("if-none-match: \"one\""));
        assert_eq!(blocks(&house, &room).await.len(), 2);
        // Removed events give their time back, moved ones move.
        choir.has(&[("Vaja", "06T1200", "06T1300"), ("Jazz", "07T1000", "07T1100")]);
        read(&house, &made).await;
        assert_eq!(blocks(&house, &room).await, ["Jazz 03-07T10:00", "Vaja 03-06T12:00"]);
        house.has(&ana, &room, "2026-03-05T10:00", "2026-03-05T11:00").await;
        // What goes wrong changes nothing, is told, and tried again later and later.
        for (status, headers, body, result, failures, minutes) in [
            ("200 OK", "", "<!doctype html><title>Sign in</title>", "not_a_calendar", 1, 30),
            ("200 OK", "", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "not_a_calendar", 2, 60),
            ("500 Oh", "", "", "status_refused", 3, 120),
            ("302 Found", "Location: http://127.0.0.1:1/\r\n", "", "redirected", 4, 240),
        ] {
            choir.says(status, headers, body);
            choir.asked();
            let seen = read(&house, &made).await;
            assert_eq!((&seen["result"], &seen["failures"]), (&json!(result), &json!(failures)));
            let due = crate::support::at(seen["due_at"].as_str().unwrap());
            assert_eq!(due.since(app.clock.now()), minutes * 60);
            assert_eq!((blocks(&house, &room).await.len(), choir.asked().len()), (2, 1));
        }
        // What staff lift stays lifted; what is given up goes.
        choir.has(&[("Vaja", "06T1200", "06T1300"), ("Jazz", "07T1000", "07T1100")]);
        let list = house.get(&format!("/spaces/{room}/blocks")).by(&house.desk()).await.expect(200);
        let vaja = list["items"].as_array().unwrap().iter().find(|block| block["reason"] == "Vaja").unwrap();
        app.delete(&format!("/blocks/{}", id(vaja)), 1).by(&house.desk()).await.expect(204);
        let seen = read(&house, &made).await;
        assert_eq!(blocks(&house, &room).await, ["Jazz 03-07T10:00"]);
        app.delete(&format!("/outside-calendars/{}", id(&made)), version(&seen)).by(&house.desk()).await.expect(204);
        assert_eq!(blocks(&house, &room).await, Vec::<String>::new());
        house.is_sound();
    }

    async fn the_staff_hear_in_the_morning_what_is_wrong(backend: Backend) {
        let app = reaching(backend, Reach::Everywhere);
        let (house, choir) = (House::new(&app).await, Elsewhere::new());
        let (room, ana) = (house.room("Sejna soba").await, app.member("ana"));
        digests::send_due(&app.app).unwrap();
        house.has(&ana, &room, "2026-03-05T11:00", "2026-03-05T12:00").await;
        choir.has(&[("Koncert", "05T1000", "05T1300"), ("Vaja", "06T1000", "06T1100")]);
        let made = subscribed(&house, &choir.url, Some(&room)).await;
        read(&house, &made).await;
        house.at("2026-03-03T06:00:00Z");
        digests::send_due(&app.app).unwrap();
        let first = app.await_letters(&house.manager.email, 1).await.remove(0);
        assert!(first.text.contains("Outside calendars:") && first.text.contains("1 event overlaps with a reservation"), "{}", first.text);
        assert!(!first.text.contains("Can not be read"), "{}", first.text);
        choir.says("503 Service Unavailable", "", "");
        assert_eq!(read(&house, &made).await["result"], "status_refused");
        house.at("2026-03-04T06:00:00Z");
        digests::send_due(&app.app).unwrap();
        let second = app.await_letters(&house.manager.email, 2).await.remove(1);
        assert!(second.text.contains("Can not be read; it was last read on") && second.text.contains("Its server refused it."), "{}", second.text);
    }

    async fn a_venues_calendar_takes_all_spaces_and_two_nodes_read_it_once(backend: Backend) {
        let app = reaching(backend, Reach::Everywhere);
        let (house, choir) = (House::new(&app).await, Elsewhere::new());
        let [hall, left, right] = house.hall("Dvorana").await;
        choir.has(&[("Zaprto", "05T0000", "06T0000")]);
        let made = subscribed(&house, &choir.url, None).await;
        let another = app.another(Options { outside_calendars: Some(Reach::Everywhere), ..Options::default() });
        let nodes = [app.app.clone(), another.app.clone()];
        let read_by: Vec<_> = nodes.map(|node| std::thread::spawn(move || refresh::due(&node).unwrap())).into();
        let tried: usize = read_by.into_iter().map(|thread| thread.join().unwrap()).sum();
        // A node's own thread may have been faster than both, and still be at it.
        assert!(tried <= 1, "{tried}");
        let mut seen = Value::Null;
        for _ in 0..200 {
            seen = app.get(&format!("/outside-calendars/{}", id(&made))).by(&house.desk()).await.expect(200);
            if !seen["result"].is_null() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert_eq!((choir.asked().len(), &seen["result"]), (1, &json!("ok")));
        for space in [&hall, &left, &right] {
            assert_eq!(blocks(&house, space).await, ["Zaprto 03-05T00:00"]);
        }
        house.is_sound();
    }

    async fn nobody_is_sent_to_an_address_that_is_not_everybodys(backend: Backend) {
        let app = reaching(backend, Reach::Public);
        let (house, secret) = (House::new(&app).await, Elsewhere::new());
        let room = house.room("Sejna soba").await;
        let path = format!("/venues/{}/outside-calendars", house.venue);
        let made = subscribed(&house, "https://calendar.example.org/choir.ics", Some(&room)).await;
        let own = format!("/outside-calendars/{}", id(&made));
        let rows = || -> (i64, i64, i64) {
            let connection = &mut *app.connection();
            (outside_calendars::table.count().get_result(connection).unwrap(), outside_blocks::table.count().get_result(connection).unwrap(),
                audit::table.count().get_result(connection).unwrap())
        };
        let before = rows();
        let own_machine = (secret.url.as_str(), "address_not_public");
        for &(url, code) in NOT_EVERYBODYS.iter().chain([&own_machine]) {
            let body = json!({"name": "Choir", "url": url});
            let moved = app.patch(&own, version(&made), json!({"url": url}));
            for call in [app.post(&path, body), moved] {
                let refused = call.by(&house.desk()).await.refused(422, "invalid");
                assert_eq!((&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]), (&json!("/url"), &json!(code)), "{url}");
            }
        }
        assert_eq!(rows(), before);
        // Nor where such an address came to stand in the database.
        let row = outside_calendars::table;
        diesel::update(row).set(outside_calendars::url.eq(&secret.url)).execute(&mut *app.connection()).unwrap();
        secret.has(&[("Koncert", "05T1000", "05T1300")]);
        assert_eq!(read(&house, &made).await["result"], "address_refused");
        assert_eq!((blocks(&house, &room).await, secret.asked()), (vec![], vec![]));
        house.is_sound();
    }
}
