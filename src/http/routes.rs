//! The whole route table on a page. One list registers the handlers and makes the OpenAPI document.

use actix_web::web;
use utoipa::OpenApi;

use super::{networks::*, statistics::*};

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
    // Places
    list_networks, create_network, show_network, edit_network,
    // Statistics
    show_utilisation,
}
