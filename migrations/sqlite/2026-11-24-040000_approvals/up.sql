-- What was asked of a venue, and when it answered what; and who may answer besides its staff.

CREATE TABLE approvals (
  id BLOB NOT NULL PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  reservation_id BLOB NOT NULL REFERENCES reservations (id),
  asked TEXT NOT NULL CHECK (asked IN ('request', 'change')),
  asked_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  remind_at INTEGER,
  answer TEXT CHECK (answer IN ('approved', 'declined', 'expired', 'withdrawn')),
  answered_at INTEGER,
  answered_by BLOB REFERENCES users (id),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
-- One question at a time about a reservation.
CREATE UNIQUE INDEX approvals_open ON approvals (reservation_id) WHERE answer IS NULL;
CREATE INDEX approvals_queue ON approvals (venue_id, asked_at, id) WHERE answer IS NULL;
CREATE INDEX approvals_remind ON approvals (remind_at) WHERE remind_at IS NOT NULL;

INSERT INTO approvals (id, network_id, venue_id, reservation_id, asked, asked_at, expires_at)
SELECT id, network_id, venue_id, id, 'request', created_at, expires_at
FROM reservations WHERE status = 'pending';
INSERT INTO approvals (id, network_id, venue_id, reservation_id, asked, asked_at, expires_at)
SELECT id, network_id, venue_id, id, 'change', updated_at, expires_at
FROM reservations WHERE status = 'confirmed' AND change IS NOT NULL;

CREATE TABLE venue_delegates (
  venue_id BLOB NOT NULL REFERENCES venues (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (venue_id, user_id)
) STRICT;
CREATE INDEX venue_delegates_user ON venue_delegates (user_id);
