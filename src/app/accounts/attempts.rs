//! What may be tried a few times only: counted before it is tried, under the person's lock, so that many tries at once
//! gain nothing. Success gives all tries back.

use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::{ids::UserId, instant::Instant},
    store::{
        attempts,
        db::{ReadTx, WriteTx},
    },
};

const QUARTER: i64 = 15 * 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

/// Something that is tried.
#[derive(Debug, Clone)]
pub(super) enum Tried {
    /// Signing in with a password at an address, whether or not it has an account.
    Login(String),
    /// The password, again, by who is signed in.
    Password(UserId),
    /// A code of the second factor: six digits, three of which are right at any time.
    Code(UserId),
    /// Asking for mails that confirm a change to one address; not only by its owner.
    Mails(String),
    /// A code that was mailed to an address, whether or not it has an account.
    MailedCode(String),
    /// Asking for a change of one's own address.
    Changes(UserId),
}

impl Tried {
    /// So many within so many seconds.
    const fn limits(&self) -> &'static [(i64, i64)] {
        match self {
            Self::Login(_) | Self::Password(_) => &[(QUARTER, 10), (DAY, 50)],
            // Sixty guesses in a million a day, at most.
            Self::Code(_) => &[(QUARTER, 5), (DAY, 20)],
            Self::Mails(_) | Self::Changes(_) => &[(HOUR, 5)],
            Self::MailedCode(_) => &[(HOUR, 60)],
        }
    }

    /// What stands in the table.
    fn subject(&self, app: &App) -> [u8; 32] {
        let what = match self {
            Self::Login(key) => format!("login {key}"),
            Self::Password(user) => format!("password {user}"),
            Self::Code(user) => format!("code {user}"),
            Self::Mails(key) => format!("mails {key}"),
            Self::MailedCode(key) => format!("mailed code {key}"),
            Self::Changes(user) => format!("changes {user}"),
        };
        app.codes.code_tag("attempts", &what)
    }

    /// Whether there are tries left.
    fn is_free(&self, tx: &mut ReadTx, app: &App, now: Instant) -> Result<bool, Error> {
        let subject = self.subject(app);
        for (seconds, most) in self.limits() {
            if attempts::since(tx, &subject, now.plus(-seconds))? >= *most {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Uses one try; `false` where none is left.
    pub(super) fn use_one(&self, tx: &mut WriteTx, app: &App, now: Instant) -> Result<bool, Error> {
        let free = self.is_free(tx, app, now)?;
        if free {
            attempts::insert(tx, app.id(), &self.subject(app), now)?;
        }
        Ok(free)
    }

    /// The same.
    ///
    /// # Errors
    /// `rate_limited` where none is left.
    pub(super) fn demand_one(&self, tx: &mut WriteTx, app: &App, now: Instant) -> Result<(), Error> {
        if self.use_one(tx, app, now)? { Ok(()) } else { Err(Code::RateLimited.into()) }
    }

    /// It went well.
    pub(super) fn give_back(&self, tx: &mut WriteTx, app: &App) -> Result<(), Error> {
        Ok(attempts::forget(tx, &self.subject(app))?)
    }
}
