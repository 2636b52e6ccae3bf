//! OpenAPI schemas of domain values, which may not know OpenAPI themselves.

mod configuration;
mod indicators;
mod plans;
mod tariffs;

use std::borrow::Cow;

use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type},
    },
};

use crate::app::{affected::OnAffected, reservations::settle::FeeOutcome};
use crate::domain::{
    access::OrganisationRole,
    approval::Asked,
    decision::{Outcome, Shown},
    disclosure::{PublishedDimension, PublishedFigure},
    event::EventLink,
    fees::Settlement,
    ids::{Id, Kind},
    import::{ImportFormat, LineOutcome, Mode},
    indicator::{IndicatorFigure, IndicatorStatus, Missing, TargetDirection, ValueOrigin},
    locale::Locale,
    organisation::{LegalForm, RegisterNumber, Size},
    outside::FetchResult,
    person::{EmailAddress, Phone},
    policy::Audience,
    reservation::{Purpose, Status},
    scope::Scope,
    seen::Seen,
    series::{OccurrenceOutcome, OnConflict},
    space::{Allocation, BookedBy, SpaceKind},
    statistics::{Comparison, Explainable, Origin},
    text::{Line, Prose, Slug},
    waiting::WaitingState,
    zone::{DateOrTime, TimeInput},
};

const DATE: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const TIME: &str =
    "[Tt]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.0+)?)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])?";

fn string() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

impl<K: Kind> PartialSchema for Id<K> {
    fn schema() -> RefOr<Schema> {
        string()
            .pattern(Some(format!("^{}_[0-7][0-9a-hjkmnp-tv-z]{{25}}$", K::PREFIX)))
            .examples([Value::from(format!("{}_01h455vb4pex5vsknk084sn02q", K::PREFIX))])
            .into()
    }
}

impl<K: Kind> ToSchema for Id<K> {
    fn name() -> Cow<'static, str> {
        format!("Id_{}", K::PREFIX).into()
    }
}

/// Closed lists of words.
macro_rules! words {
    ($($list:ty => $texts:expr),* $(,)?) => {$(
        impl PartialSchema for $list {
            fn schema() -> RefOr<Schema> {
                string().enum_values(Some($texts)).into()
            }
        }
        impl ToSchema for $list {}
    )*};
}

macro_rules! coded {
    ($($list:ty),* $(,)?) => { words! { $($list => <$list>::ALL.iter().map(|word| word.as_str())),* } };
}

coded!(Status, Purpose, SpaceKind, Allocation, BookedBy, Outcome, OnAffected, WaitingState);
coded!(Mode, LineOutcome, ImportFormat, FetchResult, FeeOutcome, Settlement);
coded!(IndicatorFigure, IndicatorStatus, Missing, TargetDirection, ValueOrigin);
coded!(Comparison, Explainable, Origin, PublishedDimension, PublishedFigure);
coded!(Scope, Seen, OrganisationRole, LegalForm, Size, Audience, Asked, OccurrenceOutcome, OnConflict);
words! { Locale => Locale::ALL.iter().map(|locale| locale.tag()) }

macro_rules! texts {
    ($([$($generics:tt)*] $type:ty $(, $name:expr)? => $schema:expr;)*) => {$(
        impl<$($generics)*> PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }
        impl<$($generics)*> ToSchema for $type {
            $(fn name() -> Cow<'static, str> {
                $name.into()
            })?
        }
    )*};
}

// Each length is a schema of its own: under one name the last would stand for all.
texts! {
    [const MAX: usize] Line<MAX>, format!("Line_{MAX}") =>
        string().min_length(Some(1)).max_length(Some(MAX));
    [const MAX: usize] Prose<MAX>, format!("Prose_{MAX}") => string().max_length(Some(MAX));
    [] Slug => string().pattern(Some("^[a-z0-9]+(-[a-z0-9]+)*$")).max_length(Some(Slug::MAX));
    [] EmailAddress => string()
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)))
        .max_length(Some(EmailAddress::MAX))
        .examples([Value::from("ana.novak@example.si")]);
    [] EventLink => string()
        .pattern(Some(EventLink::PATTERN))
        .max_length(Some(EventLink::MAX))
        .examples([Value::from("https://layerjevahisa.example/program")]);
    [] Phone => string()
        .description(Some("6 to 15 digits, perhaps with + before them"))
        .max_length(Some(40))
        .examples([Value::from("+38640123456")]);
    [] RegisterNumber => string()
        .pattern(Some("^([0-9]{7}|[0-9]{10})$"))
        .examples([Value::from("5043611")]);
    [] Shown, "ReasonValue" => ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Integer, Type::String]))
        .description(Some("A number, an instant in RFC 3339, or a date"));
    [] TimeInput => string()
        .pattern(Some(format!("^{DATE}{TIME}$")))
        .description(Some("RFC 3339 with an offset, or a local date-time without one, read in the venue's zone"))
        .examples([Value::from("2026-11-03T10:00:00+01:00"), Value::from("2026-11-03T10:00")]);
    [] DateOrTime => string()
        .pattern(Some(format!("^{DATE}({TIME})?$")))
        .description(Some("A local date, or a time as elsewhere"))
        .examples([Value::from("2026-11-03"), Value::from("2026-11-03T10:00")]);
}

/// A time as the API answers it: RFC 3339 with the venue's offset.
pub fn date_time() -> ObjectBuilder {
    string().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
}
