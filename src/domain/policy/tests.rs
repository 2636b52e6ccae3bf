//! Policies as tables: which rule wins, what can be read, what is refused.

use super::*;
use crate::domain::hours::FieldFault;

fn policy(json: &str) -> Policy {
    serde_json::from_str(json).unwrap()
}

fn source(level: Level, audience: Option<Audience>) -> Source {
    Source { level, audience }
}

#[test]
fn out_of_the_box_everybody_books_quarter_hours_within_a_year() {
    let effective = Policies::default().effective(&[Audience::Public]);
    assert_eq!(effective.slot_minutes.rule, Limit::refuse(15));
    assert_eq!(effective.min_duration_minutes.rule, Limit::refuse(15));
    assert_eq!(effective.max_duration_minutes.rule, None);
    assert_eq!(effective.horizon_days.rule, Limit::refuse(365));
    assert_eq!(effective.min_notice_minutes.rule, Limit::refuse(0));
    assert_eq!(effective.max_active.rule, None);
    assert_eq!(effective.approval.rule, Approval::None);
    assert_eq!(effective.approval_hours.rule, 72);
    assert!(effective.bookable.rule && !effective.attendees_required.rule);
    assert_eq!(effective.slot_minutes.source, source(Level::Default, None));
}

#[test]
fn the_most_specific_level_wins_and_within_it_the_first_audience() {
    use Audience::*;
    let policies = Policies {
        network: policy(
            r#"{"public": {"horizon_days": {"value": 30}}, "staff": {"horizon_days": {"value": 400}}}"#,
        ),
        venue: policy(
            r#"{"cci": {"horizon_days": {"value": 120}}, "member": {"horizon_days": {"value": 90, "beyond": "ask"}}}"#,
        ),
        space: policy(r#"{"member": {"slot_minutes": {"value": 60}}}"#),
    };
    let cases = [
        (vec![Public], Limit::refuse(30), source(Level::Network, Some(Public))),
        (vec![Member, Public], Limit::ask(90), source(Level::Venue, Some(Member))),
        (vec![Cci, Member, Public], Limit::refuse(120), source(Level::Venue, Some(Cci))),
        // However they are given.
        (vec![Public, Member, Cci], Limit::refuse(120), source(Level::Venue, Some(Cci))),
        // The venue says nothing to staff as such, but something to members.
        (vec![Staff, Member, Public], Limit::ask(90), source(Level::Venue, Some(Member))),
        (vec![Staff, Public], Limit::refuse(400), source(Level::Network, Some(Staff))),
        (vec![], Limit::refuse(365), source(Level::Default, None)),
    ];
    for (audiences, rule, source) in cases {
        let effective = policies.effective(&audiences);
        assert_eq!(effective.horizon_days, Sourced { rule, source }, "{audiences:?}");
    }
    // Field by field: the grid is the space's, the horizon the venue's.
    let member = policies.effective(&[Member]);
    assert_eq!(member.slot_minutes.source, source(Level::Space, Some(Member)));
    assert_eq!(member.slot_minutes.rule, Limit::refuse(60));
}

#[test]
fn every_field_is_read_and_written_back() {
    let json = concat!(
        r#"{"member":{"min_duration_minutes":{"value":30,"beyond":"refuse"},"#,
        r#""max_duration_minutes":{"value":240,"beyond":"ask"},"slot_minutes":{"value":30,"beyond":"refuse"},"#,
        r#""min_notice_minutes":{"value":60,"beyond":"ask"},"horizon_days":{"value":60,"beyond":"refuse"},"#,
        r#""capacity":{"beyond":"ask"},"attendees_required":true,"max_active":{"value":3,"beyond":"refuse"},"#,
        r#""quotas":[{"amount":8,"count":"hours","per":"week","by":"organisation","over":"network","#,
        r#""between":{"from":"08:00","to":"16:00"},"beyond":"ask"}],"#,
        r#""cancellation_notice_minutes":1440,"approval":"always","approval_hours":24,"bookable":true}}"#
    );
    let policy = policy(json);
    assert_eq!(serde_json::to_string(&policy).unwrap(), json);
    assert_eq!(policy.check(), []);
    let effective = Policies { space: policy, ..Policies::default() }.effective(&[Audience::Member]);
    assert_eq!(effective.capacity.rule.beyond, Beyond::Ask);
    assert_eq!(effective.max_active.rule, Some(Limit::refuse(3)));
    assert_eq!(effective.cancellation_notice_minutes.rule, 1440);
    assert_eq!(effective.approval.rule, Approval::Always);
}

#[test]
fn what_no_policy_says_is_refused() {
    for json in [
        r#"{"everybody": {}}"#,
        r#"{"member": {"horizon": {"value": 1}}}"#,
        r#"{"member": {"horizon_days": 30}}"#,
        r#"{"member": {"horizon_days": {"value": -1}}}"#,
        r#"{"member": {"horizon_days": {"value": 30, "else": "ask"}}}"#,
        r#"{"member": {"horizon_days": {"value": 30, "beyond": "allow"}}}"#,
        r#"{"member": {"approval": "sometimes"}}"#,
        r#"{"member": {"capacity": {"value": 8}}}"#,
    ] {
        assert!(serde_json::from_str::<Policy>(json).is_err(), "{json}");
    }
}

/// Rules with one quota a day, and more beside it.
fn quotas(quota: &str, more: &str) -> String {
    format!(r#"{{"quotas": [{{{quota}, "per": "day", "by": "person", "over": "space"}}]{more}}}"#)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn impossible_policies_are_refused_with_the_place_and_the_reason() {
    for (rules, wanted) in [
        (r#"{}"#, vec![]),
        (r#"{"slot_minutes": {"value": 0}}"#, vec![("slot_minutes", "zero")]),
        (r#"{"slot_minutes": {"value": 1441}}"#, vec![("slot_minutes", "too_large")]),
        (r#"{"slot_minutes": {"value": 1440}}"#, vec![]),
        (r#"{"max_duration_minutes": {"value": 44641}}"#, vec![("max_duration_minutes", "too_large")]),
        (r#"{"min_duration_minutes": {"value": 0}}"#, vec![("min_duration_minutes", "zero")]),
        (r#"{"horizon_days": {"value": 0}}"#, vec![]),
        (r#"{"horizon_days": {"value": 4294967295}}"#, vec![("horizon_days", "too_large")]),
        (r#"{"max_active": {"value": 0}}"#, vec![("max_active", "zero")]),
        (r#"{"approval_hours": 0}"#, vec![("approval_hours", "zero")]),
        (r#"{"cancellation_notice_minutes": 527041}"#, vec![("cancellation_notice_minutes", "too_large")]),
        (
            r#"{"min_duration_minutes": {"value": 90}, "max_duration_minutes": {"value": 60}}"#,
            vec![("max_duration_minutes", "no_duration_fits")],
        ),
        (
            r#"{"slot_minutes": {"value": 60}, "max_duration_minutes": {"value": 45}}"#,
            vec![("max_duration_minutes", "no_duration_fits")],
        ),
        (
            r#"{"slot_minutes": {"value": 60}, "min_duration_minutes": {"value": 70}, "max_duration_minutes": {"value": 119}}"#,
            vec![("max_duration_minutes", "no_duration_fits")],
        ),
        // The grid need divide neither: 60 minutes fit.
        (
            r#"{"slot_minutes": {"value": 60}, "min_duration_minutes": {"value": 45}, "max_duration_minutes": {"value": 90}}"#,
            vec![],
        ),
        (
            r#"{"min_notice_minutes": {"value": 1500}, "horizon_days": {"value": 0}}"#,
            vec![("min_notice_minutes", "notice_beyond_horizon")],
        ),
        (r#"{"min_notice_minutes": {"value": 1499}, "horizon_days": {"value": 0}}"#, vec![]),
        (r#"{"quotas": []}"#, vec![]),
        (quotas(r#""amount": 0, "count": "hours""#, "").as_str(), vec![("quotas/0/amount", "zero")]),
        (
            quotas(r#""amount": 10001, "count": "reservations""#, "").as_str(),
            vec![("quotas/0/amount", "too_large")],
        ),
        (
            quotas(r#""amount": 1, "count": "hours", "between": {"from": "16:00", "to": "08:00"}"#, "")
                .as_str(),
            vec![("quotas/0/between/to", "not_after_start")],
        ),
        (
            quotas(r#""amount": 1, "count": "hours""#, r#", "min_duration_minutes": {"value": 90}"#).as_str(),
            vec![("quotas/0/amount", "no_duration_fits")],
        ),
        (
            quotas(r#""amount": 1, "count": "hours""#, r#", "slot_minutes": {"value": 120}"#).as_str(),
            vec![("quotas/0/amount", "no_duration_fits")],
        ),
        // Somebody may agree to more, and what lies outside the hours does not count.
        (
            quotas(
                r#""amount": 1, "count": "hours", "beyond": "ask""#,
                r#", "slot_minutes": {"value": 120}"#,
            )
            .as_str(),
            vec![],
        ),
        (
            quotas(
                r#""amount": 1, "count": "hours", "between": {"from": "08:00", "to": "16:00"}"#,
                r#", "slot_minutes": {"value": 120}"#,
            )
            .as_str(),
            vec![],
        ),
    ] {
        let found = policy(&format!(r#"{{"public": {{}}, "member": {rules}}}"#)).check();
        let wanted: Vec<FieldFault> = wanted
            .into_iter()
            .map(|(field, code)| FieldFault { pointer: format!("/member/{field}"), code })
            .collect();
        assert_eq!(found, wanted, "{rules}");
    }
}
