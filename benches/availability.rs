//! How fast availability is: the pure sweep, one space through the database, a search over 1,000 spaces; and how fast a
//! series of 366 is previewed and made.
//!
//! `make bench` measures on SQLite in a temporary file; `PROSTOR_BENCH_DATABASE_URL=postgres://…` (an empty
//! database) on PostgreSQL. `PROSTOR_BENCH_PAST` past reservations (0) lie in the space's history.

use std::{sync::Arc, time::Duration};

use chrono::{NaiveDate, NaiveTime};
use criterion::{Criterion, criterion_group, criterion_main};
use diesel::connection::SimpleConnection;
use prostor::{
    app::{
        App, Done,
        availability::{
            search::{self, Search, Wanted},
            space::{self, Question},
        },
        clock::Clock,
        credentials::{
            access_token::{KeyRing, SigningKey},
            random,
            sealing::Secret,
        },
        page::Asked,
        reservations::series::{NewSeries, SeriesCancellation, cancel, create, preview},
        version::Expected,
    },
    domain::{
        access::{Actor, Person, Place},
        check_in::Presence,
        holidays::Country,
        hours::{Day, HolidayHours, HoursVersion, WeeklyRule},
        ids::{SeriesId, SpaceId, UserId},
        instant::{Instant, Interval},
        places::{Address, Network, Venue},
        policy::Policy,
        record::{Holder, Occupancy, Reservation},
        reservation::{Purpose, Status},
        series::OccurrenceOutcome,
        space::{Allocation, BookedBy, Buffers, Space, SpaceKind, Unit},
        tariff::Tariff,
        zone::{DateOrTime, Zone},
    },
    store::{
        db::{Database, Sizing, WriteTx},
        dialect::{self, Access, Target},
        error::StoreError,
        hours::{self, Owner},
        occupancies, people, places, reservations, spaces,
    },
};

/// Monday, 2 November 2026, 8 o'clock in Ljubljana.
const NOW: Instant = Instant::from_unix(1_793_602_800);
const SPACES: usize = 1000;
const IN_A_MONTH: i64 = 200;

struct Fixture {
    app: Arc<App>,
    busy: SpaceId,
    /// A space with four reservations.
    quiet: SpaceId,
    manager: Actor,
    _folder: tempfile::TempDir,
}

fn date(day: i64) -> DateOrTime {
    let first = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date");
    DateOrTime::Date(first + chrono::Duration::days(day))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by its own variables what to measure")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn fixture() -> Fixture {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = format!("sqlite:{}", folder.path().join("bench.db").display());
    let url = setting("PROSTOR_BENCH_DATABASE_URL").unwrap_or(file);
    let target = Target::parse(&url).expect("a database URL");
    Database::migrate(&target).expect("migrations run");
    let db = Database::open(target.clone(), &Sizing::default(), Arc::new(|| ())).expect("the database opens");
    let key = SigningKey::generate(NOW);
    let secret = Secret::parse(&Secret::generate()).expect("a fresh secret");
    let keys = KeyRing::new("bench", &key, &[]);
    let app = App::new(db, None, Clock::simulated(NOW), &secret, keys, "http://bench".to_owned());
    let (busy, quiet, place, user) = seed(&app).expect("seeding");
    if let Some(past) = setting("PROSTOR_BENCH_PAST").and_then(|n| n.parse::<i64>().ok()) {
        seed_past(&target, busy, past);
    }
    let manager = Actor::Person(Person {
        id: user,
        session: app.id(),
        verified: true,
        administrator: false,
        staff_of: vec![place.venue],
        decides_for: Vec::new(),
        coordinates: Vec::new(),
        organisations: Vec::new(),
    });
    Fixture { app, busy, quiet, manager, _folder: folder }
}

fn seed(app: &Arc<App>) -> Result<(SpaceId, SpaceId, Place, UserId), StoreError> {
    let ids: Vec<SpaceId> = (0..SPACES).map(|_| app.id()).collect();
    let (busy, quiet) = (ids[0], ids[1]);
    let maker = app.clone();
    app.db.write("seed", move |tx| {
        let (place, user) = seed_venue(tx, &maker)?;
        for (number, id) in ids.iter().enumerate() {
            let space = space_of(&maker, *id, place, number);
            spaces::insert(tx, &space, &[maker.id()])?;
            let count = if *id == busy { IN_A_MONTH } else { 4 };
            seed_reservations(tx, &maker, &space, user, count)?;
        }
        Ok::<_, StoreError>((busy, quiet, place, user))
    })
}

