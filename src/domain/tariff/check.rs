//! What is refused in a tariff although it can be read: each fault with its place, a stable code and its reason.
//!
//! A tariff without faults prices every instant for everybody, and more time never has a lower price.

use std::collections::{HashMap, HashSet};

use super::{Extra, ExtraBasis, Fee, MonthDay, Package, Period, Pricing, Rate, Tariff, Vat};
use crate::domain::{
    codes::codes,
    hours::{FieldFault, WeeklyRule, check_weekly},
    policy::Audience,
    text::Line,
};

codes! {
    /// Why a field of a tariff is refused. The rules of a band have the codes of opening hours besides.
    pub enum TariffFault {
        /// Prices are not negative.
        Negative = "negative",
        /// It lasts no time, or nothing of it can be had.
        Zero = "zero",
        /// Beyond what anybody can mean.
        TooLarge = "too_large",
        /// The list is longer than anybody can mean.
        ListTooLong = "list_too_long",
        /// There is no package.
        PackagesEmpty = "packages_empty",
        /// A package is not longer than the one before, or costs less.
        PackagesNotAscending = "packages_not_ascending",
        /// The rate names a season that the tariff does not have.
        SeasonUnknown = "season_unknown",
        /// Two seasons or two extras have the same name.
        Repeated = "repeated",
        /// Two seasons share a day of the year.
        SeasonsOverlap = "seasons_overlap",
        /// Another rate without a band is for the same audience and season.
        RateRepeated = "rate_repeated",
        /// The band of another rate for the same audience and season holds at the same time.
        BandsOverlap = "bands_overlap",
        /// At some time of the week in some season there is no price for the public; what costs nothing is said to be free.
        PublicUncovered = "public_uncovered",
        /// What is free has no cap and no minimum.
        FreeWithLimit = "free_with_limit",
        /// A price without VAT needs the legal text that says why.
        LegalMissing = "legal_missing",
        /// A percentage lies between 1 and 100.
        OutOfRange = "out_of_range",
    }
}

/// The most rates, extras, seasons and packages in one list.
const MOST_IN_A_LIST: usize = 100;
/// The highest price, minor units: a million euros.
const HIGHEST_PRICE: i64 = 100_000_000;
/// The longest period or package, as long as a reservation can last (DESIGN 3).
const LONGEST_MINUTES: u32 = 31 * 24 * 60;
const DAY: usize = 24 * 60;
const WEEK: usize = 7 * DAY;

impl Tariff {
    /// All faults, none when the tariff may be stored. Pointers are into the tariff (RFC 6901).
    pub fn check(&self) -> Vec<FieldFault> {
        let mut faults = Faults(Vec::new());
        let lists =
            [("seasons", self.seasons.len()), ("rates", self.rates.len()), ("extras", self.extras.len())];
        for (list, length) in lists {
            faults.length(&format!("/{list}"), length);
        }
        if !faults.0.is_empty() {
            return faults.0;
        }
        faults.seasons(self);
        for (index, rate) in self.rates.iter().enumerate() {
            faults.rate(&format!("/rates/{index}"), rate, self);
        }
        for (index, extra) in self.extras.iter().enumerate() {
            let repeated = self.extras[..index].iter().any(|earlier| earlier.name == extra.name);
            faults.extra(&format!("/extras/{index}"), extra, repeated);
        }
        faults.fee("/cancellation/late", self.cancellation.late);
        faults.fee("/cancellation/no_show", self.cancellation.no_show);
        // Weeks are drawn only of bands that can be read.
        if faults.0.is_empty() {
            faults.weeks(self);
        }
        faults.0
    }
}

struct Faults(Vec<FieldFault>);

impl Faults {
    fn add(&mut self, pointer: impl Into<String>, fault: TariffFault) {
        self.0.push(FieldFault { pointer: pointer.into(), code: fault.as_str() });
    }

    fn length(&mut self, place: &str, length: usize) {
        if length > MOST_IN_A_LIST {
            self.add(place, TariffFault::ListTooLong);
        }
    }

    fn price(&mut self, place: String, price: i64) {
        match price {
            ..0 => self.add(place, TariffFault::Negative),
            0..=HIGHEST_PRICE => {}
            _ => self.add(place, TariffFault::TooLarge),
        }
    }

    fn minutes(&mut self, place: String, minutes: u32) {
        match minutes {
            0 => self.add(place, TariffFault::Zero),
            1..=LONGEST_MINUTES => {}
            _ => self.add(place, TariffFault::TooLarge),
        }
    }

    fn seasons(&mut self, tariff: &Tariff) {
        for (index, season) in tariff.seasons.iter().enumerate() {
            let (place, earlier) = (format!("/seasons/{index}"), &tariff.seasons[..index]);
            if earlier.iter().any(|other| other.name == season.name) {
                self.add(format!("{place}/name"), TariffFault::Repeated);
            }
            let shared = |day: &MonthDay| season.holds(*day) && earlier.iter().any(|other| other.holds(*day));
            if MonthDay::all().any(|day| shared(&day)) {
                self.add(format!("{place}/from"), TariffFault::SeasonsOverlap);
            }
        }
    }

