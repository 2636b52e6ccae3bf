-- The feed of reservations for outside analytics: which ones changed, and in which order its followers are told.

-- Appended by the triggers below in the transaction of the change; the job takes away what it has numbered. No foreign
-- keys here: every change would look the reservation up.
CREATE TABLE feed_marks (
  id INTEGER PRIMARY KEY,
  reservation_id BLOB NOT NULL
) STRICT;

-- The last change of each reservation. Only one transaction at a time gives positions and times, under the lock of
-- feed_head, and both only grow: who has read up to one has missed nothing before it.
CREATE TABLE feed_rows (
  reservation_id BLOB PRIMARY KEY,
  venue_id BLOB NOT NULL,
  updated_at INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_rows_venue ON feed_rows (venue_id, updated_at, position);

-- The last ones given.
CREATE TABLE feed_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  updated_at INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

INSERT INTO feed_rows (reservation_id, venue_id, updated_at, position)
SELECT id, venue_id, updated_at, row_number() OVER (ORDER BY updated_at, id) FROM reservations;
INSERT INTO feed_head (id, updated_at, position)
SELECT 1, coalesce(max(updated_at), 946684800), count(*) FROM feed_rows;

CREATE TRIGGER feed_reservations_insert AFTER INSERT ON reservations
BEGIN
  INSERT INTO feed_marks (reservation_id) VALUES (NEW.id);
END;
CREATE TRIGGER feed_reservations_update AFTER UPDATE ON reservations
BEGIN
  INSERT INTO feed_marks (reservation_id) VALUES (NEW.id);
END;

-- What is told of the organisation and of the space stands in the rows of their reservations, too.
CREATE TRIGGER feed_organisations AFTER UPDATE ON organisations
WHEN NEW.name IS NOT OLD.name OR NEW.legal_form IS NOT OLD.legal_form OR NEW.size IS NOT OLD.size
  OR NEW.sector_scheme IS NOT OLD.sector_scheme OR NEW.sector_version IS NOT OLD.sector_version
  OR NEW.sector_code IS NOT OLD.sector_code OR NEW.municipality IS NOT OLD.municipality
BEGIN
  INSERT INTO feed_marks (reservation_id) SELECT id FROM reservations WHERE organisation_id = NEW.id;
END;
CREATE TRIGGER feed_spaces AFTER UPDATE OF kind ON spaces
WHEN NEW.kind <> OLD.kind
BEGIN
  INSERT INTO feed_marks (reservation_id) SELECT id FROM reservations WHERE space_id = NEW.id;
END;
