DROP INDEX blocks_series;
ALTER TABLE blocks DROP COLUMN series_id;
DROP INDEX reservations_series;
ALTER TABLE reservations DROP COLUMN changed_alone;
ALTER TABLE reservations DROP COLUMN recurrence_id;
ALTER TABLE reservations DROP COLUMN series_id;
DROP TABLE series;
