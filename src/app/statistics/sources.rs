//! What the pieces of an explained figure come from, and where that is read.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::error::Error,
    domain::{
        ids::{BlockId, UnitId},
        instant::Interval,
        statistics::{Origin, Piece},
    },
    store::{db::ReadTx, occupancies},
};

/// What a piece comes from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ExplainedSource)]
pub struct SourceView {
    #[serde(rename = "type")]
    pub origin: Origin,
    /// The reservation's or the block's.
    pub id: Option<String>,
    /// Where it is read, or the hours that say so.
    #[schema(format = "uri-reference")]
    pub path: String,
}

/// The blocks among what pieces come from.
pub(super) struct Sources {
    blocks: Vec<(UnitId, Interval, BlockId)>,
}

impl Sources {
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut ReadTx, pieces: &[Piece]) -> Result<Self, Error> {
        let blocks = pieces.iter().filter(|piece| piece.origin == Origin::Block);
        let (mut units, times): (Vec<UnitId>, Vec<Interval>) =
            blocks.filter_map(|piece| Some((piece.unit?, piece.interval))).unzip();
        units.sort_unstable();
        units.dedup();
        let start = times.iter().map(|time| time.start()).min();
        let end = times.iter().map(|time| time.end()).max();
        let blocks = match start.zip(end).and_then(|(start, end)| Interval::new(start, end)) {
            Some(window) => occupancies::blocks(tx, &units, window)?,
            None => Vec::new(),
        };
        Ok(Self { blocks })
    }

    pub fn find(&self, piece: &Piece) -> SourceView {
        let is_it = |(unit, interval, _): &&(UnitId, Interval, BlockId)| {
            piece.unit == Some(*unit) && interval.covers(piece.interval)
        };
        let (id, path) = match (piece.origin, piece.reservation) {
            (Origin::Reservation, Some(id)) => (Some(id.to_string()), format!("reservations/{id}")),
            (Origin::Block, _) => match self.blocks.iter().find(is_it) {
                Some((.., id)) => (Some(id.to_string()), format!("blocks/{id}")),
                None => (None, format!("spaces/{}/blocks", piece.space)),
            },
            _ => (None, format!("spaces/{}/opening-hours", piece.space)),
        };
        SourceView { origin: piece.origin, id, path: format!("/api/v1/{path}") }
    }
}
