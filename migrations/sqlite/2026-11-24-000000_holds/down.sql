DROP INDEX reservations_person_expiring;
ALTER TABLE reservations DROP COLUMN on_confirm;
ALTER TABLE occupancies DROP COLUMN held_until;
