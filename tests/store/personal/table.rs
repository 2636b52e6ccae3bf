//! The table itself: what a person's is in each table, where the export has it, and what erasure does with it.

/// Where a personal column is in `GET /me/export`: a path of members, or why nowhere.
pub enum Told {
    At(&'static str),
    Not(&'static str),
}

/// What erasure does.
pub enum Then {
    /// The row goes.
    Gone,
    /// The value goes, the row stays.
    Blank,
    /// It stays, because:
    Stays(&'static str),
}

use Then::{Blank, Gone, Stays};
use Told::{At, Not};

pub type Personal = (&'static str, Told, Then);

/// A table, its columns that tell nothing of a person, and the others.
pub struct Table(pub &'static str, pub &'static str, pub &'static [Personal]);

pub(super) const NAMELESS: &str = "an id whose row names nobody any more; statistics count it";
pub(super) const SECRET: &str =
    "a secret of the service's, or its hash: it tells nothing, and given out it could be misused";
const DIGEST: &str = "a digest under a key that is deleted soon after its day";
pub(super) const HOUSE: &str = "who did it for the house, which answers for it";
pub(super) const THEIRS: &str = "what others are told; the data it was made of is in the export";

/// All but those in `accounts`.
pub const TABLES: &[Table] = &[
    Table(
        "networks",
        "id name slug country time_zone policy policy_version config_version is_demo version created_at",
        &[],
    ),
    // The contact is the house's own; a house that writes a person's there changes it with PATCH.
    Table(
        "venues",
        "id network_id name slug street postcode city municipality time_zone contact_email phone access_instructions \
         policy policy_version hours_version config_version version created_at",
        &[],
    ),
    Table("unit_groups", "id network_id", &[]),
    Table("units", "id network_id venue_id group_id label seats", &[]),
    Table("former_seats", "unit_id valid_to seats", &[]),
    Table(
        "spaces",
        "id network_id venue_id name search_text kind allocation capacity description step_free booked_by house_rules \
         setup_minutes teardown_minutes own_hours hours_version policy policy_version active_from archived_at version \
         created_at tariff tariff_version arrival departure",
        &[],
    ),
    Table("space_amenities", "space_id amenity", &[]),
    Table("space_parts", "space_id part_id position", &[]),
    Table("space_units", "id space_id unit_id position valid_from valid_to", &[]),
    Table("space_plans", "space_id body version", &[]),
    Table("layouts", "id space_id name capacity setup_minutes teardown_minutes position removed_at", &[]),
    // A photograph with a person on it is the house's to take away; what the camera noted is gone before it is kept.
    Table("space_images", "id space_id position alt_sl alt_en version created_at venue_id", &[]),
    Table("image_files", "image_id width height digest bytes", &[]),
    Table("hours_versions", "id venue_id space_id valid_from body", &[]),
    Table("hours_exceptions", "id venue_id space_id date body", &[]),
    Table(
        "users",
        "version",
        &[
            ("id", At("account.id"), Stays(NAMELESS)),
            ("email", At("account.email"), Blank),
            ("email_key", Not("made from the address"), Blank),
            ("name", At("account.name"), Blank),
            ("phone", At("account.phone"), Blank),
            ("locale", At("account.locale"), Blank),
            ("password_hash", Not(SECRET), Blank),
            ("verified_at", At("verified_at"), Blank),
            ("is_administrator", At("account.administrator"), Blank),
            ("disabled_at", Not("null of whoever can ask"), Stays("when they were erased")),
            ("created_at", At("registered_at"), Stays("who is new and who returns is counted")),
            ("wants_reminders", At("account.mail.reminders"), Blank),
            ("wants_digests", At("account.mail.digests"), Blank),
            ("wants_headcounts", At("account.mail.headcounts"), Blank),
        ],
    ),
    Table("refresh_tokens", "session_id created_at used_at", &[("token_hash", Not(SECRET), Gone)]),
    Table("signing_keys", "id sealed created_at retired_at", &[]),
    // A company's, a society's, a school's are in public registers; one person's goes with its last member.
    Table(
        "organisations",
        "id legal_form size sector_scheme sector_version sector_code municipality confirmed_creative_at version created_at confirmed_creative_until end_told",
        &[
            ("name", At("account.organisations.name"), Blank),
            ("search_text", Not("made from the name"), Blank),
            ("register_number", Not("in GET /organisations"), Blank),
            ("was_registered", Not("false while the number stands"), Stays("enterprises are counted")),
        ],
    ),
    // A line's key and fingerprint are digests; what was read of it stands in what was made of it.
    Table("imported", "venue_id row_key network_id fingerprint reservation_id space_id imported_at", &[]),
    // The house's own calendar elsewhere: its events come as blocks, whose reasons are what its manager chose to show.
    Table(
        "outside_calendars",
        "id network_id venue_id space_id name url version created_at due_at lease leased_until failures etag \
         last_modified tried_at read_at applied_at result report",
        &[("made_by", Not(HOUSE), Stays(NAMELESS))],
    ),
    // The key of a day that is over is deleted: from then on the ids below stand for nobody.
    Table("demand_keys", "day", &[("key", Not(SECRET), Stays("it is deleted soon after its day"))]),
    Table(
        "turn_aways",
        "network_id venue_id space_id day reason",
        &[("id", Not(DIGEST), Stays("nobody can tell whose it was once the day's key is gone"))],
    ),
    Table(
        "empty_searches",
        "network_id venue_id day kind municipality capacity_band",
        &[("id", Not(DIGEST), Stays("nobody can tell whose it was once the day's key is gone"))],
    ),
    Table("outside_blocks", "calendar_id event_key space_id block_id starts_at ends_at", &[]),
    // Sums of rooms and desks: of a desk's day they may be those of one person, whom nothing in them tells.
    Table("usage_marks", "id venue_id starts_at ends_at", &[]),
    Table("usage_progress", "venue_id through rules generation", &[]),
    Table("usage_sums", "venue_id grain date subject_id sums", &[]),
    Table("published_periods", "network_id period year closed_at", &[]),
    // Figures, which name nobody.
    Table("published_tables", "id network_id venue_id period year dimension body", &[]),
    // What a network plans, and figures, which name nobody.
    Table(
        "indicators",
        "id network_id code name_sl name_en description_sl description_en figure filter direction cumulative_from \
         created_at archived_at version",
        &[],
    ),
    Table("indicator_targets", "indicator_id year millionths", &[]),
    Table("indicator_values", "indicator_id year numerator denominator hidden made_from closed_at", &[]),
    Table("venue_digests", "venue_id due_at", &[]),
    // What a venue was told of whom it reserved for: it forgets that itself, too (ADR 26).
    Table(
        "guests",
        "",
        &[
            ("venue_id", At("guest_of.venue_id"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("email", At("guest_of.email"), Gone),
            ("name", At("guest_of.name"), Gone),
            ("phone", At("guest_of.phone"), Gone),
            ("created_at", At("guest_of.since"), Gone),
        ],
    ),
    // One person's grounds go with its last member; the others' tell of a house.
    Table(
        "organisation_confirmations",
        "id organisation_id confirmed at until network_id",
        &[
            ("made_by", Not(HOUSE), Stays(NAMELESS)),
            ("grounds", Not("in GET /organisations/{id}/confirmations"), Blank),
        ],
    ),
    Table(
        "join_requests",
        "",
        &[
            ("id", At("join_requests.id"), Gone),
            ("organisation_id", At("join_requests.organisation.id"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("message", At("join_requests.message"), Gone),
            ("created_at", At("join_requests.asked_at"), Gone),
            ("outcome", At("join_requests.state"), Gone),
            ("ended_at", At("join_requests.ended_at"), Gone),
            ("ended_by", Not(HOUSE), Stays(NAMELESS)),
        ],
    ),
    Table(
        "organisation_members",
        "created_at",
        &[
            ("organisation_id", At("account.organisations.id"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("role", At("account.organisations.role"), Gone),
        ],
    ),
    Table(
        "venue_staff",
        "created_at",
        &[("venue_id", At("account.staff_of.venue_id"), Gone), ("user_id", Not("one's own"), Gone)],
    ),
    Table(
        "network_coordinators",
        "created_at",
        &[("network_id", At("account.coordinates.network_id"), Gone), ("user_id", Not("one's own"), Gone)],
    ),
    Table(
        "venue_members",
        "created_at",
        &[("venue_id", At("account.member_of.venues.venue_id"), Gone), ("user_id", Not("one's own"), Gone)],
    ),
    Table(
        "network_members",
        "created_at",
        &[
            ("network_id", At("account.member_of.networks.network_id"), Gone),
            ("user_id", Not("one's own"), Gone),
        ],
    ),
    Table(
        "venue_delegates",
        "created_at",
        &[("venue_id", At("account.decides_for.venue_id"), Gone), ("user_id", Not("one's own"), Gone)],
    ),
    Table(
        "blocks",
        "id network_id venue_id space_id starts_at ends_at reason lifted_at version created_at series_id",
        &[("made_by", Not(HOUSE), Stays(NAMELESS))],
    ),
    Table(
        "reservations",
        "network_id setup_minutes teardown_minutes quantity layout_id waived cancellation_notice_minutes cancelled_late \
         expires_at change sequence version updated_at on_confirm check_in_required check_in_opens_minutes \
         check_in_grace_minutes no_show_at reinstated_at changed_alone reminder_hours \
         remind_at remind_for cancelled_by",
        &[
            ("id", At("reservations.id"), Stays("statistics count it")),
            ("venue_id", At("reservations.venue_id"), Stays("statistics count it")),
            ("space_id", At("reservations.space_id"), Stays("statistics count it")),
            ("status", At("reservations.status"), Stays("statistics count it")),
            ("starts_at", At("reservations.starts_at"), Stays("statistics count it")),
            ("ends_at", At("reservations.ends_at"), Stays("statistics count it")),
            ("title", At("reservations.title"), Blank),
            ("purpose", At("reservations.purpose"), Stays("statistics count it")),
            ("attendees", At("reservations.attendees"), Stays("statistics count it")),
            ("headcount", At("reservations.headcount"), Stays("statistics count it")),
            ("organiser_id", Not("one's own"), Stays(NAMELESS)),
            ("organisation_id", At("reservations.organisation_id"), Stays("statistics count it")),
            ("made_by", Not(HOUSE), Stays(NAMELESS)),
            ("notes", At("reservations.notes"), Blank),
            ("internal_notes", At("reservations.internal_notes"), Blank),
            ("is_public", At("reservations.public"), Blank),
            ("released_at", At("reservations.released_at"), Stays("statistics count it")),
            ("created_at", At("reservations.created_at"), Stays("statistics count it")),
            ("audience", At("reservations.audience"), Stays("statistics count it")),
            ("quote", At("reservations.price"), Stays("money is counted")),
            ("kept_fee", At("reservations.kept_fee.minor"), Stays("money is counted")),
            ("kept_fee_currency", At("reservations.kept_fee.currency"), Stays("money is counted")),
            ("fee_settled", At("reservations.fee_settled.amount"), Stays("money is counted")),
            ("fee_settled_as", At("reservations.fee_settled.outcome"), Stays("money is counted")),
            ("fee_settled_at", At("reservations.fee_settled.at"), Stays("money is counted")),
            ("event_description", At("reservations.event.description"), Blank),
            ("event_link", At("reservations.event.link"), Blank),
            ("checked_in_at", At("reservations.checked_in_at"), Stays("statistics count it")),
            ("checked_out_at", At("reservations.checked_out_at"), Stays("statistics count it")),
            ("series_id", At("reservations.series.id"), Stays("statistics count it")),
            ("recurrence_id", At("reservations.series.recurrence_id"), Stays("statistics count it")),
            ("equipment", At("reservations.equipment"), Stays("the house's things, and their names")),
        ],
    ),
    // What was erased says so in the feed, by its account; rows hold nothing else of it.
    Table("feed_marks", "id reservation_id", &[]),
    Table("feed_rows", "reservation_id venue_id updated_at position", &[]),
    Table("feed_head", "id updated_at position", &[]),
    Table(
        "occupancies",
        "id network_id venue_id unit_id starts_at ends_at reservation_id block_id held_until",
        &[],
    ),
    Table(
        "outbox",
        "priority attempts due_at lease",
        &[
            ("id", At("mails.id"), Gone),
            ("kind", At("mails.kind"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("to_email", At("mails.to"), Gone),
            ("to_name", Not("the account's"), Gone),
            ("locale", Not("the account's"), Gone),
            ("payload", Not(THEIRS), Gone),
            ("state", At("mails.state"), Gone),
            ("last_error", Not("what a server said, without names"), Gone),
            ("created_at", At("mails.created_at"), Gone),
            ("sent_at", At("mails.sent_at"), Gone),
        ],
    ),
    Table(
        "idempotency",
        "fingerprint status created_at",
        &[
            ("claim", Not("a hash"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("body", Not("an answer that was given before, for 48 hours"), Gone),
        ],
    ),
    Table(
        "audit",
        "id network_id venue_id subject_kind from_status to_status position salt digest hash",
        &[
            ("at", At("history.at"), Stays("append-only; it names nobody")),
            ("actor_id", At("history.own"), Stays(NAMELESS)),
            ("action", At("history.action"), Stays("append-only; it names nobody")),
            ("subject_id", At("history.subject_id"), Stays(NAMELESS)),
            ("payload", At("history.details"), Blank),
        ],
    ),
    Table("settings", "name value", &[]),
    Table(
        "series",
        "network_id venue_id space_id time_zone sequence split_from version updated_at",
        &[
            ("id", At("series.id"), Stays("statistics count it")),
            ("organiser_id", Not("one's own"), Stays(NAMELESS)),
            ("organisation_id", At("series.organisation_id"), Stays("statistics count it")),
            ("made_by", Not(HOUSE), Stays(NAMELESS)),
            ("title", At("series.title"), Blank),
            ("rule", At("series.rrule"), Stays("its reservations are counted")),
            ("exdates", At("series.exdates"), Stays("its reservations are counted")),
            ("starts_at", At("series.starts_at"), Stays("its reservations are counted")),
            ("ends_at", At("series.ends_at"), Stays("its reservations are counted")),
            ("created_at", At("series.created_at"), Stays("its reservations are counted")),
        ],
    ),
    Table(
        "approvals",
        "id network_id venue_id reservation_id asked asked_at expires_at remind_at answer answered_at",
        &[("answered_by", Not(HOUSE), Stays(NAMELESS))],
    ),
    Table(
        "waiting_entries",
        "network_id outcome ended_at",
        &[
            ("id", At("waiting.id"), Gone),
            ("venue_id", At("waiting.venue_id"), Gone),
            ("space_id", At("waiting.space_id"), Gone),
            ("user_id", Not("one's own"), Gone),
            ("organisation_id", At("waiting.organisation_id"), Gone),
            ("starts_at", At("waiting.from"), Gone),
            ("ends_at", At("waiting.to"), Gone),
            ("duration_minutes", At("waiting.duration_minutes"), Gone),
            ("quantity", At("waiting.quantity"), Gone),
            ("attendees", At("waiting.attendees"), Gone),
            ("title", At("waiting.title"), Gone),
            ("purpose", At("waiting.purpose"), Gone),
            ("version", At("waiting.version"), Gone),
            ("created_at", At("waiting.created_at"), Gone),
        ],
    ),
    Table("waiting_offers", "reservation_id entry_id", &[]),
    Table("check_in_misses", "space_id since misses", &[]),
    // The note is on a day of the house, for its staff.
    Table(
        "attendance",
        "space_id date network_id venue_id walk_ins event_visitors note version updated_at",
        &[],
    ),
    // Tags under the secret, for a day: whose they are, the table does not tell.
    Table("attempts", "id subject at", &[]),
    Table("recovery_codes", "used_at", &[("tag", Not(SECRET), Gone), ("user_id", Not("one's own"), Gone)]),
    Table(
        "data_views",
        "",
        &[
            ("id", At("views.id"), Gone),
            ("person_id", Not("one's own"), Gone),
            (
                "viewer_id",
                Not("for the operator's administrators: who works for a house has rights, too"),
                Stays(NAMELESS),
            ),
            ("what", At("views.what"), Gone),
            ("venue_id", At("views.venue_id"), Gone),
            ("at", At("views.at"), Gone),
        ],
    ),
];
