//! The outermost layer: each request has an id and a span, is counted, and leaves one line in the log.
//!
//! The line names the route, never the path: paths can hold tokens.

use std::time::{Duration, Instant};

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, StatusCode, header::HeaderValue},
    middleware::Next,
    web,
};
use tracing::{Instrument, field::Empty};

use super::request_id;
use crate::{
    app::{App, error::Code},
    domain::ids::kind,
    http::openapi,
    metrics::Metrics,
};

/// Ids, counts, logs.
pub async fn observe<B: MessageBody>(
    app: web::Data<App>,
    metrics: web::Data<Metrics>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let given = request_id::given(request.headers()).map(str::to_owned);
    let id = given.unwrap_or_else(|| app.id::<kind::Request>().to_string());
    let method = request.method().clone();
    let span = tracing::info_span!("request", request.id = %id, user.id = Empty);
    let mut response = next.call(request).instrument(span.clone()).await?;
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(request_id::HEADER, id);
    }
    let route = response.request().match_pattern().unwrap_or_else(|| "(no route)".to_owned());
    let took = started.elapsed();
    count(&metrics, &method, &route, took, &response);
    span.in_scope(|| log(&method, &route, response.status(), took));
    Ok(response)
}

fn count<B>(metrics: &Metrics, method: &Method, route: &str, took: Duration, response: &ServiceResponse<B>) {
    // Methods are the caller's to invent: the label is one of a closed list.
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    let label = if known.contains(method) { method.as_str() } else { "other" };
    metrics.request(label, route, response.status().as_str(), took);
    let code = response.response().extensions().get::<Code>().copied();
    if let Some(code) = code {
        metrics.problem(code.as_str());
    }
    if *method == Method::POST && route.strip_prefix(openapi::BASE) == Some("/reservations") {
        let replayed = response.headers().contains_key("idempotent-replayed");
        metrics.reservation(match code {
            Some(code) => code.as_str(),
            None if replayed => "replayed",
            None => "made",
        });
    }
}

fn log(method: &Method, route: &str, status: StatusCode, took: Duration) {
    let ms = took.as_millis();
    let status = status.as_u16();
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                http.method = %method, http.route = route, http.status = status, duration_ms = ms,
                "{method} {route} {status} in {ms} ms"
            )
        };
    }
    if status >= 500 {
        line!(warn);
    } else if route.contains("/health/") || route.ends_with("/metrics") {
        line!(debug);
    } else {
        line!(info);
    }
}
