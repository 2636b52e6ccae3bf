//! A reminder that is due is of what stands, and as long before its start as its rules say.

use super::Report;
use crate::domain::record::Reservation;

pub(super) fn check(reservation: &Reservation, report: &mut Report) {
    let Reservation { id, status, interval, reminder, .. } = reservation;
    if !reminder.fits(*status, *interval) {
        report.find(format!("{id} is {status} and reminded of at another time than it should"));
    }
}
