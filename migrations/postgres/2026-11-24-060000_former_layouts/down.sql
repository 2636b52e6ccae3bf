ALTER TABLE layouts DROP COLUMN removed_at;
