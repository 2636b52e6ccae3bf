-- What a network's action plan counts, and what it should come to.
CREATE TABLE indicators (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL REFERENCES networks (id),
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
  created_at INTEGER NOT NULL,
  archived_at INTEGER,
  version INTEGER NOT NULL,
  CHECK ((description_sl IS NULL) = (description_en IS NULL))
) STRICT;
CREATE INDEX indicators_network ON indicators (network_id, id);
CREATE UNIQUE INDEX indicators_code ON indicators (network_id, code) WHERE archived_at IS NULL;
CREATE TABLE indicator_targets (
  indicator_id BLOB NOT NULL REFERENCES indicators (id),
  year INTEGER NOT NULL,
  -- Of the figure's unit.
  millionths INTEGER NOT NULL CHECK (millionths >= 0),
  PRIMARY KEY (indicator_id, year)
) STRICT;
-- What a year came to when it was closed. Nothing of it ever changes.
CREATE TABLE indicator_values (
  indicator_id BLOB NOT NULL REFERENCES indicators (id),
  year INTEGER NOT NULL,
  -- Whole seconds, heads or minor units; none where it is hidden or not known.
  numerator INTEGER,
  -- Of rates.
  denominator INTEGER,
  hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)),
  -- utilisation, attendance or published.
  made_from TEXT NOT NULL,
  closed_at INTEGER NOT NULL,
  PRIMARY KEY (indicator_id, year),
  CHECK (NOT hidden OR (numerator IS NULL AND denominator IS NULL))
) STRICT;
CREATE TRIGGER indicator_values_update BEFORE UPDATE ON indicator_values
BEGIN
  SELECT RAISE(ABORT, 'published_stays');
END;
CREATE TRIGGER indicator_values_delete BEFORE DELETE ON indicator_values
BEGIN
  SELECT RAISE(ABORT, 'published_stays');
END;
