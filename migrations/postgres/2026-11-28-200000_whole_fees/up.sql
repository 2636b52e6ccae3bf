-- What is said of a fee is said whole: an amount with its currency; how much was settled with how and when.
ALTER TABLE reservations
  ADD CONSTRAINT kept_fee_is_whole CHECK ((kept_fee IS NULL) = (kept_fee_currency IS NULL)),
  ADD CONSTRAINT fee_settled_is_whole CHECK (
    (fee_settled IS NULL) = (fee_settled_as IS NULL) AND (fee_settled IS NULL) = (fee_settled_at IS NULL)),
  ADD CONSTRAINT fee_settled_is_known CHECK (fee_settled > 0 AND fee_settled_as IN ('paid', 'forgiven'));
