-- Organisations invite by mail, too, as a member or an owner.
ALTER TABLE invitations ADD COLUMN organisation_id UUID REFERENCES organisations (id);
ALTER TABLE invitations ADD COLUMN role TEXT;
ALTER TABLE invitations DROP CONSTRAINT invitations_one_team;
ALTER TABLE invitations ADD CONSTRAINT invitations_one_team CHECK (
  num_nonnulls(venue_id, network_id, organisation_id) = 1
  AND (organisation_id IS NULL) = (role IS NULL)
);
CREATE INDEX invitations_organisation ON invitations (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX invitations_inviter ON invitations (invited_by);
