//! The waiting list of a venue, for its staff: who waits for what, in the order in which it is offered.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{EntryView, views};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked, Page},
        reservations::view::OrganiserView,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{UserId, VenueId, WaitingId},
        seen::Seen,
        waiting::WaitingState,
    },
    store::{people, places, waiting},
};

/// An entry as the venue's staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = VenueWaitingEntry)]
pub struct VenueEntryView {
    pub person: OrganiserView,
    pub entry: EntryView,
}

/// Who waits for the venue's spaces now, or is being offered one, the longest first.
///
/// # Errors
/// `not_found`, `forbidden` unless staff, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, venue: VenueId, asked: &Asked) -> Result<Page<VenueEntryView>, Error> {
    let limit = asked.limit()?;
    let name = format!("waiting list of {venue}");
    let after = asked.after::<WaitingId>(app, &name)?;
    let place = app.db.read(|tx| places::place(tx, venue)?.ok_or(Error::NOT_FOUND))?;
    access::may(actor, Action::SeeBehindTheDesk(place))?;
    app.db.read(|tx| {
        let found = waiting::of_venue(tx, venue, after, limit as i64 + 1)?;
        let who: HashMap<WaitingId, UserId> = found.iter().map(|entry| (entry.id, entry.person)).collect();
        let mut people: Vec<UserId> = who.values().copied().collect();
        people.sort_unstable();
        people.dedup();
        let contacts = people::contacts(tx, &people)?;
        app.views.note(app, actor, Seen::Waiting, Some(venue), people);
        let entries = views(tx, app, &found)?;
        let page = page::page(app, &name, entries, limit, |entry: &EntryView| entry.id)?;
        // What is taken or over waits only for the job to notice.
        let live = |entry: &EntryView| matches!(entry.state, WaitingState::Waiting | WaitingState::Offered);
        let items = page.items.into_iter().filter(live).filter_map(|entry| {
            let contact = contacts.iter().find(|contact| Some(&contact.id) == who.get(&entry.id))?;
            let (name, email) = (contact.name.clone(), Some(contact.email.clone()));
            Some(VenueEntryView { person: OrganiserView { id: contact.id, name, email }, entry })
        });
        Ok(Page { items: items.collect(), next: page.next })
    })
}
