-- What the space costs: a tariff as JSON. One without rates and extras asks for nothing.
ALTER TABLE spaces ADD COLUMN tariff TEXT NOT NULL DEFAULT '{"prices_include_vat":false}';
ALTER TABLE spaces ADD COLUMN tariff_version BIGINT NOT NULL DEFAULT 1;
