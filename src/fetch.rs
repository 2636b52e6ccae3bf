//! Fetching outside calendars: one request to an address that was looked up once and judged before anybody connects to it,
//! so that no second answer of a name server leads elsewhere. No redirects, no proxy, no cookies; bounded in size and time.

use std::{io::Read, net::IpAddr, sync::Arc, time::Duration};

use ureq::{
    Agent, Body,
    config::Config,
    http::{Response, StatusCode, Uri, header},
    tls::{TlsConfig, TlsProvider},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::{
    app::outside::{
        address::{Reach, parse},
        fetch::{Fetch, Fetched, LARGEST, Wanted},
    },
    domain::{outside::FetchResult, public_address::is_public},
};

/// From looking up the name to the last octet.
const WHOLE: Duration = Duration::from_secs(30);
const CONNECTING: Duration = Duration::from_secs(10);
/// Characters of an entity tag or a date that are kept.
const LONGEST_TAG: usize = 200;

/// Fetches over the web.
#[derive(Debug)]
pub struct Web {
    reach: Reach,
    agent: Agent,
}

/// Which addresses may be connected to.
type Judge = fn(IpAddr) -> bool;

/// Looks names up and hands on what may be connected to: all that was found, or nothing.
#[derive(Debug)]
struct Judged<R> {
    names: R,
    judge: Judge,
}

impl<R: Resolver> Resolver for Judged<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        // One address of somebody's inside is one too many: whoever answers so is not to be trusted with the others.
        let open = !found.is_empty() && found.iter().all(|address| (self.judge)(address.ip()));
        if open { Ok(found) } else { Err(ureq::Error::Other(Box::new(NotPublic))) }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
struct NotPublic;

impl Web {
    pub fn new(reach: Reach) -> Self {
        let judge: Judge = match reach {
            Reach::Public => is_public,
            Reach::Everywhere => |_| true,
        };
        Self::with(reach, Judged { names: DefaultResolver::default(), judge }, WHOLE)
    }

    fn with(reach: Reach, names: impl Resolver, whole: Duration) -> Self {
        let crypto = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .unversioned_rustls_crypto_provider(crypto)
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .proxy(None)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(whole))
            .timeout_connect(Some(CONNECTING.min(whole)))
            .max_response_header_size(32 * 1024)
            .max_idle_connections(0)
            .user_agent(concat!("Prostor/", env!("CARGO_PKG_VERSION")))
            .accept("text/calendar")
            .accept_encoding("identity")
            .build();
        Self { reach, agent: Agent::with_parts(config, DefaultConnector::new(), names) }
    }
}

impl Fetch for Web {
    fn fetch(&self, wanted: &Wanted) -> Result<Fetched, FetchResult> {
        // What was stored was good when it was; the rules may be stricter by now.
        let url = parse(&wanted.url, self.reach).map_err(|_| FetchResult::AddressRefused)?;
        let mut request = self.agent.get(url.as_str());
        for (name, known) in
            [(header::IF_NONE_MATCH, &wanted.etag), (header::IF_MODIFIED_SINCE, &wanted.last_modified)]
        {
            if let Some(known) = known {
                request = request.header(name, known);
            }
        }
        let response = request.call().map_err(|error| failed(&error))?;
        match response.status() {
            StatusCode::OK => read(response),
            StatusCode::NOT_MODIFIED => Ok(Fetched::Unchanged),
            status if status.is_redirection() => Err(FetchResult::Redirected),
            _ => Err(FetchResult::StatusRefused),
        }
    }

    fn reach(&self) -> Reach {
        self.reach
    }
}

fn failed(error: &ureq::Error) -> FetchResult {
    match error {
        ureq::Error::Other(why) if why.is::<NotPublic>() => FetchResult::AddressRefused,
        _ => FetchResult::Unreachable,
    }
}

