//! Venues: made by the coordination body, edited by their staff, read by all.

use std::{collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    images::ImageView,
    networks::{check_unused, zone},
    place_of_venue, said,
};
use crate::{
    app::{
        App, Done,
        changed::changed,
        error::Error,
        page::{self, Asked, Page},
        patch::Field,
        version::{Expected, Versioned},
    },
    domain::{
        access::{self, Action, Actor},
        given::given,
        ids::{AuditId, NetworkId, VenueId},
        image::Image,
        instant::Instant,
        person::{EmailAddress, Phone},
        places::{Address, Network, Of, Venue},
        policy::Policy,
        text::{Line, Prose, Slug},
        zone::Zone,
    },
    store::{audit, idempotency::Claim, images, locks, places},
};

/// A venue to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVenue {
    pub network_id: NetworkId,
    #[schema(example = "Layer House")]
    pub name: Line<100>,
    /// Unique in its network.
    #[schema(example = "layer-house")]
    pub slug: Slug,
    pub address: NewAddress,
    /// IANA name; the network's where nothing is said.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: Option<String>,
    pub contact_email: EmailAddress,
    pub phone: Option<Phone>,
    /// How to get in; for staff and for organisers of confirmed reservations.
    pub access_instructions: Option<Prose<2000>>,
}

/// Where a venue to be made stands.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAddress {
    #[schema(example = "Tomšičeva ulica 32")]
    pub street: Line<200>,
    #[schema(example = "4000")]
    pub postcode: Line<20>,
    #[schema(example = "Kranj")]
    pub city: Line<100>,
    #[schema(example = "Kranj")]
    pub municipality: Line<100>,
}

/// What changes of a venue (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VenueChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<Line<100>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub slug: Option<Slug>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub address: Option<AddressChange>,
    /// It stays once there are reservations.
    /// Times of reservations stay the instants they are.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub contact_email: Option<EmailAddress>,
    #[serde(default)]
    #[schema(value_type = Option<Phone>)]
    pub phone: Field<Phone>,
    #[serde(default)]
    #[schema(value_type = Option<Prose<2000>>)]
    pub access_instructions: Field<Prose<2000>>,
}

/// What changes of an address (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub street: Option<Line<200>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub postcode: Option<Line<20>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub city: Option<Line<100>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub municipality: Option<Line<100>>,
}

/// A venue; `access_instructions` only for its staff.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Venue)]
pub struct VenueView {
    pub id: VenueId,
    pub network_id: NetworkId,
    pub name: String,
    pub slug: String,
    pub address: AddressView,
    pub time_zone: String,
    pub contact_email: String,
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_instructions: Option<String>,
    /// Photographs, in the order in which they are shown. The version does not change with them.
    pub images: Vec<ImageView>,
    /// Whether its data was made up for showing the service.
    pub demo: bool,
    pub version: i64,
}

/// Where a venue stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Address)]
pub struct AddressView {
    pub street: String,
    pub postcode: String,
    pub city: String,
    pub municipality: String,
}

impl Versioned for VenueView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl VenueView {
    fn new(venue: &Venue, images: &[Image], demo: bool, reader: &Actor) -> Self {
        let Address { street, postcode, city, municipality } = venue.address.clone();
        let behind_the_desk = access::may(reader, Action::SeeBehindTheDesk(venue.place())).is_ok();
        Self {
            id: venue.id,
            network_id: venue.network,
            name: venue.name.clone(),
            slug: venue.slug.clone(),
            address: AddressView { street, postcode, city, municipality },
            time_zone: venue.zone.name().to_owned(),
            contact_email: venue.contact_email.clone(),
            phone: venue.phone.clone(),
            access_instructions: venue.access_instructions.clone().filter(|_| behind_the_desk),
            images: ImageView::all(images),
            demo,
            version: venue.version,
        }
    }
}

impl NewVenue {
    fn venue(&self, id: VenueId, network: &Network, zone: Option<Zone>, now: Instant) -> Venue {
        Venue {
            id,
            network: network.id,
            name: self.name.to_string(),
            slug: self.slug.to_string(),
            address: Address {
                street: self.address.street.to_string(),
                postcode: self.address.postcode.to_string(),
                city: self.address.city.to_string(),
                municipality: self.address.municipality.to_string(),
            },
            zone: zone.unwrap_or(network.zone),
            contact_email: self.contact_email.to_string(),
            phone: self.phone.as_ref().map(ToString::to_string),
            access_instructions: self.access_instructions.as_ref().and_then(said),
            policy: Policy::default(),
            policy_version: 1,
            hours_version: 1,
            version: 1,
            created_at: now,
        }
    }
}

