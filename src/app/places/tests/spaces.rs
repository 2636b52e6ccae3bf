//! Spaces, through the application's functions.

use serde_json::{Value, json};

use crate::{
    app::{
        affected::OnAffected,
        page::Asked,
        places::{
            hours::Of,
            spaces::{self, SpaceFilter, SpaceView},
            testing::{Region, code, fresh, read, refused},
        },
        version::Expected,
    },
    domain::access::Actor,
};

fn seats(space: &SpaceView) -> Vec<(&str, u32)> {
    space.units.iter().map(|unit| (unit.label.as_str(), unit.seats)).collect()
}

#[test]
fn only_staff_and_administrators_make_spaces() {
    let r = Region::new();
    let body = json!({"name": "Room", "kind": "studio", "capacity": 4, "allocation": "whole"});
    for (actor, wanted) in [
        (&Actor::Anonymous, "unauthenticated"),
        (&r.member, "forbidden"),
        (&r.coordinator, "forbidden"),
        (&r.staff, "success"),
        (&r.administrator, "success"),
    ] {
        assert_eq!(code(spaces::create(&r.app, actor, None, r.venue, read(body.clone()))), wanted);
    }
    assert_eq!(code(spaces::create(&r.app, &r.staff, None, r.app.id(), read(body))), "not_found");
}

#[test]
fn a_space_has_the_units_asked_for_or_one() {
    let r = Region::new();
    let room =
        r.space(json!({"name": "Blue room", "description": "", "amenities": ["Projector", "projector"]}));
    assert_eq!(seats(&room), [("Blue room", 12)]);
    assert_eq!((room.description, room.amenities), (None, vec!["projector".to_owned()]));
    assert_eq!((room.time_zone.as_str(), room.demo, room.version), ("Europe/Ljubljana", true, 1));
    let hall = r.space(json!({"capacity": 80, "units": [{"label": "east", "seats": 50}, {"label": "west"}]}));
    assert_eq!(seats(&hall), [("east", 50), ("west", 30)]);
    let desks: Vec<_> = (1..=500).map(|i| json!({"label": format!("Desk {i}")})).collect();
    let area = r.space(json!({"kind": "desk_area", "capacity": 1, "allocation": "each", "units": desks}));
    assert_eq!((area.units.len(), area.units[499].seats), (500, 1));
    assert_eq!(spaces::show(&r.app, area.id).unwrap().units[499].label, "Desk 500");
}

#[test]
fn what_nobody_can_mean_is_refused_in_its_place() {
    let r = Region::new();
    let unit = |label: &str| json!({"label": label});
    let layout = |name: &str, setup: u32| json!({"name": name, "capacity": 1, "setup_minutes": setup, "teardown_minutes": 0});
    let cases: Vec<(Value, &[&str])> = vec![
        (json!({"capacity": 0}), &["/capacity too_small"]),
        (json!({"capacity": 100_001}), &["/capacity too_large"]),
        (json!({"booked_by": "nights"}), &["/arrival missing_field", "/departure missing_field"]),
        (
            json!({"booked_by": "nights", "arrival": "10:00", "departure": "15:00"}),
            &["/departure departure_after_arrival"],
        ),
        (
            json!({"booked_by": "nights", "arrival": "24:00", "departure": "10:00"}),
            &["/arrival out_of_range"],
        ),
        (json!({"booked_by": "days", "arrival": "15:00"}), &["/arrival only_for_nights"]),
        (json!({"departure": "10:00"}), &["/departure only_for_nights"]),
        (json!({"setup_minutes": 1441}), &["/setup_minutes too_large"]),
        (json!({"amenities": ["a", "b,c"]}), &["/amenities/1 holds_a_comma"]),
        (json!({"units": []}), &["/units list_empty"]),
        (
            json!({"units": (0..501).map(|i| unit(&format!("{i}"))).collect::<Vec<_>>()}),
            &["/units list_too_long"],
        ),
        (json!({"units": [unit("a"), unit("b"), unit("a")]}), &["/units/2/label repeated"]),
        (json!({"allocation": "each"}), &["/units missing_field"]),
        (
            json!({"layouts": [layout("u", 0), layout("u", 1441)]}),
            &["/layouts/1/name repeated", "/layouts/1/setup_minutes too_large"],
        ),
        (
            json!({"allocation": "each", "units": [unit("a")], "layouts": [layout("u", 0)]}),
            &["/layouts layouts_need_whole"],
        ),
        (
            json!({"kind": "equipment", "units": [{"label": "a", "seats": 1}]}),
            &["/units/0/seats equipment_has_no_seats"],
        ),
        (json!({"parts": []}), &["/parts list_empty"]),
        (json!({"parts": [r.app.id::<crate::domain::ids::kind::Space>()]}), &["/parts/0 unknown_space"]),
    ];
    for (differs, wanted) in cases {
        assert_eq!(refused(r.try_space(differs.clone())), wanted, "{differs}");
    }
    assert_eq!(spaces::list(&r.app, &SpaceFilter::default(), &Asked::default()).unwrap().items.len(), 0);
}

