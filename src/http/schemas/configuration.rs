//! OpenAPI schemas of opening hours and policies, which are domain types.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{
            AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, OneOfBuilder, Schema,
            SchemaFormat, Type,
        },
    },
};

use super::string;
use crate::domain::{
    hours::{Day, HolidayHours, Season, Span, TimeOfDay, WeeklyRule},
    policy::{
        Approval, Audience, Beyond, By, Counting, Effective, Level, Over, Per, Policy, Rules,
        check::{MOST_AMOUNT, MOST_QUOTAS, RANGES},
    },
};

/// An object that takes no other members.
pub(super) fn closed() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)))
}

pub(super) fn list(of: impl Into<RefOr<Schema>>, most: usize) -> ArrayBuilder {
    ArrayBuilder::new().items(of.into()).max_items(Some(most))
}

fn date() -> ObjectBuilder {
    string().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
}

pub(super) fn words<'a>(words: impl Iterator<Item = &'a str>) -> ObjectBuilder {
    string().enum_values(Some(words.map(Value::from).collect::<Vec<_>>()))
}

pub(super) fn integer() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0))
}

pub(super) fn yes_or_no() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Boolean)
}

fn day() -> ObjectBuilder {
    let names = Day::ALL.iter().filter_map(|day| serde_json::to_value(day).ok()).collect::<Vec<_>>();
    string().enum_values(Some(names))
}

fn span() -> ObjectBuilder {
    closed()
        .property("opens", TimeOfDay::schema())
        .property("closes", TimeOfDay::schema())
        .required("opens")
        .required("closes")
        .description(Some("`closes` not after `opens` is on the next day"))
        .examples([json!({"opens": "08:00", "closes": "20:00"})])
}

fn weekly_rule() -> ObjectBuilder {
    span()
        .property("days", list(day(), 7).min_items(Some(1)))
        .required("days")
        .examples([json!({"days": ["mon", "fri"], "opens": "08:00", "closes": "20:00"})])
}

fn season() -> ObjectBuilder {
    closed()
        .property("from", date())
        .property("to", date())
        .property("weekly", list(weekly_rule(), 100))
        .required("from")
        .required("to")
        .required("weekly")
        .description(Some("Both dates included; its weekly rules replace the ordinary ones"))
}

fn holiday_hours() -> OneOfBuilder {
    OneOfBuilder::new()
        .item(words(["closed", "open"].into_iter()))
        .item(list(span(), 100))
        .description(Some("On public holidays: closed, open as on any other day, or these hours"))
}

/// A number in the range its field has.
fn size(field: &str) -> ObjectBuilder {
    let (least, most) =
        RANGES.iter().find(|(name, ..)| *name == field).map(|(_, least, most)| (*least, *most)).unzip();
    integer().minimum(least.or(Some(0))).maximum(most)
}

fn limit(field: &str, means: &str) -> ObjectBuilder {
    closed()
        .property("value", size(field))
        .property("beyond", beyond())
        .required("value")
        .description(Some(means.to_owned()))
        .examples([json!({"value": 240, "beyond": "ask"})])
}

fn beyond() -> ObjectBuilder {
    words(Beyond::ALL.iter().map(|word| word.as_str()))
        .description(Some("What lies beyond it: refused (where nothing is said), or asked for"))
}

