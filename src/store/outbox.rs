//! Outgoing messages: queued in the caller's transaction, claimed by lease, sent outside any (DESIGN 6).

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    erasure,
    error::StoreError,
    schema::outbox,
};
use crate::domain::{
    ids::{MessageId, UserId},
    instant::Instant,
};

/// What stands where a payload stood.
const FORGOTTEN: &str = "{}";
/// The kind of the last mail to who was erased, which is nobody's.
const LAST: &str = "standing";

/// Sign-in mails go first, then what people wait for, then the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Priority {
    SignIn = 0,
    Transactional = 1,
    Bulk = 2,
}

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub id: MessageId,
    pub kind: &'static str,
    pub priority: Priority,
    pub user: Option<UserId>,
    pub to_email: String,
    pub to_name: String,
    pub locale: &'static str,
    /// The notice as JSON, with everything needed to compose it.
    pub payload: String,
    pub created_at: Instant,
}

/// A message claimed for sending.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Leased {
    pub id: MessageId,
    pub kind: String,
    pub to_email: String,
    pub to_name: String,
    pub locale: String,
    pub payload: String,
    /// Attempts before this one.
    pub attempts: i32,
    pub created_at: Instant,
}

/// Queues a message; the worker is woken after the commit.
///
/// # Errors
/// When the database fails.
pub fn enqueue(tx: &mut WriteTx, message: &Outgoing) -> Result<(), StoreError> {
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(message.id),
            outbox::kind.eq(message.kind),
            outbox::priority.eq(message.priority as i16),
            outbox::user_id.eq(message.user),
            outbox::to_email.eq(&message.to_email),
            outbox::to_name.eq(&message.to_name),
            outbox::locale.eq(message.locale),
            outbox::payload.eq(&message.payload),
            outbox::state.eq("queued"),
            outbox::due_at.eq(message.created_at),
            outbox::created_at.eq(message.created_at),
        ))
        .execute(&mut tx.connection)?;
    tx.queued_mail = true;
    Ok(())
}

/// Claims up to `limit` due messages until `until`: nobody else sees them as due before then.
/// `lease` marks them as ours, so that a worker that came back too late can't settle another's.
///
/// # Errors
/// When the database fails.
pub fn lease(
    tx: &mut WriteTx,
    lease: &[u8],
    now: Instant,
    until: Instant,
    limit: i64,
) -> Result<Vec<Leased>, StoreError> {
    let due = outbox::table
        .filter(outbox::state.eq("queued").and(outbox::due_at.le(now)))
        .order((outbox::priority, outbox::due_at, outbox::id))
        .limit(limit)
        .select(outbox::id);
    let ids: Vec<MessageId> = match &mut tx.connection {
        super::dialect::AnyConnection::Postgres(connection) => {
            due.for_no_key_update().skip_locked().load(connection)?
        }
        super::dialect::AnyConnection::Sqlite(connection) => due.load(connection)?,
    };
    on_both!(tx, connection => diesel::update(outbox::table.filter(outbox::id.eq_any(&ids)))
        .set((outbox::due_at.eq(until), outbox::lease.eq(lease)))
        .execute(connection))?;
    Ok(outbox::table
        .filter(outbox::id.eq_any(&ids))
        .order((outbox::priority, outbox::created_at, outbox::id))
        .select(Leased::as_select())
        .load(&mut tx.connection)?)
}

/// Ends all leases: their messages are due again. Only for whoever knows that nobody holds one; returns how many.
///
/// # Errors
/// When the database fails.
pub fn release(tx: &mut WriteTx, now: Instant) -> Result<usize, StoreError> {
    let leased = outbox::table.filter(outbox::state.eq("queued").and(outbox::lease.is_not_null()));
    Ok(diesel::update(leased)
        .set((outbox::due_at.eq(now), outbox::lease.eq(None::<Vec<u8>>)))
        .execute(&mut tx.connection)?)
}

/// How one attempt ended.
#[derive(Debug, Clone)]
pub enum Settled {
    Sent,
    /// Try again at the given instant.
    Retry(Instant, String),
    /// Give up: a dead letter.
    Dead(String),
}

