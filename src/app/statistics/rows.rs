//! The feed of a venue's reservations for its managers' own analytics: what figures are made from, row by row, without
//! anything that names somebody. Whoever follows it learns of every change, and of every erasure.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{App, accounts::erase::NOBODY, error::Error, page::Asked as Page},
    domain::{
        access::{self, Action, Actor},
        ids::{LayoutId, OrganisationId, ReservationId, SpaceId, UserId, VenueId},
        instant::Instant,
        places::Venue,
        policy::Audience,
        record::Reservation,
        reservation::{Purpose, Status},
        space::SpaceKind,
        zone::{DateOrTime, Zone},
    },
    store::{
        db::ReadTx,
        error::StoreError,
        feed::{self, Traits},
        places, reservations,
    },
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub venue: VenueId,
    /// From then on, itself included.
    pub updated_after: Option<DateOrTime>,
    pub page: Page,
}

/// A page of the feed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RowFeed {
    /// By `updated_at`.
    pub items: Vec<RowView>,
    /// Give it as `cursor` to read on, now or whenever; it is always there.
    pub next: String,
    /// Whether there is more already.
    pub more: bool,
    /// The venue's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
}

/// A reservation as figures see it. It replaces the row with the same `id` that was given before.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StatisticsRow)]
pub struct RowView {
    pub id: ReservationId,
    /// When the feed learnt of its last change: it never goes back from row to row.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Its organiser was erased: forget whatever was joined to this id.
    pub erased: bool,
    pub space_id: SpaceId,
    pub kind: SpaceKind,
    pub status: Status,
    #[schema(format = DateTime)]
    pub created_at: String,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// From then on it was given back.
    #[schema(format = DateTime)]
    pub released_at: Option<String>,
    pub check_in_required: bool,
    #[schema(format = DateTime)]
    pub checked_in_at: Option<String>,
    #[schema(format = DateTime)]
    pub checked_out_at: Option<String>,
    pub cancelled_late: Option<bool>,
    pub purpose: Purpose,
    /// Under whose rules it was made.
    pub audience: Option<Audience>,
    pub layout_id: Option<LayoutId>,
    pub quantity: u32,
    /// People declared.
    pub attendees: Option<u32>,
    /// People counted.
    pub headcount: Option<u32>,
    pub price: Option<RowPrice>,
    /// Null also of what was one person who was erased.
    pub organisation: Option<RowOrganisation>,
}

/// In minor units.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StatisticsRowPrice)]
pub struct RowPrice {
    #[schema(example = "EUR")]
    pub currency: String,
    pub net: i64,
    pub gross: i64,
    /// The in-kind value of paying less than the public does; null where that has no price.
    pub subsidy: Option<i64>,
}

/// What figures tell organisations apart by, as it is now.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = StatisticsRowOrganisation)]
pub struct RowOrganisation {
    pub legal_form: String,
    pub size: Option<String>,
    pub sector_scheme: Option<String>,
    pub sector_code: Option<String>,
    pub municipality: Option<String>,
}

