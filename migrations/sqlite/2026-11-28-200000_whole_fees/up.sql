-- What is said of a fee is said whole: an amount with its currency; how much was settled with how and when. SQLite adds no
-- CHECK to a table that stands, and rebuilding the largest one, with all its triggers, for it would be the greater risk.
CREATE TRIGGER reservations_fees_insert BEFORE INSERT ON reservations
WHEN
  (NEW.kept_fee IS NULL) <> (NEW.kept_fee_currency IS NULL)
  OR (NEW.fee_settled IS NULL) <> (NEW.fee_settled_as IS NULL)
  OR (NEW.fee_settled IS NULL) <> (NEW.fee_settled_at IS NULL)
  OR NEW.fee_settled <= 0
  OR NEW.fee_settled_as NOT IN ('paid', 'forgiven')
BEGIN
  SELECT RAISE(ABORT, 'a fee is told whole');
END;

CREATE TRIGGER reservations_fees_update
BEFORE UPDATE OF kept_fee, kept_fee_currency, fee_settled, fee_settled_as, fee_settled_at ON reservations
WHEN
  (NEW.kept_fee IS NULL) <> (NEW.kept_fee_currency IS NULL)
  OR (NEW.fee_settled IS NULL) <> (NEW.fee_settled_as IS NULL)
  OR (NEW.fee_settled IS NULL) <> (NEW.fee_settled_at IS NULL)
  OR NEW.fee_settled <= 0
  OR NEW.fee_settled_as NOT IN ('paid', 'forgiven')
BEGIN
  SELECT RAISE(ABORT, 'a fee is told whole');
END;
