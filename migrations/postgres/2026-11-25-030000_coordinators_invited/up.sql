-- Coordination bodies invite by mail, too: an invitation is to a venue's staff or to a network's coordinators.
ALTER TABLE invitations ALTER COLUMN venue_id DROP NOT NULL;
ALTER TABLE invitations ADD COLUMN network_id UUID REFERENCES networks (id);
ALTER TABLE invitations ADD CONSTRAINT invitations_one_team CHECK ((venue_id IS NULL) <> (network_id IS NULL));
CREATE INDEX invitations_network ON invitations (network_id) WHERE network_id IS NOT NULL;
