-- Figures summed beforehand, and what says which of them no longer count. All of it can be made again from the sources.

-- The times of a venue whose figures may have changed since they were summed; ends_at null: for ever. Appended by the
-- triggers below in the transaction of the change itself, so that no code can forget to; the job takes away what it has
-- summed since. No foreign keys: every change of a reservation would look the venue up.
CREATE TABLE usage_marks (
  id INTEGER PRIMARY KEY,
  venue_id BLOB NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER
) STRICT;
CREATE INDEX usage_marks_venue ON usage_marks (venue_id, id);

-- Which local dates of a venue are summed: all before `through`; those without a row have nothing to count.
CREATE TABLE usage_progress (
  venue_id BLOB PRIMARY KEY REFERENCES venues (id),
  through TEXT NOT NULL,
  -- How the sums were made: others count as none.
  rules INTEGER NOT NULL,
  -- Grows with each summing.
  generation INTEGER NOT NULL
) STRICT;

-- The sums of a unit (or, for what is counted where reservations begin, of a space) over a local day, over each of its
-- hours, and over a calendar month: that of the days before `through`. The date of a month is its first.
CREATE TABLE usage_sums (
  venue_id BLOB NOT NULL,
  grain TEXT NOT NULL CHECK (grain IN ('month', 'day', 'hour')),
  date TEXT NOT NULL,
  subject_id BLOB NOT NULL,
  sums BLOB NOT NULL,
  PRIMARY KEY (venue_id, grain, date, subject_id)
) STRICT, WITHOUT ROWID;

-- A reservation is in a figure only through its occupancies: its own row is made before them and deleted after them.
CREATE TRIGGER usage_occupancies_insert AFTER INSERT ON occupancies
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at) VALUES (NEW.venue_id, NEW.starts_at, NEW.ends_at);
END;
CREATE TRIGGER usage_occupancies_delete AFTER DELETE ON occupancies
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at) VALUES (OLD.venue_id, OLD.starts_at, OLD.ends_at);
END;
CREATE TRIGGER usage_occupancies_update
AFTER UPDATE OF unit_id, starts_at, ends_at, reservation_id, block_id ON occupancies
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at)
  VALUES (NEW.venue_id, min(OLD.starts_at, NEW.starts_at), max(OLD.ends_at, NEW.ends_at));
END;
CREATE TRIGGER usage_reservations_update
AFTER UPDATE OF space_id, status, starts_at, ends_at, attendees, headcount, released_at, change, check_in_required,
  checked_in_at, checked_out_at, equipment ON reservations
WHEN NEW.space_id IS NOT OLD.space_id OR NEW.status IS NOT OLD.status OR NEW.starts_at IS NOT OLD.starts_at
  OR NEW.ends_at IS NOT OLD.ends_at OR NEW.attendees IS NOT OLD.attendees OR NEW.headcount IS NOT OLD.headcount
  OR NEW.released_at IS NOT OLD.released_at OR NEW.change IS NOT OLD.change
  OR NEW.check_in_required IS NOT OLD.check_in_required OR NEW.checked_in_at IS NOT OLD.checked_in_at
  OR NEW.checked_out_at IS NOT OLD.checked_out_at OR NEW.equipment IS NOT OLD.equipment
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at)
  VALUES (NEW.venue_id, min(OLD.starts_at, NEW.starts_at), max(OLD.ends_at, NEW.ends_at));
END;

-- Local dates are marked with a day to spare: midnight is the zone's, and opening hours run over it.
-- 946684800 is 2000-01-01, before which nothing is.
CREATE TRIGGER usage_units_update AFTER UPDATE OF seats ON units
WHEN NEW.seats <> OLD.seats
BEGIN
  -- Seats change from the last date noted in former_seats on; who stays over it (at most 32 days) shares them anew.
  INSERT INTO usage_marks (venue_id, starts_at)
  VALUES (NEW.venue_id,
    coalesce((SELECT unixepoch(max(valid_to)) FROM former_seats WHERE unit_id = NEW.id) - 34 * 86400, 946684800));
END;
CREATE TRIGGER usage_former_seats_insert AFTER INSERT ON former_seats
-- To note, as the last, what is so till now changes nothing.
WHEN NEW.seats <> (SELECT seats FROM units WHERE id = NEW.unit_id)
  OR EXISTS (SELECT 1 FROM former_seats WHERE unit_id = NEW.unit_id AND valid_to > NEW.valid_to)
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) SELECT venue_id, 946684800 FROM units WHERE id = NEW.unit_id;
END;
CREATE TRIGGER usage_former_seats_update AFTER UPDATE ON former_seats
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) SELECT venue_id, 946684800 FROM units WHERE id = NEW.unit_id;
END;
CREATE TRIGGER usage_former_seats_delete AFTER DELETE ON former_seats
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) SELECT venue_id, 946684800 FROM units WHERE id = OLD.unit_id;
END;

