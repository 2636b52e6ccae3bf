-- One transaction: the next free quarter of an hour, going round the units as reserve.lua does.
INSERT INTO occupancies (unit_id, occupied)
SELECT units.id, tstzrange(t.start, t.start + interval '15 minutes')
FROM (SELECT nextval('slot') AS n OFFSET 0) AS s
CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01 00:00+00' + (s.n / 64) * interval '15 minutes' AS start) AS t
JOIN units ON units.n = s.n % 64;
