-- The foundation: places, people, hours, reservations and what is taken.
-- Ids are TypeIDs stored as their UUIDs; instants are UTC, whole seconds.
-- Ids are BLOBs of 16 bytes, instants INTEGER Unix seconds, dates TEXT YYYY-MM-DD.

CREATE TABLE networks (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  country TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  policy TEXT NOT NULL DEFAULT '{}',
  policy_version INTEGER NOT NULL DEFAULT 1,
  config_version INTEGER NOT NULL DEFAULT 1,
  is_demo INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE venues (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT NOT NULL,
  city TEXT NOT NULL,
  municipality TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  contact_email TEXT NOT NULL,
  phone TEXT,
  access_instructions TEXT,
  policy TEXT NOT NULL DEFAULT '{}',
  policy_version INTEGER NOT NULL DEFAULT 1,
  hours_version INTEGER NOT NULL DEFAULT 1,
  config_version INTEGER NOT NULL DEFAULT 1,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  UNIQUE (network_id, slug)
) STRICT;

CREATE TABLE unit_groups (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id)
) STRICT;

CREATE TABLE units (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  group_id BLOB NOT NULL REFERENCES unit_groups (id),
  label TEXT NOT NULL,
  seats INTEGER NOT NULL CHECK (seats >= 0)
) STRICT;
CREATE INDEX units_venue ON units (network_id, venue_id);
CREATE INDEX units_group ON units (group_id);

