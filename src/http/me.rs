//! One's own account: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, patch};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Query},
};
use crate::app::{
    accounts::{
        edit::{self, AccountChange},
        export::{self, Export},
        leave,
        me::{self, AccountView},
    },
    page::Page,
    views::{self, DataView},
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
/// The person is erased: no table, mail, stored answer or audit names them any more; what they reserved stays countable.
/// The password or a code is shown first (`POST /auth/confirm`, within ten minutes); who has neither signed in within ten
/// minutes. A last mail tells the address. Refused while something is open, all of which `obligations` names: reservations ahead, fees of the last days, and
/// organisations, venues, networks or a service that would be left without anybody.
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
/// The account with its roles, sessions, keys and addresses, what one organised and waits for, mails, the audit's entries
/// about it, and who looked at it.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses(
    (status = 200, description = "All that is kept about the caller", body = Export)
))]
#[get("/me/export")]
pub async fn export_me(call: Call) -> Answer {
    let export = call.run(|context, ()| export::export(&context.app, &context.actor)).await?;
    Ok(answer::data(&export))
}

/// Export one's reservations as a calendar.
///
/// All that one organised, past ones included, as one iCalendar file.
#[utoipa::path(tag = "people", security(("bearer" = [])), responses(
    (status = 200, description = "iCalendar (RFC 5545)", body = String, content_type = "text/calendar")
))]
#[get("/me/export.ics")]
pub async fn export_my_calendar(call: Call) -> Answer {
    let text = call.run(|context, ()| export::calendar::export(&context.app, &context.actor)).await?;
    Ok(answer::private(StatusCode::OK)
        .content_type("text/calendar; charset=utf-8")
        .insert_header(("Content-Disposition", "attachment; filename=\"prostor.ics\""))
        .body(text))
}

/// List who looked at one's data.
///
/// Once for each hour, place and kind: staff who read reservations, series or waiting lists that name one, lists of members,
/// or an export. Seconds may pass until a look is listed.
#[utoipa::path(tag = "people", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of looks, the latest first", body = Page<DataView>)
))]
#[get("/me/views")]
pub async fn list_my_views(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page =
        call.run(move |context, ()| views::list(&context.app, &context.actor, None, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}
