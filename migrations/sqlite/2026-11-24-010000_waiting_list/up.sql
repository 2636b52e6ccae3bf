-- Who waits for a slot in a space: so long a time somewhere within [starts_at, ends_at).
CREATE TABLE waiting_entries (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  space_id BLOB NOT NULL REFERENCES spaces (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  organisation_id BLOB REFERENCES organisations (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  duration_minutes INTEGER NOT NULL CHECK (duration_minutes > 0),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  attendees INTEGER CHECK (attendees >= 0),
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  -- How it ended, once it has.
  outcome TEXT CHECK (outcome IN ('taken', 'over')),
  ended_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  CHECK (starts_at < ends_at),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT;
-- The queue: ids are made in the order of time.
CREATE INDEX waiting_entries_queue ON waiting_entries (id) WHERE ended_at IS NULL;
CREATE INDEX waiting_entries_person ON waiting_entries (user_id, id);
CREATE INDEX waiting_entries_ended ON waiting_entries (ended_at) WHERE ended_at IS NOT NULL;

-- The holds that were made for an entry.
CREATE TABLE waiting_offers (
  reservation_id BLOB PRIMARY KEY REFERENCES reservations (id),
  entry_id BLOB NOT NULL REFERENCES waiting_entries (id)
) STRICT;
CREATE INDEX waiting_offers_entry ON waiting_offers (entry_id);
