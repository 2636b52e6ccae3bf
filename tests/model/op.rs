//! What can be done in a story, as it can be read, repeated and shortened: an operation names what earlier ones made by
//! their places in the list.

use std::fmt;

use serde_json::Value;

use crate::{
    calendar::{Minute, shown},
    opening::Week,
    places::{PARTS, PEOPLE, ROOMS},
    series::{Reshape, Rule},
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
    pub layout: bool,
    pub for_organisation: bool,
    pub hold: bool,
    /// Whom staff reserve for.
    pub guest: Option<usize>,
    /// How many days or nights it is meant to be.
    pub days: u64,
    /// How many pieces of the pool besides.
    pub equipment: u32,
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
}

#[derive(Clone, Debug)]
pub enum Op {
    /// The clock moves on.
    Pass(Minute),
    Run(Job),
    Reserve(Wish),
    Do(usize, Verb, Made),
    /// Another slot; quantity, people and whether with a layout beside it, and how much equipment if that is said.
    Move(usize, Made, Minute, Minute, u32, Option<u32>, bool, Option<u32>),
    /// Once, or every so many days so many times.
    Block(usize, Minute, Minute, OnAffected, Option<(i64, usize)>),
    /// The hall is made of other spaces.
    Parts(usize),
    /// One, or those that follow of the same rule too.
    Lift(Made, bool),
    /// So long a slot in a range, of so many units.
    Join(usize, usize, (Minute, Minute), i64, u32),
    Leave(Made),
    /// The venue's or a space's, from a day on so many days ahead, and the hours of one day so many days later; no
    /// week: the venue's again.
    Hours(Option<usize>, u64, Option<Week>, Option<(u64, (i64, i64))>, OnAffected),
    Policy(Option<usize>, Value),
    /// Availability, and one of its slots tried: so many minutes, and which of those on the grid.
    Look(Wish, usize),
    /// A series, perhaps without one of its dates; what may be left out of it, if anything may.
    Repeat(Wish, Rule, Option<usize>, Option<Option<u32>>),
    Reshape(usize, Made, Reshape),
    /// From so many days ahead on.
    CancelSeries(usize, Made, Option<u64>),
    DecideSeries(usize, Made, bool),
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |who: &Option<usize>| who.map_or("somebody", |who| PEOPLE[who]);
        let wish = |f: &mut fmt::Formatter<'_>, wish: &Wish| {
            let Wish { space, from, to, quantity, named, attendees, .. } = wish;
            write!(f, " {} {} {} – {} ", name(&wish.who), ROOMS[*space].name, shown(*from), shown(*to))?;
            write!(f, "×{quantity} named {named:?} people {attendees:?} layout {} ", wish.layout)?;
            let (organisation, hold) = (wish.for_organisation, wish.hold);
            write!(f, "organisation {organisation} hold {hold} for {} ", name(&wish.guest))?;
            write!(f, "pieces {}", wish.equipment)
        };
        match self {
            Self::Pass(at) => write!(f, "it is {}", shown(*at)),
            Self::Run(job) => write!(f, "the job {job:?} runs"),
            Self::Reserve(wanted) => write!(f, "reserve").and_then(|()| wish(f, wanted)),
            Self::Look(wanted, pick) => write!(f, "look, try slot {pick}").and_then(|()| wish(f, wanted)),
            Self::Do(who, verb, made) => write!(f, "{} does {verb:?} to #{made}", PEOPLE[*who]),
            Self::Move(who, made, from, to, quantity, people, layout, pieces) => {
                let (from, to) = (shown(*from), shown(*to));
                write!(f, "{} moves #{made} to {from} – {to} ×{quantity} ", PEOPLE[*who])?;
                write!(f, "people {people:?} layout {layout} pieces {pieces:?}")
            }
            Self::Block(space, from, to, on, recurs) => {
                let (from, to) = (shown(*from), shown(*to));
                write!(f, "block {} {from} – {to} {on:?} {recurs:?}", ROOMS[*space].name)
            }
            Self::Parts(number) => write!(f, "the hall has the parts {:?}", PARTS[*number]),
            Self::Lift(made, following) => write!(f, "lift #{made}, following too: {following}"),
            Self::Join(who, space, (from, to), minutes, quantity) => {
                let (who, space) = (PEOPLE[*who], ROOMS[*space].name);
                write!(
                    f,
                    "{who} waits for {minutes} min ×{quantity} of {space} in {} – {}",
                    shown(*from),
                    shown(*to)
                )
            }
            Self::Leave(made) => write!(f, "leave #{made}"),
            Self::Hours(space, days, week, exception, on) => {
                let whose = space.map_or("the venue", |space| ROOMS[space].name);
                write!(f, "hours of {whose} in {days} days {week:?}, but {exception:?}, {on:?}")
            }
            Self::Policy(space, rules) => {
                write!(f, "policy of {} {rules}", space.map_or("the venue", |space| ROOMS[space].name))
            }
            Self::Repeat(wanted, rule, without, skips) => {
                write!(f, "repeat {} without {without:?} skips {skips:?}", rule.written())?;
                wish(f, wanted)
            }
            Self::Reshape(who, made, how) => write!(f, "{} changes series #{made}: {how:?}", PEOPLE[*who]),
            Self::CancelSeries(who, made, from) => {
                write!(f, "{} gives up series #{made} from {from:?} days ahead", PEOPLE[*who])
            }
            Self::DecideSeries(who, made, approves) => {
                write!(f, "{} decides on series #{made}: {approves}", PEOPLE[*who])
            }
        }
    }
}
