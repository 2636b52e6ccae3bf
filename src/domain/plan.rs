//! A space's floor plan (docs/adr/0030): rectangles on a grid of whole centimetres, from which clients draw. Never a picture
//! from outside. A plan tells where things lie, never what can be booked.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{codes::codes, hours::FieldFault, ids::UnitId, text::Line};

/// The longest side of a plan, centimetres: a hundred metres.
pub const LONGEST_SIDE: u32 = 10_000;
/// The shortest side of what stands in it, centimetres.
pub const SHORTEST_SIDE: u32 = 5;
/// As many units as a space can have.
pub const MOST_UNITS: usize = 500;
pub const MOST_FIXTURES: usize = 200;
/// Clockwise turns that a thing can have, degrees.
pub const TURNS: [u32; 4] = [0, 90, 180, 270];

codes! {
    /// What else is there, to find one's way by.
    pub enum FixtureKind {
        Wall = "wall",
        Door = "door",
        Window = "window",
        /// A table, a shelf, a kitchen, a plant: its text says what.
        Furniture = "furniture",
    }
}

codes! {
    /// Why something of a plan is refused.
    pub enum PlanFault {
        /// A side is longer or shorter than anybody can mean, or a turn is not a quarter.
        OutOfRange = "out_of_range",
        /// It does not lie within the plan.
        OutsideThePlan = "outside_the_plan",
        /// The unit is there already.
        Repeated = "repeated",
        /// There is more than anybody can mean.
        ListTooLong = "list_too_long",
    }
}

/// What lies where, centimetres from the upper left corner. 0 by 0 where nothing is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub width: u32,
    pub height: u32,
    #[serde(default)]
    pub units: Vec<UnitPlace>,
    #[serde(default)]
    pub fixtures: Vec<Fixture>,
}

/// Where a unit stands. Sides are those that it has on the plan, as it is turned; `rotation` says where its front is:
/// at the lower side, and by a quarter clockwise for each 90 degrees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitPlace {
    pub unit_id: UnitId,
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    #[serde(default)]
    pub rotation: u32,
}

