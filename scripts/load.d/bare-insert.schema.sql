-- The narrowest table that refuses overlaps as ours does: pgbench's rate on it is this machine's ceiling.
CREATE EXTENSION btree_gist;
CREATE TABLE occupancies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  unit_id uuid NOT NULL,
  occupied tstzrange NOT NULL,
  EXCLUDE USING gist (unit_id WITH =, occupied WITH &&)
);
-- As many units as seed.py makes spaces.
CREATE TABLE units AS SELECT n, gen_random_uuid() AS id FROM generate_series(0, 63) AS n;
ALTER TABLE units ADD PRIMARY KEY (n);
CREATE SEQUENCE slot MINVALUE 0;
