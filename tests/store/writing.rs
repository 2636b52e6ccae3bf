//! What `Database::write` promises: all or nothing, one at a time, nobody harmed by a neighbour.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Barrier,
        atomic::{AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    thread,
    time::Duration,
};

use prostor::store::{
    db::{Database, Sizing, WriteTx},
    error::StoreError,
    health,
    outbox::{self, Outgoing, Priority},
};

use crate::{
    both,
    database::Backend,
    fixture::{Fixture, NOW, id},
};

fn enqueue(tx: &mut WriteTx, n: u128) -> Result<(), StoreError> {
    outbox::enqueue(
        tx,
        &Outgoing {
            id: id(n),
            kind: "sign_in",
            priority: Priority::SignIn,
            user: None,
            to_email: "ana@example.org".to_owned(),
            to_name: "Ana".to_owned(),
            locale: "sl",
            payload: "{}".to_owned(),
            created_at: NOW,
        },
    )
}

fn queued(db: &Database) -> i64 {
    db.read(outbox::backlog).unwrap().0
}

both! {
    fn a_write_that_fails_or_panics_leaves_nothing_and_harms_no_neighbour(fixture: &Fixture) {
        let db = fixture.open();
        let together = Arc::new(Barrier::new(60));
        let threads: Vec<_> = (0..60_u128).map(|n| {
            let (db, together) = (db.clone(), together.clone());
            thread::spawn(move || {
                together.wait();
                catch_unwind(AssertUnwindSafe(|| db.write("test", move |tx| {
                    enqueue(tx, n)?;
                    match n % 3 {
                        0 => Ok(()),
                        1 => Err(StoreError::Corrupt("on purpose".to_owned())),
                        _ => panic!("on purpose"),
                    }
                }))).unwrap_or_else(|_| Err(StoreError::Corrupt("panicked".to_owned())))
            })
        }).collect();
        for (n, thread) in threads.into_iter().enumerate() {
            let outcome = thread.join().unwrap();
            assert_eq!(outcome.is_ok(), n % 3 == 0, "{n}: {outcome:?}");
        }
        assert_eq!(queued(&db), 20);
        db.close();
    }

    fn a_write_inside_a_write_is_refused(fixture: &Fixture) {
        let db = fixture.open();
        let inner = db.clone();
        let outcome: Result<(), StoreError> = db.write("outer", move |tx| {
            enqueue(tx, 1)?;
            inner.write("inner", |tx| enqueue(tx, 2))
        });
        assert!(matches!(outcome, Err(StoreError::Nested)), "{outcome:?}");
        assert_eq!(queued(&db), 0);
        // The refusal ends with the transaction.
        db.write("next", |tx| enqueue(tx, 3)).unwrap();
        db.close();
    }

    fn a_lost_race_is_run_again_where_there_can_be_one(fixture: &Fixture) {
        let db = fixture.open();
        let runs = Arc::new(AtomicUsize::new(0));
        let counted = runs.clone();
        let outcome = db.write("race", move |tx| {
            enqueue(tx, 1)?;
            if counted.fetch_add(1, SeqCst) < 2 { Err(StoreError::Contended) } else { Ok(()) }
        });
        match fixture.backend {
            Backend::Postgres => assert!(outcome.is_ok() && runs.load(SeqCst) == 3 && queued(&db) == 1),
            Backend::Sqlite => assert!(matches!(outcome, Err(StoreError::Contended)) && queued(&db) == 0),
        }
        db.close();
    }

    fn the_sender_of_mail_is_woken_by_commits_that_queued_some(fixture: &Fixture) {
        let rung = Arc::new(AtomicUsize::new(0));
        let ring = rung.clone();
        let db = fixture.open_with(Sizing::default(), move || { ring.fetch_add(1, SeqCst); });
        let nothing: Result<(), StoreError> = db.write("nothing", |_| Ok(()));
        nothing.unwrap();
        let failed: Result<(), StoreError> = db.write("failed", |tx| {
            enqueue(tx, 1)?;
            Err(StoreError::Corrupt("on purpose".to_owned()))
        });
        failed.unwrap_err();
        assert_eq!(rung.load(SeqCst), 0);
        db.write("mail", |tx| enqueue(tx, 2)).unwrap();
        // The writer answers first and rings then.
        db.close();
        assert_eq!(rung.load(SeqCst), 1);
    }

    fn the_schema_is_current(fixture: &Fixture) {
        let db = fixture.open();
        assert_eq!(db.read(health::pending_migrations).unwrap(), 0);
        assert_eq!(Database::migrate(&fixture.database.target).unwrap(), Vec::<String>::new());
        db.close();
    }
}

#[test]
fn on_sqlite_more_than_the_queue_holds_is_refused_at_once_and_a_close_finishes_the_rest() {
    let fixture = Fixture::new(Backend::Sqlite);
    let db = fixture.open_with(Sizing { queue: 1, ..Sizing::default() }, || ());
    let (started, has_started) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let released = std::sync::Mutex::new(released);
    let first = thread::spawn({
        let db = db.clone();
        move || {
            db.write("slow", move |tx| {
                started.send(()).unwrap();
                released.lock().unwrap().recv().unwrap();
                enqueue(tx, 1)
            })
        }
    });
    has_started.recv().unwrap();
    // One of three finds room in the queue; the others are told at once.
    let (tell, told) = mpsc::channel();
    for letter in 2..5 {
        let (db, tell) = (db.clone(), tell.clone());
        thread::spawn(move || drop(tell.send(db.write("waits", move |tx| enqueue(tx, letter)))));
    }
    for _ in 0..2 {
        let answer = told.recv_timeout(Duration::from_secs(30)).unwrap();
        assert!(matches!(answer, Err(StoreError::Busy(_))), "{answer:?}");
    }
    release.send(()).unwrap();
    db.close();
    first.join().unwrap().unwrap();
    told.recv_timeout(Duration::from_secs(30)).unwrap().unwrap();
    let late: Result<(), StoreError> = db.write("late", |_| Ok(()));
    assert!(matches!(late, Err(StoreError::Busy(_))), "{late:?}");
}
