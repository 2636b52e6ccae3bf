//! Both sides of one story: every operation is done to the application and to the model, and they must agree.

use std::collections::BTreeMap;

use prostor::{
    app::reservations::{
        cancel, check_in,
        check_in::Heads,
        check_out, confirm, decide,
        decide::{Verdict as Answered, Words},
        expire, no_show,
        view::ReservationView,
    },
    app::statistics::summing,
    app::version::Expected,
    domain::{
        ids::{BlockId, ReservationId, SeriesId},
        reservation::Status,
    },
};

use crate::{
    calendar::shown,
    database::Backend,
    model::Model,
    op::{Job, Made, Op, Verb, Wish},
    places::{PARTS, PEOPLE, called},
    script::chapter,
    verbs::Answer,
    world::{World, answer, instant},
};

/// Why both sides do not agree.
pub type Told = Result<(), String>;

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
    pub fn tell(&mut self, place: Made, op: &Op) -> Told {
        if !self.knows(op) {
            return Ok(());
        }
        match op {
            Op::Pass(at) => {
                self.model.pass(*at)?;
                self.world.app.clock.set(instant(self.model.now));
                Ok(())
            }
            Op::Run(job) => self.run(*job),
            Op::Reserve(wish) => self.reserve(place, wish).map(drop),
            Op::Do(who, verb, made) => self.of_reservation(*made, |story, id| story.act(*who, *verb, id)),
            Op::Move(who, made, shift) => {
                self.of_reservation(*made, |story, id| story.shift(*who, id, shift))
            }
            Op::Extra(who, made, extra) => {
                self.of_reservation(*made, |story, id| story.put_extra(*who, id, *extra))
            }
            Op::Count(who, made, heads) => {
                self.of_reservation(*made, |story, id| story.count(*who, id, *heads))
            }
            Op::Attend(who, space, ago, visitors) => self.attend(*who, *space, *ago, *visitors),
            Op::Archive(space, on) => self.archive(*space, *on),
            Op::Units(space, units, on) => self.put_units(*space, units, *on),
            Op::Layouts(space, layouts, on) => self.put_layouts(*space, layouts, *on),
            Op::Capacity(space, capacity, on) => self.put_capacity(*space, *capacity, *on),
            Op::Copy(space) => self.copy(*space),
            Op::Tariff(space, tariff) => {
                self.model.spaces[*space].tariff = *tariff;
                agree("tariff", self.world.put_tariff(*space, tariff.as_ref()), Ok(()))
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
            Op::Close(days, many, on) => self.close(*days, *many, *on),
            Op::Reopen(days, many) => self.reopen(*days, *many),
            Op::Policy(space, policy) => {
                self.model.put_policy(*space, policy.clone());
                agree("policy", self.world.put_policy(*space, policy.clone()), Ok(()))
            }
            Op::Look(wish, pick) => self.look(place, wish, *pick),
            Op::Repeat(wish, rule, without, skips) => self.repeat(place, wish, rule, *without, *skips),
            Op::Reshape(who, made, how) => {
                self.of_series(*made, |story, series| story.reshape(place, *who, series, *how))
            }
            Op::CancelSeries(who, made, days) => {
                self.of_series(*made, |story, series| story.cancel_series(*who, series, *days))
            }
            Op::DecideSeries(who, made, approves) => {
                self.of_series(*made, |story, series| story.decide_series(*who, series, *approves))
            }
        }
    }

    /// Nothing, where it was never made.
    fn of_reservation(&mut self, made: Made, deed: impl Fn(&mut Self, usize) -> Told) -> Told {
        self.made.get(&made).copied().map_or(Ok(()), |id| deed(self, id))
    }

    fn of_series(&mut self, made: Made, deed: impl Fn(&mut Self, usize) -> Told) -> Told {
        self.series.get(&made).copied().map_or(Ok(()), |series| deed(self, series))
    }

    /// Whether all spaces, units and layouts are there that it names: in a story made shorter some were never made.
    fn knows(&self, op: &Op) -> bool {
        let spaces = &self.model.spaces;
        let wish = |wish: &Wish| {
            let layout = wish.layout.is_none_or(|layout| layout < spaces[wish.space].layouts.len());
            wish.named.iter().flatten().all(|unit| *unit < self.world.units.len()) && layout
        };
        op.spaces().into_iter().all(|space| space < spaces.len())
            && match op {
                Op::Reserve(wanted) | Op::Look(wanted, _) | Op::Repeat(wanted, ..) => wish(wanted),
                Op::Layouts(space, layouts, _) => {
                    let there = spaces[*space].layouts.len();
                    layouts.iter().all(|(known, _)| known.is_none_or(|known| known < there))
                }
                _ => true,
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
            Job::Sum => {
                summing::sum_usage(app).unwrap();
                Ok(())
            }
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

    pub fn note(&mut self, deed: &'static str, came_to: Result<(), &'static str>) {
        *self.deeds.entry((deed, came_to.err().unwrap_or("done"))).or_default() += 1;
    }

    /// How many reservations came to what, and what was done how often.
    pub fn tally(&self) -> String {
        let many = |status: &Status| self.model.bookings.iter().filter(|each| each.status == *status).count();
        let each = Status::ALL.iter().map(|status| format!("{} {status}", many(status)));
        let deeds = self.deeds.iter().map(|((deed, came_to), many)| format!("{deed} {came_to}: {many}"));
        let lent = self.model.bookings.iter().filter(|each| each.slot.equipment > 0).count();
        let late = self.model.bookings.iter().filter(|each| each.late == Some(true)).count();
        let kept = self.model.bookings.iter().filter(|each| each.slot.kept > 0).count();
        let besides = format!("{lent} with equipment, {late} cancelled late, {kept} keep a fee");
        each.chain(deeds).chain([besides]).collect::<Vec<_>>().join(", ")
    }

    /// Where things stand, to be read beside a failure.
    pub fn told(&self) -> String {
        let line = |(number, booking): (usize, &crate::model::Booking)| {
            let (from, to) = (shown(booking.slot.from), shown(booking.slot.to));
            let change = booking.change.as_ref().map(|slot| (shown(slot.from), shown(slot.to), &slot.units));
            let (who, space) = (PEOPLE[booking.who], called(booking.space));
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
