//! Everything random: tokens, six-digit codes, identifiers in the order of their making.
//!
//! Random octets come from aws-lc-rs alone. Tokens are stored as `TokenHash`, never as they are.

use std::{
    cell::RefCell,
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
};

use aws_lc_rs::{constant_time, digest, rand};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::{SecretString, zeroize::Zeroizing};
use uuid::Builder;

use crate::domain::{
    ids::{Id, Kind},
    instant::Instant,
};

const TOKEN_BYTES: usize = 32;

/// `N` random octets.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut octets = [0; N];
    rand::fill(&mut octets).expect("AWS-LC ends the process rather than give no random octets");
    octets
}

/// A bearer token of 256 random bits: 43 characters of URL-safe base64.
pub fn token() -> SecretString {
    let octets = Zeroizing::new(bytes::<TOKEN_BYTES>());
    URL_SAFE_NO_PAD.encode(octets.as_slice()).into()
}

/// A six-digit code, each of the million equally likely. Guessable by trying: bound the tries,
/// and store it under a key (`sealing::Tagger`), not as a plain hash.
pub fn code() -> SecretString {
    const CODES: u32 = 1_000_000;
    // Beyond the last whole multiple of a million some codes would come more often.
    const FAIR: u32 = u32::MAX - u32::MAX % CODES;
    loop {
        let number = u32::from_be_bytes(bytes());
        if number < FAIR {
            return format!("{:06}", number % CODES).into();
        }
    }
}

/// SHA-256 of a token, as stored. Enough without salt or work because a token holds 256 random bits.
#[derive(Debug, Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    pub fn of(token: &str) -> Self {
        let mut hash = [0; 32];
        hash.copy_from_slice(digest::digest(&digest::SHA256, token.as_bytes()).as_ref());
        Self(hash)
    }

    /// As read from the database.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// As written to the database and looked up there.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    /// In constant time.
    fn eq(&self, other: &Self) -> bool {
        constant_time::verify_slices_are_equal(&self.0, &other.0).is_ok()
    }
}

impl Eq for TokenHash {}

/// A new identifier: a UUIDv7 (RFC 9562, 5.7) whose time is `now`, which has whole seconds.
///
/// Below the time stand 42 bits of a counter that only grows, by random steps so that two ids don't
/// tell how many were made between them, and 32 random bits (RFC 9562, 6.2, method 2). So in one process
/// ids of one `now` sort in the order of their making, and ids of different ones by their time.
pub fn id<K: Kind>(now: Instant) -> Id<K> {
    let random = STOCK.with_borrow_mut(Stock::take);
    let step = 1 + u64::from(random[4]);
    let counter = COUNTER.fetch_add(step, Ordering::Relaxed) & ((1 << 42) - 1);
    // The version stands over the upper half of octet 0, the variant over the top two bits of octet 2.
    let [.., low3, low2, low1] = counter.to_be_bytes();
    let high = ((counter >> 30) as u16).to_be_bytes();
    let middle = (counter >> 24 & 0x3F) as u8;
    let tail = [high[0], high[1], middle, low3, low2, low1, random[0], random[1], random[2], random[3]];
    let millis = u64::try_from(now.unix()).unwrap_or(0).saturating_mul(1000);
    Id::from_uuid(Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
}

/// Begins anywhere in the lower half of its 42 bits: some 10^10 ids to go before it begins anew.
static COUNTER: LazyLock<AtomicU64> = LazyLock::new(|| AtomicU64::new(u64::from_be_bytes(bytes()) >> 23));

/// Random octets for one identifier.
const ID_BYTES: usize = 5;

/// Random octets for 128 identifiers, fetched at once: a call costs 2 µs for few as for many.
struct Stock {
    octets: [u8; 128 * ID_BYTES],
    used: usize,
}

impl Stock {
    const EMPTY: Self = Self { octets: [0; 128 * ID_BYTES], used: 128 * ID_BYTES };

    fn take(&mut self) -> [u8; ID_BYTES] {
        if self.used == self.octets.len() {
            *self = Self { octets: bytes(), used: 0 };
        }
        let mut taken = [0; ID_BYTES];
        taken.copy_from_slice(&self.octets[self.used..][..ID_BYTES]);
        self.used += ID_BYTES;
        taken
    }
}

thread_local! {
    static STOCK: RefCell<Stock> = const { RefCell::new(Stock::EMPTY) };
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, thread};

    use secrecy::ExposeSecret;

    use super::*;
    use crate::domain::ids::{ReservationId, kind::Reservation};

    const NOW: Instant = Instant::from_unix(1_774_753_200);

    #[test]
    fn tokens_are_43_url_safe_characters_and_never_the_same() {
        let tokens: HashSet<String> = (0..1000).map(|_| token().expose_secret().to_owned()).collect();
        assert_eq!(tokens.len(), 1000);
        for token in tokens {
            assert_eq!(URL_SAFE_NO_PAD.decode(&token).unwrap().len(), TOKEN_BYTES, "{token}");
        }
    }

    #[test]
    fn codes_are_six_digits_evenly_spread() {
        let mut first = [0u32; 10];
        for _ in 0..10_000 {
            let code = code();
            let code = code.expose_secret();
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
            first[usize::from(code.as_bytes()[0] - b'0')] += 1;
        }
        // 1000 expected each, standard deviation 30: eight of them is no accident.
        assert!(first.iter().all(|count| (760..=1240).contains(count)), "{first:?}");
    }

    #[test]
    fn a_token_is_known_by_its_hash() {
        // FIPS 180-2, B.1.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let hash = TokenHash::of("abc");
        assert_eq!(hash.as_bytes().iter().map(|b| format!("{b:02x}")).collect::<String>(), abc);
        assert_eq!(TokenHash::from_bytes(*hash.as_bytes()), TokenHash::of("abc"));
        assert_ne!(hash, TokenHash::of("abd"));
    }

    #[test]
    fn an_id_is_a_uuid_of_version_7_with_the_given_second() {
        for now in [NOW, Instant::EARLIEST, Instant::LATEST] {
            let uuid = id::<Reservation>(now).uuid();
            assert_eq!((uuid.get_version_num(), uuid.get_variant()), (7, uuid::Variant::RFC4122));
            let (seconds, nanos) = uuid.get_timestamp().unwrap().to_unix();
            assert_eq!((seconds, nanos), (now.unix() as u64, 0));
        }
        assert_eq!(
            id::<Reservation>(Instant::from_unix(-5)).uuid().get_timestamp().unwrap().to_unix(),
            (0, 0)
        );
    }

    #[test]
    fn ids_sort_in_the_order_of_their_making_and_by_time() {
        let made: Vec<ReservationId> = (0..50_000).map(|_| id(NOW)).collect();
        assert!(made.is_sorted_by(|a, b| a < b && a.to_string() < b.to_string()));
        assert!(id::<Reservation>(NOW.plus(1)) > made[49_999]);
        assert!(id::<Reservation>(NOW.plus(-1)) < made[0]);
    }

    #[test]
    fn threads_never_make_the_same_id() {
        let make = || (0..20_000).map(|_| id(NOW)).collect::<Vec<ReservationId>>();
        let made = thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
            threads.into_iter().map(|t| t.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(made.iter().all(|ids| ids.is_sorted()));
        assert_eq!(made.into_iter().flatten().collect::<HashSet<_>>().len(), 160_000);
    }
}