#[test]
fn a_hall_takes_the_units_of_its_parts_in_two_levels() {
    let r = Region::new();
    let (east, west) = (r.space(json!({"name": "East"})), r.space(json!({"name": "West"})));
    let hall = r.space(json!({"capacity": 24, "parts": [east.id, west.id]}));
    let units: Vec<_> = hall.units.iter().map(|unit| unit.id).collect();
    assert_eq!(units, [east.units[0].id, west.units[0].id]);
    assert_eq!(hall.parts, [east.id, west.id]);
    let with = |parts: Value| refused(r.try_space(json!({"parts": parts})));
    assert_eq!(with(json!([hall.id])), ["/parts/0 has_parts"]);
    assert_eq!(with(json!([east.id, east.id])), ["/parts/1 repeated"]);
    assert_eq!(
        refused(r.try_space(json!({"allocation": "each", "parts": [east.id]}))),
        ["/allocation parts_need_whole"]
    );
    let both = json!({"parts": [east.id], "units": [{"label": "a"}]});
    assert_eq!(refused(r.try_space(both)), ["/parts units_or_parts"]);
    fresh(spaces::archive(&r.app, &r.staff, None, east.id, Expected::Any, OnAffected::Refuse));
    assert_eq!(with(json!([east.id])), ["/parts/0 archived"]);
    let other = r.venue("other");
    let body =
        json!({"name": "Far", "kind": "studio", "capacity": 1, "allocation": "whole", "parts": [west.id]});
    let far = spaces::create(&r.app, &r.administrator, None, other.id, read(body));
    assert_eq!(refused(far), ["/parts/0 unknown_space"]);
}

#[test]
fn a_booked_hall_and_its_half_exclude_each_other() {
    let r = Region::new();
    r.put_hours(Of::Venue(r.venue), Region::every_day("08:00", "20:00")).unwrap();
    let (east, west) = (r.space(json!({"name": "East"})), r.space(json!({"name": "West"})));
    let hall = r.space(json!({"capacity": 24, "parts": [east.id, west.id]}));
    r.reserve(east.id, "2026-03-03T10:00", "2026-03-03T11:00");
    r.reserve(west.id, "2026-03-03T10:00", "2026-03-03T11:00");
    let body = json!({"space_id": hall.id, "starts_at": "2026-03-03T10:30", "ends_at": "2026-03-03T11:30",
        "title": "Fair", "purpose": "event", "attendees": 20});
    let taken = crate::app::reservations::reserve::reserve(&r.app, &r.member, None, read(body));
    assert_eq!(code(taken), "slot_taken");
}

#[test]
fn an_edit_is_checked_as_a_whole() {
    let r = Region::new();
    let room = r.space(json!({"step_free": true, "description": "Bright"}));
    let edit = |change| spaces::edit(&r.app, &r.staff, None, room.id, Expected::Any, read(change));
    let edited =
        fresh(edit(json!({"name": "Big", "capacity": 20, "step_free": null, "amenities": ["Sink"]})));
    assert_eq!((edited.name.as_str(), edited.capacity, edited.step_free), ("Big", 20, None));
    assert_eq!((edited.description.as_deref(), edited.version), (Some("Bright"), 2));
    assert_eq!(edited.amenities, ["sink"]);
    assert_eq!(refused(edit(json!({"kind": "equipment"}))), ["/kind equipment_stays"]);
    assert_eq!(refused(edit(json!({"capacity": 0}))), ["/capacity too_small"]);
    let stale = Expected::OneOf(vec![1]);
    let change = read(json!({"name": "Late"}));
    assert_eq!(code(spaces::edit(&r.app, &r.staff, None, room.id, stale, change)), "precondition_failed");
    let change = read(json!({"name": "Mine"}));
    let foreign = spaces::edit(&r.app, &r.member, None, room.id, Expected::Any, change);
    assert_eq!(code(foreign), "forbidden");
}

