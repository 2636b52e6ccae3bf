//! What changed between somebody and those they deal with: a part in a team, their organisation's confirmation as creative,
//! their account.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{organisation::OrganisationView, seconds};
use crate::domain::{codes::codes, instant::Instant};

codes! {
    /// A part in a venue or a network.
    pub enum Part {
        /// Of a venue's staff.
        Manager = "manager",
        /// Who decides on a venue's requests besides its staff.
        Delegate = "delegate",
        Coordinator = "coordinator",
        /// Accepted, by a venue or a network.
        Member = "member",
    }
}

codes! {
    /// What an owner of an organisation changed for one of its members.
    pub enum MemberChange {
        /// They are an owner now.
        Owner = "owner",
        /// They are one no more, and still a member.
        NoOwner = "no-owner",
        /// They are no member any more.
        Removed = "removed",
    }
}

/// Until when something holds, and where that is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Until {
    #[serde(with = "seconds")]
    pub at: Instant,
    pub zone: Tz,
}

/// One change; `link` leads to where one signs in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Standing {
    /// To the owners of an organisation: it is confirmed as creative.
    Confirmed {
        organisation: OrganisationView,
        until: Option<Until>,
        grounds: Option<String>,
        link: String,
    },
    /// To the same: it is no more.
    Withdrawn {
        organisation: OrganisationView,
        grounds: Option<String>,
        link: String,
    },
    /// To the same, two weeks before.
    Ending {
        organisation: OrganisationView,
        until: Until,
        link: String,
    },
    /// To who owns an organisation now, and to who owned it: the operator handed it over.
    HandedOver {
        organisation: OrganisationView,
        gained: bool,
        link: String,
    },
    /// To a member of an organisation, of whom an owner decided.
    Member {
        organisation: OrganisationView,
        change: MemberChange,
        link: String,
    },
    /// To whom a part was given without their asking.
    Given {
        place: String,
        part: Part,
        link: String,
    },
    Taken {
        place: String,
        part: Part,
        link: String,
    },
    /// To the address of who was erased.
    Erased {
        link: String,
    },
}
