-- The audit is append-only: nothing of an entry ever changes but its place in the chain, given once, and its payload,
-- which erasure replaces. A job seals entries (position, salt, digest, hash); nothing of that is in the write path.
ALTER TABLE audit ADD COLUMN subject_kind TEXT;
ALTER TABLE audit ADD COLUMN position INTEGER;
ALTER TABLE audit ADD COLUMN salt BLOB;
ALTER TABLE audit ADD COLUMN digest BLOB;
ALTER TABLE audit ADD COLUMN hash BLOB;
UPDATE audit SET subject_kind = CASE substr(action, 1, instr(action, '.') - 1)
  WHEN 'reservation' THEN 'rsv' WHEN 'series' THEN 'ser' WHEN 'block' THEN 'blk' WHEN 'venue' THEN 'ven'
  WHEN 'network' THEN 'net' WHEN 'demo' THEN 'net' WHEN 'space' THEN 'spc' WHEN 'organisation' THEN 'org'
  WHEN 'account' THEN 'usr' WHEN 'session' THEN 'ses' WHEN 'api_key' THEN 'apk' WHEN 'waiting' THEN 'wai' END;
CREATE UNIQUE INDEX audit_position ON audit (position) WHERE position IS NOT NULL;
CREATE INDEX audit_unsealed ON audit (id) WHERE position IS NULL;
-- Read per network and per venue, the latest first.
CREATE INDEX audit_of_network ON audit (network_id, id) WHERE venue_id IS NULL;

CREATE TRIGGER audit_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit_append_only');
END;
CREATE TRIGGER audit_update BEFORE UPDATE ON audit
WHEN NOT (
  OLD.id IS NEW.id AND OLD.at IS NEW.at AND OLD.actor_id IS NEW.actor_id AND OLD.action IS NEW.action
  AND OLD.subject_id IS NEW.subject_id AND OLD.subject_kind IS NEW.subject_kind
  AND OLD.network_id IS NEW.network_id AND OLD.venue_id IS NEW.venue_id
  AND OLD.from_status IS NEW.from_status AND OLD.to_status IS NEW.to_status
  AND (
    (OLD.position IS NULL AND NEW.position IS NOT NULL AND NEW.salt IS NOT NULL AND NEW.digest IS NOT NULL
      AND NEW.hash IS NOT NULL AND OLD.payload IS NEW.payload)
    OR (NEW.payload = '{"erased":true}' AND NEW.salt IS NULL AND OLD.position IS NEW.position
      AND OLD.digest IS NEW.digest AND OLD.hash IS NEW.hash)
  )
)
BEGIN
  SELECT RAISE(ABORT, 'audit_append_only');
END;

-- Who looked at whose personal data: once an hour for each of person, viewer, place and what was shown.
CREATE TABLE data_views (
  id BLOB PRIMARY KEY,
  person_id BLOB NOT NULL REFERENCES users (id),
  viewer_id BLOB NOT NULL REFERENCES users (id),
  what TEXT NOT NULL,
  -- Where the viewer had the right from; of an administrator's, none.
  venue_id BLOB REFERENCES venues (id),
  -- The full hour in which it was first shown.
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX data_views_once ON data_views (person_id, at, viewer_id, what, ifnull(venue_id, x''));
CREATE INDEX data_views_person ON data_views (person_id, id);
CREATE INDEX data_views_age ON data_views (at);
