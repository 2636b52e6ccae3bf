//! Tickets: links with a code beside them that prove an address, single use, a few an hour.

use secrecy::ExposeSecret;

use crate::{
    app::{
        App,
        credentials::random::{self, TokenHash},
        error::Error,
        notify,
    },
    domain::{ids::UserId, instant::Instant},
    mail::notice::Notice,
    store::{
        attempts,
        db::WriteTx,
        locks,
        tickets::{self, Ticket},
        users::{self, Account},
    },
};

/// With so many of the last hour unused, no further one is sent: nobody's mailbox is to be flooded, and a guesser gets
/// 25 tries an hour at a million codes. The newest is valid once more instead, so that a stranger who asks in
/// somebody's name again and again does not lock them out; what was used does not count, as its owner was there.
const PER_HOUR: usize = 5;
const HOUR: i64 = 3600;

/// Minutes a sign-in link is valid.
const SIGN_IN_MINUTES: u32 = 10;
/// Hours a verification link is valid.
const VERIFY_HOURS: u32 = 24;

/// What a ticket is sent for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    SignIn,
    Verifying,
    /// Somebody registered an address that has an account.
    KnownAddress,
}

impl For {
    const fn seconds(self) -> i64 {
        match self {
            Self::SignIn | Self::KnownAddress => SIGN_IN_MINUTES as i64 * 60,
            Self::Verifying => VERIFY_HOURS as i64 * HOUR,
        }
    }

    const fn purpose(self) -> &'static str {
        match self {
            Self::SignIn | Self::KnownAddress => "sign_in",
            Self::Verifying => "verify",
        }
    }

    fn notice(self, link: String, code: String) -> Notice {
        match self {
            Self::SignIn => Notice::SignIn { link, code, minutes: SIGN_IN_MINUTES },
            Self::Verifying => Notice::VerifyAddress { link, code, hours: VERIFY_HOURS },
            Self::KnownAddress => Notice::AddressAlreadyKnown { link },
        }
    }
}

/// For an address without an account: looks, makes and writes what [`send`] does, in as many rows, and a mail that goes
/// nowhere, so that neither the answer nor what the service does next takes another time.
pub(super) fn decoy(tx: &mut WriteTx, app: &App, at: Instant) -> Result<(), Error> {
    let nobody: UserId = app.id();
    locks::claimant(tx, nobody, None)?;
    users::find(tx, nobody)?;
    tickets::since(tx, nobody, at.plus(-HOUR))?;
    nowhere(tx, app, at)
}

fn nowhere(tx: &mut WriteTx, app: &App, at: Instant) -> Result<(), Error> {
    let (token, code) = (random::token(), random::code());
    let tag = app.codes.code_tag("nobody", code.expose_secret());
    attempts::insert(tx, app.id(), &tag, at)?;
    let link = format!("{}/sign-in#token={}", app.public_url, token.expose_secret());
    notify::tell_nowhere(tx, app, &For::SignIn.notice(link, code.expose_secret().to_owned()))
}

/// Makes a ticket and queues its mail, or prolongs the newest where enough of them lie unused; the caller holds
/// `locks::claimant`.
pub(super) fn send(
    tx: &mut WriteTx,
    app: &App,
    account: &Account,
    what: For,
    at: Instant,
) -> Result<(), Error> {
    let mut lie = tickets::since(tx, account.id, at.plus(-HOUR))?;
    lie.retain(|ticket| ticket.used_at.is_none());
    if let Some(newest) = lie.first().filter(|_| lie.len() >= PER_HOUR) {
        let until = newest.expires_at.max(at.plus(For::SignIn.seconds()));
        tickets::prolong(tx, newest.id, until)?;
        return nowhere(tx, app, at);
    }
    let (id, token, code) = (app.id(), random::token(), random::code());
    let ticket = Ticket {
        id,
        user_id: account.id,
        purpose: what.purpose().to_owned(),
        token_hash: TokenHash::of(token.expose_secret()).as_bytes().to_vec(),
        code_hash: app.codes.code_tag(&id.to_string(), code.expose_secret()).to_vec(),
        attempts: 0,
        expires_at: at.plus(what.seconds()),
        used_at: None,
        created_at: at,
    };
    tickets::insert(tx, &ticket)?;
    // Who proves an address says what they are called.
    let page = if account.verified_at.is_none() { "sign-in?verify" } else { "sign-in" };
    let link = format!("{}/{page}#token={}", app.public_url, token.expose_secret());
    notify::tell(tx, app, &account.contact(), &what.notice(link, code.expose_secret().to_owned()))
}
