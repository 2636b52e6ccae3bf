//! What the venue does in the model: blocks and other hours, and what becomes of the reservations they meet.

use crate::{
    calendar::Minute,
    model::{Block, Booking, But, Model, Slot, occupies},
    opening::Opening,
    places::HALL,
    series,
    verbs::Answer,
};

#[derive(Clone, Copy, Debug)]
pub enum OnAffected {
    Refuse,
    Keep,
    Cancel,
}

impl Model {
    /// Does what was asked about slots ahead and wishes that are met.
    pub fn settle_affected(
        &mut self,
        on: OnAffected,
        slots: &[usize],
        wishes: &[usize],
    ) -> Result<Answer, String> {
        match on {
            OnAffected::Refuse if slots.len() + wishes.len() > 0 => return Ok(Err("affected_reservations")),
            OnAffected::Refuse | OnAffected::Keep => {}
            OnAffected::Cancel => {
                for &id in slots {
                    self.call_off(id, true)?;
                }
                for &id in wishes {
                    self.withdraw(id)?;
                }
            }
        }
        Ok(Ok(()))
    }

    /// What begins later and nobody has come to yet.
    pub fn is_ahead(&self, id: usize) -> bool {
        let booking = &self.bookings[id];
        occupies(booking.status) && booking.slot.from > self.now && !booking.arrived
    }

    pub fn make_block(
        &mut self,
        space: usize,
        times: &[(Minute, Minute)],
        on: OnAffected,
    ) -> Result<Answer, String> {
        let units = self.units_of(space);
        let meets = |cells: Vec<(usize, Minute, Minute)>| {
            let met =
                |begins: Minute, ends: Minute| times.iter().any(|(from, to)| begins < *to && *from < ends);
            cells.into_iter().any(|(unit, begins, ends)| units.contains(&unit) && met(begins, ends))
        };
        let (mut slots, mut wishes) = (Vec::new(), Vec::new());
        for (id, booking) in self.bookings.iter().enumerate().filter(|(_, each)| occupies(each.status)) {
            let alone = Booking { change: None, ..booking.clone() };
            let (own, all) = (alone.wants(), booking.wants());
            let added: Vec<_> = all.into_iter().filter(|cell| !own.contains(cell)).collect();
            if self.is_ahead(id) && meets(own) {
                slots.push(id);
            } else if meets(added) {
                wishes.push(id);
            }
        }
        let answer = self.settle_affected(on, &slots, &wishes)?;
        if answer.is_ok() {
            let rule = (times.len() > 1).then_some(self.blocks.len());
            for &time in times {
                self.block(space, time, rule);
            }
        }
        Ok(answer)
    }

