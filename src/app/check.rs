//! `prostor check`: every invariant of the data, proven from the tables. Reads only.

use std::{collections::HashMap, fmt};

use super::error::Error;
use crate::{
    domain::{
        ids::{ReservationId, SpaceId, UnitId},
        instant::Interval,
        interval_set::IntervalSet,
        record::{Holder, Occupancy, Reservation},
        reservation::Status,
        space::{Allocation, Space},
    },
    store::{
        audit,
        db::{Database, ReadTx},
        integrity, occupancies, reservations, spaces,
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
            "Looked at {} units with {} occupancies and {} reservations.",
            self.units, self.occupancies, self.reservations
        )?;
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

/// Checks all of it in one snapshot.
///
/// # Errors
/// When the database can't be read; a broken invariant is a finding, not an error.
pub fn run(db: &Database) -> Result<Report, Error> {
    db.read(|tx| {
        tx.take_your_time()?;
        let mut report = Report::default();
        for problem in integrity::problems(tx)? {
            report.find(problem);
        }
        no_overlaps(tx, &mut report)?;
        let audited: HashMap<ReservationId, Status> = audit::last_statuses(tx)?.into_iter().collect();
        let mut spaces = HashMap::new();
        let mut after = None;
        loop {
            let page = reservations::walk(tx, after, PAGE)?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            check_page(tx, &page, &audited, &mut spaces, &mut report)?;
        }
        Ok(report)
    })
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

fn check_page(
    tx: &mut ReadTx,
    page: &[Reservation],
    audited: &HashMap<ReservationId, Status>,
    spaces_known: &mut HashMap<SpaceId, Space>,
    report: &mut Report,
) -> Result<(), Error> {
    let ids: Vec<ReservationId> = page.iter().map(|reservation| reservation.id).collect();
    let mut taken: HashMap<Holder, Vec<Occupancy>> = HashMap::new();
    for row in occupancies::of_reservations(tx, &ids)? {
        taken.entry(row.holder).or_default().push(row);
    }
    for reservation in page {
        report.reservations += 1;
        if audited.get(&reservation.id) != Some(&reservation.status) {
            report.find(format!(
                "{} is {} but its audit says {}",
                reservation.id,
                reservation.status,
                audited.get(&reservation.id).map_or("nothing", |status| status.as_str())
            ));
        }
        if !spaces_known.contains_key(&reservation.space)
            && let Some(space) = spaces::find(tx, reservation.space)?
        {
            spaces_known.insert(reservation.space, space);
        }
        let rows = taken.remove(&Holder::Reservation(reservation.id)).unwrap_or_default();
        match spaces_known.get(&reservation.space) {
            Some(space) => check_occupancies(reservation, space, &rows, report),
            None => report.find(format!("{} is of a space that does not exist", reservation.id)),
        }
    }
    Ok(())
}

/// An active or past reservation has exactly its occupancies, one that was given up has none.
fn check_occupancies(reservation: &Reservation, space: &Space, rows: &[Occupancy], report: &mut Report) {
    let given_up = matches!(reservation.status, Status::Declined | Status::Expired | Status::Cancelled);
    if given_up {
        if !rows.is_empty() {
            report.find(format!("{} is {} and still takes units", reservation.id, reservation.status));
        }
        return;
    }
    if reservation.status.occupies() != reservation.expires_at.is_some()
        && matches!(reservation.status, Status::Held | Status::Pending)
    {
        report.find(format!("{} is {} and never expires", reservation.id, reservation.status));
    }
    let own: Vec<UnitId> = match &reservation.change {
        Some(change) => change.own_units.clone(),
        None => {
            let mut units: Vec<UnitId> = rows.iter().map(|row| row.unit).collect();
            units.dedup();
            units
        }
    };
    let as_many = match space.allocation {
        Allocation::Whole => space.units.len(),
        Allocation::Each => reservation.quantity as usize,
    };
    if own.len() != as_many {
        report.find(format!("{} takes {} units instead of {as_many}", reservation.id, own.len()));
    }
    for unit in own {
        let has: IntervalSet = rows.iter().filter(|row| row.unit == unit).map(|row| row.interval).collect();
        let wants = expected(reservation, unit);
        if has != wants {
            report.find(format!("{} takes other times of {unit} than its own", reservation.id));
        }
    }
}

fn expected(reservation: &Reservation, unit: UnitId) -> IntervalSet {
    let own = IntervalSet::from(reservation.occupied());
    let Some(change) = &reservation.change else { return own };
    let added: Option<Interval> = change
        .interval()
        .filter(|_| change.units.contains(&unit))
        .map(|interval| change.buffers().around(interval));
    added.map_or(own.clone(), |added| own.union(&IntervalSet::from(added)))
}
