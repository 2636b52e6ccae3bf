DROP TABLE attempts;
DROP TABLE address_changes;
ALTER TABLE sessions DROP COLUMN client;
ALTER TABLE sessions DROP COLUMN used_at;