    /// When a block is that recurs so many times, every so many days.
    pub fn block_times(
        time: (Minute, Minute),
        recurs: Option<(i64, usize)>,
    ) -> Result<Vec<(Minute, Minute)>, &'static str> {
        let Some((every, count)) = recurs else { return Ok(vec![time]) };
        let (first, clock) = series::clock_of(time)?;
        let rule = series::Rule { every, weekdays: Vec::new(), count };
        let times: Vec<_> = rule.dates(first).into_iter().map(|date| series::at_clock(date, clock)).collect();
        series::apart(&times).map(|()| times)
    }

    /// Other hours; what lay within the old ones and not within these is affected, be it for
    /// its equipment's sake. `change` makes them.
    pub fn change_hours(
        &mut self,
        on: OnAffected,
        change: impl FnOnce(&mut Opening),
    ) -> Result<Answer, String> {
        let saved = self.opening.clone();
        let (slots, wishes) = self.fall_out(change);
        let answer = self.settle_affected(on, &slots, &wishes)?;
        if answer.is_err() {
            self.opening = saved;
        }
        Ok(answer)
    }

    /// The slots ahead and the wishes that lie in opening time no longer once it is changed.
    pub fn fall_out(&mut self, change: impl FnOnce(&mut Opening)) -> (Vec<usize>, Vec<usize>) {
        let stands = |model: &Self| {
            let each = |booking: &Booking| {
                let inside = |slot: &Slot| {
                    let (opening, time, space) =
                        (&model.opening, (slot.from, slot.to), booking.space_of(slot));
                    let lent = |pool| opening.holds(opening.of_equipment(pool, space, time), time);
                    [opening.holds(space, time), slot.lent().is_none_or(|(pool, _)| lent(pool))]
                };
                (inside(&booking.slot), booking.change.as_ref().map_or([true; 2], inside))
            };
            model.bookings.iter().map(each).collect::<Vec<_>>()
        };
        let before = stands(self);
        change(&mut self.opening);
        let after = stands(self);
        // The space and the pool, each by itself.
        let falls = |was: [bool; 2], is: [bool; 2]| (0..2).any(|part| was[part] && !is[part]);
        let (mut slots, mut wishes) = (Vec::new(), Vec::new());
        for id in 0..self.bookings.len() {
            if self.is_ahead(id) && falls(before[id].0, after[id].0) {
                slots.push(id);
            } else if occupies(self.bookings[id].status) && falls(before[id].1, after[id].1) {
                wishes.push(id);
            }
        }
        (slots, wishes)
    }

    /// The hall is made of other spaces: what is to come follows it, or nothing is done where it can't.
    pub fn put_parts(&mut self, parts: &'static [usize]) -> Result<Answer, String> {
        let (now, old) = (self.now, self.units_of(HALL));
        if parts.iter().any(|part| self.spaces[*part].archived) {
            return Ok(Err("invalid"));
        }
        let new = self.units_of_parts(parts);
        let added: Vec<usize> = new.iter().copied().filter(|unit| !old.contains(unit)).collect();
        let has = |id: usize| self.bookings[id].space == HALL && self.is_ahead(id);
        let follows = |id: &usize| {
            let booking = &self.bookings[*id];
            let concerned = has(*id) || booking.wish_of(HALL).is_some();
            concerned && occupies(booking.status) && booking.slot.to > now
        };
        let following: Vec<(usize, bool, bool)> = (0..self.bookings.len())
            .filter(follows)
            .map(|id| (id, has(id), self.bookings[id].wish_of(HALL).is_some()))
            .collect();
        for &(id, has, _) in &following {
            let booking = &self.bookings[id];
            let own = Some(&booking.slot).filter(|_| has);
            let wanted = own.into_iter().chain(booking.wish_of(HALL)).map(Slot::occupied);
            let free = |time| {
                let but = But { own: &[id], giving_way: &[] };
                added.iter().all(|unit| self.is_free(*unit, time, &but))
            };
            if !wanted.into_iter().all(free) {
                return Ok(Err("affected_reservations"));
            }
        }
        self.spaces[HALL].units.clone_from(&new);
        for (id, has, wishes) in following {
            let booking = &mut self.bookings[id];
            if has {
                booking.slot.units.clone_from(&new);
            }
            if let Some(change) = booking.change.as_mut().filter(|_| wishes) {
                change.units.clone_from(&new);
            }
            self.occupy(id)?;
        }
        self.follow_units(HALL, &old);
        Ok(Ok(()))
    }

    /// Blocks of a space take what nobody has of its new units, and leave those that it has no more.
    pub fn follow_units(&mut self, space: usize, old: &[usize]) {
        let new = self.units_of(space);
        let of_it = |block: &&Block| block.stands && block.space == space;
        let times: Vec<_> = self.blocks.iter().filter(of_it).map(|block| (block.from, block.to)).collect();
        for (from, to) in times {
            for &unit in old.iter().filter(|unit| !new.contains(unit)) {
                self.unblock(unit, (from.max(self.now), to));
            }
            for &unit in new.iter().filter(|unit| !old.contains(unit)) {
                self.fill(unit, (from, to));
            }
        }
    }
}
