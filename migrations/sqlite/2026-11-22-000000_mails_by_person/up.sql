-- Mails are forgotten when they are old, and with the account they were sent to.
CREATE INDEX outbox_person ON outbox (user_id);
CREATE INDEX outbox_age ON outbox (created_at);
