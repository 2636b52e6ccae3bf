//! Time-based one-time codes (RFC 6238) in the form that every authenticator reads: SHA-1, six digits, 30 seconds.
//!
//! Who gives a code may be one step early or late. That no code counts twice is for who keeps the steps.

use secrecy::zeroize::Zeroizing;
use totp_rs::{Builder, Secret, Totp};

use super::random;
use crate::domain::instant::Instant;

/// As long as what SHA-1 gives (RFC 4226, 4, R6).
const SECRET_BYTES: usize = 20;
/// Whose codes these are, as authenticators show it.
const ISSUER: &str = "Prostor";

/// The secret that a person's authenticator and we share. Wiped when dropped.
pub struct TotpSecret(Zeroizing<Vec<u8>>);

/// Stored octets are no such secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored secret of a second factor is not one")]
pub struct InvalidTotpSecret;

impl TotpSecret {
    pub fn generate() -> Self {
        Self(Zeroizing::new(random::bytes::<SECRET_BYTES>().to_vec()))
    }

    /// As opened from the database (`Purpose::SecondFactors`, named by the person's id).
    ///
    /// # Errors
    /// When it is shorter than the standard allows.
    pub fn from_bytes(octets: Zeroizing<Vec<u8>>) -> Result<Self, InvalidTotpSecret> {
        let secret = Self(octets);
        secret.totp("").map(|_| secret).ok_or(InvalidTotpSecret)
    }

    /// To be sealed before it is stored.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people type it: base32 without padding.
    pub fn base32(&self) -> String {
        Secret::from(self.as_bytes()).to_base32()
    }

    /// What the QR code for an authenticator holds: `otpauth://totp/Prostor:…`.
    pub fn uri(&self, account: &str) -> String {
        let uri = self.totp(account).and_then(|totp| totp.to_url().ok());
        uri.expect("a mail address holds no colon, and the secret was checked")
    }

    /// The time step (seconds since 1970 by 30) whose code this is, around `now`.
    pub fn step_of(&self, code: &str, now: Instant) -> Option<i64> {
        if code.len() != 6 || !code.bytes().all(|octet| octet.is_ascii_digit()) {
            return None;
        }
        let now = u64::try_from(now.unix()).ok()?;
        self.totp("")?.check(code, now).and_then(|step| i64::try_from(step).ok())
    }

    fn totp(&self, account: &str) -> Option<Totp> {
        let builder = Builder::new().with_secret(Secret::from(self.as_bytes()));
        builder.with_account_name(account).with_issuer(Some(ISSUER)).build().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, of whose eight digits the last six are ours.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = TotpSecret::from_bytes(Zeroizing::new(b"12345678901234567890".to_vec())).unwrap();
        for (time, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let at = |seconds: i64| Instant::from_unix(time + seconds);
            let step = time / 30;
            assert_eq!(secret.step_of(code, at(0)), Some(step), "{code}");
            for (early_or_late, step) in [(-30, Some(step)), (30, Some(step)), (-90, None), (90, None)] {
                assert_eq!(secret.step_of(code, at(early_or_late)), step, "{code} {early_or_late}");
            }
        }
        for code in ["", "28708", "2870820", "28708x", " 287082", "-87082", "２８７０８２"] {
            assert_eq!(secret.step_of(code, Instant::from_unix(59)), None, "{code}");
        }
    }

    #[test]
    fn a_secret_is_shown_as_authenticators_read_it_and_a_short_one_is_refused() {
        let secret = TotpSecret::generate();
        assert_eq!((secret.as_bytes().len(), secret.base32().len()), (20, 32));
        let uri = secret.uri("ana+prostor@example.si");
        assert!(uri.starts_with("otpauth://totp/Prostor:ana%2Bprostor%40example.si?"), "{uri}");
        assert!(
            uri.contains(&format!("secret={}", secret.base32())) && uri.contains("issuer=Prostor"),
            "{uri}"
        );
        assert!(TotpSecret::from_bytes(Zeroizing::new(vec![1; 8])).is_err());
    }
}
