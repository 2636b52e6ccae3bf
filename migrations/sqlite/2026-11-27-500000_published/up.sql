-- Periods whose figures about people are closed, and their tables as they were decided then. Nothing of them ever changes.
CREATE TABLE published_periods (
  network_id BLOB NOT NULL REFERENCES networks (id),
  -- 2026-03, 2026-Q1 or 2026.
  period TEXT NOT NULL,
  year INTEGER NOT NULL,
  closed_at INTEGER NOT NULL,
  PRIMARY KEY (network_id, period)
) STRICT;
CREATE TABLE published_tables (
  id BLOB PRIMARY KEY,
  network_id BLOB NOT NULL,
  -- Of the network as a whole where there is none.
  venue_id BLOB REFERENCES venues (id),
  period TEXT NOT NULL,
  year INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  -- Values, hidden ones too, and what is hidden.
  body TEXT NOT NULL,
  FOREIGN KEY (network_id, period) REFERENCES published_periods (network_id, period)
) STRICT;
CREATE INDEX published_tables_place ON published_tables (network_id, year, period, dimension, venue_id);

CREATE TRIGGER published_periods_update BEFORE UPDATE ON published_periods
BEGIN
  SELECT RAISE(ABORT, 'published_stays');
END;
CREATE TRIGGER published_periods_delete BEFORE DELETE ON published_periods
BEGIN
  SELECT RAISE(ABORT, 'published_stays');
END;
CREATE TRIGGER published_tables_update BEFORE UPDATE ON published_tables
BEGIN
  SELECT RAISE(ABORT, 'published_stays');
END;
CREATE TRIGGER published_tables_delete BEFORE DELETE ON published_tables
BEGIN
  SELECT RAISE(ABORT, 'published_stays');
END;
