//! Who may do what: every operation of the document, and the status it gives to each role.
//!
//! A stranger's object is 404, a function that is not yours 403, and 401 asks who you are. What is refused to
//! everybody alike (a wrong code, a stale version) stands where success would use its object up.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, Reply, both, contract::DOCUMENT, with};
use crate::{
    closures::closure,
    tariffs::trial,
    world::{self, ROLES, Role, World},
};

/// A body for one request; `Null` sends none.
pub type Body = fn(&World) -> Value;

const NONE: Body = |_| Value::Null;
const EMPTY: Body = |_| json!({});
const CODE: Body = |_| json!({"code": "no"});
const TOKEN: Body = |_| json!({"token": "nobody's"});
const GUEST: Body = |w| w.reservation(json!({"organiser": {"name": "Guest", "email": "guest@example.org"}}));
const NOTES: Body = |w| w.reservation(json!({"internal_notes": "A regular."}));
const MEMBER: Body = |w| with(w.invitation(), json!({"as_member": true}));
const FOR_ORGANISATION: Body = |w| w.reservation(json!({"organisation_id": w.organisation}));

/// Every operation. The columns are [`ROLES`]. What stands behind `#` tells only which object is made ready.
#[rustfmt::skip]
pub const TABLE: &[(&str, &str, Body, [u16; 10])] = &[
    //                                                                   anonymous newcomer member owner colleague elsewhere staff coordinator foreign administrator
    ("POST",   "/auth/register",                        |w| w.registration(),                          [202, 202, 202, 202, 202, 202, 202, 202, 202, 202]),
    ("POST",   "/auth/login",                           |_| json!({"email": "a@example.org", "password": "?"}), [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/auth/link",                            |_| json!({"email": "a@example.org"}),         [202, 202, 202, 202, 202, 202, 202, 202, 202, 202]),
    ("POST",   "/auth/link/redeem",                     TOKEN,                                         [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/auth/refresh",                         |_| json!({"refresh_token": "nobody's"}),      [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/auth/logout",                          |_| json!({"refresh_token": "nobody's"}),      [204, 204, 204, 204, 204, 204, 204, 204, 204, 204]),

    ("POST",   "/auth/password",                        |_| json!({"current_password": "?", "password": "?"}), [401, 409, 409, 409, 409, 409, 409, 409, 409, 409]),
    ("POST",   "/auth/confirm",                         |_| json!({"password": "?"}),                      [401, 409, 409, 409, 409, 409, 409, 409, 409, 409]),
    ("POST",   "/auth/email",                           |w| w.invitation(),                            [401, 403, 202, 202, 202, 202, 202, 202, 202, 202]),
    ("POST",   "/auth/email/confirm",                   TOKEN,                                         [401, 403, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/auth/email/restore",                   TOKEN,                                         [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("GET",    "/auth/second-factor",                   NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/auth/second-factor",                   EMPTY,                                         [401, 403, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/auth/second-factor/confirm",           CODE,                                          [401, 403, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/auth/second-factor/verify",            |_| json!({"challenge": "nobody's", "code": "no"}), [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/auth/second-factor/recovery-codes",    CODE,                                          [401, 409, 409, 409, 409, 409, 409, 409, 409, 409]),
    ("POST",   "/auth/second-factor/remove",            CODE,                                          [401, 409, 409, 409, 409, 409, 409, 409, 409, 409]),
    ("GET",    "/auth/keys",                            NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/auth/keys",                            |_| json!({"name": "Display", "scopes": ["places:read"]}), [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("DELETE", "/auth/keys/{id}",                       NONE,                                          [401, 404, 404, 404, 404, 404, 404, 404, 404, 404]),

    ("GET",    "/me",                                   NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PATCH",  "/me",                                   EMPTY,                                         [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("DELETE", "/me",                                   NONE,                                          [401, 412, 412, 412, 412, 412, 412, 412, 412, 412]),
    ("GET",    "/me/export",                            NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/me/export.ics",                        NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/me/views",                             NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/me/sessions",                          NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("DELETE", "/me/sessions",                          NONE,                                          [401, 204, 204, 204, 204, 204, 204, 204, 204, 204]),
    ("DELETE", "/me/sessions/{id}",                     NONE,                                          [401, 404, 404, 404, 404, 404, 404, 404, 404, 404]),

    ("GET",    "/organisations",                        NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/organisations",                        |_| world::organisation(),                     [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("GET",    "/organisations/{id}",                   NONE,                                          [401, 404, 404, 200, 200, 404, 404, 404, 404, 404]),
    ("PATCH",  "/organisations/{id}",                   EMPTY,                                         [401, 404, 404, 200, 403, 404, 404, 404, 404, 404]),
    ("GET",    "/organisations/{id}/members",           NONE,                                          [401, 404, 404, 200, 200, 404, 404, 404, 404, 404]),
    ("PUT",    "/organisations/{id}/members/{user_id}", |_| json!({"role": "member"}),                 [401, 404, 404, 200, 403, 404, 404, 404, 404, 404]),
    ("DELETE", "/organisations/{id}/members/{user_id}", NONE,                                          [401, 404, 404, 204, 403, 404, 404, 404, 404, 404]),
    ("POST",   "/organisations/{id}/confirm",           |_| json!({"confirmed": true}),                [401, 403, 403, 403, 403, 403, 403, 200, 200, 200]),

    ("POST",   "/organisations/{id}/hand-over",         |w| w.hand_over(),                             [401, 403, 403, 403, 403, 403, 403, 403, 403, 200]),
    ("GET",    "/organisations/{id}/confirmations",     NONE,                                          [401, 404, 404, 200, 200, 404, 404, 200, 200, 200]),
    ("GET",    "/organisations/{id}/confirmation",      NONE,                                          [401, 404, 404, 200, 200, 404, 404, 200, 200, 200]),
    ("GET",    "/confirmed-organisations",              NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 200, 200]),
    ("GET",    "/organisations/{id}/join-requests",     NONE,                                          [401, 404, 404, 200, 403, 404, 404, 404, 404, 200]),
    ("POST",   "/organisations/{id}/join-requests",     EMPTY,                                         [401, 403, 201, 409, 409, 201, 201, 201, 201, 201]),
    ("GET",    "/organisations/{id}/invitations",       NONE,                                          [401, 404, 404, 200, 403, 404, 404, 404, 404, 404]),
    ("POST",   "/organisations/{id}/invitations",       |w| w.new_member(),                            [401, 404, 404, 201, 403, 404, 404, 404, 404, 404]),
    ("DELETE", "/organisations/{id}/invitations/{invitation_id}", NONE,                                [401, 404, 404, 204, 403, 404, 404, 404, 404, 404]),
    ("GET",    "/organisations/registered/{register_number}", NONE,                                          [401, 403, 403, 403, 403, 403, 403, 404, 404, 404]),
    ("GET",    "/join-requests",                        NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/join-requests/{id}",                   NONE,                                          [401, 404, 404, 200, 404, 404, 404, 404, 404, 200]),
    ("POST",   "/join-requests/{id}/accept",            NONE,                                          [401, 404, 404, 200, 404, 404, 404, 404, 404, 200]),
    ("POST",   "/join-requests/{id}/decline",           NONE,                                          [401, 404, 404, 200, 404, 404, 404, 404, 404, 200]),
    ("DELETE", "/join-requests/{id}",                   NONE,                                          [401, 404, 404, 403, 404, 404, 404, 404, 404, 403]),

    ("GET",    "/venues/{id}/staff",                    NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("GET",    "/venues/{id}/staff/{user_id}",          NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("PUT",    "/venues/{id}/staff/{user_id}",          NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("DELETE", "/venues/{id}/staff/{user_id}",          NONE,                                          [401, 403, 403, 403, 403, 403, 204, 204, 403, 204]),
    ("GET",    "/venues/{id}/delegates",                NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("GET",    "/venues/{id}/delegates/{user_id}",      NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("PUT",    "/venues/{id}/delegates/{user_id}",      NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("DELETE", "/venues/{id}/delegates/{user_id}",      NONE,                                          [401, 403, 403, 403, 403, 403, 204, 204, 403, 204]),
    ("GET",    "/networks/{id}/coordinators",           NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("GET",    "/networks/{id}/coordinators/{user_id}", NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("PUT",    "/networks/{id}/coordinators/{user_id}", NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("DELETE", "/networks/{id}/coordinators/{user_id}", NONE,                                          [401, 403, 403, 403, 403, 403, 403, 204, 403, 204]),
    ("GET",    "/venues/{id}/members",                  NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("GET",    "/venues/{id}/members/{user_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("PUT",    "/venues/{id}/members/{user_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("DELETE", "/venues/{id}/members/{user_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 204, 204, 403, 204]),
    ("GET",    "/networks/{id}/members",                NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("GET",    "/networks/{id}/members/{user_id}",      NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("PUT",    "/networks/{id}/members/{user_id}",      NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("DELETE", "/networks/{id}/members/{user_id}",      NONE,                                          [401, 403, 403, 403, 403, 403, 403, 204, 403, 204]),
    ("GET",    "/venues/{id}/invitations",              NONE,                                          [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("POST",   "/venues/{id}/invitations",              |w| w.invitation(),                            [401, 403, 403, 403, 403, 403, 201, 201, 403, 201]),
    ("POST",   "/venues/{id}/invitations",              MEMBER,                                        [401, 403, 403, 403, 403, 403, 201, 201, 403, 201]),
    ("GET",    "/venues/{id}/invitations?as_member=true", NONE,                                        [401, 403, 403, 403, 403, 403, 200, 200, 403, 200]),
    ("DELETE", "/venues/{id}/invitations/{invitation_id}", NONE,                                       [401, 403, 403, 403, 403, 403, 204, 204, 403, 204]),
    ("DELETE", "/venues/{id}/invitations/{invitation_id}#of_member", NONE,                             [401, 403, 403, 403, 403, 403, 204, 204, 403, 204]),
    ("GET",    "/networks/{id}/invitations",            NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("POST",   "/networks/{id}/invitations",            |w| w.invitation(),                            [401, 403, 403, 403, 403, 403, 403, 201, 403, 201]),
    ("POST",   "/networks/{id}/invitations",            MEMBER,                                        [401, 403, 403, 403, 403, 403, 403, 201, 403, 201]),
    ("GET",    "/networks/{id}/invitations?as_member=true", NONE,                                      [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("DELETE", "/networks/{id}/invitations/{invitation_id}", NONE,                                     [401, 403, 403, 403, 403, 403, 403, 204, 403, 204]),
    ("DELETE", "/networks/{id}/invitations/{invitation_id}#of_member", NONE,                           [401, 403, 403, 403, 403, 403, 403, 204, 403, 204]),
    ("POST",   "/invitations/redeem",                   TOKEN,                                         [401, 403, 404, 404, 404, 404, 404, 404, 404, 404]),

    ("GET",    "/networks",                             NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/networks",                             |w| w.network(),                               [401, 403, 403, 403, 403, 403, 403, 403, 403, 201]),
    ("GET",    "/networks/{id}",                        NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PATCH",  "/networks/{id}",                        EMPTY,                                         [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("GET",    "/venues",                               NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/venues",                               |w| w.venue(),                                 [401, 403, 403, 403, 403, 403, 403, 201, 403, 201]),
    ("GET",    "/venues/{id}",                          NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PATCH",  "/venues/{id}",                          EMPTY,                                         [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/spaces",                               NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/venues/{id}/spaces",                   |_| world::new_space("Another"),               [401, 403, 403, 403, 403, 403, 201, 403, 403, 201]),
    ("GET",    "/spaces/{id}",                          NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PATCH",  "/spaces/{id}",                          EMPTY,                                         [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("POST",   "/spaces/{id}/copy",                     |_| json!({"name": "Like it"}),                [401, 403, 403, 403, 403, 403, 201, 403, 403, 201]),
    ("PUT",    "/spaces/{id}/units",                    |w| w.units(),                                 [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("PUT",    "/spaces/{id}/layouts",                  |_| json!({"layouts": []}),                    [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("PUT",    "/spaces/{id}/parts",                    |w| json!({"parts": [w.room]}),                [401, 403, 403, 403, 403, 403, 422, 403, 403, 422]),
    ("DELETE", "/spaces/{id}",                          NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/spaces/{id}/images",                   NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    // No photograph, which is told to whoever may add one.
    ("POST",   "/spaces/{id}/images",                   EMPTY,                                         [401, 403, 403, 403, 403, 403, 422, 403, 403, 422]),
    ("PATCH",  "/spaces/{id}/images/{image_id}",        EMPTY,                                         [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),
    ("DELETE", "/spaces/{id}/images/{image_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),
    ("GET",    "/venues/{id}/images",                   NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/venues/{id}/images",                   EMPTY,                                         [401, 403, 403, 403, 403, 403, 422, 403, 403, 422]),
    ("PATCH",  "/venues/{id}/images/{image_id}",        EMPTY,                                         [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),
    ("DELETE", "/venues/{id}/images/{image_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),
    ("GET",    "/images/{digest}.jpg",                  NONE,                                          [404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),

    ("GET",    "/venues/{id}/opening-hours",            NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/venues/{id}/opening-hours",            |_| world::always(),                           [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/spaces/{id}/opening-hours",            NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/spaces/{id}/opening-hours",            |_| world::always(),                           [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("DELETE", "/spaces/{id}/opening-hours",            NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("POST",   "/venues/{id}/closures",                 |_| closure(),                                 [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("POST",   "/venues/{id}/closures/preview",         |_| closure(),                                 [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("DELETE", "/venues/{id}/closures?first_date=2027-05-03&last_date=2027-05-03", NONE,               [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/networks/{id}/policy",                 NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/networks/{id}/policy",                 EMPTY,                                         [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("GET",    "/venues/{id}/policy",                   NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/venues/{id}/policy",                   EMPTY,                                         [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/spaces/{id}/policy",                   NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/spaces/{id}/policy?effective=true",    NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/spaces/{id}/policy",                   EMPTY,                                         [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/spaces/{id}/tariff",                   NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/spaces/{id}/tariff",                   |_| json!({"prices_include_vat": true}),       [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),

    ("POST",   "/spaces/{id}/tariff/quote",             |_| trial(),                                   [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),

    ("GET",    "/spaces/{id}/plan",                     NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("PUT",    "/spaces/{id}/plan",                     |_| json!({"width": 0, "height": 0}),          [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),

    ("GET",    "/spaces/{id}/units?starts_at=2026-03-03T10:00&ends_at=2026-03-03T11:00", NONE,         [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/spaces/{id}/units?starts_at=2026-03-03T10:00&ends_at=2026-03-03T11:00&organisation_id={organisation}", NONE, [401, 403, 422, 200, 200, 422, 422, 422, 422, 422]),
    ("GET",    "/spaces/{id}/units?starts_at=2026-03-03T10:00&ends_at=2026-03-03T11:00&reservation_id={ahead}", NONE, [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("GET",    "/availability?from=2026-03-03&to=2026-03-04", NONE,                                    [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/spaces/{id}/availability?from=2026-03-03&to=2026-03-04", NONE,                        [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/spaces/{id}/availability?from=2026-03-03&to=2026-03-04&organisation_id={organisation}", NONE, [401, 403, 422, 200, 200, 422, 422, 422, 422, 422]),
    ("GET",    "/spaces/{id}/blocks",                   NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("POST",   "/spaces/{id}/blocks",                   |w| w.block(),                                 [401, 403, 403, 403, 403, 403, 201, 403, 403, 403]),
    ("POST",   "/spaces/{id}/blocks/preview",           |w| w.block(),                                 [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/venues/{id}/blocks",                   NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/blocks/{id}",                          NONE,                                          [401, 404, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("DELETE", "/blocks/{id}",                          NONE,                                          [401, 404, 404, 404, 404, 404, 204, 404, 404, 404]),

    ("POST",   "/reservations",                         |w| w.reservation(json!({})),                  [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("POST",   "/reservations",                         FOR_ORGANISATION,                              [401, 403, 422, 201, 201, 422, 422, 422, 422, 422]),
    ("POST",   "/reservations",                         GUEST,                                         [401, 403, 403, 403, 403, 403, 201, 403, 403, 403]),
    ("POST",   "/reservations",                         NOTES,                                         [401, 403, 403, 403, 403, 403, 201, 403, 403, 403]),
    ("POST",   "/reservations/check",                   |w| w.reservation(json!({})),                  [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/reservations/check",                   FOR_ORGANISATION,                              [401, 403, 422, 200, 200, 422, 422, 422, 422, 422]),
    ("POST",   "/reservations/check",                   GUEST,                                         [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/venues/{id}/approvals",                NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/reservations",                         NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/reservations/{id}",                    NONE,                                          [401, 404, 404, 200, 200, 404, 200, 404, 404, 404]),
    ("PATCH",  "/reservations/{id}",                    |_| json!({"title": "Rehearsal"}),             [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("PATCH",  "/reservations/{id}",                    |_| json!({"internal_notes": null}),           [401, 404, 404, 403, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/check",              |_| json!({"attendees": 3}),                   [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/confirm",            NONE,                                          [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/approve",            NONE,                                          [401, 404, 404, 403, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/decline",            NONE,                                          [401, 404, 404, 403, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/cancel",             NONE,                                          [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/headcount",          |_| json!({"count": 4}),                       [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/check-in",           NONE,                                          [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/reservations/{id}/check-out",          NONE,                                          [401, 404, 404, 409, 403, 404, 409, 404, 404, 404]),
    ("POST",   "/reservations/{id}/no-show",            NONE,                                          [401, 404, 404, 403, 403, 404, 409, 404, 404, 404]),
    ("POST",   "/check-in",                             TOKEN,                                         [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/manage",                               TOKEN,                                         [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/manage/cancel",                        TOKEN,                                         [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/reservations/{id}/settle",             |_| json!({"outcome": "paid"}),                [401, 404, 404, 403, 403, 404, 409, 404, 404, 404]),
    ("POST",   "/headcount",                            |_| json!({"token": "nobody's", "count": 4}),  [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("POST",   "/spaces/{id}/check-in",                 NONE,                                          [401, 404, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("POST",   "/spaces/{id}/check-in",                 |_| json!({"code": "no"}),                     [401, 401, 401, 401, 401, 401, 401, 401, 401, 401]),
    ("GET",    "/spaces/{id}/door.svg",                 NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/spaces/{id}/attendance?from=2026-02-01&to=2026-03-01", NONE,                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("PUT",    "/spaces/{id}/attendance",               |_| json!({"date": "2026-03-01", "walk_ins": 1, "event_visitors": 0}), [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/reservations/{id}/calendar.ics",       NONE,                                          [401, 404, 404, 200, 200, 404, 200, 404, 404, 404]),

    ("POST",   "/series",                               |w| w.series(),                                [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("POST",   "/series/preview",                       |w| w.series(),                                [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/series",                               NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/series/{id}",                          NONE,                                          [401, 404, 404, 200, 200, 404, 200, 404, 404, 404]),
    ("PATCH",  "/series/{id}",                          |_| json!({"change": {"title": "Rehearsal"}}), [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),
    ("PATCH",  "/series/{id}",                          |_| json!({"change": {"internal_notes": null}}), [401, 404, 404, 403, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/series/{id}/approve",                  NONE,                                          [401, 404, 404, 403, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/series/{id}/decline",                  NONE,                                          [401, 404, 404, 403, 403, 404, 200, 404, 404, 404]),
    ("POST",   "/series/{id}/cancel",                   NONE,                                          [401, 404, 404, 200, 403, 404, 200, 404, 404, 404]),

    ("GET",    "/venues/{id}/waiting-list",             NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("POST",   "/venues/{id}/reservations/import",      |_| world::table("external_id,space,starts_at,ends_at,title\n"), [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("POST",   "/venues/{id}/spaces/import",            |_| world::table("name,kind,capacity\n"),      [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("POST",   "/venues/{id}/attendance/import",        |_| world::table("space,date\n"),              [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/venues/{id}/outside-calendars",        NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("POST",   "/venues/{id}/outside-calendars",        |_| world::outside(),                          [401, 403, 403, 403, 403, 403, 201, 403, 403, 403]),
    ("GET",    "/outside-calendars/{id}",               NONE,                                          [401, 404, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("PATCH",  "/outside-calendars/{id}",               |_| json!({"name": "Choir"}),                  [401, 404, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("POST",   "/outside-calendars/{id}/refresh",       NONE,                                          [401, 404, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("DELETE", "/outside-calendars/{id}",               NONE,                                          [401, 404, 404, 404, 404, 404, 204, 404, 404, 404]),
    ("GET",    "/waiting-list",                         NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/waiting-list",                         |w| w.waiting(),                               [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("GET",    "/waiting-list/{id}",                    NONE,                                          [401, 404, 404, 200, 404, 404, 404, 404, 404, 404]),
    ("DELETE", "/waiting-list/{id}",                    NONE,                                          [401, 404, 404, 204, 404, 404, 404, 404, 404, 404]),

    ("GET",    "/events?network_id={network}",          NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/events.ics?venue_id={venue}",          NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),

    ("GET",    "/auth/calendars",                       NONE,                                          [401, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("POST",   "/auth/calendars",                       NONE,                                          [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("POST",   "/auth/calendars",                       |w| json!({"venue_id": w.venue}),              [401, 403, 403, 403, 403, 403, 201, 403, 403, 403]),
    ("POST",   "/auth/calendars",                       |w| json!({"space_id": w.room}),               [401, 403, 403, 403, 403, 403, 201, 403, 403, 403]),
    ("POST",   "/auth/calendars",                       |w| json!({"network_id": w.network}),          [401, 403, 201, 201, 201, 201, 201, 201, 201, 201]),
    ("POST",   "/auth/calendars/{id}/rotate",           NONE,                                          [401, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("DELETE", "/auth/calendars/{id}",                  NONE,                                          [401, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET",    "/venues/{id}/calendars",                NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("DELETE", "/venues/{id}/calendars/{calendar_id}",  NONE,                                          [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),
    ("GET",    "/calendars/{token}.ics",                NONE,                                          [404, 404, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("GET",    "/spaces/{id}/freebusy.ics",             NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),

    ("GET",    "/statistics/utilisation?network_id={network}&from=2026-02-01&to=2026-03-01", NONE,     [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/utilisation?venue_id={venue}&from=2026-02-01&to=2026-03-01", NONE,         [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/utilisation?space_id={space}&from=2026-02-01&to=2026-03-01&format=csv", NONE, [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/heatmap?network_id={network}&from=2026-02-01&to=2026-03-01", NONE,         [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/heatmap?venue_id={venue}&from=2026-02-01&to=2026-03-01", NONE,             [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/demand?network_id={network}&from=2026-02-01&to=2026-03-01", NONE,          [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/demand?space_id={space}&from=2026-02-01&to=2026-03-01&format=csv", NONE,   [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    // Whoever coordinates finds people in the published tables.
    ("GET",    "/statistics/users?network_id={network}&from=2026-02-01&to=2026-03-01", NONE,           [401, 403, 403, 403, 403, 422, 422, 422, 403, 422]),
    ("GET",    "/statistics/users?venue_id={venue}&from=2026-02-01&to=2026-03-01&group_by=sector", NONE, [401, 403, 403, 403, 403, 422, 200, 422, 403, 422]),
    ("GET",    "/statistics/users?space_id={space}&from=2026-02-01&to=2026-03-01&format=csv", NONE,    [401, 403, 403, 403, 403, 422, 200, 422, 403, 422]),

    // Made to be shown on: the staff of a network's venues see them, too.
    ("GET",    "/statistics/published?network_id={network}", NONE,                                     [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/published?venue_id={venue}&dimension=purpose&period=2026-01", NONE,        [401, 403, 403, 403, 403, 422, 422, 422, 403, 422]),

    ("GET",    "/statistics/report?network_id={network}&year=2025", NONE,                               [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/statistics/report?venue_id={venue}&year=2025", NONE,                                 [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/statistics/indicators?network_id={network}&year=2026&changes=true", NONE,             [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("GET",    "/networks/{id}/indicators",             NONE,                                          [401, 403, 403, 403, 403, 200, 200, 200, 403, 200]),
    ("POST",   "/networks/{id}/indicators",             |w| w.indicator(),                             [401, 403, 403, 403, 403, 403, 403, 201, 403, 201]),
    ("GET",    "/indicators/{id}",                      NONE,                                          [401, 404, 404, 404, 404, 200, 200, 200, 404, 200]),
    ("PUT",    "/indicators/{id}",                      |w| w.indicator(),                             [401, 404, 404, 404, 404, 403, 403, 200, 404, 200]),
    ("DELETE", "/indicators/{id}",                      NONE,                                          [401, 404, 404, 404, 404, 403, 403, 204, 404, 204]),

    ("GET",    "/statistics/explain?venue_id={venue}&from=2026-02-01&to=2026-03-01", NONE,             [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),
    ("GET",    "/venues/{id}/statistics/rows",          NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 403]),

    ("GET",    "/audit?venue_id={venue}",               NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    ("GET",    "/audit?subject_id={organisation}",      NONE,                                          [401, 403, 403, 403, 403, 403, 403, 403, 403, 200]),
    ("GET",    "/audit?network_id={network}",           NONE,                                          [401, 403, 403, 403, 403, 403, 403, 200, 403, 200]),
    ("GET",    "/views?person_id={guest_id}",           NONE,                                          [401, 403, 403, 403, 403, 403, 403, 403, 403, 200]),
    ("GET",    "/venues/{id}/guests",                   NONE,                                          [401, 403, 403, 403, 403, 403, 200, 403, 403, 200]),
    // The bystander was never a guest of the venue.
    ("GET",    "/venues/{id}/guests/{guest_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),
    ("DELETE", "/venues/{id}/guests/{guest_id}",        NONE,                                          [401, 403, 403, 403, 403, 403, 404, 403, 403, 404]),

    ("GET",    "/health/live",                          NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/health/ready",                         NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
    ("GET",    "/metrics",                              NONE,                                          [200, 200, 200, 200, 200, 200, 200, 200, 200, 200]),
];

#[test]
fn every_operation_of_the_document_is_in_the_table_and_no_other() {
    let paths = DOCUMENT["paths"].as_object().unwrap().iter();
    let documented: BTreeSet<(String, String)> = paths
        .flat_map(|(path, item)| {
            let methods = item
                .as_object()
                .unwrap()
                .keys()
                .filter(|key| !["parameters", "summary"].contains(&key.as_str()));
            methods.map(|method| (method.to_uppercase(), path.clone()))
        })
        .collect();
    let without_query = |path: &str| path.split(['?', '#']).next().unwrap().to_owned();
    let tabled: BTreeSet<_> =
        TABLE.iter().map(|(method, path, ..)| (method.to_string(), without_query(path))).collect();
    assert_eq!(tabled, documented);
}

both! {
    async fn every_role_gets_what_the_table_says(backend: crate::support::Backend) {
        let world = World::new(backend).await;
        let mut wrong = Vec::new();
        for (method, path, body, statuses) in TABLE {
            for (role, status) in ROLES.into_iter().zip(statuses) {
                let call = request(&world, method, path, *body).await;
                let reply = world.by(role, call).await;
                if reply.status != *status || !is_said_right(role, &reply) {
                    wrong.push(format!("{method} {path} by {role:?}: {} instead of {status}: {}", reply.status, reply.text));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn what_is_hidden_looks_like_what_is_absent(backend: crate::support::Backend) {
        let world = World::new(backend).await;
        for (hidden, absent) in [
            (&world.ahead, "/reservations/rsv_01h455vb4pex5vsknk084sn02q"),
            (&world.block, "/blocks/blk_01h455vb4pex5vsknk084sn02q"),
            (&world.entry, "/waiting-list/wai_01h455vb4pex5vsknk084sn02q"),
            (&world.joining, "/join-requests/joi_01h455vb4pex5vsknk084sn02q"),
            (&world.organisation, "/organisations/org_01h455vb4pex5vsknk084sn02q"),
        ] {
            let kind = absent.rsplit_once('/').unwrap().0;
            for role in [Role::Member, Role::Elsewhere, Role::Foreign] {
                let one = world.by(role, world.app.get(&format!("{kind}/{hidden}"))).await;
                let other = world.by(role, world.app.get(absent)).await;
                assert_eq!((one.status, &one.text), (404, &other.text), "{role:?} {absent}");
            }
        }
    }
}

/// One request of the table, whose object stands ready.
pub async fn request(world: &World, method: &str, path: &str, body: Body) -> Call {
    let used_up = match (method, path) {
        ("DELETE", "/spaces/{id}") => Some(world.fresh("spaces").await),
        ("DELETE", "/waiting-list/{id}") => Some(world.fresh("waiting-list").await),
        ("POST", path) if path.starts_with("/join-requests/") => Some(world.fresh("join-requests").await),
        ("DELETE", "/blocks/{id}") => Some(world.fresh("blocks").await),
        ("DELETE", "/indicators/{id}") => Some(world.fresh("indicators").await),
        ("DELETE", "/outside-calendars/{id}") => Some(world.fresh("outside-calendars").await),
        ("DELETE", path) if path.contains("{invitation_id}") => Some(world.fresh(path).await),
        _ => None,
    };
    let place = if path.contains("{invitation_id}") { "{invitation_id}" } else { "{id}" };
    let path = path.trim_end_matches("#of_member");
    let ready = world.path(&used_up.map_or(path.to_owned(), |id| path.replace(place, &id)));
    if path.ends_with("{user_id}") {
        world.enlist(&ready, Role::Administrator).await;
    }
    let call = world.app.call(Method::from_bytes(method.as_bytes()).unwrap(), &ready);
    // A version that nothing has, where success would be the caller's end.
    let call =
        if (method, path) == ("DELETE", "/me") { call.if_match(0) } else { call.header("if-match", "*") };
    match body(world) {
        Value::Null => call,
        body => call.json(body),
    }
}

/// Whether a refusal gives the right reason.
fn is_said_right(role: Role, reply: &Reply) -> bool {
    let code = reply.json["code"].as_str();
    match reply.status {
        401 => {
            reply.header("www-authenticate") == "Bearer"
                && matches!(code, Some("unauthenticated" | "credentials_refused"))
        }
        403 => code == Some("forbidden") || role == Role::Newcomer && code == Some("address_unverified"),
        404 => code == Some("not_found"),
        _ => true,
    }
}
