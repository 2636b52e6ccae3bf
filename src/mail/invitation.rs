//! An invitation to a venue's staff, a network's coordinators, the members of either or an organisation, as it is told.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::seconds;
use crate::domain::{
    access::OrganisationRole,
    ids::{OrganisationId, UserId},
    instant::Instant,
};

/// What a letter of invitation says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvitationNotice {
    /// The name of what somebody is invited to.
    pub place: String,
    pub role: InvitedRole,
    /// Somebody else than who invites answers for the name: always of teams; of an organisation, a coordination body.
    #[serde(default)]
    pub vouched: bool,
    /// Accepts it, for who has the address.
    pub link: String,
    /// By which it is found when that organisation was one person, who is erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Letters that were queued before there were any say nothing of them.
    #[serde(default)]
    pub terms: Option<Terms>,
}

/// Who invites, and until when it can be accepted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// By which it is found when they are erased.
    pub by: UserId,
    pub name: String,
    #[serde(with = "seconds")]
    pub until: Instant,
    /// In which that is shown: of the venue or the network.
    pub zone: Tz,
}

/// As what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedRole {
    Manager,
    Coordinator,
    /// Of a venue or a network.
    AcceptedMember,
    /// Of an organisation.
    Member,
    /// Of an organisation.
    Owner,
}

impl InvitedRole {
    /// As what an organisation invites; `None` to teams.
    pub const fn in_organisation(self) -> Option<OrganisationRole> {
        match self {
            Self::Manager | Self::Coordinator | Self::AcceptedMember => None,
            Self::Member => Some(OrganisationRole::Member),
            Self::Owner => Some(OrganisationRole::Owner),
        }
    }
}

impl From<OrganisationRole> for InvitedRole {
    fn from(role: OrganisationRole) -> Self {
        match role {
            OrganisationRole::Member => Self::Member,
            OrganisationRole::Owner => Self::Owner,
        }
    }
}
