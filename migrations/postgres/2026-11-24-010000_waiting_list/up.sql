-- Who waits for a slot in a space: so long a time somewhere within [starts_at, ends_at).
CREATE TABLE waiting_entries (
  id UUID PRIMARY KEY,
  network_id UUID NOT NULL REFERENCES networks (id),
  venue_id UUID NOT NULL REFERENCES venues (id),
  space_id UUID NOT NULL REFERENCES spaces (id),
  user_id UUID NOT NULL REFERENCES users (id),
  organisation_id UUID REFERENCES organisations (id),
  starts_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  duration_minutes INTEGER NOT NULL CHECK (duration_minutes > 0),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  attendees INTEGER CHECK (attendees >= 0),
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  -- How it ended, once it has.
  outcome TEXT CHECK (outcome IN ('taken', 'over')),
  ended_at TIMESTAMPTZ,
  version BIGINT NOT NULL DEFAULT 1,
  created_at TIMESTAMPTZ NOT NULL,
  CHECK (starts_at < ends_at),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
-- The queue: ids are made in the order of time.
CREATE INDEX waiting_entries_queue ON waiting_entries (id) WHERE ended_at IS NULL;
CREATE INDEX waiting_entries_person ON waiting_entries (user_id, id);
CREATE INDEX waiting_entries_ended ON waiting_entries (ended_at) WHERE ended_at IS NOT NULL;

-- The holds that were made for an entry.
CREATE TABLE waiting_offers (
  reservation_id UUID PRIMARY KEY REFERENCES reservations (id),
  entry_id UUID NOT NULL REFERENCES waiting_entries (id)
);
CREATE INDEX waiting_offers_entry ON waiting_offers (entry_id);
