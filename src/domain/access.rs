//! Who may do what, as one pure function over roles read from the database (DESIGN 8).
//!
//! Roles come from no token. A thing the actor may not even know of is [`Denied::Hidden`] (404).

use super::{
    codes::codes,
    ids::{NetworkId, OrganisationId, SessionId, UserId, VenueId},
};

codes! {
    /// A member's part in an organisation.
    pub enum OrganisationRole {
        /// May edit the organisation and its members.
        Owner = "owner",
        Member = "member",
    }
}

/// A signed-in person with the roles held at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: UserId,
    /// The sign-in they act in; a program that acts by a key of theirs has none.
    pub session: Option<SessionId>,
    pub verified: bool,
    pub administrator: bool,
    pub staff_of: Vec<VenueId>,
    /// Venues whose requests they may decide on besides the staff.
    pub decides_for: Vec<VenueId>,
    pub coordinates: Vec<NetworkId>,
    pub organisations: Vec<(OrganisationId, OrganisationRole)>,
    /// The operator wants a second factor of who works for the house, and there is none: their roles rest, and
    /// none stands above.
    pub roles_rest: bool,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Anonymous,
    Person(Person),
}

/// Where a thing stands: its venue and that venue's network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub network: NetworkId,
    pub venue: VenueId,
}

/// What of a reservation matters for access.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    pub place: Place,
    pub organiser: UserId,
    pub organisation: Option<OrganisationId>,
}

/// Who asks to join which organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Joining {
    pub person: UserId,
    pub organisation: OrganisationId,
}

/// What is to be done, and to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Networks, venues, spaces, hours, availability: open to all.
    ReadPublic,
    /// Things of one's own account.
    OwnAccount,
    CreateNetwork,
    EditNetwork(NetworkId),
    /// Name and remove members of a coordination body.
    ManageCoordinators(NetworkId),
    CreateVenue(NetworkId),
    /// Edit a venue, its spaces, hours, policies and blocks.
    ManageVenue(Place),
    /// Name, invite and remove staff.
    ManageStaff(Place),
    /// Accept and remove a venue's members, name and remove those who decide besides its staff.
    ManageVenueMembers(Place),
    /// Accept and remove a network's members.
    ManageNetworkMembers(NetworkId),
    /// Say whether an organisation is creative: any coordination body may, as organisations belong to no network.
    ConfirmOrganisation,
    /// What only those who work there see (blocks, internal notes).
    SeeBehindTheDesk(Place),
    /// Change the address of one's account, make keys for it, set up its second factor: what would lock out the
    /// owner of an address that was never proved.
    SecureAccount,
    /// Join a venue's staff by an invitation to one's address.
    AcceptInvitation,
    CreateOrganisation,
    SeeOrganisation(OrganisationId),
    EditOrganisation(OrganisationId),
    /// Give an organisation to whom it belongs.
    HandOverOrganisation,
    /// Its history of confirmations as creative.
    SeeConfirmations(OrganisationId),
    /// Ask to join an organisation that one knows of.
    AskToJoin,
    /// All that wait for an organisation's answer.
    SeeJoinRequests(OrganisationId),
    SeeJoinRequest(Joining),
    /// Accept or decline it.
    AnswerJoinRequest(Joining),
    WithdrawJoinRequest(Joining),
    /// Reserve for oneself, perhaps for an organisation.
    Reserve(Option<OrganisationId>),
    /// Reserve in someone's name.
    ReserveForOthers(Place),
    SeeReservation(Claimed),
    ChangeReservation(Claimed),
    /// Approve and decline.
    DecideReservation(Claimed),
    /// The requests that wait for an answer.
    SeeApprovals(Place),
    CountHeads(Claimed),
    /// What this person waits for.
    OwnEntry(UserId),
    /// Check in and out.
    CheckIn(Claimed),
    /// Figures of a network and its venues, as they are handed on: the staff of its venues see them, too. How much of them
    /// is shown depends on whose venues they are.
    SeeStatistics {
        network: NetworkId,
        works_there: bool,
    },
    /// What was done at a venue, by whom.
    ReadVenueAudit(Place),
    /// What was done to a network as a whole.
    ReadNetworkAudit(NetworkId),
    /// Give out or erase what is held on somebody without an account, who was the venue's guest.
    AnswerForGuest(Place),
    /// What was done to somebody or something, wherever that was.
    ReadAnyAudit,
    /// Who looked at anybody's data.
    SeeViews,
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Nobody is signed in (401).
    SignIn,
    /// The account's address is not verified (403).
    Unverified,
    /// The function may be this person's once they have a second factor (403).
    SecondFactor,
    /// The function is not this person's (403).
    Forbidden,
    /// The thing is not theirs to see (404).
    Hidden,
}

