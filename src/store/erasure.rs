//! Taking a person out of every table: what is deleted, and whom that leaves. Their row stays without its person, as do
//! their reservations without their words: statistics count both (DESIGN 7).

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    guests::{Guest, lower},
    schema::{
        address_changes, data_views, idempotency, imported, invitations, outbox, refresh_tokens,
        reservations, sessions, settings, tickets, users, venues,
    },
};
use crate::domain::{
    ids::{OrganisationId, ReservationId, SessionId, UserId},
    instant::Instant,
};

/// What a person is known by in texts that are not theirs.
#[derive(Debug, Clone)]
pub struct Names {
    pub id: UserId,
    pub name: String,
    /// As they were written.
    pub addresses: Vec<String>,
    /// The canonical forms.
    pub keys: Vec<String>,
    /// Organisations that were this one person: what is stored about them names the person.
    pub organisations: Vec<(OrganisationId, String)>,
}

/// All addresses of an account that are still known: its own, those it was moved from or wished to move to.
///
/// # Errors
/// When the database fails.
pub fn names(tx: &mut ReadTx, account: &super::users::Account) -> Result<Names, StoreError> {
    type Row = (String, String, Option<String>, Option<String>);
    let changes = address_changes::table
        .filter(address_changes::user_id.eq(account.id))
        .select((
            address_changes::email,
            address_changes::email_key,
            address_changes::former_email,
            address_changes::former_key,
        ))
        .load::<Row>(&mut tx.connection)?;
    let mut names = Names {
        id: account.id,
        name: account.name.clone(),
        addresses: vec![account.email.clone()],
        keys: vec![account.email_key.clone()],
        organisations: Vec::new(),
    };
    for (email, key, former, former_key) in changes {
        names.addresses.extend([email].into_iter().chain(former));
        names.keys.extend([key].into_iter().chain(former_key));
    }
    Ok(names)
}

/// Deletes what is the person's alone: sign-ins with what their programs are called, tickets, and the looks at their data.
///
/// # Errors
/// When the database fails.
pub fn forget_own(tx: &mut WriteTx, person: UserId) -> Result<(), StoreError> {
    let own = sessions::table.filter(sessions::user_id.eq(person)).select(sessions::id);
    let own: Vec<SessionId> = own.load(&mut tx.connection)?;
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(own)))
        .execute(&mut tx.connection)?;
    diesel::delete(sessions::table.filter(sessions::user_id.eq(person))).execute(&mut tx.connection)?;
    diesel::delete(tickets::table.filter(tickets::user_id.eq(person))).execute(&mut tx.connection)?;
    diesel::delete(data_views::table.filter(data_views::person_id.eq(person))).execute(&mut tx.connection)?;
    Ok(())
}

