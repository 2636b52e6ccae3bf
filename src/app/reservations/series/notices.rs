//! What people are told about series: one mail for all of its reservations, with one calendar object (DESIGN 6).

use std::borrow::Cow;

use super::{
    super::{links::manage_url, notices::About as AboutOne, slot::wished},
    standing::calendar,
};
use crate::{
    app::{App, error::Error, guests, notify::tell},
    domain::{
        access::Actor,
        ids::{SeriesId, UnitId},
        instant::{Instant, Interval},
        places::Configuration,
        record::Reservation,
        reservation::Status,
        series::Series,
    },
    mail::{
        notice::{Notice, Price, ReservationView},
        series::{Date, SeriesEvent, SeriesNotice},
    },
    store::{
        db::{ReadTx, WriteTx},
        people::{self, Contact},
        series as table,
    },
};

/// Where a series is, and to whom its notices go.
pub(super) struct About<'a> {
    pub app: &'a App,
    pub configuration: &'a Configuration,
    pub organiser: &'a Contact,
    /// When the notice is made; a calendar object is stamped with it.
    pub now: Instant,
}

/// What is said of a series beside how it stands.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub what: SeriesEvent,
    /// Those that it is about.
    pub about: &'a [&'a Reservation],
    pub units: &'a [UnitId],
    pub left_out: &'a [Interval],
    pub message: Option<&'a str>,
    pub by_venue: bool,
    pub invited: bool,
}

impl<'a> Said<'a> {
    pub fn plainly(what: SeriesEvent, about: &'a [&'a Reservation]) -> Self {
        Self { what, about, units: &[], left_out: &[], message: None, by_venue: false, invited: false }
    }
}

impl About<'_> {
    /// A new series: what of it is confirmed, and apart from that what the venue's staff decide on.
    pub fn made(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        members: &[Reservation],
        units: &[UnitId],
        left_out: &[Interval],
    ) -> Result<(), Error> {
        let (waiting, confirmed): (Vec<&Reservation>, Vec<&Reservation>) =
            members.iter().partition(|one| one.status == Status::Pending);
        let mut left_out = left_out;
        if !confirmed.is_empty() {
            let said = Said { units, left_out, ..Said::plainly(SeriesEvent::Confirmed, &confirmed) };
            self.say(tx, series, members, said)?;
            left_out = &[];
        }
        if waiting.is_empty() {
            return Ok(());
        }
        let said = Said { units, left_out, ..Said::plainly(SeriesEvent::Requested, &waiting) };
        self.say(tx, series, members, said)?;
        self.to_decide(tx, series, members, &waiting)
    }

    /// To each of those who decide for the venue.
    pub fn to_decide(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        members: &[Reservation],
        waiting: &[&Reservation],
    ) -> Result<(), Error> {
        let said = Said::plainly(SeriesEvent::ToDecide, waiting);
        let known = guests::as_known(tx, series.into(), Some(self.organiser.clone()), &Actor::Anonymous)?;
        let about = About { organiser: known.as_ref().unwrap_or(self.organiser), ..*self };
        let Some(notice) = about.notice(tx, series, members, said)? else { return Ok(()) };
        let notice = Notice::Series(Box::new(notice));
        for colleague in people::deciders(tx, self.configuration.venue.id)? {
            tell(tx, self.app, &colleague, &notice)?;
        }
        Ok(())
    }

    /// What waited and is not to be had, to the organiser: requests, whose dates are free again, and apart from them
    /// wishes (`slot::refused`), without which all stays as it was.
    pub fn declined(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        members: &[Reservation],
        (requests, wishes): (&[&Reservation], &[&Reservation]),
        message: Option<&str>,
    ) -> Result<(), Error> {
        for (what, about) in [(SeriesEvent::Declined, requests), (SeriesEvent::ChangeDeclined, wishes)] {
            self.say(tx, series, members, Said { message, ..Said::plainly(what, about) })?;
        }
        Ok(())
    }

    /// The same for what nobody decided in time.
    pub fn lapsed(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        members: &[Reservation],
        (requests, wishes): (&[&Reservation], &[&Reservation]),
    ) -> Result<(), Error> {
        self.say(tx, series, members, Said::plainly(SeriesEvent::Lapsed, requests))?;
        self.say(tx, series, members, Said::plainly(SeriesEvent::ChangeLapsed, wishes))
    }

    /// To the organiser; nothing where it is about none.
    pub fn say(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        members: &[Reservation],
        said: Said<'_>,
    ) -> Result<(), Error> {
        match self.notice(tx, series, members, said)? {
            Some(notice) => tell(tx, self.app, self.organiser, &Notice::Series(Box::new(notice))),
            None => Ok(()),
        }
    }

    fn notice(
        &self,
        tx: &mut ReadTx,
        series: &Series,
        members: &[Reservation],
        said: Said<'_>,
    ) -> Result<Option<SeriesNotice>, Error> {
        let Said { what, about, units, left_out, message, by_venue, invited } = said;
        let mut about: Vec<Cow<'_, Reservation>> = about.iter().map(|&one| told(what, one)).collect();
        about.sort_by_key(|one| one.interval.start());
        let Some(first) = about.first() else { return Ok(None) };
        let one = |reservation| {
            let Self { app, configuration, organiser, now } = *self;
            AboutOne { app, configuration, reservation, units, organiser, now, message }
        };
        let manage_link = (about.len() == 1 && what != SeriesEvent::ToDecide)
            .then(|| manage_url(self.app, first.id, self.organiser));
        let reservation = ReservationView { recurrence: None, manage_link, ..one(first).view_told(tx)? };
        let standing = self.standing(tx, series, members)?;
        Ok(Some(SeriesNotice {
            what,
            id: series.id,
            sequence: series.sequence,
            reservation,
            dates: about.iter().map(|one| date(one.interval)).collect(),
            left_out: left_out.iter().copied().map(date).collect(),
            total: total(&about),
            decide_by: about.iter().filter_map(|one| one.expires_at).min(),
            waiting: waiting(what, members, self.now),
            by_venue,
            invited,
            calendar: calendar(series, members, &self.elsewhere(tx, series, members)?),
            standing: standing.map(Box::new),
        }))
    }
}

