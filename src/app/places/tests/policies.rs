//! Policies, through the application's functions.

use serde_json::json;

use crate::{
    app::{
        places::{
            policies::{self, Of},
            testing::{Region, code, fresh, read, refused},
        },
        version::Expected,
    },
    domain::{access::Actor, policy::Level},
};

#[test]
fn coordinators_put_the_networks_policy_and_staff_their_venues() {
    let r = Region::new();
    let space = Of::Space(r.space(json!({})).id);
    let (network, venue) = (Of::Network(r.network), Of::Venue(r.venue));
    for (actor, of, wanted) in [
        (&Actor::Anonymous, network, "unauthenticated"),
        (&r.member, network, "forbidden"),
        (&r.staff, network, "forbidden"),
        (&r.coordinator, network, "success"),
        (&r.administrator, network, "success"),
        (&r.member, venue, "forbidden"),
        (&r.coordinator, venue, "forbidden"),
        (&r.staff, venue, "success"),
        (&r.coordinator, space, "forbidden"),
        (&r.staff, space, "success"),
        (&r.staff, Of::Space(r.app.id()), "not_found"),
    ] {
        let put = policies::put(&r.app, actor, None, of, Expected::Any, read(json!({})));
        assert_eq!(code(put), wanted, "{of:?}");
    }
}

#[test]
fn a_policy_is_put_whole_checked_and_versioned() {
    let r = Region::new();
    let of = Of::Venue(r.venue);
    let put =
        |version, body| policies::put(&r.app, &r.staff, None, of, Expected::OneOf(vec![version]), read(body));
    let day = json!({"max_duration_minutes": {"value": 480, "beyond": "ask"}});
    let stored = fresh(put(1, json!({"public": day, "staff": {}})));
    assert_eq!((stored.version, stored.staff.is_some(), stored.member.is_some()), (2, true, false));
    let shown = policies::show(&r.app, of).unwrap();
    assert_eq!(serde_json::to_value(&shown).unwrap()["public"], day);
    assert_eq!(code(put(1, json!({}))), "precondition_failed");
    let fault = json!({"member": {"slot_minutes": {"value": 0}}});
    assert_eq!(refused(put(2, fault)), ["/member/slot_minutes zero"]);
    assert!(fresh(put(2, json!({}))).public.is_none());
}

#[test]
fn what_holds_is_told_with_where_it_is_set() {
    let r = Region::new();
    let space = r.space(json!({})).id;
    let notice = |minutes: u32| json!({"public": {"min_notice_minutes": {"value": minutes}}});
    let put = |actor, of, body| fresh(policies::put(&r.app, actor, None, of, Expected::Any, read(body)));
    put(&r.coordinator, Of::Network(r.network), notice(60));
    put(&r.staff, Of::Venue(r.venue), json!({"member": {"min_notice_minutes": {"value": 30}}}));
    let holds = policies::show_effective(&r.app, Of::Space(space)).unwrap().effective.unwrap();
    for (audience, minutes, level) in [("public", 60, Level::Network), ("member", 30, Level::Venue)] {
        let notice = holds[audience].min_notice_minutes;
        assert_eq!((notice.rule.value, notice.source.level), (minutes, level), "{audience}");
    }
    put(&r.staff, Of::Space(space), notice(5));
    let holds = policies::show_effective(&r.app, Of::Space(space)).unwrap().effective.unwrap();
    assert_eq!(holds["member"].min_notice_minutes.source.level, Level::Space, "the most specific place wins");
    assert_eq!(holds["public"].horizon_days.source.level, Level::Default);
}
