//! A figure explained: the opening hours, closures, blocks and reservations that a row of utilisation was made from, for
//! those who may see them, the venue's staff. Counted by the same functions, so the pieces' sum is the figure.

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Group,
    sources::{SourceView, Sources},
    usage,
    utilisation::{Scope, find, load, range},
    view::rounded,
};
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked as Page},
        reservations::view::note,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ReservationId, SpaceId, UnitId},
        instant::Instant,
        statistics::{
            self, Dimension, Explainable, Explanation, Grouping, PERSON, Period, Piece, Place, Position,
            Source, Total, Wanted,
        },
        zone::{DateOrTime, Zone},
    },
    store::{db::ReadTx, reservations},
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: Scope,
    /// Half-open with `to`; dates and local times are each venue's own.
    pub from: DateOrTime,
    pub to: DateOrTime,
    pub figure: Explainable,
    /// The row's group: each dimension, once, with the text that utilisation shows, ids for venues and spaces.
    pub keys: Vec<(Dimension, String)>,
    pub page: Page,
}

/// What a figure was made from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Explanation)]
pub struct ExplanationView {
    /// What is used counts up to then: up to the same instant on all pages.
    #[schema(format = DateTime)]
    pub as_of: String,
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: &'static str,
    pub figure: Explainable,
    /// The row whose figure it is.
    pub group: Group,
    /// Of all pieces, on whichever page: the figure.
    pub total: TotalView,
    /// By their starts.
    pub items: Vec<PieceView>,
    /// Give it as `cursor` to read on; null at the end.
    pub next: Option<String>,
}

/// Sums, exact in seconds.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = ExplainedSum)]
pub struct TotalView {
    /// Of units.
    pub seconds: i64,
    /// Of units, times their seats.
    pub seat_seconds: i64,
    /// To four decimals, as figures are.
    pub hours: f64,
    pub seat_hours: f64,
    /// Of people; there for `known` and `declared`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_hours: Option<f64>,
    /// There for what is counted in reservations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservations: Option<i64>,
}

/// A stretch of one unit's time, or a reservation that is counted.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ExplainedPiece)]
pub struct PieceView {
    /// Null of what is counted in reservations.
    pub unit_id: Option<UnitId>,
    /// The reservation's, or one that has the unit.
    pub space_id: SpaceId,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// 1, or -1 of what is taken away: closures and blocks.
    pub sign: i8,
    /// With the sign, so that they add up to the total.
    pub amount: TotalView,
    /// The unit's part of the reservation's people, to four decimals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<f64>,
    pub source: SourceView,
}

/// Where rows of an answer are explained.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub scope: Scope,
    pub from: DateOrTime,
    pub to: DateOrTime,
}

