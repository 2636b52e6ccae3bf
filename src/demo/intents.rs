//! What the demo's plan wants counted, and what people look for in vain: spaces that the region does not have yet.

use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use super::{dice::Dice, world::World};
use crate::{
    app::{
        App, Done,
        availability::search::{self, Search, Wanted},
        demand::{self, Client},
        error::Error,
        indicators::{self, NewIndicator, TargetOfYear},
        page::Asked,
    },
    domain::{access::Actor, ids::NetworkId, space::SpaceKind, zone::DateOrTime},
};

/// An indicator with its targets of the plan's years, the first of which is the year in which the venues open.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Planned {
    pub about: NewIndicator,
    pub targets: Vec<f64>,
    /// Whether each year counts with those before it.
    #[serde(default)]
    pub cumulative: bool,
}

/// Defines the plan's indicators.
///
/// # Errors
/// What was refused.
pub(super) fn plan(
    app: &Arc<App>,
    operator: &Actor,
    network: NetworkId,
    (plan, opening): (&[Planned], NaiveDate),
) -> Result<(), Error> {
    for planned in plan {
        let years = opening.year()..;
        let targets = years.zip(&planned.targets).map(|(year, value)| TargetOfYear { year, value: *value });
        let new = NewIndicator {
            targets: targets.collect(),
            cumulative_from: planned.cumulative.then_some(opening.year()),
            ..planned.about.clone()
        };
        match indicators::create(app, operator, None, network, new)? {
            Done::Fresh(_) => {}
            Done::Replayed { .. } => {
                return Err(Error::Broken("replayed without an idempotency key".to_owned()));
            }
        }
    }
    Ok(())
}

/// What nobody has: a kind, for how many, where, and of a hundred days on how many somebody looks for it.
const WISHES: &[(SpaceKind, u32, Option<&str>, u32)] = &[
    (SpaceKind::Multifunctional, 200, None, 30),
    (SpaceKind::Studio, 15, None, 35),
    (SpaceKind::MeetingRoom, 10, Some("Tržič"), 30),
    (SpaceKind::DeskArea, 1, Some("Bled"), 45),
];
/// Of one wish on one day.
const MOST_WHO_LOOK: i64 = 3;
const HOURS: u32 = 2;

/// On a date people look for what is not there; what was found wanting is written down, as the service does it.
///
/// # Errors
/// When the database fails.
pub(super) fn look_in_vain(app: &Arc<App>, world: &World, date: NaiveDate) -> Result<(), Error> {
    for (number, (kind, people, municipality, percent)) in (0..).zip(WISHES) {
        let mut dice = Dice::of("in vain", &[i64::from(date.num_days_from_ce()), number]);
        if !dice.falls(*percent) {
            continue;
        }
        let from = date.checked_add_days(Days::new(dice.between(2, 10).unsigned_abs())).unwrap_or(date);
        let wanted = Wanted {
            network: Some(world.network.id),
            kind: Some(*kind),
            capacity_min: Some(*people),
            municipality: municipality.map(str::to_owned),
            ..Wanted::default()
        };
        let search = Search {
            from: DateOrTime::Date(from),
            to: DateOrTime::Date(from.checked_add_days(Days::new(1)).unwrap_or(from)),
            duration_minutes: Some(60 * HOURS),
            quantity: None,
            attendees: None,
            wanted,
        };
        for _ in 0..dice.between(1, MOST_WHO_LOOK) {
            let Some(member) = dice.pick(&world.people) else { continue };
            let page = search::search(app, &member.actor, &search, &Asked::default(), "")?;
            demand::searched(app, Client::of(&member.actor, None), &search, &page);
        }
    }
    demand::write_down(app).map(drop)
}
