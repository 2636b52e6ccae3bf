//! What can be done in a story, as it can be read, repeated and shortened: an operation names what earlier ones made by
//! their places in the list.

use std::fmt;

use serde_json::Value;

use crate::{
    calendar::{Minute, shown},
    counting::Visitors,
    opening::Week,
    places::{PARTS, PEOPLE, called},
    prices::Tariff,
    series::{Reshape, Rule},
    spaces::Layout,
    venue::OnAffected,
};

/// A request for a slot.
#[derive(Clone, Debug)]
pub struct Wish {
    /// `None`: somebody who is not signed in.
    pub who: Option<usize>,
    pub space: usize,
    pub from: Minute,
    pub to: Minute,
    pub quantity: u32,
    pub named: Option<Vec<usize>>,
    pub attendees: Option<u32>,
    /// Which of the space's.
    pub layout: Option<usize>,
    pub for_organisation: bool,
    pub hold: bool,
    /// Whom staff reserve for.
    pub guest: Option<usize>,
    /// How many days or nights it is meant to be.
    pub days: u64,
    /// How many pieces of which pool besides.
    pub equipment: u32,
    pub pool: usize,
    /// Whether it is to be cleaned, too.
    pub extra: bool,
}

/// Another slot, said in full but for the equipment, which stays where nothing is said; perhaps in another space.
#[derive(Clone, Debug)]
pub struct Shift {
    pub space: Option<usize>,
    pub from: Minute,
    pub to: Minute,
    pub quantity: u32,
    pub named: Option<Vec<usize>>,
    pub attendees: Option<u32>,
    pub layout: Option<usize>,
    pub equipment: Option<(usize, u32)>,
}

/// Desks or pieces that go and come, and how many each of them seats, if that is said.
#[derive(Clone, Debug)]
pub struct Units {
    pub gone: Vec<usize>,
    pub added: usize,
    pub seats: Option<u32>,
}

/// A reservation, by the operation that made it; an offer by the entry that it was made for.
pub type Made = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Confirm,
    Cancel,
    Approve,
    Decline,
    CheckIn,
    CheckOut,
    NoShow,
}

#[derive(Clone, Copy, Debug)]
pub enum Job {
    NoShows,
    Settle,
    Offers,
    Sum,
}

#[derive(Clone, Debug)]
pub enum Op {
    /// The clock moves on.
    Pass(Minute),
    Run(Job),
    Reserve(Wish),
    Do(usize, Verb, Made),
    Move(usize, Made, Shift),
    /// Cleaning or none.
    Extra(usize, Made, bool),
    /// So many people came.
    Count(usize, Made, u32),
    /// So many days ago, or ahead.
    Attend(usize, usize, i64, Visitors),
    /// Once, or every so many days so many times.
    Block(usize, Minute, Minute, OnAffected, Option<(i64, usize)>),
    /// The hall is made of other spaces.
    Parts(usize),
    Archive(usize, OnAffected),
    Units(usize, Units, OnAffected),
    /// Those that are there, by their number, as they are to be; and new ones.
    Layouts(usize, Vec<(Option<usize>, Layout)>, OnAffected),
    Capacity(usize, u32, OnAffected),
    Copy(usize),
    Tariff(usize, Option<Tariff>),
    /// One, or those that follow of the same rule too.
    Lift(Made, bool),
    /// So long a slot in a range, of so many units.
    Join(usize, usize, (Minute, Minute), i64, u32),
    Leave(Made),
    /// The venue's or a space's, from a day on so many days ahead, and the hours of one day so many days later; no
    /// week: the venue's again.
    Hours(Option<usize>, u64, Option<Week>, Option<(u64, (i64, i64))>, OnAffected),
    Policy(Option<usize>, Value),
    /// The venue on so many days from so many days ahead on; and its undoing.
    Close(u64, u64, OnAffected),
    Reopen(u64, u64),
    /// Availability, and one of its slots tried: so many minutes, and which of those on the grid.
    Look(Wish, usize),
    /// A series, perhaps without one of its dates; what may be left out of it, if anything may.
    Repeat(Wish, Rule, Option<usize>, Option<Option<u32>>),
    Reshape(usize, Made, Reshape),
    /// From so many days ahead on.
    CancelSeries(usize, Made, Option<u64>),
    DecideSeries(usize, Made, bool),
}

