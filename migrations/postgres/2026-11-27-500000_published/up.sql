-- Periods whose figures about people are closed, and their tables as they were decided then. Nothing of them ever changes.
CREATE TABLE published_periods (
  network_id UUID NOT NULL REFERENCES networks (id),
  -- 2026-03, 2026-Q1 or 2026.
  period TEXT NOT NULL,
  year INTEGER NOT NULL,
  closed_at TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (network_id, period)
);
CREATE TABLE published_tables (
  id UUID PRIMARY KEY,
  network_id UUID NOT NULL,
  -- Of the network as a whole where there is none.
  venue_id UUID REFERENCES venues (id),
  period TEXT NOT NULL,
  year INTEGER NOT NULL,
  dimension TEXT NOT NULL,
  -- Values, hidden ones too, and what is hidden.
  body TEXT NOT NULL,
  FOREIGN KEY (network_id, period) REFERENCES published_periods (network_id, period)
);
CREATE INDEX published_tables_place ON published_tables (network_id, year, period, dimension, venue_id);

CREATE FUNCTION published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'published_stays';
END
$$;
CREATE TRIGGER published_periods_stay BEFORE UPDATE OR DELETE ON published_periods
FOR EACH ROW EXECUTE FUNCTION published_stays();
CREATE TRIGGER published_tables_stay BEFORE UPDATE OR DELETE ON published_tables
FOR EACH ROW EXECUTE FUNCTION published_stays();
CREATE TRIGGER published_periods_all BEFORE TRUNCATE ON published_periods
FOR EACH STATEMENT EXECUTE FUNCTION published_stays();
CREATE TRIGGER published_tables_all BEFORE TRUNCATE ON published_tables
FOR EACH STATEMENT EXECUTE FUNCTION published_stays();
