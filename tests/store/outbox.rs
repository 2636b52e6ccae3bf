//! Leases: a letter is in one hand at a time, and comes back when that hand is gone.

use std::{collections::BTreeSet, thread};

use prostor::{
    domain::{ids::MessageId, instant::Instant},
    store::{
        db::Database,
        error::StoreError,
        outbox::{self, Outgoing, Priority, Settled},
    },
};

use crate::{
    both,
    fixture::{NOW, id},
};

fn enqueue(db: &Database, n: u128, priority: Priority) {
    db.write("enqueue", move |tx| {
        outbox::enqueue(
            tx,
            &Outgoing {
                id: id(n),
                kind: "sign_in",
                priority,
                user: None,
                to_email: "ana@example.org".to_owned(),
                to_name: "Ana".to_owned(),
                locale: "sl",
                payload: "{}".to_owned(),
                created_at: NOW,
            },
        )
    })
    .unwrap();
}

fn lease(db: &Database, token: &'static [u8], now: Instant, limit: i64) -> Vec<MessageId> {
    let leased = db.write("lease", move |tx| outbox::lease(tx, token, now, now.plus(900), limit));
    leased.unwrap().into_iter().map(|leased| leased.id).collect()
}

fn settle(db: &Database, n: u128, token: &'static [u8], settled: Settled) {
    let done: Result<(), StoreError> =
        db.write("settle", move |tx| outbox::settle(tx, id(n), token, NOW, &settled));
    done.unwrap();
}

both! {
    fn urgent_letters_come_first_and_leased_ones_to_nobody_else(fixture: &Fixture) {
        let db = fixture.open();
        enqueue(&db, 1, Priority::Bulk);
        enqueue(&db, 2, Priority::Transactional);
        enqueue(&db, 3, Priority::SignIn);
        assert_eq!(lease(&db, b"a", NOW, 2), [id(3), id(2)]);
        assert_eq!(lease(&db, b"b", NOW, 9), [id(1)]);
        assert_eq!(lease(&db, b"c", NOW, 9), []);
        // The hands are gone: all come back.
        let all: BTreeSet<_> = lease(&db, b"d", NOW.plus(900), 9).into_iter().collect();
        assert_eq!(all, BTreeSet::from([id(1), id(2), id(3)]));
        db.close();
    }

    fn only_the_holder_of_the_lease_settles(fixture: &Fixture) {
        let db = fixture.open();
        enqueue(&db, 1, Priority::SignIn);
        assert_eq!(lease(&db, b"slow", NOW, 1), [id(1)]);
        assert_eq!(lease(&db, b"next", NOW.plus(900), 1), [id(1)]);
        settle(&db, 1, b"slow", Settled::Sent);
        assert_eq!(db.read(outbox::backlog).unwrap(), (1, 0));
        settle(&db, 1, b"next", Settled::Retry(NOW.plus(5000), "later".to_owned()));
        assert_eq!(lease(&db, b"more", NOW.plus(4999), 1), []);
        assert_eq!(lease(&db, b"more", NOW.plus(5000), 1), [id(1)]);
        settle(&db, 1, b"more", Settled::Dead("never".to_owned()));
        assert_eq!(db.read(outbox::backlog).unwrap(), (0, 1));
        assert_eq!(lease(&db, b"last", NOW.plus(100_000), 1), []);
        db.close();
    }

    fn released_letters_are_due_and_those_put_off_wait_on(fixture: &Fixture) {
        let db = fixture.open();
        for n in 1..=3 {
            enqueue(&db, n, Priority::Transactional);
        }
        assert_eq!(lease(&db, b"gone", NOW, 2), [id(1), id(2)]);
        settle(&db, 1, b"gone", Settled::Retry(NOW.plus(5000), "later".to_owned()));
        let released: Result<usize, StoreError> = db.write("release", |tx| outbox::release(tx, NOW.plus(10)));
        assert_eq!(released.unwrap(), 1);
        let again: BTreeSet<_> = lease(&db, b"next", NOW.plus(10), 9).into_iter().collect();
        assert_eq!(again, BTreeSet::from([id(2), id(3)]));
        // Whoever held it before can't settle it any more.
        settle(&db, 2, b"gone", Settled::Sent);
        assert_eq!(db.read(outbox::backlog).unwrap(), (3, 0));
        db.close();
    }

    fn many_hands_at_once_never_hold_the_same_letter(fixture: &Fixture) {
        let db = fixture.open();
        for n in 0..100 {
            enqueue(&db, n, Priority::Transactional);
        }
        let threads: Vec<_> = [b"1", b"2", b"3", b"4", b"5", b"6", b"7", b"8"].into_iter().map(|token| {
            let db = db.clone();
            thread::spawn(move || (0..5).flat_map(|_| lease(&db, token, NOW, 4)).collect::<Vec<_>>())
        }).collect();
        let taken: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
        let different: BTreeSet<_> = taken.iter().collect();
        assert_eq!((taken.len(), different.len()), (100, 100));
        db.close();
    }
}
