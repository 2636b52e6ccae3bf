ALTER TABLE spaces DROP COLUMN departure;
ALTER TABLE spaces DROP COLUMN arrival;
