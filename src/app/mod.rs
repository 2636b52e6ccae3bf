//! One public function per thing a person can do: authorise, load, lock, decide, save, enqueue, return.
//! Synchronous; knows neither HTTP nor SQL.

pub mod accounts;
pub mod affected;
pub mod attendance;
pub mod audit;
pub mod availability;
pub mod backup;
pub mod blocks;
pub mod calendars;
pub mod changed;
pub mod check;
pub mod clock;
pub mod credentials;
pub mod delivery;
pub mod demand;
pub mod digests;
pub mod error;
pub mod events;
pub mod forgetting;
pub mod guests;
pub mod health;
pub mod housekeeping;
pub mod imports;
pub mod indicators;
pub mod notify;
pub mod organisations;
pub mod outside;
pub mod page;
pub mod patch;
pub mod places;
pub mod reservations;
pub mod searched;
pub mod seeding;
pub mod staff;
pub mod statistics;
#[cfg(test)]
pub(crate) mod testing;
pub mod version;
pub mod views;
pub mod waiting;
pub mod why;

use std::{path::PathBuf, sync::Arc};

use serde::Serialize;

use crate::{
    domain::{
        access::Actor,
        ids::{Id, Kind, SessionId, UserId},
        instant::Instant,
    },
    store::{
        configuration::Configurations,
        db::{Database, ReadTx, WriteTx},
        error::FromStore,
        idempotency::{self, Claimed},
        people::{self, Known},
    },
};
use clock::Clock;
use credentials::{
    access_token::KeyRing,
    random,
    sealing::{Purpose, Secret, Tagger},
};
use error::{Code, Error};
use outside::fetch::{Fetch, Nowhere};

pub use crate::domain::retention::Retention;
pub use crate::store::idempotency::Claim;

/// Everything the application's functions share.
pub struct App {
    pub db: Database,
    /// For statistics and search: a replica where there is one, else `db`.
    pub replica: Database,
    pub clock: Clock,
    pub configurations: Configurations,
    pub keys: KeyRing,
    pub cursors: Tagger,
    /// Tags six-digit codes.
    pub codes: Tagger,
    /// Signs the links of mails that act by themselves, and makes the codes at doors.
    pub links: Tagger,
    /// Without a slash at the end.
    pub public_url: String,
    /// The roles of who works for a house, a network or the operator rest until they have a second factor.
    pub second_factor_for_staff: bool,
    /// Seals what must be read again (DESIGN 8).
    secret: Secret,
    /// Of the waiting lists, by the job that makes offers.
    pub looks: waiting::looks::Looks,
    /// How long what names people is kept.
    pub retention: Retention,
    /// Where backups are kept; `None`: nobody makes any by itself.
    pub backups: Option<backup::Backups>,
    /// The file outside of the database that says who was erased.
    pub erased_file: Option<PathBuf>,
    /// Who looked at whose data, until a job writes it down.
    pub views: views::Views,
    /// What was wanted in vain, until a job writes it down.
    pub demand: demand::Demand,
    /// Fetches outside calendars.
    pub fetch: Arc<dyn Fetch>,
}

/// What the operator says of the service.
#[derive(Debug, Clone)]
pub struct Deployment {
    /// Without a slash at the end.
    pub public_url: String,
    pub second_factor_for_staff: bool,
    pub retention: Retention,
    pub backups: Option<backup::Backups>,
    pub erased_file: Option<PathBuf>,
    /// Fetches outside calendars.
    pub fetch: Arc<dyn Fetch>,
}

impl From<String> for Deployment {
    /// At this public URL, and nothing else said.
    fn from(public_url: String) -> Self {
        Self {
            public_url,
            second_factor_for_staff: false,
            retention: Retention::default(),
            backups: None,
            erased_file: None,
            fetch: Arc::new(Nowhere),
        }
    }
}

/// What a command did: now, or when the same request came first.
#[derive(Debug)]
pub enum Done<T> {
    Fresh(T),
    /// The stored answer of the same request under the same idempotency key.
    Replayed {
        status: u16,
        body: String,
    },
}

