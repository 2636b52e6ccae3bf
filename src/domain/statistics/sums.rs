//! What is added up, and the rates it ends in (DESIGN 7). Everything adds exactly: whole seconds, and people
//! in whole parts.

use std::ops::AddAssign;

use crate::domain::codes::codes;

/// The parts a person is counted in, so that people shared over units stay whole numbers: shares among up to
/// 16 equal units are exact, others are off by less than one part and still add up to the people.
pub const PERSON: i64 = 720_720;

/// Sums over units and time. Seconds of units, and of units times their seats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// A: open, and not blocked.
    pub available: i64,
    /// B: of that, reserved.
    pub booked: i64,
    /// U: of that, used so far.
    pub used: i64,
    /// Of `booked`, where check-in was required.
    pub measured: i64,
    /// Given back, by a no-show or an early check-out; in none of the above.
    pub released: i64,
    /// Of `released`, booked by others.
    pub rebooked: i64,
    /// Reserved while not open; in none of the above.
    pub out_of_hours: i64,
    pub seat_available: i64,
    pub seat_booked: i64,
    pub seat_used: i64,
    pub seat_released: i64,
    pub seat_rebooked: i64,
    pub seat_out_of_hours: i64,
    /// Of `seat_used`, where the number of people is known.
    pub seat_known: i64,
    /// Of `seat_known`, where it was declared beforehand and nobody counted.
    pub seat_declared: i64,
    /// Seconds of people, in parts of [`PERSON`], over `seat_known`.
    pub people: i128,
}

/// A numerator, a denominator, and what they divide to. In hours (of units, seats or people).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// `None` when it can't be known.
    pub numerator: Option<f64>,
    pub denominator: f64,
    /// `None` without a numerator or when the denominator is 0.
    pub rate: Option<f64>,
}

codes! {
    /// What the used time rests on.
    pub enum Basis {
        /// On check-ins.
        Measured = "measured",
        /// On what was booked, where nobody need check in.
        Assumed = "assumed",
        /// On either, for parts of it.
        Mixed = "mixed",
    }
}

/// Hours of seconds.
fn hours(seconds: i64) -> f64 {
    seconds as f64 / 3600.0
}

pub(super) fn ratio(part: i64, whole: i64) -> Ratio {
    let rate = (whole != 0).then(|| part as f64 / whole as f64);
    Ratio { numerator: Some(hours(part)), denominator: hours(whole), rate }
}

impl Sums {
    /// ΣB / ΣA.
    pub fn planned_frequency(&self) -> Ratio {
        ratio(self.booked, self.available)
    }

    /// ΣU / ΣA.
    pub fn actual_frequency(&self) -> Ratio {
        ratio(self.used, self.available)
    }

    /// What `used` rests on.
    pub fn basis(&self) -> Basis {
        match self.measured {
            0 => Basis::Assumed,
            all if all == self.booked => Basis::Measured,
            _ => Basis::Mixed,
        }
    }

    /// Person-hours / seat-hours of use with a known number.
    pub fn occupancy(&self) -> Ratio {
        let seats = self.seat_known as f64;
        let people = self.people as f64 / PERSON as f64;
        let rate = (self.seat_known != 0).then(|| people / seats);
        Ratio { numerator: Some(people / 3600.0), denominator: hours(self.seat_known), rate }
    }

    /// How much of the used seat-hours the occupancy knows.
    pub fn coverage(&self) -> Ratio {
        ratio(self.seat_known, self.seat_used)
    }

    /// How much of what it knows was declared and not counted.
    pub fn declared(&self) -> Ratio {
        ratio(self.seat_declared, self.seat_known)
    }

    /// Σ(seats·U) / Σ(seats·A) × occupancy. The numerator is person-hours, what is unknown taken to be as
    /// full as what is known; unused is 0, used by an unknown number is unknown.
    pub fn utilisation(&self) -> Ratio {
        let occupancy = if self.seat_used == 0 { Some(0.0) } else { self.occupancy().rate };
        let capacity = ratio(self.seat_used, self.seat_available);
        Ratio {
            numerator: occupancy.map(|occupancy| hours(self.seat_used) * occupancy),
            denominator: capacity.denominator,
            rate: occupancy.zip(capacity.rate).map(|(occupancy, frequency)| frequency * occupancy),
        }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, more: Self) {
        self.available += more.available;
        self.booked += more.booked;
        self.used += more.used;
        self.measured += more.measured;
        self.released += more.released;
        self.rebooked += more.rebooked;
        self.seat_released += more.seat_released;
        self.seat_rebooked += more.seat_rebooked;
        self.out_of_hours += more.out_of_hours;
        self.seat_available += more.seat_available;
        self.seat_booked += more.seat_booked;
        self.seat_used += more.seat_used;
        self.seat_out_of_hours += more.seat_out_of_hours;
        self.seat_known += more.seat_known;
        self.seat_declared += more.seat_declared;
        self.people += more.people;
    }
}

/// `people` shared over units by their seats, in parts of [`PERSON`]: the shares add up to the people exactly,
/// and none is over its seats. More people than seats are cut; without seats nobody has a share.
pub(super) fn shares(people: u32, seats: &[u32]) -> Vec<i64> {
    let all: i64 = seats.iter().copied().map(i64::from).sum();
    let parts = i128::from(i64::from(people).min(all)) * i128::from(PERSON);
    let mut seated = 0;
    let mut given = 0;
    let share = |seats: &u32| {
        seated += i64::from(*seats);
        // At most `seats` people: fits by far.
        let upto = if all == 0 { 0 } else { (parts * i128::from(seated) / i128::from(all)) as i64 };
        upto - std::mem::replace(&mut given, upto)
    };
    seats.iter().map(share).collect()
}
