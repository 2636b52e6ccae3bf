//! Passwords: what may become one, and Argon2id hashes of them (DESIGN 8).
//!
//! The rules are NIST SP 800-63B-4, 3.1.1: length instead of composition, any character, a blocklist,
//! no forced change. Rules hold for new passwords alone; `verify` takes whatever was accepted once.

use std::{borrow::Cow, fmt, sync::LazyLock};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::phc};
use icu_normalizer::ComposingNormalizerBorrowed;
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::{guessable, random, turnstile::Turnstile};

/// Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet; about 30 ms on
/// one core). RFC 9106's 64 MiB recommendation would let a few dozen sign-ins fill a small machine.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// Longest password in characters after normalisation; what is longer is refused before hashing.
pub const MAX_CHARS: usize = 256;

/// No character takes more octets than this in UTF-8.
const MAX_BYTES: usize = 4 * MAX_CHARS;

/// What else has to be shown at sign-in; it decides the shortest password (NIST 800-63B-4, 3.1.1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The password is all.
    Alone,
    /// A second factor is asked besides.
    WithSecondFactor,
}

impl Use {
    /// The shortest password, in characters.
    pub const fn min_chars(self) -> usize {
        match self {
            Self::Alone => 15,
            Self::WithSecondFactor => 8,
        }
    }

    /// How many characters must be neither common words, runs, repetition nor names: half of the shortest.
    const fn own_chars(self) -> usize {
        self.min_chars().div_ceil(2)
    }
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    #[error("must be at least {min} characters long; a few unrelated words are easy to remember")]
    TooShort { min: usize },
    #[error("must be at most {max} characters long")]
    TooLong { max: usize },
    #[error("must not hold control characters")]
    ControlCharacter,
    #[error(
        "is easy to guess: little is left of it without common passwords, repetition, rows of keys and names"
    )]
    Guessable,
}

impl WeakPassword {
    /// The stable code in `errors[]` of a problem.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter => "control_character",
            Self::Guessable => "guessable",
        }
    }
}

/// A password that may be set: normalised, long enough, not easy to guess. Wiped when dropped.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

impl Password {
    /// `about` is what a guesser would try first: the person's name, mail address, organisation.
    pub fn new(plain: &SecretString, usage: Use, about: &[&str]) -> Result<Self, WeakPassword> {
        let too_long = WeakPassword::TooLong { max: MAX_CHARS };
        let normal = normalised(plain.expose_secret()).ok_or(too_long)?;
        let length = normal.chars().count();
        if length < usage.min_chars() {
            return Err(WeakPassword::TooShort { min: usage.min_chars() });
        }
        if length > MAX_CHARS {
            return Err(too_long);
        }
        if normal.chars().any(char::is_control) {
            return Err(WeakPassword::ControlCharacter);
        }
        if guessable::is_guessable(&normal, about, usage.own_chars()) {
            return Err(WeakPassword::Guessable);
        }
        Ok(Self(SecretString::from(normal.as_str())))
    }

    /// Takes about 30 ms of one core and 19 MiB: never inside a transaction.
    pub fn hash(&self) -> PasswordHash {
        count_work();
        hashed(self.0.expose_secret().as_bytes())
    }
}

/// A stored password: a PHC string (`$argon2id$v=19$…`) with its own salt and parameters.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(phc::PasswordHash);

/// A stored text is not an Argon2id hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored password hash is not an Argon2id PHC string")]
pub struct InvalidHash;

impl PasswordHash {
    /// As read from the database.
    pub fn from_stored(text: &str) -> Result<Self, InvalidHash> {
        let hash = phc::PasswordHash::new(text).map_err(|_| InvalidHash)?;
        let whole = hash.algorithm == argon2::ARGON2ID_IDENT && hash.salt.is_some() && hash.hash.is_some();
        whole.then_some(Self(hash)).ok_or(InvalidHash)
    }

    /// As written to the database.
    pub fn to_stored(&self) -> String {
        self.0.to_string()
    }

    /// Whether it was made with other parameters than today's: hash anew at the next sign-in.
    pub fn is_outdated(&self) -> bool {
        !Params::try_from(&self.0).is_ok_and(|params| {
            params.m_cost() == MEMORY_KIB && params.t_cost() == PASSES && params.p_cost() == LANES
        })
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash([redacted])")
    }
}

/// Whether `plain` is the password behind `stored`. Without an account or a password (`None`) the
/// same work is done and the answer is false, so that the time taken tells nobody who has an
/// account. Takes about 30 ms and 19 MiB; only as many run at once as there are cores.
pub fn verify(stored: Option<&PasswordHash>, plain: &SecretString) -> bool {
    let normal = normalised(plain.expose_secret());
    let (hash, candidate, can_match) = match (stored, &normal) {
        (Some(stored), Some(normal)) => (stored, normal.as_bytes(), true),
        _ => (&*DUMMY, &[][..], false),
    };
    let matches = CORES.enter(|| {
        count_work();
        argon2().verify_password(candidate, &hash.0).is_ok()
    });
    matches && can_match
}

#[cfg(not(test))]
const fn count_work() {}

#[cfg(test)]
fn count_work() {
    WORK.with(|work| work.set(work.get() + 1));
}

