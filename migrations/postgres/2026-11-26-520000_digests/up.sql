-- When a venue's staff are told next what the day brings.
CREATE TABLE venue_digests (
  venue_id UUID PRIMARY KEY REFERENCES venues (id),
  due_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX venue_digests_due ON venue_digests (due_at);
