//! The first day: the operator makes the network, its venues and its people; managers furnish their venues.
//! Everything goes through the functions that the API calls.

use std::{collections::HashMap, sync::Arc};

use chrono::{Days, NaiveDate};

use super::{
    data::{Centre, Human, Region, Room},
    intents, weekly,
};
use crate::{
    app::{
        App, Done,
        accounts::{GivenPassword, setup::register_verified},
        error::Error,
        organisations::{self, confirm::Confirmation, joining::AskToJoin},
        places::{hours, networks, plans, policies, spaces, tariffs, venues},
        seeding,
        staff::teams::{self, Team},
        version::Expected,
    },
    domain::{
        access::Actor,
        ids::{NetworkId, OrganisationId, SpaceId, UserId, VenueId},
        person::EmailAddress,
        policy::Policy,
        text::{Line, Prose},
    },
};

/// Opens everybody's account who signs in by password. Public on purpose: the demo holds nothing of anybody.
pub const PASSWORD: &str = "senca-lipe-nad-vodnjakom";

/// Makes everything that stands still, and the managers' series; the venues open on `opening`. Tells how many reservations
/// those are.
///
/// # Errors
/// What an application function refused.
pub(super) fn set_up(
    app: &Arc<App>,
    region: &Region,
    opening: NaiveDate,
) -> Result<(NetworkId, usize), Error> {
    register(app, &region.administrator, true)?;
    let operator = acting(app, &region.administrator, &[])?;
    let network = fresh(networks::create(app, &operator, None, &region.network, true)?)?.id;
    put_policy(app, &operator, policies::Of::Network(network), &region.policy)?;
    let coordinator = register(app, &region.coordinator, false)?;
    teams::put(app, &operator, None, Team::Coordinators(network), coordinator)?;
    let venues = region.venues.iter().map(|centre| set_up_venue(app, &operator, network, centre, opening));
    let venues = venues.collect::<Result<Vec<_>, _>>()?;
    let repeated = venues.iter().map(|(_, repeated)| repeated).sum();
    for person in &region.people {
        register(app, person, false)?;
    }
    for ((venue, _), centre) in venues.into_iter().zip(&region.venues) {
        accept_members(app, &operator, venue, centre)?;
    }
    set_up_organisations(app, &operator, region)?;
    intents::plan(app, &operator, network, (&region.indicators, opening))?;
    Ok((network, repeated))
}

fn register(app: &Arc<App>, person: &Human, is_administrator: bool) -> Result<UserId, Error> {
    let password = person.signs_in.then(|| GivenPassword::from(PASSWORD.to_owned()));
    let Human { email, name, locale, .. } = person;
    register_verified(app, email, name, *locale, password.as_ref(), is_administrator)
}

fn acting(app: &App, person: &Human, venues: &[VenueId]) -> Result<Actor, Error> {
    let actor = seeding::actor(app, &person.email, venues)?;
    actor.ok_or_else(|| Error::Broken(format!("{} was just registered", person.email)))
}

/// What was just done; nothing here is done under an idempotency key.
fn fresh<T>(done: Done<T>) -> Result<T, Error> {
    match done {
        Done::Fresh(view) => Ok(view),
        Done::Replayed { .. } => Err(Error::Broken("replayed without an idempotency key".to_owned())),
    }
}

fn put_policy(app: &Arc<App>, actor: &Actor, of: policies::Of, policy: &Policy) -> Result<(), Error> {
    policies::put(app, actor, None, of, Expected::Any, policy.clone()).map(drop)
}

fn set_up_venue(
    app: &Arc<App>,
    operator: &Actor,
    network: NetworkId,
    centre: &Centre,
    opening: NaiveDate,
) -> Result<(VenueId, usize), Error> {
    let new = venues::NewVenue {
        network_id: network,
        name: centre.name.clone(),
        slug: centre.slug.clone(),
        address: centre.address.clone(),
        time_zone: None,
        contact_email: centre.contact_email.clone(),
        phone: Some(centre.phone.clone()),
        access_instructions: Some(centre.access_instructions.clone()),
    };
    let venue = fresh(venues::create(app, operator, None, new)?)?.id;
    let manager = register(app, &centre.manager, false)?;
    teams::put(app, operator, None, Team::Staff(venue), manager)?;
    let manager = acting(app, &centre.manager, &[venue])?;
    let exceptions = centre.exceptions.iter().map(|each| hours::NewException {
        date: opening.checked_add_days(Days::new(each.after_days)).unwrap_or(opening),
        hours: each.hours.clone(),
        reason: Some(each.reason.clone()),
    });
    let mut opened = hours::NewHours { valid_from: Some(opening), ..centre.hours.clone() };
    opened.exceptions = exceptions.collect();
    hours::put(app, &manager, None, hours::Of::Venue(venue), Expected::Any, opened)?;
    put_policy(app, &manager, policies::Of::Venue(venue), &centre.policy)?;
    let (mut known, mut repeated) = (HashMap::new(), 0);
    for room in &centre.spaces {
        let id = set_up_space(app, &manager, venue, room, &known, opening)?;
        known.insert(room.key.as_str(), id);
        for closed in &room.blocks {
            weekly::close(app, &manager, id, closed, opening)?;
        }
        for series in &room.series {
            repeated += weekly::reserve(app, &manager, (id, &known), series, opening)?;
        }
    }
    Ok((venue, repeated))
}

