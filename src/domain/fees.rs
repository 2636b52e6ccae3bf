//! What a reservation costs its guest besides its price: cancelling it late, not coming, and what a late change of it gave
//! up (DESIGN 4, ADR 12).
//!
//! A change by its guest never makes cancelling cheaper: where it would, what cancelling cost just before is kept. What
//! has begun can't be cancelled, so a change by its guest does not lower its price. A change by the venue may do both.

use serde::Deserialize;

use super::{
    codes::codes,
    instant::Instant,
    record::Reservation,
    reservation::{self, Status, cancellation},
    tariff::{Cancellation, Currency, Money, Quote, cancellation_fee},
};

codes! {
    /// What became of a fee.
    pub enum Settlement {
        /// The guest paid it.
        Paid = "paid",
        /// The venue asks for it no more.
        Forgiven = "forgiven",
    }
}

/// A fee of so much, gross, in minor units of the quote's currency, is owed no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub minor: i64,
    pub how: Settlement,
    pub at: Instant,
}

impl Reservation {
    /// What is owed besides the price, gross: for not coming, or for what late changes gave up; none where nothing.
    pub fn owed(&self) -> Option<Money> {
        self.fee().or_else(|| self.change_fee())
    }

    /// What of that is not settled: a fee that grew since is open by what it grew.
    pub fn open_fee(&self) -> Option<Money> {
        let settled = self.settled.map_or(0, |settled| settled.minor);
        self.owed().map(|owed| Money { minor: owed.minor - settled, ..owed }).filter(|fee| fee.minor > 0)
    }

    /// What cancelling after the notice would cost, gross, while it can be cancelled; none where nothing.
    pub fn late_cancellation_fee(&self) -> Option<Money> {
        let ahead = matches!(self.status, Status::Held | Status::Pending | Status::Confirmed);
        larger(self.kept_fee, self.late_fee()).filter(|_| ahead)
    }

    /// What is owed for not coming, gross, late changes before included: cancelled, or a no-show; none where nothing.
    pub fn fee(&self) -> Option<Money> {
        match self.status {
            Status::Cancelled if self.cancelled_late == Some(true) => larger(self.kept_fee, self.late_fee()),
            Status::Cancelled => self.kept_fee,
            Status::NoShow => sum(self.given_up(), self.quoted_fee(false, true)),
            _ => None,
        }
    }

    /// What is owed besides the price for what late changes gave up, gross; none where nothing, or once it is owed as
    /// the fee for not coming.
    pub fn change_fee(&self) -> Option<Money> {
        let takes_place = matches!(self.status, Status::Confirmed | Status::CheckedIn | Status::Completed);
        self.given_up().filter(|_| takes_place)
    }

    /// What its guest's change at `now`, which makes `after` of it, keeps.
    pub fn kept_by_change(&self, after: &Self, now: Instant) -> Option<Money> {
        let (cost, costs) = (self.cancelling_costs(now), after.cancelling_costs(now));
        if larger(cost, costs) == costs { self.kept_fee } else { cost }
    }

    /// The quote that it has from its guest's change at `now` on, where `quote` is of what it is to be.
    pub fn requoted(&self, quote: Option<Quote>, now: Instant) -> Option<Quote> {
        let gross = |quote: &Option<Quote>| quote.as_ref().map_or(0, |quote| quote.total_gross);
        let begun = self.stands() && (self.interval.start() <= now || self.presence.arrived());
        if begun && gross(&quote) < gross(&self.quote) { self.quote.clone() } else { quote }
    }

    /// What it would cost its guest to cancel it at `now`.
    fn cancelling_costs(&self, now: Instant) -> Option<Money> {
        let notice = self.cancellation_notice_minutes;
        let late = cancellation(now, self.interval.start(), notice) != reservation::Cancellation::InTime;
        larger(self.kept_fee, self.late_fee().filter(|_| self.stands() && late))
    }

    /// What was kept for more than what cancelling it late would cost as it is now.
    fn given_up(&self) -> Option<Money> {
        beyond(self.kept_fee, self.late_fee())
    }

    fn late_fee(&self) -> Option<Money> {
        self.quoted_fee(true, false)
    }

    fn quoted_fee(&self, late: bool, no_show: bool) -> Option<Money> {
        Some(cancellation_fee(self.quote.as_ref()?, late, no_show)).filter(|fee| fee.minor > 0)
    }

    fn stands(&self) -> bool {
        matches!(self.status, Status::Confirmed | Status::CheckedIn)
    }
}

/// As much of a quote as figures need; what else stands in it is passed over.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Price {
    currency: Currency,
    total_gross: i64,
    subsidy: Option<i64>,
    cancellation: Cancellation,
}

