-- A pool's list shows what has pieces of it besides what was made of the pool itself. Those are few among a venue's
-- reservations: this index has no others, in the order of the list.
CREATE INDEX reservations_with_equipment ON reservations (venue_id, starts_at, id)
    WHERE equipment IS NOT NULL OR change IS NOT NULL;
