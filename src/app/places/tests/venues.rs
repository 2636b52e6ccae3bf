//! Venues, through the application's functions.

use serde_json::json;

use crate::{
    app::{
        places::{
            testing::{Region, code, fresh, new_venue, read, refused},
            venues,
        },
        version::Expected,
    },
    domain::access::Actor,
};

#[test]
fn venues_are_made_by_coordinators_and_edited_by_staff() {
    let r = Region::new();
    let made_by =
        |actor: &Actor, slug| code(venues::create(&r.app, actor, None, read(new_venue(r.network, slug))));
    for (actor, slug, wanted) in [
        (&Actor::Anonymous, "a", "unauthenticated"),
        (&r.member, "b", "forbidden"),
        (&r.staff, "c", "forbidden"),
        (&r.coordinator, "d", "success"),
        (&r.administrator, "e", "success"),
        (&r.coordinator, "layer", "duplicate"),
    ] {
        assert_eq!(made_by(actor, slug), wanted, "{slug}");
    }
    let edited_by = |actor: &Actor| {
        let change = read(json!({"name": "New"}));
        code(venues::edit(&r.app, actor, None, r.venue, Expected::Any, change))
    };
    for (actor, wanted) in [
        (&Actor::Anonymous, "unauthenticated"),
        (&r.member, "forbidden"),
        (&r.coordinator, "forbidden"),
        (&r.staff, "success"),
        (&r.administrator, "success"),
    ] {
        assert_eq!(edited_by(actor), wanted);
    }
}

#[test]
fn only_staff_read_how_to_get_in() {
    let r = Region::new();
    for (actor, wanted) in
        [(&Actor::Anonymous, None), (&r.member, None), (&r.coordinator, None), (&r.staff, Some("Ring twice"))]
    {
        let shown = venues::show(&r.app, actor, r.venue).unwrap();
        assert_eq!(shown.access_instructions.as_deref(), wanted);
        assert!(shown.demo);
        let listed = venues::list(&r.app, actor, Some(r.network), &Default::default()).unwrap();
        assert_eq!(listed.items[0].access_instructions.as_deref(), wanted);
    }
}

#[test]
fn an_edit_changes_what_it_names_and_raises_the_version() {
    let r = Region::new();
    let edit = |version: i64, change| {
        let expected = Expected::OneOf(vec![version]);
        venues::edit(&r.app, &r.staff, None, r.venue, expected, read(change))
    };
    let edited = fresh(edit(
        1,
        json!({"address": {"city": "Bled"}, "phone": "+386 40 123 456", "access_instructions": null}),
    ));
    assert_eq!((edited.version, edited.address.city.as_str()), (2, "Bled"));
    assert_eq!(edited.address.street, "Tomšičeva 32");
    assert_eq!(edited.phone.as_deref(), Some("+38640123456"));
    assert_eq!(edited.access_instructions, None);
    let edited = fresh(edit(2, json!({"phone": null, "access_instructions": "  "})));
    assert_eq!((edited.phone, edited.access_instructions), (None, None));
    assert_eq!(code(edit(2, json!({"name": "Late"}))), "precondition_failed");
    assert_eq!(refused(edit(3, json!({"time_zone": "Gorenjska"}))), ["/time_zone unknown_time_zone"]);
    assert_eq!(venues::show(&r.app, &r.staff, r.venue).unwrap().version, 3);
}

#[test]
fn the_zone_is_the_networks_unless_said_and_the_network_must_exist() {
    let r = Region::new();
    assert_eq!(r.venue("west").time_zone, "Europe/Ljubljana");
    let mut body = new_venue(r.app.id(), "nowhere");
    let made = venues::create(&r.app, &r.administrator, None, read(body.clone()));
    assert_eq!(refused(made), ["/network_id unknown_network"]);
    body["network_id"] = json!(r.network);
    body["time_zone"] = json!("Europe/Vienna");
    let made = fresh(venues::create(&r.app, &r.coordinator, None, read(body)));
    assert_eq!(made.time_zone, "Europe/Vienna");
}
