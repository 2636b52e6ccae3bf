-- What was brought in from elsewhere: a digest of the source's name and of the row's own id, so that the same row makes
-- nothing twice, and a digest of what the row said, so that one that says something else now is noticed. The id itself is
-- not kept: it may name people.
CREATE TABLE imported (
  venue_id UUID NOT NULL REFERENCES venues (id),
  row_key BYTEA NOT NULL,
  network_id UUID NOT NULL REFERENCES networks (id),
  fingerprint BYTEA NOT NULL,
  reservation_id UUID REFERENCES reservations (id),
  space_id UUID REFERENCES spaces (id),
  imported_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (venue_id, row_key),
  CHECK ((reservation_id IS NULL) <> (space_id IS NULL))
);
CREATE INDEX imported_reservation ON imported (reservation_id) WHERE reservation_id IS NOT NULL;
CREATE INDEX imported_space ON imported (space_id) WHERE space_id IS NOT NULL;

-- Calendars that a venue keeps elsewhere, whose events are blocks here. The address may hold a secret: staff alone see it.
CREATE TABLE outside_calendars (
  id UUID PRIMARY KEY,
  network_id UUID NOT NULL REFERENCES networks (id),
  venue_id UUID NOT NULL REFERENCES venues (id),
  -- NULL: all spaces of the venue.
  space_id UUID REFERENCES spaces (id),
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  made_by UUID REFERENCES users (id),
  version BIGINT NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL,
  -- When it is read again, and by whom it is being read until when.
  due_at TIMESTAMPTZ NOT NULL,
  lease BYTEA,
  leased_until TIMESTAMPTZ,
  failures INTEGER NOT NULL DEFAULT 0,
  -- What the server said of the version that was read last.
  etag TEXT,
  last_modified TEXT,
  -- When it was tried last, when it was read, when its events became blocks.
  tried_at TIMESTAMPTZ,
  read_at TIMESTAMPTZ,
  applied_at TIMESTAMPTZ,
  result TEXT,
  -- JSON: how many events there were, and which could not be read.
  report TEXT
);
CREATE INDEX outside_calendars_venue ON outside_calendars (venue_id, id);
CREATE INDEX outside_calendars_due ON outside_calendars (due_at);

-- Which block an event became in which space.
CREATE TABLE outside_blocks (
  calendar_id UUID NOT NULL REFERENCES outside_calendars (id),
  event_key BYTEA NOT NULL,
  space_id UUID NOT NULL REFERENCES spaces (id),
  block_id UUID NOT NULL REFERENCES blocks (id),
  -- The event's own times.
  starts_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (calendar_id, event_key, space_id),
  CHECK (starts_at < ends_at)
);
CREATE UNIQUE INDEX outside_blocks_block ON outside_blocks (block_id);
