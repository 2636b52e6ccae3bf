-- An erased organisation loses its register number, which would name it; that it had one is counted.
ALTER TABLE organisations ADD COLUMN was_registered INTEGER NOT NULL DEFAULT 0 CHECK (was_registered IN (0, 1));
