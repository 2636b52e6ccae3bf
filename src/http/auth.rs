//! Registering, signing in and out: handlers.

use actix_web::{http::StatusCode, post};

use super::{
    answer::{self, Answer},
    browser_session::Keeper,
    call::{Call, Json, Perhaps},
};
use crate::app::accounts::{
    Accepted, Tokens,
    link::{self, LinkRequest},
    login::{self, Login},
    redeem::{self, Redemption},
    refresh::{self, Logout, Refresh},
    register::{self, Registration},
};

/// Register.
///
/// The answer is the same whether or not the address has an account; its owner gets a mail with a link
/// and a six-digit code.
#[utoipa::path(tag = "auth", request_body = Registration, responses(
    (status = 202, description = "A mail is on its way", body = Accepted)
))]
#[post("/auth/register")]
pub async fn register_account(call: Call<Json<Registration>>) -> Answer {
    let accepted = call
        .run(|context, Json(registration)| register::register(&context.app, &registration, context.locale))
        .await?;
    Ok(answer::private(StatusCode::ACCEPTED).json(accepted))
}

/// Sign in with a password.
///
/// Where the account has a second factor, the answer is the problem `second_factor_required` with a `challenge` for
/// `POST /auth/second-factor/verify`.
#[utoipa::path(tag = "auth", request_body = Login, responses(
    (status = 200, description = "Signed in", body = Tokens)
))]
#[post("/auth/login")]
pub async fn log_in(call: Call<Json<Login>>, keeper: Keeper) -> Answer {
    let tokens = call
        .run(|context, Json(login)| login::login(&context.app, &login, context.client.as_deref()))
        .await?;
    Ok(keeper.hand_out(tokens))
}

/// Ask for a sign-in link.
///
/// The answer is the same whether or not the address has an account. At most five mails an hour.
#[utoipa::path(tag = "auth", request_body = LinkRequest, responses(
    (status = 202, description = "If the address has an account, a mail is on its way", body = Accepted)
))]
#[post("/auth/link")]
pub async fn request_link(call: Call<Json<LinkRequest>>) -> Answer {
    let accepted = call.run(|context, Json(request)| link::request(&context.app, &request)).await?;
    Ok(answer::private(StatusCode::ACCEPTED).json(accepted))
}

/// Redeem a link or a code.
///
/// Give `token`, or `email` and `code`. Signs in, and proves the address where it was not proved yet;
/// this ends sessions begun before and drops a password set before, unless it is repeated.
#[utoipa::path(tag = "auth", request_body = Redemption, responses(
    (status = 200, description = "Signed in", body = Tokens)
))]
#[post("/auth/link/redeem")]
pub async fn redeem_link(call: Call<Json<Redemption>>, keeper: Keeper) -> Answer {
    let tokens = call
        .run(|context, Json(redemption)| redeem::redeem(&context.app, redemption, context.client.as_deref()))
        .await?;
    Ok(keeper.hand_out(tokens))
}

/// Get new tokens.
///
/// A refresh token is good once. When the answer was lost, the same token may be sent again within ten
/// seconds; later it counts as stolen, and the session ends.
///
/// The web client (`X-Prostor-Client: web`, from our own origin only) has its refresh token kept in a cookie that no
/// script reads: signing in and this set it and leave the token out of the body, and this takes it from there.
#[utoipa::path(tag = "auth", request_body = Option<Refresh>, responses(
    (status = 200, description = "Still signed in", body = Tokens)
))]
#[post("/auth/refresh")]
pub async fn refresh_tokens(call: Call<Perhaps<Refresh>>, keeper: Keeper) -> Answer {
    let kept = keeper.clone();
    let tokens = call
        .run(move |context, Perhaps(given)| refresh::refresh(&context.app, kept.token(given.refresh_token)))
        .await?;
    Ok(keeper.hand_out(tokens))
}

/// Sign out.
///
/// Ends the session of the refresh token given (of the web client: in its cookie, which goes), else the caller's.
#[utoipa::path(tag = "auth", request_body = Option<Logout>, responses((status = 204, description = "Signed out")))]
#[post("/auth/logout")]
pub async fn log_out(call: Call<Perhaps<Logout>>, keeper: Keeper) -> Answer {
    let kept = keeper.clone();
    call.run(move |context, Perhaps(logout)| {
        let logout = Logout { refresh_token: kept.token(logout.refresh_token) };
        refresh::logout(&context.app, &context.actor, &logout)
    })
    .await?;
    let mut response = answer::private(StatusCode::NO_CONTENT).finish();
    keeper.forget(&mut response);
    Ok(response)
}
