//! Which network addresses are everybody's: only those may the service be sent to by what people type (DESIGN 8; the
//! registries of special-purpose addresses, RFC 6890 and what followed it).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are not everybody's: first address and length of the prefix.
const CLOSED_V4: [([u8; 4], u32); 15] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 4),
    ([240, 0, 0, 0], 4),
];

/// What of 2000::/3, the only part of IPv6 that is given out, is not everybody's: protocols (Teredo among them),
/// documentation, 6to4.
const CLOSED_V6: [([u16; 3], u32); 4] =
    [([0x2001, 0, 0], 23), ([0x2001, 0xdb8, 0], 32), ([0x3fff, 0, 0], 20), ([0x2002, 0, 0], 16)];

/// The prefix behind which translators keep IPv4 (RFC 6052): as public as what stands in it.
const NAT64: u128 = 0x0064_ff9b_u128 << 96;

/// Whether an address is everybody's. An IPv4 address within an IPv6 one is judged by itself.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match (address.to_ipv4_mapped(), translated(address)) {
            (Some(within), _) | (None, Some(within)) => is_public_v4(within),
            (None, None) => is_public_v6(address),
        },
    }
}

/// Whether a name is one that no public server has: of this machine or the network around it.
pub fn is_local_name(name: &str) -> bool {
    const LOCAL: [&str; 8] =
        ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "home.arpa"];
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    let below = |suffix: &str| name == suffix || name.ends_with(&format!(".{suffix}"));
    !name.contains('.') || LOCAL.into_iter().any(below)
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !CLOSED_V4
        .iter()
        .any(|(network, length)| (bits ^ Ipv4Addr::from(*network).to_bits()) >> (32 - length) == 0)
}

fn translated(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let bits = address.to_bits();
    let low = u32::try_from(bits & 0xffff_ffff).ok()?;
    (bits >> 32 == NAT64 >> 32).then(|| Ipv4Addr::from_bits(low))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    let closed = |([a, b, c], length): &([u16; 3], u32)| {
        let network = Ipv6Addr::new(*a, *b, *c, 0, 0, 0, 0, 0).to_bits();
        (bits ^ network) >> (128 - length) == 0
    };
    bits >> 125 == 0b001 && !CLOSED_V6.iter().any(closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESSES: &[(&str, bool)] = &[
        ("8.8.8.8", true),
        ("193.2.1.66", true),
        ("172.15.255.255", true),
        ("172.32.0.0", true),
        ("100.63.255.255", true),
        ("100.128.0.0", true),
        ("169.253.255.255", true),
        ("198.20.0.0", true),
        ("223.255.255.255", true),
        ("0.0.0.0", false),
        ("0.1.2.3", false),
        ("10.0.0.1", false),
        ("10.255.255.255", false),
        ("100.64.0.1", false),
        ("100.127.255.255", false),
        ("127.0.0.1", false),
        ("127.255.255.254", false),
        ("169.254.169.254", false),
        ("172.16.0.1", false),
        ("172.31.255.255", false),
        ("192.0.0.8", false),
        ("192.0.2.1", false),
        ("192.88.99.1", false),
        ("192.168.1.1", false),
        ("198.18.0.1", false),
        ("198.19.255.255", false),
        ("198.51.100.1", false),
        ("203.0.113.1", false),
        ("224.0.0.1", false),
        ("239.255.255.255", false),
        ("240.0.0.1", false),
        ("255.255.255.255", false),
        ("2001:1470:8000::1", true),
        ("2a00:ee2::1", true),
        ("2606:4700:4700::1111", true),
        ("::", false),
        ("::1", false),
        // IPv4 within IPv6: mapped, compatible, translated, 6to4, Teredo.
        ("::ffff:127.0.0.1", false),
        ("::ffff:10.0.0.1", false),
        ("::ffff:169.254.169.254", false),
        ("::ffff:8.8.8.8", true),
        ("::127.0.0.1", false),
        ("::8.8.8.8", false),
        ("64:ff9b::127.0.0.1", false),
        ("64:ff9b::a9fe:a9fe", false),
        ("64:ff9b::8.8.8.8", true),
        ("64:ff9b:1::8.8.8.8", false),
        ("2002:7f00:1::", false),
        ("2002:808:808::", false),
        ("2001:0:53aa:64c:0:7a5b:f5ff:fffe", false),
        ("fe80::1", false),
        ("febf::1", false),
        ("fec0::1", false),
        ("fc00::1", false),
        ("fd12:3456:789a::1", false),
        ("fd00:ec2::254", false),
        ("ff02::1", false),
        ("2001:db8::1", false),
        ("3fff::1", false),
        ("100::1", false),
        ("5f00::1", false),
    ];

    #[test]
    fn only_what_is_everybodys_is_public() {
        for (text, public) in ADDRESSES {
            assert_eq!(is_public(text.parse().unwrap()), *public, "{text}");
        }
    }

    #[test]
    fn names_of_this_machine_and_its_network_are_local() {
        for (name, local) in [
            ("localhost", true),
            ("LOCALHOST.", true),
            ("a.localhost", true),
            ("printer.local", true),
            ("metadata.google.internal", true),
            ("router", true),
            ("router.", true),
            ("nas.home.arpa", true),
            ("localhost.localdomain", true),
            ("calendar.google.com", false),
            ("localhost.example.org", false),
            ("prostor.si.", false),
        ] {
            assert_eq!(is_local_name(name), local, "{name}");
        }
    }
}
