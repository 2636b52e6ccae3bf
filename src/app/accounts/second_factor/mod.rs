//! The second factor: a code of an authenticator (TOTP), or one of ten recovery codes, besides what one signs in with.
//!
//! No code counts twice. Six digits may be tried a few times only, over all sign-ins of the person; recovery codes hold
//! fifty random bits, so that nobody who keeps guessing digits can lock the owner out.

pub mod manage;
pub mod set_up;
pub mod verify;

use serde::Serialize;
use utoipa::ToSchema;

use super::attempts::Tried;
use crate::{
    app::{
        App,
        credentials::{password::Use, random, sealing::Purpose, totp::TotpSecret},
        error::{Error, Why},
    },
    domain::{ids::UserId, instant::Instant},
    store::{
        db::{ReadTx, WriteTx},
        second_factors::{self, SecondFactor},
    },
};
pub(super) use verify::step;

/// How many recovery codes a person is given.
const RECOVERY_CODES: usize = 10;
/// Their characters: five bits each, and none that is taken for another.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const RECOVERY_LENGTH: usize = 10;

/// Shown once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// Each stands in for a code of the authenticator once.
    #[schema(example = json!(["7k3mq-x09ta"]))]
    pub recovery_codes: Vec<String>,
}

/// The person's second factor, where it is in force.
pub(super) fn in_force(tx: &mut ReadTx, user: UserId) -> Result<Option<SecondFactor>, Error> {
    Ok(second_factors::find(tx, user)?.filter(|factor| factor.enabled_at.is_some()))
}

/// What the person's password is asked with (DESIGN 8).
pub(super) fn password_use(app: &App, user: UserId) -> Result<Use, Error> {
    let factor = app.db.read(|tx| in_force(tx, user))?;
    Ok(if factor.is_some() { Use::WithSecondFactor } else { Use::Alone })
}

/// Takes a second factor away that came into force at or after `since`.
pub(super) fn drop_since(tx: &mut WriteTx, user: UserId, since: Instant) -> Result<(), Error> {
    match second_factors::find(tx, user)? {
        Some(factor) if factor.enabled_at.is_none_or(|at| at >= since) => {
            Ok(second_factors::forget(tx, user)?)
        }
        Some(_) => Ok(second_factors::end_halves(tx, user)?),
        None => Ok(()),
    }
}

/// Which of the two a code was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Digits,
    Recovery,
}

/// Takes a code of the authenticator or a recovery code, once; `None` for a wrong one, which the caller commits. The
/// caller holds `locks::claimant`.
///
/// # Errors
/// `rate_limited` after too many wrong digits.
pub(super) fn take_code(
    tx: &mut WriteTx,
    app: &App,
    factor: &SecondFactor,
    given: &str,
    now: Instant,
) -> Result<Option<Taken>, Error> {
    let given: String = given.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if given.len() != RECOVERY_LENGTH {
        let fits = take_digits(tx, app, factor, &given, now)?;
        return Ok(fits.then_some(Taken::Digits));
    }
    let tag = recovery_tag(app, factor.user_id, &given.to_ascii_lowercase());
    let known = second_factors::use_recovery(tx, factor.user_id, &tag, now)?;
    Ok(known.then_some(Taken::Recovery))
}

fn take_digits(
    tx: &mut WriteTx,
    app: &App,
    factor: &SecondFactor,
    given: &str,
    now: Instant,
) -> Result<bool, Error> {
    let tried = Tried::Code(factor.user_id);
    tried.demand_one(tx, app, now)?;
    let step = open(app, factor)?.step_of(given, now);
    let Some(step) = step.filter(|step| factor.last_step.is_none_or(|last| last < *step)) else {
        return Ok(false);
    };
    second_factors::update(tx, &SecondFactor { last_step: Some(step), ..factor.clone() })?;
    tried.give_back(tx, app)?;
    Ok(true)
}

fn open(app: &App, factor: &SecondFactor) -> Result<TotpSecret, Error> {
    let name = factor.user_id.to_string();
    let octets = app.secret.open(Purpose::SecondFactors, &name, &factor.sealed);
    let octets = octets.map_err(|error| Error::Broken(format!("the second factor of {name} {error}")))?;
    TotpSecret::from_bytes(octets).map_err(|error| Error::Broken(error.to_string()))
}

/// Gives the person fresh recovery codes; only their tags are kept.
fn renew_recovery(tx: &mut WriteTx, app: &App, user: UserId) -> Result<RecoveryCodes, Error> {
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect();
    let tags: Vec<_> = codes.iter().map(|code| recovery_tag(app, user, code)).collect();
    second_factors::replace_recovery(tx, user, &tags)?;
    let in_halves = |code: &String| format!("{}-{}", &code[..5], &code[5..]);
    Ok(RecoveryCodes { recovery_codes: codes.iter().map(in_halves).collect() })
}

fn recovery_code() -> String {
    let octets = random::bytes::<RECOVERY_LENGTH>();
    octets.iter().map(|octet| char::from(ALPHABET[usize::from(octet % 32)])).collect()
}

fn recovery_tag(app: &App, user: UserId, code: &str) -> [u8; 32] {
    app.codes.code_tag(&format!("recovery {user}"), code)
}

pub(super) fn missing() -> Error {
    Error::conflict(Why::NoSecondFactor)
}
