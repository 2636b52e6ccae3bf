//! What is done, as a list that can be read, repeated and shortened: an operation names what earlier ones made by
//! their places in the list.

use std::fmt;

use serde_json::{Value, json};

use crate::{
    calendar::{self, DAY, Minute, shown},
    dice::Dice,
    model::{Model, occupies},
    places::{CENE, DESKS, DORA, EVA, HOURS, PEOPLE, ROOMS, STUDIO},
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
    /// Another slot; people and quantity beside it.
    Move(usize, Made, Minute, Minute, u32, Option<u32>),
    Block(usize, Minute, Minute, OnAffected),
    Lift(Made),
    /// So long a slot in a range, of so many units.
    Join(usize, usize, (Minute, Minute), i64, u32),
    Leave(Made),
    /// A preset from a day on, so many days ahead, and the hours of one day in its place.
    Hours(usize, u64, Option<(u64, (i64, i64))>, OnAffected),
    Policy(Option<usize>, Value),
    /// Availability, and one of its slots tried: so many minutes, and which of those on the grid.
    Look(Wish, usize),
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |who: &Option<usize>| who.map_or("somebody", |who| PEOPLE[who]);
        let wish = |f: &mut fmt::Formatter<'_>, wish: &Wish| {
            let Wish { who, space, from, to, quantity, named, attendees, layout, for_organisation, hold } =
                wish;
            write!(f, " {} {} {} – {} ×{quantity}", name(who), ROOMS[*space].name, shown(*from), shown(*to))?;
            write!(
                f,
                " named {named:?} people {attendees:?} layout {layout} organisation {for_organisation} hold {hold}"
            )
        };
        match self {
            Self::Pass(at) => write!(f, "it is {}", shown(*at)),
            Self::Run(job) => write!(f, "the job {job:?} runs"),
            Self::Reserve(wanted) => write!(f, "reserve").and_then(|()| wish(f, wanted)),
            Self::Look(wanted, pick) => write!(f, "look, try slot {pick}").and_then(|()| wish(f, wanted)),
            Self::Do(who, verb, made) => write!(f, "{} does {verb:?} to #{made}", PEOPLE[*who]),
            Self::Move(who, made, from, to, quantity, people) => {
                let (from, to) = (shown(*from), shown(*to));
                write!(f, "{} moves #{made} to {from} – {to} ×{quantity} people {people:?}", PEOPLE[*who])
            }
            Self::Block(space, from, to, on) => {
                write!(f, "block {} {} – {} {on:?}", ROOMS[*space].name, shown(*from), shown(*to))
            }
            Self::Lift(made) => write!(f, "lift #{made}"),
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
            Self::Hours(preset, days, exception, on) => {
                write!(f, "hours {preset} {:?} in {days} days, but {exception:?}, {on:?}", HOURS[*preset])
            }
            Self::Policy(space, rules) => {
                write!(f, "policy of {} {rules}", space.map_or("the venue", |space| ROOMS[space].name))
            }
        }
    }
}

/// What the writer knows of what was made.
pub struct Known<'a> {
    pub model: &'a Model,
    /// Operations that made reservations and offers, with the number of the latest.
    pub reservations: &'a [(Made, usize)],
    pub blocks: &'a [Made],
    pub entries: &'a [Made],
}

