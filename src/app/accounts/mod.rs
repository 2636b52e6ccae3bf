//! Accounts: registering, signing in by password, link or code and a second factor, staying signed in, changing
//! what one signs in with, keys for programs, one's own data (DESIGN 8).
//!
//! What is answered never tells who has an account. Hashing happens outside of transactions.

pub mod address;
pub mod api_keys;
mod attempts;
pub mod edit;
pub(crate) mod erase;
pub mod export;
pub mod keys;
pub mod leave;
pub mod link;
pub mod login;
pub mod me;
pub(crate) mod obligations;
pub mod password;
pub mod presence;
pub mod redeem;
pub mod refresh;
pub mod register;
mod repeat;
pub mod second_factor;
mod session;
pub mod setup;
pub mod signed_in;
pub mod somebody;
#[cfg(test)]
mod tests;
mod ticket;
pub mod tidy;
pub(crate) mod unsubscribe;

use std::fmt;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    credentials::password::{InvalidHash, Password, PasswordHash, Use},
    error::{Code, Error},
};
pub use session::{SESSION, Tokens};

/// A password as somebody sent it. Shown nowhere, wiped when dropped.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(from = "String")]
#[schema(value_type = String, format = Password, max_length = 256)]
pub struct GivenPassword(SecretString);

impl From<String> for GivenPassword {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for GivenPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GivenPassword([redacted])")
    }
}

impl GivenPassword {
    pub fn secret(&self) -> &SecretString {
        &self.0
    }

    /// Hashes it as a new password of `email` and `name`; some 30 ms, so never in a transaction.
    fn hash_new(&self, usage: Use, email: &str, name: &str) -> Result<String, Error> {
        let password = Password::new(&self.0, usage, &[email, name]);
        Ok(password.map_err(|weak| Error::field("/password", weak.code()))?.hash().to_stored())
    }
}

/// What a request is answered with whose outcome nobody but the address's owner may learn.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Accepted {
    /// Always true: a mail is on its way if there is somebody to receive it.
    #[schema(example = true)]
    pub accepted: bool,
}

impl Accepted {
    const YES: Self = Self { accepted: true };
}

fn refused() -> Error {
    Code::CredentialsRefused.into()
}

fn stored(hash: &str) -> Result<PasswordHash, Error> {
    PasswordHash::from_stored(hash).map_err(|error: InvalidHash| Error::Broken(error.to_string()))
}
