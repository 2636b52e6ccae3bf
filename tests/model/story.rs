//! Both sides of one story: every operation is done to the application and to the model, and they must agree.

use std::collections::BTreeMap;

use prostor::{
    app::reservations::{
        NewReservation, ReservationChange, cancel, check, check_in,
        check_in::Heads,
        check_out, confirm, decide,
        decide::{Verdict as Answered, Words},
        edit, expire, no_show, reserve,
        view::ReservationView,
    },
    app::version::Expected,
    domain::{
        ids::{BlockId, ReservationId, SeriesId, UnitId},
        record::Reservation,
        reservation::Status,
    },
    store::reservations,
};
use serde_json::{Value, json};

use crate::{
    calendar::shown,
    database::Backend,
    decision::Ask,
    equipment::Given,
    model::{Model, Slot},
    op::{Job, Made, Op, Verb, Wish},
    places::{PARTS, PEOPLE, ROOMS},
    script::chapter,
    verbs::{Answer, Edit},
    world::{World, answer, body, instant, written},
};

pub struct Story {
    pub world: World,
    pub model: Model,
    /// By the model's numbers.
    pub ids: Vec<ReservationId>,
    pub made: BTreeMap<Made, usize>,
    pub blocks: BTreeMap<Made, (BlockId, usize)>,
    pub series: BTreeMap<Made, usize>,
    /// By the model's numbers, as those of reservations.
    pub series_ids: Vec<SeriesId>,
    /// What was done, and to what it came, how often.
    deeds: BTreeMap<(&'static str, &'static str), usize>,
}

/// Of what is made many at once: as if each were an operation of its own, far behind.
pub fn one_of_many(place: Made, number: usize) -> Made {
    1_000_000 + 1000 * place + number
}

/// Both sides must say the same.
pub fn agree<T: PartialEq + std::fmt::Debug>(what: &str, real: T, wanted: T) -> Result<(), String> {
    if real == wanted {
        Ok(())
    } else {
        Err(format!("{what}: the service says {real:?}, the model {wanted:?}"))
    }
}

impl Story {
    pub fn new(backend: Backend) -> Self {
        let now = chapter(0);
        Self {
            world: World::new(backend, now),
            model: Model::new(now),
            ids: Vec::new(),
            made: BTreeMap::new(),
            blocks: BTreeMap::new(),
            series: BTreeMap::new(),
            series_ids: Vec::new(),
            deeds: BTreeMap::new(),
        }
    }

    /// Does it on both sides; `place` is where it stands in the list.
    pub fn tell(&mut self, place: Made, op: &Op) -> Result<(), String> {
        match op {
            Op::Pass(at) => {
                self.model.pass(*at)?;
                self.world.app.clock.set(instant(self.model.now));
                Ok(())
            }
            Op::Run(job) => self.run(*job),
            Op::Reserve(wish) => self.reserve(place, wish).map(drop),
            Op::Do(who, verb, made) => {
                self.made.get(made).copied().map_or(Ok(()), |id| self.act(*who, *verb, id))
            }
            Op::Move(who, made, from, to, quantity, attendees, layout, equipment) => {
                let Some(&id) = self.made.get(made) else { return Ok(()) };
                let booking = &self.model.bookings[id];
                let slot = Slot {
                    from: *from,
                    to: *to,
                    buffers: ROOMS[booking.space].buffers_with(*layout),
                    quantity: *quantity,
                    attendees: *attendees,
                    layout: *layout,
                    equipment: equipment.unwrap_or(booking.slot.equipment),
                    ..booking.slot.clone()
                };
                self.move_to(*who, id, slot, equipment.is_some())
            }
            Op::Block(space, from, to, on, recurs) => self.block(place, *space, (*from, *to), *on, *recurs),
            Op::Parts(number) => self.put_parts(PARTS[*number]),
            Op::Lift(made, following) => self.lift(*made, *following),
            Op::Join(who, space, range, minutes, quantity) => {
                self.join(place, (*who, *space), *range, (*minutes, *quantity))
            }
            Op::Leave(made) => self.leave(*made),
            Op::Hours(of, days, week, exception, on) => {
                self.hours(*of, *days, week.as_ref(), *exception, *on)
            }
            Op::Policy(space, policy) => {
                self.model.put_policy(*space, policy.clone());
                agree("policy", self.world.put_policy(*space, policy.clone()), Ok(()))
            }
            Op::Look(wish, pick) => self.look(place, wish, *pick),
            Op::Repeat(wish, rule, without, skips) => self.repeat(place, wish, rule, *without, *skips),
            Op::Reshape(who, made, how) => self
                .series
                .get(made)
                .copied()
                .map_or(Ok(()), |series| self.reshape(place, *who, series, *how)),
            Op::CancelSeries(who, made, days) => self
                .series
                .get(made)
                .copied()
                .map_or(Ok(()), |series| self.cancel_series(*who, series, *days)),
            Op::DecideSeries(who, made, approves) => self
                .series
                .get(made)
                .copied()
                .map_or(Ok(()), |series| self.decide_series(*who, series, *approves)),
        }
    }

