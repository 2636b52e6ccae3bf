//! What every handler receives: who calls, in which language, under which precondition and idempotency
//! key, and the body, read once and strictly.

use std::{future::Future, pin::Pin, sync::Arc, time::Duration};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    http::{Method, header},
    web,
};
use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::StreamExt;

pub use super::body::{FromBody, Json, LARGEST_BODY, Perhaps, Raw};
use super::{idempotency_key, problem::Problem, scopes};
use crate::{
    app::{
        App, Claim, Done,
        accounts::api_keys,
        credentials::random::TokenHash,
        error::{Code, Error},
    },
    domain::{
        access::Actor,
        ids::{SessionId, UserId},
        locale::Locale,
        scope::Scope,
    },
};

/// A caller is answered by then; what was begun goes on. Longer than any statement may take.
const DEADLINE: Duration = Duration::from_secs(40);
/// Characters of what a program says of itself.
const LONGEST_CLIENT: usize = 200;
/// `If-Match` is read as plain text; what is no entity tag of ours matches nothing.
pub(super) const TAGS_PATTERN: &str = r"^[\t -~]*$";

/// The precondition of a change (RFC 9110, 13.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    Any,
    /// Strong entity tags that are versions; weak or foreign ones match nothing.
    Versions(Vec<i64>),
}

/// What a caller presented.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bearer {
    /// An access token, verified.
    Session { user: UserId, session: SessionId },
    /// What looks like a key; whose it is stands in the database.
    Key(TokenHash),
}

impl Bearer {
    /// By whom idempotency keys are told apart.
    fn caller(&self) -> String {
        match self {
            Self::Session { user, .. } => user.to_string(),
            Self::Key(hash) => URL_SAFE_NO_PAD.encode(hash.as_bytes()),
        }
    }
}

/// A request, read: `T` is its body, `()` where it has none.
pub struct Call<T = ()> {
    pub body: T,
    pub locale: Locale,
    pub if_match: Option<IfMatch>,
    app: Arc<App>,
    bearer: Option<Bearer>,
    /// The status of success is not known yet.
    claim: Option<Claim>,
    /// What a key must be for; `None` where it can't be for this.
    scope: Option<Scope>,
    client: Option<String>,
    /// Whether the method only reads (RFC 9110, 9.2.1).
    safe: bool,
}

/// What an application function is given beside its own arguments.
pub struct Context {
    pub app: Arc<App>,
    pub actor: Actor,
    pub locale: Locale,
    pub if_match: Option<IfMatch>,
    /// The program that calls, as it says of itself.
    pub client: Option<String>,
    claim: Option<Claim>,
}

impl Context {
    /// The claim for a request whose success is answered with `status`.
    pub fn claim(&self, status: u16) -> Option<Claim> {
        self.claim.clone().map(|claim| Claim { status, ..claim })
    }

    /// The precondition of a `PATCH`, `PUT` or `DELETE`.
    ///
    /// # Errors
    /// `precondition_required` without `If-Match`.
    pub fn required_match(&self) -> Result<crate::app::version::Expected, Error> {
        self.if_match.clone().map(Into::into).ok_or(Code::PreconditionRequired.into())
    }

    /// The precondition of an action, which may be left out.
    pub fn optional_match(&self) -> crate::app::version::Expected {
        self.if_match.clone().map_or(crate::app::version::Expected::Any, Into::into)
    }
}

impl From<IfMatch> for crate::app::version::Expected {
    fn from(wanted: IfMatch) -> Self {
        match wanted {
            IfMatch::Any => Self::Any,
            IfMatch::Versions(versions) => Self::OneOf(versions),
        }
    }
}

