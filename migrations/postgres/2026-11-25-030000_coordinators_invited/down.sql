DELETE FROM invitations WHERE venue_id IS NULL;
ALTER TABLE invitations DROP COLUMN network_id;
ALTER TABLE invitations ALTER COLUMN venue_id SET NOT NULL;
