//! Values that indicators keep are of closed years; those of published tables are what the tables say, and no part of
//! something is more than all of it.

use super::Report;
use crate::{
    app::{error::Error, statistics::indicators::measuring::Measuring},
    domain::{
        indicator::{Indicator, IndicatorSource, Missing},
        instant::Instant,
        places::Network,
    },
    store::{
        db::ReadTx,
        indicators::{self, KeptValue},
        places,
    },
};

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    for network in places::networks(tx, None, i64::MAX)? {
        check_network(tx, &network, report)?;
    }
    Ok(())
}

fn check_network(tx: &mut ReadTx, network: &Network, report: &mut Report) -> Result<(), Error> {
    let all = indicators::all(tx, network.id)?;
    let kept = indicators::values(tx, network.id)?;
    // What tables say does not depend on when they are read.
    let mut measuring = Measuring::new(tx, network.id, Instant::LATEST)?;
    let closed = measuring.closed_years();
    for indicator in &all {
        for (&(_, year), value) in kept.range((indicator.id, i32::MIN)..=(indicator.id, i32::MAX)) {
            let named =
                || format!("{} of {year}, indicator {} of {}", value.made_from, indicator.id, network.id);
            if !closed.contains(&year) {
                report.find(format!("{}: the year is not closed", named()));
            }
            if value.made_from != indicator.definition.source() {
                report.find(format!("{}: it is made from something else", named()));
            }
            if exceeds(indicator, value) {
                report.find(format!("{}: {:?} is more than all", named(), value.measure));
            }
            if value.made_from == IndicatorSource::Published && closed.contains(&year) {
                let said = measuring.count(&indicator.definition, year)?.outcome;
                if said != value.measure.ok_or(Missing::Suppressed) {
                    report.find(format!("{}: {:?} is kept, and published {said:?}", named(), value.measure));
                }
            }
        }
    }
    Ok(())
}

/// More people than seats come to no more than the seats; so no rate is above 1.
fn exceeds(indicator: &Indicator, value: &KeptValue) -> bool {
    let Some(measure) = value.measure else { return false };
    let negative = measure.numerator.is_some_and(|part| part < 0);
    negative
        || indicator.definition.figure.is_rate()
            && measure.numerator.zip(measure.denominator).is_some_and(|(part, all)| part > all)
}