#[test]
fn archiving_meets_future_reservations_and_does_what_was_asked() {
    for (on_affected, wanted, status) in [
        (OnAffected::Refuse, "affected_reservations", "confirmed"),
        (OnAffected::Keep, "success", "confirmed"),
        (OnAffected::Cancel, "success", "cancelled"),
    ] {
        let r = Region::new();
        r.put_hours(Of::Venue(r.venue), Region::every_day("08:00", "20:00")).unwrap();
        let room = r.space(json!({}));
        let id = r.reserve(room.id, "2026-03-03T10:00", "2026-03-03T11:00");
        let archive = || spaces::archive(&r.app, &r.staff, None, room.id, Expected::Any, on_affected);
        assert_eq!(code(archive()), wanted);
        let found = r.app.db.read(|tx| crate::store::reservations::find(tx, id)).unwrap().unwrap();
        assert_eq!(found.status.as_str(), status, "{on_affected:?}");
        let archived = spaces::show(&r.app, room.id).unwrap();
        assert_eq!(
            (archived.archived, archived.version),
            if wanted == "success" { (true, 2) } else { (false, 1) }
        );
        if archived.archived {
            assert_eq!(fresh(archive()).version, 2, "archived already, it stays as it is");
        }
    }
}

#[test]
fn spaces_are_found_by_what_they_are() {
    let r = Region::new();
    r.space(json!({"name": "Črna dvorana", "capacity": 100, "amenities": ["Stage", "sound"]}));
    r.space(json!({"name": "Bela soba", "description": "Ob dvorani 100% tiho", "amenities": ["sound"]}));
    r.space(json!({"name": "Projector", "kind": "equipment", "capacity": 0}));
    let gone = r.space(json!({"name": "Stara dvorana"}));
    fresh(spaces::archive(&r.app, &r.staff, None, gone.id, Expected::Any, OnAffected::Refuse));
    let any = SpaceFilter::default;
    let text = |text: &str| Some(text.to_owned());
    for (filter, wanted) in [
        (any(), vec!["Črna dvorana", "Bela soba", "Projector"]),
        (SpaceFilter { q: text("DVORAN crna"), ..any() }, vec!["Črna dvorana"]),
        (SpaceFilter { q: text("dvoran"), ..any() }, vec!["Črna dvorana", "Bela soba"]),
        (SpaceFilter { q: text("100%"), ..any() }, vec!["Bela soba"]),
        (SpaceFilter { q: text("1%0"), ..any() }, vec![]),
        (SpaceFilter { amenity: text("sound"), ..any() }, vec!["Črna dvorana", "Bela soba"]),
        (SpaceFilter { amenity: text("Sound, stage"), ..any() }, vec!["Črna dvorana"]),
        (SpaceFilter { capacity_min: Some(13), ..any() }, vec!["Črna dvorana"]),
        (SpaceFilter { kind: Some(crate::domain::space::SpaceKind::Equipment), ..any() }, vec!["Projector"]),
        (SpaceFilter { municipality: text("Bled"), ..any() }, vec![]),
        (SpaceFilter { venue: Some(r.venue("empty").id), ..any() }, vec![]),
        (SpaceFilter { network: Some(r.network), capacity_min: Some(u32::MAX), ..any() }, vec![]),
    ] {
        let page = spaces::list(&r.app, &filter, &Asked::default()).unwrap();
        let names: Vec<_> = page.items.iter().map(|space| space.name.as_str()).collect();
        assert_eq!(names, wanted, "{filter:?}");
    }
    let long = SpaceFilter { q: Some("a".repeat(201)), ..any() };
    assert_eq!(refused(spaces::list(&r.app, &long, &Asked::default())), ["?q too_long"]);
}

#[test]
fn pages_follow_each_other_and_a_cursor_fits_its_own_list() {
    let r = Region::new();
    for name in ["A", "B", "C"] {
        r.space(json!({"name": name}));
    }
    let all = SpaceFilter::default();
    let mut asked = Asked { limit: Some(2), cursor: None };
    let first = spaces::list(&r.app, &all, &asked).unwrap();
    asked.cursor = first.next;
    let second = spaces::list(&r.app, &all, &asked).unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next), (2, 1, None));
    assert_eq!(second.items[0].name, "C");
    let other = SpaceFilter { capacity_min: Some(1), ..all };
    assert_eq!(refused(spaces::list(&r.app, &other, &asked)), ["?cursor cursor_refused"]);
}
