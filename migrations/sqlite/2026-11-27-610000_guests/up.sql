-- What a venue was told of people it reserved for, in its own words: it is shown these, and not what an account says.
CREATE TABLE guests (
  venue_id BLOB NOT NULL REFERENCES venues (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  phone TEXT,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (venue_id, user_id)
) STRICT;
CREATE INDEX guests_user ON guests (user_id);
-- What was reserved until now shows what it showed.
INSERT INTO guests (venue_id, user_id, email, name, phone, created_at)
  SELECT r.venue_id, r.organiser_id, u.email, u.name,
    CASE WHEN u.verified_at IS NULL AND u.password_hash IS NULL THEN u.phone END, MIN(r.created_at)
  FROM reservations r JOIN users u ON u.id = r.organiser_id
  WHERE r.made_by <> r.organiser_id AND u.disabled_at IS NULL
  GROUP BY r.venue_id, r.organiser_id, u.email, u.name, u.phone, u.verified_at, u.password_hash;
