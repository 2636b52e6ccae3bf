//! Quotes: what one reservation costs, line by line, frozen with it.
//!
//! Every line keeps net + vat = gross, and totals are the sums of lines. VAT is rounded once per code over all its lines,
//! as EN 16931 breaks it down (BT-117), and a line's VAT is what it adds to that: rounding never depends on how lines are cut.
//! The in-kind value is what the public would pay more, extras included, gross.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Cancellation, Currency, Extra, ExtraBasis, Fee, Money, QuoteError, Tariff, Vat, VatCode,
    money::share,
    walk::{Charge, charges, pieces},
};
use crate::domain::{
    codes::codes, ids::SpaceId, instant::Interval, policy::Audience, text::Line, zone::Zone,
};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    pub interval: Interval,
    /// The venue's.
    pub zone: Zone,
    /// Those the booker fits, in any order; whoever they are, they are also of the public.
    pub audiences: &'a [Audience],
    /// Units of the space: 1 where it is booked whole.
    pub units: u32,
    pub attendees: Option<u32>,
    pub extras: &'a [ChosenExtra],
}

/// An extra of the tariff and how much of it; where not said one, and of what is per person as many as come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenExtra {
    pub name: Line<120>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
}

codes! {
    /// What a line's quantity counts.
    pub enum LineUnit {
        /// Started periods of `minutes`.
        Period = "period",
        /// Local days.
        Day = "day",
        Night = "night",
        /// Packages of up to `minutes`.
        Package = "package",
        /// The least that the reservation's time costs.
        MinimumCharge = "minimum_charge",
        Piece = "piece",
        Person = "person",
        Reservation = "reservation",
        /// Started hours.
        Hour = "hour",
    }
}

/// One line: `quantity · units · unit_price`, with its VAT. Amounts are minor units of the quote's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteLine {
    /// The rate's or the extra's; a rate may have none.
    pub name: Option<Line<120>>,
    pub unit: LineUnit,
    /// How long a period or package lasts.
    pub minutes: Option<u32>,
    pub quantity: i64,
    /// Units of the space, or pieces of what is counted by the hour.
    pub units: u32,
    /// As the tariff lists it, gross or net.
    pub unit_price: i64,
    pub net: i64,
    pub vat_code: VatCode,
    /// Hundredths of a per cent.
    pub vat_basis_points: u32,
    pub vat: i64,
    pub gross: i64,
    pub legal: Option<Line<300>>,
    /// The pool whose tariff it is of, where equipment was asked for besides the space.
    #[serde(default)]
    pub equipment_id: Option<SpaceId>,
}

/// The price of one reservation. Free time has no lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    pub currency: Currency,
    pub prices_include_vat: bool,
    /// Whose rate holds at the start; `None` without a tariff.
    pub audience: Option<Audience>,
    pub lines: Vec<QuoteLine>,
    pub total_net: i64,
    pub total_vat: i64,
    pub total_gross: i64,
    /// The gross total for the public; `None`, unknown, without a tariff.
    pub full_price: Option<i64>,
    /// The in-kind value: by how much the full price exceeds the total, never below 0.
    pub subsidy: Option<i64>,
    pub cancellation: Cancellation,
    /// Extras as they were asked for, so that a move can be priced with them.
    #[serde(default)]
    pub extras: Vec<ChosenExtra>,
}

impl Quote {
    /// Whether lines and totals are the sums that they say they are: what is stored is checked by it.
    pub fn adds_up(&self) -> bool {
        let total = |amount: fn(&QuoteLine) -> i64| checked_sum(self.lines.iter().map(amount)).ok();
        self.lines.iter().all(|line| line.net.checked_add(line.vat) == Some(line.gross))
            && total(|line| line.net) == Some(self.total_net)
            && total(|line| line.vat) == Some(self.total_vat)
            && total(|line| line.gross) == Some(self.total_gross)
    }
}

/// A part of what one reservation asks for, with the tariff that it costs by.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    pub tariff: &'a Tariff,
    pub request: Request<'a>,
    /// The pool of equipment that it is of; none of the space itself.
    pub equipment: Option<SpaceId>,
}

/// What `request` costs by `tariff`.
pub fn quote(tariff: &Tariff, request: &Request<'_>) -> Result<Quote, QuoteError> {
    quote_together(&Part { tariff, request: *request, equipment: None }, &[])
}

