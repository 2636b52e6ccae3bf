ALTER TABLE reservations DROP COLUMN equipment;