    fn rate(&mut self, place: &str, rate: &Rate, tariff: &Tariff) {
        let is_known = |name: &Line<60>| tariff.seasons.iter().any(|season| season.name == *name);
        if rate.season.as_ref().is_some_and(|name| !is_known(name)) {
            self.add(format!("{place}/season"), TariffFault::SeasonUnknown);
        }
        check_weekly(&mut self.0, &format!("{place}/band"), &rate.band);
        self.pricing(&format!("{place}/pricing"), &rate.pricing);
        for (field, limit) in [("daily_cap", rate.daily_cap), ("minimum_charge", rate.minimum_charge)] {
            let place = format!("{place}/{field}");
            match limit {
                Some(_) if rate.pricing == Pricing::Free => self.add(place, TariffFault::FreeWithLimit),
                Some(price) => self.price(place, price),
                None => {}
            }
        }
        self.vat(place, &rate.vat);
    }

    fn pricing(&mut self, place: &str, pricing: &Pricing) {
        match pricing {
            Pricing::Free => {}
            Pricing::PerStarted { minutes, price } => {
                self.period(&format!("{place}/per_started"), Period { minutes: *minutes, price: *price });
            }
            Pricing::PerDay { price } => self.price(format!("{place}/per_day/price"), *price),
            Pricing::PerNight { price } => self.price(format!("{place}/per_night/price"), *price),
            Pricing::Packages { packages, further } => {
                self.packages(&format!("{place}/packages/packages"), packages);
                if let Some(further) = further {
                    self.period(&format!("{place}/packages/further"), *further);
                }
            }
        }
    }

    fn period(&mut self, place: &str, period: Period) {
        self.minutes(format!("{place}/minutes"), period.minutes);
        self.price(format!("{place}/price"), period.price);
    }

    fn packages(&mut self, place: &str, packages: &[Package]) {
        self.length(place, packages.len());
        if packages.is_empty() {
            self.add(place, TariffFault::PackagesEmpty);
        }
        for (index, package) in packages.iter().enumerate().take(MOST_IN_A_LIST) {
            let place = format!("{place}/{index}");
            self.period(&place, Period { minutes: package.minutes, price: package.price });
            let before = index.checked_sub(1).map(|before| &packages[before]);
            if before.is_some_and(|before| package.minutes <= before.minutes || package.price < before.price)
            {
                self.add(place, TariffFault::PackagesNotAscending);
            }
        }
    }

    fn extra(&mut self, place: &str, extra: &Extra, repeated: bool) {
        if repeated {
            self.add(format!("{place}/name"), TariffFault::Repeated);
        }
        self.price(format!("{place}/price"), extra.price);
        self.vat(place, &extra.vat);
        match (extra.maximum, extra.basis) {
            (Some(0), _) => self.add(format!("{place}/maximum"), TariffFault::Zero),
            (Some(2..), ExtraBasis::Reservation) => {
                self.add(format!("{place}/maximum"), TariffFault::TooLarge);
            }
            _ => {}
        }
    }

    fn vat(&mut self, place: &str, vat: &Vat) {
        if vat.code.is_untaxed() && vat.legal.is_none() {
            self.add(format!("{place}/vat/legal"), TariffFault::LegalMissing);
        }
    }

    fn fee(&mut self, place: &str, fee: Fee) {
        match fee {
            Fee::Percent(percent) if !(1..=100).contains(&percent) => {
                self.add(format!("{place}/percent"), TariffFault::OutOfRange);
            }
            Fee::Fixed(amount) => self.price(format!("{place}/fixed"), amount),
            Fee::None | Fee::Percent(_) | Fee::Full => {}
        }
    }

    /// No minute of the week twice in one audience and season, and none without a price for the public.
    fn weeks(&mut self, tariff: &Tariff) {
        let (mut banded, mut whole, always) = (HashMap::new(), HashSet::new(), vec![true; WEEK]);
        for (index, rate) in tariff.rates.iter().enumerate() {
            let group = (rate.audience, rate.season.as_ref());
            if rate.band.is_empty() {
                if !whole.insert(group) {
                    self.add(format!("/rates/{index}"), TariffFault::RateRepeated);
                }
                continue;
            }
            let taken = banded.entry(group).or_insert_with(|| vec![false; WEEK]);
            let own = week(&rate.band);
            if own.iter().zip(taken.iter()).any(|(own, taken)| *own && *taken) {
                self.add(format!("/rates/{index}/band"), TariffFault::BandsOverlap);
            }
            taken.iter_mut().zip(own).for_each(|(taken, own)| *taken |= own);
        }
        let public = |season| {
            let group = (Audience::Public, season);
            if whole.contains(&group) { Some(&always) } else { banded.get(&group) }
        };
        let holds = |week: Option<&Vec<bool>>, minute: usize| week.is_some_and(|held| held[minute]);
        let covered = |season| {
            let (seasonal, ordinary) = (public(season), public(None));
            (0..WEEK).all(|minute| holds(seasonal, minute) || holds(ordinary, minute))
        };
        let names = tariff.seasons.iter().map(|season| Some(&season.name));
        let year_round = MonthDay::all().all(|day| tariff.seasons.iter().any(|season| season.holds(day)));
        let seasons = names.chain((!year_round).then_some(None));
        if !tariff.rates.is_empty() && !seasons.into_iter().all(covered) {
            self.add("/rates", TariffFault::PublicUncovered);
        }
    }
}

/// The minutes of the week, from Monday 00:00, that a band holds.
fn week(band: &[WeeklyRule]) -> Vec<bool> {
    let mut held = vec![false; WEEK];
    for rule in band {
        let (opens, closes) = (usize::from(rule.opens.minutes()), usize::from(rule.closes.minutes()));
        let length = if closes > opens { closes - opens } else { DAY - opens + closes };
        for day in &rule.days {
            let start = *day as usize * DAY + opens;
            (start..start + length).for_each(|minute| held[minute % WEEK] = true);
        }
    }
    held
}
