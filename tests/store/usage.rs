//! Whatever figures are made from can't change without a mark: each column of each table that statistics read says
//! whether it counts, and the database is asked whether it does.

use diesel::{
    QueryableByName, RunQueryDsl,
    connection::SimpleConnection,
    sql_query,
    sql_types::{BigInt, Text},
};
use prostor::store::dialect::AnyConnection;

use crate::{both, database::Backend};

/// A table, its columns that are in no figure, and those that are, each with another value than the fixture's row has.
struct Table(&'static str, &'static str, &'static [(&'static str, &'static str)]);

const TABLES: &[Table] = &[
    Table(
        "networks",
        "id name slug time_zone policy policy_version config_version is_demo version created_at",
        &[("country", "'AT'")],
    ),
    Table(
        "venues",
        "id network_id name slug street postcode city municipality contact_email phone access_instructions policy \
         policy_version hours_version config_version version created_at",
        &[("time_zone", "'Asia/Tokyo'")],
    ),
    Table("units", "id network_id venue_id group_id label", &[("seats", "7")]),
    Table("former_seats", "unit_id", &[("valid_to", "'2026-01-07'"), ("seats", "3")]),
    Table(
        "spaces",
        "id network_id venue_id name search_text allocation capacity description step_free house_rules setup_minutes \
         teardown_minutes hours_version policy policy_version version created_at tariff tariff_version arrival departure",
        &[
            ("kind", "'equipment'"),
            ("booked_by", "'days'"),
            ("own_hours", "TRUE"),
            ("active_from", "'2026-01-07'"),
            ("archived_at", "moment(1772400000)"),
        ],
    ),
    Table(
        "space_units",
        "id position",
        &[
            ("space_id", "two"),
            ("unit_id", "two"),
            ("valid_from", "'2026-02-01'"),
            ("valid_to", "'2026-06-01'"),
        ],
    ),
    Table(
        "hours_versions",
        "id venue_id",
        &[("space_id", "NULL"), ("valid_from", "'2026-02-01'"), ("body", "'{}'")],
    ),
    Table(
        "hours_exceptions",
        "id venue_id",
        &[("space_id", "NULL"), ("date", "'2026-02-01'"), ("body", "'{}'")],
    ),
    Table(
        "occupancies",
        "id network_id venue_id held_until",
        &[
            ("unit_id", "two"),
            ("starts_at", "moment(1772434860)"),
            ("ends_at", "moment(1772438460)"),
            ("reservation_id", "NULL, block_id = one"),
            ("block_id", "one, reservation_id = NULL"),
        ],
    ),
    Table(
        "reservations",
        "id network_id venue_id setup_minutes teardown_minutes quantity title purpose layout_id organiser_id \
         organisation_id made_by notes internal_notes is_public waived cancellation_notice_minutes cancelled_late \
         expires_at sequence version created_at updated_at audience quote event_description event_link on_confirm \
         check_in_opens_minutes check_in_grace_minutes no_show_at reinstated_at series_id recurrence_id changed_alone \
         kept_fee kept_fee_currency reminder_hours remind_at remind_for cancelled_by fee_settled fee_settled_as \
         fee_settled_at",
        &[
            ("space_id", "two"),
            ("status", "'completed'"),
            ("starts_at", "moment(1772434860)"),
            ("ends_at", "moment(1772438460)"),
            ("attendees", "4"),
            ("headcount", "4"),
            ("released_at", "moment(1772436000)"),
            ("change", "'{}'"),
            ("check_in_required", "TRUE"),
            ("checked_in_at", "moment(1772434900)"),
            ("checked_out_at", "moment(1772436000)"),
            ("equipment", "'[]'"),
        ],
    ),
];

/// Rows for all of them, beside the fixture's: `one` of each, and a space and a unit `two`.
const ROWS: &str = "
    INSERT INTO spaces (id, network_id, venue_id, name, search_text, kind, allocation, capacity, booked_by,
      setup_minutes, teardown_minutes, active_from, created_at)
      SELECT two, network_id, venue_id, 'Other', 'other', kind, allocation, capacity, booked_by, 0, 0, active_from,
        created_at FROM spaces WHERE id = one;
    INSERT INTO space_units (id, space_id, unit_id, position, valid_from) VALUES (one, one, one, 0, '2026-01-01');
    INSERT INTO former_seats (unit_id, valid_to, seats) VALUES (one, '2026-01-05', 5);
    INSERT INTO hours_versions (id, venue_id, space_id, valid_from, body) VALUES (one, one, one, '2026-01-01', 'null');
    INSERT INTO hours_exceptions (id, venue_id, space_id, date, body) VALUES (one, one, one, '2026-01-10', 'null');
    INSERT INTO users (id, email, email_key, name, locale, created_at)
      VALUES (one, 'a@example.org', 'a@example.org', 'Ana', 'sl', moment(1772434800));
    INSERT INTO reservations (id, network_id, venue_id, space_id, status, starts_at, ends_at, setup_minutes,
      teardown_minutes, quantity, title, purpose, organiser_id, made_by, cancellation_notice_minutes, created_at,
      updated_at)
      VALUES (one, one, one, one, 'confirmed', moment(1772434800), moment(1772438400), 0, 0, 1, 'Talk', 'meeting', one,
        one, 0, moment(1772434800), moment(1772434800));
    INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id)
      VALUES (one, one, one, one, moment(1772434800), moment(1772438400), one);";

