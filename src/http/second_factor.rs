//! The second factor: handlers.

use actix_web::{get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    browser_session::Keeper,
    call::{Call, Json, Perhaps},
};
use crate::app::accounts::{
    Tokens,
    second_factor::{
        RecoveryCodes,
        manage::{self, AnyCode, Removal, SecondFactorView},
        set_up::{self, Beginning, FirstCode, SharedSecret},
        verify::{self, SecondStep},
    },
};

/// Show how one's second factor stands.
#[utoipa::path(tag = "auth", security(("bearer" = [])), responses(
    (status = 200, description = "How it stands", body = SecondFactorView)
))]
#[get("/auth/second-factor")]
pub async fn show_second_factor(call: Call) -> Answer {
    let view = call.run(|context, ()| manage::show(&context.app, &context.actor)).await?;
    Ok(answer::data(&view))
}

/// Begin to set up a second factor.
///
/// Hands out the secret for an authenticator (TOTP, RFC 6238: SHA-1, six digits, 30 seconds). It counts for nothing until
/// a code is confirmed within the hour.
#[utoipa::path(tag = "auth", request_body = Option<Beginning>, security(("bearer" = [])), responses(
    (status = 200, description = "What the authenticator is told, shown once", body = SharedSecret)
))]
#[post("/auth/second-factor")]
pub async fn begin_second_factor(call: Call<Perhaps<Beginning>>) -> Answer {
    let secret = call
        .run(|context, Perhaps(beginning)| set_up::begin(&context.app, &context.actor, &beginning))
        .await?;
    Ok(answer::data(&secret))
}

/// Confirm the second factor with its first code.
///
/// From now on it is asked for at every sign-in. Other sessions end.
#[utoipa::path(tag = "auth", request_body = FirstCode, security(("bearer" = [])), responses(
    (status = 200, description = "Ten recovery codes, shown once", body = RecoveryCodes)
))]
#[post("/auth/second-factor/confirm")]
pub async fn confirm_second_factor(call: Call<Json<FirstCode>>) -> Answer {
    let codes =
        call.run(|context, Json(first)| set_up::confirm(&context.app, &context.actor, &first)).await?;
    Ok(answer::data(&codes))
}

/// Sign in, second step.
///
/// With the `challenge` of the problem `second_factor_required` and a code of the authenticator or a recovery code. No
/// code counts twice. After too many wrong ones codes of the authenticator wait; recovery codes don't.
#[utoipa::path(tag = "auth", request_body = SecondStep, responses(
    (status = 200, description = "Signed in", body = Tokens)
))]
#[post("/auth/second-factor/verify")]
pub async fn verify_second_factor(call: Call<Json<SecondStep>>, keeper: Keeper) -> Answer {
    let tokens = call
        .run(|context, Json(second)| verify::verify(&context.app, &second, context.client.as_deref()))
        .await?;
    Ok(keeper.hand_out(tokens))
}

/// Get new recovery codes.
///
/// The old ones count no longer.
#[utoipa::path(tag = "auth", request_body = AnyCode, security(("bearer" = [])), responses(
    (status = 200, description = "Ten recovery codes, shown once", body = RecoveryCodes)
))]
#[post("/auth/second-factor/recovery-codes")]
pub async fn renew_recovery_codes(call: Call<Json<AnyCode>>) -> Answer {
    let codes = call.run(|context, Json(given)| manage::renew(&context.app, &context.actor, &given)).await?;
    Ok(answer::data(&codes))
}

/// Remove one's second factor.
///
/// With a code and, where the account has one, the password, which must be long enough to be alone.
#[utoipa::path(tag = "auth", request_body = Removal, security(("bearer" = [])), responses(
    (status = 204, description = "Not asked for any more")
))]
#[post("/auth/second-factor/remove")]
pub async fn remove_second_factor(call: Call<Json<Removal>>) -> Answer {
    call.run(|context, Json(removal)| manage::remove(&context.app, &context.actor, &removal)).await?;
    Ok(answer::private(StatusCode::NO_CONTENT).finish())
}