fn seed_venue(tx: &mut WriteTx, app: &App) -> Result<(Place, UserId), StoreError> {
    let network = Network {
        id: app.id(),
        name: "Bench".to_owned(),
        slug: "bench".to_owned(),
        country: Country::SLOVENIA,
        zone: Zone::default(),
        policy: Policy::default(),
        policy_version: 1,
        is_demo: true,
        version: 1,
        created_at: NOW,
    };
    places::insert_network(tx, &network)?;
    let text = |text: &str| text.to_owned();
    let venue = Venue {
        id: app.id(),
        network: network.id,
        name: text("Bench"),
        slug: text("bench"),
        address: Address {
            street: text("Cesta 1"),
            postcode: text("4000"),
            city: text("Kranj"),
            municipality: text("Kranj"),
        },
        zone: Zone::default(),
        contact_email: text("bench@example.org"),
        phone: None,
        access_instructions: None,
        policy: Policy::default(),
        policy_version: 1,
        hours_version: 1,
        version: 1,
        created_at: NOW,
    };
    places::insert_venue(tx, &venue)?;
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time").format("%H:%M").to_string();
    let rule = WeeklyRule {
        days: Day::ALL.to_vec(),
        opens: time(8).parse().expect("a time of day"),
        closes: time(20).parse().expect("a time of day"),
    };
    let version = HoursVersion {
        valid_from: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date"),
        weekly: vec![rule],
        seasons: Vec::new(),
        holidays: HolidayHours::Open,
    };
    let owner = Owner { venue: venue.id, space: None };
    hours::put_version(tx, owner, app.id(), version.valid_from, Some(&version))?;
    let contact = people::Contact {
        id: app.id(),
        email: text("ana@example.org"),
        name: text("Ana"),
        locale: text("sl"),
        verified_at: None,
    };
    people::insert_guest(tx, &contact, "ana@example.org", None, NOW)?;
    Ok((venue.place(), contact.id))
}

fn space_of(app: &App, id: SpaceId, place: Place, number: usize) -> Space {
    let unit = Unit { id: app.id(), group: app.id(), label: "1".to_owned(), seats: 8 };
    Space {
        id,
        place,
        name: format!("Room {number}"),
        kind: SpaceKind::MeetingRoom,
        allocation: Allocation::Whole,
        capacity: 8,
        description: None,
        amenities: vec!["projector".to_owned()],
        step_free: Some(true),
        booked_by: BookedBy::Hours,
        house_rules: None,
        setup_minutes: 0,
        teardown_minutes: 0,
        own_hours: false,
        policy: Policy::default(),
        policy_version: 1,
        tariff: Tariff::default(),
        tariff_version: 1,
        hours_version: 1,
        units: vec![unit],
        parts: Vec::new(),
        layouts: Vec::new(),
        active_from: NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date"),
        archived_at: None,
        version: 1,
        created_at: NOW,
        nights: None,
    }
}

/// `count` reservations of an hour, eight a day from the second day on.
fn seed_reservations(
    tx: &mut WriteTx,
    app: &App,
    space: &Space,
    user: UserId,
    count: i64,
) -> Result<(), StoreError> {
    for number in 0..count {
        let start = NOW.plus((number / 8 + 1) * 86_400 + (number % 8) * 5400);
        let interval = Interval::new(start, start.plus(3600)).expect("an hour");
        let reservation = Reservation {
            id: random::id(NOW),
            place: space.place,
            space: space.id,
            status: Status::Confirmed,
            interval,
            buffers: Buffers::default(),
            quantity: 1,
            title: "Meeting".to_owned(),
            purpose: Purpose::Meeting,
            attendees: Some(4),
            headcount: None,
            layout: None,
            organiser: user,
            organisation: None,
            made_by: user,
            notes: None,
            internal_notes: None,
            is_public: false,
            audience: None,
            event_description: None,
            event_link: None,
            waived: false,
            cancellation_notice_minutes: 0,
            cancelled_late: None,
            expires_at: None,
            released_at: None,
            change: None,
            quote: None,
            sequence: 0,
            version: 1,
            created_at: NOW,
            updated_at: NOW,
            on_confirm: None,
            presence: Presence::default(),
            belongs: None,
        };
        reservations::insert(tx, &reservation)?;
        let holder = Holder::Reservation(reservation.id);
        let row = Occupancy { unit: space.units[0].id, interval, holder, held_until: None };
        occupancies::insert(tx, space.place, &[(app.id(), row)])?;
    }
    Ok(())
}

