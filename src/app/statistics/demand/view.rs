//! Demand as it is answered.

use std::cmp::Reverse;

use serde::Serialize;
use utoipa::ToSchema;

use super::{DemandTable, Frame, Searches, Sight};
use crate::{
    app::statistics::{
        Amount, Figure, Group,
        view::{RESERVATIONS, rounded},
    },
    domain::{
        demand::{self, percentile, shown::Levels},
        statistics::{Period, Tally},
    },
};

/// What people wanted, and how it went.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Demand {
    /// The figures are exact as of then; refusals and searches of the last seconds may be missing.
    #[schema(format = DateTime)]
    pub as_of: String,
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
    /// Of the times above. Months, weeks and days are each venue's own.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: &'static str,
    pub group_by: Vec<&'static str>,
    /// In the order of `group_by`; places and times that nobody wanted are there, with 0.
    pub items: Vec<DemandRow>,
    /// Of everything, equipment aside.
    pub totals: DemandRow,
    /// Searches without a result; null of a space, which nobody searches for by itself.
    pub searches: Option<Searches>,
    /// The scope's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
}

/// The demand of one group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DemandRow {
    pub group: Group,
    /// It shares units with another row: what was released and rebooked does not add up to the totals.
    pub overlapping: bool,
    /// Part of its time is still to come.
    pub provisional: bool,
    pub turn_aways: TurnAways,
    /// From making to start, of reservations that begin in it and stand.
    pub lead_time: Spread,
    /// From the question to yes or no, of answers given in it.
    pub approval_time: Spread,
    /// Given up by their organisers, of the reservations that stood and begin (or would have begun) in it.
    pub cancellations: Figure,
    /// The same, of those given up after the notice.
    pub late_cancellations: Figure,
    /// The same, of those the venue gave up.
    pub venue_cancellations: Figure,
    /// Where check-in was required and it is known whether anybody came: nobody did.
    pub no_shows: Figure,
    /// Given back by no-shows and early check-outs.
    pub released: Amount,
    /// Of that, booked by others.
    pub rebooked: Amount,
}

/// Refused reservations: each person once per space and local day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TurnAways {
    /// People and days; null when suppressed.
    pub value: Option<u64>,
    /// Hidden: fewer than 5 in a part of it, or not of whole, closed months.
    pub suppressed: bool,
    /// By the first reason of a refusal, the most frequent first; null when suppressed.
    pub reasons: Option<Vec<ReasonCount>>,
}

/// How many were refused for one reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReasonCount {
    /// A code of a decision's reasons.
    #[schema(example = "slot_taken")]
    pub reason: String,
    pub value: u64,
}

/// Two values that stand for many times.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Spread {
    /// As long or shorter had half of them.
    pub median: Quantile,
    /// As long or shorter had nine of ten.
    pub p90: Quantile,
}

/// A value of a sorted list, by nearest rank: of n values, ascending, the ⌈p·n⌉th.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Quantile {
    /// To four decimals; null of nothing, and when suppressed.
    pub value: Option<f64>,
    #[schema(example = "hours")]
    pub unit: &'static str,
    /// So many values; null when suppressed.
    pub of: Option<usize>,
    /// Hidden: of fewer than 5 people in a part of it, or not of whole, closed months.
    pub suppressed: bool,
}

/// Which of a row's figures are shown.
struct Lets {
    leads: bool,
    given_up: bool,
    late: bool,
    answered: bool,
    turn_aways: bool,
    reasons: bool,
}

impl Lets {
    fn of(frame: &Frame<'_>, period: Option<Period>, totals: bool) -> Self {
        let Sight::Careful(careful) = frame.sight else {
            let (leads, given_up, late) = (true, true, true);
            return Self { leads, given_up, late, answered: true, turn_aways: true, reasons: true };
        };
        let months = careful.months(&frame.asked.group_by, period);
        let of_one_venue =
            if totals { matches!(frame.asked.scope, super::Scope::Venue(_)) } else { careful.of_one_venue };
        let lets = |levels: &Levels| months.as_ref().is_some_and(|months| levels.allow(months, of_one_venue));
        Self {
            leads: lets(&careful.shown.leads),
            given_up: lets(&careful.shown.given_up),
            late: lets(&careful.shown.late),
            answered: lets(&careful.shown.answered),
            turn_aways: lets(&careful.shown.turn_aways),
            reasons: lets(&careful.shown.reasons),
        }
    }
}

pub(super) fn answer(frame: &Frame<'_>, table: &DemandTable, searches: Option<Searches>) -> Demand {
    let (found, zone) = (frame.found, frame.found.zone);
    let grouping = &frame.asked.group_by;
    let rows = table.rows.iter().map(|row| {
        let lets = Lets::of(frame, Some(row.period), false);
        DemandRow::new(Group::new(&row.place, row.period), &row.tally, &row.demand, &lets)
    });
    let (tally, all) = &table.totals;
    Demand {
        as_of: zone.show(frame.now),
        from: zone.show(frame.range.start()),
        to: zone.show(frame.range.end()),
        time_zone: zone.name(),
        group_by: grouping.dimensions().iter().map(|dimension| dimension.as_str()).collect(),
        items: rows.collect(),
        totals: DemandRow::new(Group::default(), tally, all, &Lets::of(frame, None, true)),
        searches,
        slug: found.slug.clone(),
    }
}

impl DemandRow {
    fn new(group: Group, tally: &Tally, demand: &demand::Demand, lets: &Lets) -> Self {
        let sums = &tally.sums;
        let of_stood = |ratio, shown| match shown {
            true => Figure::new(ratio, RESERVATIONS),
            false => Figure::suppressed(RESERVATIONS),
        };
        Self {
            group,
            overlapping: tally.overlapping,
            provisional: tally.provisional,
            turn_aways: TurnAways::new(demand, lets),
            lead_time: Spread::new(&demand.leads, lets.leads),
            approval_time: Spread::new(&demand.waits, lets.answered),
            cancellations: of_stood(demand.cancellation_rate(), lets.given_up),
            late_cancellations: of_stood(demand.late_cancellation_rate(), lets.late),
            // Its denominator is that of the first: less what stands, which is public, it tells what was given up.
            venue_cancellations: of_stood(demand.venue_cancellation_rate(), lets.given_up),
            no_shows: Figure::new(tally.no_show_rate(), RESERVATIONS),
            released: Amount::new(sums.released, sums.seat_released),
            rebooked: Amount::new(sums.rebooked, sums.seat_rebooked),
        }
    }
}

impl TurnAways {
    fn new(demand: &demand::Demand, lets: &Lets) -> Self {
        let named = |(reason, value): (&String, &u64)| ReasonCount { reason: reason.clone(), value: *value };
        let mut reasons: Vec<ReasonCount> = demand.turn_aways.iter().map(named).collect();
        reasons.sort_by_key(|reason| Reverse(reason.value));
        Self {
            value: lets.turn_aways.then(|| demand.turn_aways.values().sum()),
            suppressed: !lets.turn_aways,
            reasons: (lets.turn_aways && lets.reasons).then_some(reasons),
        }
    }
}

impl Spread {
    fn new(seconds: &[i64], shown: bool) -> Self {
        let value =
            |percent| percentile(seconds, percent).map(|seconds| rounded(seconds as f64 / 3600.0, 1e4));
        let quantile = |percent| Quantile {
            value: value(percent).filter(|_| shown),
            unit: "hours",
            of: shown.then_some(seconds.len()),
            suppressed: !shown,
        };
        Self { median: quantile(50), p90: quantile(90) }
    }
}
