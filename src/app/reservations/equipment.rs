//! Equipment asked for together with a space: as it is sent, resolved against its pools, and what it makes a writer lock.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::request::Request;
use crate::{
    app::{
        App,
        error::{Error, FieldError},
    },
    domain::{
        decision::Pool,
        equipment::{Equipment, MOST_POOLS},
        ids::{SpaceId, UnitGroupId, UnitId},
        places::Configuration,
        record::Reservation,
        space::{Buffers, Space, SpaceKind},
    },
    store::{
        db::{ReadTx, WriteTx},
        error::StoreError,
        locks,
    },
};

/// The most of one pool; more is a mistake.
const MOST: u32 = 100_000;

/// Some of a pool of equipment of the venue, booked together with the space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEquipment {
    /// A space of kind `equipment`.
    pub space_id: SpaceId,
    #[schema(minimum = 1, maximum = 100_000)]
    pub quantity: u32,
}

/// What a reservation has of a pool of equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Equipment)]
pub struct EquipmentView {
    pub space_id: SpaceId,
    /// The pool's name, as it was when this was reserved.
    #[schema(example = "Projectors")]
    pub name: String,
    pub quantity: u32,
}

impl EquipmentView {
    pub(crate) fn all(equipment: &[Equipment]) -> Vec<Self> {
        let view = |some: &Equipment| Self {
            space_id: some.space,
            name: some.name.clone(),
            quantity: some.quantity,
        };
        equipment.iter().map(view).collect()
    }
}

/// What is asked of one pool.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub configuration: Arc<Configuration>,
    pub quantity: u32,
    /// The pool's; of what a reservation has already, as they were when it was taken.
    pub buffers: Buffers,
}

impl Wanted {
    pub fn space(&self) -> SpaceId {
        self.configuration.space.id
    }

    pub fn pool(&self) -> Pool {
        Pool { space: self.space(), name: self.configuration.space.name.clone() }
    }

    /// What a reservation has that gets these units of it.
    pub fn in_units(&self, units: Vec<UnitId>) -> Equipment {
        let Pool { space, name } = self.pool();
        let Buffers { setup_minutes, teardown_minutes } = self.buffers;
        Equipment { space, name, quantity: self.quantity, setup_minutes, teardown_minutes, units }
    }
}

impl Request {
    /// With the equipment asked for; where a change says nothing of it, with what the reservation has.
    ///
    /// # Errors
    /// `invalid` for what is no equipment of the venue, is named twice, or can't be had together.
    pub fn equipped(
        mut self,
        tx: &mut ReadTx,
        app: &App,
        asked: Option<&[NewEquipment]>,
        own: &[Equipment],
    ) -> Result<Self, Error> {
        self.names_equipment = asked.is_some();
        self.equipment.clear();
        let of_own = |some: &Equipment| NewEquipment { space_id: some.space, quantity: some.quantity };
        let entries: Vec<NewEquipment> =
            asked.map_or_else(|| own.iter().map(of_own).collect(), <[NewEquipment]>::to_vec);
        if asked.is_some() && entries.len() > MOST_POOLS {
            return Err(Error::field("/equipment", "list_too_long"));
        }
        let mut faults = Vec::new();
        for (place, entry) in entries.into_iter().enumerate() {
            let found = app.configurations.get(tx, entry.space_id)?;
            let known = own.iter().find(|some| some.space == entry.space_id);
            match found.ok_or(("space_id", "unknown")).and_then(|pool| self.wanted(pool, entry, known)) {
                Ok(wanted) => self.equipment.push(wanted),
                Err((member, code)) if self.names_equipment => {
                    faults.push(FieldError::new(format!("/equipment/{place}/{member}"), code));
                }
                // What it has can't go along.
                Err((_, code)) => {
                    faults.push(FieldError::new("/equipment", code));
                }
            }
        }
        if faults.is_empty() { Ok(self) } else { Err(Error::Fields(faults)) }
    }

