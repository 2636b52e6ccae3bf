//! Bad input gets a clear 4xx and changes nothing.
//!
//! Bodies: valid ones of every operation are spoilt in one place after the other; the answer must name it.

mod bodies;
mod places;
mod protocol;
mod tokens;
mod valid;

use diesel::{prelude::*, sql_types::BigInt};
use prostor::store::dialect::AnyConnection;

use crate::support::TestApp;

const TABLES: &str = "networks venues unit_groups units spaces space_amenities space_parts space_units layouts \
    hours_versions hours_exceptions users sessions refresh_tokens tickets signing_keys organisations \
    organisation_members venue_staff network_coordinators venue_members network_members venue_delegates approvals invitations blocks \
    reservations occupancies outbox idempotency audit join_requests organisation_confirmations calendars attendance \
    imported outside_calendars outside_blocks indicators indicator_targets indicator_values space_images \
    image_files";

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many rows each table has. Every change leaves at least an audit entry.
pub fn rows(app: &TestApp) -> Vec<(&'static str, i64)> {
    let mut connection = app.connection();
    let mut count = |table: &str| {
        let query = diesel::sql_query(format!("SELECT count(*) AS count FROM {table}"));
        let counted = match &mut *connection {
            AnyConnection::Postgres(connection) => query.get_result::<Count>(connection),
            AnyConnection::Sqlite(connection) => query.get_result::<Count>(connection),
        };
        counted.unwrap().count
    };
    TABLES.split_whitespace().map(|table| (table, count(table))).collect()
}
