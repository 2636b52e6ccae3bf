//! What checking in, checking out and no-shows share: the way in, the locks, the truncation, the trace, the mails.

use std::sync::Arc;

use super::{
    approvals,
    edit::visible,
    equipment,
    links::{Link, url},
    notices::About,
    slot::{drop_change, occupy},
    view::{self, ReservationView},
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        guests,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor, Claimed},
        approval::Answer,
        check_in::{NotNow, released},
        ids::{ReservationId, SpaceId, UnitId, UserId},
        instant::Instant,
        places::Configuration,
        record::Reservation,
        reservation::Status,
        space::SpaceKind,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        error::StoreError,
        idempotency::Claim,
        locks, people, reservations, series,
    },
};

/// A reservation under its locks, as it is, with all that a change of it may touch.
pub(super) struct Locked {
    pub configuration: Arc<Configuration>,
    pub reservation: Reservation,
    pub units: Vec<UnitId>,
    /// Taken after the locks.
    pub now: Instant,
}

/// What was done, for the audit: by whom (nobody: time, or a link or code of a mail) and what else is to be said.
pub(super) struct Trace {
    pub action: &'static str,
    pub by: Option<UserId>,
    pub payload: serde_json::Value,
}

/// Does something to a reservation that the actor may see and, as `action` has it, change: under its locks, in the
/// version that is expected. Answers as it is then.
///
/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, and those of `change`.
pub(super) fn command(
    app: &Arc<App>,
    actor: &Actor,
    (name, claim): (&'static str, Option<Claim>),
    (id, expected): (ReservationId, Expected),
    action: fn(Claimed) -> Action,
    change: impl Fn(&mut WriteTx, &App, &mut Locked, &Actor) -> Result<(), Error> + Send + 'static,
) -> Result<Done<ReservationView>, Error> {
    let before = visible(app, actor, id)?;
    access::may(actor, action(before.claimed()))?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command(name, claim, move |tx| {
        let mut locked = Locked::lock(tx, &app_, &before)?;
        expected.check(locked.reservation.version)?;
        change(tx, &app_, &mut locked, &actor)?;
        locked.view(tx, &actor)
    })
}

impl Locked {
    /// Locks in the one order; `known` may be as it was a while ago.
    ///
    /// # Errors
    /// When the database fails.
    pub fn lock(tx: &mut WriteTx, app: &App, known: &Reservation) -> Result<Self, Error> {
        Self::lock_with(tx, app, known, &[], alone)
    }

    fn lock_with(
        tx: &mut WriteTx,
        app: &App,
        known: &Reservation,
        asked: &[SpaceId],
        reservations: fn(&mut WriteTx, &Reservation) -> Result<(), StoreError>,
    ) -> Result<Self, Error> {
        locks::share_configuration(tx, known.place)?;
        let configuration = view::configuration(tx, app, known.space)?;
        let locked =
            equipment::lock_units(tx, app, &configuration, known.spaces().chain(asked.iter().copied()))?;
        reservations(tx, known)?;
        let reservation = reservations::find(tx, known.id)?.ok_or(Error::NOT_FOUND)?;
        equipment::covers(&locked, &reservation)?;
        let units = view::units_of(tx, &reservation)?;
        Ok(Self { configuration, reservation, units, now: app.now() })
    }

    /// The same where limits of whom it is for may come into it: they are locked first; and with the spaces and
    /// pools `asked` for besides what it has.
    ///
    /// # Errors
    /// When the database fails.
    pub fn with_claimant(
        tx: &mut WriteTx,
        app: &App,
        known: &Reservation,
        asked: &[SpaceId],
    ) -> Result<Self, Error> {
        locks::claimant(tx, known.organiser, known.organisation)?;
        Self::lock_with(tx, app, known, asked, alone)
    }

    /// The same where a decision on it may be told with a newer revision of its series, which writes all of that: who
    /// locked one alone and then wrote the others would meet those who lock them in their order.
    ///
    /// # Errors
    /// When the database fails.
    pub fn with_its_series(tx: &mut WriteTx, app: &App, known: &Reservation) -> Result<Self, Error> {
        locks::claimant(tx, known.organiser, known.organisation)?;
        Self::lock_with(tx, app, known, &[], |tx, known| {
            // Of the series that it is in by now: who splits one has the person, whom this holds.
            let found = known.belongs.map(|_| reservations::find(tx, known.id)).transpose()?.flatten();
            match found.and_then(|one| one.belongs) {
                Some(belongs) => series::lock_members(tx, belongs.series),
                None => alone(tx, known),
            }
        })
    }

    /// The same of a reservation that alone is locked: its units stay as they are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn read(tx: &mut WriteTx, app: &App, reservation: Reservation) -> Result<Self, Error> {
        let configuration = view::configuration(tx, app, reservation.space)?;
        let units = view::units_of(tx, &reservation)?;
        Ok(Self { configuration, reservation, units, now: app.now() })
    }

    /// Gives the rest of its time back, if there is any, and with it what a requested change holds besides.
    ///
    /// # Errors
    /// When the database fails.
    pub fn release(&mut self, tx: &mut WriteTx, app: &App) -> Result<(), Error> {
        if self.reservation.change.is_some() {
            self.withdraw_change(tx, app)?;
        }
        let reservation = &mut self.reservation;
        let Some(at) = released(reservation.interval, reservation.released_at, self.now) else {
            return Ok(());
        };
        reservation.released_at = Some(at);
        occupy(tx, app, reservation, &self.units)
    }

    /// Ends a change that waits, and the question about it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn withdraw_change(&mut self, tx: &mut WriteTx, app: &App) -> Result<(), Error> {
        self.units = drop_change(tx, app, &mut self.reservation)?;
        self.reservation.updated_at = self.now;
        approvals::follow(tx, app, &self.reservation, Answer::Withdrawn, None)
    }

    /// Writes it down with its trace; `from` is the status before.
    ///
    /// # Errors
    /// When the database fails.
    pub fn save(&mut self, tx: &mut WriteTx, app: &App, from: Status, trace: Trace) -> Result<(), Error> {
        let reservation = &mut self.reservation;
        reservation.version += 1;
        reservation.updated_at = self.now;
        reservations::update(tx, reservation)?;
        let entry = Entry::new(app.id(), self.now, trace.by, trace.action, reservation.id)
            .within(reservation.place)
            .moving(Some(from), reservation.status)
            .with(trace.payload);
        Ok(audit::append(tx, &entry)?)
    }

    /// Tells the organiser, while there is one to be told.
    ///
    /// # Errors
    /// When the database fails.
    pub fn tell(
        &self,
        tx: &mut WriteTx,
        app: &App,
        what: impl FnOnce(&About<'_>, &mut WriteTx) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let Some(organiser) = people::contact(tx, self.reservation.organiser)? else { return Ok(()) };
        let about = About {
            app,
            configuration: &self.configuration,
            reservation: &self.reservation,
            units: &self.units,
            organiser: &organiser,
            now: self.now,
            message: None,
        };
        what(&about, tx)
    }

    /// Asks how many came, once it is over, where the venue measures what is used and nobody has counted.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ask_heads(&self, tx: &mut WriteTx, app: &App) -> Result<(), Error> {
        let Reservation { id, headcount, presence, .. } = self.reservation;
        let seats = self.configuration.space.kind != SpaceKind::Equipment;
        if !presence.rules.required || headcount.is_some() || !seats {
            return Ok(());
        }
        self.tell(tx, app, |about, tx| about.ask_heads(tx, url(app, Link::Headcount, id)))
    }

    /// As `actor` sees it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn view(self, tx: &mut WriteTx, actor: &Actor) -> Result<ReservationView, Error> {
        let organiser = people::contact(tx, self.reservation.organiser)?;
        let organiser = guests::as_known(tx, (&self.reservation).into(), organiser, actor)?;
        Ok(view::view(&self.reservation, self.units, organiser.as_ref(), &self.configuration, actor))
    }
}

fn alone(tx: &mut WriteTx, known: &Reservation) -> Result<(), StoreError> {
    locks::reservation(tx, known.id)
}

impl From<NotNow> for Error {
    fn from(why: NotNow) -> Self {
        match why {
            NotNow::Opens(_) => Code::NotOpenYet.into(),
            NotNow::State(status) => Self::State(status),
        }
    }
}
