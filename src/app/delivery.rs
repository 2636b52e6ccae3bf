//! The outbox as its senders see it: what is leased to them, and how an attempt ended.

use super::{App, credentials::random, error::Error};
use crate::{
    domain::{ids::MessageId, instant::Instant},
    store::{
        error::StoreError,
        outbox::{self, Settled},
    },
};

/// Nobody else is given a leased letter for so long, seconds.
pub const LEASE: i64 = 900;
/// About a day of trying, then it is a dead letter.
const MOST_ATTEMPTS: i32 = 16;
/// Waiting after the first failure, and at most, seconds.
const FIRST_WAIT: i64 = 10;
const LONGEST_WAIT: i64 = 7200;

/// A letter in our hands.
#[derive(Debug, Clone)]
pub struct Letter {
    pub id: MessageId,
    pub kind: String,
    pub to_email: String,
    pub to_name: String,
    pub locale: String,
    pub payload: String,
    pub created_at: Instant,
    pub leased_at: Instant,
    attempts: i32,
    lease: [u8; 16],
}

impl Letter {
    /// Whether a failure now ends the trying.
    pub const fn is_last(&self) -> bool {
        self.attempts + 1 >= MOST_ATTEMPTS
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    Sent,
    /// It may work later.
    Failed(String),
    /// It never will.
    Refused(String),
}

/// Takes up to `most` letters that are due, urgent ones first.
///
/// # Errors
/// When the database fails.
pub fn lease(app: &App, most: usize) -> Result<Vec<Letter>, Error> {
    let clock = app.clock.clone();
    let limit = i64::try_from(most).unwrap_or(i64::MAX);
    app.db.write("lease_mail", move |tx| {
        let lease = random::bytes::<16>();
        let now = clock.now();
        let leased = outbox::lease(tx, &lease, now, now.plus(LEASE), limit)?;
        let letters = leased.into_iter().map(|row| Letter {
            id: row.id,
            kind: row.kind,
            to_email: row.to_email,
            to_name: row.to_name,
            locale: row.locale,
            payload: row.payload,
            created_at: row.created_at,
            leased_at: now,
            attempts: row.attempts,
            lease,
        });
        Ok(letters.collect())
    })
}

/// Takes back the letters that a process before this one held when it was killed, where that can be known: on
/// SQLite one process works on the file, and this one has none in hand yet. On PostgreSQL another node may be
/// sending them now, so their leases run out by themselves. Returns how many.
///
/// # Errors
/// When the database fails.
pub fn recover(app: &App) -> Result<usize, Error> {
    if !app.db.target().is_sqlite() {
        return Ok(0);
    }
    let clock = app.clock.clone();
    app.db.write("recover_mail", move |tx| outbox::release(tx, clock.now()).map_err(Error::from))
}

/// What a server said, without whom the letter was for: servers like to repeat addresses, and neither the log nor the
/// outbox may keep them.
pub fn discreet(why: &str, letter: &Letter) -> String {
    let local = letter.to_email.split('@').next().unwrap_or_default();
    let words = [&letter.to_email, &letter.to_name, local].into_iter().filter(|word| word.len() > 2);
    words.fold(why.to_owned(), |said, word| without(&said, word))
}

/// The text without a word, in whatever case.
fn without(text: &str, word: &str) -> String {
    let (lower, word) = (text.to_ascii_lowercase(), word.to_ascii_lowercase());
    let (mut said, mut rest) = (String::new(), 0);
    for (at, found) in lower.match_indices(&word) {
        said.push_str(&text[rest..at]);
        said.push('…');
        rest = at + found.len();
    }
    said.push_str(&text[rest..]);
    said
}

/// Records how the attempt ended; nothing happens when the lease has run out and another has it.
///
/// # Errors
/// When the database fails.
pub fn settle(app: &App, letter: &Letter, attempt: Attempt) -> Result<(), Error> {
    let (id, lease, now) = (letter.id, letter.lease, app.now());
    let discreet = |why: String| discreet(&why, letter);
    let settled = match attempt {
        Attempt::Sent => Settled::Sent,
        Attempt::Failed(why) if !letter.is_last() => {
            let jitter = u64::from_ne_bytes(random::bytes());
            Settled::Retry(now.plus(wait(letter.attempts, jitter)), discreet(why))
        }
        Attempt::Failed(why) | Attempt::Refused(why) => Settled::Dead(discreet(why)),
    };
    let settled: Result<(), StoreError> =
        app.db.write("settle_mail", move |tx| outbox::settle(tx, id, &lease, now, &settled));
    Ok(settled?)
}

/// Seconds until the next attempt after `failures` before this one: tripling, within a quarter more at random
/// so that mails that failed together don't come together.
fn wait(failures: i32, random: u64) -> i64 {
    let tripled = u32::try_from(failures).ok().and_then(|failures| 3_i64.checked_pow(failures));
    let wait = tripled.map_or(LONGEST_WAIT, |tripled| tripled.saturating_mul(FIRST_WAIT).min(LONGEST_WAIT));
    let quarter = (wait / 4).unsigned_abs();
    wait + i64::try_from(random % (quarter + 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_triple_up_to_two_hours_and_a_quarter_more() {
        for (failures, least, most) in [
            (0, 10, 12),
            (1, 30, 37),
            (2, 90, 112),
            (5, 2430, 3037),
            (6, 7200, 9000),
            (15, 7200, 9000),
            (i32::MAX, 7200, 9000),
        ] {
            assert_eq!(wait(failures, 0), least);
            let furthest = (0..10_000).map(|random| wait(failures, random)).max();
            assert_eq!(furthest, Some(most));
        }
    }

    #[test]
    fn what_a_server_said_names_nobody() {
        for (said, kept) in [
            ("550 5.1.1 <Ana.Novak@Example.org>: user unknown", "550 5.1.1 <…>: user unknown"),
            ("551 ana.novak is not here, Ana Novak moved", "551 … is not here, … moved"),
            ("421 try again", "421 try again"),
        ] {
            let letter = Letter {
                id: crate::domain::ids::Id::from_uuid(uuid::Uuid::nil()),
                kind: String::new(),
                to_email: "ana.novak@example.org".to_owned(),
                to_name: "Ana Novak".to_owned(),
                locale: String::new(),
                payload: String::new(),
                created_at: Instant::from_unix(0),
                leased_at: Instant::from_unix(0),
                attempts: 0,
                lease: [0; 16],
            };
            assert_eq!(discreet(said, &letter), kept);
        }
    }

    #[test]
    fn all_waits_together_last_about_a_day() {
        let total: i64 = (0..MOST_ATTEMPTS - 1).map(|failures| wait(failures, 0)).sum();
        assert!((16..24).contains(&(total / 3600)), "{total}");
    }
}
