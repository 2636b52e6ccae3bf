-- What takes the rooms and the desks, in words both databases understand but for `:at(…)` (seconds to an instant) and
-- `:id` (n to an identifier). Nothing in it is random: every run measures the same. Rooms are numbered by id.
BEGIN;
CREATE TEMP TABLE room AS
SELECT row_number() OVER (ORDER BY s.id) - 1 AS room, s.id AS space, su.unit_id AS unit
FROM spaces s JOIN space_units su ON su.space_id = s.id WHERE s.kind = 'meeting_room';

CREATE TEMP TABLE desk AS
SELECT su.position AS desk, s.id AS space, su.unit_id AS unit
FROM spaces s JOIN space_units su ON su.space_id = s.id WHERE s.kind = 'desk_area';

CREATE TEMP TABLE made AS
WITH RECURSIVE
  n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < :past / 2),
  past AS (SELECT 0 AS room, n AS slot FROM n UNION ALL SELECT 1 + n % 999, n / 999 FROM n),
  day(day) AS (SELECT 1 UNION ALL SELECT day + 1 FROM day WHERE day < 60),
  eight(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM eight WHERE i < 7),
  taken AS (
    -- :past of half an hour each, back to back until an hour ago: half of them in the first room
    SELECT space, unit, -(slot + 3) * 1800 AS starts, 1800 AS seconds FROM past JOIN room ON room.room = past.room
    WHERE :past > 0
    -- the first room: eight a day for 25 days
    UNION ALL SELECT space, unit, day * 86400 + i * 5400, 3600 FROM room, day, eight WHERE room = 0 AND day <= 25
    -- every tenth room: all day for a week
    UNION ALL SELECT space, unit, day * 86400, 43200 FROM room, day WHERE room % 10 = 9 AND day <= 7
    -- else an hour in the morning and one in the afternoon
    UNION ALL SELECT space, unit, day * 86400 + 3600 + i * 18000, 3600 FROM room, day, eight
    WHERE i < 2 AND room > 0 AND (room % 10 < 9 OR day > 7)
    -- desks, 450 of 500: of each twenty one is free every day, and one on this day
    UNION ALL SELECT space, unit, day * 86400, 43200 FROM desk, day
    WHERE desk % 20 <> 0 AND desk % 20 <> 1 + day % 19)
SELECT row_number() OVER (ORDER BY starts, unit) AS n, space, unit, :now + starts AS starts_at,
  :now + starts + seconds AS ends_at
FROM taken;

INSERT INTO reservations (id, network_id, venue_id, space_id, status, starts_at, ends_at, setup_minutes,
  teardown_minutes, quantity, title, purpose, organiser_id, made_by, cancellation_notice_minutes, created_at, updated_at)
SELECT :id, s.network_id, s.venue_id, s.id, CASE WHEN ends_at < :now THEN 'completed' ELSE 'confirmed' END,
  :at(starts_at), :at(ends_at), 0, 0, 1, 'Meeting', 'meeting', u.id, u.id, 0, :at(:now), :at(:now)
FROM made JOIN spaces s ON s.id = made.space, (SELECT id FROM users WHERE email_key = 'others@example.org') u;

INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id)
SELECT :id, s.network_id, s.venue_id, unit, :at(starts_at), :at(ends_at), :id
FROM made JOIN spaces s ON s.id = made.space ORDER BY n;

DROP TABLE made;
DROP TABLE room;
DROP TABLE desk;
COMMIT;
ANALYZE;
