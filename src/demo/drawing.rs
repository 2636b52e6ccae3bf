//! Floor plans of the demo's spaces, written shorter than the API has them.

use serde::Deserialize;

use crate::domain::{
    ids::UnitId,
    plan::{Fixture, Plan, UnitPlace},
};

/// A desk as wide and as deep as most are, centimetres.
const DESK: (u32, u32) = (140, 70);

/// A plan on which units stand in their order: first those of islands, then those placed one by one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Drawing {
    width: u32,
    height: u32,
    /// Two rows of desks that face each other: x, y, how many stand side by side.
    #[serde(default)]
    islands: Vec<[u32; 3]>,
    /// x, y, width, height, rotation.
    #[serde(default)]
    places: Vec<[u32; 5]>,
    #[serde(default)]
    fixtures: Vec<Fixture>,
}

impl Drawing {
    /// The plan of a space that has these units.
    pub fn plan(&self, units: &[UnitId]) -> Plan {
        let stand = |(&unit_id, [x, y, width, height, rotation]): (&UnitId, [u32; 5])| UnitPlace {
            unit_id,
            x,
            y,
            width,
            height,
            rotation,
        };
        let units = units.iter().zip(self.rectangles()).map(stand).collect();
        Plan { width: self.width, height: self.height, units, fixtures: self.fixtures.clone() }
    }

    fn rectangles(&self) -> impl Iterator<Item = [u32; 5]> {
        let (wide, deep) = DESK;
        let row = move |x: u32, y: u32, many: u32, rotation: u32| {
            (0..many).map(move |place| [x + place * wide, y, wide, deep, rotation])
        };
        let island = move |&[x, y, many]: &[u32; 3]| row(x, y, many, 180).chain(row(x, y + deep, many, 0));
        self.islands.iter().flat_map(island).chain(self.places.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use crate::{demo::data, domain::ids::UnitId};

    #[test]
    fn every_unit_has_its_place_within_the_plan() {
        let region = data::gorenjska().unwrap();
        let mut drawn = 0;
        for room in region.venues.iter().flat_map(|venue| &venue.spaces) {
            let Some(drawing) = &room.drawing else { continue };
            let single = room.parts.len().max(1);
            let many = room.units.as_ref().map_or(single, |units| units.count as usize);
            let ids: Vec<UnitId> =
                (0..many as u128).map(|n| UnitId::from_uuid(uuid::Uuid::from_u128(n))).collect();
            let plan = drawing.plan(&ids);
            assert_eq!((plan.units.len(), drawing.rectangles().count()), (many, many), "{}", room.key);
            assert_eq!(plan.faults(), [], "{}", room.key);
            drawn += 1;
        }
        assert_eq!(drawn, 3);
    }
}
