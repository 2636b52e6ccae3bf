-- Venues and networks invite members by mail, too: `as_member` tells them from staff and coordinators.
ALTER TABLE invitations ADD COLUMN as_member INTEGER NOT NULL DEFAULT 0 CHECK (as_member IN (0, 1) AND (as_member = 0 OR organisation_id IS NULL));
