//! After every operation: how every reservation stands, and who has which unit when, read from the tables.

use prostor::{
    app::check,
    domain::{
        equipment::Equipment,
        ids::{ReservationId, UnitId},
        record::{Holder, Occupancy, Reservation},
        reservation::Status,
        tariff::{Money, Quote},
    },
    store::{occupancies, reservations},
};

use crate::{
    calendar::{DAY, Minute, shown},
    model::{Booking, Elsewhere, Slot, occupies},
    story::{Story, agree, sorted},
    world::{instant, minute},
};

type Cells = Vec<(usize, Minute, Minute)>;

/// Sorted, what touches joined.
fn joined(mut cells: Cells) -> Cells {
    cells.sort_unstable();
    let mut joined: Cells = Vec::new();
    for cell in cells {
        match joined.last_mut() {
            Some(last) if last.0 == cell.0 && last.2 == cell.1 => last.2 = cell.2,
            _ => joined.push(cell),
        }
    }
    joined
}

/// What it costs, and what giving it up costs.
fn same_price(number: usize, booking: &Booking, real: &Reservation) -> Result<(), String> {
    let quoted = |quote: &Option<Quote>| {
        let amounts = |quote: &Quote| (quote.total_gross, quote.full_price, quote.subsidy);
        quote.as_ref().map(amounts)
    };
    let priced = |slot: &Slot| {
        slot.price.map(|price| (price.total, Some(price.full), Some((price.full - price.total).max(0))))
    };
    agree(&format!("price of {number}"), quoted(&real.quote), priced(&booking.slot))?;
    let wish = real.change.as_ref().map(|change| quoted(&change.quote));
    agree(&format!("price of the wish of {number}"), wish, booking.change.as_ref().map(priced))?;
    let cents = |money: Option<Money>| money.map_or(0, |money| money.minor);
    let fees = (cents(real.late_cancellation_fee()), cents(real.fee()), cents(real.change_fee()));
    agree(&format!("fees of {number}"), fees, booking.fees())?;
    let kept = (cents(real.kept_fee), real.change.as_ref().map_or(0, |change| cents(change.kept_fee)));
    let wish = booking.change.as_ref().map_or(0, |wish| wish.kept);
    let (kept, wanted) = ((kept.0, kept.0.max(kept.1)), (booking.slot.kept, booking.slot.kept.max(wish)));
    agree(&format!("what {number} keeps"), kept, wanted)?;
    agree(&format!("lateness of {number}"), real.cancelled_late, booking.late)
}

impl Story {
    /// What lives, and what was touched; everything where `all`.
    pub fn compare(&self, before: &[Status], all: bool) -> Result<(), String> {
        let lives = |(number, booking): &(usize, &Booking)| {
            all || occupies(booking.status) || before.get(*number) != Some(&booking.status)
        };
        let wanted: Vec<(usize, &Booking)> = self.model.bookings.iter().enumerate().filter(lives).collect();
        let ids: Vec<ReservationId> = wanted.iter().map(|(number, _)| self.ids[*number]).collect();
        let (found, rows) = self
            .world
            .app
            .db
            .read(|tx| {
                let mut found = Vec::new();
                let mut rows = Vec::new();
                for some in ids.chunks(500) {
                    found.extend(reservations::find_all(tx, some)?);
                    rows.extend(occupancies::of_reservations(tx, some)?);
                }
                Ok::<_, prostor::store::error::StoreError>((found, rows))
            })
            .map_err(|error| format!("{error:?}"))?;
        for (number, booking) in wanted {
            let real = found.iter().find(|each| each.id == self.ids[number]);
            let real = real.ok_or_else(|| format!("{number} is gone"))?;
            self.same(number, booking, real, &rows)?;
        }
        if all {
            self.whole()?;
        }
        self.is_sound(all)
    }