fn set_up_space(
    app: &Arc<App>,
    manager: &Actor,
    venue: VenueId,
    room: &Room,
    known: &HashMap<&str, SpaceId>,
    opening: NaiveDate,
) -> Result<SpaceId, Error> {
    let mut new = room.new.clone();
    if !room.parts.is_empty() {
        new.parts = Some(room.parts.iter().filter_map(|key| known.get(key.as_str()).copied()).collect());
    }
    if let Some(units) = &room.units {
        let label = |number| Line::new(&format!("{} {number}", units.label));
        let labels = (1..=units.count).map(label).collect::<Result<Vec<_>, _>>();
        let labels = labels.map_err(|error| Error::Broken(error.to_string()))?;
        new.units = Some(labels.into_iter().map(|label| spaces::NewUnit { label, seats: None }).collect());
    }
    let made = fresh(spaces::create(app, manager, None, venue, new)?)?;
    let space = made.id;
    if let Some(own) = &room.hours {
        let own = hours::NewHours { valid_from: Some(opening), ..own.clone() };
        hours::put(app, manager, None, hours::Of::Space(space), Expected::Any, own)?;
    }
    if let Some(policy) = &room.policy {
        put_policy(app, manager, policies::Of::Space(space), policy)?;
    }
    if let Some(tariff) = &room.tariff {
        tariffs::put(app, manager, None, space, Expected::Any, tariff.clone())?;
    }
    if let Some(drawing) = &room.drawing {
        let units: Vec<_> = made.units.iter().map(|unit| unit.id).collect();
        plans::put(app, manager, None, space, Expected::Any, drawing.plan(&units))?;
    }
    Ok(space)
}

/// Those whom a venue accepted, and those who decide for it, once they have accounts.
fn accept_members(app: &Arc<App>, operator: &Actor, venue: VenueId, centre: &Centre) -> Result<(), Error> {
    let teams = [(Team::VenueMembers(venue), &centre.members), (Team::Delegates(venue), &centre.delegates)];
    for (team, emails) in teams {
        for email in emails {
            let person = account_of(app, email)?;
            teams::put(app, operator, None, team, person)?;
        }
    }
    Ok(())
}

fn account_of(app: &App, email: &EmailAddress) -> Result<UserId, Error> {
    match seeding::actor(app, email, &[])? {
        Some(Actor::Person(person)) => Ok(person.id),
        _ => Err(Error::Broken(format!("{email} is nobody's address here"))),
    }
}

fn set_up_organisations(app: &Arc<App>, operator: &Actor, region: &Region) -> Result<(), Error> {
    for group in &region.organisations {
        let Some((owner, others)) = group.members.split_first() else { continue };
        let Some(founder) = seeding::actor(app, owner, &[])? else { continue };
        let organisation = fresh(organisations::create::create(app, &founder, None, &group.about)?)?.id;
        if group.creative {
            confirm(app, operator, organisation)?;
        }
        // Read anew: now an owner.
        let Some(owner) = seeding::actor(app, owner, &[])? else { continue };
        for other in others {
            if let Some(asker @ Actor::Person(_)) = seeding::actor(app, other, &[])? {
                let asked =
                    organisations::joining::ask(app, &asker, None, organisation, AskToJoin::default())?;
                organisations::joiners::answer(app, &owner, None, fresh(asked)?.id, true)?;
            }
        }
        if let Some((email, words)) = &group.asking
            && let Some(asker) = seeding::actor(app, email, &[])?
        {
            let asking = AskToJoin { message: Some(words.clone()) };
            organisations::joining::ask(app, &asker, None, organisation, asking)?;
        }
    }
    Ok(())
}

/// Confirmed, taken back and confirmed anew: a history to look at.
fn confirm(app: &Arc<App>, operator: &Actor, organisation: OrganisationId) -> Result<(), Error> {
    for (confirmed, grounds) in [
        (true, "Demo: vpisana v regijski seznam ustvarjalnih dejavnosti."),
        (false, "Demo: pomotoma vpisana še z nekdanjo dejavnostjo."),
        (true, "Demo: dejavnost je usklajena s poslovnim registrom."),
    ] {
        let grounds = Prose::new(grounds).map_err(|error| Error::Broken(error.to_string()))?;
        let said = Confirmation { confirmed, until: None, grounds: Some(grounds) };
        organisations::confirm::confirm(app, operator, None, organisation, Expected::Any, said)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::credentials::password::{Password, Use},
        demo::data,
    };

    #[test]
    fn the_password_is_one_that_the_service_takes_from_everybody() {
        let region = data::gorenjska().unwrap();
        let managers = region.venues.iter().map(|venue| &venue.manager);
        let everybody = managers.chain(&region.people).chain([&region.administrator, &region.coordinator]);
        for person in everybody {
            let about = [person.email.as_str(), person.name.as_str()];
            assert!(Password::new(&PASSWORD.into(), Use::Alone, &about).is_ok(), "{person:?}");
        }
    }
}