CREATE TRIGGER usage_space_units_insert AFTER INSERT ON space_units
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at)
  SELECT units.venue_id,
    -- A unit of equipment has no seats, ever; one that comes to belong to a room has always had them.
    CASE WHEN EXISTS (
      SELECT 1 FROM space_units other JOIN spaces its ON its.id = other.space_id
      JOIN spaces mine ON mine.id = NEW.space_id
      WHERE other.unit_id = NEW.unit_id AND (its.kind = 'equipment') <> (mine.kind = 'equipment')
    ) THEN 946684800 ELSE unixepoch(NEW.valid_from) - 86400 END
  FROM units WHERE units.id = NEW.unit_id;
END;
CREATE TRIGGER usage_space_units_update AFTER UPDATE OF space_id, unit_id, valid_from, valid_to ON space_units
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at)
  SELECT venue_id,
    CASE WHEN NEW.space_id IS NOT OLD.space_id OR NEW.unit_id IS NOT OLD.unit_id THEN 946684800
    ELSE unixepoch(min(OLD.valid_from, NEW.valid_from,
      coalesce(OLD.valid_to, NEW.valid_to, NEW.valid_from), coalesce(NEW.valid_to, OLD.valid_to, NEW.valid_from)
    )) - 86400 END
  FROM units WHERE units.id = NEW.unit_id
    AND (NEW.space_id IS NOT OLD.space_id OR NEW.unit_id IS NOT OLD.unit_id OR NEW.valid_from IS NOT OLD.valid_from
      OR NEW.valid_to IS NOT OLD.valid_to);
END;
CREATE TRIGGER usage_space_units_delete AFTER DELETE ON space_units
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) SELECT venue_id, 946684800 FROM units WHERE id = OLD.unit_id;
END;

CREATE TRIGGER usage_spaces_update AFTER UPDATE OF venue_id, kind, booked_by ON spaces
WHEN NEW.venue_id IS NOT OLD.venue_id OR NEW.kind IS NOT OLD.kind OR NEW.booked_by IS NOT OLD.booked_by
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) VALUES (NEW.venue_id, 946684800);
END;
CREATE TRIGGER usage_spaces_active AFTER UPDATE OF active_from ON spaces
WHEN NEW.active_from IS NOT OLD.active_from
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at)
  VALUES (NEW.venue_id, unixepoch(min(OLD.active_from, NEW.active_from)) - 86400);
END;
CREATE TRIGGER usage_spaces_archived AFTER UPDATE OF archived_at ON spaces
WHEN NEW.archived_at IS NOT OLD.archived_at
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at)
  VALUES (NEW.venue_id, min(coalesce(OLD.archived_at, NEW.archived_at), coalesce(NEW.archived_at, OLD.archived_at)));
END;
CREATE TRIGGER usage_spaces_hours AFTER UPDATE OF own_hours ON spaces
-- Without hours of its own it has its venue's, whether or not it is said to have any.
WHEN NEW.own_hours IS NOT OLD.own_hours AND (
  EXISTS (SELECT 1 FROM hours_versions WHERE space_id = NEW.id)
  OR EXISTS (SELECT 1 FROM hours_exceptions WHERE space_id = NEW.id))
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) VALUES (NEW.venue_id, 946684800);
END;

CREATE TRIGGER usage_hours_versions_insert AFTER INSERT ON hours_versions
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) VALUES (NEW.venue_id, unixepoch(NEW.valid_from) - 86400);
END;
CREATE TRIGGER usage_hours_versions_update AFTER UPDATE OF venue_id, space_id, valid_from, body ON hours_versions
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at)
  VALUES (NEW.venue_id, unixepoch(min(OLD.valid_from, NEW.valid_from)) - 86400);
END;
CREATE TRIGGER usage_hours_versions_delete AFTER DELETE ON hours_versions
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) VALUES (OLD.venue_id, unixepoch(OLD.valid_from) - 86400);
END;
CREATE TRIGGER usage_hours_exceptions_insert AFTER INSERT ON hours_exceptions
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at)
  VALUES (NEW.venue_id, unixepoch(NEW.date) - 86400, unixepoch(NEW.date) + 3 * 86400);
END;
CREATE TRIGGER usage_hours_exceptions_update AFTER UPDATE OF venue_id, space_id, date, body ON hours_exceptions
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at)
  VALUES (NEW.venue_id, unixepoch(min(OLD.date, NEW.date)) - 86400, unixepoch(max(OLD.date, NEW.date)) + 3 * 86400);
END;
CREATE TRIGGER usage_hours_exceptions_delete AFTER DELETE ON hours_exceptions
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at, ends_at)
  VALUES (OLD.venue_id, unixepoch(OLD.date) - 86400, unixepoch(OLD.date) + 3 * 86400);
END;

CREATE TRIGGER usage_venues_update AFTER UPDATE OF time_zone, network_id ON venues
WHEN NEW.time_zone <> OLD.time_zone OR NEW.network_id <> OLD.network_id
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) VALUES (NEW.id, 946684800);
END;
CREATE TRIGGER usage_networks_update AFTER UPDATE OF country ON networks
WHEN NEW.country <> OLD.country
BEGIN
  INSERT INTO usage_marks (venue_id, starts_at) SELECT id, 946684800 FROM venues WHERE network_id = NEW.id;
END;
