ALTER TABLE sessions DROP COLUMN shown_at;
