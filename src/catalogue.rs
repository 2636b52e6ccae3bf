//! Every text a person reads, in every language: Fluent messages from `locales/`, embedded.
//!
//! Code names a key and hands over typed arguments; wording, word order, plural and dual belong to the
//! message files. Dates, durations and amounts are written by [`format`] from patterns of the same files.
//! A test keeps the languages equal: the same keys with the same arguments.

pub mod categories;
pub mod collation;
pub mod format;

use std::{collections::BTreeMap, sync::LazyLock};

use chrono::NaiveDate;
use chrono_tz::Tz;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::domain::{
    decision::{Reason, Value},
    instant::Instant,
    locale::Locale,
    zone::Zone,
};

/// A value within a text. Whatever is not a plain text or a count is written out for the language.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Text(String),
    /// A number the message may choose its plural by.
    Count(i64),
    /// A length of time in minutes, in the accusative: `1 uro in 30 minut`.
    Minutes(i64),
    /// A number of days, in the accusative.
    Days(i64),
    /// A local date, with its weekday.
    Date(NaiveDate),
    /// A point in time, read in a zone.
    Moment(Instant, Tz),
    /// The same where something ends: midnight is the end of the day before.
    Until(Instant, Tz),
    /// From the first instant to the second, read in a zone.
    Span(Instant, Instant, Tz),
    /// An amount in minor units of a currency (ISO 4217).
    Money(i64, String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl Arg {
    fn value(&self, locale: Locale) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::Count(count) => FluentValue::from(*count),
            Self::Minutes(minutes) => format::minutes(locale, *minutes).into(),
            Self::Days(days) => format::days(locale, *days).into(),
            Self::Date(date) => format::date(locale, *date).into(),
            Self::Moment(at, zone) => format::moment(locale, *at, *zone).into(),
            Self::Until(at, zone) => format::until(locale, *at, *zone).into(),
            Self::Span(start, end, zone) => format::span(locale, *start, *end, *zone).into(),
            Self::Money(minor, currency) => format::money(locale, *minor, currency).into(),
        }
    }
}

type Bundle = FluentBundle<FluentResource>;

/// The message files of a language, by area.
const fn sources(locale: Locale) -> [(&'static str, &'static str); 8] {
    macro_rules! files {
        ($tag:literal) => {
            [
                ("formats", include_str!(concat!("../locales/", $tag, "/formats.ftl"))),
                ("mail", include_str!(concat!("../locales/", $tag, "/mail.ftl"))),
                ("problems", include_str!(concat!("../locales/", $tag, "/problems.ftl"))),
                ("reasons", include_str!(concat!("../locales/", $tag, "/reasons.ftl"))),
                ("pages", include_str!(concat!("../locales/", $tag, "/pages.ftl"))),
                ("statistics", include_str!(concat!("../locales/", $tag, "/statistics.ftl"))),
                ("report", include_str!(concat!("../locales/", $tag, "/report.ftl"))),
                ("sectors", include_str!(concat!("../locales/", $tag, "/sectors.ftl"))),
            ]
        };
    }
    match locale {
        Locale::Sl => files!("sl"),
        Locale::En => files!("en"),
    }
}

static BUNDLES: LazyLock<BTreeMap<&'static str, Bundle>> =
    LazyLock::new(|| Locale::ALL.map(|locale| (locale.tag(), bundle(locale))).into());

/// Panics where an embedded file is broken, which a test rules out for every build.
fn bundle(locale: Locale) -> Bundle {
    let language: LanguageIdentifier = locale.tag().parse().expect("our tags are BCP 47");
    let mut bundle = Bundle::new_concurrent(vec![language]);
    // Mail subjects, JSON and calendar objects carry the texts: no invisible direction marks in them.
    bundle.set_use_isolating(false);
    for (area, source) in sources(locale) {
        let resource = FluentResource::try_new(source.to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{}/{area}.ftl: {errors:?}", locale.tag()));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{}/{area}.ftl: {errors:?}", locale.tag());
        }
    }
    bundle
}

/// The message `key` with its arguments. A key that does not exist is shown as it is, and is a [`fault`].
pub fn text(locale: Locale, key: &str, args: &[(&'static str, Arg)]) -> String {
    find(locale, key, args).unwrap_or_else(|| {
        fault(locale, key, "there is no such text");
        key.to_owned()
    })
}

/// The same for keys made from data (a purpose, a reason's code): `None` where there is no such message.
pub fn find(locale: Locale, key: &str, args: &[(&'static str, Arg)]) -> Option<String> {
    let bundle = BUNDLES.get(locale.tag())?;
    let pattern = bundle.get_message(key)?.value()?;
    let mut values = FluentArgs::with_capacity(args.len());
    for (name, arg) in args {
        values.set(*name, arg.value(locale));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned();
    if !errors.is_empty() {
        fault(locale, key, &format!("{errors:?}"));
    }
    Some(text)
}

/// A text that is not there, or lacks an argument, is a mistake of ours: who reads gets what there is of it, and the log
/// says so. Where tests run that is a failure: here, and where they listen to the log (`tests/api/support/log.rs`).
fn fault(locale: Locale, key: &str, why: &str) {
    #[cfg(test)]
    panic!("{key} in {}: {why}", locale.tag());
    #[cfg(not(test))]
    tracing::error!(
        text.key = key,
        text.locale = locale.tag(),
        "the text {key} in {} is broken: {why}",
        locale.tag()
    );
}

/// Why a reservation was refused or needs approval, in a sentence: `code` is the decision's stable code,
/// `reasons.ftl` says which arguments each takes.
pub fn reason(locale: Locale, code: &str, limit: Option<Arg>, actual: Option<Arg>) -> Option<String> {
    let args: Vec<_> = [("limit", limit), ("actual", actual)]
        .into_iter()
        .filter_map(|(name, arg)| Some((name, arg?)))
        .collect();
    find(locale, &format!("reason-{code}"), &args)
}

/// The same of a pool of equipment, by name.
pub fn reason_of_pool(
    locale: Locale,
    pool: &str,
    code: &str,
    limit: Option<Arg>,
    actual: Option<Arg>,
) -> Option<String> {
    let named = ("pool", Arg::Text(pool.to_owned()));
    match (code, limit, actual) {
        ("slot_taken", Some(limit), Some(actual)) => {
            find(locale, "equipment-taken", &[named, ("limit", limit), ("actual", actual)])
        }
        (_, limit, actual) => {
            let reason = reason(locale, code, limit, actual)?;
            find(locale, "equipment-reason", &[named, ("reason", Arg::Text(reason))])
        }
    }
}

/// One rule of a decision that is not kept, in a sentence; instants are read in the venue's zone.
pub fn of_decision(locale: Locale, reason: &Reason, zone: Zone) -> Option<String> {
    let argument = |value: Value| match value {
        Value::Minutes(n) => Arg::Minutes(n),
        Value::Days(n) => Arg::Days(n),
        Value::Count(n) => Arg::Count(n.into()),
        Value::Instant(at) => Arg::Moment(at, zone.tz()),
        Value::Date(date) => Arg::Date(date),
    };
    let (limit, actual) = (reason.limit.map(argument), reason.actual.map(argument));
    match &reason.pool {
        Some(pool) => reason_of_pool(locale, &pool.name, reason.code.as_str(), limit, actual),
        None => self::reason(locale, reason.code.as_str(), limit, actual),
    }
}

#[cfg(test)]
mod tests;
