-- When a session was last continued, and by which program as it says of itself.
ALTER TABLE sessions ADD COLUMN used_at TIMESTAMPTZ;
ALTER TABLE sessions ADD COLUMN client TEXT;

-- Wishes to change an account's address; once confirmed, what the former address may still take back.
CREATE TABLE address_changes (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  token_hash BYTEA NOT NULL UNIQUE,
  code_hash BYTEA NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  expires_at TIMESTAMPTZ NOT NULL,
  former_email TEXT,
  former_key TEXT,
  confirmed_at TIMESTAMPTZ,
  -- Superseded, taken back, or lost to another account.
  ended_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  CHECK ((confirmed_at IS NULL) = (former_email IS NULL)),
  CHECK ((former_email IS NULL) = (former_key IS NULL))
);
CREATE INDEX address_changes_user ON address_changes (user_id, created_at);
CREATE INDEX address_changes_email ON address_changes (email_key, created_at);
CREATE INDEX address_changes_age ON address_changes (created_at);

-- What may be tried a few times only: a row a try. The subject is a tag under the secret, so that the table names nobody.
CREATE TABLE attempts (
  id UUID PRIMARY KEY,
  subject BYTEA NOT NULL,
  at TIMESTAMPTZ NOT NULL
);
CREATE INDEX attempts_subject ON attempts (subject, at);
CREATE INDEX attempts_age ON attempts (at);
