DROP INDEX organisations_creative_until;
ALTER TABLE organisations DROP COLUMN end_told;