/// Deletes what was kept to answer or to write to others and names the person: stored answers (the person's own, and
/// those that hold their id or an address of theirs; not the claim `but`, which is being settled and says nothing),
/// mails to them or about them, invitations.
///
/// # Errors
/// When the database fails.
pub fn forget_mentions(tx: &mut WriteTx, names: &Names, but: Option<&[u8]>) -> Result<(), StoreError> {
    let but = but.unwrap_or_default().to_vec();
    let own = idempotency::user_id.eq(names.id).assume_not_null().and(idempotency::claim.ne(but));
    diesel::delete(idempotency::table.filter(own)).execute(&mut tx.connection)?;
    diesel::delete(outbox::table.filter(outbox::user_id.eq(names.id))).execute(&mut tx.connection)?;
    let mut words = names.addresses.clone();
    words.push(names.id.to_string());
    words.extend(names.organisations.iter().map(|(id, _)| id.to_string()));
    for word in &words {
        let within = within(word);
        diesel::delete(idempotency::table.filter(idempotency::body.like(&within).escape('\\')))
            .execute(&mut tx.connection)?;
        // What is sent says nothing any more.
        let kept = outbox::table.filter(outbox::state.eq_any(["queued", "dead"]));
        diesel::delete(kept.filter(outbox::payload.like(&within).escape('\\')))
            .execute(&mut tx.connection)?;
    }
    // Others may have the same name, so what they still wait for is left alone.
    let named = [&names.name].into_iter().chain(names.organisations.iter().map(|(_, name)| name));
    for name in named {
        let named = within(serde_json::Value::from(name.as_str()).to_string().trim_matches('"'));
        let dead =
            outbox::table.filter(outbox::state.eq("dead").and(outbox::payload.like(named).escape('\\')));
        diesel::delete(dead).execute(&mut tx.connection)?;
    }
    diesel::delete(outbox::table.filter(outbox::to_email.eq_any(names.addresses.clone())))
        .execute(&mut tx.connection)?;
    diesel::delete(invitations::table.filter(invitations::email_key.eq_any(names.keys.clone())))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// Deletes the stored reports of imports where something that was brought in is the person's: what its line was known by may
/// name them. Who then repeats the import under its key adds nothing all the same.
///
/// # Errors
/// When the database fails.
pub fn forget_reports(tx: &mut WriteTx, person: UserId) -> Result<(), StoreError> {
    let theirs = imported::table
        .inner_join(reservations::table.on(imported::reservation_id.eq(reservations::id.nullable())))
        .filter(reservations::organiser_id.eq(person))
        .select(reservations::id);
    if theirs.first::<ReservationId>(&mut tx.connection).optional()?.is_some() {
        let report = idempotency::body.like(within("\"external_id\":")).escape('\\');
        diesel::delete(idempotency::table.filter(report)).execute(&mut tx.connection)?;
    }
    Ok(())
}

/// Deletes what others were answered that holds a person's id; not the claim `but`, which is being settled.
///
/// # Errors
/// When the database fails.
pub fn forget_answers(tx: &mut WriteTx, person: UserId, but: Option<&[u8]>) -> Result<(), StoreError> {
    let others = idempotency::claim.ne(but.unwrap_or_default().to_vec());
    let told = idempotency::body.like(within(&person.to_string())).escape('\\');
    diesel::delete(idempotency::table.filter(others).filter(told)).execute(&mut tx.connection)?;
    Ok(())
}

/// Deletes what still waits to be sent to these people and names a guest by id or by the address that their venue wrote,
/// however it is capitalised. The guest's own letters are theirs.
///
/// # Errors
/// When the database fails.
pub fn forget_letters(tx: &mut WriteTx, to: &[UserId], guest: &Guest) -> Result<(), StoreError> {
    for word in [guest.user_id.to_string(), guest.email.to_ascii_lowercase()] {
        let waits = outbox::table
            .filter(outbox::state.eq_any(["queued", "dead"]))
            .filter(outbox::user_id.eq_any(to.to_vec()).assume_not_null())
            .filter(outbox::user_id.ne(guest.user_id).assume_not_null());
        diesel::delete(waits.filter(lower(outbox::payload).like(within(&word)).escape('\\')))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// A pattern for texts that contain this one.
fn within(text: &str) -> String {
    let plain = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}

/// The names of the venues at which a person ever organised something.
///
/// # Errors
/// When the database fails.
pub fn been_at(tx: &mut ReadTx, person: UserId) -> Result<Vec<String>, StoreError> {
    let there = reservations::table
        .filter(reservations::organiser_id.eq(person).and(reservations::venue_id.eq(venues::id)))
        .select(reservations::id);
    Ok(venues::table
        .filter(diesel::dsl::exists(there))
        .order(venues::name)
        .select(venues::name)
        .load(&mut tx.connection)?)
}

/// People without an account (nobody ever proved the address, nor set a password) who were made before `before` and
/// organise nothing that ended later; at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn guests_gone(tx: &mut ReadTx, before: Instant, limit: i64) -> Result<Vec<UserId>, StoreError> {
    let later = reservations::table
        .filter(reservations::organiser_id.eq(users::id).and(reservations::ends_at.ge(before)))
        .select(reservations::id);
    Ok(users::table
        .filter(users::verified_at.is_null().and(users::password_hash.is_null()))
        .filter(users::disabled_at.is_null().and(users::created_at.lt(before)))
        .filter(diesel::dsl::not(diesel::dsl::exists(later)))
        .order(users::id)
        .limit(limit)
        .select(users::id)
        .load(&mut tx.connection)?)
}

/// Whether a person organises nothing that ended after `before`.
///
/// # Errors
/// When the database fails.
pub fn is_gone(tx: &mut ReadTx, person: UserId, before: Instant) -> Result<bool, StoreError> {
    let later = reservations::organiser_id.eq(person).and(reservations::ends_at.ge(before));
    let first = reservations::table.filter(later).select(reservations::id);
    Ok(first.first::<ReservationId>(&mut tx.connection).optional()?.is_none())
}

/// Everybody who was erased, by id, and when.
///
/// # Errors
/// When the database fails.
pub fn erased(tx: &mut ReadTx) -> Result<Vec<(UserId, Instant)>, StoreError> {
    Ok(users::table
        .filter(users::disabled_at.is_not_null())
        .order(users::id)
        .select((users::id, users::disabled_at.assume_not_null()))
        .load(&mut tx.connection)?)
}

/// The name of the setting that says: something was erased, and its bytes may still lie in pages of the file.
const TO_SCRUB: &str = "scrub";

/// Asks for the file to be scrubbed.
///
/// # Errors
/// When the database fails.
pub fn ask_to_scrub(tx: &mut WriteTx, now: Instant) -> Result<(), StoreError> {
    scrubbed(tx)?;
    diesel::insert_into(settings::table)
        .values((settings::name.eq(TO_SCRUB), settings::value.eq(now.unix().to_string())))
        .execute(&mut tx.connection)?;
    Ok(())
}

/// What was asked last.
///
/// # Errors
/// When the database fails.
pub fn to_scrub(tx: &mut ReadTx) -> Result<Option<String>, StoreError> {
    let asked = settings::table.find(TO_SCRUB).select(settings::value).first(&mut tx.connection);
    Ok(asked.optional()?)
}

/// It is done.
///
/// # Errors
/// When the database fails.
pub fn scrubbed(tx: &mut WriteTx) -> Result<(), StoreError> {
    diesel::delete(settings::table.find(TO_SCRUB)).execute(&mut tx.connection)?;
    Ok(())
}
