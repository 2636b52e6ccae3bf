//! The feed's order is that of commits, whoever counts or begins first.

use diesel::connection::SimpleConnection;
use prostor::{
    domain::ids::{ReservationId, VenueId},
    store::{db::Database, error::StoreError, feed},
};

use crate::{
    both,
    database::Backend,
    fixture::{Fixture, NOW, id},
    usage::words,
};

pub const ANA: &str = "INSERT INTO users (id, email, email_key, name, locale, created_at)
    VALUES (one, 'a@example.org', 'a@example.org', 'Ana', 'sl', moment(1772434800));";

/// A reservation called `one` or `two`.
pub fn reservation(name: &str) -> String {
    format!(
        "INSERT INTO reservations (id, network_id, venue_id, space_id, status, starts_at, ends_at, setup_minutes,
           teardown_minutes, quantity, title, purpose, organiser_id, made_by, cancellation_notice_minutes, created_at, updated_at)
         VALUES ({name}, one, one, one, 'confirmed', moment(1772434800), moment(1772438400), 0, 0, 1, 'Talk', 'meeting',
           one, one, 0, moment(1772434800), moment(1772434800));"
    )
}

fn number(database: &Database, now: i64) -> usize {
    let numbered: Result<usize, StoreError> =
        database.write("number", move |tx| feed::number(tx, || NOW.plus(now), 100));
    numbered.unwrap()
}

/// What follows a position: which, and when it was numbered.
fn after(database: &Database, position: Option<feed::Position>) -> Vec<(ReservationId, feed::Position)> {
    let venue: VenueId = id(1);
    let rows: Result<_, StoreError> = database.read(|tx| feed::rows(tx, venue, None, position, 100));
    rows.unwrap()
}

both! {
    fn positions_and_times_only_grow(fixture: &Fixture) {
        let backend = fixture.backend;
        let (mut connection, database) = (fixture.connection_to_close(), fixture.open());
        connection.batch_execute(&words(backend, &format!("{ANA}{}{}", reservation("one"), reservation("two")))).unwrap();
        assert_eq!((number(&database, 60), number(&database, 60)), (2, 0));
        let first = after(&database, None);
        assert_eq!(first.iter().map(|(_, (at, n))| (*at, *n)).collect::<Vec<_>>(), [(NOW.plus(60), 1), (NOW.plus(60), 2)]);
        // A node whose clock is behind, and one reservation that changed twice.
        connection.batch_execute(&words(backend, "UPDATE reservations SET headcount = 3 WHERE id = one; UPDATE reservations SET headcount = 4 WHERE id = one")).unwrap();
        assert_eq!(number(&database, 0), 2);
        assert_eq!(after(&database, Some(first[1].1)), [(id(1), (NOW.plus(60), 3))]);
        assert_eq!(after(&database, None).len(), 2, "once");
        // Nothing that a feed tells changed: nobody looks at an organisation's version.
        connection.batch_execute(&words(backend, "INSERT INTO organisations (id, name, search_text, legal_form, created_at) VALUES (one, 'A', 'a', 'company', moment(1772434800));
            UPDATE reservations SET organisation_id = one WHERE id = two")).unwrap();
        assert_eq!(number(&database, 70), 1);
        connection.batch_execute(&words(backend, "UPDATE organisations SET version = 9; UPDATE organisations SET size = 'small'")).unwrap();
        assert_eq!(number(&database, 80), 1);
        assert_eq!(after(&database, Some((NOW.plus(70), i64::MAX))), [(id(2), (NOW.plus(80), 5))]);
    }
}

/// On SQLite one transaction writes at a time.
#[test]
fn who_commits_late_is_told_late() {
    let backend = Backend::Postgres;
    let fixture = Fixture::new(backend);
    let (mut slow, mut quick, database) =
        (fixture.connection_to_close(), fixture.connection_to_close(), fixture.open());
    quick.batch_execute(&words(backend, ANA)).unwrap();
    slow.batch_execute(&words(backend, &format!("BEGIN; {}", reservation("one")))).unwrap();
    quick.batch_execute(&words(backend, &reservation("two"))).unwrap();
    assert_eq!(number(&database, 10), 1);
    let told = after(&database, None);
    assert_eq!(
        told,
        [(id(2), (NOW.plus(10), 1))],
        "the other one's mark has the smaller number, and is not there yet"
    );
    slow.batch_execute("COMMIT").unwrap();
    assert_eq!(number(&database, 10), 1);
    assert_eq!(after(&database, Some(told[0].1)), [(id(1), (NOW.plus(10), 2))]);
}
