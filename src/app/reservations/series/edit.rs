//! Changing a series, all of it or from one occurrence on: what is past, has begun, was cancelled or was changed by
//! itself stays as it is (DESIGN 4).
//!
//! From an occurrence on, and with other times once some of it is over, the rule is split: the old series ends by UNTIL,
//! what follows is a series of its own. One transaction, in which each occurrence is judged with those before it.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde_json::json;

use super::{
    super::{approvals, claimant::Claimant, holds, view::configuration},
    cancel::{facts, locked},
    notices::{About, Said},
    refit::{Refit, Refitted},
    request::SeriesChange,
    view::SeriesView,
};
use crate::{
    app::{App, Done, blocks, error::Error, version::Expected},
    domain::{
        access::{self, Action, Actor},
        approval::Answer,
        ids::SeriesId,
        instant::Instant,
        record::Reservation,
        recurrence::CivilTimes,
        reservation::Status,
        series::{Belongs, Deed, Fate, Reach, Series, Stays},
        zone::{DateOrTime, TimeInput, Zone},
    },
    mail::series::SeriesEvent,
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        occupancies, people, series as table,
    },
};

/// The series that has the occurrences changed: a new one where the rule was split.
///
/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`, `invalid`, `series_conflicts`, `too_many_skipped` and
/// `nothing_left` with every occurrence that would change.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SeriesId,
    expected: Expected,
    change: SeriesChange,
) -> Result<Done<SeriesView>, Error> {
    let before = super::list::visible(app, actor, id)?;
    access::may(actor, Action::ChangeReservation(before.claimed()))?;
    if !change.change.internal_notes.is_absent() {
        access::may(actor, Action::SeeBehindTheDesk(before.place))?;
    }
    if change.change.space_id.is_some() {
        return Err(Error::field("/change/space_id", "one_by_one"));
    }
    change.mode()?;
    let work = Work { app: app.clone(), actor: actor.clone(), expected, change };
    app.command("edit series", claim, move |tx| work.run(tx, &before))
}

struct Work {
    app: Arc<App>,
    actor: Actor,
    expected: Expected,
    change: SeriesChange,
}

/// How far an edit goes.
struct Course {
    /// The first occurrence that it reaches; of those from there on none is over.
    point: NaiveDateTime,
    /// Whether it is the first of all, or the rule stays as it is.
    in_place: bool,
    /// The times of the occurrence named, where they change.
    times: Option<CivilTimes>,
}

impl Course {
    /// # Errors
    /// `invalid` for an occurrence that is none, times that are none or of another day, and where nothing is ahead.
    fn of(
        change: &SeriesChange,
        series: &Series,
        members: &[Reservation],
        now: Instant,
    ) -> Result<Self, Error> {
        let starts: Vec<NaiveDateTime> =
            members.iter().filter_map(|one| Some(one.belongs?.original)).collect();
        let from = change.from.map(|from| local(from, series.zone));
        if from.is_some_and(|from| !starts.contains(&from)) {
            return Err(Error::field("/from", "not_an_occurrence"));
        }
        let reach = from.map_or(Reach::All, Reach::Following);
        let over = |one: &&Reservation| {
            let fate = facts(one).map(|facts| (facts.fate(reach, Deed::Change, now), facts.changed));
            matches!(fate, Some((Fate::Stays(Stays::Past | Stays::Started), false)))
        };
        let last_over = members.iter().filter(over).filter_map(|one| Some(one.belongs?.original)).max();
        let ahead =
            |start: &&NaiveDateTime| from.is_none_or(|from| **start >= from) && last_over < Some(**start);
        let nothing = || Error::field("/from", "nothing_ahead");
        let point = *starts.iter().find(ahead).ok_or_else(nothing)?;
        let times = change.names_times().then(|| times(change, series, from)).transpose()?.flatten();
        let in_place = starts.first() == Some(&point) || (from.is_none() && times.is_none());
        Ok(Self { point, in_place, times })
    }

    /// The series as it will be, and what is left of the old one where it is split.
    ///
    /// # Errors
    /// `invalid` where occurrences would overlap.
    fn lead(&self, series: &Series, id: SeriesId, now: Instant) -> Result<(Option<Series>, Series), Error> {
        let (earlier, part) = if self.in_place {
            (None, Series { sequence: series.sequence + 1, updated_at: now, ..series.clone() })
        } else {
            let broken = |error| Error::Broken(format!("{} can't be split: {error}", series.id));
            let (mut earlier, later) = series.split(self.point, id, now).map_err(broken)?;
            earlier.updated_at = now;
            (Some(earlier), later)
        };
        let Some(times) = self.times else { return Ok((earlier, part)) };
        let first = self.moved(part.times.starts_at());
        let part = part.at_times(times.moved_to(first));
        let apart = part.times.repeated(&part.starts(), part.zone);
        apart.map_err(|error| Error::field("/change/ends_at", error.code()))?;
        Ok((earlier, part))
    }

    /// The start that an occurrence has by the rule afterwards.
    fn moved(&self, original: NaiveDateTime) -> NaiveDateTime {
        self.times.map_or(original, |times| original.date().and_time(times.starts_at().time()))
    }

    /// Whether the edit goes so far.
    fn reaches(&self, original: NaiveDateTime) -> bool {
        original >= self.point
    }
}

/// Times other than those it has, of the occurrence named or of the first.
fn times(
    change: &SeriesChange,
    series: &Series,
    from: Option<NaiveDateTime>,
) -> Result<Option<CivilTimes>, Error> {
    let known = series.times.moved_to(from.unwrap_or(series.times.starts_at()));
    let given = |time: Option<DateOrTime>, pointer| match time {
        Some(DateOrTime::Time(time)) => Ok(Some(local(time, series.zone))),
        Some(DateOrTime::Date(_)) => Err(Error::field(pointer, "time_needed")),
        None => Ok(None),
    };
    let start = given(change.change.starts_at, "/change/starts_at")?.unwrap_or(known.starts_at());
    let end = given(change.change.ends_at, "/change/ends_at")?.unwrap_or(known.ends_at());
    if start.date() != known.starts_at().date() {
        return Err(Error::field("/change/starts_at", "another_day"));
    }
    let wanted = CivilTimes::new(start, end);
    let wanted = wanted.ok_or_else(|| Error::field("/change/ends_at", "not_after_start"))?;
    Ok((wanted != known).then_some(wanted))
}

fn local(time: TimeInput, zone: Zone) -> NaiveDateTime {
    match time {
        TimeInput::Local(local) => local,
        TimeInput::At(at) => zone.civil(at),
    }
}

impl Work {
    fn run(&self, tx: &mut WriteTx, before: &Series) -> Result<SeriesView, Error> {
        let asked = self.change.change.equipment.iter().flatten().map(|some| some.space_id);
        let (mut series, members) = locked(tx, &self.app, before, &asked.collect::<Vec<_>>())?;
        self.expected.check(series.version)?;
        series.sequence = series.sequence.max(table::newest_sequence(tx, series.id)?);
        let now = self.app.now();
        let course = Course::of(&self.change, &series, &members, now)?;
        let (earlier, mut series) = course.lead(&series, self.app.id(), now)?;
        series.title = self.change.change.title.as_ref().map_or(series.title, ToString::to_string);
        let reached = members.into_iter().filter_map(|mut one| {
            let belongs = one.belongs.filter(|belongs| course.reaches(belongs.original))?;
            let touched =
                facts(&one)?.fate(Reach::Following(course.point), Deed::Change, now) == Fate::Touched;
            let original = course.moved(belongs.original);
            one.belongs = Some(Belongs { series: series.id, original, ..belongs });
            Some((one, touched))
        });
        let (touched, passed): (Vec<_>, Vec<_>) = reached.partition(|(_, touched)| *touched);
        let touched: Vec<Reservation> = touched.into_iter().map(|(one, _)| one).collect();
        let mut passed: Vec<Reservation> = passed.into_iter().map(|(one, _)| one).collect();
        if touched.is_empty() {
            return Err(Error::field("/from", "nothing_ahead"));
        }
        let rekeyed = earlier.is_some() || course.times.is_some();
        for one in passed.iter_mut().filter(|_| rekeyed) {
            one.version += 1;
            one.updated_at = now;
        }
        let configuration = configuration(tx, &self.app, series.space)?;
        let claimant = Claimant::load(tx, Some(series.organiser), series.organisation, now)?;
        let refit = Refit {
            app: &self.app,
            actor: &self.actor,
            change: &self.change.change,
            series: &series,
            retimed: course.times.is_some(),
            configuration: &configuration,
            claimant,
            now,
        };
        let refitted = refit.all(tx, touched, self.change.mode()?)?;
        let passed = if rekeyed { passed } else { Vec::new() };
        self.save(tx, earlier.as_ref(), &mut series, &refitted, &passed)?;
        if let Some(organiser) = people::contact(tx, series.organiser)? {
            let about = About { app: &self.app, configuration: &configuration, organiser: &organiser, now };
            tell(tx, &about, earlier, &series, &refitted)?;
        }
        Ok(super::list::shown(tx, &self.actor, series.id)?.without(refitted.refused))
    }

    fn save(
        &self,
        tx: &mut WriteTx,
        earlier: Option<&Series>,
        series: &mut Series,
        refitted: &Refitted,
        passed: &[Reservation],
    ) -> Result<(), Error> {
        if earlier.is_some() {
            table::insert(tx, series)?;
        }
        let by = self.actor.person().map(|person| person.id);
        holds::give_way(tx, &self.app, &refitted.to_end, by, series.updated_at)?;
        let had = occupancies::of_reservations(tx, &refitted.moved)?;
        occupancies::free_all(tx, &refitted.moved)?;
        for some in refitted.rows.chunks(200) {
            occupancies::insert(tx, series.place, some)?;
        }
        blocks::refill(tx, &self.app, series.place, &had)?;
        table::update_members(tx, &refitted.members)?;
        table::update_members(tx, passed)?;
        approvals::follow_all(tx, &self.app, &refitted.members, Answer::Withdrawn, by)?;
        match earlier {
            Some(earlier) => {
                table::update(tx, &mut earlier.clone())?;
                table::raise_sequences(tx, earlier)?;
            }
            None => table::update(tx, series)?,
        }
        table::raise_sequences(tx, series)?;
        let action = if earlier.is_some() { "series.split" } else { "series.edited" };
        let entry = Entry::new(self.app.id(), series.updated_at, by, action, series.id).within(series.place);
        let said = json!({"from": earlier.map(|earlier| earlier.id), "changed": refitted.members.len(),
            "left_out": refitted.refused.len()});
        let mut entries = vec![entry.with(said)];
        entries.extend(refitted.members.iter().map(|one| {
            let action =
                if one.change.is_some() { "reservation.change_requested" } else { "reservation.edited" };
            Entry::new(self.app.id(), one.updated_at, by, action, one.id).within(one.place)
        }));
        Ok(audit::append_all(tx, &entries)?)
    }
}

/// One mail for each calendar object that is another now: the old series ends earlier, what follows has a UID of its
/// own. What changed at once and what waits for approval are told apart. Words alone, within one series, are nobody's news.
fn tell(
    tx: &mut WriteTx,
    about: &About<'_>,
    earlier: Option<Series>,
    series: &Series,
    refitted: &Refitted,
) -> Result<(), Error> {
    if earlier.is_none() && refitted.moved.is_empty() {
        return Ok(());
    }
    if let Some(earlier) = earlier {
        let members = table::members(tx, earlier.id)?;
        let left: Vec<&Reservation> = members.iter().filter(|one| one.status.counts()).collect();
        about.say(tx, &earlier, &members, Said::plainly(SeriesEvent::Changed, &left))?;
    }
    let members = table::members(tx, series.id)?;
    let waits = |one: &&Reservation| one.status == Status::Pending || one.change.is_some();
    let (waiting, mut changed): (Vec<&Reservation>, Vec<&Reservation>) =
        refitted.members.iter().partition(waits);
    // Beside what waits, dates that could not be changed are no news.
    changed.retain(|one| waiting.is_empty() || refitted.moved.contains(&one.id));
    about.say(tx, series, &members, Said::plainly(SeriesEvent::Changed, &changed))?;
    about.say(tx, series, &members, Said::plainly(SeriesEvent::Requested, &waiting))?;
    about.to_decide(tx, series, &members, &waiting)
}
