-- Venues and networks invite members by mail, too: `as_member` tells them from staff and coordinators.
ALTER TABLE invitations ADD COLUMN as_member BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE invitations ADD CONSTRAINT invitations_members CHECK (NOT as_member OR organisation_id IS NULL);
