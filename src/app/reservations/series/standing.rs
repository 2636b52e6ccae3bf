//! What stands of a series, as calendars have it: one object of all that is confirmed, going on or over.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use super::{
    super::{
        notices::{About as AboutOne, BASIC},
        view::{configuration, own_units},
    },
    notices::{About, date},
};
use crate::{
    app::error::Error,
    domain::{
        ids::{ReservationId, SpaceId, UnitId},
        instant::Instant,
        record::{Holder, Reservation},
        reservation::Status,
        series::Series,
        space::Allocation,
    },
    mail::{
        notice::ReservationView,
        series::{Date, Override, SeriesCalendar},
    },
    store::{db::ReadTx, occupancies},
};

/// What the spaces are called to which some of a series were moved.
pub(super) type Names = BTreeMap<SpaceId, String>;

impl About<'_> {
    /// Of those that stand the next, as the series has it.
    pub(super) fn standing(
        &self,
        tx: &mut ReadTx,
        series: &Series,
        members: &[Reservation],
    ) -> Result<Option<ReservationView>, Error> {
        let Some(reservation) = next_standing(members, self.now) else { return Ok(None) };
        let configuration = &configuration(tx, self.app, series.space)?;
        let units = match configuration.space.allocation {
            Allocation::Whole => Vec::new(),
            Allocation::Each => self.units(tx, series, members)?,
        };
        let Self { app, organiser, now, .. } = *self;
        let one = AboutOne { app, configuration, reservation, units: &units, organiser, now, message: None };
        Ok(Some(ReservationView { title: series.title.clone(), recurrence: None, ..one.view() }))
    }

    /// Those that all have that stand where the series is and are not over; none where they differ. What went to another
    /// space is told apart.
    fn units(&self, tx: &mut ReadTx, series: &Series, members: &[Reservation]) -> Result<Vec<UnitId>, Error> {
        let here = members.iter().filter(|one| one.space == series.space);
        let ahead: Vec<&Reservation> =
            here.filter(|one| stands(one) && one.interval.end() > self.now).collect();
        let ids: Vec<ReservationId> = ahead.iter().map(|one| one.id).collect();
        let rows = occupancies::of_reservations(tx, &ids)?;
        let mut units = ahead.iter().map(|one| {
            let own = rows.iter().filter(|row| row.holder == Holder::Reservation(one.id));
            own_units(one, own.map(|row| row.unit))
        });
        let Some(first) = units.next() else { return Ok(Vec::new()) };
        Ok(if units.all(|other| other == first) { first } else { Vec::new() })
    }

    /// What the spaces are called that members were moved to.
    pub(super) fn elsewhere(
        &self,
        tx: &mut ReadTx,
        series: &Series,
        members: &[Reservation],
    ) -> Result<Names, Error> {
        let mut names = Names::new();
        for one in members.iter().filter(|one| one.space != series.space) {
            let there = configuration(tx, self.app, one.space)?;
            names.insert(one.space, there.space.name.clone());
        }
        Ok(names)
    }
}

/// Whether it has its place in a calendar: what waits for approval has none yet.
fn stands(reservation: &Reservation) -> bool {
    use Status::{CheckedIn, Completed, Confirmed, NoShow};
    matches!(reservation.status, Confirmed | CheckedIn | Completed | NoShow)
}

/// The first that is not over, else the latest.
fn next_standing(members: &[Reservation], now: Instant) -> Option<&Reservation> {
    let standing = || members.iter().filter(|one| stands(one));
    let ahead = standing().filter(|one| one.interval.end() > now).min_by_key(|one| one.interval.start());
    ahead.or_else(|| standing().max_by_key(|one| one.interval.start()))
}

/// How the series stands, as a calendar has it; none where nothing of it does.
pub(super) fn calendar(
    series: &Series,
    members: &[Reservation],
    elsewhere: &Names,
) -> Option<SeriesCalendar> {
    let standing: Vec<(NaiveDateTime, &Reservation)> = members
        .iter()
        .filter(|one| stands(one))
        .filter_map(|one| Some((one.belongs?.original, one)))
        .collect();
    let starts: BTreeSet<NaiveDateTime> = standing.iter().map(|(original, _)| *original).collect();
    let rule = series.standing(&starts)?;
    let master = series.times.moved_to(rule.first);
    let basic = |local: NaiveDateTime| local.format(BASIC).to_string();
    // Calendars repeat the elapsed time of the first one, rules what clocks show.
    let lasting = master.interval(series.zone).seconds();
    let overrides = standing.iter().filter(|(original, one)| {
        one.space != series.space
            || one.interval != series.interval(*original)
            || one.interval.seconds() != lasting
            || one.title != series.title
    });
    let first = standing.iter().map(|(_, one)| one.interval.start()).min()?;
    let last = standing.iter().map(|(_, one)| one.interval.end()).max()?;
    Some(SeriesCalendar {
        rrule: rule.rule.to_string(),
        starts_at: basic(master.starts_at()),
        ends_at: basic(master.ends_at()),
        excluded: rule.excluded.iter().copied().map(basic).collect(),
        overrides: overrides
            .map(|(original, one)| Override {
                original: basic(*original),
                sequence: one.sequence,
                title: one.title.clone(),
                date: date(one.interval),
                space_name: elsewhere.get(&one.space).cloned(),
            })
            .collect(),
        spans: Date { starts_at: first.min(master.interval(series.zone).start()), ends_at: last },
    })
}
