//! The tables, as both migration folders make them; a test compares this with each live database.
//!
//! One schema serves both: `Uid` and `Moment` are the two column types that differ (see `types`).

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    networks (id) {
        id -> Uid,
        name -> Text,
        slug -> Text,
        country -> Text,
        time_zone -> Text,
        policy -> Text,
        policy_version -> BigInt,
        config_version -> BigInt,
        is_demo -> Bool,
        version -> BigInt,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    venues (id) {
        id -> Uid,
        network_id -> Uid,
        name -> Text,
        slug -> Text,
        street -> Text,
        postcode -> Text,
        city -> Text,
        municipality -> Text,
        time_zone -> Text,
        contact_email -> Text,
        phone -> Nullable<Text>,
        access_instructions -> Nullable<Text>,
        policy -> Text,
        policy_version -> BigInt,
        hours_version -> BigInt,
        config_version -> BigInt,
        version -> BigInt,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    unit_groups (id) {
        id -> Uid,
        network_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    units (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        group_id -> Uid,
        label -> Text,
        seats -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    former_seats (unit_id, valid_to) {
        unit_id -> Uid,
        valid_to -> Date,
        seats -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    spaces (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        name -> Text,
        search_text -> Text,
        kind -> Text,
        allocation -> Text,
        capacity -> Integer,
        description -> Nullable<Text>,
        step_free -> Nullable<Bool>,
        booked_by -> Text,
        house_rules -> Nullable<Text>,
        setup_minutes -> Integer,
        teardown_minutes -> Integer,
        own_hours -> Bool,
        hours_version -> BigInt,
        policy -> Text,
        policy_version -> BigInt,
        active_from -> Date,
        archived_at -> Nullable<Moment>,
        version -> BigInt,
        created_at -> Moment,
        tariff -> Text,
        tariff_version -> BigInt,
        arrival -> Nullable<Text>,
        departure -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    space_amenities (space_id, amenity) {
        space_id -> Uid,
        amenity -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    space_parts (space_id, part_id) {
        space_id -> Uid,
        part_id -> Uid,
        position -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    space_units (id) {
        id -> Uid,
        space_id -> Uid,
        unit_id -> Uid,
        position -> Integer,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    layouts (id) {
        id -> Uid,
        space_id -> Uid,
        name -> Text,
        capacity -> Integer,
        setup_minutes -> Integer,
        teardown_minutes -> Integer,
        position -> Integer,
        removed_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    hours_versions (id) {
        id -> Uid,
        venue_id -> Uid,
        space_id -> Nullable<Uid>,
        valid_from -> Date,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    hours_exceptions (id) {
        id -> Uid,
        venue_id -> Uid,
        space_id -> Nullable<Uid>,
        date -> Date,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    users (id) {
        id -> Uid,
        email -> Text,
        email_key -> Text,
        name -> Text,
        phone -> Nullable<Text>,
        locale -> Text,
        password_hash -> Nullable<Text>,
        verified_at -> Nullable<Moment>,
        is_administrator -> Bool,
        disabled_at -> Nullable<Moment>,
        version -> BigInt,
        created_at -> Moment,
        wants_reminders -> Bool,
        wants_digests -> Bool,
        wants_headcounts -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    sessions (id) {
        id -> Uid,
        user_id -> Uid,
        created_at -> Moment,
        expires_at -> Moment,
        revoked_at -> Nullable<Moment>,
        used_at -> Nullable<Moment>,
        client -> Nullable<Text>,
        shown_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    refresh_tokens (token_hash) {
        token_hash -> Binary,
        session_id -> Uid,
        created_at -> Moment,
        used_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    tickets (id) {
        id -> Uid,
        user_id -> Uid,
        purpose -> Text,
        token_hash -> Binary,
        code_hash -> Binary,
        attempts -> Integer,
        expires_at -> Moment,
        used_at -> Nullable<Moment>,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    signing_keys (id) {
        id -> Uid,
        sealed -> Binary,
        created_at -> Moment,
        retired_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    organisations (id) {
        id -> Uid,
        name -> Text,
        search_text -> Text,
        legal_form -> Text,
        size -> Nullable<Text>,
        sector_scheme -> Nullable<Text>,
        sector_version -> Nullable<Text>,
        sector_code -> Nullable<Text>,
        municipality -> Nullable<Text>,
        register_number -> Nullable<Text>,
        confirmed_creative_at -> Nullable<Moment>,
        version -> BigInt,
        created_at -> Moment,
        confirmed_creative_until -> Nullable<Moment>,
        was_registered -> Bool,
        end_told -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    organisation_members (organisation_id, user_id) {
        organisation_id -> Uid,
        user_id -> Uid,
        role -> Text,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    venue_staff (venue_id, user_id) {
        venue_id -> Uid,
        user_id -> Uid,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    network_coordinators (network_id, user_id) {
        network_id -> Uid,
        user_id -> Uid,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    venue_members (venue_id, user_id) {
        venue_id -> Uid,
        user_id -> Uid,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    network_members (network_id, user_id) {
        network_id -> Uid,
        user_id -> Uid,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    invitations (id) {
        id -> Uid,
        venue_id -> Nullable<Uid>,
        email -> Text,
        email_key -> Text,
        token_hash -> Binary,
        invited_by -> Uid,
        expires_at -> Moment,
        accepted_at -> Nullable<Moment>,
        created_at -> Moment,
        network_id -> Nullable<Uid>,
        organisation_id -> Nullable<Uid>,
        role -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    blocks (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        space_id -> Uid,
        starts_at -> Moment,
        ends_at -> Moment,
        reason -> Text,
        made_by -> Nullable<Uid>,
        lifted_at -> Nullable<Moment>,
        version -> BigInt,
        created_at -> Moment,
        series_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    reservations (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        space_id -> Uid,
        status -> Text,
        starts_at -> Moment,
        ends_at -> Moment,
        setup_minutes -> Integer,
        teardown_minutes -> Integer,
        quantity -> Integer,
        title -> Text,
        purpose -> Text,
        attendees -> Nullable<Integer>,
        headcount -> Nullable<Integer>,
        layout_id -> Nullable<Uid>,
        organiser_id -> Uid,
        organisation_id -> Nullable<Uid>,
        made_by -> Uid,
        notes -> Nullable<Text>,
        internal_notes -> Nullable<Text>,
        is_public -> Bool,
        waived -> Bool,
        cancellation_notice_minutes -> Integer,
        cancelled_late -> Nullable<Bool>,
        expires_at -> Nullable<Moment>,
        released_at -> Nullable<Moment>,
        change -> Nullable<Text>,
        sequence -> Integer,
        version -> BigInt,
        created_at -> Moment,
        updated_at -> Moment,
        audience -> Nullable<Text>,
        quote -> Nullable<Text>,
        event_description -> Nullable<Text>,
        event_link -> Nullable<Text>,
        on_confirm -> Nullable<Text>,
        check_in_required -> Bool,
        check_in_opens_minutes -> Integer,
        check_in_grace_minutes -> Integer,
        no_show_at -> Nullable<Moment>,
        checked_in_at -> Nullable<Moment>,
        checked_out_at -> Nullable<Moment>,
        reinstated_at -> Nullable<Moment>,
        series_id -> Nullable<Uid>,
        recurrence_id -> Nullable<Text>,
        changed_alone -> Bool,
        kept_fee -> Nullable<BigInt>,
        kept_fee_currency -> Nullable<Text>,
        equipment -> Nullable<Text>,
        reminder_hours -> Integer,
        remind_at -> Nullable<Moment>,
        remind_for -> Nullable<Moment>,
        fee_settled -> Nullable<BigInt>,
        fee_settled_as -> Nullable<Text>,
        fee_settled_at -> Nullable<Moment>,
        cancelled_by -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    occupancies (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        unit_id -> Uid,
        starts_at -> Moment,
        ends_at -> Moment,
        reservation_id -> Nullable<Uid>,
        block_id -> Nullable<Uid>,
        held_until -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    outbox (id) {
        id -> Uid,
        kind -> Text,
        priority -> SmallInt,
        user_id -> Nullable<Uid>,
        to_email -> Text,
        to_name -> Text,
        locale -> Text,
        payload -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Moment,
        lease -> Nullable<Binary>,
        last_error -> Nullable<Text>,
        created_at -> Moment,
        sent_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    idempotency (claim) {
        claim -> Binary,
        user_id -> Nullable<Uid>,
        fingerprint -> Binary,
        status -> Nullable<SmallInt>,
        body -> Nullable<Text>,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    audit (id) {
        id -> Uid,
        at -> Moment,
        actor_id -> Nullable<Uid>,
        action -> Text,
        subject_id -> Uid,
        network_id -> Nullable<Uid>,
        venue_id -> Nullable<Uid>,
        from_status -> Nullable<Text>,
        to_status -> Nullable<Text>,
        payload -> Text,
        subject_kind -> Nullable<Text>,
        position -> Nullable<BigInt>,
        salt -> Nullable<Binary>,
        digest -> Nullable<Binary>,
        hash -> Nullable<Binary>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    settings (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    series (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        space_id -> Uid,
        organiser_id -> Uid,
        organisation_id -> Nullable<Uid>,
        made_by -> Uid,
        title -> Text,
        rule -> Text,
        exdates -> Text,
        starts_at -> Text,
        ends_at -> Text,
        time_zone -> Text,
        sequence -> Integer,
        split_from -> Nullable<Uid>,
        version -> BigInt,
        created_at -> Moment,
        updated_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    approvals (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        reservation_id -> Uid,
        asked -> Text,
        asked_at -> Moment,
        expires_at -> Moment,
        remind_at -> Nullable<Moment>,
        answer -> Nullable<Text>,
        answered_at -> Nullable<Moment>,
        answered_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    venue_delegates (venue_id, user_id) {
        venue_id -> Uid,
        user_id -> Uid,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    waiting_entries (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        space_id -> Uid,
        user_id -> Uid,
        organisation_id -> Nullable<Uid>,
        starts_at -> Moment,
        ends_at -> Moment,
        duration_minutes -> Integer,
        quantity -> Integer,
        attendees -> Nullable<Integer>,
        title -> Text,
        purpose -> Text,
        outcome -> Nullable<Text>,
        ended_at -> Nullable<Moment>,
        version -> BigInt,
        created_at -> Moment,
    }
}

diesel::table! {
    use crate::store::types::Uid;

    waiting_offers (reservation_id) {
        reservation_id -> Uid,
        entry_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    check_in_misses (space_id) {
        space_id -> Uid,
        since -> Moment,
        misses -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    attendance (space_id, date) {
        space_id -> Uid,
        date -> Date,
        network_id -> Uid,
        venue_id -> Uid,
        walk_ins -> Integer,
        event_visitors -> Integer,
        note -> Nullable<Text>,
        version -> BigInt,
        updated_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    address_changes (id) {
        id -> Uid,
        user_id -> Uid,
        email -> Text,
        email_key -> Text,
        token_hash -> Binary,
        code_hash -> Binary,
        attempts -> Integer,
        expires_at -> Moment,
        former_email -> Nullable<Text>,
        former_key -> Nullable<Text>,
        confirmed_at -> Nullable<Moment>,
        ended_at -> Nullable<Moment>,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    attempts (id) {
        id -> Uid,
        subject -> Binary,
        at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    second_factors (user_id) {
        user_id -> Uid,
        sealed -> Binary,
        last_step -> Nullable<BigInt>,
        enabled_at -> Nullable<Moment>,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    recovery_codes (tag) {
        tag -> Binary,
        user_id -> Uid,
        used_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    half_sign_ins (token_hash) {
        token_hash -> Binary,
        user_id -> Uid,
        password_hash -> Nullable<Text>,
        attempts -> Integer,
        expires_at -> Moment,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    api_keys (id) {
        id -> Uid,
        user_id -> Uid,
        name -> Text,
        prefix -> Text,
        key_hash -> Binary,
        scopes -> Text,
        expires_at -> Moment,
        used_at -> Nullable<Moment>,
        revoked_at -> Nullable<Moment>,
        created_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    join_requests (id) {
        id -> Uid,
        organisation_id -> Uid,
        user_id -> Uid,
        message -> Nullable<Text>,
        created_at -> Moment,
        outcome -> Nullable<Text>,
        ended_at -> Nullable<Moment>,
        ended_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    organisation_confirmations (id) {
        id -> Uid,
        organisation_id -> Uid,
        confirmed -> Bool,
        at -> Moment,
        until -> Nullable<Moment>,
        made_by -> Nullable<Uid>,
        network_id -> Nullable<Uid>,
        grounds -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    calendars (id) {
        id -> Uid,
        user_id -> Uid,
        network_id -> Nullable<Uid>,
        venue_id -> Nullable<Uid>,
        space_id -> Nullable<Uid>,
        name -> Nullable<Text>,
        token_hash -> Binary,
        created_at -> Moment,
        used_at -> Nullable<Moment>,
        revoked_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    data_views (id) {
        id -> Uid,
        person_id -> Uid,
        viewer_id -> Uid,
        what -> Text,
        venue_id -> Nullable<Uid>,
        at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    venue_digests (venue_id) {
        venue_id -> Uid,
        due_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    imported (venue_id, row_key) {
        venue_id -> Uid,
        row_key -> Binary,
        network_id -> Uid,
        fingerprint -> Binary,
        reservation_id -> Nullable<Uid>,
        space_id -> Nullable<Uid>,
        imported_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    outside_calendars (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        space_id -> Nullable<Uid>,
        name -> Text,
        url -> Text,
        made_by -> Nullable<Uid>,
        version -> BigInt,
        created_at -> Moment,
        due_at -> Moment,
        lease -> Nullable<Binary>,
        leased_until -> Nullable<Moment>,
        failures -> Integer,
        etag -> Nullable<Text>,
        last_modified -> Nullable<Text>,
        tried_at -> Nullable<Moment>,
        read_at -> Nullable<Moment>,
        applied_at -> Nullable<Moment>,
        result -> Nullable<Text>,
        report -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    outside_blocks (calendar_id, event_key, space_id) {
        calendar_id -> Uid,
        event_key -> Binary,
        space_id -> Uid,
        block_id -> Uid,
        starts_at -> Moment,
        ends_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    usage_marks (id) {
        id -> BigInt,
        venue_id -> Uid,
        starts_at -> Moment,
        ends_at -> Nullable<Moment>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    published_periods (network_id, period) {
        network_id -> Uid,
        period -> Text,
        year -> Integer,
        closed_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    usage_progress (venue_id) {
        venue_id -> Uid,
        through -> Date,
        rules -> Integer,
        generation -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    usage_sums (venue_id, grain, date, subject_id) {
        venue_id -> Uid,
        grain -> Text,
        date -> Date,
        subject_id -> Uid,
        sums -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::Uid;

    published_tables (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Nullable<Uid>,
        period -> Text,
        year -> Integer,
        dimension -> Text,
        body -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    indicators (id) {
        id -> Uid,
        network_id -> Uid,
        code -> Text,
        name_sl -> Text,
        name_en -> Text,
        description_sl -> Nullable<Text>,
        description_en -> Nullable<Text>,
        figure -> Text,
        filter -> Text,
        direction -> Text,
        cumulative_from -> Nullable<Integer>,
        created_at -> Moment,
        archived_at -> Nullable<Moment>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::Uid;

    indicator_targets (indicator_id, year) {
        indicator_id -> Uid,
        year -> Integer,
        millionths -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    indicator_values (indicator_id, year) {
        indicator_id -> Uid,
        year -> Integer,
        numerator -> Nullable<BigInt>,
        denominator -> Nullable<BigInt>,
        hidden -> Bool,
        made_from -> Text,
        closed_at -> Moment,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    space_images (id) {
        id -> Uid,
        space_id -> Nullable<Uid>,
        position -> Integer,
        alt_sl -> Nullable<Text>,
        alt_en -> Nullable<Text>,
        version -> BigInt,
        created_at -> Moment,
        venue_id -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::Uid;

    image_files (image_id, width) {
        image_id -> Uid,
        width -> Integer,
        height -> Integer,
        digest -> Text,
        bytes -> Binary,
    }
}

diesel::joinable!(image_files -> space_images (image_id));
diesel::joinable!(indicator_targets -> indicators (indicator_id));
diesel::joinable!(indicator_values -> indicators (indicator_id));
diesel::joinable!(space_units -> units (unit_id));
diesel::joinable!(former_seats -> units (unit_id));
diesel::joinable!(space_units -> spaces (space_id));
diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    guests (venue_id, user_id) {
        venue_id -> Uid,
        user_id -> Uid,
        email -> Text,
        name -> Text,
        phone -> Nullable<Text>,
        created_at -> Moment,
    }
}

diesel::joinable!(spaces -> venues (venue_id));
diesel::joinable!(venues -> networks (network_id));
diesel::table! {
    demand_keys (day) {
        day -> Date,
        key -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::Uid;

    turn_aways (id) {
        id -> Uid,
        network_id -> Uid,
        venue_id -> Uid,
        space_id -> Uid,
        day -> Date,
        reason -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::Uid;

    empty_searches (id) {
        id -> Uid,
        network_id -> Nullable<Uid>,
        venue_id -> Nullable<Uid>,
        day -> Date,
        kind -> Nullable<Text>,
        municipality -> Nullable<Text>,
        capacity_band -> Text,
    }
}

diesel::joinable!(reservations -> spaces (space_id));
diesel::joinable!(space_amenities -> spaces (space_id));
diesel::joinable!(organisation_members -> organisations (organisation_id));

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    feed_marks (id) {
        id -> BigInt,
        reservation_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    feed_rows (reservation_id) {
        reservation_id -> Uid,
        venue_id -> Uid,
        updated_at -> Moment,
        position -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::{Moment, Uid};

    feed_head (id) {
        id -> Integer,
        updated_at -> Moment,
        position -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::store::types::Uid;

    space_plans (space_id) {
        space_id -> Uid,
        body -> Nullable<Text>,
        version -> BigInt,
    }
}

// Only tables that stand together in a query: each pair of them is a few impls, which the compiler compares with
// one another.
diesel::allow_tables_to_appear_in_same_query!(
    networks,
    venues,
    units,
    spaces,
    space_amenities,
    space_parts,
    space_units,
    layouts,
    users,
    sessions,
    refresh_tokens,
    organisations,
    organisation_members,
    venue_staff,
    network_coordinators,
    venue_members,
    network_members,
    venue_delegates,
    approvals,
    blocks,
    reservations,
    occupancies,
    second_factors,
    join_requests,
    organisation_confirmations,
    calendars,
    imported,
    outside_blocks,
    indicators,
    indicator_values,
    former_seats,
    venue_digests,
    series,
    waiting_entries,
    waiting_offers,
    audit,
    invitations,
    guests,
    space_images,
    image_files,
);