impl<T: Send + 'static> Call<T> {
    /// Runs what only reads.
    ///
    /// # Errors
    /// What `f` returns, as a problem in the caller's language.
    pub async fn run<R, F>(self, f: F) -> Result<R, Problem>
    where
        R: Send + 'static,
        F: FnOnce(Context, T) -> Result<R, Error> + Send + 'static,
    {
        self.enter(|caller, body| f(caller.context()?, body)).await
    }

    /// Runs a command. A refusal of a request that was answered before under the same idempotency key is that
    /// answer again: what it changed itself does not stand against it.
    ///
    /// # Errors
    /// What `f` returns, as a problem in the caller's language.
    pub async fn change<R, F>(self, f: F) -> Result<Done<R>, Problem>
    where
        R: Send + 'static,
        F: FnOnce(Context, T) -> Result<Done<R>, Error> + Send + 'static,
    {
        self.enter(|caller, body| {
            let (app, claim) = (caller.app.clone(), caller.claim.clone());
            let done = caller.context().and_then(|context| f(context, body));
            match (done, claim) {
                (Err(refusal), Some(claim)) => app.replay(&claim, refusal),
                (done, _) => done,
            }
        })
        .await
    }

    /// Enters the synchronous application on a blocking thread, with the tracing span of the request. The one
    /// way in.
    async fn enter<R, F>(self, f: F) -> Result<R, Problem>
    where
        R: Send + 'static,
        F: FnOnce(Caller, T) -> Result<R, Error> + Send + 'static,
    {
        let Self { body, locale, if_match, app, bearer, claim, scope, client, safe } = self;
        let span = tracing::Span::current();
        let outcome = web::block(move || {
            let _entered = span.entered();
            f(Caller { app, bearer, locale, if_match, claim, scope, client }, body)
        });
        let late = if safe { Code::Overloaded } else { Code::OutcomeUnknown };
        let outcome = match actix_web::rt::time::timeout(DEADLINE, outcome).await {
            Ok(answer) => answer.map_err(|_| Error::Plain(Code::Overloaded)).and_then(|answer| answer),
            Err(_) => Err(late.into()),
        };
        outcome.map_err(|error| Problem { error, locale })
    }
}

/// Who calls, before it was looked up whether they still may.
struct Caller {
    app: Arc<App>,
    bearer: Option<Bearer>,
    locale: Locale,
    if_match: Option<IfMatch>,
    claim: Option<Claim>,
    scope: Option<Scope>,
    client: Option<String>,
}

impl Caller {
    /// With the caller's roles as they are now. The one place that makes an actor, and so the one that holds keys to
    /// their scopes.
    fn context(self) -> Result<Context, Error> {
        let Self { app, bearer, locale, if_match, mut claim, scope, client } = self;
        let actor = match bearer {
            Some(Bearer::Session { user, session }) => app.db.look(|tx| app.actor(tx, user, session))?,
            Some(Bearer::Key(hash)) => {
                let (actor, scopes) = api_keys::actor(&app, &hash)?;
                if !scope.is_some_and(|scope| scopes.contains(&scope)) {
                    return Err(Code::ScopeMissing.into());
                }
                if let Some(claim) = &mut claim {
                    claim.user = actor.person().map(|person| person.id);
                }
                actor
            }
            None => Actor::Anonymous,
        };
        Ok(Context { app, actor, locale, if_match, client, claim })
    }
}

impl<T: FromBody + 'static> FromRequest for Call<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let locale = locale(&request);
            read(&request, payload, locale).await.map_err(|error| Problem { error, locale })
        })
    }
}

async fn read<T: FromBody>(
    request: &HttpRequest,
    payload: Payload,
    locale: Locale,
) -> Result<Call<T>, Error> {
    let app = request
        .app_data::<web::Data<App>>()
        .map(|data| data.clone().into_inner())
        .ok_or_else(|| Error::Broken("the application is not registered".to_owned()))?;
    // Signing in or staying so must not fail for a token that is over, and that of the metrics is not ours.
    let bearer = match bearer(request, &app) {
        Err(_) if is_auth(request) || is_metrics(request) => None,
        Ok(Some(Bearer::Key(_))) if is_metrics(request) => None,
        answer => answer?,
    };
    let if_match = if_match(request)?;
    // Who presents nothing gets no more than a question read.
    let largest = if bearer.is_some() { T::LARGEST } else { LARGEST_BODY };
    let arrived = actix_web::rt::time::timeout(T::WITHIN, collect(payload, largest)).await;
    let bytes = arrived.unwrap_or(Err(Code::RequestTimeout.into()))?;
    let content_type = text(request, header::CONTENT_TYPE.as_str())?;
    let claim = claim(request, bearer, &bytes)?;
    let body = T::from_body(&bytes, content_type)?;
    let safe = request.method().is_safe();
    let scope = matches!(bearer, Some(Bearer::Key(_))).then(|| scopes::needed(request)).flatten();
    Ok(Call { body, locale, if_match, app, bearer, claim, scope, client: client(request), safe })
}

