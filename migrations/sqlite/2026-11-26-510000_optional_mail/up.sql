-- The mails that a person may do without, and whether they want them.
ALTER TABLE users ADD COLUMN wants_reminders INTEGER NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN wants_digests INTEGER NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN wants_headcounts INTEGER NOT NULL DEFAULT 1;
