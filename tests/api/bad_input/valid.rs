//! A body that each operation would accept as it stands.

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    closures::closure,
    world::{self, Role, World, always},
};

/// What would be accepted as it stands: method, path, by whom, body.
pub type Valid = (Method, String, Role, Value);

#[expect(clippy::too_many_lines, reason = "one table of bodies")]
pub async fn valid(w: &World) -> Vec<Valid> {
    let (post, put, patch) = (Method::POST, Method::PUT, Method::PATCH);
    let desks = json!({"name": "Desks", "kind": "desk_area", "capacity": 1, "allocation": "each", "units": [{"label": "A", "seats": 1}]});
    let spaces = format!("/venues/{}/spaces", w.venue);
    let desks = w.by(Role::Staff, w.app.post(&spaces, desks)).await.expect(201);
    let sector = json!({"scheme": "nace", "version": "2.1", "code": "90.39"});
    let address =
        json!({"street": "Glavni trg 1", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    let days = json!({"days": ["mon"], "opens": "00:00", "closes": "24:00"});
    let mut hours = always();
    hours["seasons"] = json!([{"from": "2027-07-01", "to": "2027-08-31", "weekly": [days]}]);
    hours["exceptions"] =
        json!([{"date": "2027-05-02", "hours": [{"opens": "09:00", "closes": "12:00"}], "reason": "Fair"}]);
    hours["valid_from"] = json!("2027-01-01");
    let rules = json!({"max_duration_minutes": {"value": 600, "beyond": "ask"}, "bookable": true, "approval": "none", "approval_hours": 5});
    let key = json!({"name": "Display", "scopes": ["places:read"], "days": 30});
    let of = |kind: &str, id: &str, rest: &str| format!("/{kind}/{id}{rest}");
    let org = |rest: &str| of("organisations", &w.organisation, rest);
    let said = json!({"confirmed": true, "until": "2027-01-01", "grounds": "G"});
    w.app.enlist(&w.organisation, &w.bystander, "member");
    vec![
        (
            post.clone(),
            "/auth/register".into(),
            Role::Anonymous,
            json!({"email": "eva@example.org", "name": "Eva", "locale": "sl"}),
        ),
        (post.clone(), "/auth/link".into(), Role::Anonymous, json!({"email": "nobody@example.org"})),
        (
            patch.clone(),
            "/me".into(),
            Role::Member,
            json!({"name": "Eva", "phone": "+38640123456", "locale": "sl", "mail": {"reminders": true}}),
        ),
        (
            post.clone(),
            "/organisations".into(),
            Role::Member,
            json!({"name": "Carnica", "legal_form": "company", "size": "micro",
            "sector": sector, "municipality": "Kranj", "register_number": "5043611"}),
        ),
        (
            patch.clone(),
            org(""),
            Role::Owner,
            json!({"name": "Carnica", "legal_form": "ngo",
            "size": "micro", "sector": sector, "municipality": "Kranj", "register_number": "5043620"}),
        ),
        (put.clone(), org(&format!("/members/{}", w.bystander.id)), Role::Owner, json!({"role": "member"})),
        (post.clone(), org("/invitations"), Role::Owner, w.new_member()),
        (post.clone(), org("/join-requests"), Role::Member, json!({"message": "M"})),
        (post.clone(), org("/confirm"), Role::Coordinator, said),
        (post.clone(), org("/hand-over"), Role::Administrator, w.hand_over()),
        (post.clone(), of("venues", &w.venue, "/invitations"), Role::Staff, w.invitation()),
        (post.clone(), "/auth/keys".into(), Role::Member, key),
        (post.clone(), "/auth/calendars".into(), Role::Staff, json!({"space_id": w.room, "name": "N"})),
        (post.clone(), "/auth/email".into(), Role::Member, json!({"email": "other@example.org"})),
        (
            post.clone(),
            "/networks".into(),
            Role::Administrator,
            json!({"name": "N", "slug": "n", "country": "SI", "time_zone": "Europe/Ljubljana"}),
        ),
        (
            patch.clone(),
            of("networks", &w.network, ""),
            Role::Coordinator,
            json!({"name": "N", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"}),
        ),
        (
            post.clone(),
            "/venues".into(),
            Role::Coordinator,
            json!({"network_id": w.network, "name": "V", "slug": "v", "address": address,
            "time_zone": "Europe/Ljubljana", "contact_email": "v@example.org", "phone": "040 123 456", "access_instructions": "Ring."}),
        ),
        (
            patch.clone(),
            of("venues", &w.venue, ""),
            Role::Staff,
            json!({"name": "V", "slug": "w", "address": address,
            "time_zone": "Europe/Ljubljana", "contact_email": "v@example.org", "phone": "040 123 456", "access_instructions": "Ring."}),
        ),
        (
            post.clone(),
            spaces,
            Role::Staff,
            json!({"name": "Studio", "kind": "studio", "capacity": 10, "description": "D", "amenities": ["piano"],
            "step_free": true, "booked_by": "hours", "house_rules": "H", "allocation": "whole", "units": [{"label": "One", "seats": 4}],
            "layouts": [{"name": "U", "capacity": 8, "setup_minutes": 5, "teardown_minutes": 5}], "setup_minutes": 5, "teardown_minutes": 5}),
        ),
        (
            patch.clone(),
            of("spaces", &w.by_request, ""),
            Role::Staff,
            json!({"name": "Hall", "kind": "studio", "capacity": 10, "description": "D",
            "amenities": ["piano"], "step_free": true, "house_rules": "H", "setup_minutes": 5, "teardown_minutes": 5}),
        ),
        (put.clone(), of("venues", &w.venue, "/opening-hours"), Role::Staff, hours),
        (
            put.clone(),
            of("venues", &w.venue, "/policy"),
            Role::Staff,
            json!({"public": rules, "staff": rules}),
        ),
        (post.clone(), of("venues", &w.venue, "/closures"), Role::Staff, closure()),
        (
            put.clone(),
            of("spaces", desks["id"].as_str().unwrap(), "/plan"),
            Role::Staff,
            json!({"width": 600, "height": 400, "units": [{"unit_id": desks["units"][0]["id"], "x": 0, "y": 0, "width": 140, "height": 70, "rotation": 0}],
            "fixtures": [{"kind": "door", "x": 0, "y": 390, "width": 90, "height": 10, "rotation": 180, "text": "Exit"}]}),
        ),
        (
            post.clone(),
            of("spaces", &w.by_request, "/blocks"),
            Role::Staff,
            json!({"starts_at": "2028-01-01T08:00", "ends_at": "2028-01-01T09:00",
            "reason": "Paint", "on_affected": "refuse"}),
        ),
        (
            post.clone(),
            "/reservations".into(),
            Role::Staff,
            json!({"space_id": desks["id"], "starts_at": "2026-04-01T08:00", "ends_at": "2026-04-01T09:00",
            "title": "T", "purpose": "mentoring", "attendees": 1, "quantity": 1, "unit_ids": [desks["units"][0]["id"]], "notes": "N", "public": false,
            "organiser": {"name": "Ana", "email": "ana@example.org", "phone": "040123456"}, "internal_notes": "I"}),
        ),
        (
            patch.clone(),
            of("reservations", &w.ahead, ""),
            Role::Staff,
            json!({"starts_at": "2026-04-02T08:00", "ends_at": "2026-04-02T09:00", "title": "T",
            "purpose": "mentoring", "attendees": 1, "quantity": 1, "notes": "N", "public": false, "internal_notes": "I"}),
        ),
        (post.clone(), of("networks", &w.network, "/indicators"), Role::Coordinator, indicator(w, "C7")),
        (put.clone(), of("indicators", &w.indicator, ""), Role::Coordinator, indicator(w, "C8")),
        (post.clone(), of("venues", &w.venue, "/outside-calendars"), Role::Staff, world::outside()),
        (
            patch.clone(),
            of("outside-calendars", &w.calendar, ""),
            Role::Staff,
            json!({"name": "C", "url": "https://calendar.example.org/other.ics"}),
        ),
        (
            post.clone(),
            of("venues", &w.venue, "/reservations/import"),
            Role::Staff,
            json!({"content": "external_id,starts_at,ends_at,title\n1,2026-04-01T08:00,2026-04-01T09:00,T\n",
            "mode": "dry_run", "format": "csv", "source": "S", "space_id": w.room, "tell": false}),
        ),
        (
            post.clone(),
            of("venues", &w.venue, "/spaces/import"),
            Role::Staff,
            json!({"content": "name,kind,capacity\nStudio,studio,8\n", "mode": "dry_run"}),
        ),
        (
            post.clone(),
            of("venues", &w.venue, "/attendance/import"),
            Role::Staff,
            json!({"content": "space,date,walk_ins\nNowhere,2026-01-05,8\n", "mode": "dry_run"}),
        ),
        (post.clone(), of("reservations", &w.to_decline, "/decline"), Role::Staff, json!({"message": "M"})),
        (
            post.clone(),
            "/waiting-list".into(),
            Role::Owner,
            json!({"space_id": w.by_request, "from": "2026-03-05", "to": "2026-03-06", "duration_minutes": 60, "quantity": 1,
            "attendees": 2, "title": "T", "purpose": "meeting", "organisation_id": w.organisation}),
        ),
        (post.clone(), of("reservations", &w.to_cancel, "/cancel"), Role::Owner, json!({"message": "M"})),
        (post, of("reservations", &w.begun, "/headcount"), Role::Owner, json!({"count": 3})),
    ]
}

/// With all that one of use can say.
fn indicator(w: &World, code: &str) -> Value {
    json!({"code": code, "name": {"sl": "Zasedenost", "en": "Frequency"}, "description": {"sl": "D", "en": "D"},
        "figure": "planned_frequency", "filter": {"venue_ids": [w.venue], "kinds": ["studio"]}, "direction": "at_least",
        "cumulative_from": 2026, "targets": [{"year": 2027, "value": 0.5}]})
}