#[cfg(test)]
thread_local! {
    static WORK: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// How many passwords this thread has hashed or verified.
#[cfg(test)]
pub fn work() -> u32 {
    WORK.with(std::cell::Cell::get)
}

/// A hash of something nobody knows.
static DUMMY: LazyLock<PasswordHash> = LazyLock::new(|| hashed(&random::bytes::<32>()));

/// Bounds the memory of hashing under a flood of sign-ins.
static CORES: LazyLock<Turnstile> = LazyLock::new(|| {
    Turnstile::new(std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get))
});

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("constant and within Argon2's ranges");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hashed(password: &[u8]) -> PasswordHash {
    let salt = random::bytes::<SALT_BYTES>();
    let hash = CORES.enter(|| argon2().hash_password_with_salt(password, &salt));
    PasswordHash(hash.expect("a salt of 16 bytes and a password under 4 GiB can't be refused"))
}

/// Unicode's canonical composition (NIST 800-63B-4, 3.1.1.2; RFC 8265): the same password from every
/// keyboard. `None` when it is too long to be a password.
fn normalised(plain: &str) -> Option<Zeroizing<String>> {
    if plain.len() > 2 * MAX_BYTES {
        return None;
    }
    let normal = match ComposingNormalizerBorrowed::new_nfc().normalize(plain) {
        Cow::Borrowed(same) => Zeroizing::new(same.to_owned()),
        Cow::Owned(composed) => Zeroizing::new(composed),
    };
    (normal.len() <= MAX_BYTES).then_some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "kolovrat šepeta mesečini";

    fn new(plain: &str, usage: Use) -> Result<Password, WeakPassword> {
        Password::new(&plain.into(), usage, &["Ana Novak", "ana.novak@example.si"])
    }

    #[test]
    fn what_may_become_a_password() {
        let longest = "žaba in petelin ".repeat(16);
        for (plain, usage, expected) in [
            (GOOD, Use::Alone, Ok(())),
            ("14 characters.", Use::Alone, Err("too_short")),
            ("15 characters.x", Use::Alone, Ok(())),
            ("7 chars", Use::WithSecondFactor, Err("too_short")),
            ("8 chars.", Use::WithSecondFactor, Ok(())),
            ("", Use::WithSecondFactor, Err("too_short")),
            // 15 code points as typed, 12 once composed.
            ("c\u{30C}s\u{30C}z\u{30C}bcdvgh tr", Use::Alone, Err("too_short")),
            ("🐸🦊🐻🐼🦁🐮🐷🐵🐔🐧🐦🐤🦆🦅🦉", Use::Alone, Ok(())),
            (&(longest.clone() + "x"), Use::Alone, Err("too_long")),
            (&"a much longer text ".repeat(100_000), Use::Alone, Err("too_long")),
            ("kolovrat šepeta\nmesečini", Use::Alone, Err("control_character")),
            ("kolovrat šepeta\0", Use::Alone, Err("control_character")),
            ("passwordpassword", Use::Alone, Err("guessable")),
            ("ana.novak@example.si", Use::Alone, Err("guessable")),
        ] {
            assert_eq!(new(plain, usage).map(drop).map_err(WeakPassword::code), expected, "{plain:.40}");
        }
        assert_eq!(longest.chars().count(), MAX_CHARS);
    }

    #[test]
    fn only_the_password_itself_opens_its_hash() {
        let hash = new(GOOD, Use::Alone).unwrap().hash();
        let stored = PasswordHash::from_stored(&hash.to_stored()).unwrap();
        assert!(hash.to_stored().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.to_stored());
        assert!(!stored.is_outdated());
        for (plain, opens) in [
            (GOOD, true),
            // The same, as some keyboards send it: decomposed.
            ("kolovrat s\u{30C}epeta mesec\u{30C}ini", true),
            ("kolovrat šepeta mesečinI", false),
            ("kolovrat šepeta mesečini ", false),
            ("", false),
            (&GOOD.repeat(500), false),
        ] {
            assert_eq!(verify(Some(&stored), &plain.into()), opens, "{plain:.40}");
        }
    }

    #[test]
    fn hashes_of_one_password_differ() {
        let password = new(GOOD, Use::Alone).unwrap();
        assert_ne!(password.hash(), password.hash());
    }

    #[test]
    fn without_an_account_the_answer_is_no_after_the_same_work() {
        let hash = new(GOOD, Use::Alone).unwrap().hash();
        let longer = GOOD.repeat(500);
        // What nobody knows is hashed as everything is, so that one verification of it costs what any does.
        assert!(!DUMMY.is_outdated() && !hash.is_outdated());
        for (stored, plain) in
            [(Some(&hash), "wrong but long enough"), (None, GOOD), (None, ""), (Some(&hash), &longer)]
        {
            let before = work();
            assert!(!verify(stored, &plain.into()));
            assert_eq!(work(), before + 1, "{plain:.40}");
        }
    }

    #[test]
    fn stored_hashes_are_read_with_care() {
        let weak =
            "$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHRzYWx0$PsZ1KqZp8j8DTKnwA8kNSGPLn6Z+QqJRmQPjLrBzYyQ";
        assert!(PasswordHash::from_stored(weak).unwrap().is_outdated());
        for text in [
            "",
            "plain",
            "$2b$12$abcdefghijklmnopqrstuv",
            "$argon2id$v=19$m=4096,t=1,p=1",
            &weak.replace("argon2id", "argon2i"),
        ] {
            assert!(PasswordHash::from_stored(text).is_err(), "{text}");
        }
    }

    #[test]
    fn debug_output_shows_neither_password_nor_hash() {
        let password = new(GOOD, Use::Alone).unwrap();
        let shown = format!("{password:?} {:?}", password.hash());
        assert!(!shown.contains("kolovrat") && !shown.contains("argon2id"), "{shown}");
    }
}