    /// What a reservation has stays what it is, whatever has become of its pool.
    fn wanted(
        &self,
        configuration: Arc<Configuration>,
        entry: NewEquipment,
        known: Option<&Equipment>,
    ) -> Result<Wanted, (&'static str, &'static str)> {
        let space = &configuration.space;
        if let Some(fault) =
            self.fault(space, entry.quantity).filter(|_| self.names_equipment || self.elsewhere)
        {
            return Err(fault);
        }
        let buffers = known.map_or_else(|| space.buffers(None), Equipment::buffers);
        Ok(Wanted { quantity: entry.quantity, buffers, configuration })
    }

    /// Why so many of the space can't be asked for: the member, and the code.
    fn fault(&self, space: &Space, quantity: u32) -> Option<(&'static str, &'static str)> {
        let units = space.unit_ids();
        let shares = |other: &Configuration| other.space.unit_ids().iter().any(|unit| units.contains(unit));
        if space.place.venue != self.configuration.venue.id {
            Some(("space_id", "of_another_venue"))
        } else if self.equipment.iter().any(|earlier| earlier.space() == space.id) {
            Some(("space_id", "repeated"))
        } else if space.kind != SpaceKind::Equipment {
            Some(("space_id", "not_equipment"))
        } else if shares(&self.configuration) || self.equipment.iter().any(|one| shares(&one.configuration)) {
            Some(("space_id", "shares_units"))
        } else {
            (!(1..=MOST).contains(&quantity)).then_some(("quantity", "out_of_range"))
        }
    }

    /// What is asked of a pool, as if it were asked for by itself.
    pub fn of_pool(&self, wanted: &Wanted) -> Self {
        Self {
            configuration: wanted.configuration.clone(),
            quantity: wanted.quantity,
            units: None,
            layout: None,
            buffers: wanted.buffers,
            extras: Vec::new(),
            equipment: Vec::new(),
            // The space has its say on how many may be held at once.
            hold: false,
            ..self.clone()
        }
    }

    /// Whether it asks for other equipment than the reservation has.
    pub fn differs_in_equipment(&self, own: &[Equipment]) -> bool {
        let mut wanted: Vec<_> = self.equipment.iter().map(|some| (some.space(), some.quantity)).collect();
        let mut has: Vec<_> = own.iter().map(|some| (some.space, some.quantity)).collect();
        wanted.sort_unstable();
        has.sort_unstable();
        wanted != has
    }

    /// Where the request names a pool.
    pub fn pointer_to(&self, pool: SpaceId) -> String {
        match self.equipment.iter().position(|wanted| wanted.space() == pool) {
            Some(place) if self.names_equipment => format!("/equipment/{place}/space_id"),
            _ => "/equipment".to_owned(),
        }
    }

    /// The lock rows of the space and of all pools asked of.
    pub fn groups(&self) -> Vec<UnitGroupId> {
        let pools = self.equipment.iter().map(|wanted| &wanted.configuration);
        std::iter::once(&self.configuration).chain(pools).flat_map(|of| of.space.groups()).collect()
    }
}

/// Locks the units of a reservation's space and of its equipment, and of what else is asked for, in the one order.
/// Returns the spaces whose units were: [`covers`] tells whether they were enough.
///
/// # Errors
/// When the database fails.
pub(super) fn lock_units(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    others: impl IntoIterator<Item = SpaceId>,
) -> Result<Vec<SpaceId>, Error> {
    let mut spaces: Vec<SpaceId> = others.into_iter().chain([configuration.space.id]).collect();
    spaces.sort_unstable();
    spaces.dedup();
    let mut groups = Vec::new();
    for space in &spaces {
        // One that does not exist, or not here, is told where the request is read.
        let of = app.configurations.get(tx, *space)?.filter(|of| of.place() == configuration.place());
        if let Some(of) = of {
            groups.extend(of.space.groups());
        }
    }
    locks::units(tx, &groups)?;
    Ok(spaces)
}

/// Whether the locked spaces are all that the reservation has something of, now that it is locked, too.
///
/// # Errors
/// `Contended`, so that the transaction is run again, where somebody moved it or gave it other equipment meanwhile.
pub(super) fn covers(locked: &[SpaceId], reservation: &Reservation) -> Result<(), Error> {
    if reservation.spaces().all(|space| locked.contains(&space)) {
        return Ok(());
    }
    Err(StoreError::Contended.into())
}
