//! What acts for an organiser without signing in: the links of mails, and the code at the door.
//!
//! Both follow from the reservation's id and the deployment's secret, so nothing about them is stored. A link does one
//! thing to one reservation, and a button must be pressed; a code counts at its own space's door, while one may check in.

use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::ids::ReservationId,
};

/// What a link does. The octets and pages stand in mails that were sent: never change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    CheckIn,
    Headcount,
}

impl Link {
    const fn octet(self) -> u8 {
        match self {
            Self::CheckIn => b'i',
            Self::Headcount => b'h',
        }
    }

    const fn page(self) -> &'static str {
        match self {
            Self::CheckIn => "check-in",
            Self::Headcount => "headcount",
        }
    }
}

/// Where the link leads: a page that acts only when its button is pressed.
pub(super) fn url(app: &App, link: Link, id: ReservationId) -> String {
    let token = app.links.sign(&[&[link.octet()], id.uuid().as_bytes().as_slice()].concat());
    format!("{}/{}#token={token}", app.public_url, link.page())
}

/// The reservation that a link of this kind acts on.
///
/// # Errors
/// `credentials_refused` for any other text.
pub(super) fn open(app: &App, link: Link, token: &str) -> Result<ReservationId, Error> {
    let payload = app.links.verify(token);
    let id = payload.as_deref().and_then(|payload| match payload.split_first() {
        Some((octet, id)) if *octet == link.octet() => uuid::Uuid::from_slice(id).ok(),
        _ => None,
    });
    id.map(ReservationId::from_uuid).ok_or_else(|| Code::CredentialsRefused.into())
}

/// The six digits that check a reservation in at its space's door.
pub(super) fn code(app: &App, id: ReservationId) -> String {
    app.links.digits(&id.to_string())
}
