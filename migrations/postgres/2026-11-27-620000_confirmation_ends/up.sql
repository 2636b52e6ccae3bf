-- Of which end of an organisation's confirmation as creative its owners were told.
ALTER TABLE organisations ADD COLUMN end_told TIMESTAMPTZ;
CREATE INDEX organisations_creative_until ON organisations (confirmed_creative_until) WHERE confirmed_creative_until IS NOT NULL;
