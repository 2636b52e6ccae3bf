//! What people are told really reaches them: mails read by foreign parsers, SMTP servers in good and bad
//! moods, several nodes on one outbox.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
    time::Duration,
};

use actix_web::rt::time::sleep;
use diesel::{connection::SimpleConnection, prelude::*};
use prostor::{domain::ids::MessageId, mail::notice::Notice, store::schema::outbox};
use serde_json::{Value, json};

use crate::{
    smtp_sink::{Mood, Sink},
    support::{Backend, House, Options, Person, TestApp, both, id, meeting, version, with},
};

const TITLE: &str = "Čaj, šport; \"žoga\" \\ 🎉, in še nekaj, da bo vrstica gotovo predolga";
const NAME: &str = "Žiga \"Čmrlj\" Šuštar, d.o.o.; 🦊";
const HOUSE: &str = "Hiša ‚Čaša‘, levo; \"spodaj\" 🏠";

both! {
    async fn an_invitation_is_updated_and_taken_back_in_the_readers_calendar(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Dvorana, \"zgoraj\"; 1 🎹").await, app.member("ana"));
        rename(&house, &ana).await;
        let request = meeting(&room, "2026-03-28T10:00", "2026-03-28T11:30");
        let made = house.reserves(&ana, with(request, json!({"title": TITLE}))).await.expect(201);
        app.await_letters(&ana.email, 1).await;
        let path = format!("/reservations/{}", id(&made));
        // Over the night in which summer time begins.
        let moved = json!({"starts_at": "2026-03-30T10:00", "ends_at": "2026-03-30T11:30"});
        house.patch(&path, version(&made), moved).by(&ana).await.expect(200);
        app.await_letters(&ana.email, 2).await;
        house.does(&ana, &id(&made), "cancel").await.expect(200);
        app.await_letters(&ana.email, 3).await;

        let mut mails = read_by_python(&app, &ana.email);
        mails.sort_by_key(|mail| mail["sequence"].as_i64());
        let of = |field: &str| mails.iter().map(|mail| mail[field].clone()).collect::<Vec<_>>();
        assert_eq!(of("method"), ["REQUEST", "REQUEST", "CANCEL"]);
        assert_eq!(of("content_type_method"), of("method"));
        assert_eq!(of("status"), ["CONFIRMED", "CONFIRMED", "CANCELLED"]);
        assert_eq!(of("sequence"), [0, 1, 2]);
        assert_eq!(of("dtstart"), [
            "2026-03-28T10:00:00+01:00", "2026-03-30T10:00:00+02:00", "2026-03-30T10:00:00+02:00",
        ]);
        assert_eq!(of("dtstart_utc"), [
            "2026-03-28T09:00:00Z", "2026-03-30T08:00:00Z", "2026-03-30T08:00:00Z",
        ]);
        let attendee = json!([{"email": ana.email, "name": NAME, "partstat": "ACCEPTED"}]);
        let organizer = json!({"email": "layer@example.org", "name": HOUSE, "partstat": null});
        for mail in &mails {
            for (field, wanted) in [
                ("uid", json!(format!("{}@prostor", id(&made)))),
                ("tzid", json!("Europe/Ljubljana")),
                ("summary", json!(TITLE)),
                ("organizer", organizer.clone()),
                ("attendees", attendee.clone()),
                ("to", json!([{"name": NAME, "email": ana.email}])),
                ("first_property", json!(format!("METHOD:{}", mail["method"].as_str().unwrap()))),
                ("parts", json!(["text/plain", "text/html", "text/calendar", "application/ics"])),
                ("attached_the_same", json!([true])),
                ("defects", json!([])),
                ("bare_line_ends", json!(0)),
                ("calendar_bare_line_ends", json!(0)),
            ] {
                assert_eq!(mail[field], wanted, "{field} of {mail}");
            }
            assert!(mail["longest_octets"].as_i64().unwrap() <= 75, "{mail}");
            assert!(mail["text"].as_str().unwrap().contains(TITLE), "{mail}");
        }
        let ids: BTreeSet<_> = of("message_id").iter().map(Value::to_string).collect();
        assert_eq!(ids.len(), 3, "three letters");
    }

    async fn an_smtp_server_receives_the_confirmation(backend: Backend) {
        let sink = Sink::start(Mood::Willing);
        let app = TestApp::start(backend, through(&sink));
        let (house, ana) = (House::new(&app).await, app.member("ana"));
        let room = house.room("Soba").await;
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let (to, mail) = sink.next();
        assert_eq!(to, ana.email);
        assert!(mail.contains("method=REQUEST") && mail.contains("filename=\"invite.ics\""), "{mail}");
        outbox_is(&app, &[("sent", 1)]).await;
        assert!(sink.is_idle());
    }

    async fn what_is_put_off_comes_later_and_holds_nobody_up(backend: Backend) {
        let sink = Sink::start(Mood::PutsOff(2));
        let app = TestApp::start(backend, through(&sink));
        let (house, ana, bor) = (House::new(&app).await, app.member("later.ana"), app.member("bor"));
        let room = house.room("Soba").await;
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        let (_, first) = sink.next_put_off();
        outbox_is(&app, &[("queued", 1)]).await;
        house.has(&bor, &room, "2026-03-03T11:00", "2026-03-03T12:00").await;
        assert_eq!(sink.next().0, bor.email);
        outbox_is(&app, &[("queued", 1), ("sent", 1)]).await;
        // It is tried again after ten seconds or a quarter more, then after thirty.
        app.advance(13);
        assert_eq!(message_id(&sink.next_put_off().1), message_id(&first));
        outbox_is(&app, &[("queued", 2), ("sent", 1)]).await;
        app.advance(38);
        let (to, last) = sink.next();
        assert_eq!((to, message_id(&last)), (ana.email, message_id(&first)));
        outbox_is(&app, &[("sent", 1), ("sent", 3)]).await;
    }

    async fn an_address_that_is_refused_for_good_is_a_dead_letter_with_an_alarm(backend: Backend) {
        let sink = Sink::start(Mood::Willing);
        let app = TestApp::start(backend, through(&sink));
        let (house, nobody, bor) = (House::new(&app).await, app.member("nobody"), app.member("bor"));
        let room = house.room("Soba").await;
        house.has(&nobody, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        house.has(&bor, &room, "2026-03-03T11:00", "2026-03-03T12:00").await;
        assert_eq!(sink.next().0, bor.email);
        outbox_is(&app, &[("dead", 1), ("sent", 1)]).await;
        let metrics = app.get("/metrics").await.text;
        assert!(metrics.lines().any(|line| line == "prostor_outbox_messages{state=\"dead\"} 1"), "{metrics}");
    }

    async fn a_server_in_a_bad_moment_loses_no_mail_and_a_second_copy_is_known_as_one(backend: Backend) {
        let mut moments = Vec::new();
        for (mood, copies) in [
            (Mood::Refuses("421 too busy", 1), 1),
            (Mood::Refuses("450 mailbox busy", 1), 1),
            (Mood::DropsAfterData(1), 2),
        ] {
            let sink = Sink::start(mood);
            let app = TestApp::start(backend, through(&sink));
            let (house, ana) = (House::new(&app).await, app.member("ana"));
            let room = house.room("Soba").await;
            house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
            moments.push((sink, app, mood, copies));
        }
        for (_, app, ..) in &moments {
            outbox_is(app, &[("queued", 1)]).await;
            app.advance(13);
        }
        for (sink, app, mood, copies) in &moments {
            let taken: BTreeSet<_> = (0..*copies).map(|_| message_id(&sink.next().1)).collect();
            assert_eq!(taken.len(), 1, "{mood:?}");
            outbox_is(app, &[("sent", 2)]).await;
            assert!(sink.is_idle(), "{mood:?}");
        }
    }

    async fn a_node_that_dies_after_the_250_sends_once_more_what_nobody_noted(backend: Backend) {
        let sink = Sink::start(Mood::HangsUp);
        let mut app = TestApp::start(backend, through(&sink));
        let (house, ana) = (House::new(&app).await, app.member("ana"));
        let room = house.room("Soba").await;
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        outbox_is(&app, &[("queued", 1)]).await;
        let said: String = outbox::table.select(outbox::payload).first(&mut *app.connection()).unwrap();
        sink.set(Mood::Willing);
        app.advance(13);
        let first = sink.next();
        outbox_is(&app, &[("sent", 2)]).await;
        app.stop();
        // As it was when the server had said 250: leased by who is no more.
        let leased = (outbox::state.eq("queued"), outbox::payload.eq(said), outbox::attempts.eq(1));
        let by = (outbox::lease.eq(vec![7_u8; 16]), outbox::due_at.eq(app.app.now().plus(900)));
        diesel::update(outbox::table).set((leased, by)).execute(&mut *app.connection()).unwrap();
        let next = app.another(Options { clock: app.clock.clone(), ..through(&sink) });
        if backend == Backend::Postgres {
            // Another node may still be at it, until the lease is over.
            app.advance(900);
        }
        let (to, mail) = sink.next();
        assert_eq!((to, message_id(&mail)), (first.0, message_id(&first.1)));
        outbox_is(&next, &[("sent", 2)]).await;
    }

    async fn a_server_that_is_away_loses_no_mail(backend: Backend) {
        let sink = Sink::start(Mood::HangsUp);
        let app = TestApp::start(backend, through(&sink));
        let (house, ana) = (House::new(&app).await, app.member("ana"));
        let room = house.room("Soba").await;
        house.has(&ana, &room, "2026-03-03T10:00", "2026-03-03T11:00").await;
        outbox_is(&app, &[("queued", 1)]).await;
        sink.set(Mood::Willing);
        app.advance(13);
        assert_eq!(sink.next().0, ana.email);
        outbox_is(&app, &[("sent", 2)]).await;
    }
}

