//! Where one is signed in, and what one signs in with: handlers. What carries passwords stands below `/auth`, where
//! answers are not repeated and so bodies leave no trace.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        accounts::{
            Accepted,
            address::{
                self, AddressWish,
                confirm::{self, AddressProof},
                restore::{self, Restoring},
            },
            me::AccountView,
            password::{self, PasswordChange},
            presence::{self, Presence},
            signed_in::{self, SessionView},
        },
        page::Page,
    },
    domain::ids::SessionId,
};

/// Show once more that it is you.
///
/// With the password, or a code of the second factor. It counts for ten minutes in this session: what can't be taken back,
/// such as giving up one's account, asks for it. Who has neither signs in anew instead.
#[utoipa::path(tag = "auth", request_body = Presence, security(("bearer" = [])), responses(
    (status = 204, description = "It counts for ten minutes")
))]
#[post("/auth/confirm")]
pub async fn confirm_presence(call: Call<Json<Presence>>) -> Answer {
    call.run(|context, Json(shown)| presence::show(&context.app, &context.actor, &shown)).await?;
    Ok(answer::private(StatusCode::NO_CONTENT).finish())
}

/// List one's sessions.
#[utoipa::path(tag = "people", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of sign-ins that last", body = Page<SessionView>)
))]
#[get("/me/sessions")]
pub async fn list_sessions(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page =
        call.run(move |context, ()| signed_in::list(&context.app, &context.actor, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// End a session.
///
/// Its access token counts no longer with the next request.
#[utoipa::path(tag = "people", params(("id" = SessionId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "Ended")
))]
#[delete("/me/sessions/{id}")]
pub async fn end_session(call: Call, Path(id): Path<SessionId>) -> Answer {
    let done = call
        .change(move |context, ()| signed_in::end(&context.app, &context.actor, context.claim(204), id))
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// End all other sessions.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses(
    (status = 204, description = "Only the caller's is left")
))]
#[delete("/me/sessions")]
pub async fn end_other_sessions(call: Call) -> Answer {
    let done = call
        .change(|context, ()| signed_in::end_others(&context.app, &context.actor, context.claim(204)))
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// Change one's password.
///
/// Other sessions end, and the address is told. Whoever has no password, or forgot it, sets one with a sign-in link.
#[utoipa::path(tag = "auth", request_body = PasswordChange, security(("bearer" = [])), responses(
    (status = 204, description = "Changed")
))]
#[post("/auth/password")]
pub async fn change_password(call: Call<Json<PasswordChange>>) -> Answer {
    call.run(|context, Json(change)| password::change(&context.app, &context.actor, &change)).await?;
    Ok(answer::private(StatusCode::NO_CONTENT).finish())
}

/// Ask for another address.
///
/// A link and a code go to the new address; the answer is the same whether or not it has an account.
#[utoipa::path(tag = "auth", request_body = AddressWish, security(("bearer" = [])), responses(
    (status = 202, description = "A mail is on its way to the new address", body = Accepted)
))]
#[post("/auth/email")]
pub async fn ask_for_address(call: Call<Json<AddressWish>>) -> Answer {
    let accepted = call.run(|context, Json(new)| address::ask(&context.app, &context.actor, &new)).await?;
    Ok(answer::private(StatusCode::ACCEPTED).json(accepted))
}

/// Confirm the new address.
///
/// Give `token` or `code`, signed in as who asked for the change. Sessions stay. The old address is told, and can take
/// the change back for seven days.
#[utoipa::path(tag = "auth", request_body = AddressProof, security(("bearer" = [])), responses(
    (status = 200, description = "The account with its new address", body = AccountView)
))]
#[post("/auth/email/confirm")]
pub async fn confirm_address(call: Call<Json<AddressProof>>) -> Answer {
    let account =
        call.run(|context, Json(given)| confirm::confirm(&context.app, &context.actor, given)).await?;
    Ok(answer::found(&account))
}

/// Take a change of address back.
///
/// With the link that the old address got. All sessions and keys end and the password is dropped: its owner asks for a
/// sign-in link and sets another.
#[utoipa::path(tag = "auth", request_body = Restoring, responses(
    (status = 204, description = "The account has its old address again")
))]
#[post("/auth/email/restore")]
pub async fn restore_address(call: Call<Json<Restoring>>) -> Answer {
    call.run(|context, Json(restoring)| restore::restore(&context.app, &restoring)).await?;
    Ok(answer::private(StatusCode::NO_CONTENT).finish())
}
