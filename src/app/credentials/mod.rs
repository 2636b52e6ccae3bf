//! How people and nodes prove who they are, apart from where it is stored (DESIGN 8): passwords,
//! random tokens and identifiers, sealing under `PROSTOR_SECRET`, access tokens.
//!
//! All cryptography is aws-lc-rs, argon2 and jsonwebtoken over aws-lc-rs; nothing here is home-made,
//! and nothing here reads the clock: `now` is an argument.

pub mod access_token;
mod guessable;
pub mod password;
pub mod random;
pub mod sealing;
pub mod totp;
mod turnstile;
