-- What a reservation costs its guest at least once it is cancelled: they changed it when cancelling would have cost this.
ALTER TABLE reservations ADD COLUMN kept_fee INTEGER CHECK (kept_fee > 0);
ALTER TABLE reservations ADD COLUMN kept_fee_currency TEXT;