impl VenueChange {
    fn apply(&self, venue: &mut Venue, zone: Option<Zone>) {
        set(&mut venue.name, self.name.as_ref());
        set(&mut venue.slug, self.slug.as_ref());
        if let Some(address) = &self.address {
            set(&mut venue.address.street, address.street.as_ref());
            set(&mut venue.address.postcode, address.postcode.as_ref());
            set(&mut venue.address.city, address.city.as_ref());
            set(&mut venue.address.municipality, address.municipality.as_ref());
        }
        set(&mut venue.contact_email, self.contact_email.as_ref());
        venue.zone = zone.unwrap_or(venue.zone);
        venue.phone = self.phone.clone().map(|phone| phone.to_string()).apply(venue.phone.take());
        let instructions = self.access_instructions.clone().map(|text| text.to_string());
        venue.access_instructions =
            instructions.apply(venue.access_instructions.take()).filter(|text| !text.is_empty());
    }
}

fn set<T: ToString>(text: &mut String, to: Option<&T>) {
    if let Some(to) = to {
        *text = to.to_string();
    }
}

/// # Errors
/// `forbidden` unless coordinator or administrator, `invalid`, `duplicate` for a slug in use.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    new: NewVenue,
) -> Result<Done<VenueView>, Error> {
    access::may(actor, Action::CreateVenue(new.network_id))?;
    let zone = new.time_zone.as_deref().map(zone).transpose()?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("create venue", claim, move |tx| {
        let network = places::network(tx, new.network_id)?
            .ok_or_else(|| Error::field("/network_id", "unknown_network"))?;
        let now = app_.now();
        let venue = new.venue(app_.id(), &network, zone, now);
        places::insert_venue(tx, &venue)?;
        let by = actor.person().map(|person| person.id);
        let entry = audit::Entry::new(app_.id::<_>(), now, by, "venue.created", venue.id);
        audit::append(tx, &entry.within(venue.place()).with(json!({"name": venue.name})))?;
        Ok(VenueView::new(&venue, &[], network.is_demo, &actor))
    })
}

/// # Errors
/// `not_found`.
pub fn show(app: &App, reader: &Actor, id: VenueId) -> Result<VenueView, Error> {
    app.db.read(|tx| {
        let venue = places::venue(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let demo = places::surroundings(tx, &[id])?.get(&id).is_some_and(|around| around.demo);
        Ok(VenueView::new(&venue, &images::of(tx, Of::Venue(id))?, demo, reader))
    })
}

/// The venues of one network or of all, by id.
///
/// # Errors
/// `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    reader: &Actor,
    network: Option<NetworkId>,
    asked: &Asked,
) -> Result<Page<VenueView>, Error> {
    let limit = asked.limit()?;
    let list = format!("venues {network:?}");
    let after = asked.after::<VenueId>(app, &list)?;
    let views = app.db.read(|tx| {
        let found = places::venues(tx, network, after, limit as i64 + 1)?;
        let ids: Vec<VenueId> = found.iter().map(|venue| venue.id).collect();
        let around = places::surroundings(tx, &ids)?;
        let demo = |venue: &Venue| around.get(&venue.id).is_some_and(|around| around.demo);
        let mut images = HashMap::<VenueId, Vec<Image>>::new();
        for (venue, image) in images::of_venues(tx, &ids)? {
            images.entry(venue).or_default().push(image);
        }
        let images = |venue: &Venue| images.get(&venue.id).map_or(&[][..], Vec::as_slice);
        let view = |venue| VenueView::new(venue, images(venue), demo(venue), reader);
        Ok::<_, Error>(found.iter().map(view).collect())
    })?;
    page::page(app, &list, views, limit, |view: &VenueView| view.id)
}

/// # Errors
/// `forbidden` unless staff or administrator, `precondition_failed`, `invalid`, also for another time zone once
/// there are reservations, `duplicate`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: VenueId,
    expected: Expected,
    change: VenueChange,
) -> Result<Done<VenueView>, Error> {
    let place = place_of_venue(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    let zone = change.time_zone.as_deref().map(zone).transpose()?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("edit venue", claim, move |tx| {
        locks::edit_venue(tx, place)?;
        let mut venue = places::venue(tx, id)?.ok_or(Error::NOT_FOUND)?;
        expected.check(venue.version)?;
        let demo = places::surroundings(tx, &[id])?.get(&id).is_some_and(|around| around.demo);
        let images = images::of(tx, Of::Venue(id))?;
        let before = VenueView::new(&venue, &images, demo, &actor);
        let other_zone = zone.is_some_and(|zone| zone != venue.zone);
        check_unused(tx, venue.network, Some(id), &[(other_zone, "/time_zone")])?;
        change.apply(&mut venue, zone);
        venue.version += 1;
        places::update_venue(tx, &venue, app_.revision())?;
        let by = actor.person().map(|person| person.id);
        let entry: AuditId = app_.id();
        let entry = audit::Entry::new(entry, app_.now(), by, "venue.edited", id).within(place);
        let after = VenueView::new(&venue, &images, demo, &actor);
        audit::append(tx, &entry.with(changed(&before, &after)?))?;
        Ok(after)
    })
}
