//! Everything put together: the API below its base, the documents beside it, and an answer for what is
//! neither: the web client where a person goes there, else 404, or 405 with the methods that exist.

use std::sync::{Arc, LazyLock};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    dev::ResourceDef,
    http::header::{self, HeaderValue},
    web,
};

use super::{
    call, docs, middleware::rate_limit::Limiters, openapi, pages, problem::Problem, routes,
    service::MetricsReaders, web_client,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    metrics::Metrics,
};

/// Registers pages that only some ways of running have, on every worker.
pub type Pages = Arc<dyn Fn(&mut web::ServiceConfig) + Send + Sync>;

/// What the handlers and layers of every worker share.
#[derive(Clone)]
pub struct Shared {
    pub app: Arc<App>,
    pub metrics: Arc<Metrics>,
    pub limiters: Arc<Option<Limiters>>,
    pub metrics_readers: Arc<MetricsReaders>,
    pub pages: Option<Pages>,
}

impl Shared {
    /// Registers everything.
    pub fn configure(self, config: &mut web::ServiceConfig) {
        config
            .app_data(web::Data::from(self.app))
            .app_data(web::Data::from(self.metrics))
            .app_data(web::Data::from(self.limiters))
            .app_data(web::Data::from(self.metrics_readers))
            .service(web::scope(openapi::BASE).configure(routes::register).default_service(web::to(unknown)))
            .configure(pages::register)
            .configure(|config| {
                if let Some(pages) = &self.pages {
                    pages(config);
                }
            })
            .configure(docs::register)
            .configure(web_client::register)
            .default_service(web::to(unknown));
    }
}

/// The methods of every path of the API, from its own description.
static METHODS: LazyLock<Vec<(ResourceDef, String)>> = LazyLock::new(|| {
    let paths = openapi::document().paths.paths;
    let table = paths.into_iter().map(|(path, item)| {
        let methods = [
            ("GET, HEAD", item.get.is_some()),
            ("POST", item.post.is_some()),
            ("PUT", item.put.is_some()),
            ("PATCH", item.patch.is_some()),
            ("DELETE", item.delete.is_some()),
        ];
        let present: Vec<_> = methods.iter().filter(|(_, there)| *there).map(|(name, _)| *name).collect();
        (ResourceDef::new(format!("{}{path}", openapi::BASE)), present.join(", "))
    });
    table.collect()
});

async fn unknown(request: HttpRequest) -> HttpResponse {
    let locale = call::locale(&request);
    let found = METHODS.iter().find(|(path, _)| path.is_match(request.path()));
    let Some((_, methods)) = found else {
        if let Some(page) = web_client::answer(&request) {
            return page;
        }
        return Problem { error: Error::NOT_FOUND, locale }.error_response();
    };
    let mut response = Problem { error: Error::Plain(Code::MethodNotAllowed), locale }.error_response();
    if let Ok(methods) = HeaderValue::from_str(methods) {
        response.headers_mut().insert(header::ALLOW, methods);
    }
    response
}
