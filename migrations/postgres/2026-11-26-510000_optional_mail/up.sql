-- The mails that a person may do without, and whether they want them.
ALTER TABLE users ADD COLUMN wants_reminders BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE users ADD COLUMN wants_digests BOOLEAN NOT NULL DEFAULT TRUE;
ALTER TABLE users ADD COLUMN wants_headcounts BOOLEAN NOT NULL DEFAULT TRUE;