/// Records the end of an attempt; nothing happens when the lease is no longer ours. What was said is forgotten once
/// it has been sent: nobody needs it, it names people, and a link in it may be worth as much as a password.
///
/// # Errors
/// When the database fails.
pub fn settle(
    tx: &mut WriteTx,
    id: MessageId,
    lease: &[u8],
    now: Instant,
    settled: &Settled,
) -> Result<(), StoreError> {
    let ours = outbox::table.filter(outbox::id.eq(id).and(outbox::lease.eq(lease)));
    let attempts = outbox::attempts.eq(outbox::attempts + 1);
    match settled {
        Settled::Sent => {
            // The last mail to who was erased: their address was kept for it alone, and we said that it is not any more.
            let last = ours.filter(outbox::user_id.is_null().and(outbox::kind.eq(LAST)));
            if diesel::delete(last).execute(&mut tx.connection)? > 0 {
                return erasure::ask_to_scrub(tx, now);
            }
            let sent =
                (outbox::state.eq("sent"), outbox::sent_at.eq(now), outbox::payload.eq(FORGOTTEN), attempts);
            diesel::update(ours).set(sent).execute(&mut tx.connection)?
        }
        Settled::Retry(at, error) => diesel::update(ours)
            .set((
                outbox::due_at.eq(*at),
                outbox::lease.eq(None::<Vec<u8>>),
                outbox::last_error.eq(error),
                attempts,
            ))
            .execute(&mut tx.connection)?,
        Settled::Dead(error) => {
            // An operator may have the others sent after all; a link that signs in is over by then.
            let secret = ours.filter(outbox::priority.eq(Priority::SignIn as i16));
            diesel::update(secret).set(outbox::payload.eq(FORGOTTEN)).execute(&mut tx.connection)?;
            diesel::update(ours)
                .set((outbox::state.eq("dead"), outbox::last_error.eq(error), attempts))
                .execute(&mut tx.connection)?
        }
    };
    Ok(())
}

/// Forgets messages that were made before `before` and are sent or dead; at most `limit`, and how many.
///
/// # Errors
/// When the database fails.
pub fn purge(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let old: Vec<MessageId> = outbox::table
        .filter(outbox::created_at.lt(before).and(outbox::state.ne("queued")))
        .limit(limit)
        .select(outbox::id)
        .load(&mut tx.connection)?;
    on_both!(tx, connection => diesel::delete(outbox::table.filter(outbox::id.eq_any(&old))).execute(connection))
        .map_err(StoreError::from)
}

/// Forgets the last messages to people who were erased, and those that go nowhere: those that were sent, or can't be, and
/// those made before `before`, which nobody could be reached by; at most `limit`, and how many. An invitation is somebody's,
/// with an account or without.
///
/// # Errors
/// When the database fails.
pub fn purge_of_nobody(tx: &mut WriteTx, before: Instant, limit: i64) -> Result<usize, StoreError> {
    let over = outbox::state.ne("queued").or(outbox::created_at.lt(before));
    let of_nobody = outbox::user_id.is_null().and(outbox::kind.ne("invitation"));
    let old: Vec<MessageId> =
        outbox::table.filter(of_nobody.and(over)).limit(limit).select(outbox::id).load(&mut tx.connection)?;
    on_both!(tx, connection => diesel::delete(outbox::table.filter(outbox::id.eq_any(&old))).execute(connection))
        .map_err(StoreError::from)
}

/// A message as its reader may know of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = outbox)]
pub struct Posted {
    pub id: MessageId,
    pub kind: String,
    pub to_email: String,
    pub state: String,
    pub created_at: Instant,
    pub sent_at: Option<Instant>,
}

/// All messages to a person that are kept, by id.
///
/// # Errors
/// When the database fails.
pub fn all_to(tx: &mut ReadTx, user: UserId) -> Result<Vec<Posted>, StoreError> {
    let own = outbox::table.filter(outbox::user_id.eq(user).assume_not_null()).order(outbox::id);
    Ok(own.select(Posted::as_select()).load(&mut tx.connection)?)
}

/// Messages queued from `since` and before `until` count as sent at once, without being sent: the demo's notices
/// of days that nobody waits for. Returns how many.
///
/// # Errors
/// When the database fails.
pub fn settle_unsent(tx: &mut WriteTx, since: Instant, until: Instant) -> Result<usize, StoreError> {
    let queued = outbox::table.filter(outbox::state.eq("queued"));
    let meant = queued.filter(outbox::created_at.ge(since).and(outbox::created_at.lt(until)));
    Ok(diesel::update(meant)
        .set((
            outbox::state.eq("sent"),
            outbox::sent_at.eq(outbox::created_at.nullable()),
            outbox::payload.eq(FORGOTTEN),
        ))
        .execute(&mut tx.connection)?)
}

/// How many messages are in each state, for metrics: (queued, dead).
///
/// # Errors
/// When the database fails.
pub fn backlog(tx: &mut ReadTx) -> Result<(i64, i64), StoreError> {
    let mut count = |state: &str| {
        outbox::table.filter(outbox::state.eq(state)).count().get_result::<i64>(&mut tx.connection)
    };
    Ok((count("queued")?, count("dead")?))
}
