//! One space's availability over a range of days.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{FreeView, OpenView, SlotView};
use crate::{
    app::{
        App,
        error::Error,
        reservations::{Claimant, booker, claim, holds, reserve::own_organisation},
    },
    domain::{
        access::{self, Action, Actor},
        availability::{Day, View},
        decision::{Bearing, Counted, Decision, Facts, OwnHold},
        ids::{LayoutId, OrganisationId, SpaceId},
        instant::{Instant, Interval},
        interval_set::IntervalSet,
        places::Configuration,
        policy::Effective,
        space::Space,
        stays::{DAY_MINUTES, Stays},
        sweep::Sweep,
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, limits, occupancies},
};

/// The longest range one request may ask about, days.
pub(super) const MOST_DAYS: i64 = 93;
/// The most slots one answer decides: a week at every minute, or three months at a quarter of an hour.
const MOST_SLOTS: usize = 10_000;
/// The longest slot, minutes: 31 days.
const LONGEST_SLOT: u32 = 31 * 24 * 60;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    pub from: DateOrTime,
    pub to: DateOrTime,
    pub duration_minutes: Option<u32>,
    pub quantity: Option<u32>,
    pub layout: Option<LayoutId>,
    pub attendees: Option<u32>,
    pub organisation: Option<OrganisationId>,
}

/// When a space is open, free and bookable.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Availability)]
pub struct AvailabilityView {
    pub space_id: SpaceId,
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: String,
    /// The grid that slots start on; 1440 where they are whole days or nights.
    pub slot_minutes: u32,
    /// How long the slots below are; of days or nights 1440 for each, whatever its hours.
    pub duration_minutes: u32,
    /// Units there are, 1 for a space booked as a whole.
    pub units: u32,
    pub days: Vec<DayView>,
}

/// One local day.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AvailableDay)]
pub struct DayView {
    pub date: NaiveDate,
    pub open: Vec<OpenView>,
    pub free: Vec<FreeView>,
    pub slots: Vec<SlotView>,
}

impl DayView {
    fn new(day: Day, zone: Zone) -> Self {
        Self {
            date: day.date,
            open: day.open.into_iter().map(|open| OpenView::new(open, zone)).collect(),
            free: day.free.into_iter().map(|free| FreeView::new(free, zone)).collect(),
            slots: day.slots.into_iter().map(|slot| SlotView::new(slot, zone)).collect(),
        }
    }
}

