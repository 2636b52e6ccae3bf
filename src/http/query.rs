//! Paths and query strings, read as strictly as bodies: a wrong id in a path is 404, a wrong or unknown
//! query parameter 422 with its name.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::{Deserialize, de::DeserializeOwned};
use utoipa::IntoParams;

use super::{call, problem::Problem, refusal};
use crate::app::{
    error::{Code, Error, FieldError},
    page::Asked,
};

/// Path parameters.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let locale = call::locale(request);
        let path = web::Path::<T>::extract(request).into_inner();
        ready(
            path.map(|path| Self(path.into_inner())).map_err(|_| Problem { error: Error::NOT_FOUND, locale }),
        )
    }
}

/// Query parameters.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let locale = call::locale(request);
        ready(read(request.query_string()).map(Self).map_err(|error| Problem { error, locale }))
    }
}

fn read<T: DeserializeOwned>(query: &str) -> Result<T, Error> {
    let values = web::Query::<Vec<(String, String)>>::from_query(query)
        .map_err(|_| Error::Plain(Code::Malformed))?
        .into_inner();
    let refused = |name: &str, code, detail| {
        Error::Fields(vec![FieldError { pointer: format!("?{name}"), code, detail }])
    };
    for (place, (name, value)) in values.iter().enumerate() {
        if values[..place].iter().any(|(before, _)| before == name) {
            return Err(refused(name, "duplicate_field", None));
        }
        if value.contains('\0') {
            return Err(refused(name, "control_character", None));
        }
    }
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let said = error.inner().to_string();
        let quoted = said.split('`').nth(1).unwrap_or("").to_owned();
        let name = match error.path().to_string() {
            path if path == "." => quoted,
            path => path,
        };
        refused(&name, refusal::code_of(&said), Some(said))
    })
}

/// Which part of a list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

impl Paging {
    pub fn asked(self) -> Asked {
        Asked { limit: self.limit, cursor: self.cursor }
    }
}