/// In the database's own words.
pub fn words(backend: Backend, statement: &str) -> String {
    let (one, two, at) = match backend {
        Backend::Sqlite => {
            ("x'00000000000000000000000000000001'", "x'00000000000000000000000000000002'", "abs(")
        }
        Backend::Postgres => (
            "'00000000-0000-0000-0000-000000000001'",
            "'00000000-0000-0000-0000-000000000002'",
            "to_timestamp(",
        ),
    };
    let words = statement.split_inclusive([' ', ',', '(', ')', ';', '\n']);
    let word = |word: &str| match word.trim_end_matches([' ', ',', '(', ')', ';', '\n']) {
        "one" => word.replace("one", one),
        "two" => word.replace("two", two),
        "moment" => word.replace("moment(", at),
        _ => word.to_owned(),
    };
    words.map(word).collect()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

fn load<T: QueryableByName<diesel::sqlite::Sqlite> + QueryableByName<diesel::pg::Pg> + 'static>(
    connection: &mut AnyConnection,
    statement: &str,
) -> Vec<T> {
    match connection {
        AnyConnection::Postgres(connection) => sql_query(statement).load(connection).unwrap(),
        AnyConnection::Sqlite(connection) => sql_query(statement).load(connection).unwrap(),
    }
}

/// The marks that a statement leaves, undone again: how many there are, and how many of them hold what it changed.
fn marks(connection: &mut AnyConnection, statement: &str) -> (i64, i64) {
    let moment = if matches!(connection, AnyConnection::Postgres(_)) {
        "to_timestamp(1772434800)"
    } else {
        "1772434800"
    };
    connection.batch_execute(&format!("DELETE FROM usage_marks; BEGIN; {statement}")).unwrap();
    let all: Vec<Count> = load(connection, "SELECT count(*) AS count FROM usage_marks");
    let holding = format!(
        "SELECT count(*) AS count FROM usage_marks WHERE starts_at <= {moment} AND (ends_at IS NULL OR ends_at > {moment})"
    );
    let holding: Vec<Count> = load(connection, &holding);
    connection.batch_execute("ROLLBACK").unwrap();
    (all[0].count, holding[0].count)
}

both! {
    fn every_change_of_what_figures_are_made_from_leaves_a_mark(fixture: &Fixture) {
        let mut connection = fixture.connection();
        let say = |statement: &str| words(fixture.backend, statement);
        connection.batch_execute(&say(ROWS)).unwrap();
        for Table(table, silent, counting) in TABLES {
            let columns = match fixture.backend {
                Backend::Postgres => format!(
                    "SELECT column_name::text AS name FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name = '{table}'"
                ),
                Backend::Sqlite => format!("SELECT name FROM pragma_table_info('{table}')"),
            };
            let mut columns: Vec<Name> = load(&mut connection, &columns);
            columns.retain(|column| !silent.split_whitespace().any(|known| known == column.name));
            let key = if *table == "former_seats" { "unit_id" } else { "id" };
            for column in &columns {
                let decided = counting.iter().find(|(name, _)| *name == column.name);
                let (name, value) = decided.unwrap_or_else(|| {
                    panic!("{table}.{}: does it change any figure? Then it needs a mark", column.name)
                });
                let change = say(&format!("UPDATE {table} SET {name} = {value} WHERE {key} = one"));
                let (all, holding) = marks(&mut connection, &change);
                // An exception is of its date, and seats noted of the past count before it.
                assert!(all > 0 && (holding > 0 || *table == "hours_exceptions"), "{table}.{name}");
            }
            assert_eq!(columns.len(), counting.len(), "{table} has no such column");
        }
    }

    fn what_is_in_no_figure_leaves_none(fixture: &Fixture) {
        let mut connection = fixture.connection();
        let say = |statement: &str| words(fixture.backend, statement);
        connection.batch_execute(&say(ROWS)).unwrap();
        for (statement, wanted) in [
            // Blanking, as erasure and retention do, and saving what is so already.
            ("UPDATE reservations SET title = 'x', notes = 'y', internal_notes = NULL, version = 2 WHERE id = one", 0),
            ("UPDATE reservations SET status = status, starts_at = starts_at, headcount = headcount, title = 'z'", 0),
            ("UPDATE occupancies SET held_until = NULL", 0),
            ("UPDATE spaces SET name = 'New', capacity = 9, kind = kind, archived_at = archived_at", 0),
            ("UPDATE venues SET name = 'New', time_zone = time_zone", 0),
            ("UPDATE units SET label = 'x', seats = seats", 0),
            ("INSERT INTO former_seats (unit_id, valid_to, seats) VALUES (one, '2026-03-01', 10)", 0),
            // What takes part in figures by coming and going.
            ("INSERT INTO former_seats (unit_id, valid_to, seats) VALUES (one, '2026-03-01', 9)", 1),
            ("DELETE FROM former_seats", 1),
            ("DELETE FROM occupancies", 1),
            ("DELETE FROM space_units", 1),
            ("DELETE FROM hours_versions", 1),
            ("DELETE FROM hours_exceptions", 1),
        ] {
            assert_eq!(marks(&mut connection, &say(statement)).0, wanted, "{statement}");
        }
        let made = "INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, block_id)
            VALUES (two, one, one, two, moment(1772434800), moment(1772434860), one)";
        assert_eq!(marks(&mut connection, &say(made)), (1, 1));
        let joined = "INSERT INTO space_units (id, space_id, unit_id, position, valid_from)
            VALUES (two, two, two, 0, '2026-01-01')";
        assert_eq!(marks(&mut connection, &say(joined)), (1, 1));
    }
}
