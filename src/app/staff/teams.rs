//! Staff of a venue and those who decide besides them, coordinators of a network, accepted members of either: listing,
//! adding, removing.
//! Staff and coordinators are never left empty.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

pub use crate::store::staff::Team;
use crate::{
    app::{
        App, Done,
        error::{Code, Error, Why},
        notify,
        page::{self, Asked, Page},
        shown,
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{NetworkId, UserId},
        instant::Instant,
        seen::Seen,
    },
    mail::{
        notice::Notice,
        standing::{Part, Standing},
    },
    store::{
        audit,
        db::{ReadTx, WriteTx},
        idempotency::Claim,
        locks,
        people::Contact,
        places,
        staff::{self, Entry},
        users,
    },
};

/// A member of staff, a coordinator or an accepted member.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StaffEntry)]
pub struct EntryView {
    pub user_id: UserId,
    pub name: String,
    pub email: String,
    #[schema(format = DateTime)]
    pub since: String,
}

impl From<Entry> for EntryView {
    fn from(entry: Entry) -> Self {
        Self { user_id: entry.user, name: entry.name, email: entry.email, since: shown(entry.since) }
    }
}

/// Where a team stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seat {
    Venue(Place),
    Network(NetworkId),
}

impl Seat {
    pub(super) fn of(tx: &mut ReadTx, team: Team) -> Result<Self, Error> {
        match team {
            Team::Staff(venue) | Team::VenueMembers(venue) | Team::Delegates(venue) => {
                places::place(tx, venue)?.map(Self::Venue)
            }
            Team::Coordinators(network) | Team::NetworkMembers(network) => {
                places::network(tx, network)?.map(|_| Self::Network(network))
            }
        }
        .ok_or(Error::NOT_FOUND)
    }

    pub(super) fn action(self, team: Team) -> Action {
        match (self, team.may_be_empty()) {
            (Self::Venue(place), false) => Action::ManageStaff(place),
            (Self::Network(network), false) => Action::ManageCoordinators(network),
            (Self::Venue(place), true) => Action::ManageVenueMembers(place),
            (Self::Network(network), true) => Action::ManageNetworkMembers(network),
        }
    }

    /// A membership is the person's, whose row the caller has locked; who may never be the last is counted under
    /// the lock of the place.
    pub(super) fn lock(self, tx: &mut WriteTx, team: Team) -> Result<(), Error> {
        if team.may_be_empty() { Ok(()) } else { self.lock_place(tx) }
    }

    /// Invitations are counted, withdrawn and accepted one at a time.
    pub(super) fn lock_place(self, tx: &mut WriteTx) -> Result<(), Error> {
        match self {
            Self::Venue(place) => locks::edit_venue(tx, place)?,
            Self::Network(network) => locks::edit_network(tx, network)?,
        }
        Ok(())
    }

    /// The entry of a change to the team, about `user`.
    fn entry(
        self,
        app: &App,
        now: Instant,
        by: Option<UserId>,
        (team, added): (Team, bool),
        user: UserId,
    ) -> audit::Entry {
        let action = match (team, added) {
            (Team::Staff(_), true) => "staff.added",
            (Team::Staff(_), false) => "staff.removed",
            (Team::Coordinators(_), true) => "coordinator.added",
            (Team::Coordinators(_), false) => "coordinator.removed",
            (Team::Delegates(_), true) => "delegate.added",
            (Team::Delegates(_), false) => "delegate.removed",
            (Team::VenueMembers(_) | Team::NetworkMembers(_), true) => "member.accepted",
            (Team::VenueMembers(_) | Team::NetworkMembers(_), false) => "member.removed",
        };
        self.placed(audit::Entry::new(app.id(), now, by, action, user))
    }

    fn name(self, tx: &mut ReadTx) -> Result<String, Error> {
        Ok(match self {
            Self::Venue(place) => places::venue(tx, place.venue)?.ok_or(Error::NOT_FOUND)?.name,
            Self::Network(network) => places::network(tx, network)?.ok_or(Error::NOT_FOUND)?.name,
        })
    }

    pub(super) fn placed(self, entry: audit::Entry) -> audit::Entry {
        match self {
            Self::Venue(place) => entry.within(place),
            Self::Network(network) => entry.of_network(network),
        }
    }
}

/// The team's seat, if the actor may name its members.
pub(super) fn managed(app: &App, actor: &Actor, team: Team) -> Result<Seat, Error> {
    let seat = app.db.read(|tx| Seat::of(tx, team))?;
    access::may(actor, seat.action(team))?;
    Ok(seat)
}