fn read(response: Response<Body>) -> Result<Fetched, FetchResult> {
    let kept = |name| {
        let value = response.headers().get(name)?.to_str().ok()?;
        (value.len() <= LONGEST_TAG).then(|| value.to_owned())
    };
    let (etag, last_modified) = (kept(header::ETAG), kept(header::LAST_MODIFIED));
    let mut octets = Vec::new();
    let body = response.into_body().into_reader().take(LARGEST + 1).read_to_end(&mut octets);
    match body {
        Ok(_) if octets.len() as u64 > LARGEST => Err(FetchResult::TooLarge),
        Ok(_) => Ok(Fetched::Calendar { octets, etag, last_modified }),
        Err(_) => Err(FetchResult::Unreachable),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Write},
        net::{SocketAddr, TcpListener},
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use super::*;

    /// Answers look-ups one after the other, the last one for ever.
    #[derive(Debug)]
    struct Names {
        answers: Vec<Vec<IpAddr>>,
        port: u16,
        asked: Arc<AtomicUsize>,
    }

    impl Resolver for Names {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let turn = self.asked.fetch_add(1, Ordering::SeqCst).min(self.answers.len() - 1);
            let mut found = self.empty();
            for address in &self.answers[turn] {
                found.push(SocketAddr::new(*address, self.port));
            }
            Ok(found)
        }
    }

    /// A server that answers each request like this; tells its port and how often it was asked.
    fn server(answer: impl Fn(&mut dyn Write) + Send + 'static) -> (u16, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, asked) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
        let counted = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                let mut head = String::new();
                while reader.read_line(&mut head).is_ok_and(|length| length > 2) {}
                counted.fetch_add(1, Ordering::SeqCst);
                answer(&mut stream);
            }
        });
        (port, asked)
    }

    fn web(answers: &[&[&str]], port: u16, judge: Judge) -> (Web, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let parse = |all: &&[&str]| all.iter().map(|text| text.parse().unwrap()).collect();
        let names = Names { answers: answers.iter().map(parse).collect(), port, asked: asked.clone() };
        (Web::with(Reach::Everywhere, Judged { names, judge }, Duration::from_secs(1)), asked)
    }

    fn fetch(web: &Web, port: u16) -> Result<Fetched, FetchResult> {
        let url = format!("http://calendar.example.org:{port}/choir.ics");
        web.fetch(&Wanted { url, etag: None, last_modified: None })
    }

    fn says(text: &'static str) -> impl Fn(&mut dyn Write) + Send + 'static {
        move |stream| stream.write_all(text.as_bytes()).unwrap()
    }

    const CALENDAR: &str =
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"a\"\r\nConnection: close\r\n\r\nOK";
    /// As if this machine were a public one, and no other were.
    const HERE: Judge = |address| address.is_loopback() && address.is_ipv4();

    #[test]
    fn a_name_that_leads_inside_is_never_connected_to() {
        let (port, asked) = server(says(CALENDAR));
        for inside in [
            "127.0.0.1",
            "10.0.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "::1",
            "::ffff:127.0.0.1",
            "fe80::1",
            "fd00:ec2::254",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
        ] {
            let (web, _) = web(&[&[inside]], port, is_public);
            assert_eq!(fetch(&web, port), Err(FetchResult::AddressRefused), "{inside}");
        }
        // One inside among those outside is as bad, in whatever place; and so is none at all.
        for answer in [&["127.0.0.1", "10.0.0.1"][..], &["10.0.0.1", "127.0.0.1"], &[]] {
            let (web, _) = web(&[answer], port, HERE);
            assert_eq!(fetch(&web, port), Err(FetchResult::AddressRefused), "{answer:?}");
        }
        assert_eq!(asked.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn what_was_judged_is_what_is_connected_to() {
        let (port, asked) = server(says(CALENDAR));
        // The second answer would lead inside: nobody asks for it.
        let (web, lookups) = web(&[&["127.0.0.1"], &["127.0.0.2"]], port, HERE);
        let fetched = fetch(&web, port).unwrap();
        let wanted =
            Fetched::Calendar { octets: b"OK".to_vec(), etag: Some("\"a\"".to_owned()), last_modified: None };
        assert_eq!((fetched, lookups.load(Ordering::SeqCst), asked.load(Ordering::SeqCst)), (wanted, 1, 1));
    }

    #[test]
    fn redirects_and_other_answers_are_told_and_not_followed() {
        for (answer, wanted) in [
            (
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                Err(FetchResult::Redirected),
            ),
            (
                "HTTP/1.1 301 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
                Err(FetchResult::Redirected),
            ),
            (
                "HTTP/1.1 307 Moved\r\nLocation: /choir.ics\r\nContent-Length: 0\r\n\r\n",
                Err(FetchResult::Redirected),
            ),
            ("HTTP/1.1 304 Not Modified\r\n\r\n", Ok(Fetched::Unchanged)),
            ("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", Err(FetchResult::StatusRefused)),
            ("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", Err(FetchResult::StatusRefused)),
            ("SSH-2.0-OpenSSH_9.6\r\n\r\n", Err(FetchResult::Unreachable)),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", Err(FetchResult::Unreachable)),
        ] {
            let (port, asked) = server(says(answer));
            let (web, _) = web(&[&["127.0.0.1"]], port, HERE);
            assert_eq!(fetch(&web, port), wanted, "{answer}");
            assert_eq!(asked.load(Ordering::SeqCst), 1, "{answer}");
        }
    }

    #[test]
    fn size_and_time_are_bounded() {
        let endless = |stream: &mut dyn Write| {
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
            let octets = vec![b'x'; 64 * 1024];
            let mut written = stream.write_all(head.as_bytes());
            while written.is_ok() {
                written = stream.write_all(&octets);
            }
        };
        let slow = |stream: &mut dyn Write| {
            // A drop at a time, for ever.
            let mut written = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
            while written.is_ok() {
                thread::sleep(Duration::from_millis(50));
                written = stream.write_all(b"x").and_then(|()| stream.flush());
            }
        };
        let (port, _) = server(endless);
        let (big, _) = web(&[&["127.0.0.1"]], port, HERE);
        assert_eq!(fetch(&big, port), Err(FetchResult::TooLarge));
        let (port, _) = server(slow);
        let (never, _) = web(&[&["127.0.0.1"]], port, HERE);
        assert_eq!(fetch(&never, port), Err(FetchResult::Unreachable));
        let silent = |_: &mut dyn Write| thread::sleep(Duration::from_secs(5));
        let (port, _) = server(silent);
        let (silent, _) = web(&[&["127.0.0.1"]], port, HERE);
        assert_eq!(fetch(&silent, port), Err(FetchResult::Unreachable));
    }

    #[test]
    fn an_address_that_was_kept_is_judged_again() {
        let web = Web::new(Reach::Public);
        for url in [
            "http://127.0.0.1/",
            "http://localhost/",
            "http://0x7f000001/",
            "https://[::1]/",
            "file:///etc/passwd",
            "https://u:p@example.org/",
        ] {
            let wanted = Wanted { url: url.to_owned(), etag: None, last_modified: None };
            assert_eq!(web.fetch(&wanted), Err(FetchResult::AddressRefused), "{url}");
        }
    }
}
