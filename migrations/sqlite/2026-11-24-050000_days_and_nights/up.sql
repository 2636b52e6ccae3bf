-- Spaces booked by nights have local hours of arrival and departure; no other space has.

ALTER TABLE spaces ADD COLUMN arrival TEXT;
ALTER TABLE spaces ADD COLUMN departure TEXT
  CHECK ((arrival IS NOT NULL) = (booked_by = 'nights') AND (departure IS NOT NULL) = (booked_by = 'nights'));
