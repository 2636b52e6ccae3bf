-- What takes the rooms and the desks, in words both databases understand but for `:at(…)` (seconds to an instant) and
-- `:id` (n to an identifier). Nothing in it is random: of all slots, :share in 10,000 are taken, spread evenly; every run
-- measures the same. The first reservation is of the day before yesterday or the day before that. 3,000 people reserve,
-- some very much more often than others, two of three for one of 1,000 organisations.
BEGIN;
CREATE TEMP TABLE crowd AS
WITH RECURSIVE person(n) AS (SELECT 2000000 UNION ALL SELECT n + 1 FROM person WHERE n < 2002999)
SELECT n - 2000000 AS number, :id AS id FROM person;

INSERT INTO users (id, email, email_key, name, locale, verified_at, created_at)
SELECT id, 'p' || number || '@example.org', 'p' || number || '@example.org', 'Person ' || number, 'sl', :at(:now), :at(:now)
FROM crowd;

CREATE TEMP TABLE employers AS
WITH RECURSIVE organisation(n) AS (SELECT 3000000 UNION ALL SELECT n + 1 FROM organisation WHERE n < 3000999)
SELECT n - 3000000 AS number, :id AS id FROM organisation;

INSERT INTO organisations (id, name, search_text, legal_form, size, sector_scheme, sector_version, sector_code,
  municipality, register_number, created_at)
WITH
  form(k, legal_form) AS (VALUES (0, 'sole_entrepreneur'), (1, 'sole_entrepreneur'), (2, 'company'), (3, 'company'),
    (4, 'ngo'), (5, 'public_institution'), (6, 'school')),
  scale(k, size) AS (VALUES (0, 'micro'), (1, 'micro'), (2, 'micro'), (3, 'small'), (4, 'small'), (5, 'medium'), (6, 'large')),
  trade(k, code) AS (VALUES (0, '90.39'), (1, '90.20'), (2, '74.12'), (3, '74.20'), (4, '62.10'), (5, '58.11'), (6, '59.11'),
    (7, '71.11'), (8, '73.11'), (9, '85.59'), (10, '94.99'), (11, '91.21'), (12, '82.30')),
  town(k, municipality) AS (VALUES (0, 'Kranj'), (1, 'Kranj'), (2, 'Jesenice'), (3, 'Škofja Loka'), (4, 'Radovljica'),
    (5, 'Bled'), (6, 'Tržič'), (7, 'Bohinj'), (8, 'Železniki'), (9, 'Žiri'), (10, 'Šenčur'), (11, 'Cerklje na Gorenjskem'),
    (12, 'Naklo'), (13, 'Preddvor'), (14, 'Jezersko'), (15, 'Gorje'), (16, 'Kranjska Gora'), (17, 'Žirovnica'),
    (18, 'Gorenja vas - Poljane'))
SELECT id, 'Organisation ' || number, 'organisation ' || number, legal_form, size, 'nace', '2.1', code, municipality,
  CASE WHEN number % 5 > 0 THEN CAST(1000000 + number AS TEXT) END, :at(:now)
FROM employers JOIN form ON form.k = number % 7 JOIN scale ON scale.k = number * 5 / 11 % 7
  JOIN trade ON trade.k = number * 3 / 7 % 13 JOIN town ON town.k = number * 7 / 13 % 19;

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

-- A person's number grows with the square of an even spread: the first third of all slots are a ninth of the people's.
CREATE TEMP TABLE claimed AS
SELECT made.*, CAST((n * 7919 % 10007) * (n * 7919 % 10007) / 33381 AS INTEGER) AS person FROM made;

-- A quarter has to check in, and does; of a third nobody said how many come.
INSERT INTO reservations (id, network_id, venue_id, space_id, status, starts_at, ends_at, setup_minutes,
  teardown_minutes, quantity, title, purpose, attendees, organiser_id, organisation_id, made_by, cancellation_notice_minutes,
  created_at, updated_at, check_in_required, checked_in_at, audience)
WITH use(k, purpose) AS (VALUES (0, 'meeting'), (1, 'meeting'), (2, 'meeting'), (3, 'coworking'), (4, 'coworking'),
  (5, 'workshop'), (6, 'training'), (7, 'event'), (8, 'mentoring'), (9, 'exhibition'), (10, 'other'))
SELECT :id, s.network_id, s.venue_id, s.id, CASE WHEN ends_at < :now THEN 'completed' ELSE 'confirmed' END,
  :at(starts_at), :at(ends_at), 0, 0, 1, 'Meeting', purpose, CASE WHEN n % 3 > 0 THEN 1 + n % 5 END, crowd.id,
  employers.id, crowd.id, 0, :at(:now), :at(:now), n % 4 = 0,
  CASE WHEN n % 4 = 0 AND ends_at < :now THEN :at(starts_at + 300) END,
  CASE WHEN employers.number % 3 = 0 THEN 'cci' WHEN person % 7 = 0 THEN 'member' ELSE 'public' END
FROM claimed JOIN spaces s ON s.id = claimed.space JOIN crowd ON crowd.number = person
  JOIN use ON use.k = n % 11
  LEFT JOIN employers ON employers.number = person / 3 AND person % 3 > 0;

INSERT INTO occupancies (id, network_id, venue_id, unit_id, starts_at, ends_at, reservation_id)
SELECT :id, s.network_id, s.venue_id, unit, :at(starts_at), :at(ends_at), :id
FROM made JOIN spaces s ON s.id = made.space ORDER BY n;

DROP TABLE claimed;
DROP TABLE employers;
DROP TABLE crowd;
DROP TABLE made;
DROP TABLE taking;
COMMIT;
ANALYZE;
