-- The queue is read venue by venue: by its staff, and by the job where something has changed.
CREATE INDEX waiting_entries_venue ON waiting_entries (venue_id, id) WHERE ended_at IS NULL;
DROP INDEX waiting_entries_queue;
