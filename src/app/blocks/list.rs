//! Reading blocks: a space's, and those of all spaces of a venue.

use super::{BlockView, desk, within};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked, Page},
        reservations::list::Range,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{BlockId, SpaceId, VenueId},
        record::Block,
        zone::DateOrTime,
    },
    store::{blocks, db::ReadTx, places},
};

/// Those that meet `[from, to)`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Within {
    pub from: Option<DateOrTime>,
    pub to: Option<DateOrTime>,
}

/// # Errors
/// `not_found`, `forbidden`, `invalid`.
pub fn list(app: &App, actor: &Actor, space: SpaceId, asked: &Asked) -> Result<Page<BlockView>, Error> {
    desk(app, actor, space)?;
    let limit = asked.limit()?;
    let name = format!("blocks of {space}");
    let after = asked.after::<BlockId>(app, &name)?;
    app.db.read(|tx| {
        app.configurations.get(tx, space)?.ok_or(Error::NOT_FOUND)?;
        let found = blocks::of_space(tx, space, after, limit as i64 + 1)?;
        let views = views(tx, app, &found)?;
        page::page(app, &name, views, limit, |view: &BlockView| view.id)
    })
}

/// # Errors
/// `not_found`, `forbidden`, `invalid` for times, limits and cursors.
pub fn of_venue(
    app: &App,
    actor: &Actor,
    venue: VenueId,
    asked_for: Within,
    asked: &Asked,
) -> Result<Page<BlockView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let limit = asked.limit()?;
    let name = format!("blocks of {venue} {asked_for:?}");
    let after = asked.after::<BlockId>(app, &name)?;
    app.db.read(|tx| {
        let venue = places::venue(tx, venue)?.ok_or(Error::NOT_FOUND)?;
        access::may(actor, Action::SeeBehindTheDesk(venue.place()))?;
        let range = Range::new(asked_for.from, asked_for.to, &[venue.zone])?;
        let found = blocks::of_venue(tx, venue.id, (range.from, range.to), after, limit as i64 + 1)?;
        let views = views(tx, app, &found)?;
        page::page(app, &name, views, limit, |view: &BlockView| view.id)
    })
}

fn views(tx: &mut ReadTx, app: &App, found: &[Block]) -> Result<Vec<BlockView>, Error> {
    let now = app.now();
    let mut views = Vec::with_capacity(found.len());
    for block in found {
        let configuration = app.configurations.get(tx, block.space)?.ok_or(Error::NOT_FOUND)?;
        let kept = within(tx, &configuration, block.interval, now)?;
        views.push(BlockView::new(block, kept, configuration.zone()));
    }
    Ok(views)
}
