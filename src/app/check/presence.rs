//! Who came agrees with the status, and what was given back lies within the time that was had.

use super::Report;
use crate::domain::{record::Reservation, reservation::Status};

pub(super) fn check(reservation: &Reservation, report: &mut Report) {
    if let Some(wrong) = wrong(reservation) {
        report.find(format!("{} is {} and {wrong}", reservation.id, reservation.status));
    }
}

fn wrong(reservation: &Reservation) -> Option<&'static str> {
    let Reservation { status, interval, released_at, presence, .. } = reservation;
    let arrived = presence.arrived();
    let came = match status {
        Status::CheckedIn => !arrived || presence.checked_out_at.is_some(),
        Status::Completed => !arrived && (presence.rules.required || presence.checked_out_at.is_some()),
        _ => arrived || presence.checked_out_at.is_some(),
    };
    let inside = released_at.is_none_or(|at| interval.contains(at) && at > interval.start());
    let given_back = match status {
        Status::NoShow => true,
        // Taken back, but others had reserved meanwhile.
        Status::CheckedIn => released_at.is_none() || presence.reinstated_at.is_some(),
        Status::Completed => {
            released_at.is_none() || presence.checked_out_at.is_some() || presence.reinstated_at.is_some()
        }
        _ => released_at.is_none(),
    };
    if came {
        Some("does not agree with when they came and left")
    } else if !inside {
        Some("was given back outside of its time")
    } else if !given_back {
        Some("was given back although nobody left")
    } else {
        None
    }
}
