//! From an interval to what is charged for its time: cut where the rate can change, then walked from start to end.
//!
//! Periods are of real elapsed time, days and nights of the local calendar (DESIGN 3). VAT and extras are `quote`'s.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{LineUnit, MonthDay, Package, Pricing, QuoteError, Rate, Tariff};
use crate::domain::{
    hours::{Day, Span, WeeklyRule},
    instant::{Instant, Interval},
    policy::Audience,
    zone::Zone,
};

/// So many times one price by one rate, begun on one local date, for each unit of the space.
#[derive(Debug, Clone)]
pub(super) struct Charge<'a> {
    pub rate: &'a Rate,
    /// The rate's place in the tariff.
    pub index: usize,
    pub date: NaiveDate,
    pub unit: LineUnit,
    /// How long a period or package lasts.
    pub minutes: Option<u32>,
    pub price: i64,
    pub count: i64,
}

/// Part of an interval, within one local date, in which one rate holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    interval: Interval,
    date: NaiveDate,
    index: usize,
    pub rate: &'a Rate,
}

/// The interval cut at midnights and at the edges of bands.
pub(super) fn pieces<'a>(
    tariff: &'a Tariff,
    audiences: &[Audience],
    zone: Zone,
    interval: Interval,
) -> Result<Vec<Piece<'a>>, QuoteError> {
    let mut cuts = BTreeSet::from([interval.start(), interval.end()]);
    for date in dates_reaching(zone, interval) {
        let bands = tariff.rates.iter().flat_map(|rate| &rate.band).filter_map(|rule| span(rule, zone, date));
        let edges = bands.chain([zone.day(date)]).flat_map(|band| [band.start(), band.end()]);
        cuts.extend(edges.filter(|at| interval.contains(*at)));
    }
    let ends = cuts.iter().skip(1);
    let parts = cuts.iter().zip(ends).filter_map(|(from, to)| Interval::new(*from, *to));
    parts
        .map(|part| {
            let date = zone.date(part.start());
            let found = rate_at(tariff, audiences, zone, part.start());
            let (index, rate) = found.ok_or(QuoteError::NoRate { at: part.start() })?;
            Ok(Piece { interval: part, date, index, rate })
        })
        .collect()
}

/// The local dates of the interval and the one before, whose bands may last over midnight.
fn dates_reaching(zone: Zone, interval: Interval) -> impl Iterator<Item = NaiveDate> {
    zone.date(interval.start()).pred_opt().into_iter().chain(zone.days(interval))
}

fn span(rule: &WeeklyRule, zone: Zone, date: NaiveDate) -> Option<Interval> {
    let opens = rule.days.contains(&Day::of(date));
    opens.then_some(Span { opens: rule.opens, closes: rule.closes })?.on(zone, date)
}

/// The rate that holds, by the precedence of the module above.
fn rate_at<'a>(
    tariff: &'a Tariff,
    audiences: &[Audience],
    zone: Zone,
    at: Instant,
) -> Option<(usize, &'a Rate)> {
    let date = zone.date(at);
    let in_season = |rate: &Rate| match &rate.season {
        None => true,
        Some(name) => {
            tariff.seasons.iter().any(|season| season.name == *name && season.holds(MonthDay::of(date)))
        }
    };
    let in_band = |rate: &Rate| {
        let holds = |rule: &WeeklyRule| {
            let begun = |date| span(rule, zone, date).is_some_and(|band| band.contains(at));
            begun(date) || date.pred_opt().is_some_and(begun)
        };
        rate.band.is_empty() || rate.band.iter().any(holds)
    };
    let of_audience = |audience: Audience| {
        let rates = tariff.rates.iter().enumerate();
        let held = rates.filter(|(_, rate)| rate.audience == audience && in_season(rate) && in_band(rate));
        held.min_by_key(|(_, rate)| (rate.season.is_none(), rate.band.is_empty()))
    };
    let fits = |audience: &&Audience| audiences.contains(audience) || **audience == Audience::Public;
    Audience::ALL.iter().filter(fits).find_map(|audience| of_audience(*audience))
}

