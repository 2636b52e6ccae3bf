//! Reading series: one's own and one's organisations', and the venue's for its staff.

use super::view::SeriesView;
use crate::{
    app::{
        App,
        error::{Code, Error},
        guests::{self, Organisers, Whose},
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{SeriesId, SpaceId, VenueId},
        seen::Seen,
        series::Series,
    },
    store::{
        db::ReadTx,
        people,
        series::{self as table, Wanted},
    },
};

/// What a list asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub venue: Option<VenueId>,
    pub space: Option<SpaceId>,
    pub mine: bool,
}

/// # Errors
/// `unauthenticated`, `invalid` for limits and cursors.
pub fn list(app: &App, actor: &Actor, filter: Filter, asked: &Asked) -> Result<Page<SeriesView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let person = actor.person().ok_or(Code::Unauthenticated)?;
    let limit = asked.limit()?;
    let name = format!("series?{filter:?}");
    let after = asked.after::<SeriesId>(app, &name)?;
    let others = !filter.mine;
    let wanted = Wanted {
        // What staff reserved for an address belongs to whoever proves that it is theirs.
        user: person.verified.then_some(person.id),
        organisations: person.organisations.iter().filter(|_| others).map(|(id, _)| *id).collect(),
        venues: person.staff_of.iter().filter(|_| others).copied().collect(),
        venue: filter.venue,
        space: filter.space,
    };
    app.db.read(|tx| {
        let found = table::list(tx, &wanted, after, limit as i64 + 1)?;
        let whose: Vec<Whose> = found.iter().map(Whose::from).collect();
        let organisers = Organisers::load(tx, &whose, actor)?;
        note(app, actor, &found);
        let views = found.iter().map(|series| {
            let organiser = organisers.of(series.into(), actor);
            SeriesView::new(series, organiser.as_ref(), actor)
        });
        page::page(app, &name, views.collect(), limit, |view: &SeriesView| view.id)
    })
}

/// # Errors
/// `not_found` when it is not the actor's to see.
pub fn show(app: &App, actor: &Actor, id: SeriesId) -> Result<SeriesView, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.db.read(|tx| {
        let series = table::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        access::may(actor, Action::SeeReservation(series.claimed()))?;
        note(app, actor, std::slice::from_ref(&series));
        shown(tx, actor, id)
    })
}

/// Who decides for a venue was shown who organises these.
fn note(app: &App, actor: &Actor, all: &[Series]) {
    let Some(person) = actor.person() else { return };
    for one in all.iter().filter(|one| person.decides_for(one.place.venue)) {
        app.views.note(app, actor, Seen::Series, Some(one.place.venue), [one.organiser]);
    }
}

/// The series, if the actor may know of it.
///
/// # Errors
/// `unauthenticated`, `not_found`.
pub(super) fn visible(app: &App, actor: &Actor, id: SeriesId) -> Result<Series, Error> {
    access::may(actor, Action::OwnAccount)?;
    let found = app.db.look(|tx| table::find(tx, id).map_err(Error::from))?;
    let series = found.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::SeeReservation(series.claimed()))?;
    Ok(series)
}

/// As it stands in this transaction.
///
/// # Errors
/// `not_found`; when the database fails.
pub(super) fn shown(tx: &mut ReadTx, actor: &Actor, id: SeriesId) -> Result<SeriesView, Error> {
    let series = table::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let members = table::members(tx, id)?;
    let organiser = people::contact(tx, series.organiser)?;
    let organiser = guests::as_known(tx, (&series).into(), organiser, actor)?;
    Ok(SeriesView::new(&series, organiser.as_ref(), actor).with(&members, series.zone))
}
