//! Prices in the model: so much for each started so many minutes of each unit, perhaps another price for creative
//! organisations, perhaps one thing besides; what cancelling late and not coming cost. What was quoted stays until a move.

use prostor::domain::reservation::Status;
use serde_json::{Value, json};

use crate::{
    calendar::Minute,
    decision::Ask,
    model::{Booking, Model, Slot},
    places::{DESKS, DORA, GALLERY, POOL, STUDIO},
    verbs::Answer,
};

/// How the one thing besides is called.
pub const EXTRA: &str = "Cleaning";

/// Cents, VAT included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tariff {
    pub minutes: i64,
    pub price: i64,
    /// For organisations that are confirmed as creative.
    pub cci: Option<i64>,
    /// What cleaning costs, and whether everybody has it.
    pub extra: Option<(i64, bool)>,
    pub terms: Terms,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Terms {
    /// Per cent of the price, for cancelling late.
    pub late: i64,
    /// Whether not coming costs all of it.
    pub no_show: bool,
}

/// What one reservation costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub total: i64,
    /// For the public.
    pub full: i64,
    /// Whether cleaning was asked for.
    pub extra: bool,
    pub terms: Terms,
}

impl Price {
    /// Half a cent is one.
    fn late(&self) -> i64 {
        (self.total * self.terms.late + 50) / 100
    }
}

impl Tariff {
    fn costs(&self, audiences: &[&str], long: Minute, units: i64) -> i64 {
        let price = self.cci.filter(|_| audiences.contains(&"cci")).unwrap_or(self.price);
        let started = (long + self.minutes - 1) / self.minutes;
        started * price * units
    }

    pub fn written(&self) -> Value {
        let rate = |audience: &str, price: i64| {
            json!({"audience": audience, "vat": {"code": "standard"},
                "pricing": {"per_started": {"minutes": self.minutes, "price": price}}})
        };
        let rates = self.cci.map(|price| rate("cci", price)).into_iter().chain([rate("public", self.price)]);
        let extras = self.extra.iter().map(|(price, required)| {
            json!({"name": EXTRA, "basis": "reservation", "price": price, "required": required,
                "vat": {"code": "reduced"}})
        });
        let late = match self.terms.late {
            0 => json!("none"),
            percent => json!({"percent": percent}),
        };
        json!({"prices_include_vat": true, "rates": rates.collect::<Vec<_>>(),
            "extras": extras.collect::<Vec<_>>(),
            "cancellation": {"late": late, "no_show": if self.terms.no_show { "full" } else { "none" }}})
    }
}

/// As the API takes what may be none.
pub fn written(tariff: Option<&Tariff>) -> Value {
    tariff.map_or(json!({"prices_include_vat": false}), Tariff::written)
}

pub fn first_tariffs() -> [(usize, Tariff); 4] {
    let plain = Tariff { minutes: 60, price: 1500, cci: None, extra: None, terms: Terms::default() };
    [
        (DESKS, Tariff { minutes: 30, price: 333, ..plain }),
        (STUDIO, Tariff { cci: Some(700), terms: Terms { late: 50, no_show: true }, ..plain }),
        (GALLERY, Tariff { extra: Some((2500, false)), terms: Terms { late: 33, no_show: false }, ..plain }),
        (POOL, Tariff { price: 400, terms: Terms { late: 100, no_show: true }, ..plain }),
    ]
}

impl Booking {
    fn stands(&self) -> bool {
        matches!(self.status, Status::Confirmed | Status::CheckedIn)
    }

    /// Whether cleaning was asked for.
    pub fn extra(&self) -> bool {
        self.slot.price.is_some_and(|price| price.extra)
    }

    fn late_fee(&self) -> i64 {
        self.slot.price.map_or(0, |price| price.late())
    }

    /// What cancelling costs at a moment, had it this slot: what was kept at least.
    fn cancelling_costs(&self, slot: &Slot, now: Minute) -> i64 {
        let notice = slot.elsewhere.as_ref().map_or(self.notice, |there| there.notice);
        let late = now >= slot.from || now + notice > slot.from;
        let fee = if late && self.stands() { slot.price.map_or(0, |price| price.late()) } else { 0 };
        fee.max(self.slot.kept)
    }

