-- A fee was paid, or its venue asks for it no more: how much, gross, in minor units of the quote's currency, how and when.
ALTER TABLE reservations ADD COLUMN fee_settled BIGINT;
ALTER TABLE reservations ADD COLUMN fee_settled_as TEXT;
ALTER TABLE reservations ADD COLUMN fee_settled_at TIMESTAMPTZ;