/// The fields of [`Rules`], each with its schema.
fn rules() -> Vec<(&'static str, RefOr<Schema>)> {
    let limits = [
        ("min_duration_minutes", "Shortest reservation, minutes"),
        ("max_duration_minutes", "Longest reservation, minutes"),
        ("slot_minutes", "Grid of starts and ends, minutes"),
        ("min_notice_minutes", "Minutes between now and the start"),
        ("horizon_days", "Days ahead, in local dates; 0 is today"),
        ("max_active", "Reservations one person may have ahead"),
        ("max_series_occurrences", "Occurrences of one series"),
    ];
    let others: [(&'static str, RefOr<Schema>); 13] = [
        ("capacity", closed().property("beyond", beyond()).description(Some("More people than fit")).into()),
        ("attendees_required", yes_or_no().description(Some("Whether to say how many come")).into()),
        (
            "quotas",
            list(quota(), MOST_QUOTAS).description(Some("Those of the next level don't hold besides")).into(),
        ),
        (
            "cancellation_notice_minutes",
            size("cancellation_notice_minutes")
                .description(Some("Minutes before the start after which cancelling is late"))
                .into(),
        ),
        ("approval", words(Approval::ALL.iter().map(|word| word.as_str())).into()),
        (
            "approval_hours",
            size("approval_hours").description(Some("Hours that a request waits for an answer")).into(),
        ),
        ("bookable", yes_or_no().description(Some("Whether this audience may book at all")).into()),
        ("hold_minutes", size("hold_minutes").description(Some("Minutes that a hold keeps its slot")).into()),
        (
            "offer_minutes",
            size("offer_minutes")
                .description(Some("Minutes that a slot is held for who waited for it"))
                .into(),
        ),
        (
            "check_in_required",
            yes_or_no().description(Some("Whether who does not check in loses the rest of the time")).into(),
        ),
        (
            "check_in_opens_minutes",
            size("check_in_opens_minutes")
                .description(Some("Minutes before the start from which one can check in"))
                .into(),
        ),
        (
            "check_in_grace_minutes",
            size("check_in_grace_minutes")
                .description(Some("Minutes after the start for which the space waits"))
                .into(),
        ),
        (
            "reminder_hours",
            size("reminder_hours")
                .description(Some("Hours before the start at which the organiser is reminded; 0: not at all"))
                .into(),
        ),
    ];
    limits.into_iter().map(|(field, means)| (field, limit(field, means).into())).chain(others).collect()
}

fn quota() -> ObjectBuilder {
    let between = closed()
        .property("from", TimeOfDay::schema())
        .property("to", TimeOfDay::schema())
        .required("from")
        .required("to")
        .description(Some("Hours of the local day that count; all where it is absent"));
    let object = closed()
        .property("amount", integer().minimum(Some(1)).maximum(Some(MOST_AMOUNT)))
        .property("count", words(Counting::ALL.iter().map(|word| word.as_str())))
        .property("per", words(Per::ALL.iter().map(|word| word.as_str())))
        .property("by", words(By::ALL.iter().map(|word| word.as_str())))
        .property("over", words(Over::ALL.iter().map(|word| word.as_str())))
        .property("between", between)
        .property("beyond", beyond());
    ["amount", "count", "per", "by", "over"]
        .into_iter()
        .fold(object, ObjectBuilder::required)
        .description(Some("How many reservations or hours a person or an organisation may have in a period"))
        .examples([json!({"amount": 8, "count": "hours", "per": "week", "by": "person", "over": "venue"})])
}

fn rules_schema() -> ObjectBuilder {
    rules()
        .into_iter()
        .fold(closed(), |object, (name, schema)| object.property(name, schema))
        .description(Some("What is absent is left to the next audience, then to the next level"))
}

fn source() -> ObjectBuilder {
    closed()
        .property("level", words(Level::ALL.iter().map(|word| word.as_str())))
        .property("audience", words(Audience::ALL.iter().map(|word| word.as_str())))
        .required("level")
        .description(Some("Where it is set; no audience where it is the default"))
}

fn effective_schema() -> ObjectBuilder {
    let sourced = |schema: RefOr<Schema>| {
        let rule = OneOfBuilder::new().item(schema).item(ObjectBuilder::new().schema_type(Type::Null));
        closed().property("rule", rule).property("source", source()).required("rule").required("source")
    };
    rules()
        .into_iter()
        .fold(closed(), |object, (name, schema)| object.property(name, sourced(schema)).required(name))
}

macro_rules! schemas {
    ($($type:ty, $name:literal => $schema:expr;)*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                $schema.into()
            }
        }
        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}

pub(super) use schemas;