/// # Errors
/// `unauthenticated`, `not_found`, `forbidden` unless staff, `invalid` for a wrong time, limit or cursor.
pub fn list(app: &App, actor: &Actor, asked: &Asked) -> Result<RowFeed, Error> {
    access::may(actor, Action::OwnAccount)?;
    let limit = asked.page.limit()?;
    let name = format!("rows of {}", asked.venue);
    let after = asked.page.after::<(i64, i64)>(app, &name)?;
    app.replica.read(|tx| {
        let venue = places::venue(tx, asked.venue)?.ok_or(Error::NOT_FOUND)?;
        access::may(actor, Action::SeeBehindTheDesk(venue.place()))?;
        let since = since(asked, venue.zone)?;
        let position = after.map(|(at, position)| (Instant::from_unix(at), position));
        let mut found = feed::rows(tx, venue.id, since, position, limit as i64 + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let beginning = after.unwrap_or((since.unwrap_or(Instant::EARLIEST).unix(), 0));
        let last = found.last().map_or(beginning, |(_, (at, position))| (at.unix(), *position));
        let payload = serde_json::to_vec(&(name, last)).map_err(|error| Error::Broken(error.to_string()))?;
        let items = views(tx, &venue, &found)?;
        Ok(RowFeed { items, next: app.cursors.sign(&payload), more, slug: venue.slug })
    })
}

fn since(asked: &Asked, zone: Zone) -> Result<Option<Instant>, Error> {
    let since = asked.updated_after.map(|since| since.resolve_start(zone)).transpose();
    since.map_err(|error| Error::local_time("?updated_after", &error))
}

/// What rows refer to.
struct Known {
    kinds: HashMap<SpaceId, String>,
    organisations: HashMap<OrganisationId, Traits>,
    erased: Vec<UserId>,
}

fn views(
    tx: &mut ReadTx,
    venue: &Venue,
    found: &[(ReservationId, feed::Position)],
) -> Result<Vec<RowView>, Error> {
    let ids: Vec<ReservationId> = found.iter().map(|(id, _)| *id).collect();
    let all = reservations::find_all(tx, &ids)?;
    let organisers: Vec<UserId> = all.iter().map(|one| one.organiser).collect();
    let spaces: Vec<SpaceId> = all.iter().map(|one| one.space).collect();
    let theirs: Vec<OrganisationId> = all.iter().filter_map(|one| one.organisation).collect();
    let known = Known {
        kinds: feed::kinds(tx, &spaces)?.into_iter().collect(),
        organisations: feed::traits(tx, &theirs)?.into_iter().map(|one| (one.id, one)).collect(),
        erased: feed::erased(tx, &organisers)?,
    };
    let all: HashMap<ReservationId, Reservation> = all.into_iter().map(|one| (one.id, one)).collect();
    let rows = found.iter().filter_map(|(id, (at, _))| Some((all.get(id)?, *at)));
    rows.map(|(one, at)| view(venue.zone, one, at, &known)).collect()
}

fn view(zone: Zone, one: &Reservation, updated_at: Instant, known: &Known) -> Result<RowView, Error> {
    let kind = known.kinds.get(&one.space);
    let kind = kind.ok_or_else(|| Error::Broken(format!("{} has no kind", one.space)))?;
    let shown = |at: Option<Instant>| at.map(|at| zone.show(at));
    let organisation = one.organisation.and_then(|id| known.organisations.get(&id));
    Ok(RowView {
        id: one.id,
        updated_at: zone.show(updated_at),
        erased: known.erased.contains(&one.organiser),
        space_id: one.space,
        kind: kind.parse().map_err(|error| StoreError::corrupt("spaces.kind", error))?,
        status: one.status,
        created_at: zone.show(one.created_at),
        starts_at: zone.show(one.interval.start()),
        ends_at: zone.show(one.interval.end()),
        released_at: shown(one.released_at),
        check_in_required: one.presence.rules.required,
        checked_in_at: shown(one.presence.checked_in_at),
        checked_out_at: shown(one.presence.checked_out_at),
        cancelled_late: one.cancelled_late,
        purpose: one.purpose,
        audience: one.audience,
        layout_id: one.layout,
        quantity: one.quantity,
        attendees: one.attendees,
        headcount: one.headcount,
        price: one.quote.as_ref().map(|quote| RowPrice {
            currency: quote.currency.code().to_owned(),
            net: quote.total_net,
            gross: quote.total_gross,
            subsidy: quote.subsidy,
        }),
        organisation: organisation.filter(|one| one.name != NOBODY).map(|one| RowOrganisation {
            legal_form: one.legal_form.clone(),
            size: one.size.clone(),
            sector_scheme: one.sector_scheme.clone(),
            sector_code: one.sector_code.clone(),
            municipality: one.municipality.clone(),
        }),
    })
}
