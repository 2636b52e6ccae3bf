-- Public events in their order, of a network and of a venue. Partial, and prepared statements may use them all the
-- same: the query asks for `is_public` as it stands here, not for a parameter that the planner could not know.
CREATE INDEX reservations_public_network ON reservations (network_id, starts_at, id) WHERE is_public;
CREATE INDEX reservations_public_venue ON reservations (venue_id, starts_at, id) WHERE is_public;
