ALTER TABLE reservations DROP COLUMN fee_settled_at;
ALTER TABLE reservations DROP COLUMN fee_settled_as;
ALTER TABLE reservations DROP COLUMN fee_settled;