impl App {
    pub fn new(
        db: Database,
        replica: Option<Database>,
        clock: Clock,
        secret: &Secret,
        keys: KeyRing,
        deployment: Deployment,
    ) -> Arc<Self> {
        Arc::new(Self {
            replica: replica.unwrap_or_else(|| db.clone()),
            db,
            clock,
            configurations: Configurations::default(),
            keys,
            cursors: secret.tagger(Purpose::Cursors),
            codes: secret.tagger(Purpose::Codes),
            links: secret.tagger(Purpose::Links),
            public_url: deployment.public_url,
            second_factor_for_staff: deployment.second_factor_for_staff,
            secret: secret.clone(),
            looks: waiting::looks::Looks::default(),
            retention: deployment.retention,
            backups: deployment.backups,
            erased_file: deployment.erased_file,
            views: views::Views::default(),
            demand: demand::Demand::default(),
            fetch: deployment.fetch,
        })
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// A fresh identifier.
    pub fn id<K: Kind>(&self) -> Id<K> {
        random::id(self.now())
    }

    /// A fresh configuration revision: random, so that none comes twice.
    pub fn revision(&self) -> i64 {
        i64::from_ne_bytes(random::bytes())
    }

    /// Runs a change under its idempotency claim: claim, change and stored answer are one transaction.
    ///
    /// # Errors
    /// What `f` returns; `idempotency_key_reused` for another body, `idempotency_in_progress` when the first
    /// request still runs after two seconds.
    pub fn command<T, F>(&self, name: &'static str, claim: Option<Claim>, f: F) -> Result<Done<T>, Error>
    where
        T: Serialize + Send + 'static,
        F: Fn(&mut WriteTx) -> Result<T, Error> + Send + 'static,
    {
        self.command_or(name, claim, f)
    }

    /// The same for a change that may end in other ways than done and failed.
    ///
    /// # Errors
    /// As [`Self::command`].
    pub fn command_or<T, E, F>(&self, name: &'static str, claim: Option<Claim>, f: F) -> Result<Done<T>, E>
    where
        T: Serialize + Send + 'static,
        E: FromStore + From<Error>,
        F: Fn(&mut WriteTx) -> Result<T, E> + Send + 'static,
    {
        let clock = self.clock.clone();
        self.db.write(name, move |tx| {
            let Some(claim) = &claim else { return f(tx).map(Done::Fresh) };
            match idempotency::claim(tx, claim, clock.now()).map_err(in_progress)? {
                Claimed::First => {}
                Claimed::Answered { status, body } => return Ok(Done::Replayed { status, body }),
                Claimed::OtherRequest => return Err(Error::from(Code::IdempotencyKeyReused).into()),
            }
            let answer = f(tx)?;
            let body = serde_json::to_string(&answer).map_err(|error| Error::Broken(error.to_string()))?;
            idempotency::settle(tx, claim, &body).map_err(Error::from)?;
            Ok(Done::Fresh(answer))
        })
    }

    /// What a refused request is answered with instead, where the same one was answered before: what that one
    /// changed (a block lifted, a role given up) must not stand against its replay. Asked only after a refusal,
    /// so that it costs nothing else.
    ///
    /// # Errors
    /// `refusal` itself where the key was never answered, or nobody can tell; `idempotency_key_reused` for
    /// another body.
    pub fn replay<T>(&self, claim: &Claim, refusal: Error) -> Result<Done<T>, Error> {
        match self.db.look(|tx| idempotency::find(tx, claim).map_err(Error::from)) {
            Ok(Some(Claimed::Answered { status, body })) => Ok(Done::Replayed { status, body }),
            Ok(Some(Claimed::OtherRequest)) => Err(Code::IdempotencyKeyReused.into()),
            Ok(Some(Claimed::First) | None) | Err(_) => Err(refusal),
        }
    }

    /// The person behind a verified access token, with the roles held now.
    ///
    /// # Errors
    /// `unauthenticated` when the account is disabled or the session over.
    pub fn actor(&self, tx: &mut ReadTx, user: UserId, session: SessionId) -> Result<Actor, Error> {
        let known = people::person(tx, user, Some(session), self.now())?;
        let known = known.filter(|known| known.person.session.is_some());
        known.map(|known| self.acting(known)).ok_or(Error::Plain(Code::Unauthenticated))
    }

    /// Roles rest where the operator wants a second factor for them and there is none.
    fn acting(&self, known: Known) -> Actor {
        let rests = self.second_factor_for_staff && !known.second_factor && known.person.has_role();
        Actor::Person(if rests { known.person.resting() } else { known.person })
    }
}

/// An instant that belongs to no venue: RFC 3339 in UTC.
fn shown(at: Instant) -> String {
    at.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

fn in_progress(error: crate::store::error::StoreError) -> Error {
    match error {
        crate::store::error::StoreError::LockTimeout => Code::IdempotencyInProgress.into(),
        other => other.into(),
    }
}