/// # Errors
/// `not_found`, `forbidden`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, team: Team, asked: &Asked) -> Result<Page<EntryView>, Error> {
    managed(app, actor, team)?;
    let (limit, of) = (asked.limit()?, format!("{team:?}"));
    let after = asked.after::<UserId>(app, &of)?;
    let found = app.db.read(|tx| staff::list(tx, team, after, limit as i64 + 1))?;
    note(app, actor, team, found.iter().map(|entry| entry.user));
    let views = found.into_iter().map(EntryView::from).collect();
    page::page(app, &of, views, limit, |view: &EntryView| view.user_id)
}

/// # Errors
/// `not_found`, `forbidden`.
pub fn show(app: &App, actor: &Actor, team: Team, user: UserId) -> Result<EntryView, Error> {
    managed(app, actor, team)?;
    let found = app.db.read(|tx| staff::find(tx, team, user)?.ok_or(Error::NOT_FOUND))?;
    note(app, actor, team, [user]);
    Ok(found.into())
}

/// The members of a house are its customers; who works with one is no secret among colleagues.
fn note(app: &App, actor: &Actor, team: Team, people: impl IntoIterator<Item = UserId>) {
    match team {
        Team::VenueMembers(venue) => app.views.note(app, actor, Seen::Members, Some(venue), people),
        Team::NetworkMembers(_) => app.views.note(app, actor, Seen::Members, None, people),
        Team::Staff(_) | Team::Coordinators(_) | Team::Delegates(_) => {}
    }
}

/// Adds a person whose address is proved; one who is there already stays.
///
/// # Errors
/// `not_found`, `forbidden`, `state_conflict` while the person's address is not proved.
pub fn put(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    team: Team,
    user: UserId,
) -> Result<Done<EntryView>, Error> {
    let seat = managed(app, actor, team)?;
    let by = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("add to a team", claim, move |tx| {
        locks::claimant(tx, user, None)?;
        seat.lock(tx, team)?;
        let account = users::find(tx, user)?.ok_or(Error::NOT_FOUND)?;
        if account.verified_at.is_none() {
            return Err(Error::conflict(Why::PersonUnverified));
        }
        let there = staff::find(tx, team, user)?.is_some();
        let entry = join(tx, &app_, team, seat, user, by)?;
        if !there && by != Some(user) {
            tell(tx, &app_, (team, seat), &account.contact(), true)?;
        }
        Ok(entry)
    })
}

/// Adds a person, whose row and whose team's seat the caller has locked.
pub(super) fn join(
    tx: &mut WriteTx,
    app: &App,
    team: Team,
    seat: Seat,
    user: UserId,
    by: Option<UserId>,
) -> Result<EntryView, Error> {
    if staff::find(tx, team, user)?.is_none() {
        let now = app.now();
        staff::add(tx, team, user, now)?;
        users::touch(tx, user)?;
        audit::append(tx, &seat.entry(app, now, by, (team, true), user))?;
    }
    staff::find(tx, team, user)?.map(EntryView::from).ok_or(Error::NOT_FOUND)
}

/// # Errors
/// `not_found`, `forbidden`, `last_one` when no staff or no coordinator would remain.
pub fn remove(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    team: Team,
    user: UserId,
) -> Result<Done<()>, Error> {
    let seat = managed(app, actor, team)?;
    let by = actor.person().map(|person| person.id);
    let app_ = app.clone();
    app.command("remove from a team", claim, move |tx| {
        locks::claimant(tx, user, None)?;
        seat.lock(tx, team)?;
        staff::find(tx, team, user)?.ok_or(Error::NOT_FOUND)?;
        if !team.may_be_empty() && staff::count(tx, team)? == 1 {
            return Err(Code::LastOne.into());
        }
        staff::remove(tx, team, user)?;
        users::touch(tx, user)?;
        audit::append(tx, &seat.entry(&app_, app_.now(), by, (team, false), user))?;
        let account = users::find(tx, user)?.filter(|_| by != Some(user));
        account.map_or(Ok(()), |account| tell(tx, &app_, (team, seat), &account.contact(), false))
    })
}

/// Who was given a part without their asking, or lost it, hears of it.
fn tell(
    tx: &mut WriteTx,
    app: &App,
    (team, seat): (Team, Seat),
    person: &Contact,
    given: bool,
) -> Result<(), Error> {
    let place = seat.name(tx)?;
    let link = format!("{}/sign-in", app.public_url);
    let part = match team {
        Team::Staff(_) => Part::Manager,
        Team::Delegates(_) => Part::Delegate,
        Team::Coordinators(_) => Part::Coordinator,
        Team::VenueMembers(_) | Team::NetworkMembers(_) => Part::Member,
    };
    let standing = match given {
        true => Standing::Given { place, part, link },
        false => Standing::Taken { place, part, link },
    };
    notify::tell(tx, app, person, &Notice::Standing(standing))
}