    fn run(&mut self, job: Job) -> Result<(), String> {
        let app = &self.world.app;
        match job {
            Job::NoShows => {
                no_show::release_due(app).unwrap();
                self.model.release_no_shows()
            }
            Job::Settle => {
                while expire::overdue(app).unwrap() > 0 {}
                self.model.settle()
            }
            Job::Offers => self.offer(),
        }
    }

    pub fn ask(wish: &Wish) -> Ask {
        let buffers = ROOMS[wish.space].buffers_with(wish.layout);
        let slot = Slot {
            from: wish.from,
            to: wish.to,
            buffers,
            quantity: wish.quantity,
            attendees: wish.attendees,
            layout: wish.layout,
            units: Vec::new(),
            equipment: wish.equipment,
            pieces: Vec::new(),
        };
        Ask {
            actor: wish.who,
            who: wish.guest.or(wish.who),
            for_organisation: wish.for_organisation,
            space: wish.space,
            named: wish.named.clone(),
            slot,
            hold: wish.hold,
            old: None,
            besides: Vec::new(),
        }
    }

    pub fn request(&self, wish: &Wish) -> Value {
        let world = &self.world;
        let units = |named: &Vec<usize>| named.iter().map(|unit| world.units[*unit]).collect::<Vec<_>>();
        let guest = |who| json!({"name": "Ana Novak", "email": format!("{}@example.org", PEOPLE[who])});
        let mut new = json!({
            "space_id": world.spaces[wish.space],
            "starts_at": written(wish.from),
            "ends_at": written(wish.to),
            "title": "Story",
            "purpose": "meeting",
            "quantity": wish.quantity,
            "unit_ids": wish.named.as_ref().map(units),
            "attendees": wish.attendees,
            "layout": wish.layout.then_some(world.layout),
            "organisation_id": wish.for_organisation.then_some(world.organisation),
            "hold": wish.hold,
            "organiser": wish.guest.map(guest),
        });
        if wish.equipment > 0 {
            new["equipment"] = world.equipment(wish.equipment);
        }
        new
    }

    /// The dry run first, then the thing itself. Whether it was made.
    pub fn reserve(&mut self, place: Made, wish: &Wish) -> Result<bool, String> {
        let ask = Self::ask(wish);
        let judged = self.model.judge(&ask);
        let (app, actor, new) =
            (&self.world.app, self.world.actor(wish.who), body::<NewReservation>(self.request(wish)));
        let tried = check::check(app, &actor, &new).map_err(|error| format!("check: {error:?}"))?;
        let wanted = if wish.who.is_some() { judged.verdict.outcome() } else { "refuse" };
        let real = tried.decision.outcome.as_str();
        agree(&format!("check ({:?}; {:?})", judged.why, tried.decision.reasons), real, wanted)?;
        let wanted = if wish.who.is_some() { judged.verdict.code() } else { Err("unauthenticated") };
        let made = answer(reserve::reserve(app, &actor, None, new));
        agree(
            &format!("reserve ({:?})", judged.why),
            made.as_ref().map(drop).map_err(|code| *code),
            wanted.map(drop),
        )?;
        self.note("reserve", wanted.map(drop));
        let (Ok(view), Ok(asks)) = (made, wanted) else { return Ok(false) };
        let units = self.units(&view.unit_ids, wish.space, wish.quantity)?;
        if let Some(named) = &wish.named {
            agree("named units", sorted(units.clone()), sorted(named.clone()))?;
        }
        let pieces = self.pieces(&self.found(view.id)?.equipment, wish.equipment)?;
        let id = self.model.reserve(&ask, &judged, asks, Given { units, pieces })?;
        self.ids.push(view.id);
        self.made.insert(place, id);
        Ok(true)
    }

    /// By the model's numbers: as many as were asked for, and of the space.
    pub fn units(&self, given: &[UnitId], space: usize, quantity: u32) -> Result<Vec<usize>, String> {
        let room = &ROOMS[space];
        let units: Vec<usize> = given.iter().map(|id| self.world.unit(*id)).collect();
        let all = self.model.units_of(space);
        let many = if room.each { quantity as usize } else { all.len() };
        let of_space = units.iter().all(|unit| all.contains(unit));
        if units.len() == many && of_space {
            Ok(units)
        } else {
            Err(format!("{units:?} are not {many} of {}", room.name))
        }
    }

