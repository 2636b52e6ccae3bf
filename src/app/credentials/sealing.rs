//! `PROSTOR_SECRET` and what is done under it: sealing rows at rest, tags for cursors and codes.
//!
//! Each purpose has its own key (HKDF-SHA256, RFC 5869), so nothing made for one opens for another.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hkdf, hmac,
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use secrecy::{ExposeSecret, SecretString, zeroize::Zeroizing};

use super::random;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 32;

/// First octet of what is sealed: AES-256-GCM, random nonce, key by HKDF-SHA256.
const VERSION: u8 = 1;

/// Parts the keys of this service from those another might derive from the same secret.
const SALT: &[u8] = b"prostor";

/// The longest signed text that is looked at, in characters.
const MAX_SIGNED: usize = 4096;

/// What a key is for. The names are part of what is stored: never change one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Private keys of access tokens, sealed in the database.
    SigningKeys,
    /// Opaque cursors of lists.
    Cursors,
    /// Six-digit sign-in codes, tagged in the database.
    Codes,
    /// Links of mails that act by themselves, and codes at doors.
    Links,
    /// The secrets of second factors, sealed in the database.
    SecondFactors,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::SigningKeys => "signing-keys",
            Self::Cursors => "cursors",
            Self::Codes => "codes",
            Self::Links => "links",
            Self::SecondFactors => "second-factors",
        }
    }
}

/// Why a text is not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "expected 32 random bytes as hexadecimal or base64, or a passphrase of at least 32 characters, 10 of them different"
)]
pub struct InvalidSecret;

/// What was sealed is damaged, was sealed under another secret, or stands in another row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("can't be opened: damaged, moved from elsewhere, or sealed under another secret")]
pub struct Unopenable;

/// The secret of a deployment, from which every other key is derived.
#[derive(Debug, Clone)]
pub struct Secret(hkdf::Prk);

impl Secret {
    /// Space around the text is dropped, as files end with a line end. 32 octets in hexadecimal or
    /// base64 are taken as they are, any other text as a passphrase. A passphrase isn't stretched:
    /// it must be hard to guess by itself.
    pub fn parse(text: &SecretString) -> Result<Self, InvalidSecret> {
        let text = text.expose_secret().trim();
        let mut kinds: Vec<char> = text.chars().collect();
        let length = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        if length < 32 || kinds.len() < 10 {
            return Err(InvalidSecret);
        }
        let octets = key_octets(text).unwrap_or_else(|| Zeroizing::new(text.as_bytes().to_vec()));
        Ok(Self(hkdf::Salt::new(hkdf::HKDF_SHA256, SALT).extract(&octets)))
    }

    /// A new secret's text, to be kept in a file only its owner can read: 43 characters.
    pub fn generate() -> SecretString {
        random::token()
    }

    /// Encrypts `plain` so that it opens only for this purpose and `name` (the row it stands in).
    /// Adds 29 octets. Safe for some 2^32 sealings of one purpose (NIST SP 800-38D, 8.3).
    pub fn seal(&self, purpose: Purpose, name: &str, plain: &[u8]) -> Vec<u8> {
        let mut body = plain.to_vec();
        let nonce = self
            .sealing_key(purpose)
            .seal_in_place_append_tag(aad(purpose, name), &mut body)
            .expect("AES-GCM seals whatever fits in memory");
        [&[VERSION], nonce.as_ref().as_slice(), &body].concat()
    }

    /// What `seal` was given.
    pub fn open(
        &self,
        purpose: Purpose,
        name: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Unopenable> {
        let rest = sealed.strip_prefix(&[VERSION]).ok_or(Unopenable)?;
        let (nonce, body) = rest.split_at_checked(NONCE_BYTES).ok_or(Unopenable)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Unopenable)?;
        let mut body = Zeroizing::new(body.to_vec());
        let key = self.sealing_key(purpose);
        let length = key.open_in_place(nonce, aad(purpose, name), &mut body).map_err(|_| Unopenable)?.len();
        body.truncate(length);
        Ok(body)
    }

    /// The maker of tags for `purpose`; make it once and keep it.
    pub fn tagger(&self, purpose: Purpose) -> Tagger {
        Tagger(hmac::Key::new(hmac::HMAC_SHA256, self.subkey("tag", purpose).as_slice()))
    }

    fn sealing_key(&self, purpose: Purpose) -> RandomizedNonceKey {
        RandomizedNonceKey::new(&AES_256_GCM, self.subkey("seal", purpose).as_slice())
            .expect("AES-256 takes any 32 octets")
    }

    fn subkey(&self, action: &str, purpose: Purpose) -> Zeroizing<[u8; KEY_BYTES]> {
        let info = [action.as_bytes(), b"/", purpose.name().as_bytes()];
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        self.0
            .expand(&info, hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(key.as_mut_slice()))
            .expect("HKDF-SHA256 gives 32 octets");
        key
    }
}

