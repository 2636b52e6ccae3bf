//! Every stored sum is what the sources make now, a venue's month at a time. Dates that are marked as changed count as
//! not stored, and are passed over.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::Report;
use crate::{
    app::{
        error::Error,
        statistics::{
            summing::{through, whole},
            usage::{fill_from_sources, places},
        },
    },
    domain::{
        holidays::Country,
        places::Venue,
        statistics::{Grain, Summed, sum},
    },
    store::{db::ReadTx, places as store, usage},
};

type Rows = BTreeMap<(NaiveDate, Uuid), Vec<u8>>;

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    for venue in store::venues(tx, None, None, i64::MAX)? {
        let country = store::network(tx, venue.network)?.ok_or(Error::NOT_FOUND)?.country;
        let (Some(through), Some(first)) = (through(tx, venue.id)?, usage::first_day(tx, venue.id)?) else {
            continue;
        };
        let mut month = usage::month_of(first);
        while month < through {
            let next = usage::after(month).min(through);
            check_month(tx, &venue, country, [month, next], report)?;
            month = usage::after(month);
        }
    }
    Ok(())
}

/// The dates `[first, end)`, all of one month.
fn check_month(
    tx: &mut ReadTx,
    venue: &Venue,
    country: Country,
    [first, end]: [NaiveDate; 2],
    report: &mut Report,
) -> Result<(), Error> {
    let Some(last) = end.pred_opt() else { return Ok(()) };
    let range = whole(venue.zone, first, last);
    let known = usage::known(tx, &[venue.id], range)?.remove(&venue.id);
    let changed = |date: NaiveDate| {
        known.as_ref().is_none_or(|known| known.marks.meeting(venue.zone.day(date)).next().is_some())
    };
    let places = places(tx, country, &[(venue, range)])?;
    let source = fill_from_sources(tx, places)?;
    let (mut days, mut hours) = (Rows::new(), Rows::new());
    // All of it was over when it was summed.
    for sums in sum(&source, range.end()) {
        report.sums += 1;
        days.insert((sums.date, sums.subject), sums.day.to_bytes());
        hours.insert((sums.date, sums.subject), sums.hours.as_bytes().to_vec());
    }
    let stored = usage::stored(tx, venue.id, Grain::Day, [first, end])?;
    let of_hours = usage::stored(tx, venue.id, Grain::Hour, [first, end])?;
    for (found, wanted, what) in [(&stored, &days, "day"), (&of_hours, &hours, "hours")] {
        for date in differing(found, wanted).into_iter().filter(|date| !changed(*date)) {
            report.find(format!("the sums of {} by {what} are not what {date} was", venue.id));
        }
    }
    let of_month = usage::stored(tx, venue.id, Grain::Month, [first, usage::after(first)])?;
    if of_month != months(&stored) {
        report.find(format!("the sums of {} of the month from {first} are not those of its days", venue.id));
    }
    Ok(())
}

/// The dates of which the two do not say the same.
fn differing(found: &Rows, wanted: &Rows) -> Vec<NaiveDate> {
    let all = found.keys().chain(wanted.keys());
    let mut dates: Vec<NaiveDate> =
        all.filter(|key| found.get(key) != wanted.get(key)).map(|(date, _)| *date).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// The sums of days that parse; one that does not differs from what it should be, and is found by that.
fn months(days: &Rows) -> Rows {
    let mut months = BTreeMap::<(NaiveDate, Uuid), Summed>::new();
    for ((date, subject), bytes) in days {
        let of_month = months.entry((usage::month_of(*date), *subject)).or_default();
        *of_month += Summed::from_bytes(bytes).unwrap_or_default();
    }
    months.into_iter().map(|(key, summed)| (key, summed.to_bytes())).collect()
}
