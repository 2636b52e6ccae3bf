//! How the indicators of a network's action plan stand in a year (ADR 27). Everybody who may ask
//! sees the same: what is published, and what is never hidden.

pub mod keeping;
pub(in crate::app) mod measuring;
mod recount;
mod tables;
mod view;

pub use self::view::{IndicatorChange, IndicatorProgress, IndicatorValue, Indicators};
use self::{measuring::Measuring, view::Read};
use crate::{
    app::{App, error::Error, indicators::may_see},
    domain::{
        access::{self, Action, Actor},
        ids::NetworkId,
        instant::Instant,
    },
    store::{db::ReadTx, indicators as store},
};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub network: NetworkId,
    pub year: i32,
    /// Whether to say what has changed since a year closed.
    pub changes: bool,
}

/// # Errors
/// `unauthenticated`, `forbidden` unless coordinator, administrator or staff of any of the network's venues, `not_found`;
/// `invalid` for a year out of range.
pub fn show(app: &App, actor: &Actor, asked: Asked) -> Result<Indicators, Error> {
    access::may(actor, Action::OwnAccount)?;
    if !(2000..2100).contains(&asked.year) {
        return Err(Error::field("?year", "out_of_range"));
    }
    app.replica.read(|tx| {
        may_see(tx, actor, asked.network)?;
        tx.take_your_time()?;
        let now = app.now();
        let mut measuring = Measuring::new(tx, asked.network, now)?;
        Ok(Indicators {
            as_of: measuring.zone().show(now),
            time_zone: measuring.zone().name(),
            network_id: asked.network,
            year: asked.year,
            slug: measuring.slug().to_owned(),
            items: measure(&mut measuring, asked)?,
        })
    })
}

/// All indicators of a network in a year, by code, with all of their values that are shown to whoever coordinates: for the
/// report. `changes` also says what has changed since the year closed.
///
/// # Errors
/// `not_found`; when the database fails.
pub fn of_year(
    tx: &mut ReadTx,
    network: NetworkId,
    year: i32,
    now: Instant,
    changes: bool,
) -> Result<Vec<IndicatorProgress>, Error> {
    measure(&mut Measuring::new(tx, network, now)?, Asked { network, year, changes })
}

fn measure(measuring: &mut Measuring<'_>, asked: Asked) -> Result<Vec<IndicatorProgress>, Error> {
    let Asked { network, year, changes } = asked;
    let mut indicators = store::all(measuring.tx, network)?;
    // Those that were given up are told of in years that closed before.
    indicators.retain(|one| one.archived_at.is_none() || measuring.is_kept(one, year));
    indicators.sort_by(|a, b| (&a.code, a.id).cmp(&(&b.code, b.id)));
    let mut items = Vec::with_capacity(indicators.len());
    for indicator in &indicators {
        let value = measuring.read(indicator, year)?;
        let before = measuring.read(indicator, year - 1)?;
        let changed = if changes { measuring.changes(indicator, year)? } else { None };
        let read = Read { indicator, year, zone: measuring.zone(), value, before, changed };
        items.push(read.progress());
    }
    Ok(items)
}