impl Person {
    /// Somebody without any role.
    pub const fn plain(id: UserId, session: Option<SessionId>, verified: bool) -> Self {
        Self {
            id,
            session,
            verified,
            administrator: false,
            staff_of: Vec::new(),
            decides_for: Vec::new(),
            coordinates: Vec::new(),
            organisations: Vec::new(),
            roles_rest: false,
        }
    }

    /// Whether they work for a house, a network or the operator.
    pub fn has_role(&self) -> bool {
        self.administrator
            || !self.staff_of.is_empty()
            || !self.decides_for.is_empty()
            || !self.coordinates.is_empty()
    }

    /// The same person, none of whose roles count until there is a second factor.
    #[must_use]
    pub fn resting(self) -> Self {
        let organisations = self.organisations;
        Self { organisations, roles_rest: true, ..Self::plain(self.id, self.session, self.verified) }
    }

    pub fn is_staff_of(&self, venue: VenueId) -> bool {
        self.staff_of.contains(&venue)
    }

    pub fn role_in(&self, organisation: OrganisationId) -> Option<OrganisationRole> {
        self.organisations.iter().find(|(id, _)| *id == organisation).map(|(_, role)| *role)
    }

    fn coordinates(&self, network: NetworkId) -> bool {
        self.coordinates.contains(&network)
    }
}

impl Actor {
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Anonymous => None,
            Self::Person(person) => Some(person),
        }
    }

    pub fn is_staff_of(&self, venue: VenueId) -> bool {
        self.person().is_some_and(|person| person.is_staff_of(venue))
    }
}

/// Whether `actor` may do `action`.
///
/// # Errors
/// [`Denied`], the reason that leaks least.
pub fn may(actor: &Actor, action: Action) -> Result<(), Denied> {
    if action == Action::ReadPublic {
        return Ok(());
    }
    let person = actor.person().ok_or(Denied::SignIn)?;
    let allowed = |yes: bool, otherwise: Denied| if yes { Ok(()) } else { Err(otherwise) };
    let why = if person.roles_rest { Denied::SecondFactor } else { Denied::Forbidden };
    let forbidden = |yes: bool| allowed(yes, why);
    let hidden = |yes: bool| allowed(yes, Denied::Hidden);
    let verified = || allowed(person.verified, Denied::Unverified);
    match action {
        Action::ReadPublic | Action::OwnAccount | Action::SeeStatistics { works_there: true, .. } => Ok(()),
        Action::CreateNetwork | Action::SeeViews | Action::ReadAnyAudit | Action::HandOverOrganisation => {
            forbidden(person.administrator)
        }
        Action::EditNetwork(network)
        | Action::ManageCoordinators(network)
        | Action::ManageNetworkMembers(network)
        | Action::CreateVenue(network)
        | Action::ReadNetworkAudit(network)
        | Action::SeeStatistics { network, .. } => {
            forbidden(person.administrator || person.coordinates(network))
        }
        Action::ManageStaff(place) | Action::ManageVenueMembers(place) => forbidden(
            person.administrator || person.is_staff_of(place.venue) || person.coordinates(place.network),
        ),
        Action::ConfirmOrganisation => forbidden(person.administrator || !person.coordinates.is_empty()),
        Action::SeeBehindTheDesk(at) | Action::ReserveForOthers(at) => {
            forbidden(person.is_staff_of(at.venue))
        }
        Action::SecureAccount | Action::AcceptInvitation | Action::CreateOrganisation => verified(),
        Action::AskToJoin | Action::Reserve(None) => verified(),
        Action::SeeOrganisation(_)
        | Action::EditOrganisation(_)
        | Action::SeeConfirmations(_)
        | Action::SeeJoinRequests(_)
        | Action::SeeJoinRequest(_)
        | Action::AnswerJoinRequest(_)
        | Action::WithdrawJoinRequest(_) => in_organisation(person, action),
        Action::Reserve(Some(organisation)) => {
            verified()?;
            hidden(person.role_in(organisation).is_some())
        }
        Action::OwnEntry(whose) => hidden(person.id == whose),
        Action::SeeReservation(claimed)
        | Action::ChangeReservation(claimed)
        | Action::CountHeads(claimed)
        | Action::CheckIn(claimed)
        | Action::DecideReservation(claimed) => {
            hidden(person.sees(claimed))?;
            forbidden(person.handles(claimed, action))
        }
        Action::SeeApprovals(place) => forbidden(person.decides_for(place.venue)),
        Action::ManageVenue(place) | Action::ReadVenueAudit(place) | Action::AnswerForGuest(place) => {
            forbidden(person.administrator || person.is_staff_of(place.venue))
        }
    }
}

