//! Who is calling, as far as addresses tell: the peer, or behind declared proxies what they say of it.
//!
//! A client can write what it likes into the headers, so only what trusted proxies appended counts: of
//! `X-Forwarded-For` or `Forwarded` (RFC 7239) the right-most address that is not a trusted proxy's.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use actix_web::http::header::{self, HeaderMap};

/// An address or a network (`10.0.0.0/8`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// Neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither an address nor a network such as 10.0.0.0/8")]
pub struct InvalidNetwork(String);

impl FromStr for Network {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.to_owned());
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| invalid())?;
        if bits > most {
            return Err(invalid());
        }
        Ok(Self { address, bits })
    }
}

impl Network {
    pub fn contains(self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// The proxies that may say whom they speak for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(pub Vec<Network>);

impl Proxies {
    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The caller's address. Where the two headers disagree one of them is the client's invention,
    /// so the proxy's own address is taken.
    pub fn client(&self, peer: Option<SocketAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let peer = peer?.ip().to_canonical();
        if !self.trust(peer) {
            return Some(peer);
        }
        let plain = self.outermost(&values(headers, header::X_FORWARDED_FOR), address);
        let standard = self.outermost(&values(headers, header::FORWARDED), for_parameter);
        match (plain, standard) {
            (Some(one), None) | (None, Some(one)) => Some(one),
            (Some(one), Some(other)) if one == other => Some(one),
            _ => Some(peer),
        }
    }

    fn outermost(&self, elements: &[&str], read: fn(&str) -> Option<IpAddr>) -> Option<IpAddr> {
        let mut last = None;
        for element in elements.iter().rev() {
            // An address that can't be read ends what is known.
            let Some(address) = read(element) else { break };
            last = Some(address);
            if !self.trust(address) {
                break;
            }
        }
        last
    }
}

fn values(headers: &HeaderMap, name: header::HeaderName) -> Vec<&str> {
    let texts = headers.get_all(name).map(|value| value.to_str().unwrap_or(""));
    texts.flat_map(|text| text.split(',')).map(str::trim).collect()
}

/// `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]:80`.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().ok().or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()));
    address.map(|address: IpAddr| address.to_canonical())
}

fn for_parameter(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        name.eq_ignore_ascii_case("for").then(|| address(value.trim_matches('"')))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_and_contain_their_addresses() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("192.0.2.7", "::ffff:192.0.2.7", "::1"),
            ("2001:db8::/32", "2001:db8:1::1", "2001:db9::1"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("::/0", "2001:db8::1", "10.0.0.1"),
        ] {
            let network: Network = network.parse().unwrap();
            assert!(network.contains(inside.parse().unwrap()), "{network:?} {inside}");
            assert!(!network.contains(outside.parse().unwrap()), "{network:?} {outside}");
        }
        for text in ["", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "proxy", "10.0.0.0/8/8"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_what_trusted_proxies_appended_counts() {
        let proxies = Proxies(vec!["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()]);
        for (peer, plain, standard, client) in [
            ("203.0.113.9:1", Some("1.1.1.1"), None, "203.0.113.9"),
            ("10.0.0.1:1", None, None, "10.0.0.1"),
            ("10.0.0.1:1", Some("1.1.1.1"), None, "1.1.1.1"),
            ("10.0.0.1:1", Some("9.9.9.9, 1.1.1.1, 10.0.0.2"), None, "1.1.1.1"),
            ("10.0.0.1:1", Some("9.9.9.9, nonsense, 10.0.0.2"), None, "10.0.0.2"),
            ("10.0.0.1:1", Some("10.0.0.3, 10.0.0.2"), None, "10.0.0.3"),
            ("10.0.0.1:1", Some("nonsense"), None, "10.0.0.1"),
            ("[::1]:1", Some("[2001:db8::1]:443"), None, "2001:db8::1"),
            ("10.0.0.1:1", None, Some("for=9.9.9.9, For=\"[2001:db8::1]:80\";proto=https"), "2001:db8::1"),
            ("10.0.0.1:1", None, Some("proto=https;for=1.1.1.1:99"), "1.1.1.1"),
            ("10.0.0.1:1", None, Some("for=_hidden"), "10.0.0.1"),
            ("10.0.0.1:1", Some("1.1.1.1"), Some("for=1.1.1.1"), "1.1.1.1"),
            ("10.0.0.1:1", Some("1.1.1.1"), Some("for=2.2.2.2"), "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in [(header::X_FORWARDED_FOR, plain), (header::FORWARDED, standard)] {
                if let Some(value) = value {
                    headers.append(name, value.parse().unwrap());
                }
            }
            let found = proxies.client(Some(peer.parse().unwrap()), &headers);
            assert_eq!(found, Some(client.parse().unwrap()), "{peer} {plain:?} {standard:?}");
        }
        assert_eq!(proxies.client(None, &HeaderMap::new()), None);
    }
}
