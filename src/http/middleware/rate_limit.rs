//! Limits on the rate of requests: per person when signed in, else per address, less for `/auth`, more for images, and apart
//! from these for metrics and readiness.
//!
//! Answers tell what is left (draft-ietf-httpapi-ratelimit-headers-10). The generic cell rate algorithm:
//! a minute's requests at once, then as they come back one by one.

use std::{
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
};

use actix_web::{
    Error as ActixError, HttpRequest, HttpResponse, ResponseError,
    body::{EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
    middleware::Next,
    web,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};

use super::client::Proxies;
use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::ids::UserId,
    http::{call, openapi, problem::Problem},
};

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STATE: HeaderName = HeaderName::from_static("ratelimit");
/// Seconds.
const WINDOW: u32 = 60;
/// Images to a request of an address: a page of results shows so many, which browsers then keep.
const IMAGES: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");
/// Callers long gone are forgotten every so many requests.
const SWEEP: u32 = 4096;

/// Requests a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Per person.
    pub signed_in: NonZeroU32,
    /// Per address (IPv6: per /64).
    pub anonymous: NonZeroU32,
    /// Per address, below `/auth`.
    pub auth: NonZeroU32,
    /// Per address, for metrics and readiness, which look into the database. Liveness is never refused.
    pub service: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        let limit = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        Self { signed_in: limit(600), anonymous: limit(300), auth: limit(30), service: limit(600) }
    }
}

/// A text that does not set limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is on, off or requests a minute, each at least 1: signed-in=600,anonymous=300,auth=30,service=600")]
pub struct InvalidLimits;

impl FromStr for Limits {
    type Err = InvalidLimits;

    fn from_str(text: &str) -> Result<Self, InvalidLimits> {
        let mut limits = Self::default();
        for part in text.split(',') {
            let (name, number) = part.split_once('=').ok_or(InvalidLimits)?;
            let limit = match name.trim() {
                "signed-in" => &mut limits.signed_in,
                "anonymous" => &mut limits.anonymous,
                "auth" => &mut limits.auth,
                "service" => &mut limits.service,
                _ => return Err(InvalidLimits),
            };
            *limit = number.trim().parse().map_err(|_| InvalidLimits)?;
        }
        Ok(limits)
    }
}

struct Limiter<K: Hash + Eq + Clone> {
    name: &'static str,
    limit: NonZeroU32,
    keys: RateLimiter<K, DefaultKeyedStateStore<K>, DefaultClock, StateInformationMiddleware>,
    asked: AtomicU32,
}

/// What a limiter says of one request.
struct Verdict {
    name: &'static str,
    limit: NonZeroU32,
    remaining: u32,
    /// Seconds until one more may come; `None`: this one may.
    wait: Option<u64>,
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(name: &'static str, limit: NonZeroU32) -> Self {
        let keys = RateLimiter::keyed(Quota::per_minute(limit)).with_middleware();
        Self { name, limit, keys, asked: AtomicU32::new(0) }
    }

    fn ask(&self, key: &K) -> Verdict {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.keys.retain_recent();
        }
        let (remaining, wait) = match self.keys.check_key(key) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(until) => {
                let wait = until.wait_time_from(self.keys.clock().now());
                (0, Some(wait.as_secs() + 1))
            }
        };
        Verdict { name: self.name, limit: self.limit, remaining, wait }
    }
}

impl Verdict {
    fn write(&self, headers: &mut HeaderMap) {
        let Self { name, limit, remaining, wait } = self;
        // Seconds until all are back.
        let used = u64::from(limit.get() - (*remaining).min(limit.get()));
        let reset = (used * u64::from(WINDOW)).div_ceil(u64::from(limit.get()));
        let mut insert = |header, value: String| {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(header, value);
            }
        };
        insert(POLICY, format!("\"{name}\";q={limit};w={WINDOW}"));
        insert(STATE, format!("\"{name}\";r={remaining};t={reset}"));
        if let Some(wait) = wait {
            insert(RETRY_AFTER, wait.to_string());
        }
    }
}

/// The limiters of one server, shared by its workers.
pub struct Limiters {
    proxies: Proxies,
    people: Limiter<UserId>,
    addresses: Limiter<IpAddr>,
    auth: Limiter<IpAddr>,
    service: Limiter<IpAddr>,
    images: Limiter<IpAddr>,
}

impl Limiters {
    pub fn new(limits: Limits, proxies: Proxies) -> Self {
        Self {
            proxies,
            people: Limiter::new("signed-in", limits.signed_in),
            addresses: Limiter::new("anonymous", limits.anonymous),
            auth: Limiter::new("auth", limits.auth),
            service: Limiter::new("service", limits.service),
            images: Limiter::new("images", limits.anonymous.saturating_mul(IMAGES)),
        }
    }

