//! Trying a block, or one for each occurrence of a rule: when they would be, and whom they would meet.

use serde::Serialize;
use utoipa::ToSchema;

use super::{NewBlock, affected, desk, intervals, meeting};
use crate::{
    app::{
        App,
        error::Error,
        reservations::view::{ReservationView, views},
    },
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
        instant::Interval,
    },
    store::reservations,
};

/// What a block, or a rule of blocks, would come to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BlockPreview {
    /// When the space would be blocked, the first first.
    pub times: Vec<BlockTime>,
    /// Reservations ahead that lie within, wholly or partly, or whose requested change does.
    pub affected: Vec<ReservationView>,
}

/// A time that would be blocked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BlockTime {
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
}

/// Nothing is written.
///
/// # Errors
/// `not_found`, `forbidden`, `invalid`.
pub fn preview(app: &App, actor: &Actor, space: SpaceId, new: &NewBlock) -> Result<BlockPreview, Error> {
    let place = desk(app, actor, space)?;
    access::may(actor, Action::ManageVenue(place))?;
    app.db.read(|tx| {
        let configuration = app.configurations.get(tx, space)?.ok_or(Error::NOT_FOUND)?;
        let (zone, now) = (configuration.zone(), app.now());
        let intervals = intervals(new, zone)?;
        let met = affected(&meeting(tx, &configuration, &intervals, now)?, now).all();
        let mut met = reservations::find_all(tx, &met)?;
        met.sort_by_key(|one| (one.interval.start(), one.id));
        let time = |interval: &Interval| BlockTime {
            starts_at: zone.show(interval.start()),
            ends_at: zone.show(interval.end()),
        };
        Ok(BlockPreview {
            times: intervals.iter().map(time).collect(),
            affected: views(tx, app, &met, actor)?,
        })
    })
}
