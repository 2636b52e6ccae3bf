DROP INDEX reservations_remind;
ALTER TABLE reservations DROP COLUMN remind_for;
ALTER TABLE reservations DROP COLUMN remind_at;
ALTER TABLE reservations DROP COLUMN reminder_hours;
