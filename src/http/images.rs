//! Images of spaces and venues: handlers. An image itself is for everybody and for ever: its address is the digest of its bytes.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
    },
    patch, post,
};
use utoipa::ToSchema;

use super::{
    answer::{self, Answer},
    call::{Call, Json, Raw},
    problem::Problem,
    query::Path,
};
use crate::{
    app::{
        error::{Code, Error},
        page::Page,
        places::images::{self, ImageChange, ImageView, decoding},
    },
    domain::{
        ids::{ImageId, SpaceId, VenueId},
        places::Of,
    },
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// So long an upload waits for its turn to be read.
const PATIENCE: Duration = Duration::from_secs(20);
const SOON: Duration = Duration::from_millis(50);

/// The file as it is.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "tells the document what the body is")]
pub struct ImageFile(Vec<u8>);

/// The place for reading an image, waited for where nobody's thread is held by it.
async fn turn() -> Result<decoding::Place, Error> {
    let since = std::time::Instant::now();
    loop {
        if let Some(place) = decoding::Place::take() {
            return Ok(place);
        }
        if since.elapsed() > PATIENCE {
            return Err(Code::Overloaded.into());
        }
        actix_web::rt::time::sleep(SOON).await;
    }
}

async fn list(request: HttpRequest, call: Call, of: Of) -> Answer {
    let page = call.run(move |context, ()| images::list(&context.app, of)).await?;
    Ok(answer::listed(&request, &page))
}

async fn add(call: Call<Raw>, of: Of) -> Answer {
    let locale = call.locale;
    let place = turn().await.map_err(|error| Problem { error, locale })?;
    let done = call
        .change(move |context, Raw(bytes)| {
            images::add(&context.app, &context.actor, context.claim(201), of, (bytes, place))
        })
        .await?;
    let below = match of {
        Of::Venue(_) => "venues",
        Of::Space(_) => "spaces",
    };
    Ok(answer::created(done, |_| format!("/api/v1/{below}/{of}/images")))
}

async fn edit(call: Call<Json<ImageChange>>, of: Of, id: ImageId) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            images::edit(&context.app, &context.actor, context.claim(200), (of, id), expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

async fn remove(call: Call, of: Of, id: ImageId) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            images::remove(&context.app, &context.actor, context.claim(204), (of, id), expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// List the images of a space.
///
/// All of them, in the order in which they are shown.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), responses(
    (status = 200, description = "The images; there is one page", body = Page<ImageView>)
))]
#[get("/spaces/{id}/images")]
pub async fn list_images(request: HttpRequest, call: Call, Path(id): Path<SpaceId>) -> Answer {
    list(request, call, Of::Space(id)).await
}

/// Add an image to a space.
///
/// The body is the file: a JPEG, PNG or WebP of at most 15 MiB and 50 million pixels, with sides of 320 pixels or more; what
/// it is its bytes tell. It is written anew as JPEG in up to three sizes: nothing that the file says of place, time or camera
/// is kept. It becomes the last of at most twelve; `PATCH` describes it and puts it in order. For the venue's staff and
/// the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), security(("bearer" = [])),
    request_body(content((ImageFile = "image/jpeg"), (ImageFile = "image/png"), (ImageFile = "image/webp"))),
    responses((status = 201, description = "Added", body = ImageView)))]
#[post("/spaces/{id}/images")]
pub async fn add_image(call: Call<Raw>, Path(id): Path<SpaceId>) -> Answer {
    add(call, Of::Space(id)).await
}

/// Edit an image.
///
/// Its texts, and its place: those from there on make room. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path), ("image_id" = ImageId, Path)),
    request_body = ImageChange, security(("bearer" = [])), responses(
    (status = 200, description = "The image as it is now", body = ImageView)
))]
#[patch("/spaces/{id}/images/{image_id}")]
pub async fn edit_image(call: Call<Json<ImageChange>>, Path(ids): Path<(SpaceId, ImageId)>) -> Answer {
    edit(call, Of::Space(ids.0), ids.1).await
}

/// Remove an image.
///
/// For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path), ("image_id" = ImageId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Removed, with its files")))]
#[delete("/spaces/{id}/images/{image_id}")]
pub async fn remove_image(call: Call, Path(ids): Path<(SpaceId, ImageId)>) -> Answer {
    remove(call, Of::Space(ids.0), ids.1).await
}

/// List the images of a venue.
///
/// All of them, in the order in which they are shown.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), responses(
    (status = 200, description = "The images; there is one page", body = Page<ImageView>)
))]
#[get("/venues/{id}/images")]
pub async fn list_venue_images(request: HttpRequest, call: Call, Path(id): Path<VenueId>) -> Answer {
    list(request, call, Of::Venue(id)).await
}

/// Add an image to a venue.
///
/// As `POST /spaces/{id}/images`.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), security(("bearer" = [])),
    request_body(content((ImageFile = "image/jpeg"), (ImageFile = "image/png"), (ImageFile = "image/webp"))),
    responses((status = 201, description = "Added", body = ImageView)))]
#[post("/venues/{id}/images")]
pub async fn add_venue_image(call: Call<Raw>, Path(id): Path<VenueId>) -> Answer {
    add(call, Of::Venue(id)).await
}

/// Edit an image of a venue.
///
/// As `PATCH /spaces/{id}/images/{image_id}`.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path), ("image_id" = ImageId, Path)),
    request_body = ImageChange, security(("bearer" = [])), responses(
    (status = 200, description = "The image as it is now", body = ImageView)
))]
#[patch("/venues/{id}/images/{image_id}")]
pub async fn edit_venue_image(call: Call<Json<ImageChange>>, Path(ids): Path<(VenueId, ImageId)>) -> Answer {
    edit(call, Of::Venue(ids.0), ids.1).await
}

/// Remove an image of a venue.
///
/// For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path), ("image_id" = ImageId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Removed, with its files")))]
#[delete("/venues/{id}/images/{image_id}")]
pub async fn remove_venue_image(call: Call, Path(ids): Path<(VenueId, ImageId)>) -> Answer {
    remove(call, Of::Venue(ids.0), ids.1).await
}

/// Show an image.
///
/// In one of its sizes, as the `images` of a space or a venue give the address. It never changes: caches may keep it for ever.
#[utoipa::path(tag = "places", params(("digest" = String, Path, description = "SHA-256 of the file, base64url")),
    responses(
    (status = 200, description = "The picture", body = ImageFile, content_type = "image/jpeg"),
    (status = 304, description = "The caller has it")
))]
#[get("/images/{digest}.jpg")]
pub async fn show_image(request: HttpRequest, call: Call, Path(digest): Path<String>) -> Answer {
    let tag = format!("\"{digest}\"");
    let bytes = call.run(move |context, ()| images::file(&context.app, &digest)).await?;
    let known = request.headers().get(IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or("");
    let known = known.split(',').map(|one| one.trim().trim_start_matches("W/"));
    let mut response = HttpResponse::Ok();
    response.insert_header((CACHE_CONTROL, FOR_EVER)).insert_header((ETAG, tag.clone()));
    if known.into_iter().any(|known| known == tag || known == "*") {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    Ok(response.content_type("image/jpeg").body(bytes))
}
