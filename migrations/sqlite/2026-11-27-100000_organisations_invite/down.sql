CREATE TABLE old_invitations (
  id BLOB PRIMARY KEY,
  venue_id BLOB REFERENCES venues (id),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  token_hash BLOB NOT NULL UNIQUE,
  invited_by BLOB NOT NULL REFERENCES users (id),
  expires_at INTEGER NOT NULL,
  accepted_at INTEGER,
  created_at INTEGER NOT NULL,
  network_id BLOB REFERENCES networks (id),
  CHECK ((venue_id IS NULL) <> (network_id IS NULL))
) STRICT;
INSERT INTO old_invitations
  SELECT id, venue_id, email, email_key, token_hash, invited_by, expires_at, accepted_at, created_at, network_id
  FROM invitations WHERE organisation_id IS NULL;
DROP TABLE invitations;
ALTER TABLE old_invitations RENAME TO invitations;
CREATE INDEX invitations_venue ON invitations (venue_id);
CREATE INDEX invitations_network ON invitations (network_id) WHERE network_id IS NOT NULL;
