-- When the hold that takes the unit runs out: from then on the row is in nobody's way, and who meets it removes it.
-- Null for all that stands.
ALTER TABLE occupancies ADD COLUMN held_until INTEGER;
-- What confirming a hold makes of it, decided when it was made; null of what is no hold.
ALTER TABLE reservations ADD COLUMN on_confirm TEXT CHECK (on_confirm IN ('confirmed', 'pending'));
-- A person's live holds and requests.
CREATE INDEX reservations_person_expiring ON reservations (organiser_id, expires_at) WHERE expires_at IS NOT NULL;