impl Link {
    /// Of a row: the path, with its query.
    pub fn to(&self, grouping: &Grouping, group: &Group) -> String {
        let scope = match self.scope {
            Scope::Network(id) => ("network_id", id.to_string()),
            Scope::Venue(id) => ("venue_id", id.to_string()),
            Scope::Space(id) => ("space_id", id.to_string()),
        };
        let mut pairs = vec![scope, ("from", self.from.to_string()), ("to", self.to.to_string())];
        for dimension in group_dimensions(grouping, group) {
            if pairs.iter().all(|(known, _)| *known != dimension.0) {
                pairs.push(dimension);
            }
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        format!("/api/v1/statistics/explain?{query}")
    }
}

/// The first column of each dimension, of venues and spaces the id; none of the totals.
fn group_dimensions(grouping: &Grouping, group: &Group) -> Vec<(&'static str, String)> {
    let columns =
        grouping.dimensions().iter().filter_map(|dimension| group.columns(*dimension).into_iter().next());
    columns.filter(|(_, text)| !text.is_empty()).collect()
}

/// # Errors
/// `unauthenticated`, `not_found`, `forbidden` unless staff of all venues asked for; `invalid` for an empty or too long
/// range, for a group that is none of the rows, and for a wrong limit or cursor.
pub fn show(app: &App, actor: &Actor, asked: &Asked) -> Result<ExplanationView, Error> {
    access::may(actor, Action::OwnAccount)?;
    let limit = asked.page.limit()?;
    let Asked { scope, from, to, figure, keys, .. } = asked;
    let name = format!("explanation of {figure} of {scope:?} {from} {to} {keys:?}");
    let after = asked.page.after::<(Position, i64)>(app, &name)?;
    app.replica.read(|tx| {
        let found = find(tx, actor, asked.scope)?;
        for venue in &found.venues {
            access::may(actor, Action::SeeBehindTheDesk(venue.place()))?;
        }
        let range_of = |zone| range(asked.from, asked.to, zone);
        let shown = range_of(found.zone)?;
        let places = load(tx, &found, &range_of)?;
        let (source, ids) = usage::with_reservations(tx, places)?;
        let now = after.map_or_else(|| app.now(), |(_, now)| Instant::from_unix(now));
        let told = told(&source, &ids, asked, (after.map(|(position, _)| position), limit), now)?;
        let page = page::page(app, &name, told.pieces, limit, |piece| (piece.position(), now.unix()))?;
        note_looks(tx, app, actor, &page.items)?;
        let sources = Sources::of(tx, &page.items)?;
        let view = |piece: &Piece| view(*figure, piece, zone_of(&source, piece, found.zone), &sources);
        Ok(ExplanationView {
            as_of: found.zone.show(now),
            from: found.zone.show(shown.start()),
            to: found.zone.show(shown.end()),
            time_zone: found.zone.name(),
            figure: *figure,
            group: Group::new(&told.place, told.period),
            total: amount(*figure, told.total),
            items: page.items.iter().map(view).collect(),
            next: page.next,
        })
    })
}

fn told(
    source: &Source,
    ids: &[ReservationId],
    asked: &Asked,
    (after, most): (Option<Position>, usize),
    now: Instant,
) -> Result<Explanation, Error> {
    let keys = &asked.keys;
    let grouping = Grouping::new(keys.iter().map(|(dimension, _)| *dimension).collect());
    let grouping = grouping.map_err(|error| Error::Broken(error.to_string()))?;
    let wanted = Wanted { grouping: &grouping, figure: asked.figure, after, most };
    let is_it = |place: &Place, period: Period| is_it(keys, place, period);
    statistics::explain(source, ids, wanted, is_it, now).ok_or_else(|| no_such_row(keys))
}

/// Whether a row's group is what was asked for.
fn is_it(keys: &[(Dimension, String)], place: &Place, period: Period) -> bool {
    let group = Group::new(place, period);
    let said = |(dimension, text): &(Dimension, String)| {
        group.columns(*dimension).first().is_some_and(|(_, shown)| shown == text)
    };
    keys.iter().all(said)
}

fn no_such_row(keys: &[(Dimension, String)]) -> Error {
    let named = keys.first().map_or("figure", |(dimension, _)| match dimension {
        Dimension::Venue => "venue_id",
        Dimension::Space => "space_id",
        other => other.as_str(),
    });
    Error::field(format!("?{named}"), "no_such_row")
}

/// Who organises what is listed can be read by its id.
fn note_looks(tx: &mut ReadTx, app: &App, actor: &Actor, pieces: &[Piece]) -> Result<(), Error> {
    let mut ids: Vec<_> = pieces.iter().filter_map(|piece| piece.reservation).collect();
    ids.sort_unstable();
    ids.dedup();
    note(app, actor, &reservations::find_all(tx, &ids)?);
    Ok(())
}

fn zone_of(source: &Source, piece: &Piece, otherwise: Zone) -> Zone {
    let space = source.spaces.iter().find(|space| space.id == piece.space);
    let venue = space.and_then(|space| source.venues.iter().find(|venue| venue.id == space.venue));
    venue.map_or(otherwise, |venue| venue.zone)
}

fn view(figure: Explainable, piece: &Piece, zone: Zone, sources: &Sources) -> PieceView {
    PieceView {
        unit_id: piece.unit,
        space_id: piece.space,
        starts_at: zone.show(piece.interval.start()),
        ends_at: zone.show(piece.interval.end()),
        sign: if piece.minus { -1 } else { 1 },
        amount: amount(figure, piece.total()),
        people: piece.people.map(|people| rounded(people as f64 / PERSON as f64, 1e4)),
        source: sources.find(piece),
    }
}

fn amount(figure: Explainable, total: Total) -> TotalView {
    let hours = |seconds: f64| rounded(seconds / 3600.0, 1e4);
    let of_people = matches!(figure, Explainable::Known | Explainable::Declared);
    let counted = matches!(figure, Explainable::NoShows | Explainable::RequiredCheckIns);
    TotalView {
        seconds: total.seconds,
        seat_seconds: total.seat_seconds,
        hours: hours(total.seconds as f64),
        seat_hours: hours(total.seat_seconds as f64),
        person_hours: of_people.then(|| hours(total.people as f64 / PERSON as f64)),
        reservations: counted.then_some(total.reservations),
    }
}
