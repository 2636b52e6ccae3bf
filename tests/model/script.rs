//! Who writes the stories: what is done next, by chance, such that people meet.

use prostor::domain::reservation::Status;
use serde_json::json;

use crate::{
    calendar::{self, DAY, Minute},
    dice::Dice,
    managing,
    model::{Model, occupies},
    op::{Job, Made, Op, Shift, Verb, Wish},
    opening::{CLOSED, Holidays, Week},
    places::{CENE, DORA, EVA, HOURS, PARTS, PEOPLE, POOL},
    series::{Reshape, Rule},
    venue::OnAffected,
};

/// What the writer knows of what was made.
pub struct Known<'a> {
    pub model: &'a Model,
    /// Operations that made reservations and offers, with the number of the latest.
    pub reservations: &'a [(Made, usize)],
    pub blocks: &'a [Made],
    pub entries: &'a [Made],
    pub series: &'a [(Made, usize)],
}

/// The next operation; `pace` is how long the clock moves on, minutes, on average.
pub fn next(dice: &mut Dice, known: &Known<'_>, pace: i64) -> Op {
    match dice.below(114) {
        0..14 => Op::Pass(pass(dice, known, pace)),
        14..17 => Op::Run(Job::NoShows),
        17..20 => Op::Run(Job::Settle),
        20..23 => Op::Run(Job::Offers),
        23..47 => Op::Reserve(wish(dice, known.model)),
        47..62 => verb(dice, known),
        62..69 => moved(dice, known),
        69..72 => {
            let (from, minutes) = (start(dice, known.model.now), dice.pick(&[30, 90, 240, 1500]));
            let recurs = dice.once_in(3).then(|| (dice.pick(&[1, 2, 7]), dice.pick(&[2, 3, 5])));
            Op::Block(space(dice, known.model), from, from + minutes, on(dice), recurs)
        }
        72..74 if !known.blocks.is_empty() => Op::Lift(dice.pick(known.blocks), dice.once_in(3)),
        74..77 => joined(dice, known.model),
        77 if !known.entries.is_empty() => Op::Leave(dice.pick(known.entries)),
        78..80 => hours(dice, known.model),
        80 => closing(dice, known.model),
        81..83 => policy(dice, known.model),
        83 => Op::Parts(dice.below(PARTS.len())),
        84..88 => repeated(dice, known.model),
        88..93 if !known.series.is_empty() => of_series(dice, known),
        93..96 => Op::Run(Job::Sum),
        100..102 => extra(dice, known),
        102..104 => count(dice, known),
        104..114 => managing::next(dice, known.model),
        _ => Op::Look(looked_for(dice, known.model), dice.below(100)),
    }
}

fn looked_for(dice: &mut Dice, model: &Model) -> Wish {
    let wish = wish(dice, model);
    // Staff see with their own eyes, whomever they reserve for.
    Wish { guest: None, equipment: 0, ..wish }
}

/// Mostly one that is still offered.
pub fn space(dice: &mut Dice, model: &Model) -> usize {
    let any = dice.below(model.spaces.len());
    let offered: Vec<usize> =
        (0..model.spaces.len()).filter(|space| !model.spaces[*space].archived).collect();
    let stays = offered.is_empty() || offered.contains(&any) || dice.once_in(8);
    if stays { any } else { dice.pick(&offered) }
}

/// The same of equipment.
fn pool(dice: &mut Dice, model: &Model) -> usize {
    let pools: Vec<usize> = (0..model.spaces.len()).filter(|space| model.spaces[*space].is_pool()).collect();
    let offered: Vec<usize> = pools.iter().copied().filter(|pool| !model.spaces[*pool].archived).collect();
    if offered.is_empty() || dice.once_in(8) { dice.pick(&pools) } else { dice.pick(&offered) }
}

fn joined(dice: &mut Dice, model: &Model) -> Op {
    let (any, from) = (space(dice, model), start(dice, model.now));
    // Days and nights are waited for in a test of their own.
    let space = if model.spaces[any].stay.is_none() { any } else { POOL };
    let minutes = dice.pick(&[30, 60, 120]);
    let range = (from, from + minutes + dice.pick(&[0, 60, 600]));
    Op::Join(dice.below(PEOPLE.len()), space, range, minutes, quantity(dice, model, space))
}

