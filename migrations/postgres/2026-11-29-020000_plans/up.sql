-- How a space's units lie on its floor (docs/adr/0030).
CREATE TABLE space_plans (
  space_id UUID PRIMARY KEY REFERENCES spaces (id),
  -- As `domain::plan` writes it; none where nothing is drawn any more.
  body TEXT,
  version BIGINT NOT NULL
);
