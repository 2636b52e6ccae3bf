DELETE FROM invitations WHERE organisation_id IS NOT NULL;
ALTER TABLE invitations DROP CONSTRAINT invitations_one_team;
DROP INDEX invitations_inviter;
ALTER TABLE invitations DROP COLUMN organisation_id;
ALTER TABLE invitations DROP COLUMN role;
ALTER TABLE invitations ADD CONSTRAINT invitations_one_team CHECK ((venue_id IS NULL) <> (network_id IS NULL));
