//! Beginning and continuing a session: the one place that hands out tokens.

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        App,
        credentials::{
            access_token::LIFETIME,
            random::{self, TokenHash},
        },
        error::Error,
    },
    domain::{
        ids::{SessionId, UserId},
        instant::Instant,
    },
    store::{
        db::WriteTx,
        sessions::{self, Session},
    },
};

/// How long a session lasts from its sign-in, seconds.
pub const SESSION: i64 = 30 * 86_400;

/// What a client keeps after signing in.
#[derive(Serialize, ToSchema)]
pub struct Tokens {
    /// For `Authorization: Bearer …`.
    pub access_token: String,
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds the access token is valid.
    #[schema(example = 600)]
    pub expires_in: i64,
    /// For `POST /auth/refresh`, once. Not there where a cookie keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// What a sign-in came to: a session, or the second step is still to be done.
pub(super) enum Step {
    Done(Granted),
    /// The text that goes on with it.
    Half(SecretString),
}

impl Step {
    /// After the commit.
    ///
    /// # Errors
    /// `second_factor_required`, with what to go on with.
    pub(super) fn tokens(self, app: &App) -> Result<Tokens, Error> {
        match self {
            Self::Done(granted) => Ok(granted.tokens(app)),
            Self::Half(challenge) => Err(Error::HalfSignedIn(challenge)),
        }
    }
}

/// A session whose change is not committed yet, or just was.
pub(super) struct Granted {
    user: UserId,
    session: SessionId,
    refresh_token: SecretString,
    at: Instant,
}

/// Begins a session; the caller holds `locks::claimant` and has checked who it is.
pub(super) fn begin(
    tx: &mut WriteTx,
    app: &App,
    user: UserId,
    client: Option<String>,
    at: Instant,
) -> Result<Granted, Error> {
    let session = Session {
        id: app.id(),
        user_id: user,
        created_at: at,
        expires_at: at.plus(SESSION),
        revoked_at: None,
        used_at: None,
        client,
    };
    sessions::insert(tx, &session)?;
    grant(tx, &session, at)
}

/// Gives out one more refresh token in a session.
pub(super) fn grant(tx: &mut WriteTx, session: &Session, at: Instant) -> Result<Granted, Error> {
    let refresh_token = random::token();
    let hash = TokenHash::of(refresh_token.expose_secret());
    sessions::add_token(tx, session.id, hash.as_bytes(), at)?;
    Ok(Granted { user: session.user_id, session: session.id, refresh_token, at })
}

impl Granted {
    /// Signs the access token, after the commit.
    pub(super) fn tokens(self, app: &App) -> Tokens {
        Tokens {
            access_token: app.keys.issue(self.user, self.session, self.at),
            token_type: "Bearer",
            expires_in: LIFETIME,
            refresh_token: Some(self.refresh_token.expose_secret().to_owned()),
        }
    }
}
