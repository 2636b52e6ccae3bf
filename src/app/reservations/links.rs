//! What acts for an organiser without signing in: the links of mails, and the code at the door.
//!
//! Both follow from the reservation's id and the deployment's secret, so nothing about them is stored. A link does one
//! thing to one reservation, and a button must be pressed; a code counts at its own space's door, while one may check in.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::ids::ReservationId,
    store::people::Contact,
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
        Some((octet, id)) if *octet == link.octet() => Uuid::from_slice(id).ok(),
        _ => None,
    });
    id.map(ReservationId::from_uuid).ok_or_else(|| Code::CredentialsRefused.into())
}

/// The six digits that check a reservation in at its space's door.
pub(super) fn code(app: &App, id: ReservationId) -> String {
    app.links.digits(&id.to_string())
}

/// Where its organiser sees it and gives it up without signing in: the reservation's page, with a token that is theirs.
/// The token names the reservation alone; its tag is of the organiser and their address too, so that it counts for
/// nobody else's reservation, and no longer at an address that they left.
pub(super) fn manage_url(app: &App, id: ReservationId, organiser: &Contact) -> String {
    let tag = app.links.code_tag(&managing(id, organiser), &organiser.email);
    let token = URL_SAFE_NO_PAD.encode([id.uuid().as_bytes().as_slice(), &tag].concat());
    format!("{}/reservations/{id}#token={token}", app.public_url)
}

/// The reservation that such a token names; whether it is ours [`manages`] tells.
pub(super) fn managed(token: &str) -> Option<ReservationId> {
    parts(token).map(|(id, _)| id)
}

/// Whether the token is the one that this organiser got for it.
pub(super) fn manages(app: &App, token: &str, id: ReservationId, organiser: &Contact) -> bool {
    let is_it = |tag: &[u8]| app.links.is_code(&managing(id, organiser), &organiser.email, tag);
    parts(token).is_some_and(|(named, tag)| named == id && is_it(&tag))
}

/// Never change it: it stands in mails that were sent.
fn managing(id: ReservationId, organiser: &Contact) -> String {
    format!("manage {id} {}", organiser.id)
}

fn parts(token: &str) -> Option<(ReservationId, Vec<u8>)> {
    /// Characters of 48 octets.
    const LENGTH: usize = 64;
    let octets = URL_SAFE_NO_PAD.decode(token).ok().filter(|_| token.len() == LENGTH)?;
    let (id, tag) = octets.split_at_checked(16)?;
    Some((ReservationId::from_uuid(Uuid::from_slice(id).ok()?), tag.to_vec()))
}
