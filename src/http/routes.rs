//! The whole route table on a page. One list registers the handlers and makes the OpenAPI document.

use actix_web::web;
use utoipa::OpenApi;

#[rustfmt::skip]
use super::{
    account::*,
    api_keys::*,
    attendance::*,
    auth::*,
    availability::*,
    blocks::*,
    calendars::*,
    check_in::*,
    closures::*,
    confirmations::*,
    events::*,
    hand_over::*,
    hours::*,
    joining::*,
    keeping::*,
    manage::*,
    images::*,
    imports::*,
    indicators::*,
    inviting::*,
    me::*,
    members::*,
    networks::*,
    organisations::*,
    outside::*,
    plans::*,
    policies::*,
    reservations::*,
    second_factor::*,
    series::*,
    service::*,
    spaces::*,
    staff::*,
    statistics::*,
    tariffs::*,
    venues::*,
    waiting::*,
};

macro_rules! table {
    ($($handler:ident,)*) => {
        /// Registers every operation below `/api/v1`.
        pub fn register(config: &mut web::ServiceConfig) {
            config$(.service($handler))*;
        }

        /// Every operation, as the handlers describe themselves; `openapi` completes it.
        #[derive(OpenApi)]
        #[openapi(paths($($handler),*))]
        pub struct Operations;
    };
}

table! {
    // What most requests are for: the router tries one pattern after the other
    show_availability, search_availability, create_reservation,
    // Signing in
    register_account, log_in, request_link, redeem_link, refresh_tokens, log_out,
    change_password, confirm_presence, ask_for_address, confirm_address, restore_address,
    show_second_factor, begin_second_factor, confirm_second_factor, verify_second_factor, renew_recovery_codes,
    remove_second_factor, list_keys, make_key, revoke_key,
    // People
    show_me, edit_me, leave_me, export_me, export_my_calendar, list_my_views, list_guests, export_guest, erase_guest, list_sessions, end_other_sessions, end_session,
    list_organisations, create_organisation, show_organisation, edit_organisation, confirm_organisation,
    list_organisation_members, put_organisation_member, remove_organisation_member,
    ask_to_join, list_joiners, list_join_requests, show_join_request, withdraw_join_request, accept_join_request,
    decline_join_request, list_confirmations, show_confirmation, list_confirmed_organisations, hand_organisation_over,
    invite_member, list_member_invitations, withdraw_member_invitation, show_registered_organisation,
    list_staff, show_staff, put_staff, remove_staff,
    list_delegates, show_delegate, put_delegate, remove_delegate,
    list_coordinators, show_coordinator, put_coordinator, remove_coordinator,
    list_venue_members, show_venue_member, put_venue_member, remove_venue_member,
    list_network_members, show_network_member, put_network_member, remove_network_member,
    invite_staff, list_invitations, withdraw_invitation, redeem_invitation,
    invite_coordinator, list_coordinator_invitations, withdraw_coordinator_invitation,
    // Places
    list_networks, create_network, show_network, edit_network,
    list_venues, create_venue, show_venue, edit_venue,
    list_spaces, create_space, show_space, edit_space, archive_space, copy_space, put_units, put_layouts, put_parts,
    list_images, add_image, edit_image, remove_image, show_image,
    list_venue_images, add_venue_image, edit_venue_image, remove_venue_image,
    show_venue_hours, put_venue_hours, show_space_hours, put_space_hours, drop_space_hours,
    show_network_policy, put_network_policy, show_venue_policy, put_venue_policy, show_space_policy, put_space_policy,
    show_tariff, put_tariff, show_plan, put_plan, list_units,
    list_blocks, create_block, preview_block, show_block, lift_block, list_venue_blocks,
    close_venue, preview_closure, reopen_venue, quote_tariff,
    check_reservation, list_reservations, show_reservation, edit_reservation, check_change,
    confirm_reservation, list_approvals, approve_reservation, decline_reservation, cancel_reservation, count_heads,
    reservation_calendar, list_waiting, join_waiting, show_waiting, leave_waiting,
    list_venue_waiting,
    create_series, preview_series, list_series, show_series, edit_series,
    cancel_series, approve_series, decline_series,
    // Who came
    check_in_reservation, check_out_reservation, mark_no_show, settle_fee, check_in_by_link, count_heads_by_link,
    show_by_link, cancel_by_link,
    check_in_at_the_door, show_door_code, list_attendance, put_attendance,
    // From elsewhere
    import_reservations, import_spaces, import_attendance,
    list_outside_calendars, subscribe_to_calendar, show_outside_calendar, edit_outside_calendar,
    refresh_outside_calendar, give_up_outside_calendar,
    // What is on
    list_events, show_event_feed,
    // Calendars to subscribe to
    list_calendars, make_calendar, rotate_calendar, revoke_calendar, list_venue_calendars, revoke_venue_calendar,
    show_calendar, show_free_busy,
    // Statistics
    show_utilisation,
    show_heatmap,
    explain_figure,
    list_statistics_rows,
    show_demand,
    show_users,
    show_published, show_report,
    show_indicators,
    list_indicators, define_indicator, show_indicator, put_indicator, archive_indicator,
    // Service
    list_audit, list_views,
    show_liveness, show_readiness, show_metrics,
}
