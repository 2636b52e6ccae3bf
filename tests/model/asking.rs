//! Reserving, moving and editing, on both sides: what the dry run says first, then the thing itself.

use prostor::{
    app::{
        reservations::{NewReservation, ReservationChange, check, edit, reserve},
        version::Expected,
    },
    domain::{
        ids::{ReservationId, UnitId},
        record::Reservation,
        reservation::Status,
    },
    store::reservations,
};
use serde_json::{Value, json};

use crate::{
    decision::Ask,
    editing::Edit,
    equipment::Given,
    model::Slot,
    op::{Made, Shift, Wish},
    places::PEOPLE,
    prices::EXTRA,
    story::{Story, Told, agree, sorted},
    world::{answer, body, written},
};

fn extras(extra: bool) -> Value {
    if extra { json!([{"name": EXTRA}]) } else { json!([]) }
}

impl Story {
    pub fn ask(&self, wish: &Wish) -> Ask {
        let buffers = self.model.spaces[wish.space].buffers_with(wish.layout);
        let slot = Slot {
            attendees: wish.attendees,
            layout: wish.layout,
            equipment: wish.equipment,
            pool: wish.pool,
            ..Slot::new((wish.from, wish.to), buffers, wish.quantity)
        };
        Ask {
            actor: wish.who,
            who: wish.guest.or(wish.who),
            for_organisation: wish.for_organisation,
            space: wish.space,
            named: wish.named.clone(),
            slot,
            hold: wish.hold,
            extra: wish.extra,
            old: None,
            besides: Vec::new(),
        }
    }

    pub fn request(&self, wish: &Wish) -> Value {
        let world = &self.world;
        let guest = |who| json!({"name": "Ana Novak", "email": format!("{}@example.org", PEOPLE[who])});
        let mut new = json!({
            "space_id": world.spaces[wish.space],
            "starts_at": written(wish.from),
            "ends_at": written(wish.to),
            "title": "Story",
            "purpose": "meeting",
            "quantity": wish.quantity,
            "unit_ids": wish.named.as_deref().map(|named| self.unit_ids(named)),
            "attendees": wish.attendees,
            "layout": wish.layout.map(|layout| world.layouts[wish.space][layout]),
            "organisation_id": wish.for_organisation.then_some(world.organisation),
            "hold": wish.hold,
            "organiser": wish.guest.map(guest),
            "extras": extras(wish.extra),
        });
        if wish.equipment > 0 {
            new["equipment"] = world.equipment(wish.pool, wish.equipment);
        }
        new
    }

    fn unit_ids(&self, units: &[usize]) -> Vec<UnitId> {
        units.iter().map(|unit| self.world.units[*unit]).collect()
    }

    /// The dry run first, then the thing itself. Whether it was made.
    pub fn reserve(&mut self, place: Made, wish: &Wish) -> Result<bool, String> {
        let ask = self.ask(wish);
        let (app, actor, new) =
            (&self.world.app, self.world.actor(wish.who), body::<NewReservation>(self.request(wish)));
        let tried = check::check(app, &actor, &new);
        let made = answer(reserve::reserve(app, &actor, None, new));
        let told = made.as_ref().map(drop).map_err(|code| *code);
        let nobody = Err("unauthenticated");
        if self.model.misunderstands(wish) {
            agree("check", tried.map(drop).map_err(|error| error.code().as_str()), Err("invalid"))?;
            agree("reserve", told, if wish.who.is_some() { Err("invalid") } else { nobody })?;
            return Ok(false);
        }
        let judged = self.model.judge(&ask);
        let tried = tried.map_err(|error| format!("check: {error:?}"))?;
        let outcome = if wish.who.is_some() { judged.verdict.outcome() } else { "refuse" };
        let real = tried.decision.outcome.as_str();
        agree(&format!("check ({:?}; {:?})", judged.why, tried.decision.reasons), real, outcome)?;
        let price = self.model.quote(&ask)?.map(|price| price.total);
        agree("price", tried.price.map(|quote| quote.total_gross), price)?;
        let wanted = if wish.who.is_some() { judged.verdict.code() } else { nobody.map(|()| false) };
        agree(&format!("reserve ({:?})", judged.why), told, wanted.map(drop))?;
        self.note("reserve", told);
        let (Ok(view), Ok(asks)) = (made, wanted) else { return Ok(false) };
        let units = self.units(&view.unit_ids, &ask, &[])?;
        let pieces = self.pieces(&self.found(view.id)?.equipment, &ask.slot, &[])?;
        let id = self.model.reserve(&ask, &judged, asks, Given { units, pieces })?;
        self.ids.push(view.id);
        self.made.insert(place, id);
        Ok(true)
    }

    /// By the model's numbers: those named, else as many as were asked for, of the space or those it had.
    pub fn units(&self, given: &[UnitId], ask: &Ask, own: &[usize]) -> Result<Vec<usize>, String> {
        let units: Vec<usize> = given.iter().map(|id| self.world.unit(*id)).collect();
        if let Some(named) = &ask.named {
            agree("named units", sorted(units.clone()), sorted(named.clone()))?;
        }
        let all = self.model.units_of(ask.space);
        let many = if self.model.spaces[ask.space].each { ask.slot.quantity as usize } else { all.len() };
        let of_space = units.iter().all(|unit| all.contains(unit) || own.contains(unit));
        if units.len() == many && of_space {
            Ok(units)
        } else {
            Err(format!("{units:?} are not {many} of {all:?}"))
        }
    }

