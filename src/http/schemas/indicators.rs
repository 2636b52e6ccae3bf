//! OpenAPI schemas of what indicators are made of.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, OneOfBuilder, Schema, Type},
    },
};

use super::configuration::{closed, list};
use crate::domain::{
    disclosure::PublishedDimension,
    ids::VenueId,
    indicator::{Bilingual, IndicatorFilter},
    space::SpaceKind,
    tariff::Currency,
    text::Line,
};

fn perhaps(of: RefOr<Schema>) -> OneOfBuilder {
    OneOfBuilder::new().item(of).item(ObjectBuilder::new().schema_type(Type::Null))
}

fn filter() -> ObjectBuilder {
    closed()
        .property("venue_ids", list(VenueId::schema(), 200))
        .property("kinds", list(SpaceKind::schema(), 200))
        .property("dimension", perhaps(PublishedDimension::schema()))
        .property("categories", list(Line::<100>::schema(), 200))
        .property("currency", perhaps(Currency::schema()))
        .description(Some(
            "What counts of the figure, all of it where nothing is said: venues of the network; kinds of spaces for figures of \
             use; for figures about people categories of one dimension of the published tables (`audience`: `cci`); the \
             currency of money",
        ))
}

impl PartialSchema for IndicatorFilter {
    fn schema() -> RefOr<Schema> {
        filter().into()
    }
}

impl ToSchema for IndicatorFilter {}

impl<const MAX: usize> PartialSchema for Bilingual<MAX> {
    fn schema() -> RefOr<Schema> {
        closed()
            .property("sl", Line::<MAX>::schema())
            .property("en", Line::<MAX>::schema())
            .required("sl")
            .required("en")
            .description(Some("In Slovenian and in English"))
            .into()
    }
}

impl<const MAX: usize> ToSchema for Bilingual<MAX> {
    fn name() -> Cow<'static, str> {
        format!("Bilingual_{MAX}").into()
    }
}