/// Fills the space's history in the database's own language: a million rows in seconds.
fn seed_past(target: &Target, space: SpaceId, count: i64) {
    let mut connection = dialect::connect(target, Access::Write).expect("the database opens");
    let hex = space.uuid().simple().to_string();
    let statements = match target {
        Target::Sqlite(_) => include_str!("past_sqlite.sql"),
        Target::Postgres(_) => include_str!("past_postgres.sql"),
    };
    let statements = statements
        .replace(":space", &hex)
        .replace(":count", &count.to_string())
        .replace(":now", &NOW.unix().to_string());
    connection.batch_execute(&statements).expect("the past is written");
}

fn question(from: i64, to: i64) -> Question {
    Question {
        from: date(from),
        to: date(to),
        duration_minutes: Some(60),
        quantity: None,
        layout: None,
        attendees: None,
        organisation: None,
    }
}

fn availability(criterion: &mut Criterion) {
    let fixture = fixture();
    let (app, busy) = (&fixture.app, fixture.busy);
    let show = |from, to| space::show(app, &Actor::Anonymous, busy, &question(from, to)).expect("an answer");
    assert!(show(0, 30).days.iter().any(|day| !day.slots.is_empty()), "the fixture offers slots");
    criterion.bench_function("one space, a week", |bench| bench.iter(|| show(1, 8)));
    criterion.bench_function("one space, a month with 200 reservations", |bench| bench.iter(|| show(0, 30)));
    let search = Search {
        from: date(1),
        to: date(2),
        duration_minutes: Some(60),
        quantity: None,
        attendees: None,
        wanted: Wanted { kind: Some(SpaceKind::MeetingRoom), ..Wanted::default() },
    };
    criterion.bench_function("1,000 spaces, a day, five pages of 200", |bench| {
        bench.iter(|| {
            let (mut found, mut cursor) = (0, None);
            loop {
                let asked = Asked { limit: Some(200), cursor };
                let page = search::search(app, &Actor::Anonymous, &search, &asked, "bench").expect("a page");
                found += page.items.len();
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, SPACES);
        });
    });
}

/// Every day from tomorrow on, 18 to 19 o'clock: as many as a series may have.
fn every_day(space: SpaceId) -> NewSeries {
    let template = serde_json::json!({"space_id": space, "starts_at": "2026-11-03T18:00", "ends_at": "2026-11-03T19:00",
        "title": "Rehearsal", "purpose": "rehearsal"});
    let series = serde_json::json!({"template": template, "rrule": "FREQ=DAILY;COUNT=366",
        "on_conflict": "all_or_nothing"});
    serde_json::from_value(series).expect("a series")
}

fn series(criterion: &mut Criterion) {
    let fixture = fixture();
    let (app, manager, new) = (&fixture.app, &fixture.manager, every_day(fixture.quiet));
    criterion.bench_function("a series of 366, previewed", |bench| {
        bench.iter(|| {
            let previewed = preview::preview(app, manager, &new).expect("a preview");
            assert_eq!(previewed.preview.count(OccurrenceOutcome::Created), 366);
        });
    });
    let mut made: Option<SeriesId> = None;
    criterion.bench_function("a series of 366, made", |bench| {
        bench.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                if let Some(id) = made.take() {
                    let all = SeriesCancellation::default();
                    cancel::cancel(app, manager, None, id, Expected::Any, all).expect("it is given up");
                }
                let begun = std::time::Instant::now();
                let done = create::create(app, manager, None, new.clone()).expect("it is made");
                spent += begun.elapsed();
                made = match done {
                    Done::Fresh(series) => Some(series.id),
                    Done::Replayed { .. } => None,
                };
            }
            spent
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(8));
    targets = availability, series
}
criterion_main!(benches);
