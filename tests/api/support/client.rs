//! Requests as short as the stories need them.

use std::{future::IntoFuture, pin::Pin};

use reqwest::{Method, RequestBuilder, header::HeaderMap};
use serde_json::Value;

use super::{
    Person, TestApp,
    contract::{self, Sent},
};

impl TestApp {
    /// A request below `/api/v1`, or anywhere else if `path` begins with `//`.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let url = match path.strip_prefix('/').filter(|rest| rest.starts_with('/')) {
            Some(elsewhere) => format!("{}{elsewhere}", self.url),
            None => format!("{}/api/v1{path}", self.url),
        };
        let path_and_query = url.strip_prefix(&self.url).unwrap_or("").to_owned();
        let sent = Sent { method: method.to_string(), path: path_and_query, body: None };
        Call { what: format!("{method} {path}"), sent, request: self.client.request(method, url) }
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str, body: Value) -> Call {
        self.call(Method::POST, path).json(body)
    }

    /// `If-Match` is the version the body's change is for.
    pub fn patch(&self, path: &str, version: i64, body: Value) -> Call {
        self.call(Method::PATCH, path).if_match(version).json(body)
    }

    pub fn put(&self, path: &str, version: i64, body: Value) -> Call {
        self.call(Method::PUT, path).if_match(version).json(body)
    }

    pub fn delete(&self, path: &str, version: i64) -> Call {
        self.call(Method::DELETE, path).if_match(version)
    }
}

/// A request in the making; `.await` sends it, and holds the reply against the OpenAPI document.
pub struct Call {
    what: String,
    sent: Sent,
    request: RequestBuilder,
}

impl Call {
    /// Signed in.
    pub fn by(self, person: &Person) -> Self {
        let token = person.token.clone();
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn if_match(self, version: i64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    /// Under an idempotency key.
    pub fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn json(mut self, body: Value) -> Self {
        self.request = self.request.json(&body);
        self.sent.body = Some(body);
        self
    }

    /// A body as it is, with a content type.
    pub fn raw(mut self, content_type: &str, body: impl Into<reqwest::Body>) -> Self {
        self.request = self.request.header("content-type", content_type).body(body);
        self
    }
}

impl IntoFuture for Call {
    type Output = Reply;
    type IntoFuture = Pin<Box<dyn Future<Output = Reply>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let response = self.request.send().await.unwrap_or_else(|error| panic!("{}: {error}", self.what));
            let (status, headers) = (response.status().as_u16(), response.headers().clone());
            let body = response.bytes().await.unwrap_or_else(|error| panic!("{}: {error}", self.what));
            let text = String::from_utf8_lossy(&body).into_owned();
            let json = serde_json::from_str(&text).unwrap_or(Value::Null);
            let reply = Reply { what: self.what, status, headers, body: body.into(), text, json };
            contract::keep(&self.sent, &reply);
            reply
        })
    }
}

/// An answer. `json` is null where the body is not JSON.
#[derive(Debug)]
pub struct Reply {
    pub what: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// The body, what is no UTF-8 in it replaced.
    pub text: String,
    pub json: Value,
}

impl Reply {
    /// The body, if the status is this one; fails with the whole answer otherwise.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{} answered {}", self.what, self.text);
        self.json
    }

    /// A problem with this status and code, answered as RFC 9457 wants it.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let body = self.expect(status);
        assert_eq!((&body["code"], &body["status"]), (&code.into(), &status.into()), "{body}");
        body
    }

    /// A header's value, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}