    fn address(&self, request: &HttpRequest) -> Option<IpAddr> {
        self.proxies.client(request.peer_addr(), request.headers()).map(household)
    }

    /// `None` where nothing is limited.
    fn ask(&self, request: &ServiceRequest, app: &App) -> Option<Verdict> {
        // The path as the router reads it: percent-encoded, it would pass by every limit.
        let path = request.match_info().as_str().strip_prefix(openapi::BASE)?;
        if path == "/health/live" {
            return None;
        }
        let address = || self.address(request.request()).unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED));
        if path == "/health/ready" || path == "/metrics" {
            return Some(self.service.ask(&address()));
        }
        if path.starts_with("/images/") {
            return Some(self.images.ask(&address()));
        }
        // A refresh token can't be guessed, and every page that is opened anew begins with it.
        if path.starts_with("/auth/") && path != "/auth/refresh" {
            return Some(self.auth.ask(&address()));
        }
        // A token that does not verify says nothing about who calls, nor does a key before it is looked up.
        match call::bearer(request.request(), app) {
            Ok(Some(call::Bearer::Session { user, .. })) => Some(self.people.ask(&user)),
            _ => Some(self.addresses.ask(&address())),
        }
    }
}

/// The caller's address, as far as it is one household's; where rates have no limits proxies are not known, and it is the
/// nearest one's.
pub fn household_of(request: &HttpRequest) -> Option<IpAddr> {
    let limiters = request.app_data::<web::Data<Option<Limiters>>>().and_then(|data| data.get_ref().as_ref());
    match limiters {
        Some(limiters) => limiters.address(request),
        None => request.peer_addr().map(|peer| household(peer.ip().to_canonical())),
    }
}

/// One connection is given a whole IPv6 /64.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

/// Refuses with 429 what comes too often.
pub async fn limit<B: MessageBody>(
    app: web::Data<App>,
    limiters: web::Data<Option<Limiters>>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, ActixError> {
    let verdict = limiters.as_ref().as_ref().and_then(|limiters| limiters.ask(&request, &app));
    let Some(verdict) = verdict else {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    };
    let mut response = if verdict.wait.is_some() {
        let locale = call::locale(request.request());
        let problem = Problem { error: Error::Plain(Code::RateLimited), locale };
        let response: HttpResponse = problem.error_response();
        request.into_response(response).map_into_right_body()
    } else {
        next.call(request).await?.map_into_left_body()
    };
    verdict.write(response.headers_mut());
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read() {
        let limits: Limits = "auth=5, signed-in=1000".parse().unwrap();
        assert_eq!((limits.auth.get(), limits.signed_in.get(), limits.anonymous.get()), (5, 1000, 300));
        for text in ["", "5", "auth", "auth=0", "auth=-1", "auth=x", "others=5", "auth=5;anonymous=1"] {
            assert_eq!(text.parse::<Limits>(), Err(InvalidLimits), "{text}");
        }
    }

    #[test]
    fn each_key_has_its_own_requests_and_is_told_what_is_left() {
        let limiter = Limiter::new("auth", NonZeroU32::new(3).unwrap());
        let told = |key: &u8| {
            let verdict = limiter.ask(key);
            let mut headers = HeaderMap::new();
            verdict.write(&mut headers);
            let text = |name| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            (text(STATE).unwrap(), text(RETRY_AFTER).is_some(), text(POLICY).unwrap())
        };
        let policy = "\"auth\";q=3;w=60".to_owned();
        assert_eq!(told(&1), ("\"auth\";r=2;t=20".to_owned(), false, policy.clone()));
        assert_eq!(told(&1), ("\"auth\";r=1;t=40".to_owned(), false, policy.clone()));
        assert_eq!(told(&1), ("\"auth\";r=0;t=60".to_owned(), false, policy.clone()));
        assert_eq!(told(&1), ("\"auth\";r=0;t=60".to_owned(), true, policy.clone()));
        assert_eq!(told(&2).0, "\"auth\";r=2;t=20");
        let wait = limiter.ask(&1).wait.unwrap();
        assert!((19..=21).contains(&wait), "{wait}");
    }

    #[test]
    fn a_network_of_ipv6_is_one_caller() {
        for (address, key) in [
            ("192.0.2.1", "192.0.2.1"),
            ("2001:db8:0:1:aaaa::1", "2001:db8:0:1::"),
            ("2001:db8:0:1:bbbb::2", "2001:db8:0:1::"),
            ("2001:db8:0:2::1", "2001:db8:0:2::"),
        ] {
            assert_eq!(household(address.parse().unwrap()), key.parse::<IpAddr>().unwrap());
        }
    }
}
