//! As what somebody is invited: to a venue, a network or an organisation.

use serde::{Deserialize, Serialize};

use crate::domain::access::OrganisationRole;

/// What a letter of invitation offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitedRole {
    Manager,
    Coordinator,
    /// Of an organisation.
    Member,
    /// Of an organisation.
    Owner,
}

impl InvitedRole {
    /// As what an organisation invites; `None` to teams.
    pub const fn in_organisation(self) -> Option<OrganisationRole> {
        match self {
            Self::Manager | Self::Coordinator => None,
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