/// Mostly the venue's; a space goes its own way and comes back.
fn hours(dice: &mut Dice, model: &Model) -> Op {
    let space = dice.once_in(2).then(|| space(dice, model));
    let (days, today) = (dice.roll() % 4, calendar::date(model.now));
    let from = calendar::later(today, days);
    let season = dice.once_in(3).then(|| {
        let begins = calendar::later(from, dice.roll() % 4);
        (begins, calendar::later(begins, dice.roll() % 5), dice.below(HOURS.len()))
    });
    let holidays = dice.pick(&[Holidays::Open, Holidays::Closed, Holidays::Own(600, 840)]);
    let week = Week { preset: dice.below(HOURS.len()), season, holidays };
    let week = Some(week).filter(|_| space.is_none() || !dice.once_in(3));
    let other = dice.pick(&[CLOSED, (600, 840), (1200, 180)]);
    let exception = (week.is_some() && dice.once_in(2)).then(|| (dice.roll() % 4, other));
    Op::Hours(space, days, week, exception, on(dice))
}

/// Near enough that somebody is there; mostly a date of which something is said.
fn closing(dice: &mut Dice, model: &Model) -> Op {
    let (today, near) = (calendar::date(model.now), dice.pick(&[0, 1, 1, 2, 3]));
    let special = model.opening.special(today);
    let any = special.is_empty() || dice.once_in(3);
    let date = if any { calendar::later(today, near) } else { dice.pick(&special) };
    let days = u64::try_from((date - today).num_days()).unwrap();
    let many = dice.pick(&[1, 1, 2, 4]);
    if dice.once_in(2) { Op::Reopen(days, many) } else { Op::Close(days, many, on(dice)) }
}

fn repeated(dice: &mut Dice, model: &Model) -> Op {
    let wish = Wish { hold: false, named: None, who: Some(dice.below(PEOPLE.len())), ..wish(dice, model) };
    let wish = Wish { guest: wish.guest.filter(|_| wish.who == Some(DORA)), for_organisation: false, ..wish };
    let for_organisation = [Some(CENE), Some(EVA)].contains(&wish.who) && dice.once_in(2);
    let stays = model.spaces[wish.space].stay.is_some() && dice.once_in(2);
    let equipment = if stays { 1 } else { wish.equipment };
    let weekday = calendar::weekday(calendar::date(wish.from));
    let weekdays = match dice.below(3) {
        0 => vec![weekday, (weekday + 2) % 7],
        1 => vec![weekday],
        _ => Vec::new(),
    };
    let rule = Rule { every: dice.pick(&[1, 1, 2]), weekdays, count: dice.pick(&[3, 4, 6]) };
    let without = dice.once_in(4).then(|| dice.below(rule.count));
    let skips = dice.pick(&[None, Some(None), Some(None), Some(Some(1))]);
    Op::Repeat(Wish { for_organisation, equipment, ..wish }, rule, without, skips)
}

/// Mostly by who made it, or by staff.
fn of_series(dice: &mut Dice, known: &Known<'_>) -> Op {
    let (made, series) = dice.pick(&known.series[known.series.len().saturating_sub(6)..]);
    let organiser = known.model.series[series].who;
    let who = match dice.below(6) {
        0..3 => organiser,
        3 | 4 => DORA,
        _ => dice.below(PEOPLE.len()),
    };
    match dice.below(6) {
        0 => Op::CancelSeries(who, made, dice.once_in(2).then(|| dice.roll() % 6)),
        1 | 2 => Op::DecideSeries(who, made, !dice.once_in(3)),
        _ => {
            let from = dice.once_in(2).then(|| dice.below(6));
            let (later, longer) = (dice.pick(&[0, 0, -60, 30, 90]), dice.pick(&[0, 0, -30, 30, 60]));
            let attendees = dice.once_in(3).then(|| dice.pick(&[1, 9, 25]));
            let equipment = dice.once_in(4).then(|| (pool(dice, known.model), pieces(dice)));
            let skips = dice.once_in(2);
            Op::Reshape(who, made, Reshape { from, later, longer, attendees, equipment, skips })
        }
    }
}

pub fn on(dice: &mut Dice) -> OnAffected {
    dice.pick(&[OnAffected::Refuse, OnAffected::Keep, OnAffected::Cancel])
}

