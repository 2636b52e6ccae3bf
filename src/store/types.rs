//! The two column types that differ between the databases, and how domain values enter and leave them.
//!
//! `Uid`: `uuid` on PostgreSQL, a 16-byte BLOB on SQLite. `Moment`: `timestamptz` on PostgreSQL,
//! INTEGER Unix seconds on SQLite.

use diesel::{
    backend::Backend,
    deserialize::{self, FromSql, Queryable},
    expression::AsExpression,
    internal::derives::as_expression::Bound,
    pg::{Pg, PgValue},
    serialize::{self, IsNull, Output, ToSql},
    sql_types::{BigInt, Binary, HasSqlType, Nullable, SingleValue, SqlType, Uuid as PgUuid},
    sqlite::Sqlite,
};

use super::dialect::{MultiBackend, MultiRawValue};
use crate::domain::{
    ids::{Id, Kind},
    instant::Instant,
};

/// Column type of identifiers.
#[derive(Debug, Clone, Copy, Default, diesel::query_builder::QueryId, SqlType)]
#[diesel(postgres_type(oid = 2950, array_oid = 2951))]
#[diesel(sqlite_type(name = "Binary"))]
pub struct Uid;

/// Column type of instants.
#[derive(Debug, Clone, Copy, Default, diesel::query_builder::QueryId, SqlType)]
#[diesel(postgres_type(oid = 1184, array_oid = 1185))]
#[diesel(sqlite_type(name = "Long"))]
pub struct Moment;

/// Seconds from the Unix epoch to PostgreSQL's, 2000-01-01T00:00:00Z.
const POSTGRES_EPOCH: i64 = 946_684_800;
const MICROSECONDS: i64 = 1_000_000;

impl<K: Kind> ToSql<Uid, Pg> for Id<K> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<PgUuid, Pg>::to_sql(&self.uuid(), &mut out.reborrow())
    }
}

impl<K: Kind> ToSql<Uid, Sqlite> for Id<K> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.uuid().as_bytes().to_vec());
        Ok(IsNull::No)
    }
}

impl<K: Kind> FromSql<Uid, Pg> for Id<K> {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        <uuid::Uuid as FromSql<PgUuid, Pg>>::from_sql(bytes).map(Self::from_uuid)
    }
}

impl<K: Kind> FromSql<Uid, Sqlite> for Id<K> {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?;
        Ok(Self::from_uuid(uuid::Uuid::from_slice(&bytes)?))
    }
}

impl ToSql<Moment, Pg> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let micros = (self.unix() - POSTGRES_EPOCH) * MICROSECONDS;
        ToSql::<BigInt, Pg>::to_sql(&micros, &mut out.reborrow())
    }
}

impl ToSql<Moment, Sqlite> for Instant {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.unix());
        Ok(IsNull::No)
    }
}

impl FromSql<Moment, Pg> for Instant {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let micros = <i64 as FromSql<BigInt, Pg>>::from_sql(bytes)?;
        Ok(Self::from_unix(micros.div_euclid(MICROSECONDS) + POSTGRES_EPOCH))
    }
}

impl FromSql<Moment, Sqlite> for Instant {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <i64 as FromSql<BigInt, Sqlite>>::from_sql(value).map(Self::from_unix)
    }
}

impl HasSqlType<Uid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Uid>(lookup)
    }
}

impl HasSqlType<Moment> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        Self::lookup_sql_type::<Moment>(lookup)
    }
}

/// What diesel's derives would write beside a type that may know diesel; the domain may not.
macro_rules! column_value {
    ([$($generics:tt)*] $value:ty, $column:ty) => {
        impl<$($generics)*> ToSql<$column, MultiBackend> for $value {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((<$column>::default(), self));
                Ok(IsNull::No)
            }
        }

        impl<$($generics)*> FromSql<$column, MultiBackend> for $value {
            fn from_sql(value: MultiRawValue<'_>) -> deserialize::Result<Self> {
                value.from_sql::<Self, $column>()
            }
        }

        impl<DB: Backend, $($generics)*> ToSql<Nullable<$column>, DB> for $value
        where
            Self: ToSql<$column, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<$column, DB>::to_sql(self, out)
            }
        }

        impl<DB, ST, $($generics)*> Queryable<ST, DB> for $value
        where
            DB: Backend,
            ST: SingleValue,
            Self: FromSql<ST, DB>,
        {
            type Row = Self;

            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }

        column_value!(@expression [$($generics)*] $value, $column, $value);
        column_value!(@expression ['expr, $($generics)*] &'expr $value, $column, &'expr $value);
    };
    (@expression [$($generics:tt)*] $source:ty, $column:ty, $bound:ty) => {
        impl<$($generics)*> AsExpression<$column> for $source {
            type Expression = Bound<$column, $bound>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }

        impl<$($generics)*> AsExpression<Nullable<$column>> for $source {
            type Expression = Bound<Nullable<$column>, $bound>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    };
}

column_value!([K: Kind] Id<K>, Uid);
column_value!([] Instant, Moment);