/// How many mails two nodes share; `make proof` has more.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn mails() -> usize {
    std::env::var("PROSTOR_TEST_MAILS").map_or(500, |mails| mails.parse().expect("PROSTOR_TEST_MAILS"))
}

/// On SQLite there is one node: its writer is the only one (DESIGN 9).
#[test]
fn two_nodes_share_the_work_and_send_each_mail_once() {
    let mails = mails();
    actix_web::rt::System::new().block_on(async {
        let sink = Sink::start(Mood::Willing);
        let one = TestApp::start(Backend::Postgres, through(&sink));
        let two = one.another(through(&sink));
        queue(&one, mails);
        // Each has a mail of its own to send at once, and finds the others.
        for (node, name) in [(&one, "ana"), (&two, "bor")] {
            let link = json!({"email": node.member(name).email});
            node.post("/auth/link", link).await.expect(202);
        }
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for _ in 0..mails + 2 {
            *times.entry(message_id(&sink.next().1)).or_default() += 1;
        }
        outbox_is(&one, &vec![("sent", 1); mails + 2]).await;
        assert!(sink.is_idle() && times.len() == mails + 2, "some were sent twice: {times:?}");
        for node in [&one, &two] {
            let metrics = node.get("/metrics").await.text;
            let (_, sent) =
                metrics.split_once("prostor_mails_total{outcome=\"sent\"} ").expect("both worked");
            println!("{}", sent.lines().next().unwrap());
        }
    });
}

