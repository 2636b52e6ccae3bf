//! What a key for programs must be for, path by path. What does not stand here, no key does: signing in, the account
//! itself and its sessions and keys, what a mail's link is for, and the service's health.

use actix_web::HttpRequest;

use super::openapi;
use crate::domain::scope::Scope::{self, *};

/// A path, the scope for reading it and the scope for every other method; `None`: not for keys.
type Row = (&'static str, Option<Scope>, Option<Scope>);

const PLACES: (Option<Scope>, Option<Scope>) = (Some(ReadPlaces), Some(WritePlaces));
const RESERVATIONS: (Option<Scope>, Option<Scope>) = (Some(ReadReservations), Some(WriteReservations));
const PEOPLE: (Option<Scope>, Option<Scope>) = (Some(ReadPeople), Some(WritePeople));

const fn row(path: &'static str, (read, write): (Option<Scope>, Option<Scope>)) -> Row {
    (path, read, write)
}

const TABLE: &[Row] = &[
    row("/networks", PLACES),
    row("/networks/{id}", PLACES),
    row("/networks/{id}/policy", PLACES),
    row("/venues", PLACES),
    row("/venues/{id}", PLACES),
    row("/venues/{id}/opening-hours", PLACES),
    row("/venues/{id}/policy", PLACES),
    row("/venues/{id}/spaces", PLACES),
    row("/venues/{id}/closures", (None, Some(WritePlaces))),
    row("/venues/{id}/closures/preview", (None, Some(ReadReservations))),
    row("/spaces", PLACES),
    row("/spaces/{id}", PLACES),
    row("/spaces/{id}/copy", PLACES),
    row("/spaces/{id}/door.svg", PLACES),
    row("/venues/{id}/images", PLACES),
    row("/venues/{id}/images/{image_id}", PLACES),
    row("/spaces/{id}/images", PLACES),
    row("/spaces/{id}/images/{image_id}", PLACES),
    row("/images/{digest}.jpg", (Some(ReadPlaces), None)),
    row("/spaces/{id}/layouts", PLACES),
    row("/spaces/{id}/opening-hours", PLACES),
    row("/spaces/{id}/parts", PLACES),
    row("/spaces/{id}/plan", PLACES),
    row("/spaces/{id}/policy", PLACES),
    row("/spaces/{id}/tariff", PLACES),
    row("/spaces/{id}/tariff/quote", (None, Some(ReadPlaces))),
    row("/spaces/{id}/units", PLACES),
    row("/availability", PLACES),
    row("/spaces/{id}/availability", PLACES),
    row("/spaces/{id}/freebusy.ics", PLACES),
    row("/events", PLACES),
    row("/events.ics", PLACES),
    row("/reservations", RESERVATIONS),
    // These write nothing.
    row("/reservations/check", (None, Some(ReadReservations))),
    row("/reservations/{id}/check", (None, Some(ReadReservations))),
    row("/series/preview", (None, Some(ReadReservations))),
    row("/reservations/{id}", RESERVATIONS),
    row("/reservations/{id}/approve", RESERVATIONS),
    row("/reservations/{id}/calendar.ics", RESERVATIONS),
    row("/reservations/{id}/cancel", RESERVATIONS),
    row("/reservations/{id}/check-in", RESERVATIONS),
    row("/reservations/{id}/check-out", RESERVATIONS),
    row("/reservations/{id}/confirm", RESERVATIONS),
    row("/reservations/{id}/decline", RESERVATIONS),
    row("/reservations/{id}/headcount", RESERVATIONS),
    row("/reservations/{id}/no-show", RESERVATIONS),
    row("/reservations/{id}/settle", RESERVATIONS),
    row("/series", RESERVATIONS),
    row("/series/{id}", RESERVATIONS),
    row("/series/{id}/approve", RESERVATIONS),
    row("/series/{id}/cancel", RESERVATIONS),
    row("/series/{id}/decline", RESERVATIONS),
    row("/waiting-list", RESERVATIONS),
    row("/waiting-list/{id}", RESERVATIONS),
    row("/venues/{id}/approvals", RESERVATIONS),
    row("/venues/{id}/waiting-list", RESERVATIONS),
    row("/spaces/{id}/blocks", RESERVATIONS),
    row("/spaces/{id}/blocks/preview", (None, Some(ReadReservations))),
    row("/venues/{id}/blocks", RESERVATIONS),
    row("/blocks/{id}", RESERVATIONS),
    row("/spaces/{id}/check-in", RESERVATIONS),
    row("/venues/{id}/reservations/import", (None, Some(WriteReservations))),
    row("/venues/{id}/spaces/import", (None, Some(WritePlaces))),
    row("/venues/{id}/attendance/import", (None, Some(WriteStatistics))),
    row("/venues/{id}/outside-calendars", RESERVATIONS),
    row("/outside-calendars/{id}", RESERVATIONS),
    row("/outside-calendars/{id}/refresh", RESERVATIONS),
    row("/me", (Some(ReadPeople), None)),
    row("/organisations", PEOPLE),
    row("/confirmed-organisations", (Some(ReadPeople), None)),
    row("/organisations/{id}", PEOPLE),
    row("/organisations/{id}/confirmation", (Some(ReadPeople), None)),
    row("/organisations/{id}/confirm", PEOPLE),
    row("/organisations/{id}/members", PEOPLE),
    row("/organisations/{id}/members/{user_id}", PEOPLE),
    row("/organisations/{id}/join-requests", PEOPLE),
    row("/organisations/{id}/invitations", PEOPLE),
    row("/organisations/{id}/invitations/{invitation_id}", PEOPLE),
    row("/organisations/registered/{register_number}", (Some(ReadPeople), None)),
    row("/organisations/{id}/confirmations", (Some(ReadPeople), None)),
    row("/join-requests", (Some(ReadPeople), None)),
    row("/join-requests/{id}", PEOPLE),
    row("/join-requests/{id}/accept", PEOPLE),
    row("/join-requests/{id}/decline", PEOPLE),
    row("/venues/{id}/staff", PEOPLE),
    row("/venues/{id}/staff/{user_id}", PEOPLE),
    row("/venues/{id}/delegates", PEOPLE),
    row("/venues/{id}/delegates/{user_id}", PEOPLE),
    row("/venues/{id}/members", PEOPLE),
    row("/venues/{id}/members/{user_id}", PEOPLE),
    row("/venues/{id}/invitations", PEOPLE),
    row("/venues/{id}/invitations/{invitation_id}", PEOPLE),
    row("/networks/{id}/coordinators", PEOPLE),
    row("/networks/{id}/coordinators/{user_id}", PEOPLE),
    row("/networks/{id}/members", PEOPLE),
    row("/networks/{id}/members/{user_id}", PEOPLE),
    row("/networks/{id}/invitations", PEOPLE),
    row("/networks/{id}/invitations/{invitation_id}", PEOPLE),
    row("/statistics/utilisation", (Some(ReadStatistics), None)),
    row("/statistics/heatmap", (Some(ReadStatistics), None)),
    row("/statistics/explain", (Some(ReadStatistics), None)),
    row("/venues/{id}/statistics/rows", (Some(ReadStatistics), None)),
    row("/statistics/demand", (Some(ReadStatistics), None)),
    row("/statistics/users", (Some(ReadStatistics), None)),
    row("/statistics/published", (Some(ReadStatistics), None)),
    row("/statistics/report", (Some(ReadStatistics), None)),
    row("/statistics/indicators", (Some(ReadStatistics), None)),
    row("/networks/{id}/indicators", (Some(ReadStatistics), Some(WriteStatistics))),
    row("/indicators/{id}", (Some(ReadStatistics), Some(WriteStatistics))),
    row("/spaces/{id}/attendance", (Some(ReadStatistics), Some(WriteStatistics))),
];

/// The scope that a key needs for this request; `None` where no key will do.
pub fn needed(request: &HttpRequest) -> Option<Scope> {
    let pattern = request.match_pattern()?;
    of(request.method().is_safe(), pattern.strip_prefix(openapi::BASE)?)
}

/// The scope for reading what a path names, or for the rest.
pub fn of(reading: bool, path: &str) -> Option<Scope> {
    let (_, read, write) = TABLE.iter().find(|(known, ..)| *known == path)?;
    if reading { *read } else { *write }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Decided for each operation: it stands in the table, or here.
    const NOT_FOR_KEYS: &[&str] = &[
        "PATCH /me",
        "DELETE /me",
        "GET /me/export",
        "GET /me/export.ics",
        "GET /me/views",
        "GET /views",
        "GET /audit",
        "POST /organisations/{id}/hand-over",
        "GET /venues/{id}/guests",
        "GET /venues/{id}/guests/{guest_id}",
        "DELETE /venues/{id}/guests/{guest_id}",
        "GET /me/sessions",
        "DELETE /me/sessions",
        "DELETE /me/sessions/{id}",
        "POST /invitations/redeem",
        "POST /check-in",
        "POST /manage",
        "POST /manage/cancel",
        "POST /headcount",
        "GET /venues/{id}/calendars",
        "DELETE /venues/{id}/calendars/{calendar_id}",
        "GET /calendars/{token}.ics",
        "GET /health/live",
        "GET /health/ready",
        "GET /metrics",
    ];

    #[test]
    fn every_operation_has_its_scope_or_is_not_for_keys() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        let mut undecided = BTreeSet::new();
        let mut known = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            known.insert(path.as_str());
            for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
                let operation = format!("{} {path}", method.to_uppercase());
                let closed = path.starts_with("/auth/") || NOT_FOR_KEYS.contains(&operation.as_str());
                if of(method == "get", path).is_some() == closed {
                    undecided.insert(operation);
                }
            }
        }
        assert!(undecided.is_empty(), "{undecided:#?}");
        for (path, ..) in TABLE {
            assert!(known.contains(path), "{path} is no path");
        }
    }
}
