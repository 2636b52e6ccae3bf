-- How many hours before its start the organiser is reminded, as the policy said when it was made; 0: not at all.
ALTER TABLE reservations ADD COLUMN reminder_hours INTEGER NOT NULL DEFAULT 24 CHECK (reminder_hours >= 0);
-- When; null where it is done, or never will be.
ALTER TABLE reservations ADD COLUMN remind_at TIMESTAMPTZ;
-- The start that this was decided for.
ALTER TABLE reservations ADD COLUMN remind_for TIMESTAMPTZ;
UPDATE reservations SET remind_for = starts_at WHERE status = 'confirmed';
-- Only the last revision is known here: what was changed later than that needs no reminder.
UPDATE reservations SET remind_at = starts_at - INTERVAL '24 hours' WHERE status = 'confirmed' AND updated_at <= starts_at - INTERVAL '24 hours';
CREATE INDEX reservations_remind ON reservations (remind_at) WHERE remind_at IS NOT NULL;