/// Often to just when something begins, ends or runs out.
fn pass(dice: &mut Dice, known: &Known<'_>, pace: i64) -> Minute {
    let now = known.model.now;
    let of = known.model.bookings.iter().filter(|each| occupies(each.status));
    let edges = of.flat_map(|each| {
        let opens = each.slot.from - each.check_in.1;
        [Some(opens), Some(each.slot.from), Some(each.slot.to), each.expires].into_iter().flatten()
    });
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

fn quantity(dice: &mut Dice, model: &Model, space: usize) -> u32 {
    if model.spaces[space].each { dice.pick(&[1, 1, 2, 3]) } else { 1 }
}

/// Certain ones of its units, if there are as many.
fn named(dice: &mut Dice, model: &Model, space: usize, quantity: u32) -> Option<Vec<usize>> {
    let units = &model.spaces[space].units;
    let first = dice.below(units.len());
    let some = units.iter().cycle().skip(first).take(quantity as usize).copied().collect();
    (quantity as usize <= units.len()).then_some(some)
}

/// Perhaps with one of its layouts, be it one that is no longer offered.
fn layout(dice: &mut Dice, model: &Model, space: usize) -> Option<usize> {
    let layouts = model.spaces[space].layouts.len();
    let any = (layouts > 0).then(|| dice.below(layouts))?;
    let offered = model.spaces[space].layouts[any].offered;
    (offered || dice.once_in(4)).then_some(any)
}

/// None, some, and more than there are.
fn pieces(dice: &mut Dice) -> u32 {
    dice.pick(&[0, 1, 1, 2, 2, 3, 4])
}

fn wish(dice: &mut Dice, model: &Model) -> Wish {
    let who = Some(dice.below(PEOPLE.len() + 1)).filter(|who| *who < PEOPLE.len());
    let space = space(dice, model);
    let from = start(dice, model.now);
    let length = dice.pick(&[15, 30, 30, 60, 60, 90, 120, 240]);
    let days = dice.pick(&[1, 1, 2, 4]);
    // Where whole days are wanted, mostly those that there are.
    let stay = model.opening.stay_of(space, calendar::date(from), days).filter(|_| !dice.once_in(6));
    let (from, to) = stay.unwrap_or((from, from + length));
    let quantity = quantity(dice, model, space);
    let has = &model.spaces[space];
    let names = has.each && !has.is_pool() && dice.once_in(4);
    let layout = layout(dice, model, space).filter(|_| dice.once_in(3));
    let priced = has.tariff.is_some_and(|tariff| tariff.extra.is_some());
    Wish {
        who,
        space,
        from,
        to,
        quantity,
        named: names.then(|| named(dice, model, space, quantity)).flatten(),
        attendees: dice.once_in(3).then(|| dice.pick(&[1, 5, 8, 12, 25])),
        layout,
        for_organisation: [Some(CENE), Some(EVA)].contains(&who) && dice.once_in(2),
        hold: dice.once_in(3),
        guest: (who == Some(DORA) && dice.once_in(2)).then(|| dice.below(PEOPLE.len())),
        days,
        equipment: if !has.is_pool() && dice.once_in(3) { pieces(dice) } else { 0 },
        pool: pool(dice, model),
        extra: dice.once_in(if priced { 2 } else { 20 }),
    }
}

/// Mostly one's own or the staff's, mostly to what still lives.
fn one_of(dice: &mut Dice, known: &Known<'_>) -> Option<(Made, usize)> {
    let lives = |(_, id): &&(Made, usize)| {
        let status = known.model.bookings[*id].status;
        occupies(status) || status == Status::NoShow
    };
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

/// Mostly what is to be done next; of what was never come to, that it was after all.
fn verb(dice: &mut Dice, known: &Known<'_>) -> Op {
    use Verb::{Approve, Cancel, CheckIn, CheckOut, Confirm, Decline, NoShow};
    let Some((made, id)) = one_of(dice, known) else { return Op::Run(Job::Settle) };
    let (booking, now) = (&known.model.bookings[id], known.model.now);
    let begins = booking.slot.from - booking.check_in.1 <= now;
    let next: &[Verb] = match booking.status {
        Status::Held => &[Confirm, Confirm, Confirm, Cancel],
        Status::Pending => &[Approve, Approve, Decline, Cancel],
        Status::Confirmed if booking.change.is_some() => &[Approve, Approve, Decline, Cancel, CheckIn],
        Status::Confirmed if begins => &[CheckIn, CheckIn, NoShow, Cancel],
        Status::CheckedIn => &[CheckOut, CheckOut, NoShow],
        Status::NoShow => &[CheckIn],
        _ => &[Cancel, CheckIn],
    };
    let all = [Confirm, Cancel, Approve, Decline, CheckIn, CheckOut, NoShow];
    let verbs = if dice.once_in(4) { &all } else { next };
    let verb = dice.pick(verbs);
    let who = match verb {
        Approve | Decline | NoShow if !dice.once_in(8) => DORA,
        _ if booking.status == Status::NoShow && !dice.once_in(4) => DORA,
        _ => actor(dice, known, id),
    };
    Op::Do(who, verb, made)
}

fn moved(dice: &mut Dice, known: &Known<'_>) -> Op {
    let Some((made, id)) = one_of(dice, known) else { return Op::Run(Job::Settle) };
    let (who, booking) = (actor(dice, known, id), &known.model.bookings[id]);
    let slot = &booking.slot;
    let by = dice.pick(&[-60, -30, -15, 0, 0, 0, 15, 30, 90, DAY]);
    let longer = dice.pick(&[-60, -30, 0, 0, 0, 30, 60]);
    let (from, to) = (slot.from + by, slot.to + by + longer);
    let model = known.model;
    let elsewhere = dice.once_in(2).then(|| space(dice, model));
    let space = elsewhere.unwrap_or(booking.space);
    let stay = model.opening.stay_of(space, calendar::date(from), dice.pick(&[1, 2, 3]));
    let (from, to) = stay.unwrap_or((from, to.max(from + 15)));
    let quantity = if dice.once_in(4) { quantity(dice, model, space) } else { slot.quantity };
    let names = model.spaces[space].each && dice.once_in(2);
    let named = names.then(|| named(dice, model, space, quantity)).flatten();
    let attendees = if dice.once_in(5) { Some(dice.pick(&[1, 9, 25])) } else { slot.attendees };
    let own = slot.layout.filter(|_| space == booking.space);
    let layout = if dice.once_in(3) { layout(dice, model, space) } else { own };
    let lends = !model.spaces[space].is_pool() && dice.once_in(3);
    let equipment = lends.then(|| (pool(dice, model), pieces(dice)));
    Op::Move(who, made, Shift { space: elsewhere, from, to, quantity, named, attendees, layout, equipment })
}

fn extra(dice: &mut Dice, known: &Known<'_>) -> Op {
    let cleaned = |(_, id): &&(Made, usize)| {
        let booking = &known.model.bookings[*id];
        let tariff = known.model.spaces[booking.space].tariff;
        occupies(booking.status) && tariff.is_some_and(|tariff| tariff.extra.is_some())
    };
    let cleaned: Vec<_> = known.reservations.iter().filter(cleaned).copied().collect();
    let any = if cleaned.is_empty() { one_of(dice, known) } else { Some(dice.pick(&cleaned)) };
    let Some((made, id)) = any else { return Op::Run(Job::Settle) };
    Op::Extra(actor(dice, known, id), made, !known.model.bookings[id].extra() || dice.once_in(6))
}

/// Mostly of what has begun, be it long over.
fn count(dice: &mut Dice, known: &Known<'_>) -> Op {
    let begun = |(_, id): &&(Made, usize)| known.model.bookings[*id].slot.from <= known.model.now;
    let begun: Vec<_> = known.reservations.iter().filter(begun).copied().collect();
    let any = if begun.is_empty() || dice.once_in(4) { one_of(dice, known) } else { Some(dice.pick(&begun)) };
    let Some((made, id)) = any else { return Op::Run(Job::Settle) };
    Op::Count(actor(dice, known, id), made, dice.pick(&[0, 1, 1, 7]))
}

fn policy(dice: &mut Dice, model: &Model) -> Op {
    let space = (!dice.once_in(8)).then(|| space(dice, model));
    let mut rules = json!({});
    // Often none at all, else nobody could book for long.
    for _ in 0..dice.pick(&[0, 0, 0, 1, 1, 2, 3]) {
        let beyond = dice.pick(&["refuse", "ask"]);
        let limit = |value: u32| json!({"value": value, "beyond": beyond});
        let count = dice.pick(&["reservations", "hours"]);
        let (field, rule) = match dice.below(14) {
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
            11 => ("cancellation_notice_minutes", json!(dice.pick(&[0, 60, 1440]))),
            12 => ("offer_minutes", json!(dice.pick(&[20, 240]))),
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

/// Month, day and minutes of the clock from when on the parts of a story are told, at least: some days before each change
/// of the clocks, shortly before it, and shortly after.
pub const CHAPTERS: [(u32, u32, i64); 6] =
    [(3, 26, 600), (3, 29, 30), (3, 29, 300), (10, 22, 600), (10, 25, 30), (10, 25, 300)];

/// The first moment of a chapter.
pub fn chapter(number: usize) -> Minute {
    let (month, day, clock) = CHAPTERS[number];
    calendar::at(chrono::NaiveDate::from_ymd_opt(2026, month, day).unwrap(), clock)
}

#[test]
fn the_story_is_told_on_both_sides_of_both_changes_of_the_clocks() {
    let elapsed = |number| chapter(number + 1) - chapter(number);
    let shown = |number: usize| CHAPTERS[number + 1].2 - CHAPTERS[number].2;
    assert_eq!(elapsed(1), shown(1) - 60, "in spring an hour is missing");
    assert_eq!(elapsed(4), shown(4) + 60, "in autumn it comes twice");
}