/// The next operation; `pace` is how long the clock moves on, minutes, on average.
pub fn next(dice: &mut Dice, known: &Known<'_>, pace: i64) -> Op {
    match dice.below(100) {
        0..14 => Op::Pass(pass(dice, known, pace)),
        14..18 => Op::Run(Job::NoShows),
        18..22 => Op::Run(Job::Settle),
        22..25 => Op::Run(Job::Offers),
        25..53 => Op::Reserve(wish(dice, known.model)),
        53..70 => verb(dice, known),
        70..78 => moved(dice, known),
        78..81 => {
            let (from, minutes) = (start(dice, known.model.now), dice.pick(&[30, 90, 240, 1500]));
            Op::Block(dice.below(ROOMS.len()), from, from + minutes, on(dice))
        }
        81..83 if !known.blocks.is_empty() => Op::Lift(dice.pick(known.blocks)),
        83..86 => {
            let (space, from) = (dice.below(ROOMS.len()), start(dice, known.model.now));
            let minutes = dice.pick(&[30, 60, 120]);
            let range = (from, from + minutes + dice.pick(&[0, 60, 600]));
            Op::Join(dice.below(PEOPLE.len()), space, range, minutes, quantity(dice, space))
        }
        86 if !known.entries.is_empty() => Op::Leave(dice.pick(known.entries)),
        87..89 => {
            let closed = dice.pick(&[(600, 600), (600, 840), (1200, 180)]);
            let exception = dice.once_in(2).then(|| (dice.roll() % 4, closed));
            Op::Hours(dice.below(HOURS.len()), dice.roll() % 4, exception, on(dice))
        }
        89..92 => policy(dice),
        _ => Op::Look(wish(dice, known.model), dice.below(100)),
    }
}

fn on(dice: &mut Dice) -> OnAffected {
    dice.pick(&[OnAffected::Refuse, OnAffected::Keep, OnAffected::Cancel])
}

/// Often to just when something begins, ends or runs out.
fn pass(dice: &mut Dice, known: &Known<'_>, pace: i64) -> Minute {
    let now = known.model.now;
    let of = known.model.bookings.iter().filter(|each| occupies(each.status));
    let edges =
        of.flat_map(|each| [Some(each.slot.from), Some(each.slot.to), each.expires].into_iter().flatten());
    let edges: Vec<Minute> = edges.filter(|at| now < *at && *at < now + 2 * pace).collect();
    match edges.is_empty() || dice.once_in(2) {
        true => now + dice.between(1, 2 * pace),
        false => dice.pick(&edges) + dice.pick(&[0, 0, 1]),
    }
}

/// Near enough that people meet, mostly by day and on the grid.
fn start(dice: &mut Dice, now: Minute) -> Minute {
    if !dice.once_in(3) {
        let date = calendar::later(calendar::date(now), dice.pick(&[0, 0, 1, 1, 2]));
        let ahead = calendar::at(date, 480 + 30 * dice.between(0, 22));
        return if ahead < now { ahead + DAY } else { ahead };
    }
    let days = dice.pick(&[0, 0, 0, 1, 1, 2, 5]);
    let near = now + days * DAY + dice.between(-60, 700);
    let grid = dice.pick(&[30, 30, 15, 15, 60, 7]);
    near.div_euclid(grid) * grid
}

fn quantity(dice: &mut Dice, space: usize) -> u32 {
    if ROOMS[space].each { dice.pick(&[1, 1, 2, 3]) } else { 1 }
}

fn wish(dice: &mut Dice, model: &Model) -> Wish {
    let who = Some(dice.below(PEOPLE.len() + 1)).filter(|who| *who < PEOPLE.len());
    let space = dice.below(ROOMS.len());
    let from = start(dice, model.now);
    let quantity = quantity(dice, space);
    let named = (space == DESKS && dice.once_in(4)).then(|| {
        let first = dice.below(4);
        (0..quantity as usize).map(|next| ROOMS[DESKS].units[(first + next) % 4]).collect()
    });
    Wish {
        who,
        space,
        from,
        to: from + dice.pick(&[15, 30, 30, 60, 60, 90, 120, 240]),
        quantity,
        named,
        attendees: dice.once_in(3).then(|| dice.pick(&[1, 5, 8, 12, 25])),
        layout: space == STUDIO && dice.once_in(3),
        for_organisation: [Some(CENE), Some(EVA)].contains(&who) && dice.once_in(2),
        hold: dice.once_in(3),
    }
}

/// Mostly one's own or the staff's, mostly to what still lives.
fn one_of(dice: &mut Dice, known: &Known<'_>) -> Option<(Made, usize)> {
    let lives = |(_, id): &&(Made, usize)| occupies(known.model.bookings[*id].status);
    let living: Vec<_> = known.reservations.iter().filter(lives).copied().collect();
    match (living.is_empty() || dice.once_in(6), known.reservations) {
        (_, []) => None,
        (true, all) => Some(dice.pick(&all[all.len().saturating_sub(30)..])),
        (false, _) => Some(dice.pick(&living)),
    }
}

