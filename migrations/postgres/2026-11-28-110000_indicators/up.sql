-- What a network's action plan counts, and what it should come to.
CREATE TABLE indicators (
  id UUID PRIMARY KEY,
  network_id UUID NOT NULL REFERENCES networks (id),
  -- The plan's own.
  code TEXT NOT NULL,
  name_sl TEXT NOT NULL,
  name_en TEXT NOT NULL,
  description_sl TEXT,
  description_en TEXT,
  figure TEXT NOT NULL,
  filter TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('at_least', 'at_most')),
  -- Each year counts with all before it from this one on.
  cumulative_from INTEGER,
  created_at TIMESTAMPTZ NOT NULL,
  archived_at TIMESTAMPTZ,
  version BIGINT NOT NULL,
  CHECK ((description_sl IS NULL) = (description_en IS NULL))
);
CREATE INDEX indicators_network ON indicators (network_id, id);
CREATE UNIQUE INDEX indicators_code ON indicators (network_id, code) WHERE archived_at IS NULL;
CREATE TABLE indicator_targets (
  indicator_id UUID NOT NULL REFERENCES indicators (id),
  year INTEGER NOT NULL,
  -- Of the figure's unit.
  millionths BIGINT NOT NULL CHECK (millionths >= 0),
  PRIMARY KEY (indicator_id, year)
);
-- What a year came to when it was closed. Nothing of it ever changes.
CREATE TABLE indicator_values (
  indicator_id UUID NOT NULL REFERENCES indicators (id),
  year INTEGER NOT NULL,
  -- Whole seconds, heads or minor units; none where it is hidden or not known.
  numerator BIGINT,
  -- Of rates.
  denominator BIGINT,
  hidden BOOLEAN NOT NULL,
  -- utilisation, attendance or published.
  made_from TEXT NOT NULL,
  closed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (indicator_id, year),
  CHECK (NOT hidden OR (numerator IS NULL AND denominator IS NULL))
);
CREATE TRIGGER indicator_values_stay BEFORE UPDATE OR DELETE ON indicator_values
FOR EACH ROW EXECUTE FUNCTION published_stays();
CREATE TRIGGER indicator_values_all BEFORE TRUNCATE ON indicator_values
FOR EACH STATEMENT EXECUTE FUNCTION published_stays();
