//! Opening hours, through the application's functions.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    app::{
        App,
        affected::OnAffected,
        error::Error,
        places::{
            hours::{self, HoursView, Of, Return},
            testing::{Region, code, fresh, read, refused},
        },
        version::Expected,
    },
    domain::{
        access::Actor,
        ids::{ReservationId, SpaceId},
        instant::Instant,
    },
};

/// Every day from `opens` to `closes`, with more members.
fn hours_of(opens: &str, closes: &str, more: Value) -> Value {
    let mut body = Region::every_day(opens, closes);
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// When the view says that the day begins.
fn opens(view: &HoursView) -> String {
    view.weekly.first().map(|rule| rule.opens.to_string()).unwrap_or_default()
}

fn exceptions(view: &HoursView) -> Vec<String> {
    view.exceptions.iter().map(|exception| exception.date.to_string()).collect()
}

/// Whether the space is open at 10:00 UTC of a date, as booking sees it.
fn open_at_ten(app: &App, space: SpaceId, on: &str) -> bool {
    let ten = date(on).and_hms_opt(10, 0, 0).unwrap().and_utc();
    let at = Instant::from(ten);
    let configuration = app.db.read(|tx| app.configurations.get(tx, space)).unwrap().unwrap();
    let within = crate::domain::instant::Interval::new(at, at.plus(60)).unwrap();
    configuration.open(within).covers(within)
}

#[test]
fn only_staff_and_administrators_put_hours() {
    let r = Region::new();
    let space = r.space(json!({}));
    for (actor, wanted) in [
        (&Actor::Anonymous, "unauthenticated"),
        (&r.member, "forbidden"),
        (&r.coordinator, "forbidden"),
        (&r.staff, "success"),
        (&r.administrator, "success"),
    ] {
        for of in [Of::Venue(r.venue), Of::Space(space.id)] {
            let new = read(Region::every_day("08:00", "20:00"));
            assert_eq!(code(hours::put(&r.app, actor, None, of, Expected::Any, new)), wanted);
        }
        let back = hours::inherit(&r.app, actor, None, space.id, Expected::Any, Return::default());
        assert_eq!(code(back), wanted);
    }
}

#[test]
fn a_venue_without_hours_is_closed_and_hours_are_versions() {
    let r = Region::new();
    let of = Of::Venue(r.venue);
    let none = hours::show(&r.app, of, None).unwrap();
    assert_eq!((none.valid_from, none.weekly.len(), none.version), (None, 0, 1));
    let first = r.put_hours(of, hours_of("08:00", "20:00", json!({}))).unwrap();
    assert_eq!(
        (first.valid_from, opens(&first), first.version),
        (Some(date("2026-03-02")), "08:00".into(), 2)
    );
    let later = json!({"valid_from": "2026-06-01"});
    let second = r.put_hours(of, hours_of("10:00", "16:00", later)).unwrap();
    assert_eq!(opens(&second), "08:00");
    assert_eq!(second.versions.iter().map(|v| v.valid_from).collect::<Vec<_>>(), [date("2026-06-01")]);
    let third = r.put_hours(of, hours_of("09:00", "17:00", json!({"valid_from": "2026-05-01"}))).unwrap();
    let coming: Vec<_> = third.versions.iter().map(|v| v.valid_from).collect();
    assert_eq!(coming, [date("2026-05-01")], "later versions are replaced");
    let stale = Expected::OneOf(vec![3]);
    let new = read(Region::every_day("08:00", "20:00"));
    assert_eq!(code(hours::put(&r.app, &r.staff, None, of, stale, new)), "precondition_failed");
}

#[test]
fn exceptions_belong_to_their_dates() {
    let r = Region::new();
    let of = Of::Venue(r.venue);
    let put = |from: &str, dates: &[&str]| {
        let exceptions: Vec<_> = dates.iter().map(|date| json!({"date": date, "hours": []})).collect();
        let more = json!({"valid_from": from, "exceptions": exceptions});
        exceptions_of(&r.put_hours(of, hours_of("08:00", "20:00", more)))
    };
    assert_eq!(put("2026-03-02", &["2026-03-10", "2026-04-10", "2026-05-10"]).len(), 3);
    // From April on the new ones stand alone; of March only the one that is named changes.
    assert_eq!(put("2026-04-01", &["2026-03-11", "2026-04-20"]), ["2026-03-10", "2026-03-11", "2026-04-20"]);
    let past = hours::show(&r.app, of, Some(date("2026-04-01"))).unwrap();
    assert_eq!(exceptions(&past), ["2026-04-20"]);
}

fn exceptions_of(view: &Result<HoursView, Error>) -> Vec<String> {
    exceptions(view.as_ref().unwrap())
}

#[test]
fn every_fault_is_named_in_its_place() {
    let r = Region::new();
    for (more, wanted) in [
        (json!({"valid_from": "1999-01-01"}), "/valid_from date_out_of_bounds"),
        (json!({"weekly": [{"days": [], "opens": "08:00", "closes": "20:00"}]}), "/weekly/0/days days_empty"),
        (
            json!({"exceptions": [{"date": "2026-03-10", "hours": [{"opens": "24:00", "closes": "02:00"}]}]}),
            "/exceptions/0/hours/0/opens opens_at_day_end",
        ),
    ] {
        assert_eq!(refused(r.put_hours(Of::Venue(r.venue), hours_of("08:00", "20:00", more))), [wanted]);
    }
    let reason = json!({"exceptions": [{"date": "2026-03-10", "hours": [], "reason": "a\nb"}]});
    let body = hours_of("08:00", "20:00", reason);
    assert!(serde_json::from_value::<hours::NewHours>(body).is_err());
}

#[test]
fn a_space_overrides_its_venue_and_returns_and_the_past_stays() {
    let r = Region::new();
    let space = r.space(json!({}));
    let closed = json!({"valid_from": "2026-01-01", "exceptions": [{"date": "2026-04-10", "hours": []}]});
    r.put_hours(Of::Venue(r.venue), hours_of("08:00", "20:00", closed)).unwrap();
    assert!(open_at_ten(&r.app, space.id, "2026-02-10"));
    let own = json!({"valid_from": "2026-04-01"});
    let put = r.put_hours(Of::Space(space.id), hours_of("16:00", "18:00", own)).unwrap();
    assert!(put.inherited);
    assert_eq!((opens(&put), put.version), ("08:00".into(), 2));
    assert!(!put.versions[0].inherited);
    assert_eq!(exceptions(&put), [""; 0], "the venue's closure does not concern it in April");
    let wanted = Return { valid_from: Some(date("2026-05-01")), on_affected: OnAffected::Refuse };
    let back = fresh(hours::inherit(&r.app, &r.staff, None, space.id, Expected::Any, wanted));
    assert_eq!(back.versions.iter().map(|v| v.inherited).collect::<Vec<_>>(), [false, true]);
    for (on, open) in
        [("2026-02-10", true), ("2026-03-31", true), ("2026-04-10", false), ("2026-05-01", true)]
    {
        assert_eq!(open_at_ten(&r.app, space.id, on), open, "{on}");
    }
    // The venue's later hours reach the space only while it inherits.
    r.put_hours(Of::Venue(r.venue), hours_of("06:00", "08:00", json!({"valid_from": "2026-04-15"}))).unwrap();
    assert!(open_at_ten(&r.app, space.id, "2026-03-31"));
    assert!(!open_at_ten(&r.app, space.id, "2026-05-01"));
}

#[test]
fn reservations_that_fall_out_of_opening_time_are_met_and_no_others() {
    let r = Region::new();
    let (early, late) = (r.space(json!({})), r.space(json!({})));
    let own = r.space(json!({}));
    r.put_hours(Of::Venue(r.venue), Region::every_day("08:00", "20:00")).unwrap();
    r.put_hours(Of::Space(own.id), Region::every_day("08:00", "20:00")).unwrap();
    r.reserve(early.id, "2026-03-03T10:00", "2026-03-03T11:00");
    let met = r.reserve(late.id, "2026-03-03T18:00", "2026-03-03T20:00");
    r.reserve(late.id, "2026-03-02T19:00", "2026-03-02T20:00");
    r.reserve(own.id, "2026-03-03T18:00", "2026-03-03T20:00");
    let shorter =
        |on: &str| hours_of("08:00", "18:00", json!({"valid_from": "2026-03-03", "on_affected": on}));
    assert_eq!(affected(r.put_hours(Of::Venue(r.venue), shorter("refuse"))), [met]);
    assert_eq!(hours::show(&r.app, Of::Venue(r.venue), None).unwrap().versions.len(), 0, "nothing changed");
    assert_eq!(code(r.put_hours(Of::Venue(r.venue), shorter("keep"))), "success");
    assert_eq!(status(&r, met), "confirmed");
    // What was out before is not met again.
    assert_eq!(code(r.put_hours(Of::Venue(r.venue), shorter("refuse"))), "success");
    // Giving its own hours up, the other space meets the venue's.
    let back = hours::inherit(&r.app, &r.staff, None, own.id, Expected::Any, Return::default());
    assert_eq!(code(back), "affected_reservations");
}

#[test]
fn reservations_are_cancelled_where_asked() {
    let r = Region::new();
    let room = r.space(json!({}));
    r.put_hours(Of::Venue(r.venue), Region::every_day("08:00", "20:00")).unwrap();
    let met = r.reserve(room.id, "2026-03-03T18:00", "2026-03-03T20:00");
    let closure = json!({"exceptions": [{"date": "2026-03-03", "hours": [], "reason": "Fair"}], "on_affected": "cancel"});
    let put = r.put_hours(Of::Venue(r.venue), hours_of("08:00", "20:00", closure)).unwrap();
    assert_eq!(put.exceptions[0].reason.as_deref(), Some("Fair"));
    assert_eq!(status(&r, met), "cancelled");
}

fn status(r: &Region, id: ReservationId) -> String {
    r.app.db.read(|tx| crate::store::reservations::find(tx, id)).unwrap().unwrap().status.to_string()
}

fn affected<T>(answer: Result<T, Error>) -> Vec<ReservationId> {
    match answer.err() {
        Some(Error::Affected(ids)) => ids,
        other => panic!("expected affected reservations, got {other:?}"),
    }
}
