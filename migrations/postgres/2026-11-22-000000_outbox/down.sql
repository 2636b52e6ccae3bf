CREATE INDEX outbox_due ON outbox (priority, due_at) WHERE state = 'queued';
CREATE INDEX outbox_dead ON outbox (id) WHERE state = 'dead';
DROP INDEX outbox_next;
DROP INDEX outbox_person;
DROP INDEX outbox_age;
