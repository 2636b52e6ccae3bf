//! `/mailbox`: every mail of the demo, for whoever has no mailbox at the example domains. In the demo alone.
//!
//! What a mail says is data: its page is shown in a sandboxed frame under a policy without scripts and without
//! requests to anywhere, everything else is escaped text.

mod letters;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, HeaderName},
    },
    web,
};
use minijinja::{Environment, Value, context};

use crate::{
    catalogue::{self, Arg},
    domain::locale::Locale,
    server::Pages,
};
use letters::Letter;

const PAGE: &str = "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; \
                    form-action 'none'; frame-ancestors 'none'";
/// Of a mail's own page. Its links open in a tab of their own, as mail programs do it.
const FRAME: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
                     style-src 'unsafe-inline'; frame-ancestors 'self'";

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, source) in
        [("list.html", include_str!("mailbox/list.html")), ("mail.html", include_str!("mailbox/mail.html"))]
    {
        templates.add_template(name, source).expect("embedded templates are tested");
    }
    templates
});

/// The folder whose mails are shown.
struct Mailbox(PathBuf);

/// The pages over the mails of a folder.
pub(super) fn pages(folder: PathBuf) -> Pages {
    let mailbox = web::Data::new(Mailbox(folder));
    Arc::new(move |config| {
        config
            .app_data(mailbox.clone())
            .route("/mailbox", web::get().to(list))
            .route("/mailbox.css", web::get().to(style))
            .route("/mailbox/{file}", web::get().to(mail))
            .route("/mailbox/{file}/page", web::get().to(mail_page))
            .route("/mailbox/{file}/invite.ics", web::get().to(invite))
            .route("/mailbox/{file}/source", web::get().to(source));
    })
}

async fn list(request: HttpRequest, mailbox: web::Data<Mailbox>) -> HttpResponse {
    let locale = locale(&request);
    let found = web::block(move || letters::newest(&mailbox.0)).await;
    let Ok(Ok((mails, all))) = found else { return failed(locale) };
    let more = (mails.len() < all).then(|| {
        let count = i64::try_from(mails.len()).unwrap_or(i64::MAX);
        catalogue::text(locale, "page-mailbox-more", &[("count", Arg::Count(count))])
    });
    render(locale, "list.html", context! { mails => mails.iter().map(value).collect::<Vec<_>>(), more })
}

async fn mail(request: HttpRequest, mailbox: web::Data<Mailbox>, file: web::Path<String>) -> HttpResponse {
    let locale = locale(&request);
    match read(mailbox, file).await {
        Some(mail) => render(locale, "mail.html", context! { mail => value(&mail) }),
        None => failed(locale),
    }
}

async fn mail_page(
    request: HttpRequest,
    mailbox: web::Data<Mailbox>,
    file: web::Path<String>,
) -> HttpResponse {
    let page = read(mailbox, file).await.and_then(|mail| mail.page);
    let Some(page) = page else { return failed(locale(&request)) };
    // Inside the frame a link would lead nowhere.
    let page = page.replacen("<head>", "<head>\n<base target=\"_blank\">", 1);
    answer(StatusCode::OK, "text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, FRAME))
        .insert_header((header::X_FRAME_OPTIONS, "SAMEORIGIN"))
        .body(page)
}

async fn invite(request: HttpRequest, mailbox: web::Data<Mailbox>, file: web::Path<String>) -> HttpResponse {
    match read(mailbox, file).await.and_then(|mail| mail.invite) {
        Some(invite) => download("text/calendar; charset=utf-8", "invite.ics", invite),
        None => failed(locale(&request)),
    }
}

async fn source(request: HttpRequest, mailbox: web::Data<Mailbox>, file: web::Path<String>) -> HttpResponse {
    let name = file.clone();
    let bytes = web::block(move || letters::bytes(&mailbox.0, &file)).await;
    match bytes {
        Ok(Some(bytes)) => download("message/rfc822", &name, bytes),
        _ => failed(locale(&request)),
    }
}

/// As the templates see it.
fn value(mail: &Letter) -> Value {
    let Letter { file, subject, from, to, date, shown, text, page, invite } = mail.clone();
    let (page, invite) = (page.is_some(), invite.is_some());
    context! { file, subject, from, to, date, shown, text, page, invite }
}

async fn style() -> HttpResponse {
    answer(StatusCode::OK, "text/css; charset=utf-8").body(include_str!("mailbox/mailbox.css"))
}

async fn read(mailbox: web::Data<Mailbox>, file: web::Path<String>) -> Option<Letter> {
    let read = move || letters::read(Path::new(&mailbox.0), &file);
    web::block(read).await.ok().flatten()
}

fn locale(request: &HttpRequest) -> Locale {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wanted.map_or_else(Locale::default, Locale::negotiate)
}

fn answer(status: StatusCode, kind: &'static str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((header::CONTENT_TYPE, kind))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((HeaderName::from_static("cross-origin-resource-policy"), "same-origin"));
    answer
}

/// `name` consists of letters, digits, `-_.@` alone.
fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    answer(StatusCode::OK, kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(bytes)
}

fn failed(locale: Locale) -> HttpResponse {
    answer(StatusCode::NOT_FOUND, "text/plain; charset=utf-8").body(catalogue::text(
        locale,
        "page-mailbox-unreadable",
        &[],
    ))
}

fn render(locale: Locale, template: &str, values: Value) -> HttpResponse {
    let say = Value::from_function(move |key: &str| catalogue::text(locale, key, &[]));
    let context = context! { locale => locale.tag(), say, ..values };
    match TEMPLATES.get_template(template).and_then(|template| template.render(context)) {
        Ok(html) => answer(StatusCode::OK, "text/html; charset=utf-8")
            .insert_header((header::CONTENT_LANGUAGE, locale.tag()))
            .insert_header((header::CONTENT_SECURITY_POLICY, PAGE))
            .body(html),
        Err(error) => {
            tracing::error!(error = ?error, "the mailbox page {template} failed: {error:?}");
            failed(locale)
        }
    }
}

#[cfg(test)]
mod tests;