    /// What it keeps as the least that cancelling costs, where its guest makes that of it.
    pub fn keeps(&self, after: &Slot, now: Minute) -> i64 {
        let (cost, costs) = (self.cancelling_costs(&self.slot, now), self.cancelling_costs(after, now));
        if costs < cost { cost } else { self.slot.kept }
    }

    /// What has begun does not get cheaper by its guest.
    pub fn priced_anew(&self, price: Option<Price>, now: Minute) -> Option<Price> {
        let total = |price: Option<Price>| price.map_or(0, |price| price.total);
        let begun = self.stands() && (self.slot.from <= now || self.arrived);
        if begun && total(price) < total(self.slot.price) { self.slot.price } else { price }
    }

    /// What cancelling it after the notice would cost; what is owed for not coming; and what besides the price for what
    /// late changes gave up.
    pub fn fees(&self) -> (i64, i64, i64) {
        let (kept, late) = (self.slot.kept, self.late_fee());
        let given_up = (kept - late).max(0);
        let all = self.slot.price.filter(|price| price.terms.no_show).map_or(0, |price| price.total);
        match self.status {
            Status::Held | Status::Pending => (kept.max(late), 0, 0),
            Status::Confirmed => (kept.max(late), 0, given_up),
            Status::CheckedIn | Status::Completed => (0, 0, given_up),
            Status::Cancelled if self.late == Some(true) => (0, kept.max(late), 0),
            Status::Cancelled => (0, kept, 0),
            Status::NoShow => (0, given_up + all, 0),
            _ => (0, 0, 0),
        }
    }
}

impl Model {
    /// By the tariffs as they are now: the space's and its pool's, on the space's terms.
    ///
    /// # Errors
    /// `invalid` for cleaning where there is none.
    pub fn quote(&self, ask: &Ask) -> Result<Option<Price>, &'static str> {
        let (space, slot) = (&self.spaces[ask.space], &ask.slot);
        let offered = space.tariff.and_then(|tariff| tariff.extra);
        if ask.extra && offered.is_none() {
            return Err("invalid");
        }
        let of_pool = slot.lent().and_then(|(pool, many)| Some((self.spaces[pool].tariff?, many)));
        let own = space.tariff.map(|tariff| (tariff, if space.each { slot.quantity } else { 1 }));
        if own.is_none() && of_pool.is_none() {
            return Ok(None);
        }
        let besides = offered.filter(|(_, required)| ask.extra || *required).map_or(0, |(price, _)| price);
        let sum = |audiences: &[&str]| -> i64 {
            let each = own.iter().chain(&of_pool);
            let time =
                each.map(|(tariff, many)| tariff.costs(audiences, slot.to - slot.from, (*many).into()));
            time.sum::<i64>() + besides
        };
        let total = sum(&Self::audiences(ask.who, ask.for_organisation));
        let terms = space.tariff.map(|tariff| tariff.terms).unwrap_or_default();
        Ok(Some(Price { total, full: sum(&["public"]), extra: ask.extra, terms }))
    }

    /// Gives a new slot of a reservation its price and what is kept.
    pub fn priced(&self, id: usize, slot: &mut Slot, ask: &Ask) -> Answer {
        let (booking, guest) = (&self.bookings[id], ask.actor != Some(DORA));
        let price = self.quote(ask)?;
        slot.price = if guest { booking.priced_anew(price, self.now) } else { price };
        slot.kept = if guest { booking.keeps(slot, self.now) } else { booking.slot.kept };
        Ok(())
    }

    /// Cleaning or none, from now on, in what is wished for, too. Nothing else changes.
    pub fn put_extra(&mut self, who: usize, id: usize, extra: bool) -> Answer {
        self.may_edit(who, id)?;
        let booking = &self.bookings[id];
        if booking.extra() == extra {
            return Ok(());
        }
        let mut after = booking.clone();
        for slot in std::iter::once(&mut after.slot).chain(&mut after.change) {
            let ask = Ask { actor: Some(who), extra, ..self.ask_of(id, slot.clone()) };
            let kept = slot.kept;
            self.priced(id, slot, &ask)?;
            slot.kept = slot.kept.max(kept);
        }
        let same = (after.slot.price, after.change.as_ref().map(|wish| wish.price))
            == (booking.slot.price, booking.change.as_ref().map(|wish| wish.price));
        self.bookings[id] = after;
        if !same {
            self.differs(id);
        }
        Ok(())
    }
}