    /// Another slot; of equipment, and of a layout that its space does not have, nothing is said.
    pub fn shift(&mut self, who: usize, number: usize, to: &Shift) -> Told {
        let booking = &self.model.bookings[number];
        let there = to.space.filter(|space| *space != booking.space);
        let goes_to = there.unwrap_or(booking.space);
        let space = &self.model.spaces[goes_to];
        let old = &booking.slot;
        if to.layout.is_some_and(|layout| layout >= space.layouts.len())
            || to.named.iter().flatten().any(|unit| *unit >= self.world.units.len())
            || to.equipment.is_some_and(|(pool, _)| pool >= self.model.spaces.len())
        {
            return Ok(());
        }
        let stays = there.is_none() && to.layout == old.layout;
        let buffers = if stays { old.buffers } else { space.buffers_with(to.layout) };
        let asked = self.model.ask_of(number, old.clone());
        let elsewhere = there.map(|space| self.model.frozen_of(&Ask { space, ..asked }));
        let (pool, equipment) = to.equipment.unwrap_or((old.pool, old.equipment));
        let slot = Slot {
            from: to.from,
            to: to.to,
            buffers,
            quantity: to.quantity,
            attendees: to.attendees,
            layout: to.layout,
            equipment,
            pool,
            elsewhere,
            ..old.clone()
        };
        let mut change = json!({"starts_at": written(to.from), "ends_at": written(to.to),
            "attendees": to.attendees});
        if let Some(to) = to.space {
            change["space_id"] = json!(self.world.spaces[to]);
        }
        // Elsewhere it is by itself as many as before, if they are counted there, and without a layout.
        let usual = if space.each { old.quantity } else { 1 };
        if there.is_none() || to.quantity != usual || to.named.is_some() {
            change["quantity"] = json!(to.quantity);
        }
        if there.is_none() || to.layout.is_some() {
            change["layout"] = json!(to.layout.map(|layout| self.world.layouts[goes_to][layout]));
        }
        if let Some((pool, equipment)) = to.equipment {
            change["equipment"] = self.world.equipment(pool, equipment);
        }
        if let Some(named) = &to.named {
            change["unit_ids"] = json!(self.unit_ids(named));
        }
        self.move_to(who, number, (slot, to.named.as_deref()), body(change))
    }

    fn move_to(
        &mut self,
        who: usize,
        number: usize,
        (slot, named): (Slot, Option<&[usize]>),
        change: ReservationChange,
    ) -> Told {
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.ids[number]);
        let elsewhere = slot.elsewhere.is_some();
        let wanted = self.model.edit(who, number, slot, named);
        let why = match &wanted {
            Ok(Edit::Place { judged, .. }) => format!("{:?}", judged.why),
            _ => String::new(),
        };
        let real = answer(edit::edit(app, &actor, None, id, Expected::Any, change));
        let told = real.as_ref().map(drop).map_err(|code| *code);
        agree(&format!("move of {number} {why}"), told, wanted.as_ref().map(drop).map_err(|code| *code))?;
        let deed = match (elsewhere, named) {
            (true, _) => "move to another space",
            (false, Some(_)) => "move to named units",
            (false, None) => "move",
        };
        self.note(deed, told);
        let (Ok(view), Ok(wanted)) = (real, wanted) else { return Ok(()) };
        let booking = &self.model.bookings[number];
        match wanted {
            Edit::Nothing => Ok(()),
            Edit::Withdraw => {
                self.model.differs(number);
                self.model.withdraw(number)
            }
            Edit::Place { asks, judged, ask } => {
                let waits = asks && matches!(booking.status, Status::Confirmed | Status::CheckedIn);
                let found = self.found(id)?;
                let (units, equipment) = match (&found.change, waits) {
                    (Some(change), true) => (&change.units, &change.equipment),
                    _ => (&view.unit_ids, &found.equipment),
                };
                let own = if elsewhere { &[][..] } else { &booking.slot.units };
                let units = self.units(units, &ask, own)?;
                let pieces = self.pieces(equipment, &ask.slot, &booking.slot.pieces)?;
                self.model.differs(number);
                self.model.place(number, asks, &ask, &judged, Given { units, pieces })
            }
        }
    }

    /// Cleaning or none, and nothing else.
    pub fn put_extra(&mut self, who: usize, number: usize, extra: bool) -> Told {
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.ids[number]);
        let change = body::<ReservationChange>(json!({"extras": extras(extra)}));
        let real = answer(edit::edit(app, &actor, None, id, Expected::Any, change)).map(drop);
        let wanted = self.model.put_extra(who, number, extra);
        self.note("extra", wanted);
        agree(&format!("cleaning of {number}"), real, wanted)
    }

    /// As it is in the tables.
    fn found(&self, id: ReservationId) -> Result<Reservation, String> {
        let found = self.world.app.db.read(|tx| reservations::find(tx, id));
        found.map_err(|error| format!("{error:?}"))?.ok_or_else(|| "it is gone".to_owned())
    }
}
