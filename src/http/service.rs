//! Health and metrics: for those who run the service.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    answer::{self, Answer},
    call::{self, Call},
    problem::Problem,
};
use crate::{
    app::{error::Error, health},
    metrics::Metrics,
};

/// How the node is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    #[schema(example = "ready")]
    status: &'static str,
}

/// Is the process alive?
///
/// Touches nothing: restart the node when this does not answer.
#[utoipa::path(tag = "service", responses((status = 200, description = "It is", body = Health)))]
#[get("/health/live")]
pub async fn show_liveness() -> Answer {
    Ok(answer::data(&Health { status: "alive" }))
}

/// Can the node serve?
///
/// The database answers, its schema is current and it takes writes. Send no requests while this is 503.
#[utoipa::path(tag = "service", responses((status = 200, description = "It can", body = Health)))]
#[get("/health/ready")]
pub async fn show_readiness(call: Call) -> Answer {
    call.run(|context, ()| health::ready(&context.app)).await?;
    Ok(answer::data(&Health { status: "ready" }))
}

/// Show the metrics.
///
/// In Prometheus' text format. They hold nothing about anybody, but tell how busy the service is: keep them
/// from the public at the proxy if that matters.
#[utoipa::path(tag = "service", responses(
    (status = 200, description = "The metrics", body = String, content_type = "text/plain")
))]
#[get("/metrics")]
pub async fn show_metrics(request: HttpRequest, call: Call, metrics: web::Data<Metrics>) -> Answer {
    let levels = call.run(|context, ()| health::levels(&context.app)).await?;
    metrics.levels(levels.mails, levels.connections);
    let broken = |what| Problem { error: Error::Broken(what), locale: call::locale(&request) };
    let text = metrics.text().map_err(broken)?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}
