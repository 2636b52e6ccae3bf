-- What the policy said of checking in when the reservation was made; those from before need not check in.
ALTER TABLE reservations ADD COLUMN check_in_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reservations ADD COLUMN check_in_opens_minutes INTEGER NOT NULL DEFAULT 15;
ALTER TABLE reservations ADD COLUMN check_in_grace_minutes INTEGER NOT NULL DEFAULT 15;
-- When the job gives up waiting; null unless it waits.
ALTER TABLE reservations ADD COLUMN no_show_at INTEGER;
ALTER TABLE reservations ADD COLUMN checked_in_at INTEGER;
ALTER TABLE reservations ADD COLUMN checked_out_at INTEGER;
ALTER TABLE reservations ADD COLUMN reinstated_at INTEGER;
CREATE INDEX reservations_no_show ON reservations (no_show_at) WHERE no_show_at IS NOT NULL;
CREATE INDEX reservations_going_on ON reservations (ends_at) WHERE status = 'checked_in';
CREATE INDEX reservations_released ON reservations (ends_at) WHERE released_at IS NOT NULL;

-- Wrong codes at a space's door since a moment: the next ones wait.
CREATE TABLE check_in_misses (
  space_id BLOB PRIMARY KEY REFERENCES spaces (id),
  since INTEGER NOT NULL,
  misses INTEGER NOT NULL CHECK (misses > 0)
) STRICT;

-- Visitors without a reservation, counted by staff per space and local date.
CREATE TABLE attendance (
  space_id BLOB NOT NULL REFERENCES spaces (id),
  date TEXT NOT NULL,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  walk_ins INTEGER NOT NULL CHECK (walk_ins >= 0),
  event_visitors INTEGER NOT NULL CHECK (event_visitors >= 0),
  note TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (space_id, date)
) STRICT;
CREATE INDEX attendance_venue ON attendance (network_id, venue_id, date);
