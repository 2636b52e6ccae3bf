-- An erased organisation loses its register number, which would name it; that it had one is counted.
ALTER TABLE organisations ADD COLUMN was_registered BOOLEAN NOT NULL DEFAULT FALSE;
