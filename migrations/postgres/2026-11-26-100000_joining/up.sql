-- Who asks to join an organisation, and how its owners answered.
CREATE TABLE join_requests (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisations (id),
  user_id UUID NOT NULL REFERENCES users (id),
  -- To the owners, in the person's words.
  message TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  -- Null while nobody answered.
  outcome TEXT CHECK (outcome IN ('accepted', 'declined', 'withdrawn')),
  ended_at TIMESTAMPTZ,
  ended_by UUID REFERENCES users (id),
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
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
ALTER TABLE organisations ADD COLUMN confirmed_creative_until TIMESTAMPTZ;

-- Every confirmation as creative, and every withdrawal: only ever appended to.
CREATE TABLE organisation_confirmations (
  id UUID PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisations (id),
  confirmed BOOLEAN NOT NULL,
  at TIMESTAMPTZ NOT NULL,
  until TIMESTAMPTZ,
  -- Null where it was not kept, or the operator's own.
  made_by UUID REFERENCES users (id),
  -- For whose coordination body, where they are of one alone.
  network_id UUID REFERENCES networks (id),
  grounds TEXT
);
CREATE INDEX organisation_confirmations_organisation ON organisation_confirmations (organisation_id, id);

-- What stood before histories were kept. The organisation's own id is older than any that is made later.
INSERT INTO organisation_confirmations (id, organisation_id, confirmed, at)
SELECT id, id, TRUE, confirmed_creative_at FROM organisations WHERE confirmed_creative_at IS NOT NULL;

CREATE FUNCTION only_appended_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The grounds may name one person, who may be erased.
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || '{"grounds": null}' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is only appended to', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER organisation_confirmations_stay BEFORE UPDATE OR DELETE ON organisation_confirmations
FOR EACH ROW EXECUTE FUNCTION only_appended_to();
