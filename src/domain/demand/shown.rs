//! What of the demand they are shown who see no rows (coordinators): of whole, closed calendar months alone, and nothing
//! from which somebody could be singled out (DESIGN 7).
//!
//! A month's figure of the network is shown where nobody or at least five people made it, and none of them four fifths of
//! it, and where the same holds of what is left without any one venue: its staff know their own, and the report is handed
//! to them. Its parts (by venue, by reason) are shown where the first holds of every part; else only what stands above
//! them. What covers several months is shown where each of them is. So all that is shown is a sum of what may be shown by
//! itself, and no difference of two shown figures is a hidden one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::{Events, GivenUp, Stood};
use crate::domain::{
    ids::{UserId, VenueId},
    instant::Instant,
    zone::Zone,
};

/// The fewest people of whom a figure is shown.
pub const FEWEST: u64 = 5;
/// The most of a figure that one of them may make, in hundredths.
const MOST_OF_ONE: u64 = 80;

/// A calendar month: its first day.
pub type Month = NaiveDate;

/// The month of a date.
pub fn month(date: NaiveDate) -> Month {
    date.with_day(1).unwrap_or(date)
}

/// How far down a month's figure may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    pub network: bool,
    pub venues: bool,
}

impl Level {
    /// Where nothing happened.
    const NOTHING: Self = Self { network: true, venues: true };

    pub const fn allows(self, of_one_venue: bool) -> bool {
        if of_one_venue { self.venues } else { self.network }
    }

    const fn and(self, other: Self) -> Self {
        Self { network: self.network && other.network, venues: self.venues && other.venues }
    }
}

/// One kind of figure, month by month; months without any are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Month, Level>);

impl Levels {
    /// Whether a figure over these months may be shown.
    pub fn allow(&self, months: &[Month], of_one_venue: bool) -> bool {
        let level = |month| self.0.get(month).copied().unwrap_or(Level::NOTHING);
        months.iter().all(|month| level(month).allows(of_one_venue))
    }

    /// As far down as both.
    fn and(mut self, other: &Self) -> Self {
        for (month, level) in &other.0 {
            let own = self.0.entry(*month).or_insert(Level::NOTHING);
            *own = own.and(*level);
        }
        self
    }
}

/// Of a whole network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Lead times: whose they are.
    pub leads: Levels,
    /// What organisers cancelled, of what stood; and with it how many stood, and what of that venues cancelled. How many
    /// still stand everybody knows (published totals): what is left of those that stood is what was given up.
    pub given_up: Levels,
    /// What of that they cancelled late; the rest of it follows.
    pub late: Levels,
    /// Approval times.
    pub answered: Levels,
    pub turn_aways: Levels,
    pub reasons: Levels,
}

/// Who made how much of something.
type People = HashMap<UserId, u64>;

impl Shown {
    /// From all that happened in a network.
    pub fn new(events: &Events, zone: impl Fn(VenueId) -> Zone) -> Self {
        let at = |venue, at: Instant| month(zone(venue).date(at));
        let of = |counts: fn(&Stood) -> bool| {
            let mut made = BTreeMap::<(Month, VenueId), People>::new();
            for one in events.stood.iter().filter(|one| counts(one)) {
                let people = made.entry((at(one.venue, one.start), one.venue)).or_default();
                *people.entry(one.organiser).or_default() += 1;
            }
            of_people(&made)
        };
        let stood = of(|_| true);
        let leads = of(|one| one.lead().is_some());
        let given_up = of(|one| matches!(one.given_up, Some(GivenUp::InTime | GivenUp::Late))).and(&stood);
        let in_time = of(|one| one.given_up == Some(GivenUp::InTime));
        let late = of(|one| one.given_up == Some(GivenUp::Late)).and(&in_time).and(&given_up);
        let mut answered = BTreeMap::<(Month, VenueId), People>::new();
        for one in &events.answered {
            let people = answered.entry((at(one.venue, one.at), one.venue)).or_default();
            *people.entry(one.organiser).or_default() += 1;
        }
        let refusals = || events.turned_away.iter();
        let all = counts(refusals().map(|one| (month(one.day), one.venue, "", one.people)));
        let reasons =
            counts(refusals().map(|one| (month(one.day), one.venue, one.reason.as_str(), one.people)));
        Self { leads, given_up, late, answered: of_people(&answered), turn_aways: all, reasons }
    }
}

fn of_people(cells: &BTreeMap<(Month, VenueId), People>) -> Levels {
    let months: BTreeSet<Month> = cells.keys().map(|(month, _)| *month).collect();
    let level = |month: Month| {
        let venues = || cells.iter().filter(move |((of, _), _)| *of == month);
        let all_but = |left_out: Option<VenueId>| {
            let mut people = People::new();
            for (_, of_venue) in venues().filter(|((_, venue), _)| Some(*venue) != left_out) {
                of_venue.iter().for_each(|(person, times)| *people.entry(*person).or_default() += times);
            }
            enough(&people)
        };
        let network = all_but(None) && venues().all(|((_, venue), _)| all_but(Some(*venue)));
        (month, Level { network, venues: network && venues().all(|(_, people)| enough(people)) })
    };
    Levels(months.into_iter().map(level).collect())
}

/// Whether so many made it that none stands out.
fn enough(people: &People) -> bool {
    let (all, most) = (people.values().sum::<u64>(), people.values().copied().max().unwrap_or(0));
    all == 0 || (people.len() as u64 >= FEWEST && most * 100 <= all * MOST_OF_ONE)
}

/// Each counted person is another: the same person's other days are not known to be theirs.
fn counts<'e>(cells: impl Iterator<Item = (Month, VenueId, &'e str, u64)>) -> Levels {
    let mut of_network = BTreeMap::<(Month, &str), u64>::new();
    let mut of_venues = BTreeMap::<(Month, VenueId, &str), u64>::new();
    for (month, venue, detail, people) in cells {
        *of_network.entry((month, detail)).or_default() += people;
        *of_venues.entry((month, venue, detail)).or_default() += people;
    }
    let months: BTreeSet<Month> = of_network.keys().map(|(month, _)| *month).collect();
    let level = |month: Month| {
        let network = of_network.iter().filter(|((of, _), _)| *of == month).all(|(_, people)| many(*people));
        let parts = || of_venues.iter().filter(|((of, ..), _)| *of == month);
        // What the staff of a venue would have left of it, who know their own.
        let left =
            |((of, _, detail), own): (&(Month, VenueId, &str), &u64)| of_network[&(*of, *detail)] - own;
        let network = network && parts().map(left).all(many);
        (month, Level { network, venues: network && parts().all(|(_, people)| many(*people)) })
    };
    Levels(months.into_iter().map(level).collect())
}

/// Whether so many may be told.
pub const fn many(people: u64) -> bool {
    people == 0 || people >= FEWEST
}