/// What the time of the pieces costs, daily caps kept, in order.
pub(super) fn charges<'a>(zone: Zone, pieces: &[Piece<'a>]) -> Result<Vec<Charge<'a>>, QuoteError> {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Ok(Vec::new()) };
    let mut walk = Walk {
        zone,
        paid_until: first.interval.start(),
        end: last.interval.end(),
        in_package: false,
        charges: Vec::new(),
    };
    for piece in pieces {
        while let Some(unpaid) =
            Interval::new(piece.interval.start().max(walk.paid_until), piece.interval.end())
        {
            walk.pay(*piece, unpaid);
        }
    }
    capped(walk.charges)
}

struct Walk<'a> {
    zone: Zone,
    paid_until: Instant,
    end: Instant,
    /// Whether a package was taken before.
    in_package: bool,
    charges: Vec<Charge<'a>>,
}

impl<'a> Walk<'a> {
    /// Pays for some of what is unpaid of a piece, or for all of it and more.
    fn pay(&mut self, piece: Piece<'a>, unpaid: Interval) {
        match &piece.rate.pricing {
            Pricing::Free => self.paid_until = unpaid.end(),
            Pricing::PerStarted { minutes, price } => self.pay_periods(piece, unpaid, *minutes, *price),
            Pricing::PerDay { price } => {
                self.charge(piece, LineUnit::Day, None, *price, 1);
                self.paid_until = self.zone.day(piece.date).end();
            }
            Pricing::PerNight { price } => {
                self.charge(piece, LineUnit::Night, None, *price, 1);
                let last = self.zone.date(self.end.plus(-1));
                let tomorrow = piece.date.succ_opt().unwrap_or(last);
                self.paid_until = if last <= tomorrow { self.end } else { self.zone.day(piece.date).end() };
            }
            Pricing::Packages { packages, further } => match further {
                Some(further) if self.in_package => {
                    self.pay_periods(piece, unpaid, further.minutes, further.price);
                }
                _ => self.pay_package(piece, unpaid, packages),
            },
        }
    }

    fn pay_package(&mut self, piece: Piece<'a>, unpaid: Interval, packages: &'a [Package]) {
        let rest = self.end.since(unpaid.start());
        let covers = |package: &&Package| seconds(package.minutes) >= rest;
        let Some(package) = packages.iter().find(covers).or(packages.last()) else {
            self.paid_until = unpaid.end(); // no packages, which `check` refuses
            return;
        };
        self.charge(piece, LineUnit::Package, Some(package.minutes), package.price, 1);
        self.paid_until = unpaid.start().plus(seconds(package.minutes));
        self.in_package = true;
    }

    /// As many periods as start before the end of what is unpaid.
    fn pay_periods(&mut self, piece: Piece<'a>, unpaid: Interval, minutes: u32, price: i64) {
        let each = seconds(minutes);
        let count = (unpaid.seconds() - 1) / each + 1;
        self.charge(piece, LineUnit::Period, Some(minutes), price, count);
        self.paid_until = unpaid.start().plus(count * each);
    }

    fn charge(&mut self, piece: Piece<'a>, unit: LineUnit, minutes: Option<u32>, price: i64, count: i64) {
        let Piece { rate, index, date, .. } = piece;
        self.charges.push(Charge { rate, index, date, unit, minutes, price, count });
    }
}

/// At least one second, so that every walk comes to its end.
fn seconds(minutes: u32) -> i64 {
    (i64::from(minutes) * 60).max(1)
}

/// Where a date's charges by one rate exceed its cap, one day at the cap in their place.
fn capped(charges: Vec<Charge<'_>>) -> Result<Vec<Charge<'_>>, QuoteError> {
    let mut sums: BTreeMap<(usize, NaiveDate), i64> = BTreeMap::new();
    for charge in &charges {
        let sum = sums.entry((charge.index, charge.date)).or_default();
        let added = charge.price.checked_mul(charge.count).and_then(|price| sum.checked_add(price));
        *sum = added.ok_or(QuoteError::TooLarge)?;
    }
    let mut cut = BTreeSet::new();
    let kept = charges.into_iter().filter_map(|charge| {
        let day = (charge.index, charge.date);
        match charge.rate.daily_cap {
            Some(cap) if sums[&day] > cap => cut.insert(day).then_some(Charge {
                unit: LineUnit::Day,
                minutes: None,
                price: cap,
                count: 1,
                ..charge
            }),
            _ => Some(charge),
        }
    });
    Ok(kept.collect())
}
