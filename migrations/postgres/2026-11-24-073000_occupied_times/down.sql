CREATE INDEX occupancies_unit ON occupancies (unit_id, ends_at);
DROP INDEX occupancies_unit_time;
