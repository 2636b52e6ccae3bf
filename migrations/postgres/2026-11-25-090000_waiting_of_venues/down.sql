CREATE INDEX waiting_entries_queue ON waiting_entries (id) WHERE ended_at IS NULL;
DROP INDEX waiting_entries_venue;
