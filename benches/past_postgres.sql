-- :count past reservations of half an hour, back to back, of the space :space.
SET statement_timeout = 0;
BEGIN;
CREATE TEMP TABLE past ON COMMIT DROP AS
SELECT i, gen_random_uuid() AS id, to_timestamp(:now - (i + 1) * 1800) AS starts_at
FROM generate_series(1, :count) AS i;
INSERT INTO reservations (id, network_id, venue_id, space_id, status, starts_at, ends_at, setup_minutes,
  teardown_minutes, quantity, title, purpose, organiser_id, made_by, cancellation_notice_minutes, created_at, updated_at)
SELECT past.id, s.network_id, s.venue_id, s.id, 'completed', past.starts_at, past.starts_at + interval '30 minutes',
  0, 0, 1, 'Past', 'meeting', u.id, u.id, 0, past.starts_at, past.starts_at
FROM past, spaces s, (SELECT id FROM users LIMIT 1) u WHERE s.id = ':space'::uuid;
INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id)
SELECT gen_random_uuid(), s.network_id, s.venue_id, su.unit_id, past.starts_at,
  past.starts_at + interval '30 minutes', past.id
FROM past, spaces s JOIN space_units su ON su.space_id = s.id WHERE s.id = ':space'::uuid ORDER BY past.starts_at;
COMMIT;
ANALYZE;
