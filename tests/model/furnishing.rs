//! What the venue makes of its spaces, on both sides: desks that come and go, layouts, capacity, copies, prices, and
//! spaces that are no longer offered.

use prostor::{
    app::{
        affected::OnAffected as Affected,
        places::spaces::{self, SpaceView},
        version::Expected,
    },
    domain::ids::UnitId,
};
use serde_json::json;

use crate::{
    op::Units,
    places::{DORA, HALL},
    spaces::Layout,
    story::{Story, Told, agree},
    tending::on_affected,
    venue::OnAffected,
    world::{answer, body},
};

impl Story {
    pub fn archive(&mut self, space: usize, on: OnAffected) -> Told {
        let (app, staff, id) = (&self.world.app, self.world.actor(Some(DORA)), self.world.spaces[space]);
        let how = body::<Affected>(json!(on_affected(on)));
        let real = answer(spaces::archive(app, &staff, None, id, Expected::Any, how)).map(drop);
        let model = self.model.archive(space, on)?;
        self.note("archive", model);
        agree("archive", real, model)
    }

    pub fn put_layouts(&mut self, space: usize, new: &[(Option<usize>, Layout)], on: OnAffected) -> Told {
        let known = &self.world.layouts[space];
        let entries = new.iter().zip(1..).map(|((layout, says), number)| {
            json!({"id": layout.map(|layout| known[layout]), "name": format!("layout {number}"),
                "capacity": says.capacity, "setup_minutes": says.buffers.0,
                "teardown_minutes": says.buffers.1})
        });
        let wanted = json!({"layouts": entries.collect::<Vec<_>>(), "on_affected": on_affected(on)});
        let (app, staff, id) = (&self.world.app, self.world.actor(Some(DORA)), self.world.spaces[space]);
        let real = answer(spaces::put_layouts(app, &staff, None, id, Expected::Any, body(wanted)));
        let model = self.model.put_layouts(space, new, on)?;
        self.note("layouts", model);
        agree("layouts", real.as_ref().map(drop).map_err(|code| *code), model)?;
        if let Ok(view) = real {
            let fresh = view.layouts.iter().zip(new).filter(|(_, (layout, _))| layout.is_none());
            self.world.layouts[space].extend(fresh.map(|(shown, _)| shown.id));
        }
        Ok(())
    }

    pub fn put_capacity(&mut self, space: usize, capacity: u32, on: OnAffected) -> Told {
        let wanted = body(json!({"capacity": capacity, "on_affected": on_affected(on)}));
        let (app, staff, id) = (&self.world.app, self.world.actor(Some(DORA)), self.world.spaces[space]);
        let real = answer(spaces::edit(app, &staff, None, id, Expected::Any, wanted)).map(drop);
        let model = self.model.put_capacity(space, capacity, on)?;
        self.note("capacity", model);
        agree("capacity", real, model)
    }

    /// A hall shares the units of its parts, so that there can't be another one.
    pub fn copy(&mut self, space: usize) -> Told {
        let (app, staff, id) = (&self.world.app, self.world.actor(Some(DORA)), self.world.spaces[space]);
        let name = format!("space {}", self.world.spaces.len());
        let real = answer(spaces::copy(app, &staff, None, id, body(json!({"name": name}))));
        let wanted = if space == HALL { Err("state_conflict") } else { Ok(()) };
        self.note("copy", wanted);
        agree("copy", real.as_ref().map(drop).map_err(|code| *code), wanted)?;
        if let Ok(view) = real {
            self.model.copy(space);
            self.world.spaces.push(view.id);
            self.world.units.extend(view.units.iter().map(|unit| unit.id));
            self.world.layouts.push(view.layouts.iter().map(|layout| layout.id).collect());
        }
        Ok(())
    }

