-- Keys by which programs act for a person, within scopes and for a time; known by their SHA-256 alone.
CREATE TABLE api_keys (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  -- The first characters, by which people tell their keys apart.
  prefix TEXT NOT NULL,
  key_hash BLOB NOT NULL UNIQUE,
  -- Their names with spaces between.
  scopes TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  -- To the quarter of an hour.
  used_at INTEGER,
  revoked_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX api_keys_user ON api_keys (user_id, id);
CREATE INDEX api_keys_age ON api_keys (expires_at);
