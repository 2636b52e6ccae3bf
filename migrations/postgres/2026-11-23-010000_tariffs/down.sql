ALTER TABLE spaces DROP COLUMN tariff_version;
ALTER TABLE spaces DROP COLUMN tariff;
