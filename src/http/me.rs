//! One's own account: handlers.

use actix_web::{delete, get, http::StatusCode, patch};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
};
use crate::app::accounts::{
    edit::{self, AccountChange},
    export::{self, Export},
    leave,
    me::{self, AccountView},
};

/// Show one's account.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses(
    (status = 200, description = "The account, with the roles held now", body = AccountView)
))]
#[get("/me")]
pub async fn show_me(call: Call) -> Answer {
    let account = call.run(|context, ()| me::show(&context.app, &context.actor)).await?;
    Ok(answer::found(&account))
}

/// Edit one's account.
#[utoipa::path(tag = "people", request_body = AccountChange, security(("bearer" = [])), responses(
    (status = 200, description = "The account as it is now", body = AccountView)
))]
#[patch("/me")]
pub async fn edit_me(call: Call<Json<AccountChange>>) -> Answer {
    let done = call
        .change(|context, Json(change)| {
            let expected = context.required_match()?;
            edit::edit(&context.app, &context.actor, context.claim(200), expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Give up one's account.
///
/// Refused while reservations are ahead, and while others depend on the person as the last owner, member
/// of staff, coordinator or administrator.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses((status = 204, description = "Gone")))]
#[delete("/me")]
pub async fn leave_me(call: Call) -> Answer {
    let done = call
        .change(|context, ()| {
            let expected = context.required_match()?;
            leave::leave(&context.app, &context.actor, context.claim(204), expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// Export one's data.
///
/// The account, its organisations, sessions and the reservations one organised.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses(
    (status = 200, description = "All that is kept about the caller", body = Export)
))]
#[get("/me/export")]
pub async fn export_me(call: Call) -> Answer {
    let export = call.run(|context, ()| export::export(&context.app, &context.actor)).await?;
    Ok(answer::data(&export))
}