/// Something that nobody can reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fixture {
    pub kind: FixtureKind,
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
    #[serde(default)]
    pub rotation: u32,
    #[serde(default)]
    pub text: Option<Line<40>>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.fixtures.is_empty()
    }

    /// All faults, none when the plan may be stored. Pointers are into the plan (RFC 6901).
    pub fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut add = |pointer: String, fault: PlanFault| {
            faults.push(FieldFault { pointer, code: fault.as_str() });
        };
        for (list, length, most) in
            [("/units", self.units.len(), MOST_UNITS), ("/fixtures", self.fixtures.len(), MOST_FIXTURES)]
        {
            if length > most {
                add(list.to_owned(), PlanFault::ListTooLong);
            }
        }
        for (side, length) in [("/width", self.width), ("/height", self.height)] {
            if length > LONGEST_SIDE {
                add(side.to_owned(), PlanFault::OutOfRange);
            }
        }
        let units = self.units.iter().map(|one| (one.x, one.y, one.width, one.height, one.rotation));
        let fixtures = self.fixtures.iter().map(|one| (one.x, one.y, one.width, one.height, one.rotation));
        let named = |list: &'static str| (0..).map(move |place: usize| format!("/{list}/{place}"));
        for (place, rectangle) in named("units").zip(units).chain(named("fixtures").zip(fixtures)) {
            self.check(&place, rectangle, &mut add);
        }
        let mut seen = HashSet::new();
        for (place, one) in self.units.iter().enumerate() {
            if !seen.insert(one.unit_id) {
                add(format!("/units/{place}/unit_id"), PlanFault::Repeated);
            }
        }
        faults
    }

    fn check(
        &self,
        place: &str,
        (x, y, width, height, rotation): (u32, u32, u32, u32, u32),
        add: &mut impl FnMut(String, PlanFault),
    ) {
        for (side, from, length, all) in [("width", x, width, self.width), ("height", y, height, self.height)]
        {
            if !(SHORTEST_SIDE..=LONGEST_SIDE).contains(&length) {
                add(format!("{place}/{side}"), PlanFault::OutOfRange);
            } else if from.checked_add(length).is_none_or(|end| end > all) {
                let axis = if side == "width" { "x" } else { "y" };
                add(format!("{place}/{axis}"), PlanFault::OutsideThePlan);
            }
        }
        if !TURNS.contains(&rotation) {
            add(format!("{place}/rotation"), PlanFault::OutOfRange);
        }
    }

    /// Where its units are that are not among `units`, as pointers.
    pub fn foreign(&self, units: &[UnitId]) -> Vec<String> {
        let known: HashSet<&UnitId> = units.iter().collect();
        let foreign = self.units.iter().enumerate().filter(|(_, one)| !known.contains(&one.unit_id));
        foreign.map(|(place, _)| format!("/units/{place}/unit_id")).collect()
    }

    /// The same without units that are not among `units`: a unit that left its space is on no plan of it.
    pub fn of_units(mut self, units: &[UnitId]) -> Self {
        self.units.retain(|one| units.contains(&one.unit_id));
        self
    }

    /// The plan of a copy, whose units stand for the original's one by one.
    pub fn copied(mut self, from: &[UnitId], to: &[UnitId]) -> Self {
        let twin = |unit: UnitId| from.iter().position(|one| *one == unit).and_then(|at| to.get(at)).copied();
        self.units.retain_mut(|one| twin(one.unit_id).inspect(|twin| one.unit_id = *twin).is_some());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(n: u128) -> UnitId {
        UnitId::from_uuid(uuid::Uuid::from_u128(n))
    }

    fn desk(n: u128, x: u32, y: u32) -> UnitPlace {
        UnitPlace { unit_id: unit(n), x, y, width: 140, height: 70, rotation: 0 }
    }

    fn plan(units: Vec<UnitPlace>) -> Plan {
        Plan { width: 600, height: 400, units, fixtures: Vec::new() }
    }

    #[test]
    fn what_can_be_drawn_may_be_stored_and_nothing_else() {
        let wall =
            Fixture { kind: FixtureKind::Wall, x: 0, y: 0, width: 600, height: 10, rotation: 0, text: None };
        let with = |fixture: Fixture| Plan { fixtures: vec![fixture], ..plan(vec![]) };
        for (plan, wanted) in [
            (Plan::default(), ""),
            (plan(vec![desk(1, 0, 0), desk(2, 460, 330)]), ""),
            // People push desks together, and wider than they are.
            (plan(vec![desk(1, 0, 0), desk(2, 50, 20)]), ""),
            (with(wall.clone()), ""),
            (plan(vec![desk(1, 461, 330)]), "/units/0/x outside_the_plan"),
            (plan(vec![desk(1, 0, 0), desk(2, 0, 331)]), "/units/1/y outside_the_plan"),
            (plan(vec![desk(1, u32::MAX, 0)]), "/units/0/x outside_the_plan"),
            (plan(vec![desk(1, 0, 0), desk(1, 200, 0)]), "/units/1/unit_id repeated"),
            (plan(vec![UnitPlace { width: 0, ..desk(1, 0, 0) }]), "/units/0/width out_of_range"),
            (plan(vec![UnitPlace { height: 20_000, ..desk(1, 0, 0) }]), "/units/0/height out_of_range"),
            (plan(vec![UnitPlace { rotation: 45, ..desk(1, 0, 0) }]), "/units/0/rotation out_of_range"),
            (with(Fixture { y: 395, ..wall }), "/fixtures/0/y outside_the_plan"),
            (Plan { width: 10_001, ..plan(vec![]) }, "/width out_of_range"),
            (Plan { width: 0, ..plan(vec![desk(1, 0, 0)]) }, "/units/0/x outside_the_plan"),
            (plan((0..501).map(|n| desk(n, 0, 0)).collect()), "/units list_too_long"),
        ] {
            let faults: Vec<String> =
                plan.faults().iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect();
            assert_eq!(faults.join(", "), wanted, "{plan:?}");
        }
    }

    #[test]
    fn units_that_left_are_on_no_plan_and_copies_have_their_own() {
        let drawn = plan(vec![desk(1, 0, 0), desk(2, 200, 0), desk(3, 400, 0)]);
        assert_eq!(drawn.foreign(&[unit(1), unit(3)]), ["/units/1/unit_id"]);
        let left = drawn.clone().of_units(&[unit(3), unit(1), unit(4)]);
        assert_eq!(left.units, [desk(1, 0, 0), desk(3, 400, 0)]);
        let copy = drawn.copied(&[unit(3), unit(1)], &[unit(7), unit(8)]);
        assert_eq!(copy.units, [desk(8, 0, 0), desk(7, 400, 0)]);
    }
}
