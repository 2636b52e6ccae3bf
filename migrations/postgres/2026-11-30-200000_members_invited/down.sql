DELETE FROM invitations WHERE as_member;
ALTER TABLE invitations DROP COLUMN as_member;
