-- Organisations invite by mail, too, as a member or an owner.
CREATE TABLE new_invitations (
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
  organisation_id BLOB REFERENCES organisations (id),
  role TEXT,
  CHECK ((venue_id IS NOT NULL) + (network_id IS NOT NULL) + (organisation_id IS NOT NULL) = 1),
  CHECK ((organisation_id IS NULL) = (role IS NULL))
) STRICT;
INSERT INTO new_invitations
  SELECT id, venue_id, email, email_key, token_hash, invited_by, expires_at, accepted_at, created_at, network_id, NULL, NULL
  FROM invitations;
DROP TABLE invitations;
ALTER TABLE new_invitations RENAME TO invitations;
CREATE INDEX invitations_venue ON invitations (venue_id);
CREATE INDEX invitations_network ON invitations (network_id) WHERE network_id IS NOT NULL;
CREATE INDEX invitations_organisation ON invitations (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX invitations_inviter ON invitations (invited_by);
