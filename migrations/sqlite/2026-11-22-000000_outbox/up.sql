-- Mails are forgotten when they are old, and with the account they were sent to.
CREATE INDEX outbox_person ON outbox (user_id);
-- Full, not partial: a prepared statement says the state by a parameter, and PostgreSQL then can't use a partial one.
CREATE INDEX outbox_next ON outbox (state, priority, due_at);
DROP INDEX outbox_due;
DROP INDEX outbox_dead;
CREATE INDEX outbox_age ON outbox (created_at);