/// With its requested change where that is what is asked for, else as it stands.
fn told(what: SeriesEvent, reservation: &Reservation) -> Cow<'_, Reservation> {
    let asks = matches!(what, SeriesEvent::Requested | SeriesEvent::ToDecide);
    match reservation.change.as_ref().filter(|_| asks) {
        Some(change) => Cow::Owned(wished(reservation, change)),
        None => Cow::Borrowed(reservation),
    }
}

/// How much else of a series waits at `now`, where its reader could think that all of it stands. What ran out does not,
/// even before the job has noticed.
fn waiting(what: SeriesEvent, members: &[Reservation], now: Instant) -> u32 {
    let told = matches!(what, SeriesEvent::Confirmed | SeriesEvent::Approved);
    let waits = |one: &&Reservation| {
        told && one.status == Status::Pending && one.expires_at.is_none_or(|at| at > now)
    };
    let waiting = members.iter().filter(waits).count();
    u32::try_from(waiting).unwrap_or(u32::MAX)
}

pub(super) fn date(interval: Interval) -> Date {
    Date { starts_at: interval.start(), ends_at: interval.end() }
}

/// What they cost together; none where none is priced, or not in one currency.
fn total(about: &[Cow<'_, Reservation>]) -> Option<Price> {
    let mut quotes = about.iter().filter(|one| one.status.occupies()).filter_map(|one| one.quote.as_ref());
    let first = quotes.next()?;
    let currency = first.currency;
    let minor = quotes.try_fold(first.total_gross, |sum, quote| {
        (quote.currency == currency).then(|| sum.saturating_add(quote.total_gross))
    })?;
    Some(Price { minor, currency: currency.to_string() })
}

/// What was given up of a series, told in one mail; `invited` where a calendar may know of it.
///
/// # Errors
/// When the database fails.
pub(super) fn tell_cancelled(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    series: SeriesId,
    (given_up, by_venue, message): (&[Reservation], bool, Option<&str>),
    invited: bool,
) -> Result<(), Error> {
    let about: Vec<&Reservation> = given_up.iter().collect();
    let said = Said { message, by_venue, invited, ..Said::plainly(SeriesEvent::Cancelled, &about) };
    tell_renewed(tx, app, configuration, series, said)
}

/// One that waited and stands now, decided by itself, on its `units`.
///
/// # Errors
/// When the database fails.
pub(in crate::app::reservations) fn tell_approved(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    (series, approved, units): (SeriesId, &Reservation, &[UnitId]),
    message: Option<&str>,
) -> Result<(), Error> {
    let about = [approved];
    let said = Said { units, message, ..Said::plainly(SeriesEvent::Approved, &about) };
    tell_renewed(tx, app, configuration, series, said)
}

/// Other units for some of a series, told in one mail; `units` where all of these have the same.
///
/// # Errors
/// When the database fails.
pub(in crate::app::reservations) fn tell_relocated(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    series: SeriesId,
    moved: &[&Reservation],
    units: &[UnitId],
) -> Result<(), Error> {
    let said = Said { units, ..Said::plainly(SeriesEvent::Changed, moved) };
    tell_renewed(tx, app, configuration, series, said)
}

/// With a newer revision of the calendar object. After those of its reservations were written; the caller holds the locks of
/// all of them, or has the venue's configuration alone.
fn tell_renewed(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    series: SeriesId,
    said: Said<'_>,
) -> Result<(), Error> {
    let Some(mut series) = table::find(tx, series)? else { return Ok(()) };
    let now = app.now();
    series.sequence = (series.sequence + 1).max(table::newest_sequence(tx, series.id)?);
    series.updated_at = now;
    table::update(tx, &mut series)?;
    table::raise_sequences(tx, &series)?;
    let Some(organiser) = people::contact(tx, series.organiser)? else { return Ok(()) };
    let members = table::members(tx, series.id)?;
    About { app, configuration, organiser: &organiser, now }.say(tx, &series, &members, said)
}

/// Wishes that the venue refused (`slot::refused`), told in one mail; what stands of the series stays as it was.
///
/// # Errors
/// When the database fails.
pub(in crate::app::reservations) fn tell_refused(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    series: SeriesId,
    wishes: &[&Reservation],
    message: Option<&str>,
) -> Result<(), Error> {
    let Some(series) = table::find(tx, series)? else { return Ok(()) };
    let Some(organiser) = people::contact(tx, series.organiser)? else { return Ok(()) };
    let members = table::members(tx, series.id)?;
    let said = Said { message, ..Said::plainly(SeriesEvent::ChangeDeclined, wishes) };
    About { app, configuration, organiser: &organiser, now: app.now() }.say(tx, &series, &members, said)
}
