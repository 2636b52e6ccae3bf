-- Who asks to join an organisation, and how its owners answered.
CREATE TABLE join_requests (
  id BLOB PRIMARY KEY,
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  user_id BLOB NOT NULL REFERENCES users (id),
  -- To the owners, in the person's words.
  message TEXT,
  created_at INTEGER NOT NULL,
  -- Null while nobody answered.
  outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
  ended_at INTEGER,
  ended_by BLOB REFERENCES users (id),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
) STRICT;
-- Nobody asks twice at a time.
CREATE UNIQUE INDEX join_requests_open ON join_requests (organisation_id, user_id) WHERE outcome IS NULL;
CREATE INDEX join_requests_organisation ON join_requests (organisation_id, id);
CREATE INDEX join_requests_user ON join_requests (user_id, id);
CREATE INDEX join_requests_age ON join_requests (created_at);

-- One enterprise counts once, whichever unit of it the number named. Where both stand already, people have to settle it.
UPDATE organisations SET register_number = substr(register_number, 1, 7)
WHERE length(register_number) = 10 AND NOT EXISTS (
  SELECT 1 FROM organisations AS other
  WHERE other.id <> organisations.id
    AND substr(other.register_number, 1, 7) = substr(organisations.register_number, 1, 7)
);

-- Until when a confirmation as creative holds; null: until it is withdrawn.
ALTER TABLE organisations ADD COLUMN confirmed_creative_until INTEGER;

-- Every confirmation as creative, and every withdrawal: only ever appended to.
CREATE TABLE organisation_confirmations (
  id BLOB PRIMARY KEY,
  organisation_id BLOB NOT NULL REFERENCES organisations (id),
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
  at INTEGER NOT NULL,
  until INTEGER,
  -- Null where it was not kept, or the operator's own.
  made_by BLOB REFERENCES users (id),
  -- For whose coordination body, where they are of one alone.
  network_id BLOB REFERENCES networks (id),
  grounds TEXT
) STRICT;
CREATE INDEX organisation_confirmations_organisation ON organisation_confirmations (organisation_id, id);

-- What stood before histories were kept. The organisation's own id is older than any that is made later.
INSERT INTO organisation_confirmations (id, organisation_id, confirmed, at)
SELECT id, id, 1, confirmed_creative_at FROM organisations WHERE confirmed_creative_at IS NOT NULL;

-- The grounds may name one person, who may be erased.
CREATE TRIGGER organisation_confirmations_stay BEFORE UPDATE ON organisation_confirmations
WHEN NEW.grounds IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.organisation_id IS NOT OLD.organisation_id
  OR NEW.confirmed IS NOT OLD.confirmed OR NEW.at IS NOT OLD.at OR NEW.until IS NOT OLD.until
  OR NEW.made_by IS NOT OLD.made_by OR NEW.network_id IS NOT OLD.network_id
BEGIN
  SELECT RAISE(ABORT, 'confirmations are only appended to');
END;
CREATE TRIGGER organisation_confirmations_last BEFORE DELETE ON organisation_confirmations
BEGIN
  SELECT RAISE(ABORT, 'confirmations are only appended to');
END;