/// 32 octets from 64 hexadecimal digits or from base64 of either alphabet, padded or not.
fn key_octets(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let from_hex = |text: &str| {
        (0..KEY_BYTES).map(|n| u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()).collect()
    };
    let octets: Option<Vec<u8>> = match text.len() {
        64 => from_hex(text),
        43 => URL_SAFE_NO_PAD.decode(text).ok().or_else(|| STANDARD.decode(format!("{text}=")).ok()),
        44 => STANDARD.decode(text).ok().or_else(|| URL_SAFE_NO_PAD.decode(text.strip_suffix('=')?).ok()),
        _ => None,
    };
    octets.filter(|octets| octets.len() == KEY_BYTES).map(Zeroizing::new)
}

/// What is authenticated besides: version, purpose and name, so a row can't be moved.
fn aad(purpose: Purpose, name: &str) -> Aad<Vec<u8>> {
    Aad::from([&[VERSION], purpose.name().as_bytes(), &[0], name.as_bytes()].concat())
}

/// Makes and checks HMAC-SHA256 tags of one purpose (RFC 2104). Cheap to clone.
#[derive(Debug, Clone)]
pub struct Tagger(hmac::Key);

impl Tagger {
    /// `payload` with its tag, as URL-safe base64. The payload can be read by anyone, but not changed.
    pub fn sign(&self, payload: &[u8]) -> String {
        let tag = hmac::sign(&self.0, payload);
        URL_SAFE_NO_PAD.encode([payload, tag.as_ref()].concat())
    }

    /// What `sign` was given; `None` when the text was changed, cut or made under another key.
    pub fn verify(&self, signed: &str) -> Option<Vec<u8>> {
        if signed.len() > MAX_SIGNED {
            return None;
        }
        let mut octets = URL_SAFE_NO_PAD.decode(signed).ok()?;
        let split = octets.len().checked_sub(TAG_BYTES)?;
        let (payload, tag) = octets.split_at(split);
        hmac::verify(&self.0, payload, tag).ok()?;
        octets.truncate(split);
        Some(octets)
    }

    /// The tag of a six-digit code given to `owner` (its ticket), to be stored instead of the code:
    /// without the key, a stolen table doesn't tell the code.
    pub fn code_tag(&self, owner: &str, code: &str) -> [u8; TAG_BYTES] {
        let mut tag = [0; TAG_BYTES];
        tag.copy_from_slice(hmac::sign(&self.0, &code_message(owner, code)).as_ref());
        tag
    }

    /// Six digits that belong to `owner`: always the same, and without the key as good as random.
    pub fn digits(&self, owner: &str) -> String {
        let tag = hmac::sign(&self.0, owner.as_bytes());
        let number = tag.as_ref().iter().take(8).fold(0_u64, |all, octet| all << 8 | u64::from(*octet));
        format!("{:06}", number % 1_000_000)
    }

    /// Whether `code` is the one whose tag is stored; in constant time.
    pub fn is_code(&self, owner: &str, code: &str, tag: &[u8]) -> bool {
        hmac::verify(&self.0, &code_message(owner, code), tag).is_ok()
    }
}

