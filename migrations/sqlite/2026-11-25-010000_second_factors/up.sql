-- The second factor of an account (TOTP, RFC 6238): its secret, sealed under the service's own.
CREATE TABLE second_factors (
  user_id BLOB PRIMARY KEY REFERENCES users (id),
  sealed BLOB NOT NULL,
  -- The latest time step whose code was taken: no code counts twice (RFC 6238, 5.2).
  last_step INTEGER,
  -- Not while it is only being set up.
  enabled_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

-- What stands in for the second factor, each once; tags under the secret.
CREATE TABLE recovery_codes (
  tag BLOB PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  used_at INTEGER
) STRICT;
CREATE INDEX recovery_codes_user ON recovery_codes (user_id);

-- Sign-ins whose first step is done and whose second is awaited.
CREATE TABLE half_sign_ins (
  token_hash BLOB PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  -- Given with a link: becomes the account's once the second step is done.
  password_hash TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX half_sign_ins_user ON half_sign_ins (user_id);
CREATE INDEX half_sign_ins_age ON half_sign_ins (expires_at);