async fn collect(mut payload: Payload, largest: usize) -> Result<web::BytesMut, Error> {
    let mut bytes = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| Error::Detailed(Code::Malformed, error.to_string()))?;
        if bytes.len() + chunk.len() > largest {
            return Err(Code::TooLarge.into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The language the caller reads.
pub fn locale(request: &HttpRequest) -> Locale {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wanted.map_or_else(Locale::default, Locale::negotiate)
}

/// `User-Agent`, if it is plain text: one line, cut to a length that people can read.
fn client(request: &HttpRequest) -> Option<String> {
    let said = request.headers().get(header::USER_AGENT)?.to_str().ok()?;
    let said: String = said.chars().filter(|c| !c.is_control()).take(LONGEST_CLIENT).collect();
    Some(said.trim().to_owned()).filter(|said| !said.is_empty())
}

fn text<'r>(request: &'r HttpRequest, name: &str) -> Result<Option<&'r str>, Error> {
    let value = request.headers().get(name).map(header::HeaderValue::to_str).transpose();
    value.map_err(|_| Error::Detailed(Code::Malformed, format!("the header {name} is not plain text")))
}

/// Verified once a request: the rate limit asks first.
pub(super) fn bearer(request: &HttpRequest, app: &App) -> Result<Option<Bearer>, Error> {
    if let Some(verified) = request.extensions().get::<Bearer>() {
        return Ok(Some(*verified));
    }
    let Some(value) = text(request, header::AUTHORIZATION.as_str())? else { return Ok(None) };
    let unauthenticated = || Error::Plain(Code::Unauthenticated);
    let (scheme, token) = value.split_once(' ').ok_or_else(unauthenticated)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(unauthenticated());
    }
    let token = token.trim();
    if token.starts_with(api_keys::MARK) {
        return Ok(Some(Bearer::Key(TokenHash::of(token))));
    }
    let claims = app.keys.verify(token, app.now()).map_err(|_| unauthenticated())?;
    let verified = Bearer::Session { user: claims.user, session: claims.session };
    request.extensions_mut().insert(verified);
    Ok(Some(verified))
}

fn if_match(request: &HttpRequest) -> Result<Option<IfMatch>, Error> {
    let Some(value) = text(request, header::IF_MATCH.as_str())? else { return Ok(None) };
    if value.trim() == "*" {
        return Ok(Some(IfMatch::Any));
    }
    let version = |tag: &str| tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok();
    Ok(Some(IfMatch::Versions(value.split(',').filter_map(version).collect())))
}

/// Below `/auth`; the path as the router reads it, not as it may be percent-encoded.
fn is_auth(request: &HttpRequest) -> bool {
    request.match_info().as_str().starts_with("/api/v1/auth/")
}

fn is_metrics(request: &HttpRequest) -> bool {
    request.match_info().as_str() == "/api/v1/metrics"
}

/// `Idempotency-Key`, quoted or bare, on unsafe methods outside `/auth`.
fn claim(request: &HttpRequest, bearer: Option<Bearer>, body: &[u8]) -> Result<Option<Claim>, Error> {
    let Some(key) = text(request, "idempotency-key")? else { return Ok(None) };
    if request.method() == Method::GET || is_auth(request) {
        return Ok(None);
    }
    let key = idempotency_key::parse(key).ok_or_else(|| {
        let what = "Idempotency-Key has 1 to 255 printable characters, no spaces or quotation marks within";
        Error::Detailed(Code::Malformed, what.to_owned())
    })?;
    let caller = bearer.map(|bearer| bearer.caller());
    let parts = [
        caller.as_deref().unwrap_or(""),
        request.method().as_str(),
        request.uri().path_and_query().map_or("", |path| path.as_str()),
        key,
    ];
    let claim = digest::digest(&digest::SHA256, parts.join("\n").as_bytes());
    let fingerprint = digest::digest(&digest::SHA256, body);
    Ok(Some(Claim {
        claim: claim.as_ref().to_vec(),
        fingerprint: fingerprint.as_ref().to_vec(),
        user: match bearer {
            Some(Bearer::Session { user, .. }) => Some(user),
            // Who owns the key is not known yet.
            Some(Bearer::Key(_)) | None => None,
        },
        status: 200,
    }))
}
