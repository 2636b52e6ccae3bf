//! `prostor check`: every invariant of the data, proven from the tables. Reads only.

mod audit_chain;
mod blocks;
mod equipment;
mod images;
mod indicators;
mod organisations;
mod plans;
mod presence;
mod published;
mod reminders;
mod reservations;
mod series;
mod usage;
mod waiting;

use std::{
    collections::{BTreeSet, HashMap, hash_map::Entry},
    fmt,
};

use chrono::NaiveDate;

use super::error::Error;
use crate::{
    domain::{
        ids::{SpaceId, UnitId, VenueId},
        space::Space,
        zone::Zone,
    },
    store::{
        audit,
        db::{Database, ReadTx},
        integrity::{self, Member},
        places, spaces,
    },
};

/// Rows read at once.
const PAGE: i64 = 1000;
/// The most findings reported; a broken table would fill the screen.
const MOST_FINDINGS: usize = 1000;

/// What was looked at, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    pub units: usize,
    pub occupancies: usize,
    pub reservations: usize,
    pub blocks: usize,
    pub series: usize,
    /// Sums of a unit's or a space's day.
    pub sums: usize,
    /// How many entries of the audit are sealed, and the last hash.
    pub sealed: (i64, String),
    pub findings: Vec<String>,
}

impl Report {
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, finding: String) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(finding);
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Looked at {} units with {} occupancies, {} reservations, {} series, {} blocks and {} sums of days.",
            self.units, self.occupancies, self.reservations, self.series, self.blocks, self.sums
        )?;
        let (sealed, hash) = &self.sealed;
        writeln!(f, "The audit is sealed up to entry {sealed}: {hash}.")?;
        for finding in &self.findings {
            writeln!(f, "BROKEN  {finding}")?;
        }
        match self.findings.len() {
            0 => write!(f, "Every invariant holds."),
            MOST_FINDINGS => write!(f, "{MOST_FINDINGS} findings or more."),
            n => write!(f, "{n} finding(s)."),
        }
    }
}

/// The spaces and the zones of their venues, read when first asked for, and the units that each has or had.
struct Spaces {
    known: HashMap<SpaceId, Option<Space>>,
    zones: HashMap<VenueId, Zone>,
    members: HashMap<SpaceId, Vec<Member>>,
}

impl Spaces {
    fn get(&mut self, tx: &mut ReadTx, id: SpaceId) -> Result<Option<&Space>, Error> {
        let known = match self.known.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => unknown.insert(spaces::find(tx, id)?),
        };
        Ok(known.as_ref())
    }

    /// One that was read before.
    fn known(&self, id: SpaceId) -> Option<&Space> {
        self.known.get(&id).and_then(Option::as_ref)
    }

    fn has(&self, space: SpaceId, unit: UnitId) -> bool {
        self.members.get(&space).is_some_and(|members| members.iter().any(|member| member.unit == unit))
    }

    fn zone(&mut self, tx: &mut ReadTx, venue: VenueId) -> Result<Zone, Error> {
        if let Some(zone) = self.zones.get(&venue) {
            return Ok(*zone);
        }
        let known = places::venue(tx, venue)?;
        let missing = || Error::Broken(format!("reservations of {venue}, which does not exist"));
        let zone = known.ok_or_else(missing)?.zone;
        self.zones.insert(venue, zone);
        Ok(zone)
    }

    /// Whether a space may have been made of just these units at some time of a local date: all that it had the whole
    /// day through, and some of those that came or went on it.
    fn may_have_been(&self, space: SpaceId, date: NaiveDate, units: &BTreeSet<UnitId>) -> bool {
        let members = || self.members.get(&space).into_iter().flatten();
        let touched = |member: &&Member| member.from <= date && member.to.is_none_or(|to| date <= to);
        let touched: BTreeSet<UnitId> = members().filter(touched).map(|member| member.unit).collect();
        let through = |member: &&Member| member.from < date && member.to.is_none_or(|to| date < to);
        let has_all = members().filter(through).all(|member| units.contains(&member.unit));
        has_all && !units.is_empty() && units.is_subset(&touched)
    }
}

/// Checks all of it in one snapshot.
///
/// # Errors
/// When the database can't be read; a broken invariant is a finding, not an error.
pub fn run(db: &Database) -> Result<Report, Error> {
    db.read(|tx| {
        let mut report = all_but_sums(tx)?;
        usage::check(tx, &mut report)?;
        Ok(report)
    })
}

/// The same without the stored sums of use, which take longer than all else: every day of them is counted again.
///
/// # Errors
/// As of [`run`].
pub fn quickly(db: &Database) -> Result<Report, Error> {
    db.read(all_but_sums)
}

fn all_but_sums(tx: &mut ReadTx) -> Result<Report, Error> {
    tx.take_your_time()?;
    let mut report = Report::default();
    for problem in integrity::problems(tx)? {
        report.find(problem);
    }
    no_overlaps(tx, &mut report)?;
    let steps = audit::steps(tx)?;
    let members = integrity::members(tx)?;
    let mut spaces = Spaces { known: HashMap::new(), zones: HashMap::new(), members };
    reservations::check(tx, &steps, &mut spaces, &mut report)?;
    series::check(tx, &mut report)?;
    blocks::check(tx, &mut spaces, &mut report)?;
    waiting::check(tx, &mut report)?;
    organisations::check(tx, &mut report)?;
    published::check(tx, &mut report)?;
    images::check(tx, &mut report)?;
    indicators::check(tx, &mut report)?;
    plans::check(tx, &spaces, &mut report)?;
    audit_chain::check(tx, &mut report)?;
    Ok(report)
}

/// No two occupancies of one unit overlap.
fn no_overlaps(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    for unit in integrity::units(tx)? {
        report.units += 1;
        let rows = integrity::occupancies_of(tx, unit)?;
        report.occupancies += rows.len();
        for two in rows.windows(2) {
            if two[0].interval.overlaps(two[1].interval) {
                report.find(format!(
                    "{unit} is taken twice: by {:?} and by {:?} from {}",
                    two[0].holder,
                    two[1].holder,
                    two[1].interval.start().utc()
                ));
            }
        }
    }
    Ok(())
}
