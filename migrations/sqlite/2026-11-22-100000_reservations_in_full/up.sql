-- Under which audience's rules it was made; null of those made before audiences counted.
ALTER TABLE reservations ADD COLUMN audience TEXT;
-- The price, frozen when it was made or moved: a quote as JSON. Null where the space had no tariff.
ALTER TABLE reservations ADD COLUMN quote TEXT;
-- What everybody reads about a public event beside its title.
ALTER TABLE reservations ADD COLUMN event_description TEXT;
ALTER TABLE reservations ADD COLUMN event_link TEXT;
