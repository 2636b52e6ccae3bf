-- When somebody last showed in a session that it is they: their password, or a code of their second factor.
ALTER TABLE sessions ADD COLUMN shown_at INTEGER;