    fn same(
        &self,
        number: usize,
        booking: &Booking,
        real: &Reservation,
        rows: &[Occupancy],
    ) -> Result<(), String> {
        let now = instant(self.model.now);
        // Nobody need have noticed that a hold ran out.
        let ran_out = real.status == Status::Held && real.expires_at.is_some_and(|at| at <= now);
        let status = if ran_out { Status::Expired } else { real.status };
        agree(&format!("status of {number}"), status, booking.status)?;
        if ran_out {
            return Ok(());
        }
        let times = |of: &Reservation| {
            (minute(of.interval.start()), minute(of.interval.end()), of.quantity, of.attendees)
        };
        let slot = &booking.slot;
        agree(
            &format!("slot of {number}"),
            times(real),
            (slot.from, slot.to, slot.quantity, slot.attendees),
        )?;
        let rules = &real.presence.rules;
        let minutes = |rule: u32| i64::from(rule);
        let frozen = Elsewhere {
            space: self.world.spaces.iter().position(|id| *id == real.space).expect("one of the venue's"),
            check_in: (rules.required, minutes(rules.opens_minutes), minutes(rules.grace_minutes)),
            notice: minutes(real.cancellation_notice_minutes),
        };
        let Booking { space, check_in, notice, .. } = *booking;
        agree(&format!("space and rules of {number}"), frozen, Elsewhere { space, check_in, notice })?;
        agree(&format!("release of {number}"), real.released_at.map(minute), booking.released)?;
        if occupies(status) {
            agree(&format!("expiry of {number}"), real.expires_at.map(minute), booking.expires)?;
        }
        let pieces = |equipment: &[Equipment]| {
            let units = equipment.iter().flat_map(|some| &some.units);
            sorted(units.map(|unit| self.world.unit(*unit)).collect())
        };
        agree(&format!("equipment of {number}"), pieces(&real.equipment), sorted(slot.pieces.clone()))?;
        let wish = real.change.as_ref().map(|change| {
            let interval = change.interval().expect("an interval");
            let units = change.units.iter().map(|unit| self.world.unit(*unit)).collect();
            let times = (minute(interval.start()), minute(interval.end()));
            let there = change.elsewhere.map(|there| there.space);
            (times, change.quantity, sorted(units), pieces(&change.equipment), there)
        });
        let model = booking.change.as_ref().map(|slot| {
            let (units, pieces) = (sorted(slot.units.clone()), sorted(slot.pieces.clone()));
            let there = slot.elsewhere.as_ref().map(|there| self.world.spaces[there.space]);
            ((slot.from, slot.to), slot.quantity, units, pieces, there)
        });
        agree(&format!("wish of {number}"), wish, model)?;
        same_price(number, booking, real)?;
        agree(&format!("heads of {number}"), real.headcount, booking.heads)?;
        let belongs = real.belongs.map(|of| (of.series, of.original.date(), of.changed));
        let member = booking.member.map(|of| (self.series_ids[of.series], of.on, of.changed));
        agree(&format!("series of {number}"), belongs, member)?;
        let own = rows.iter().filter(|row| row.holder == Holder::Reservation(real.id));
        let own = own
            .map(|row| (self.world.unit(row.unit), minute(row.interval.start()), minute(row.interval.end())));
        agree(&format!("what {number} occupies"), joined(own.collect()), joined(booking.wants()))
    }

    /// What blocks take from now on, what everybody sees of the spaces, and how many came.
    fn whole(&self) -> Result<(), String> {
        let (now, until) = (self.model.now, self.model.now + 3 * DAY);
        let window = prostor::domain::instant::Interval::new(instant(now), instant(until)).unwrap();
        let units: &[UnitId] = &self.world.units;
        let rows = self.world.app.db.read(|tx| occupancies::of_units(tx, units, window)).unwrap();
        for (number, unit) in units.iter().enumerate() {
            let holds =
                |row: &&Occupancy, at: Minute| row.unit == *unit && row.interval.contains(instant(at));
            for at in now..until {
                let row = rows.iter().find(|row| holds(row, at));
                let blocked = row.is_some_and(|row| matches!(row.holder, Holder::Block(_)));
                // What ran out within a block is the block's as soon as somebody notices.
                let ran_out = row.is_some_and(|row| !row.stands(instant(now)));
                if !ran_out && blocked != self.model.is_blocked(number, at) {
                    return Err(format!(
                        "the service says {blocked} to a block of {number} at {}",
                        shown(at)
                    ));
                }
            }
        }
        self.same_spaces()?;
        self.same_visitors()
    }

    /// `prostor check`; with the sums of use, where `all`.
    fn is_sound(&self, all: bool) -> Result<(), String> {
        let check = if all { check::run } else { check::quickly };
        let report = check(&self.world.app.db).map_err(|error| format!("{error:?}"))?;
        agree("number of reservations", report.reservations, self.model.bookings.len())?;
        if report.is_clean() { Ok(()) } else { Err(report.to_string()) }
    }
}
