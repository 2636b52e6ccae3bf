-- What a unit seated before a local date; units.seats is what it seats since the last of them.

CREATE TABLE former_seats (
  unit_id UUID NOT NULL REFERENCES units (id),
  valid_to DATE NOT NULL,
  seats INTEGER NOT NULL CHECK (seats >= 0),
  PRIMARY KEY (unit_id, valid_to)
);
