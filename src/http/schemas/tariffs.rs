//! OpenAPI schemas of tariffs and quotes, which are domain types.

use std::borrow::Cow;

use serde_json::{Value, json};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr,
        schema::{ObjectBuilder, OneOfBuilder, Schema, Type},
    },
};

use super::{
    configuration::{closed, integer, list, schemas, words, yes_or_no},
    string,
};
use crate::domain::{
    hours::WeeklyRule,
    ids::SpaceId,
    policy::Audience,
    tariff::{
        Cancellation, ChosenExtra, Currency, Extra, ExtraBasis, Fee, LineUnit, Money, MonthDay, Package,
        Period, Pricing, Quote, QuoteLine, Rate, Tariff, Vat, VatCode, YearlySeason,
    },
    text::Line,
};

/// The most members of one list.
const MOST: usize = 100;

fn amount() -> ObjectBuilder {
    integer().maximum(Some(100_000_000)).description(Some("Minor units of the currency"))
}

/// A sum of a quote, which no list of prices bounds.
fn sum() -> ObjectBuilder {
    integer().description(Some("Minor units of the currency"))
}

fn minutes() -> ObjectBuilder {
    integer().minimum(Some(1)).maximum(Some(31 * 24 * 60))
}

fn line<const MAX: usize>() -> RefOr<Schema> {
    Line::<MAX>::schema()
}

fn or_null(of: impl Into<RefOr<Schema>>) -> OneOfBuilder {
    OneOfBuilder::new().item(of.into()).item(ObjectBuilder::new().schema_type(Type::Null))
}

/// `{name: {…}}`: one of the forms that are told apart by their only member.
fn form(name: &str, members: ObjectBuilder) -> ObjectBuilder {
    closed().property(name, members).required(name)
}

fn period(price: ObjectBuilder) -> ObjectBuilder {
    closed().property("minutes", minutes()).property("price", price).required("minutes").required("price")
}

fn price() -> ObjectBuilder {
    closed().property("price", amount()).required("price")
}

fn pricing() -> OneOfBuilder {
    let packages = closed()
        .property("packages", list(Package::schema(), MOST).min_items(Some(1)))
        .property("further", or_null(Period::schema()))
        .required("packages");
    OneOfBuilder::new()
        .item(words(["free"].into_iter()))
        .item(form("per_started", period(amount())))
        .item(form("per_day", price()))
        .item(form("per_night", price()))
        .item(form("packages", packages))
        .description(Some(
            "Free; for each started period; for each local date; for each night; or the first package that covers \
             the rest, with periods beyond the largest",
        ))
        .examples([json!({"per_started": {"minutes": 60, "price": 1500}})])
}

fn fee() -> OneOfBuilder {
    let percent = integer().minimum(Some(1)).maximum(Some(100));
    OneOfBuilder::new()
        .item(words(["none", "full"].into_iter()))
        .item(form("percent", percent))
        .item(form("fixed", amount()))
        .description(Some("None, the whole price, a part of it, or a gross amount whatever the price is"))
        .examples([json!({"percent": 50})])
}

fn audience() -> ObjectBuilder {
    words(Audience::ALL.iter().map(|word| word.as_str()))
}

fn rate() -> ObjectBuilder {
    closed()
        .property("name", or_null(line::<120>()))
        .property("audience", audience())
        .property("season", or_null(line::<60>()))
        .property(
            "band",
            list(WeeklyRule::schema(), MOST).description(Some("When it holds; always where empty")),
        )
        .property("pricing", Pricing::schema())
        .property("daily_cap", or_null(amount()))
        .property("minimum_charge", or_null(amount()))
        .property("vat", Vat::schema())
        .required("audience")
        .required("pricing")
        .required("vat")
        .description(Some("The price of time for one audience, in one season and band"))
}

fn extra() -> ObjectBuilder {
    closed()
        .property("name", line::<120>())
        .property("basis", words(ExtraBasis::ALL.iter().map(|word| word.as_str())))
        .property("price", amount())
        .property("vat", Vat::schema())
        .property("maximum", or_null(integer().minimum(Some(1))))
        .property("required", yes_or_no().description(Some("Whether every reservation has it")))
        .description(Some("What can be had besides the space, at the same price for every audience"))
        .required("name")
        .required("basis")
        .required("price")
        .required("vat")
}

fn tariff() -> ObjectBuilder {
    closed()
        .property("currency", Currency::schema())
        .property("prices_include_vat", yes_or_no())
        .property("seasons", list(YearlySeason::schema(), MOST))
        .property("rates", list(Rate::schema(), MOST))
        .property("extras", list(Extra::schema(), MOST))
        .property("cancellation", Cancellation::schema())
        .required("prices_include_vat")
        .description(Some("What a space costs. Amounts are whole minor units, gross or net as is said"))
}

fn quote_line() -> ObjectBuilder {
    let fields = [
        ("name", or_null(line::<120>()).into()),
        ("unit", RefOr::from(words(LineUnit::ALL.iter().map(|word| word.as_str())))),
        ("minutes", or_null(minutes()).into()),
        ("quantity", integer().into()),
        ("units", integer().into()),
        ("unit_price", sum().into()),
        ("net", sum().into()),
        ("vat_code", words(VatCode::ALL.iter().map(|word| word.as_str())).into()),
        ("vat_basis_points", integer().description(Some("Hundredths of a per cent")).into()),
        ("vat", sum().into()),
        ("gross", sum().into()),
        ("legal", or_null(line::<300>()).into()),
        ("equipment_id", or_null(SpaceId::schema()).into()),
    ];
    all(fields).description(Some("`quantity · units · unit_price`, with its VAT: net + vat = gross"))
}