fn code_message(owner: &str, code: &str) -> Vec<u8> {
    [owner.as_bytes(), &[0], code.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    fn secret(text: &str) -> Secret {
        Secret::parse(&text.into()).unwrap()
    }

    #[test]
    fn one_secret_in_every_notation() {
        let sealed = secret(HEX).seal(Purpose::SigningKeys, "key", b"plain");
        for text in [
            &HEX.to_uppercase(),
            &format!("  {HEX}\n"),
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        ] {
            let opened = secret(text).open(Purpose::SigningKeys, "key", &sealed).unwrap();
            assert_eq!(opened.as_slice(), b"plain", "{text}");
        }
        let slashes =
            ["+/v7+/v7+/v7+/v7ABCDEFGHIJKLMNOPQRSTUVWXYZ0=", "-_v7-_v7-_v7-_v7ABCDEFGHIJKLMNOPQRSTUVWXYZ0"];
        assert!(slashes.iter().all(|text| key_octets(text).is_some()));
        assert_eq!(key_octets(slashes[0]), key_octets(slashes[1]));
    }

    #[test]
    fn weak_secrets_are_refused() {
        for (text, taken) in [
            ("", false),
            ("too short to keep anything safe", false),
            (&"0".repeat(64), false),
            (&"abc".repeat(20), false),
            ("a passphrase of thirty-two characters or more", true),
            ("geslo iz dvaintridesetih črk, čšž", true),
            (Secret::generate().expose_secret(), true),
        ] {
            assert_eq!(Secret::parse(&text.into()).is_ok(), taken, "{text}");
        }
    }

    #[test]
    fn what_is_sealed_opens_only_in_its_place() {
        let (ours, theirs) = (secret(HEX), secret(Secret::generate().expose_secret()));
        let sealed = ours.seal(Purpose::SigningKeys, "key_1", b"private");
        let cases = [
            (&ours, Purpose::SigningKeys, "key_1", true),
            (&ours, Purpose::SigningKeys, "key_2", false),
            (&ours, Purpose::Cursors, "key_1", false),
            (&theirs, Purpose::SigningKeys, "key_1", false),
        ];
        for (secret, purpose, name, opens) in cases {
            assert_eq!(secret.open(purpose, name, &sealed).is_ok(), opens, "{purpose:?} {name}");
        }
        assert_ne!(sealed, ours.seal(Purpose::SigningKeys, "key_1", b"private"), "a nonce of its own");
        assert_eq!(sealed.len(), b"private".len() + 29);
    }

    #[test]
    fn a_changed_or_cut_sealing_does_not_open() {
        let ours = secret(HEX);
        let sealed = ours.seal(Purpose::SigningKeys, "key", b"private");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(ours.open(Purpose::SigningKeys, "key", &changed).is_err(), "{at}");
            assert!(ours.open(Purpose::SigningKeys, "key", &sealed[..at]).is_err(), "{at}");
        }
    }

    #[test]
    fn a_cursor_can_be_read_by_us_and_changed_by_nobody() {
        let tagger = secret(HEX).tagger(Purpose::Cursors);
        let signed = tagger.sign(b"2026-03-29 rsv_1");
        assert_eq!(tagger.verify(&signed).as_deref(), Some(b"2026-03-29 rsv_1".as_slice()));
        assert_eq!(tagger.verify(&tagger.sign(b"")).as_deref(), Some(b"".as_slice()));
        assert_eq!(secret(HEX).tagger(Purpose::Codes).verify(&signed), None, "another purpose");
        for at in 0..signed.len() {
            let other = if signed.as_bytes()[at] == b'A' { "B" } else { "A" };
            let changed = format!("{}{other}{}", &signed[..at], &signed[at + 1..]);
            assert_eq!(tagger.verify(&changed), None, "{at}");
            assert_eq!(tagger.verify(&signed[..at]), None, "{at}");
        }
        for text in [
            format!("{signed}="),
            format!("{signed}A"),
            format!("{signed} "),
            "A".repeat(1 << 20),
            "č".into(),
        ] {
            assert_eq!(tagger.verify(&text), None, "{text:.50}");
        }
    }

    #[test]
    fn codes_are_known_by_their_tags() {
        let tagger = secret(HEX).tagger(Purpose::Codes);
        let tag = tagger.code_tag("tic_1", "042137");
        for (owner, code, known) in [
            ("tic_1", "042137", true),
            ("tic_1", "042138", false),
            ("tic_2", "042137", false),
            ("tic_1", "", false),
        ] {
            assert_eq!(tagger.is_code(owner, code, &tag), known, "{owner} {code}");
        }
        assert!(!tagger.is_code("tic_1", "042137", &tag[..16]), "a cut tag");
    }

    #[test]
    fn digits_are_six_and_the_owners_own() {
        let tagger = secret(HEX).tagger(Purpose::Links);
        let codes: std::collections::BTreeSet<String> =
            (0..1000).map(|n| tagger.digits(&format!("rsv_{n}"))).collect();
        assert!(codes.len() > 990 && codes.iter().all(|code| code.len() == 6), "{codes:?}");
        assert_eq!(tagger.digits("rsv_1"), tagger.digits("rsv_1"));
        assert_ne!(tagger.digits("rsv_1"), secret(HEX).tagger(Purpose::Codes).digits("rsv_1"));
    }

    #[test]
    fn debug_output_shows_no_key() {
        let shown = format!("{:?} {:?}", secret(HEX), secret(HEX).tagger(Purpose::Codes));
        assert!(shown.len() < 200, "{shown}");
    }

    proptest! {
        #[test]
        fn everything_comes_back(plain: Vec<u8>, name: String) {
            let ours = secret(HEX);
            let sealed = ours.seal(Purpose::SigningKeys, &name, &plain);
            let opened = ours.open(Purpose::SigningKeys, &name, &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plain.as_slice());
            let tagger = ours.tagger(Purpose::Cursors);
            prop_assert_eq!(tagger.verify(&tagger.sign(&plain)), Some(plain));
        }

        #[test]
        fn no_text_brings_it_down(text: String, octets: Vec<u8>) {
            let ours = secret(HEX);
            prop_assert_eq!(ours.tagger(Purpose::Cursors).verify(&text), None);
            prop_assert!(ours.open(Purpose::Codes, &text, &octets).is_err());
            let _ = Secret::parse(&text.repeat(8).into());
        }
    }
}