impl Op {
    /// All that it names by itself.
    pub fn spaces(&self) -> Vec<usize> {
        match self {
            Self::Reserve(wish) | Self::Look(wish, _) | Self::Repeat(wish, ..) => vec![wish.space, wish.pool],
            Self::Block(space, ..)
            | Self::Join(_, space, ..)
            | Self::Attend(_, space, ..)
            | Self::Archive(space, _)
            | Self::Units(space, ..)
            | Self::Layouts(space, ..)
            | Self::Capacity(space, ..)
            | Self::Copy(space)
            | Self::Tariff(space, _) => vec![*space],
            Self::Hours(space, ..) | Self::Policy(space, _) | Self::Move(_, _, Shift { space, .. }) => {
                space.iter().copied().collect()
            }
            Self::Reshape(_, _, Reshape { equipment, .. }) => {
                equipment.iter().map(|(pool, _)| *pool).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Op {
    fn of_the_venue(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Archive(space, on) => write!(f, "archive {} {on:?}", called(*space)),
            Self::Units(space, units, on) => write!(f, "units of {} {units:?} {on:?}", called(*space)),
            Self::Layouts(space, layouts, on) => {
                write!(f, "layouts of {} {layouts:?} {on:?}", called(*space))
            }
            Self::Capacity(space, capacity, on) => write!(f, "{} is for {capacity} {on:?}", called(*space)),
            Self::Copy(space) => write!(f, "copy {}", called(*space)),
            Self::Tariff(space, tariff) => write!(f, "tariff of {} {tariff:?}", called(*space)),
            Self::Block(space, from, to, on, recurs) => {
                let (from, to) = (shown(*from), shown(*to));
                write!(f, "block {} {from} – {to} {on:?} {recurs:?}", called(*space))
            }
            Self::Parts(number) => write!(f, "the hall has the parts {:?}", PARTS[*number]),
            Self::Hours(space, days, week, exception, on) => {
                let whose = space.map_or("the venue".to_owned(), called);
                write!(f, "hours of {whose} in {days} days {week:?}, but {exception:?}, {on:?}")
            }
            Self::Close(days, many, on) => write!(f, "close the venue in {days} days for {many}, {on:?}"),
            Self::Reopen(days, many) => write!(f, "open the venue again in {days} days for {many}"),
            Self::Policy(space, rules) => {
                write!(f, "policy of {} {rules}", space.map_or("the venue".to_owned(), called))
            }
            _ => write!(f, "{self:?}"),
        }
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pass(at) => write!(f, "it is {}", shown(*at)),
            Self::Run(job) => write!(f, "the job {job:?} runs"),
            Self::Reserve(wish) => write!(f, "reserve {wish}"),
            Self::Look(wish, pick) => write!(f, "look, try slot {pick} {wish}"),
            Self::Do(who, verb, made) => write!(f, "{} does {verb:?} to #{made}", PEOPLE[*who]),
            Self::Move(who, made, to) => {
                let (from, until) = (shown(to.from), shown(to.to));
                write!(f, "{} moves #{made} to {from} – {until} {to:?}", PEOPLE[*who])
            }
            Self::Extra(who, made, extra) => write!(f, "{} has #{made} cleaned: {extra}", PEOPLE[*who]),
            Self::Count(who, made, heads) => write!(f, "{} counts {heads} at #{made}", PEOPLE[*who]),
            Self::Attend(who, space, ago, visitors) => {
                write!(f, "{} counts {visitors:?} in {} {ago} days ago", PEOPLE[*who], called(*space))
            }
            Self::Lift(made, following) => write!(f, "lift #{made}, following too: {following}"),
            Self::Join(who, space, (from, to), minutes, quantity) => {
                let (who, space) = (PEOPLE[*who], called(*space));
                write!(
                    f,
                    "{who} waits for {minutes} min ×{quantity} of {space} in {} – {}",
                    shown(*from),
                    shown(*to)
                )
            }
            Self::Leave(made) => write!(f, "leave #{made}"),
            Self::Repeat(wish, rule, without, skips) => {
                write!(f, "repeat {} without {without:?} skips {skips:?} {wish}", rule.written())
            }
            Self::Reshape(who, made, how) => write!(f, "{} changes series #{made}: {how:?}", PEOPLE[*who]),
            Self::CancelSeries(who, made, from) => {
                write!(f, "{} gives up series #{made} from {from:?} days ahead", PEOPLE[*who])
            }
            Self::DecideSeries(who, made, approves) => {
                write!(f, "{} decides on series #{made}: {approves}", PEOPLE[*who])
            }
            _ => self.of_the_venue(f),
        }
    }
}

impl fmt::Display for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |who: Option<usize>| who.map_or("somebody", |who| PEOPLE[who]);
        let Self { space, from, to, quantity, named, attendees, layout, .. } = self;
        write!(f, "{} {} {} – {} ", name(self.who), called(*space), shown(*from), shown(*to))?;
        write!(f, "×{quantity} named {named:?} people {attendees:?} layout {layout:?} ")?;
        write!(f, "organisation {} hold {} ", self.for_organisation, self.hold)?;
        write!(f, "for {} pieces {} ", name(self.guest), self.equipment)?;
        write!(f, "of {} cleaning {}", called(self.pool), self.extra)
    }
}