    /// Whoever has one that goes is moved to another one that is free; what becomes of the others is chosen.
    pub fn put_units(&mut self, space: usize, how: &Units, on: OnAffected) -> Told {
        let before = self.model.spaces[space].clone();
        let stays = |(unit, _): &(usize, u32)| !how.gone.contains(unit);
        let listed = before.units.iter().copied().zip(before.seats.iter().copied()).filter(stays);
        let known: Vec<(usize, u32)> = listed.collect();
        let seats = how.seats.filter(|_| !before.is_pool());
        let entry = |label: usize, id: Option<UnitId>| json!({"id": id, "label": format!("desk {label}"), "seats": seats});
        let first = self.world.units.len();
        let entries = known.iter().map(|(unit, _)| entry(*unit, Some(self.world.units[*unit])));
        let entries = entries.chain((first..first + how.added).map(|unit| entry(unit, None)));
        let wanted = json!({"units": entries.collect::<Vec<_>>(), "on_affected": on_affected(on)});
        let (app, staff, id) = (&self.world.app, self.world.actor(Some(DORA)), self.world.spaces[space]);
        let real = answer(spaces::put_units(app, &staff, None, id, Expected::Any, body(wanted)));
        let told = real.as_ref().map(drop).map_err(|code| *code);
        let went: Vec<usize> = before.units.iter().copied().filter(|unit| how.gone.contains(unit)).collect();
        let (mut slots, wishes) = self.model.having(space, &went);
        let affected = slots.len() + wishes.len() > 0;
        let refused = match on {
            _ if known.is_empty() && how.added == 0 => Some("invalid"),
            OnAffected::Refuse if affected => Some("affected_reservations"),
            _ => None,
        };
        self.note("units", refused.map_or(Ok(()), Err));
        agree("units", told, refused.map_or(Ok(()), Err))?;
        let Ok(view) = real else { return Ok(()) };
        self.world.units.extend(view.units.iter().skip(known.len()).map(|unit| unit.id));
        let fresh: Vec<usize> = (0..how.added).map(|_| self.model.add_unit()).collect();
        let has = &mut self.model.spaces[space];
        has.units = known.iter().map(|(unit, _)| *unit).chain(fresh).collect();
        let usual = known.iter().map(|(_, seats)| *seats).chain(vec![has.capacity; how.added]);
        has.seats = usual.map(|usual| seats.unwrap_or(usual)).collect();
        // Those of the space itself come first, each by its start.
        slots.sort_by_key(|id| {
            let booking = &self.model.bookings[*id];
            (booking.space != space, booking.slot.from, self.ids[*id])
        });
        let mut left = Vec::new();
        for number in slots {
            if self.model.can_be_moved(number, space) {
                let given = self.given(&[self.ids[number]])?;
                self.model.relocate(number, space, self.numbered(&given[&self.ids[number]]))?;
                self.note("moved to another unit", Ok(()));
            } else {
                left.push(number);
            }
        }
        self.model.settle_affected(on, &left, &wishes)?.map_err(str::to_owned)?;
        self.model.follow_units(space, &before.units);
        Ok(())
    }

    /// What everybody sees of each space.
    pub fn same_spaces(&self) -> Told {
        for (space, id) in self.model.spaces.iter().zip(&self.world.spaces) {
            let view = spaces::show(&self.world.app, *id).map_err(|error| format!("{error:?}"))?;
            let SpaceView { name, capacity, units, layouts, archived, .. } = view;
            let units: Vec<_> = units.iter().map(|unit| (self.world.unit(unit.id), unit.seats)).collect();
            let layouts: Vec<_> = layouts
                .iter()
                .map(|shown| (shown.capacity, (shown.setup_minutes.into(), shown.teardown_minutes.into())))
                .collect();
            let offered = space.layouts.iter().filter(|layout| layout.offered);
            let mut wanted: Vec<_> = offered.map(|layout| (layout.capacity, layout.buffers)).collect();
            let mut layouts: Vec<(u32, (i64, i64))> = layouts;
            wanted.sort_unstable();
            layouts.sort_unstable();
            agree(&format!("layouts of {name}"), layouts, wanted)?;
            agree(&name, (capacity, archived), (space.capacity, space.archived))?;
            if space.like != HALL {
                let wanted: Vec<_> = space.units.iter().copied().zip(space.seats.iter().copied()).collect();
                agree(&format!("units of {name}"), units, wanted)?;
            }
        }
        Ok(())
    }
}