schemas! {
    TimeOfDay, "TimeOfDay" => string()
        .pattern(Some("^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"))
        .description(Some("HH:MM; 24:00 is the midnight that ends the day"));
    Span, "Span" => span();
    WeeklyRule, "WeeklyRule" => weekly_rule();
    Season, "Season" => season();
    HolidayHours, "HolidayHours" => holiday_hours();
    Rules, "Rules" => rules_schema();
    Policy, "NewPolicy" => Audience::ALL.iter().fold(closed(), |object, audience| {
        object.property(audience.as_str(), rules_schema())
    })
    .description(Some("The rules of each audience; what a level does not set it leaves to the next"));
    Effective, "EffectiveRules" => effective_schema()
        .description(Some("What holds for one audience, and where each rule is set"));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the schema of `T` lets the value pass.
    fn fits<T: PartialSchema>(value: &Value) -> bool {
        let schema = serde_json::to_value(T::schema()).unwrap();
        jsonschema::validator_for(&schema).unwrap().is_valid(value)
    }

    /// Schema and type agree on the value.
    fn both<T: PartialSchema + serde::de::DeserializeOwned>(value: &Value) -> bool {
        let read = serde_json::from_value::<T>(value.clone()).is_ok();
        assert_eq!(fits::<T>(value), read, "{value}");
        read
    }

    #[test]
    fn schemas_of_hours_take_what_the_types_take() {
        let rule = |days: Value, opens: &str| json!({"days": days, "opens": opens, "closes": "24:00"});
        for (value, wanted) in [
            (rule(json!(["mon", "sun"]), "08:00"), true),
            (rule(json!(["monday"]), "08:00"), false),
            (rule(json!("mon"), "08:00"), false),
            (rule(json!(["mon"]), "8:00"), false),
            (rule(json!(["mon"]), "24:01"), false),
            (json!({"days": ["mon"], "opens": "08:00"}), false),
            (json!({"days": ["mon"], "opens": "08:00", "closes": "09:00", "note": 1}), false),
        ] {
            assert_eq!(both::<WeeklyRule>(&value), wanted);
            both::<Season>(&json!({"from": "2026-07-01", "to": "2026-08-31", "weekly": [value]}));
        }
        let own = json!([{"opens": "10:00", "closes": "12:00"}]);
        for (value, wanted) in [
            (json!("closed"), true),
            (json!("open"), true),
            (own, true),
            (json!("shut"), false),
            (json!({}), false),
        ] {
            assert_eq!(both::<HolidayHours>(&value), wanted);
        }
    }

    #[test]
    fn schemas_of_policies_take_what_the_types_take() {
        let quota = |per: &str, more: Value| {
            let mut quota =
                json!({"amount": 3, "count": "reservations", "per": per, "by": "person", "over": "space"});
            quota.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            quota
        };
        for (rules, wanted) in [
            (json!({}), true),
            (json!({"max_duration_minutes": {"value": 240, "beyond": "ask"}, "bookable": false}), true),
            (json!({"max_duration_minutes": {"value": 240}, "approval": "always"}), true),
            (json!({"max_duration_minutes": 240}), false),
            (json!({"max_duration_minutes": {"value": -1}}), false),
            (json!({"max_duration_minutes": {"value": 1, "beyond": "allow"}}), false),
            (json!({"max_duration": {"value": 1}}), false),
            (json!({"capacity": {"beyond": "ask"}, "attendees_required": true}), true),
            (json!({"quotas": []}), true),
            (json!({"quotas": [quota("week", json!({}))]}), true),
            (
                json!({"quotas": [quota("day", json!({"between": {"from": "08:00", "to": "24:00"}, "beyond": "ask"}))]}),
                true,
            ),
            (json!({"quotas": [quota("year", json!({}))]}), false),
            (json!({"quotas": [quota("week", json!({"between": null}))]}), false),
            (json!({"quotas": [quota("week", json!({"between": {"from": "08:00"}}))]}), false),
            (json!({"quotas": [quota("week", json!({"amounts": 1}))]}), false),
            (json!({"quotas": quota("week", json!({}))}), false),
        ] {
            assert_eq!(both::<Rules>(&rules), wanted);
            assert_eq!(both::<Policy>(&json!({"public": rules})), wanted);
        }
        for value in [json!({"everybody": {}}), json!({"staff": null}), json!({"staff": {"bookable": null}})]
        {
            assert!(!both::<Policy>(&value));
        }
    }

    #[test]
    fn every_rule_that_holds_is_in_the_schema_and_no_other() {
        let effective = crate::domain::policy::Policies::default().effective(&[Audience::Public]);
        let value = serde_json::to_value(effective).unwrap();
        assert!(fits::<Effective>(&value), "{value}");
        let fields: Vec<_> = rules().into_iter().map(|(name, _)| name).collect();
        assert!(value.as_object().unwrap().keys().all(|field| fields.contains(&field.as_str())));
    }

    #[test]
    fn the_documents_ranges_are_those_that_are_checked() {
        for (field, least, most) in RANGES {
            let plain = [
                "cancellation_notice_minutes",
                "approval_hours",
                "hold_minutes",
                "offer_minutes",
                "reminder_hours",
            ];
            let plain = field.starts_with("check_in_") || plain.contains(&field);
            for (value, wanted) in [
                (i64::from(least) - 1, false),
                (i64::from(least), true),
                (i64::from(most), true),
                (i64::from(most) + 1, false),
            ] {
                let value = if plain { json!(value) } else { json!({"value": value}) };
                let policy = json!({"public": {field: value}});
                let read = serde_json::from_value::<Policy>(policy.clone());
                let accepted = read.is_ok_and(|policy| policy.check().is_empty());
                assert_eq!((fits::<Policy>(&policy), accepted), (wanted, wanted), "{policy}");
            }
        }
    }
}
