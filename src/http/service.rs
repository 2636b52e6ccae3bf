//! Health and metrics: for those who run the service.

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{AUTHORIZATION, FORWARDED, HeaderName, VIA, X_FORWARDED_FOR},
    web,
};
use aws_lc_rs::constant_time;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    answer::{self, Answer},
    call::{self, Call},
    problem::Problem,
};
use crate::{
    app::{
        error::{Code, Error},
        health,
    },
    metrics::Metrics,
};

/// What proxies leave on a request; one that carries any of them was not made on this machine for us.
const PASSED_ON: [HeaderName; 3] = [FORWARDED, X_FORWARDED_FOR, VIA];

/// Who may read the metrics: they name nobody, but tell how busy the service is and what goes wrong in it.
pub struct MetricsReaders {
    /// Whoever presents it as a bearer token; `None`: whoever asks from this machine and through no proxy.
    pub token: Option<SecretString>,
}

impl MetricsReaders {
    fn admit(&self, request: &HttpRequest) -> Result<(), Error> {
        let Some(token) = &self.token else {
            let local = request.peer_addr().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
            let direct = !PASSED_ON.iter().any(|name| request.headers().contains_key(name));
            return if local && direct { Ok(()) } else { Err(Code::Forbidden.into()) };
        };
        let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.split_once(' ')).unwrap_or_default();
        let same = constant_time::verify_slices_are_equal(
            given.1.trim().as_bytes(),
            token.expose_secret().as_bytes(),
        );
        let admitted = given.0.eq_ignore_ascii_case("bearer") && same.is_ok();
        if admitted { Ok(()) } else { Err(Code::Unauthenticated.into()) }
    }
}

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
/// In Prometheus' text format. With `PROSTOR_METRICS_TOKEN` set, for whoever presents it as a bearer token; without,
/// for this machine alone.
#[utoipa::path(tag = "service", responses(
    (status = 200, description = "The metrics", body = String, content_type = "text/plain")
))]
#[get("/metrics")]
pub async fn show_metrics(
    request: HttpRequest,
    call: Call,
    metrics: web::Data<Metrics>,
    readers: web::Data<MetricsReaders>,
) -> Answer {
    readers.admit(&request).map_err(|error| Problem { error, locale: call.locale })?;
    let levels = call.run(|context, ()| health::levels(&context.app)).await?;
    metrics.levels(levels.mails, levels.connections);
    let broken = |what| Problem { error: Error::Broken(what), locale: call::locale(&request) };
    let text = metrics.text().map_err(broken)?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}