/// # Errors
/// `not_found`, `invalid`, also for more than [`MOST_SLOTS`].
pub fn show(app: &App, actor: &Actor, id: SpaceId, question: &Question) -> Result<AvailabilityView, Error> {
    access::may(actor, Action::ReadPublic)?;
    if question.organisation.is_some() {
        own_organisation(actor, "?organisation_id", question.organisation)?;
    }
    // A snapshot for both statements would cost as much again and promise no more: a slot shown can be
    // taken the moment after.
    app.db.look(|tx| {
        let configuration = app.configurations.get(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let window = window(question.from, question.to, configuration.zone())?;
        let now = app.now();
        let sight = Sight::load(tx, &configuration, actor, question, window, now)?;
        if sight.view(&configuration, |view| view.count(window, sight.duration)) > MOST_SLOTS {
            return Err(Error::field("?to", "too_many_slots"));
        }
        let days = sight.view(&configuration, |view| view.days(window, sight.duration));
        let zone = configuration.zone();
        Ok(AvailabilityView {
            space_id: id,
            time_zone: zone.name().to_owned(),
            slot_minutes: sight.stays.as_ref().map_or(sight.policy.slot_minutes.rule.value, |_| DAY_MINUTES),
            duration_minutes: sight.duration,
            units: configuration.space.pool(),
            days: days.into_iter().map(|day| DayView::new(day, zone)).collect(),
        })
    })
}

/// The first `most` slots that start within `window` and that `actor` could book.
///
/// # Errors
/// `invalid` for absurd numbers.
pub(crate) fn bookable(
    tx: &mut ReadTx,
    configuration: &Configuration,
    actor: &Actor,
    (question, window, now): (&Question, Interval, Instant),
    most: usize,
) -> Result<Vec<Interval>, Error> {
    let sight = Sight::load(tx, configuration, actor, question, window, now)?;
    let (offers, _) = sight.view(configuration, |view| view.first(window, sight.duration, most));
    Ok(offers.into_iter().map(|offer| offer.interval).collect())
}

/// Why none of the slots that start within `starts` and lie in `range` could ever be `actor`'s, whatever comes free
/// (`View::never`).
///
/// # Errors
/// `invalid` for absurd numbers.
pub(crate) fn never(
    configuration: &Configuration,
    (actor, claimant): (&Actor, Claimant),
    question: &Question,
    (starts, range): (Interval, Interval),
    now: Instant,
) -> Result<Option<Decision>, Error> {
    let reader = Reader { claimant, active: None, others: Arc::default(), holds: Arc::default() };
    let nothing_taken = configuration.space.sweep([]);
    let sight = Sight::of(configuration, actor, question, (starts, nothing_taken, reader), now)?;
    Ok(sight.view(configuration, |view| view.never(starts, range, sight.duration)))
}

/// # Errors
/// `invalid` when reversed, too long, or not a time.
pub(super) fn window(from: DateOrTime, to: DateOrTime, zone: Zone) -> Result<Interval, Error> {
    let start = from.resolve_start(zone).map_err(|error| Error::local_time("?from", &error))?;
    let end = to.resolve_end(zone).map_err(|error| Error::local_time("?to", &error))?;
    let window = Interval::new(start, end).ok_or_else(|| Error::field("?to", "not_after_start"))?;
    if window.seconds() > MOST_DAYS * 86_400 {
        return Err(Error::field("?to", "range_too_long"));
    }
    Ok(window)
}

/// How long slots are: as asked, else the shortest that the grid and the policy allow, minutes. Days and nights are
/// counted whole: as many as hold what is asked, else one.
fn duration(question: &Question, space: &Space, policy: &Effective) -> u32 {
    if space.measure().is_some() {
        let asked = question.duration_minutes.unwrap_or(DAY_MINUTES);
        return asked.div_ceil(DAY_MINUTES).saturating_mul(DAY_MINUTES);
    }
    let grid = policy.slot_minutes.rule.value.max(1);
    let shortest = policy.min_duration_minutes.rule.value.div_ceil(grid).max(1) * grid;
    question.duration_minutes.unwrap_or(shortest)
}

/// How far a slot that starts within a window may end behind it, minutes: the last day of a stay is over up to two
/// days later than its length tells.
pub(super) fn behind(duration: u32) -> u32 {
    duration.min(LONGEST_SLOT) + 2 * DAY_MINUTES
}

/// All that is loaded to see one space as one booker.
pub(super) struct Sight {
    pub duration: u32,
    pub policy: Effective,
    open: IntervalSet,
    stays: Option<Stays>,
    sweep: Sweep,
    others: Arc<[Counted]>,
    holds: Vec<OwnHold>,
    facts: Known,
}

/// What is loaded of the reader: whom they are, their reservations ahead, and those that quotas count.
#[derive(Clone)]
pub(super) struct Reader {
    pub claimant: Claimant,
    pub active: Option<u32>,
    pub others: Arc<[Counted]>,
    /// Their live holds: what they ask for next replaces those that it meets.
    pub holds: Arc<[OwnHold]>,
}

#[derive(Clone, Copy)]
struct Known {
    now: Instant,
    booker: crate::domain::decision::Booker,
    quantity: u32,
    attendees: Option<u32>,
    capacity: u32,
    active: Option<u32>,
    bearing: Option<Bearing>,
    setup_minutes: u32,
    teardown_minutes: u32,
}

impl Sight {
    /// # Errors
    /// `invalid` for a foreign layout or absurd numbers.
    pub fn load(
        tx: &mut ReadTx,
        configuration: &Configuration,
        actor: &Actor,
        question: &Question,
        window: Interval,
        now: Instant,
    ) -> Result<Self, Error> {
        let buffers_of = |question: &Question| {
            let layout = question
                .layout
                .map(|id| configuration.space.layout(id).filter(|layout| !layout.removed).ok_or(id))
                .transpose();
            layout.map_err(|_| Error::field("?layout", "not_of_this_space"))
        };
        let layout = buffers_of(question)?;
        let around = configuration.space.buffers(layout).around(window);
        // Slots that start in the window may end behind it.
        let person = actor.person().map(|person| person.id);
        let claimant = Claimant::load(tx, person, question.organisation, now)?;
        let policy = configuration.effective(&claimant.audiences(configuration.place()));
        let around = around.widened(0, behind(duration(question, &configuration.space, &policy)));
        let taken = occupancies::of_space(tx, &configuration.space, around)?;
        let sight = holds::Sight::of(tx, &claimant, taken, None, now)?;
        let rows = sight.standing.iter().map(|row| (row.unit, row.interval));
        let active = match (policy.max_active.rule, actor.person()) {
            (Some(_), Some(person)) => Some(limits::active_ahead(tx, person.id, now)?),
            _ => None,
        };
        let others = claimant.counted(tx, configuration, &policy, around, (None, now))?.into();
        let reader = Reader { claimant, active, others, holds: sight.own.into() };
        let known = (window, configuration.space.sweep(rows), reader);
        Self::of(configuration, actor, question, known, now)
    }

    /// The same over what is loaded already.
    pub fn of(
        configuration: &Configuration,
        actor: &Actor,
        question: &Question,
        (window, sweep, reader): (Interval, Sweep, Reader),
        now: Instant,
    ) -> Result<Self, Error> {
        let venue = configuration.venue.id;
        let Reader { claimant, active, others, holds } = reader;
        let units = configuration.space.unit_ids();
        let here = |hold: &&OwnHold| hold.units.iter().any(|unit| units.contains(unit));
        let holds = holds.iter().filter(here).cloned().collect();
        let policy = configuration.effective(&claimant.audiences(configuration.place()));
        let layout = question.layout.and_then(|id| configuration.space.layout(id));
        let quantity = question.quantity.unwrap_or(1);
        if quantity == 0 {
            return Err(Error::field("?quantity", "too_small"));
        }
        let duration = duration(question, &configuration.space, &policy);
        if !(1..=LONGEST_SLOT).contains(&duration) {
            return Err(Error::field("?duration_minutes", "out_of_range"));
        }
        let buffers = configuration.space.buffers(layout);
        let facts = Known {
            now,
            booker: booker(actor, venue),
            quantity,
            attendees: question.attendees,
            capacity: configuration.space.capacity_of(layout, quantity),
            active,
            bearing: claimant.bearing(configuration),
            setup_minutes: buffers.setup_minutes,
            teardown_minutes: buffers.teardown_minutes,
        };
        let open = configuration.open(window);
        let stays = configuration.stays(window.widened(0, behind(duration)));
        Ok(Self { duration, policy, open, stays, sweep, others, holds, facts })
    }

    /// Looks.
    pub fn view<R>(&self, configuration: &Configuration, look: impl FnOnce(&View<'_>) -> R) -> R {
        let known = self.facts;
        let facts = Facts {
            now: known.now,
            zone: configuration.zone(),
            open: &self.open,
            stays: self.stays.as_ref(),
            policy: &self.policy,
            booker: known.booker,
            archived: configuration.space.archived_at.is_some(),
            quantity: known.quantity,
            pool: configuration.space.pool(),
            attendees: known.attendees,
            capacity: known.capacity,
            active: known.active,
            claim: claim(known.bearing, &self.others),
            change: None,
            holds: &self.holds,
            holding: None,
        };
        look(&View {
            facts: &facts,
            sweep: &self.sweep,
            setup_minutes: known.setup_minutes,
            teardown_minutes: known.teardown_minutes,
        })
    }
}
