//! What the venue's staff make of its spaces next, by chance.

use crate::{
    dice::Dice,
    model::{Model, occupies},
    op::{Op, Units},
    places::{DORA, PEOPLE},
    prices::{Tariff, Terms},
    script,
    spaces::{Layout, Space},
};

/// More spaces, or units, make stories slow and nothing new.
const MOST_SPACES: usize = 16;
const MOST_UNITS: usize = 8;

pub fn next(dice: &mut Dice, model: &Model) -> Op {
    match dice.below(10) {
        0 | 1 => archived(dice, model),
        2..4 => units(dice, model),
        4 => layouts(dice, model),
        5 => {
            let space = one(dice, model, |space| !space.is_pool());
            Op::Capacity(space, dice.pick(&[1, 4, 8, 20, 40]), script::on(dice))
        }
        6..8 => tariff(dice, model),
        _ => {
            let who = if dice.once_in(5) { dice.below(PEOPLE.len()) } else { DORA };
            let counted = (dice.pick(&[0, 3, 12]), dice.pick(&[0, 40]));
            let ago = dice.pick(&[-1, 0, 0, 1, 9, 30, 60]);
            Op::Attend(who, script::space(dice, model), ago, counted)
        }
    }
}

/// One of those that are like this; mostly one that somebody is to come to, be it for its equipment.
fn one(dice: &mut Dice, model: &Model, is: impl Fn(&Space) -> bool) -> usize {
    let fit: Vec<usize> = (0..model.spaces.len()).filter(|space| is(&model.spaces[*space])).collect();
    let ahead = model.bookings.iter().filter(|each| occupies(each.status) && each.slot.from > model.now);
    let used: Vec<usize> =
        ahead.flat_map(|each| [Some(each.space), each.slot.lent().map(|(pool, _)| pool)]).flatten().collect();
    let awaited: Vec<usize> = fit.iter().copied().filter(|space| used.contains(space)).collect();
    let any = awaited.is_empty() || dice.once_in(3);
    dice.pick(if any { &fit } else { &awaited })
}

/// A space that has no like is mostly copied first, so that there is something left to be booked.
fn archived(dice: &mut Dice, model: &Model) -> Op {
    let space = one(dice, model, |_| true);
    let offered = |other: &&Space| other.like == model.spaces[space].like && !other.archived;
    let left = model.spaces.iter().filter(offered).count();
    match left {
        0..2 if model.spaces.len() < MOST_SPACES && !dice.once_in(3) => Op::Copy(space),
        0..2 if !dice.once_in(4) => units(dice, model),
        _ => Op::Archive(space, script::on(dice)),
    }
}

/// Some desks or pieces go, some come; or they seat another number.
fn units(dice: &mut Dice, model: &Model) -> Op {
    let space = one(dice, model, |space| space.each);
    let has = &model.spaces[space].units;
    let first = dice.below(has.len());
    let gone = has.iter().cycle().skip(first).take(dice.pick(&[0, 1, 1, 2])).copied().collect::<Vec<_>>();
    let room = MOST_UNITS.saturating_sub(has.len());
    let added = dice.pick(&[0, 1, 2]).min(room);
    let seats = dice.once_in(3).then(|| dice.pick(&[1, 2]));
    Op::Units(space, Units { gone, added, seats }, script::on(dice))
}

/// Most stay, be it for more people or with other buffers; one goes, one comes.
fn layouts(dice: &mut Dice, model: &Model) -> Op {
    let space = one(dice, model, |space| !space.layouts.is_empty());
    let known = &model.spaces[space].layouts;
    let mut layouts = Vec::new();
    for (number, layout) in known.iter().enumerate() {
        if layout.offered != dice.once_in(5) {
            let changed = if dice.once_in(2) { any_layout(dice) } else { *layout };
            layouts.push((Some(number), Layout { offered: true, ..changed }));
        }
    }
    if layouts.is_empty() || dice.once_in(4) && layouts.len() < 3 {
        layouts.push((None, any_layout(dice)));
    }
    Op::Layouts(space, layouts, script::on(dice))
}

fn any_layout(dice: &mut Dice) -> Layout {
    let buffers = (dice.pick(&[0, 15, 30]), dice.pick(&[0, 15, 45]));
    Layout { capacity: dice.pick(&[4, 6, 10]), buffers, offered: true }
}

fn tariff(dice: &mut Dice, model: &Model) -> Op {
    let tariff = Tariff {
        minutes: dice.pick(&[30, 45, 60]),
        price: dice.pick(&[333, 700, 1500]),
        cci: dice.once_in(2).then(|| dice.pick(&[0, 501, 2000])),
        extra: dice.once_in(2).then(|| (dice.pick(&[250, 2500]), dice.once_in(4))),
        terms: Terms { late: dice.pick(&[0, 33, 50, 100]), no_show: dice.once_in(2) },
    };
    let space = script::space(dice, model);
    // What a pool asks for besides is not asked for together with a room.
    let extra = tariff.extra.filter(|_| !model.spaces[space].is_pool());
    Op::Tariff(space, (!dice.once_in(5)).then_some(Tariff { extra, ..tariff }))
}
