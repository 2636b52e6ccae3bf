//! OpenAPI schemas of floor plans, which are domain types.

use std::borrow::Cow;

use serde_json::Value;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, OneOfBuilder, Schema, Type},
    },
};

use super::configuration::{closed, integer, list, schemas, words};
use crate::domain::{
    ids::UnitId,
    plan::{
        Fixture, FixtureKind, LONGEST_SIDE, MOST_FIXTURES, MOST_UNITS, Plan, SHORTEST_SIDE, TURNS, UnitPlace,
    },
    text::Line,
};

fn side() -> ObjectBuilder {
    integer().minimum(Some(SHORTEST_SIDE)).maximum(Some(LONGEST_SIDE))
}

/// The members that a rectangle has.
fn lying(object: ObjectBuilder) -> ObjectBuilder {
    let turns = TURNS.iter().map(|turn| Value::from(*turn)).collect::<Vec<_>>();
    object
        .property("x", integer().maximum(Some(LONGEST_SIDE)))
        .property("y", integer().maximum(Some(LONGEST_SIDE)))
        .property("width", side())
        .property("height", side())
        .property("rotation", ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(turns)))
        .required("x")
        .required("y")
        .required("width")
        .required("height")
}

fn text() -> OneOfBuilder {
    OneOfBuilder::new().item(Line::<40>::schema()).item(ObjectBuilder::new().schema_type(Type::Null))
}

schemas! {
    UnitPlace, "UnitPlace" => lying(closed().property("unit_id", UnitId::schema()).required("unit_id"))
        .description(Some(
            "Where a unit stands, centimetres. Its sides are those that it has on the plan, as it is turned; `rotation` tells \
             where its front is: at the lower side, and a quarter clockwise further for each 90",
        ));
    Fixture, "Fixture" => lying(closed()
            .property("kind", words(FixtureKind::ALL.iter().map(|kind| kind.as_str())))
            .property("text", text())
            .required("kind"))
        .description(Some("Something to find one's way by, which nobody can reserve"));
    Plan, "NewPlan" => closed()
        .property("width", integer().maximum(Some(LONGEST_SIDE)))
        .property("height", integer().maximum(Some(LONGEST_SIDE)))
        .property("units", list(UnitPlace::schema(), MOST_UNITS))
        .property("fixtures", list(Fixture::schema(), MOST_FIXTURES))
        .required("width")
        .required("height")
        .description(Some("What lies where, in whole centimetres from the upper left corner"));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_schema_takes_what_the_type_takes() {
        let unit = "unt_01h455vb4pex5vsknk084sn02q";
        let desk = json!({"unit_id": unit, "x": 0, "y": 0, "width": 140, "height": 70});
        let door =
            json!({"kind": "door", "x": 0, "y": 0, "width": 90, "height": 10, "rotation": 90, "text": null});
        let schema = serde_json::to_value(<Plan as PartialSchema>::schema()).unwrap();
        let schema = jsonschema::validator_for(&schema).unwrap();
        for (plan, wanted) in [
            (json!({"width": 0, "height": 0}), true),
            (json!({"width": 600, "height": 400, "units": [desk], "fixtures": [door]}), true),
            (json!({"width": 600}), false),
            (json!({"width": 600, "height": -1}), false),
            (json!({"width": 600, "height": 4.5}), false),
            (json!({"width": 600, "height": 400, "units": [door]}), false),
            (json!({"width": 600, "height": 400, "fixtures": [desk]}), false),
            (json!({"width": 600, "height": 400, "version": 1}), false),
        ] {
            assert_eq!(schema.is_valid(&plan), wanted, "{plan}");
            assert_eq!(serde_json::from_value::<Plan>(plan.clone()).is_ok(), wanted, "{plan}");
        }
    }
}