impl Price {
    /// The in-kind value: none was used where nobody came; `None` where the full price is not known.
    pub fn in_kind(&self, status: Status) -> Option<Money> {
        let minor = if status == Status::NoShow { self.subsidy.map(|_| 0) } else { self.subsidy };
        minor.map(|minor| Money { minor, currency: self.currency })
    }
}

/// All that is asked for a reservation that takes place or is a no-show, gross: its price, or in its place the fee for not
/// coming, and what late changes gave up.
pub fn charged(status: Status, price: Option<&Price>, kept: Option<Money>) -> Option<Money> {
    let gross = price.map(|price| Money { minor: price.total_gross, currency: price.currency });
    let fee = |late, no_show| Some(price?.cancellation.fee(gross?, late, no_show));
    let own = if status == Status::NoShow { fee(false, true) } else { gross };
    sum(own, beyond(kept, fee(true, false)))
}

/// By how much what was kept exceeds what cancelling late costs.
fn beyond(kept: Option<Money>, late: Option<Money>) -> Option<Money> {
    let kept = kept?;
    let off = late.filter(|late| late.currency == kept.currency).map_or(0, |late| late.minor);
    Some(Money { minor: kept.minor - off, ..kept }).filter(|fee| fee.minor > 0)
}

/// The larger one; of two currencies, which nobody can compare, the first.
pub fn larger(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) if one.currency == other.currency && other.minor > one.minor => Some(other),
        (None, other) => other,
        (one, _) => one,
    }
}