/// What all parts cost together, as one quote, by the first one's terms of cancelling.
///
/// # Errors
/// As [`quote`]; `Mixed` for a tariff in another currency, or with VAT where the first is without.
pub fn quote_together(first: &Part<'_>, others: &[Part<'_>]) -> Result<Quote, QuoteError> {
    let terms = |tariff: &Tariff| (tariff.currency, tariff.prices_include_vat);
    for part in others {
        if let Some(pool) = part.equipment.filter(|_| terms(part.tariff) != terms(first.tariff)) {
            return Err(QuoteError::Mixed { pool });
        }
    }
    let (own, known) = priced(first, others, first.request.audiences)?;
    let full_price = match known {
        false => None,
        true if first.request.audiences.iter().all(|a| *a == Audience::Public) => Some(own.total_gross),
        true => Some(priced(first, others, &[Audience::Public])?.0.total_gross),
    };
    let subsidy = full_price.map(|full| (full - own.total_gross).max(0));
    Ok(Quote { full_price, subsidy, ..own })
}

/// The gross fee for not using what was quoted; of both the no-show counts. Zero unless late or a no-show.
pub fn cancellation_fee(quote: &Quote, late: bool, no_show: bool) -> Money {
    let gross = Money { minor: quote.total_gross, currency: quote.currency };
    quote.cancellation.fee(gross, late, no_show)
}

impl Cancellation {
    /// What not using it costs of a price; of both the no-show counts. Zero unless late or a no-show.
    pub fn fee(&self, gross: Money, late: bool, no_show: bool) -> Money {
        let fee = match (late, no_show) {
            (_, true) => self.no_show,
            (true, false) => self.late,
            (false, false) => Fee::None,
        };
        let minor = match fee {
            Fee::None => 0,
            Fee::Percent(percent) => share(gross.minor, i64::from(percent.min(100)), 100)
                .expect("a part of an amount fits where the amount does"),
            Fee::Fixed(amount) => amount,
            Fee::Full => gross.minor,
        };
        Money { minor, ..gross }
    }
}

/// What these audiences pay, the full price left open, and whether every part has a rate.
fn priced(
    first: &Part<'_>,
    others: &[Part<'_>],
    audiences: &[Audience],
) -> Result<(Quote, bool), QuoteError> {
    let (mut items, mut rated, mut extras) = (Vec::new(), Vec::new(), Vec::new());
    for part in std::iter::once(first).chain(others) {
        let (audience, own) = items_of(part, audiences)?;
        rated.push(audience);
        items.extend(own);
        extras.extend_from_slice(part.request.extras);
    }
    let terms = first.tariff;
    let lines = taxed(items, terms.prices_include_vat)?;
    let total = |amount: fn(&QuoteLine) -> i64| checked_sum(lines.iter().map(amount));
    let quote = Quote {
        currency: terms.currency,
        prices_include_vat: terms.prices_include_vat,
        audience: rated.iter().copied().flatten().next(),
        total_net: total(|line| line.net)?,
        total_vat: total(|line| line.vat)?,
        total_gross: total(|line| line.gross)?,
        lines,
        full_price: None,
        subsidy: None,
        cancellation: terms.cancellation,
        extras,
    };
    Ok((quote, rated.iter().all(Option::is_some)))
}

/// The lines of one part before tax, and whose rate holds at its start.
fn items_of<'a>(
    part: &Part<'a>,
    audiences: &[Audience],
) -> Result<(Option<Audience>, Vec<Item<'a>>), QuoteError> {
    let Part { tariff, request, equipment } = part;
    let (mut audience, mut items) = (None, Vec::new());
    if !tariff.rates.is_empty() {
        let pieces = pieces(tariff, audiences, request.zone, request.interval)?;
        let start = pieces.first().map(|piece| piece.rate);
        audience = start.map(|rate| rate.audience);
        items = merged(charges(request.zone, &pieces)?, request.units)?;
        if let Some((rate, least)) = start.and_then(|rate| Some((rate, rate.minimum_charge?)))
            && sum(&items)? < least
        {
            items = vec![Item::once(rate.name.as_ref(), LineUnit::MinimumCharge, least, &rate.vat)];
        }
    }
    items.extend(extras(tariff, request)?);
    for item in &mut items {
        item.equipment = *equipment;
    }
    Ok((audience, items))
}

/// A line before tax.
struct Item<'a> {
    name: Option<&'a Line<120>>,
    unit: LineUnit,
    minutes: Option<u32>,
    quantity: i64,
    units: u32,
    price: i64,
    vat: &'a Vat,
    equipment: Option<SpaceId>,
}

impl<'a> Item<'a> {
    fn once(name: Option<&'a Line<120>>, unit: LineUnit, price: i64, vat: &'a Vat) -> Self {
        Self { name, unit, minutes: None, quantity: 1, units: 1, price, vat, equipment: None }
    }

    fn listed(&self) -> Result<i64, QuoteError> {
        let each = self.price.checked_mul(self.quantity);
        each.and_then(|each| each.checked_mul(i64::from(self.units))).ok_or(QuoteError::TooLarge)
    }
}

