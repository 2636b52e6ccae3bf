-- Who cancelled what had been confirmed: the organiser or the venue. NULL of all else.
ALTER TABLE reservations ADD COLUMN cancelled_by TEXT CHECK (cancelled_by IN ('organiser', 'venue'));
UPDATE reservations SET cancelled_by = (
  SELECT CASE WHEN audit.payload LIKE '%"by_venue":true%' THEN 'venue' ELSE 'organiser' END
  FROM audit
  WHERE audit.subject_id = reservations.id AND audit.action = 'reservation.cancelled' AND audit.from_status = 'confirmed'
  LIMIT 1
)
WHERE status = 'cancelled';
CREATE INDEX approvals_answered ON approvals (venue_id, answered_at) WHERE answered_at IS NOT NULL;

-- The key of a day, under which people and clients of that day are told apart in the two tables below. It is deleted soon
-- after the day; from then on nobody can tell who it was.
CREATE TABLE demand_keys (
  day DATE PRIMARY KEY,
  key BYTEA NOT NULL
);

-- Who was refused a reservation: once per person, space and local day. The id is a digest of the three under the day's key.
CREATE TABLE turn_aways (
  id UUID PRIMARY KEY,
  network_id UUID NOT NULL REFERENCES networks (id),
  venue_id UUID NOT NULL REFERENCES venues (id),
  space_id UUID NOT NULL REFERENCES spaces (id),
  day DATE NOT NULL,
  reason TEXT NOT NULL
);
CREATE INDEX turn_aways_venue ON turn_aways (venue_id, day);

-- Searches that found nothing free: once per client, day and what was searched for. The id is a digest of these under the
-- day's key. Without a network all were searched.
CREATE TABLE empty_searches (
  id UUID PRIMARY KEY,
  network_id UUID REFERENCES networks (id),
  venue_id UUID REFERENCES venues (id),
  day DATE NOT NULL,
  kind TEXT,
  municipality TEXT,
  capacity_band TEXT NOT NULL
);
CREATE INDEX empty_searches_day ON empty_searches (day);
