-- Links by which calendar programs subscribe; known by their SHA-256 alone. One shows a space, a venue, a network's public
-- events, or what its owner reserved.
CREATE TABLE calendars (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  network_id BLOB REFERENCES networks (id),
  venue_id BLOB REFERENCES venues (id),
  -- The venue stands beside it.
  space_id BLOB REFERENCES spaces (id),
  -- What its owner calls it.
  name TEXT,
  token_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  -- To the hour.
  used_at INTEGER,
  revoked_at INTEGER,
  CHECK (network_id IS NULL OR venue_id IS NULL),
  CHECK (space_id IS NULL OR venue_id IS NOT NULL)
) STRICT;
CREATE INDEX calendars_user ON calendars (user_id, id);
CREATE INDEX calendars_venue ON calendars (venue_id, id);
CREATE INDEX calendars_revoked ON calendars (revoked_at);
