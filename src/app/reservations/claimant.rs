//! For whom a reservation is: loaded once per transaction, it gives the audiences whose rules hold and what
//! quotas count. Staff who book for a guest book under the guest's rules, and may go beyond them.

use crate::{
    app::error::Error,
    domain::{
        access::Place,
        decision::{Bearing, Claim, Counted},
        ids::{OrganisationId, ReservationId, UserId},
        instant::{Instant, Interval},
        places::Configuration,
        policy::{Audience, Effective, Standing},
    },
    store::{bookers, db::ReadTx},
};

/// The person and perhaps the organisation that a reservation is for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Claimant {
    /// `None` for anonymous readers and for guests without an account.
    pub person: Option<UserId>,
    pub organisation: Option<OrganisationId>,
    standing: Standing,
}

impl Claimant {
    /// As they stand at `now`.
    ///
    /// # Errors
    /// When the database fails.
    pub fn load(
        tx: &mut ReadTx,
        person: Option<UserId>,
        organisation: Option<OrganisationId>,
        now: Instant,
    ) -> Result<Self, Error> {
        let standing = person.map(|person| bookers::standing(tx, person, organisation, now)).transpose()?;
        Ok(Self { person, organisation, standing: standing.unwrap_or_default() })
    }

    /// The audiences that fit at a place, the most trusted first.
    pub fn audiences(&self, place: Place) -> Vec<Audience> {
        self.standing.audiences(place)
    }

    /// The first of them: under whose rules a reservation is made.
    pub fn audience(&self, place: Place) -> Option<Audience> {
        self.audiences(place).first().copied()
    }

    /// Whose a reservation of the space is, for quotas; `None` for staff of the venue, whose own don't count.
    pub fn bearing(&self, configuration: &Configuration) -> Option<Bearing> {
        let place = configuration.place();
        let counts = self.audience(place) != Some(Audience::Staff);
        let (person, organisation) = (self.person, self.organisation);
        counts.then_some(Bearing {
            person,
            organisation,
            place,
            space: configuration.space.id,
            besides: false,
        })
    }

    /// What they have at `now` in the periods in which quotas count `interval`, without `own`; nothing where there are none.
    ///
    /// # Errors
    /// When the database fails.
    pub fn counted(
        &self,
        tx: &mut ReadTx,
        configuration: &Configuration,
        policy: &Effective,
        interval: Interval,
        (own, now): (Option<ReservationId>, Instant),
    ) -> Result<Vec<Counted>, Error> {
        let window = policy.quota_window(configuration.zone(), interval);
        match (window, self.bearing(configuration)) {
            (Some(window), Some(_)) => self.counted_in(tx, window, own, now),
            _ => Ok(Vec::new()),
        }
    }

    /// The same within a window, wherever they are.
    ///
    /// # Errors
    /// When the database fails.
    pub fn counted_in(
        &self,
        tx: &mut ReadTx,
        window: Interval,
        own: Option<ReservationId>,
        now: Instant,
    ) -> Result<Vec<Counted>, Error> {
        let Some(person) = self.person else { return Ok(Vec::new()) };
        Ok(bookers::counted(tx, (person, self.organisation), window, own, now)?)
    }
}

/// What a decision is told for quotas.
pub(crate) fn claim(bearing: Option<Bearing>, others: &[Counted]) -> Option<Claim<'_>> {
    bearing.map(|bearing| Claim { bearing, others })
}
