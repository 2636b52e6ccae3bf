//! One's own account as one sees it.

use serde::Serialize;
use utoipa::ToSchema;

use super::second_factor;
use crate::{
    app::{
        App,
        error::{Code, Error},
        version::Versioned,
    },
    domain::{
        access::{self, Action, Actor, OrganisationRole, Person},
        ids::{NetworkId, OrganisationId, UserId, VenueId},
        locale::Locale,
        topic::Wanted,
    },
    store::{
        db::ReadTx,
        organisations,
        users::{self, Account},
    },
};

/// More organisations than this have to be read from `GET /organisations`.
const SHOWN: i64 = 200;

/// A venue one works for, decides for or was accepted by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnVenue {
    pub venue_id: VenueId,
    pub name: String,
}

/// A network one coordinates or was accepted by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnNetwork {
    pub network_id: NetworkId,
    pub name: String,
}

/// Who accepted one as a member.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Memberships {
    pub venues: Vec<OwnVenue>,
    pub networks: Vec<OwnNetwork>,
}

/// An organisation one belongs to.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnOrganisation {
    pub id: OrganisationId,
    pub name: String,
    pub role: OrganisationRole,
}

/// One's own account.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountView {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub phone: Option<String>,
    pub locale: Locale,
    /// Whether the address is proved; before that one can't reserve.
    pub verified: bool,
    pub has_password: bool,
    pub has_second_factor: bool,
    /// The operator wants a second factor of whoever has roles: until it is set up, they rest.
    pub roles_rest: bool,
    /// Whether it is one of the operator's administrators.
    pub administrator: bool,
    pub staff_of: Vec<OwnVenue>,
    /// Venues whose requests one decides on besides their staff.
    pub decides_for: Vec<OwnVenue>,
    pub coordinates: Vec<OwnNetwork>,
    /// Venues and networks under whose rules for members one reserves.
    pub member_of: Memberships,
    pub organisations: Vec<OwnOrganisation>,
    /// Which of the mails that one may do without one gets.
    pub mail: OptionalMail,
    pub version: i64,
}

/// Mails that one may do without; all others come with what one reserves and with one's account.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct OptionalMail {
    /// Before one's reservations, as long as their venues have it.
    pub reminders: bool,
    /// Each morning, of the day at the venues one works for.
    pub digests: bool,
    /// Questions about how many came.
    pub headcounts: bool,
}

impl From<Wanted> for OptionalMail {
    fn from(Wanted { reminders, digests, headcounts }: Wanted) -> Self {
        Self { reminders, digests, headcounts }
    }
}

impl Versioned for AccountView {
    fn version(&self) -> i64 {
        self.version
    }
}

/// The signed-in person.
pub(super) fn own(actor: &Actor) -> Result<&Person, Error> {
    access::may(actor, Action::OwnAccount)?;
    actor.person().ok_or(Error::Plain(Code::Unauthenticated))
}

/// # Errors
/// `unauthenticated`.
pub fn show(app: &App, actor: &Actor) -> Result<AccountView, Error> {
    let person = own(actor)?;
    app.db.read(|tx| {
        let account = users::find(tx, person.id)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        Ok(AccountView { roles_rest: person.roles_rest, ..view(tx, account)? })
    })
}

pub(super) fn view(tx: &mut ReadTx, account: Account) -> Result<AccountView, Error> {
    let own_venues = |venues: Vec<(VenueId, String)>| {
        venues.into_iter().map(|(venue_id, name)| OwnVenue { venue_id, name }).collect()
    };
    let own_networks = |networks: Vec<(NetworkId, String)>| {
        networks.into_iter().map(|(network_id, name)| OwnNetwork { network_id, name }).collect()
    };
    let [accepted, decided] = users::venues_besides(tx, account.id)?;
    let mut own = Vec::new();
    for organisation in organisations::of(tx, account.id, None, SHOWN)? {
        if let Some(role) = organisations::role(tx, organisation.id, account.id)? {
            own.push(OwnOrganisation { id: organisation.id, name: organisation.name, role });
        }
    }
    let mail = account.wanted().into();
    let has_second_factor = second_factor::in_force(tx, account.id)?.is_some();
    Ok(AccountView {
        id: account.id,
        has_password: account.password_hash.is_some(),
        has_second_factor,
        roles_rest: false,
        locale: account.locale()?,
        email: account.email,
        name: account.name,
        phone: account.phone,
        verified: account.verified_at.is_some(),
        administrator: account.is_administrator,
        staff_of: own_venues(users::venues_of(tx, account.id)?),
        decides_for: own_venues(decided),
        coordinates: own_networks(users::networks_of(tx, account.id)?),
        member_of: Memberships {
            venues: own_venues(accepted),
            networks: own_networks(users::networks_accepting(tx, account.id)?),
        },
        organisations: own,
        mail,
        version: account.version,
    })
}
