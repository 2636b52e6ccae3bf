ALTER TABLE reservations DROP COLUMN kept_fee_currency;
ALTER TABLE reservations DROP COLUMN kept_fee;