/// What is done to an organisation; anything else is nobody's here.
fn in_organisation(person: &Person, action: Action) -> Result<(), Denied> {
    let allowed = |yes: bool, otherwise: Denied| if yes { Ok(()) } else { Err(otherwise) };
    let hidden = |yes: bool| allowed(yes, Denied::Hidden);
    let forbidden = |yes: bool| allowed(yes, Denied::Forbidden);
    let kept_by = |organisation| match person.role_in(organisation) {
        Some(role) => forbidden(role == OrganisationRole::Owner),
        None => Err(Denied::Hidden),
    };
    match action {
        Action::SeeOrganisation(organisation) => hidden(person.role_in(organisation).is_some()),
        Action::EditOrganisation(organisation) => kept_by(organisation),
        Action::SeeConfirmations(organisation) => hidden(
            person.administrator || !person.coordinates.is_empty() || person.role_in(organisation).is_some(),
        ),
        Action::SeeJoinRequests(_) if person.administrator => Ok(()),
        Action::SeeJoinRequests(organisation) => kept_by(organisation),
        Action::SeeJoinRequest(joining) => hidden(person.sees_request(joining)),
        Action::AnswerJoinRequest(joining) => {
            hidden(person.sees_request(joining))?;
            forbidden(person.answers(joining))
        }
        Action::WithdrawJoinRequest(joining) => {
            hidden(person.sees_request(joining))?;
            forbidden(person.asks(joining))
        }
        _ => Err(Denied::Hidden),
    }
}

impl Person {
    /// Staff, and those whom the venue named to decide besides.
    pub fn decides_for(&self, venue: VenueId) -> bool {
        self.is_staff_of(venue) || self.decides_for.contains(&venue)
    }

    fn sees_request(&self, joining: Joining) -> bool {
        self.asks(joining) || self.answers(joining)
    }

    fn asks(&self, joining: Joining) -> bool {
        self.id == joining.person
    }

    /// Where no owner is left, or two of them can't agree, the operator can help.
    fn answers(&self, joining: Joining) -> bool {
        self.administrator || self.role_in(joining.organisation) == Some(OrganisationRole::Owner)
    }

    fn sees(&self, claimed: Claimed) -> bool {
        self.changes(claimed)
            || self.decides_for(claimed.place.venue)
            || claimed.organisation.is_some_and(|id| self.role_in(id).is_some())
    }

    /// Whether what is to be done with a reservation that they see is theirs to do.
    fn handles(&self, claimed: Claimed, action: Action) -> bool {
        match action {
            Action::SeeReservation(_) => true,
            Action::DecideReservation(_) => self.decides_for(claimed.place.venue),
            _ => self.changes(claimed),
        }
    }

    fn changes(&self, claimed: Claimed) -> bool {
        // Until it is proved, the address may be somebody else's, for whom staff reserve.
        (self.verified && claimed.organiser == self.id)
            || self.is_staff_of(claimed.place.venue)
            || claimed.organisation.is_some_and(|id| self.role_in(id) == Some(OrganisationRole::Owner))
    }
}
