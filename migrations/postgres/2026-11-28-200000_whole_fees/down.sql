ALTER TABLE reservations
  DROP CONSTRAINT fee_settled_is_known,
  DROP CONSTRAINT fee_settled_is_whole,
  DROP CONSTRAINT kept_fee_is_whole;
