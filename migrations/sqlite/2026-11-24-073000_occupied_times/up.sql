-- What meets a stretch of time is looked for up to 32 days behind it by the end; with the start in the index what
-- begins later is passed over there, and no row of it is read.
CREATE INDEX occupancies_unit_time ON occupancies (unit_id, ends_at, starts_at);
DROP INDEX occupancies_unit;
