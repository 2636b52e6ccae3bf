-- What takes the rooms and the desks, in words both databases understand but for `:at(…)` (seconds to an instant) and
-- `:id` (n to an identifier). Nothing in it is random: of all slots, :share in 10,000 are taken, spread evenly; every run
-- measures the same. The first reservation is of the day before yesterday or the day before that.
BEGIN;
CREATE TEMP TABLE taking AS
SELECT row_number() OVER (ORDER BY s.id, su.position) AS number, s.id AS space, su.unit_id AS unit,
  CASE WHEN s.kind = 'desk_area' THEN 1 ELSE 6 END AS slots
FROM spaces s JOIN space_units su ON su.space_id = s.id WHERE s.kind IN ('desk_area', 'meeting_room');

CREATE TEMP TABLE made AS
WITH RECURSIVE
  day(day) AS (SELECT -1095 UNION ALL SELECT day + 1 FROM day WHERE day < 30),
  slot(slot) AS (SELECT 0 UNION ALL SELECT slot + 1 FROM slot WHERE slot < 5),
  taken AS (
    -- rooms for two hours from 8 o'clock on, desks for the day
    SELECT space, unit, day * 86400 + slot * 7200 AS starts, CASE WHEN slots = 1 THEN 43200 ELSE 7200 END AS seconds
    FROM taking, day, slot
    WHERE slot < slots AND (number * 7919 + (day + 2000) * 104729 + slot * 15486) % 10000 < :share)
SELECT row_number() OVER (ORDER BY CASE WHEN starts > -259200 AND starts < -86400 THEN 0 ELSE 1 END, starts, unit) AS n,
  space, unit, :now + starts AS starts_at, :now + starts + seconds AS ends_at
FROM taken;

-- A quarter has to check in, and does; of a third nobody said how many come.
INSERT INTO reservations (id, network_id, venue_id, space_id, status, starts_at, ends_at, setup_minutes,
  teardown_minutes, quantity, title, purpose, attendees, organiser_id, made_by, cancellation_notice_minutes, created_at,
  updated_at, check_in_required, checked_in_at)
SELECT :id, s.network_id, s.venue_id, s.id, CASE WHEN ends_at < :now THEN 'completed' ELSE 'confirmed' END,
  :at(starts_at), :at(ends_at), 0, 0, 1, 'Meeting', 'meeting', CASE WHEN n % 3 > 0 THEN 1 + n % 5 END, u.id, u.id, 0,
  :at(:now), :at(:now), n % 4 = 0, CASE WHEN n % 4 = 0 AND ends_at < :now THEN :at(starts_at + 300) END
FROM made JOIN spaces s ON s.id = made.space, (SELECT id FROM users WHERE email_key = 'others@example.org') u;

INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id)
SELECT :id, s.network_id, s.venue_id, unit, :at(starts_at), :at(ends_at), :id
FROM made JOIN spaces s ON s.id = made.space ORDER BY n;

DROP TABLE made;
DROP TABLE taking;
COMMIT;
ANALYZE;
