//! Each database's refusals, told apart the same way.

use std::{sync::mpsc, thread, time::Duration};

use diesel::connection::SimpleConnection;
use prostor::{
    domain::ids::NetworkId,
    store::{
        dialect::{Access, AnyConnection, Target, connect},
        error::StoreError,
    },
};

use crate::{
    both,
    database::Backend,
    fixture::{Fixture, id, network_row, take},
};

fn run(connection: &mut AnyConnection, statement: &str) -> Result<(), StoreError> {
    connection.batch_execute(statement).map_err(StoreError::from)
}

both! {
    fn a_second_row_of_one_key_is_a_duplicate(fixture: &Fixture) {
        let mut connection = fixture.connection_to_close();
        let network: NetworkId = id(2);
        let again = network_row(&mut connection, network, "gorenjska").map_err(StoreError::from);
        assert!(matches!(&again, Err(StoreError::Duplicate(name)) if name.contains("slug")), "{again:?}");
    }

    fn a_row_that_points_nowhere_is_missing_something(fixture: &Fixture) {
        let taken = take(&mut fixture.connection(), 1, 99, 0, 60);
        assert!(matches!(taken, Err(StoreError::Missing(_))), "{taken:?}");
    }
}

#[test]
fn on_sqlite_a_second_writer_is_told_that_the_database_is_busy() {
    let fixture = Fixture::new(Backend::Sqlite);
    let (mut first, mut second) = (fixture.connection_to_close(), fixture.connection_to_close());
    run(&mut first, "BEGIN IMMEDIATE").unwrap();
    run(&mut second, "PRAGMA busy_timeout = 1").unwrap();
    let refused = run(&mut second, "BEGIN IMMEDIATE");
    assert!(matches!(refused, Err(StoreError::Busy(_))), "{refused:?}");
}

#[test]
fn on_sqlite_readers_cannot_write() {
    let fixture = Fixture::new(Backend::Sqlite);
    let mut reader = connect(&fixture.database.target, Access::Read).unwrap();
    assert!(run(&mut reader, "DELETE FROM networks").is_err());
}

#[test]
fn on_postgresql_a_deadlock_may_be_repeated() {
    let fixture = Fixture::new(Backend::Postgres);
    network_row(&mut fixture.connection(), id(2), "koroska").unwrap();
    let (mut first, mut second) = (fixture.connection_to_close(), fixture.connection_to_close());
    let touch = |connection: &mut AnyConnection, slug: &str| {
        run(connection, &format!("UPDATE networks SET version = version + 1 WHERE slug = '{slug}'"))
    };
    run(&mut first, "BEGIN").unwrap();
    run(&mut second, "BEGIN").unwrap();
    touch(&mut first, "gorenjska").unwrap();
    touch(&mut second, "koroska").unwrap();
    let (send, answer) = mpsc::channel();
    let waiting = thread::spawn(move || send.send(touch(&mut second, "gorenjska")).unwrap());
    let mine = touch(&mut first, "koroska");
    // The loser was rolled back; the winner may go on.
    drop(first);
    waiting.join().unwrap();
    let outcomes = [mine, answer.recv().unwrap()];
    let lost = outcomes.iter().filter(|outcome| matches!(outcome, Err(StoreError::Contended))).count();
    assert_eq!(lost, 1, "{outcomes:?}");
}

#[test]
fn on_postgresql_a_lost_snapshot_may_be_repeated() {
    let fixture = Fixture::new(Backend::Postgres);
    let (mut first, mut second) = (fixture.connection_to_close(), fixture.connection_to_close());
    run(&mut first, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT version FROM networks").unwrap();
    run(&mut second, "UPDATE networks SET version = 7").unwrap();
    let lost = run(&mut first, "UPDATE networks SET version = 8");
    assert!(matches!(lost, Err(StoreError::Contended)), "{lost:?}");
}

#[test]
fn on_postgresql_a_lock_that_is_not_given_in_time_is_told() {
    let fixture = Fixture::new(Backend::Postgres);
    let (mut first, mut second) = (fixture.connection_to_close(), fixture.connection_to_close());
    run(&mut first, "BEGIN; UPDATE networks SET version = 7").unwrap();
    run(&mut second, "SET lock_timeout = '20ms'").unwrap();
    let refused = run(&mut second, "UPDATE networks SET version = 8");
    assert!(matches!(refused, Err(StoreError::LockTimeout)), "{refused:?}");
}

#[test]
fn on_postgresql_a_connection_cut_by_the_server_is_not_silent() {
    let fixture = Fixture::new(Backend::Postgres);
    let mut connection = fixture.connection_to_close();
    let cut = run(&mut connection, "SELECT pg_terminate_backend(pg_backend_pid())");
    assert!(cut.is_err());
    thread::sleep(Duration::from_millis(10));
    assert!(run(&mut connection, "SELECT 1").is_err());
}

#[test]
fn urls_of_unknown_databases_are_refused() {
    for (url, known) in [
        ("sqlite:prostor.db", true),
        ("sqlite:///var/lib/prostor.db", true),
        ("postgres://db/prostor", true),
        ("postgresql://ana:geslo@db:5433/prostor?sslmode=require", true),
        ("sqlite:", false),
        ("sqlite::memory:", false),
        ("sqlite:prostor.db?mode=memory", false),
        ("prostor.db", false),
        ("mysql://db/prostor", false),
        ("", false),
    ] {
        assert_eq!(Target::parse(url).is_ok(), known, "{url}");
    }
}