CREATE TABLE spaces (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  kind TEXT NOT NULL,
  allocation TEXT NOT NULL CHECK (allocation IN ('whole', 'each')),
  capacity INTEGER NOT NULL CHECK (capacity >= 0),
  description TEXT,
  step_free INTEGER,
  booked_by TEXT NOT NULL CHECK (booked_by IN ('hours', 'days', 'nights')),
  house_rules TEXT,
  setup_minutes INTEGER NOT NULL CHECK (setup_minutes >= 0),
  teardown_minutes INTEGER NOT NULL CHECK (teardown_minutes >= 0),
  own_hours INTEGER NOT NULL DEFAULT 0,
  hours_version INTEGER NOT NULL DEFAULT 1,
  policy TEXT NOT NULL DEFAULT '{}',
  policy_version INTEGER NOT NULL DEFAULT 1,
  active_from TEXT NOT NULL,
  archived_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX spaces_venue ON spaces (network_id, venue_id, id);

CREATE TABLE space_amenities (
  space_id BLOB NOT NULL REFERENCES spaces (id),
  amenity TEXT NOT NULL,
  PRIMARY KEY (space_id, amenity)
) STRICT;

CREATE TABLE space_parts (
  space_id BLOB NOT NULL REFERENCES spaces (id),
  part_id BLOB NOT NULL REFERENCES spaces (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (space_id, part_id)
) STRICT;
CREATE INDEX space_parts_part ON space_parts (part_id);

-- Membership is a version: the past keeps what was true then. `valid_to` is exclusive.
CREATE TABLE space_units (
  id BLOB PRIMARY KEY,
  space_id BLOB NOT NULL REFERENCES spaces (id),
  unit_id BLOB NOT NULL REFERENCES units (id),
  position INTEGER NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT
) STRICT;
CREATE INDEX space_units_space ON space_units (space_id, unit_id);
CREATE INDEX space_units_unit ON space_units (unit_id);

CREATE TABLE layouts (
  id BLOB PRIMARY KEY,
  space_id BLOB NOT NULL REFERENCES spaces (id),
  name TEXT NOT NULL,
  capacity INTEGER NOT NULL CHECK (capacity >= 0),
  setup_minutes INTEGER NOT NULL CHECK (setup_minutes >= 0),
  teardown_minutes INTEGER NOT NULL CHECK (teardown_minutes >= 0),
  position INTEGER NOT NULL
) STRICT;
CREATE INDEX layouts_space ON layouts (space_id);

-- Opening hours of a venue (space_id null) or of a space; body is the validated rules as JSON.
CREATE TABLE hours_versions (
  id BLOB PRIMARY KEY,
  venue_id BLOB NOT NULL REFERENCES venues (id),
  space_id BLOB REFERENCES spaces (id),
  valid_from TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX hours_versions_venue ON hours_versions (venue_id, space_id, valid_from);

CREATE TABLE hours_exceptions (
  id BLOB PRIMARY KEY,
  venue_id BLOB NOT NULL REFERENCES venues (id),
  space_id BLOB REFERENCES spaces (id),
  date TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX hours_exceptions_venue ON hours_exceptions (venue_id, space_id, date);

CREATE TABLE users (
  id BLOB PRIMARY KEY,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  phone TEXT,
  locale TEXT NOT NULL,
  password_hash TEXT,
  verified_at INTEGER,
  is_administrator INTEGER NOT NULL DEFAULT 0,
  disabled_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);

-- One row a refresh token ever given out in a session; a used one seen again revokes the session.
CREATE TABLE refresh_tokens (
  token_hash BLOB PRIMARY KEY,
  session_id BLOB NOT NULL REFERENCES sessions (id),
  created_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

-- Single-use tokens sent by mail: verification, sign-in.
CREATE TABLE tickets (
  id BLOB PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id),
  purpose TEXT NOT NULL,
  token_hash BLOB NOT NULL UNIQUE,
  code_hash BLOB NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tickets_user ON tickets (user_id, purpose);

CREATE TABLE signing_keys (
  id BLOB PRIMARY KEY,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  retired_at INTEGER
) STRICT;

CREATE TABLE organisations (
  id BLOB PRIMARY KEY,
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  legal_form TEXT NOT NULL,
  size TEXT,
  sector_scheme TEXT,
  sector_version TEXT,
  sector_code TEXT,
  municipality TEXT,
  register_number TEXT UNIQUE,
  confirmed_creative_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE organisation_members (
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('owner', 'member')),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (organisation_id, user_id)
) STRICT;
CREATE INDEX organisation_members_user ON organisation_members (user_id);

CREATE TABLE venue_staff (
  venue_id BLOB NOT NULL REFERENCES venues (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (venue_id, user_id)
) STRICT;
CREATE INDEX venue_staff_user ON venue_staff (user_id);

CREATE TABLE network_coordinators (
  network_id BLOB NOT NULL REFERENCES networks (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (network_id, user_id)
) STRICT;
CREATE INDEX network_coordinators_user ON network_coordinators (user_id);

CREATE TABLE invitations (
  id BLOB PRIMARY KEY,
  venue_id BLOB NOT NULL REFERENCES venues (id),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  token_hash BLOB NOT NULL UNIQUE,
  invited_by BLOB NOT NULL REFERENCES users (id),
  expires_at INTEGER NOT NULL,
  accepted_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invitations_venue ON invitations (venue_id);

CREATE TABLE blocks (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  space_id BLOB NOT NULL REFERENCES spaces (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  made_by BLOB REFERENCES users (id),
  lifted_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX blocks_space ON blocks (space_id, ends_at);
CREATE INDEX blocks_venue ON blocks (venue_id, ends_at) WHERE lifted_at IS NULL;

CREATE TABLE reservations (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  space_id BLOB NOT NULL REFERENCES spaces (id),
  status TEXT NOT NULL CHECK (status IN ('held', 'pending', 'confirmed', 'declined', 'expired', 'cancelled', 'checked_in', 'no_show', 'completed')),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  setup_minutes INTEGER NOT NULL CHECK (setup_minutes >= 0),
  teardown_minutes INTEGER NOT NULL CHECK (teardown_minutes >= 0),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  title TEXT NOT NULL,
  purpose TEXT NOT NULL,
  attendees INTEGER CHECK (attendees >= 0),
  headcount INTEGER CHECK (headcount >= 0),
  layout_id BLOB REFERENCES layouts (id),
  organiser_id BLOB NOT NULL REFERENCES users (id),
  organisation_id BLOB REFERENCES organisations (id),
  made_by BLOB NOT NULL REFERENCES users (id),
  notes TEXT,
  internal_notes TEXT,
  is_public INTEGER NOT NULL DEFAULT 0,
  waived INTEGER NOT NULL DEFAULT 0,
  cancellation_notice_minutes INTEGER NOT NULL,
  cancelled_late INTEGER,
  expires_at INTEGER,
  released_at INTEGER,
  change TEXT,
  sequence INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (starts_at < ends_at)
) STRICT;
CREATE INDEX reservations_venue ON reservations (venue_id, starts_at, id);
CREATE INDEX reservations_space ON reservations (space_id, starts_at, id);
CREATE INDEX reservations_organiser ON reservations (organiser_id, starts_at, id);
CREATE INDEX reservations_organisation ON reservations (organisation_id, starts_at, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX reservations_expiring ON reservations (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX reservations_ending ON reservations (ends_at) WHERE status = 'confirmed';

-- What is taken. Rows exist only while they count; none lasts over 32 days, so that
-- "what meets [a, b)" is one range of the index on ends_at.
CREATE TABLE occupancies (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
  venue_id BLOB NOT NULL REFERENCES venues (id),
  unit_id BLOB NOT NULL REFERENCES units (id),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  reservation_id BLOB REFERENCES reservations (id),
  block_id BLOB REFERENCES blocks (id),
  CHECK (starts_at < ends_at),
  CHECK (ends_at - starts_at <= 2764800),
  CHECK ((reservation_id IS NULL) <> (block_id IS NULL))
) STRICT;
CREATE INDEX occupancies_unit ON occupancies (unit_id, ends_at);
CREATE INDEX occupancies_reservation ON occupancies (reservation_id) WHERE reservation_id IS NOT NULL;
CREATE INDEX occupancies_block ON occupancies (block_id) WHERE block_id IS NOT NULL;

-- The last line against selling a slot twice. Rows of one unit never overlap, so the first that
-- ends after the new start decides: one index look-up (8 us with a million rows).
CREATE TRIGGER occupancies_insert BEFORE INSERT ON occupancies
WHEN (SELECT starts_at FROM occupancies
      WHERE unit_id = NEW.unit_id AND ends_at > NEW.starts_at
      ORDER BY ends_at LIMIT 1) < NEW.ends_at
BEGIN
  SELECT RAISE(ABORT, 'slot_taken');
END;

CREATE TRIGGER occupancies_update BEFORE UPDATE ON occupancies
WHEN (SELECT starts_at FROM occupancies
      WHERE unit_id = NEW.unit_id AND ends_at > NEW.starts_at AND id <> OLD.id
      ORDER BY ends_at LIMIT 1) < NEW.ends_at
BEGIN
  SELECT RAISE(ABORT, 'slot_taken');
END;

CREATE TABLE outbox (
  id BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  priority INTEGER NOT NULL,
  user_id BLOB REFERENCES users (id),
  to_email TEXT NOT NULL,
  to_name TEXT NOT NULL,
  locale TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  lease BLOB,
  last_error TEXT,
  created_at INTEGER NOT NULL,
  sent_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (priority, due_at) WHERE state = 'queued';
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';

CREATE TABLE idempotency (
  claim BLOB PRIMARY KEY,
  user_id BLOB REFERENCES users (id),
  fingerprint BLOB NOT NULL,
  status INTEGER,
  body TEXT,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotency_age ON idempotency (created_at);

-- Append-only. Personal values stand only in payloads.
CREATE TABLE audit (
  id BLOB PRIMARY KEY,
  at INTEGER NOT NULL,
  actor_id BLOB,
  action TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  network_id BLOB,
  venue_id BLOB,
  from_status TEXT,
  to_status TEXT,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject_id, id);
CREATE INDEX audit_venue ON audit (network_id, venue_id, id);

-- Small facts of the installation itself.
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