    fn act(&mut self, who: usize, verb: Verb, number: usize) -> Result<(), String> {
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.ids[number]);
        let (any, words, heads) = (Expected::Any, Words::default(), Heads::default());
        let model = &mut self.model;
        let (real, wanted): (Result<ReservationView, _>, Answer) = match verb {
            Verb::Confirm => {
                (answer(confirm::confirm(app, &actor, None, id, any)), model.confirm(who, number)?)
            }
            Verb::Cancel => {
                (answer(cancel::cancel(app, &actor, None, id, any, words)), model.cancel(who, number)?)
            }
            Verb::Approve => {
                let how = (Answered::Approve, words);
                (answer(decide::decide(app, &actor, None, id, any, how)), model.decide(who, number, true)?)
            }
            Verb::Decline => {
                let how = (Answered::Decline, words);
                (answer(decide::decide(app, &actor, None, id, any, how)), model.decide(who, number, false)?)
            }
            Verb::CheckIn => {
                (answer(check_in::check_in(app, &actor, None, id, any, heads)), model.check_in(who, number)?)
            }
            Verb::CheckOut => (
                answer(check_out::check_out(app, &actor, None, id, any, heads)),
                model.check_out(who, number)?,
            ),
            Verb::NoShow => {
                (answer(no_show::no_show(app, &actor, None, id, any)), model.no_show(who, number)?)
            }
        };
        let deed = match verb {
            Verb::Confirm => "confirm",
            Verb::Cancel => "cancel",
            Verb::Approve => "approve",
            Verb::Decline => "decline",
            Verb::CheckIn => "check in",
            Verb::CheckOut => "check out",
            Verb::NoShow => "no-show",
        };
        self.note(deed, wanted);
        agree(&format!("{deed} of {number}"), real.map(drop), wanted)
    }

    /// `says`: what equipment it has then is said, too.
    fn move_to(&mut self, who: usize, number: usize, slot: Slot, says: bool) -> Result<(), String> {
        let mut change = json!({"starts_at": written(slot.from), "ends_at": written(slot.to),
            "quantity": slot.quantity, "attendees": slot.attendees,
            "layout": slot.layout.then_some(self.world.layout)});
        if says {
            change["equipment"] = self.world.equipment(slot.equipment);
        }
        let change: ReservationChange = body(change);
        let (app, actor, id) = (&self.world.app, self.world.actor(Some(who)), self.ids[number]);
        let quantity = slot.quantity;
        let wanted = self.model.edit(who, number, slot);
        let why = match &wanted {
            Ok(Edit::Place { judged, .. }) => format!("{:?}", judged.why),
            _ => String::new(),
        };
        let real = answer(edit::edit(app, &actor, None, id, Expected::Any, change));
        let told = real.as_ref().map(drop).map_err(|code| *code);
        agree(&format!("move of {number} {why}"), told, wanted.as_ref().map(drop).map_err(|code| *code))?;
        self.note("move", told);
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
                let units = self.units(units, booking.space, quantity)?;
                let pieces = self.pieces(equipment, ask.slot.equipment)?;
                self.model.differs(number);
                self.model.place(number, asks, &ask, &judged, Given { units, pieces })
            }
        }
    }

    /// As it is in the tables.
    fn found(&self, id: ReservationId) -> Result<Reservation, String> {
        let found = self.world.app.db.read(|tx| reservations::find(tx, id));
        found.map_err(|error| format!("{error:?}"))?.ok_or_else(|| "it is gone".to_owned())
    }

    pub fn note(&mut self, deed: &'static str, came_to: Result<(), &'static str>) {
        *self.deeds.entry((deed, came_to.err().unwrap_or("done"))).or_default() += 1;
    }

    /// How many reservations came to what, and what was done how often.
    pub fn tally(&self) -> String {
        let many = |status: &Status| self.model.bookings.iter().filter(|each| each.status == *status).count();
        let each = Status::ALL.iter().map(|status| format!("{} {status}", many(status)));
        let deeds = self.deeds.iter().map(|((deed, came_to), many)| format!("{deed} {came_to}: {many}"));
        let lent = self.model.bookings.iter().filter(|each| each.slot.equipment > 0).count();
        each.chain(deeds).chain([format!("{lent} with equipment")]).collect::<Vec<_>>().join(", ")
    }

    /// Where things stand, to be read beside a failure.
    pub fn told(&self) -> String {
        let line = |(number, booking): (usize, &crate::model::Booking)| {
            let (from, to) = (shown(booking.slot.from), shown(booking.slot.to));
            let change = booking.change.as_ref().map(|slot| (shown(slot.from), shown(slot.to), &slot.units));
            let (who, space) = (crate::places::PEOPLE[booking.who], ROOMS[booking.space].name);
            format!(
                "  {number}: {space} {who} {} {from} – {to} {:?} {:?} {change:?}",
                booking.status, booking.slot.units, booking.slot.pieces
            )
        };
        let all: Vec<_> = self.model.bookings.iter().enumerate().collect();
        let last = &all[all.len().saturating_sub(25)..];
        format!(
            "now {}\n{}",
            shown(self.model.now),
            last.iter().map(|each| line(*each)).collect::<Vec<_>>().join("\n")
        )
    }
}

pub fn sorted(mut units: Vec<usize>) -> Vec<usize> {
    units.sort_unstable();
    units
}
