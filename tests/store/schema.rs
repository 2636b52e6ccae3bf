//! `schema.rs` is what the migrations make, on each database: tables, columns, types, nullability.

use std::collections::BTreeMap;

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use prostor::store::dialect::AnyConnection;

use crate::{both, database::Backend};

type Columns = BTreeMap<(String, String), String>;

/// What `schema.rs` says, as the live database would put it.
fn declared(backend: Backend) -> Columns {
    let source = include_str!("../../src/store/schema.rs");
    let mut columns = Columns::new();
    let mut table = String::new();
    for line in source.lines().map(str::trim) {
        if line.starts_with("diesel::") {
            continue; // which tables join
        }
        if let Some((name, column)) = line.trim_end_matches(',').split_once(" -> ") {
            columns.insert((table.clone(), name.to_owned()), translated(column, backend));
        } else if line.ends_with('{') && line.contains('(') {
            table = line.split(' ').next().unwrap().to_owned();
        }
    }
    columns
}

fn translated(column: &str, backend: Backend) -> String {
    let inner = column.strip_prefix("Nullable<").and_then(|rest| rest.strip_suffix('>'));
    let name = match (inner.unwrap_or(column), backend) {
        ("Uid", Backend::Postgres) => "uuid",
        ("Moment", Backend::Postgres) => "timestamp with time zone",
        ("Text", Backend::Postgres) => "text",
        ("BigInt", Backend::Postgres) => "bigint",
        ("Integer", Backend::Postgres) => "integer",
        ("SmallInt", Backend::Postgres) => "smallint",
        ("Bool", Backend::Postgres) => "boolean",
        ("Date", Backend::Postgres) => "date",
        ("Binary", Backend::Postgres) => "bytea",
        ("Uid" | "Binary", Backend::Sqlite) => "blob",
        ("Text" | "Date", Backend::Sqlite) => "text",
        ("Moment" | "BigInt" | "Integer" | "SmallInt" | "Bool", Backend::Sqlite) => "integer",
        (other, _) => panic!("schema.rs has a column type without a translation: {other}"),
    };
    format!("{name}{}", if inner.is_some() { " null" } else { "" })
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    column_type: String,
}

const POSTGRES: &str = "SELECT table_name::text, column_name::text, \
     data_type || CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END AS column_type \
     FROM information_schema.columns WHERE table_schema = 'public'";
// A primary key can't be null, though SQLite does not say so for each of its columns.
const SQLITE: &str = "SELECT t.name AS table_name, c.name AS column_name, \
     lower(c.type) || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN '' ELSE ' null' END AS column_type \
     FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";

fn live(connection: &mut AnyConnection) -> Columns {
    let rows: Vec<Column> = match connection {
        AnyConnection::Postgres(connection) => sql_query(POSTGRES).load(connection).unwrap(),
        AnyConnection::Sqlite(connection) => sql_query(SQLITE).load(connection).unwrap(),
    };
    let ours = rows.into_iter().filter(|row| !row.table_name.starts_with("__diesel"));
    ours.map(|row| ((row.table_name, row.column_name), row.column_type)).collect()
}

both! {
    fn the_schema_is_what_the_migrations_make(fixture: &Fixture) {
        let (declared, live) = (declared(fixture.backend), live(&mut fixture.connection()));
        assert!(declared.len() > 150, "schema.rs was not understood");
        for (column, kind) in &live {
            assert_eq!(declared.get(column), Some(kind), "{column:?} of the database is not so in schema.rs");
        }
        for column in declared.keys() {
            assert!(live.contains_key(column), "{column:?} of schema.rs is not in the database");
        }
    }
}
