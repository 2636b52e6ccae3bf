-- Whom a venue or a network accepted: the audience `member`.

CREATE TABLE venue_members (
  venue_id UUID NOT NULL REFERENCES venues (id),
  user_id UUID NOT NULL REFERENCES users (id),
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (venue_id, user_id)
);
CREATE INDEX venue_members_user ON venue_members (user_id);

CREATE TABLE network_members (
  network_id UUID NOT NULL REFERENCES networks (id),
  user_id UUID NOT NULL REFERENCES users (id),
  created_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (network_id, user_id)
);
CREATE INDEX network_members_user ON network_members (user_id);
