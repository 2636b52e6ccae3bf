//! Who waits: in each venue one of its members waits for a slot that somebody else has.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    live::lived,
    world::{Spot, World},
};
use crate::{
    app::{
        App,
        error::Error,
        page::Asked,
        reservations::{
            list::{self, Filter},
            view::ReservationView,
        },
        waiting::join::{self, NewEntry},
    },
    domain::{
        ids::UserId,
        instant::Instant,
        reservation::{Purpose, Status},
        space::Allocation,
        text::Line,
        zone::{DateOrTime, TimeInput, Zone},
    },
};

/// So far ahead is waited, seconds: till then somebody may cancel.
const AHEAD: i64 = 2 * 86_400;
const TITLE: &str = "Čakam na prost termin";

/// Lets them join; who waits already goes on waiting.
///
/// # Errors
/// When the database fails.
pub(super) fn queue(app: &Arc<App>, world: &World) -> Result<(), Error> {
    let title: Line<200> = Line::new(TITLE).map_err(|error| Error::Broken(error.to_string()))?;
    let mut served = BTreeSet::new();
    for spot in world.spaces.iter().filter(|spot| spot.view.allocation == Allocation::Whole) {
        if served.contains(&spot.venue) {
            continue;
        }
        let Some(wanted) = taken(app, world.zone, spot)? else { continue };
        let other = |id: UserId| wanted.organiser.id != id;
        let member = world.people.iter().filter(|member| member.home == spot.venue);
        let mut member = member.filter(|member| member.actor.person().is_some_and(|person| other(person.id)));
        let (Some(member), Some((from, to))) = (member.next(), times(&wanted, world.zone)) else { continue };
        let entry = NewEntry {
            space_id: spot.id,
            from: DateOrTime::Time(TimeInput::At(from)),
            to: DateOrTime::Time(TimeInput::At(to)),
            duration_minutes: u32::try_from(to.since(from) / 60).unwrap_or(60),
            quantity: None,
            attendees: Some(1),
            title: title.clone(),
            purpose: Purpose::Rehearsal,
            organisation_id: None,
        };
        lived(join::join(app, &member.actor, None, entry))?;
        served.insert(spot.venue.clone());
    }
    Ok(())
}

/// The first reservation of the space that is so far ahead.
fn taken(app: &App, zone: Zone, spot: &Spot) -> Result<Option<ReservationView>, Error> {
    let from = app.now().plus(AHEAD);
    let filter = Filter {
        from: Some(DateOrTime::Time(TimeInput::At(from))),
        space: Some(spot.id),
        statuses: vec![Status::Confirmed],
        ..Filter::default()
    };
    let asked = Asked { limit: Some(20), cursor: None };
    let ahead = list::list(app, &spot.manager, &filter, &asked, "")?.items;
    Ok(ahead.into_iter().find(|view| times(view, zone).is_some_and(|(start, _)| start >= from)))
}

fn times(view: &ReservationView, zone: Zone) -> Option<(Instant, Instant)> {
    let at = |text: &str| zone.resolve(text.parse::<TimeInput>().ok()?).ok();
    at(&view.starts_at).zip(at(&view.ends_at))
}