/// Like charges on one line, in the order of their first.
fn merged<'a>(charges: Vec<Charge<'a>>, units: u32) -> Result<Vec<Item<'a>>, QuoteError> {
    let mut items: Vec<(usize, Item<'a>)> = Vec::new();
    for charge in charges {
        let Charge { rate, index, unit, minutes, price, count, .. } = charge;
        let like = |(place, item): &&mut (usize, Item<'a>)| {
            *place == index && item.unit == unit && item.minutes == minutes && item.price == price
        };
        match items.iter_mut().find(like) {
            Some((_, item)) => {
                item.quantity = item.quantity.checked_add(count).ok_or(QuoteError::TooLarge)?;
            }
            None => {
                let once = Item::once(rate.name.as_ref(), unit, price, &rate.vat);
                items.push((index, Item { minutes, quantity: count, units, ..once }));
            }
        }
    }
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// Those required and those asked for, in the tariff's order.
fn extras<'a>(tariff: &'a Tariff, request: &Request<'_>) -> Result<Vec<Item<'a>>, QuoteError> {
    for (place, chosen) in request.extras.iter().enumerate() {
        let name = chosen.name.to_string();
        if !tariff.extras.iter().any(|extra| extra.name == chosen.name) {
            return Err(QuoteError::UnknownExtra { name });
        }
        if request.extras[..place].iter().any(|earlier| earlier.name == chosen.name) {
            return Err(QuoteError::ExtraRepeated { name });
        }
    }
    let wanted = tariff.extras.iter().filter_map(|extra| {
        let chosen = request.extras.iter().find(|chosen| chosen.name == extra.name);
        (extra.required || chosen.is_some()).then(|| item(extra, chosen, request))
    });
    wanted.collect()
}

fn item<'a>(
    extra: &'a Extra,
    chosen: Option<&ChosenExtra>,
    request: &Request<'_>,
) -> Result<Item<'a>, QuoteError> {
    let name = || extra.name.to_string();
    let number = match (chosen.and_then(|chosen| chosen.quantity), extra.basis) {
        (Some(quantity), _) => quantity,
        (None, ExtraBasis::Person) => {
            request.attendees.ok_or_else(|| QuoteError::AttendeesNeeded { name: name() })?
        }
        (None, _) => 1,
    };
    let maximum = match extra.basis {
        ExtraBasis::Reservation => 1,
        _ => extra.maximum.unwrap_or(u32::MAX),
    };
    if number == 0 || number > maximum {
        return Err(QuoteError::ExtraQuantity { name: name(), maximum });
    }
    let (unit, quantity, units) = match extra.basis {
        ExtraBasis::Piece => (LineUnit::Piece, number.into(), 1),
        ExtraBasis::Person => (LineUnit::Person, number.into(), 1),
        ExtraBasis::Reservation => (LineUnit::Reservation, 1, 1),
        ExtraBasis::StartedHour => (LineUnit::Hour, (request.interval.seconds() - 1) / 3600 + 1, number),
    };
    Ok(Item { quantity, units, ..Item::once(Some(&extra.name), unit, extra.price, &extra.vat) })
}

/// VAT per code over the sum so far, of which each line bears what it adds.
fn taxed(items: Vec<Item<'_>>, included: bool) -> Result<Vec<QuoteLine>, QuoteError> {
    let mut before: BTreeMap<VatCode, i64> = BTreeMap::new();
    let line = |item: Item<'_>| {
        let (listed, code) = (item.listed()?, item.vat.code);
        let earlier = before.entry(code).or_default();
        let until = earlier.checked_add(listed).ok_or(QuoteError::TooLarge)?;
        let tax = |amount| code.tax(amount, included).ok_or(QuoteError::TooLarge);
        let vat = tax(until)? - tax(*earlier)?;
        *earlier = until;
        let net = if included { listed - vat } else { listed };
        Ok(QuoteLine {
            name: item.name.cloned(),
            unit: item.unit,
            minutes: item.minutes,
            quantity: item.quantity,
            units: item.units,
            unit_price: item.price,
            net,
            vat_code: code,
            vat_basis_points: code.basis_points(),
            vat,
            gross: net.checked_add(vat).ok_or(QuoteError::TooLarge)?,
            legal: item.vat.legal.clone(),
            equipment_id: item.equipment,
        })
    };
    items.into_iter().map(line).collect()
}

fn sum(items: &[Item<'_>]) -> Result<i64, QuoteError> {
    items.iter().try_fold(0_i64, |sum, item| sum.checked_add(item.listed()?).ok_or(QuoteError::TooLarge))
}

fn checked_sum(amounts: impl Iterator<Item = i64>) -> Result<i64, QuoteError> {
    let mut amounts = amounts;
    amounts.try_fold(0_i64, i64::checked_add).ok_or(QuoteError::TooLarge)
}