fn through(sink: &Sink) -> Options {
    Options { mail_url: Some(sink.url.clone()), ..Options::default() }
}

/// Gives the house and the person names that are hard to write.
async fn rename(house: &House<'_>, person: &Person) {
    let path = format!("/venues/{}", house.venue);
    let venue = house.get(&path).await.expect(200);
    house.patch(&path, version(&venue), json!({"name": HOUSE})).by(&house.manager).await.expect(200);
    let me = house.get("/me").by(person).await.expect(200);
    house.patch("/me", version(&me), json!({"name": NAME})).by(person).await.expect(200);
}

/// Sign-in mails that wait for whoever looks first.
fn queue(app: &TestApp, count: usize) {
    let mut connection = app.connection();
    connection.batch_execute("BEGIN").unwrap();
    for n in 0..count {
        let notice =
            Notice::SignIn { link: "https://prostor.example/".into(), code: "123456".into(), minutes: 10 };
        let id: MessageId = app.app.id();
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(id),
                outbox::kind.eq(notice.kind()),
                outbox::priority.eq(0_i16),
                outbox::to_email.eq(format!("member{n}@example.org")),
                outbox::to_name.eq("Ana"),
                outbox::locale.eq("en"),
                outbox::payload.eq(serde_json::to_string(&notice).unwrap()),
                outbox::state.eq("queued"),
                outbox::due_at.eq(app.app.now()),
                outbox::created_at.eq(app.app.now()),
            ))
            .execute(&mut *connection)
            .unwrap();
    }
    connection.batch_execute("COMMIT").unwrap();
}

/// Waits until every message of the outbox is in a state, after so many attempts.
async fn outbox_is(app: &TestApp, wanted: &[(&str, i32)]) {
    let mut wanted: Vec<_> =
        wanted.iter().map(|(state, attempts)| ((*state).to_owned(), *attempts)).collect();
    wanted.sort();
    let mut found: Vec<(String, i32)> = Vec::new();
    for _ in 0..1000 {
        let rows = outbox::table.select((outbox::state, outbox::attempts));
        found = rows.load(&mut *app.connection()).unwrap();
        found.sort();
        if found == wanted {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("the outbox has {found:?}, not {wanted:?}");
}

fn message_id(mail: &str) -> String {
    let line = mail.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:"));
    line.expect("every mail has a Message-ID").to_owned()
}

/// The mails to an address, as Python's email and icalendar packages see them.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn read_by_python(app: &TestApp, email: &str) -> Vec<Value> {
    let python =
        std::env::var("PROSTOR_TEST_PYTHON").expect("scripts/test-environment names the interpreter");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/parse_mail.py");
    let files = fs::read_dir(&app.mailbox).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
    let output =
        Command::new(python).arg(script).args(files).env("PYTHONIOENCODING", "utf-8").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let mails = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    mails.filter(|mail| mail["to"][0]["email"] == email).collect()
}
