-- Series: what one recurrence rule made. Local times are civil (no offset), in the venue's zone as it was then;
-- exdates is a JSON list of the local dates on which nothing of it is: excluded, or not to be had.
CREATE TABLE series (
  id uuid PRIMARY KEY,
  network_id uuid NOT NULL REFERENCES networks (id),
  venue_id uuid NOT NULL REFERENCES venues (id),
  space_id uuid NOT NULL REFERENCES spaces (id),
  organiser_id uuid NOT NULL REFERENCES users (id),
  organisation_id uuid REFERENCES organisations (id),
  made_by uuid NOT NULL REFERENCES users (id),
  title TEXT NOT NULL,
  rule TEXT NOT NULL,
  exdates TEXT NOT NULL DEFAULT '[]',
  starts_at TEXT NOT NULL,
  ends_at TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  sequence INTEGER NOT NULL DEFAULT 0,
  split_from uuid REFERENCES series (id),
  version BIGINT NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  CHECK (starts_at < ends_at)
);
CREATE INDEX series_organiser ON series (organiser_id, id);
CREATE INDEX series_organisation ON series (organisation_id, id) WHERE organisation_id IS NOT NULL;
CREATE INDEX series_venue ON series (venue_id, id);

-- Which occurrence of which series: the local start that the rule gave it, wherever it was moved since.
ALTER TABLE reservations ADD COLUMN series_id uuid REFERENCES series (id);
ALTER TABLE reservations ADD COLUMN recurrence_id TEXT;
-- Moved or edited by itself: a wider edit passes it by.
ALTER TABLE reservations ADD COLUMN changed_alone BOOLEAN NOT NULL DEFAULT FALSE;
CREATE UNIQUE INDEX reservations_series ON reservations (series_id, recurrence_id) WHERE series_id IS NOT NULL;

-- Blocks made together from one rule share this; they have no row of their own in series, which is people's.
ALTER TABLE blocks ADD COLUMN series_id uuid;
CREATE INDEX blocks_series ON blocks (series_id, starts_at) WHERE series_id IS NOT NULL;
