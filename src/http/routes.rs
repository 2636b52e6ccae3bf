//! The whole route table on a page. One list registers the handlers and makes the OpenAPI document.

use actix_web::web;
use utoipa::OpenApi;

use super::{auth::*, me::*, networks::*, organisations::*, staff::*};

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
    // Signing in
    register_account, log_in, request_link, redeem_link, refresh_tokens, log_out,
    // People
    show_me, edit_me, leave_me, export_me,
    list_organisations, create_organisation, show_organisation, edit_organisation,
    list_organisation_members, put_organisation_member, remove_organisation_member,
    list_staff, show_staff, put_staff, remove_staff,
    list_coordinators, show_coordinator, put_coordinator, remove_coordinator,
    invite_staff, list_invitations, withdraw_invitation, redeem_invitation,
    // Places
    list_networks, create_network, show_network, edit_network,
}
