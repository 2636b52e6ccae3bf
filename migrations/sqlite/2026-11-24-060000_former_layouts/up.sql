-- A layout that is no longer offered is still the one of the reservations made with it.
ALTER TABLE layouts ADD COLUMN removed_at INTEGER;