/// Both; of two currencies the first.
fn sum(one: Option<Money>, other: Option<Money>) -> Option<Money> {
    match (one, other) {
        (Some(one), Some(other)) if one.currency == other.currency => {
            Some(Money { minor: one.minor.saturating_add(other.minor), ..one })
        }
        (None, other) => other,
        (one, _) => one,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{instant::Interval, record::tests::quoted};

    /// Ten euros an hour, half of it for cancelling late, all for not coming; starts are minutes from an instant.
    fn lasting(start: i64, minutes: i64) -> Reservation {
        let mut reservation = quoted(Status::Confirmed, None);
        let start = Instant::from_unix(1_800_000_000).plus_minutes(start);
        reservation.interval = Interval::new(start, start.plus_minutes(minutes)).unwrap();
        reservation.quote.as_mut().unwrap().total_gross = minutes * 1000 / 60;
        reservation
    }

    fn minor(fee: Option<Money>) -> Option<i64> {
        fee.map(|fee| fee.minor)
    }

    #[test]
    fn what_is_charged_is_the_price_or_the_fee_and_what_was_given_up() {
        // 10 euros, 12 for the public; half for cancelling late, all of 3 euros for not coming.
        let price = |no_show: &str| -> Price {
            serde_json::from_str(&format!(
                r#"{{"currency": "EUR", "total_gross": 1000, "full_price": 1200, "subsidy": 200, "lines": [],
                    "cancellation": {{"late": {{"percent": 50}}, "no_show": {no_show}}}}}"#
            ))
            .unwrap()
        };
        let fixed = price(r#"{"fixed": 300}"#);
        let kept = |minor| Some(Money { minor, currency: Currency::EURO });
        for (status, price, kept, asked, in_kind) in [
            (Status::Completed, Some(fixed), None, Some(1000), Some(200)),
            (Status::Confirmed, Some(fixed), None, Some(1000), Some(200)),
            // Cancelling late would cost 5 now; it would have cost 8 before its guest made it shorter.
            (Status::Completed, Some(fixed), kept(800), Some(1300), Some(200)),
            (Status::Completed, Some(fixed), kept(400), Some(1000), Some(200)),
            (Status::NoShow, Some(fixed), None, Some(300), Some(0)),
            (Status::NoShow, Some(fixed), kept(800), Some(600), Some(0)),
            (Status::NoShow, Some(price(r#""none""#)), None, Some(0), Some(0)),
            (Status::Completed, None, None, None, None),
            (Status::Completed, None, kept(800), Some(800), None),
        ] {
            let found = minor(charged(status, price.as_ref(), kept));
            assert_eq!(found, asked, "{status} {kept:?}");
            assert_eq!(minor(price.and_then(|price| price.in_kind(status))), in_kind, "{status} {kept:?}");
        }
    }

    #[test]
    fn not_coming_costs_what_the_quote_says() {
        for (status, late, ahead, owed) in [
            (Status::Confirmed, None, Some(500), None),
            (Status::Pending, None, Some(500), None),
            (Status::CheckedIn, None, None, None),
            (Status::Completed, None, None, None),
            (Status::Cancelled, Some(false), None, None),
            (Status::Cancelled, Some(true), None, Some(500)),
            (Status::NoShow, None, None, Some(1000)),
        ] {
            let reservation = quoted(status, late);
            let fees = (minor(reservation.late_cancellation_fee()), minor(reservation.fee()));
            assert_eq!(fees, (ahead, owed), "{status} {late:?}");
            assert_eq!(Reservation { quote: None, ..reservation }.fee(), None);
        }
    }

    #[test]
    fn a_late_change_keeps_what_cancelling_would_have_cost() {
        // (from now, how long) before and after; kept; then owed: cancelled in time, late, a no-show, taking place.
        for ((before, after), kept, [in_time, late, no_show, besides]) in [
            // In time, nothing is kept; an hour of notice is needed.
            (([60, 480], [60, 60]), None, [None, Some(500), Some(1000), None]),
            (([90, 480], [9000, 60]), None, [None, Some(500), Some(1000), None]),
            // Shortened late: what was given up is owed, whatever comes.
            (([59, 480], [59, 60]), Some(4000), [Some(4000), Some(4000), Some(4500), Some(3500)]),
            // Moved far away: cancelling costs what it did; coming nothing besides.
            (([59, 480], [9000, 480]), Some(4000), [Some(4000), Some(4000), Some(8000), None]),
            (([59, 480], [9000, 60]), Some(4000), [Some(4000), Some(4000), Some(4500), Some(3500)]),
            (([59, 60], [9000, 480]), Some(500), [Some(500), Some(4000), Some(8000), None]),
            // As dear to cancel as before: nothing needs to be kept.
            (([59, 60], [59, 480]), None, [None, Some(4000), Some(8000), None]),
            (([59, 60], [30, 60]), None, [None, Some(500), Some(1000), None]),
        ] {
            let now = Instant::from_unix(1_800_000_000);
            let (before, mut after) = (lasting(before[0], before[1]), lasting(after[0], after[1]));
            after.kept_fee = before.kept_by_change(&after, now);
            assert_eq!(minor(after.kept_fee), kept, "{after:?}");
            let with = |status, cancelled_late| Reservation { status, cancelled_late, ..after.clone() };
            let owed = [
                with(Status::Cancelled, Some(false)).fee(),
                with(Status::Cancelled, Some(true)).fee(),
                with(Status::NoShow, None).fee(),
                with(Status::Completed, None).change_fee(),
            ];
            assert_eq!(owed.map(minor), [in_time, late, no_show, besides], "{after:?}");
            assert_eq!(with(Status::Cancelled, Some(false)).change_fee(), None);
        }
    }

    #[test]
    fn what_is_settled_is_owed_no_more_unless_it_grew() {
        for (status, settled, open) in [
            (Status::NoShow, None, Some(1000)),
            (Status::NoShow, Some(1000), None),
            (Status::NoShow, Some(400), Some(600)),
            (Status::NoShow, Some(1200), None),
            (Status::Completed, None, None),
            (Status::Completed, Some(1000), None),
        ] {
            let at = Instant::from_unix(1_800_000_000);
            let settled = settled.map(|minor| Settled { minor, how: Settlement::Paid, at });
            let reservation = Reservation { settled, ..quoted(status, None) };
            assert_eq!(minor(reservation.open_fee()), open, "{status} {settled:?}");
        }
    }

    #[test]
    fn what_was_kept_stays_through_further_changes() {
        let now = Instant::from_unix(1_800_000_000);
        let mut moved = lasting(9000, 480);
        moved.kept_fee = lasting(30, 480).kept_by_change(&moved, now);
        let mut shortened = Reservation { kept_fee: moved.kept_fee, ..lasting(9000, 15) };
        shortened.kept_fee = moved.kept_by_change(&shortened, now);
        assert_eq!(minor(shortened.kept_fee), Some(4000));
        // A request that nobody has approved yet may be taken back, and so changed, for nothing.
        let pending = |reservation| Reservation { status: Status::Pending, ..reservation };
        assert_eq!(pending(lasting(30, 480)).kept_by_change(&pending(lasting(9000, 60)), now), None);
    }

    #[test]
    fn what_has_begun_does_not_get_cheaper() {
        let now = Instant::from_unix(1_800_000_000);
        for (start, status, arrived, gross) in [
            (1, Status::Confirmed, false, 1000),
            (0, Status::Confirmed, false, 8000),
            (1, Status::CheckedIn, true, 8000),
            (0, Status::Pending, false, 1000),
        ] {
            let mut reservation = Reservation { status, ..lasting(start, 480) };
            reservation.presence.checked_in_at = arrived.then_some(now);
            let quote = reservation.requoted(lasting(start, 60).quote, now).unwrap();
            assert_eq!(quote.total_gross, gross, "{start} {status}");
            let longer = reservation.requoted(lasting(start, 600).quote, now).unwrap();
            assert_eq!(longer.total_gross, 10_000);
        }
    }
}
