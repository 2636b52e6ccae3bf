ALTER TABLE users DROP COLUMN wants_headcounts;
ALTER TABLE users DROP COLUMN wants_digests;
ALTER TABLE users DROP COLUMN wants_reminders;