fn actor(dice: &mut Dice, known: &Known<'_>, id: usize) -> usize {
    match dice.below(10) {
        0..5 => known.model.bookings[id].who,
        5..9 => DORA,
        _ => dice.below(PEOPLE.len()),
    }
}

fn verb(dice: &mut Dice, known: &Known<'_>) -> Op {
    use Verb::{Approve, Cancel, CheckIn, CheckOut, Confirm, Decline, NoShow};
    let Some((made, id)) = one_of(dice, known) else { return Op::Run(Job::Settle) };
    let who = actor(dice, known, id);
    let verb =
        dice.pick(&[Confirm, Confirm, Cancel, Approve, Approve, Decline, CheckIn, CheckIn, CheckOut, NoShow]);
    Op::Do(who, verb, made)
}

fn moved(dice: &mut Dice, known: &Known<'_>) -> Op {
    let Some((made, id)) = one_of(dice, known) else { return Op::Run(Job::Settle) };
    let (who, slot) = (actor(dice, known, id), &known.model.bookings[id].slot);
    let by = dice.pick(&[-60, -30, -15, 0, 0, 0, 15, 30, 90, DAY]);
    let longer = dice.pick(&[-60, -30, 0, 0, 0, 30, 60]);
    let from = slot.from + by;
    let to = (slot.to + by + longer).max(from + 15);
    let quantity =
        if dice.once_in(4) { quantity(dice, known.model.bookings[id].space) } else { slot.quantity };
    let attendees = if dice.once_in(5) { Some(dice.pick(&[1, 9, 25])) } else { slot.attendees };
    Op::Move(who, made, from, to, quantity, attendees)
}

fn policy(dice: &mut Dice) -> Op {
    let space = Some(dice.below(ROOMS.len() + 1)).filter(|space| *space < ROOMS.len());
    let mut rules = json!({});
    // Often none at all, else nobody could book for long.
    for _ in 0..dice.pick(&[0, 0, 0, 1, 1, 2, 3]) {
        let beyond = dice.pick(&["refuse", "ask"]);
        let limit = |value: u32| json!({"value": value, "beyond": beyond});
        let count = dice.pick(&["reservations", "hours"]);
        let (field, rule) = match dice.below(13) {
            0 => ("min_duration_minutes", limit(dice.pick(&[15, 30, 60]))),
            1 => ("max_duration_minutes", limit(dice.pick(&[60, 120, 180]))),
            2 => ("slot_minutes", limit(dice.pick(&[15, 30, 60]))),
            3 => ("min_notice_minutes", limit(dice.pick(&[0, 60, 1440]))),
            4 => ("horizon_days", limit(dice.pick(&[1, 3, 30]))),
            5 => ("max_active", limit(dice.pick(&[2, 5, 9]))),
            6 => ("approval", json!(dice.pick(&["none", "always"]))),
            7 => ("hold_minutes", json!(dice.pick(&[5, 30, 120]))),
            8 => ("check_in_required", json!(dice.once_in(2))),
            9 => ("capacity", json!({"beyond": beyond})),
            10 => ("bookable", json!(!dice.once_in(3))),
            11 => ("offer_minutes", json!(dice.pick(&[20, 240]))),
            _ => {
                let (per, over) =
                    (dice.pick(&["day", "week", "month"]), dice.pick(&["space", "venue", "network"]));
                let by = dice.pick(&["person", "organisation"]);
                let amount = dice.pick(&[2, 4, 8]);
                (
                    "quotas",
                    json!([{"amount": amount, "count": count, "per": per, "by": by, "over": over, "beyond": beyond}]),
                )
            }
        };
        let audience = dice.pick(&["public", "public", "member", "cci", "staff"]);
        rules[audience][field] = rule;
    }
    Op::Policy(space, rules)
}

/// Where the story begins, and where it goes on after its first half: each a few days before the clocks change.
pub fn chapters() -> [Minute; 2] {
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    [calendar::at(day(3, 26), 600), calendar::at(day(10, 22), 600)]
}
