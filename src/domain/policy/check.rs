//! What is refused in a policy although it can be read: sizes nobody can mean, and limits that leave nothing
//! to book. Each fault has its place and a stable code.

use super::{Audience, Beyond, Counting, Limit, Policy, Quota, Rules};
use crate::domain::hours::FieldFault;

const DAY: u32 = 24 * 60;
/// The longest notice, in minutes.
const YEAR: u32 = 366 * DAY;

impl Policy {
    /// All faults, none when the policy may be stored. Codes: `zero`, `too_large`, `list_too_long`, `not_after_start`,
    /// `no_duration_fits` (no multiple of the grid lies between minimum and maximum duration, or within a quota),
    /// `notice_beyond_horizon`.
    ///
    /// Compared is only what one audience's rules say of each other: what other levels add differs by space.
    pub fn check(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        for &audience in Audience::ALL {
            let of_audience = self.of(audience).into_iter().flat_map(|rules| {
                let sizes = sizes(rules);
                if sizes.is_empty() { contradictions(rules) } else { sizes }
            });
            faults.extend(
                of_audience.map(|(field, code)| FieldFault { pointer: format!("/{audience}/{field}"), code }),
            );
        }
        faults
    }
}

type Fault = (String, &'static str);

/// The most quotas of one audience on one level.
pub const MOST_QUOTAS: usize = 10;
/// The most reservations or hours of a quota; who may have none may not book.
pub const MOST_AMOUNT: u32 = 10_000;

/// The sizes that anybody can mean, with the least and the most.
pub const RANGES: [(&str, u32, u32); 14] = [
    ("min_duration_minutes", 1, 31 * DAY),
    ("max_duration_minutes", 1, 31 * DAY),
    // The grid begins anew each day at the latest.
    ("slot_minutes", 1, DAY),
    ("min_notice_minutes", 0, YEAR),
    ("horizon_days", 0, 3660),
    // Nobody may book: that is `bookable: false`.
    ("max_active", 1, 10_000),
    ("cancellation_notice_minutes", 0, YEAR),
    ("approval_hours", 1, 366 * 24),
    // Longer than it takes to fill in a form is hoarding.
    ("hold_minutes", 1, 120),
    ("offer_minutes", 1, 2 * DAY),
    ("check_in_opens_minutes", 0, DAY),
    // Something of it must be left: a reservation that takes no time has no units.
    ("check_in_grace_minutes", 1, DAY),
    ("max_series_occurrences", 1, 366),
    ("reminder_hours", 0, 31 * 24),
];

/// Values outside these.
fn sizes(rules: &Rules) -> Vec<Fault> {
    let values = [
        value(rules.min_duration_minutes),
        value(rules.max_duration_minutes),
        value(rules.slot_minutes),
        value(rules.min_notice_minutes),
        value(rules.horizon_days),
        value(rules.max_active),
        rules.cancellation_notice_minutes,
        rules.approval_hours,
        rules.hold_minutes,
        rules.offer_minutes,
        rules.check_in_opens_minutes,
        rules.check_in_grace_minutes,
        value(rules.max_series_occurrences),
        rules.reminder_hours,
    ];
    let faults = RANGES.into_iter().zip(values).filter_map(|((field, least, most), value)| match value {
        Some(value) if value < least => Some((field.to_owned(), "zero")),
        Some(value) if value > most => Some((field.to_owned(), "too_large")),
        _ => None,
    });
    faults.chain(sizes_of_quotas(rules)).collect()
}

fn quotas(rules: &Rules) -> &[Quota] {
    rules.quotas.as_deref().unwrap_or_default()
}

fn sizes_of_quotas(rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    if quotas(rules).len() > MOST_QUOTAS {
        faults.push(("quotas".to_owned(), "list_too_long"));
    }
    for (index, quota) in quotas(rules).iter().enumerate() {
        match quota.amount {
            0 => faults.push((format!("quotas/{index}/amount"), "zero")),
            1..=MOST_AMOUNT => {}
            _ => faults.push((format!("quotas/{index}/amount"), "too_large")),
        }
        if quota.between.is_some_and(|hours| hours.to <= hours.from) {
            faults.push((format!("quotas/{index}/between/to"), "not_after_start"));
        }
    }
    faults
}

/// Limits of which each can be meant, but not together.
fn contradictions(rules: &Rules) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(max) = value(rules.max_duration_minutes) {
        let slot = value(rules.slot_minutes).unwrap_or(1);
        let min = value(rules.min_duration_minutes).unwrap_or(1);
        if max / slot * slot < min {
            faults.push(("max_duration_minutes".to_owned(), "no_duration_fits"));
        }
    }
    // The shortest that the grid allows, where all of it counts and no one could agree to more.
    let slot = value(rules.slot_minutes).unwrap_or(1);
    let shortest = value(rules.min_duration_minutes).unwrap_or(1).div_ceil(slot) * slot;
    for (index, quota) in quotas(rules).iter().enumerate() {
        let whole = quota.between.is_none() && quota.count == Counting::Hours;
        if whole && quota.beyond == Beyond::Refuse && quota.amount * 60 < shortest {
            faults.push((format!("quotas/{index}/amount"), "no_duration_fits"));
        }
    }
    if let (Some(notice), Some(horizon)) = (value(rules.min_notice_minutes), value(rules.horizon_days)) {
        // To the end of the last day of the horizon, which lasts 25 hours at most.
        if notice >= (horizon + 1) * DAY + 60 {
            faults.push(("min_notice_minutes".to_owned(), "notice_beyond_horizon"));
        }
    }
    faults
}

fn value(limit: Option<Limit<u32>>) -> Option<u32> {
    limit.map(|limit| limit.value)
}
