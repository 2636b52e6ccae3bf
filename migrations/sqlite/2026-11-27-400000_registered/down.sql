ALTER TABLE organisations DROP COLUMN was_registered;