fn quote() -> ObjectBuilder {
    let fields = [
        ("currency", Currency::schema()),
        ("prices_include_vat", RefOr::from(yes_or_no())),
        ("audience", or_null(audience()).into()),
        ("lines", list(QuoteLine::schema(), 1000).into()),
        ("total_net", sum().into()),
        ("total_vat", sum().into()),
        ("total_gross", sum().into()),
        ("full_price", or_null(sum().description(Some("What the public would pay, gross"))).into()),
        ("subsidy", or_null(sum().description(Some("In-kind value: the full price less the total"))).into()),
        ("cancellation", Cancellation::schema()),
        ("extras", list(ChosenExtra::schema(), MOST).into()),
    ];
    all(fields).description(Some("The price of one reservation, line by line, frozen on it"))
}

/// An object with these members, all of them there.
fn all<const N: usize>(fields: [(&'static str, RefOr<Schema>); N]) -> ObjectBuilder {
    fields.into_iter().fold(closed(), |object, (name, schema)| object.property(name, schema).required(name))
}

schemas! {
    Currency, "Currency" => string().pattern(Some("^[A-Z]{3}$"))
        .description(Some("ISO 4217"))
        .examples([Value::from("EUR")]);
    Money, "Money" => closed().property("minor", sum()).property("currency", Currency::schema())
        .required("minor").required("currency")
        .description(Some("Whole minor units of a currency (cents of the euro)"));
    MonthDay, "MonthDay" => string().pattern(Some("^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))
        .examples([Value::from("10-15")]);
    YearlySeason, "YearlySeason" => closed()
        .property("name", line::<60>()).property("from", MonthDay::schema()).property("to", MonthDay::schema())
        .required("name").required("from").required("to")
        .description(Some("Days of every year, both included; it may go over new year"));
    Vat, "Vat" => closed()
        .property("code", words(VatCode::ALL.iter().map(|word| word.as_str())))
        .property("legal", or_null(line::<300>())).required("code")
        .description(Some("The rate, and why there is none where there is none"));
    Package, "Package" => period(amount()).description(Some("Up to so many elapsed minutes for one price"));
    Period, "Period" => period(amount()).description(Some("Each started so many elapsed minutes"));
    Pricing, "Pricing" => pricing();
    Fee, "Fee" => fee();
    Cancellation, "CancellationFees" => closed()
        .property("late", Fee::schema()).property("no_show", Fee::schema())
        .description(Some("What not coming costs"));
    Rate, "Rate" => rate();
    Extra, "Extra" => extra();
    ChosenExtra, "ChosenExtra" => closed()
        .property("name", line::<120>())
        .property("quantity", or_null(integer().minimum(Some(1)).maximum(Some(u32::MAX))))
        .required("name")
        .description(Some("An extra of the tariff and how much of it; where not said one, or as many as come"));
    Tariff, "NewTariff" => tariff();
    QuoteLine, "QuoteLine" => quote_line();
    Quote, "Quote" => quote();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether schema and type take the value, which they agree on.
    fn both<T: PartialSchema + serde::de::DeserializeOwned>(value: &Value) -> bool {
        let schema = serde_json::to_value(T::schema()).unwrap();
        let fits = jsonschema::validator_for(&schema).unwrap().is_valid(value);
        let read = serde_json::from_value::<T>(value.clone());
        assert_eq!(fits, read.is_ok(), "{value}: {:?}", read.err());
        fits
    }

    #[test]
    fn schemas_take_what_the_types_take() {
        let hour = json!({"minutes": 60, "price": 1500});
        for (pricing, wanted) in [
            (json!("free"), true),
            (json!({"per_started": hour}), true),
            (json!({"per_day": {"price": 10_000}}), true),
            (json!({"per_night": {"price": 10_000}}), true),
            (json!({"packages": {"packages": [hour]}}), true),
            (json!({"packages": {"packages": [hour], "further": hour}}), true),
            (json!({"per_started": {"minutes": 60, "price": 15.5}}), false),
            (json!({"per_started": {"minutes": 60}}), false),
            (json!({"per_week": {"price": 1}}), false),
            (json!({"per_day": {"price": 1}, "per_night": {"price": 1}}), false),
            (json!("none"), false),
        ] {
            assert_eq!(both::<Pricing>(&pricing), wanted, "{pricing}");
            let rate = json!({"audience": "public", "pricing": pricing, "vat": {"code": "standard"}});
            assert_eq!(both::<Tariff>(&json!({"prices_include_vat": true, "rates": [rate]})), wanted);
        }
        for (late, wanted) in [
            (json!("none"), true),
            (json!("full"), true),
            (json!({"percent": 50}), true),
            (json!({"fixed": 2000}), true),
            (json!({"percent": "50"}), false),
            (json!("half"), false),
        ] {
            let tariff = json!({"prices_include_vat": false, "cancellation": {"late": late}});
            assert_eq!(both::<Tariff>(&tariff), wanted, "{late}");
        }
        for (tariff, wanted) in [
            (json!({"prices_include_vat": true}), true),
            (json!({}), false),
            (json!({"prices_include_vat": true, "currency": "eur"}), false),
            (json!({"prices_include_vat": true, "version": 1}), false),
        ] {
            assert_eq!(both::<Tariff>(&tariff), wanted, "{tariff}");
        }
        assert!(both::<ChosenExtra>(&json!({"name": "Coffee", "quantity": 4})));
        assert!(!both::<ChosenExtra>(&json!({"name": "Coffee", "price": 4})));
    }
}
