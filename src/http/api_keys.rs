//! Keys for programs: handlers. Below `/auth`, where answers are not repeated: a key is shown once and stored nowhere.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        accounts::api_keys::{self, ApiKeyView, MadeApiKey, NewApiKey},
        page::Page,
    },
    domain::ids::ApiKeyId,
};

/// List one's keys for programs.
#[utoipa::path(tag = "auth", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of keys that open something", body = Page<ApiKeyView>)
))]
#[get("/auth/keys")]
pub async fn list_keys(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page =
        call.run(move |context, ()| api_keys::list(&context.app, &context.actor, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Make a key for a program.
///
/// The program presents it as `Authorization: Bearer …` and acts for its owner, with the rights they hold at that moment and
/// within the key's scopes. What belongs to no scope (signing in, changing or giving up the account, keys) no key does.
#[utoipa::path(tag = "auth", request_body = NewApiKey, security(("bearer" = [])), responses(
    (status = 201, description = "The key, shown this once", body = MadeApiKey)
))]
#[post("/auth/keys")]
pub async fn make_key(call: Call<Json<NewApiKey>>) -> Answer {
    let made = call.run(|context, Json(new)| api_keys::make(&context.app, &context.actor, &new)).await?;
    Ok(answer::private(StatusCode::CREATED).json(made))
}

/// Revoke a key.
#[utoipa::path(tag = "auth", params(("id" = ApiKeyId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "It opens nothing any more")
))]
#[delete("/auth/keys/{id}")]
pub async fn revoke_key(call: Call, Path(id): Path<ApiKeyId>) -> Answer {
    call.run(move |context, ()| api_keys::revoke(&context.app, &context.actor, id)).await?;
    Ok(answer::private(StatusCode::NO_CONTENT).finish())
}
