//! The tables by which people sign in and let programs in.

use super::table::{
    HOUSE, NAMELESS, SECRET, Table,
    Then::{Gone, Stays},
    Told::{At, Not},
};

pub const TABLES: &[Table] = &[
    Table(
        "sessions",
        "id",
        &[
            ("user_id", Not("one's own"), Gone),
            ("created_at", At("sessions.created_at"), Gone),
            ("expires_at", At("sessions.expires_at"), Gone),
            ("revoked_at", Not("those that are over are forgotten within a day"), Gone),
            ("used_at", At("sessions.last_used_at"), Gone),
            ("client", At("sessions.client"), Gone),
            ("shown_at", Not("it counts for ten minutes"), Gone),
        ],
    ),
    Table(
        "tickets",
        "id purpose attempts expires_at used_at created_at",
        &[
            ("user_id", Not("one's own"), Gone),
            ("token_hash", Not(SECRET), Gone),
            ("code_hash", Not(SECRET), Gone),
        ],
    ),
    Table(
        "invitations",
        "id",
        &[
            ("venue_id", At("invitations.venue_id"), Gone),
            ("network_id", At("invitations.network_id"), Gone),
            ("organisation_id", At("invitations.organisation_id"), Gone),
            ("role", At("invitations.role"), Gone),
            ("as_member", At("invitations.as_member"), Gone),
            ("email", At("invitations.email"), Gone),
            ("email_key", Not("made from the address"), Gone),
            ("token_hash", Not(SECRET), Gone),
            ("invited_by", Not(HOUSE), Stays(NAMELESS)),
            ("expires_at", Not("two weeks after it was made"), Gone),
            ("accepted_at", At("invitations.accepted_at"), Gone),
            ("created_at", At("invitations.created_at"), Gone),
        ],
    ),
    Table(
        "address_changes",
        "id attempts expires_at ended_at",
        &[
            ("user_id", Not("one's own"), Gone),
            ("email", At("addresses.email"), Gone),
            ("email_key", Not("made from the address"), Gone),
            ("token_hash", Not(SECRET), Gone),
            ("code_hash", Not(SECRET), Gone),
            ("former_email", At("addresses.former_email"), Gone),
            ("former_key", Not("made from the address"), Gone),
            ("confirmed_at", At("addresses.confirmed_at"), Gone),
            ("created_at", At("addresses.asked_at"), Gone),
        ],
    ),
    Table(
        "second_factors",
        "last_step enabled_at created_at",
        &[("user_id", At("account.has_second_factor"), Gone), ("sealed", Not(SECRET), Gone)],
    ),
    Table(
        "half_sign_ins",
        "attempts expires_at created_at",
        &[
            ("token_hash", Not(SECRET), Gone),
            ("user_id", Not("one's own"), Gone),
            ("password_hash", Not(SECRET), Gone),
        ],
    ),
    Table(
        "calendars",
        "revoked_at",
        &[
            ("id", At("calendars.id"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("network_id", At("calendars.network_id"), Gone),
            ("venue_id", At("calendars.venue_id"), Gone),
            ("space_id", At("calendars.space_id"), Gone),
            ("name", At("calendars.name"), Gone),
            ("token_hash", Not(SECRET), Gone),
            ("created_at", At("calendars.created_at"), Gone),
            ("used_at", At("calendars.last_used_at"), Gone),
        ],
    ),
    Table(
        "api_keys",
        "revoked_at",
        &[
            ("id", At("keys.id"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("name", At("keys.name"), Gone),
            ("prefix", At("keys.prefix"), Gone),
            ("key_hash", Not(SECRET), Gone),
            ("scopes", At("keys.scopes"), Gone),
            ("expires_at", At("keys.expires_at"), Gone),
            ("used_at", At("keys.last_used_at"), Gone),
            ("created_at", At("keys.created_at"), Gone),
        ],
    ),
];
