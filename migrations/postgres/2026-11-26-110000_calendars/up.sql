-- Links by which calendar programs subscribe; known by their SHA-256 alone. One shows a space, a venue, a network's public
-- events, or what its owner reserved.
CREATE TABLE calendars (
  id UUID PRIMARY KEY,
  user_id UUID NOT NULL REFERENCES users (id),
  network_id UUID REFERENCES networks (id),
  venue_id UUID REFERENCES venues (id),
  -- The venue stands beside it.
  space_id UUID REFERENCES spaces (id),
  -- What its owner calls it.
  name TEXT,
  token_hash BYTEA NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL,
  -- To the hour.
  used_at TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ,
  CHECK (network_id IS NULL OR venue_id IS NULL),
  CHECK (space_id IS NULL OR venue_id IS NOT NULL)
);
CREATE INDEX calendars_user ON calendars (user_id, id);
CREATE INDEX calendars_venue ON calendars (venue_id, id);
CREATE INDEX calendars_revoked ON calendars (revoked_at);
