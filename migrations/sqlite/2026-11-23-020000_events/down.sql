DROP INDEX reservations_public_network;
DROP INDEX reservations_public_venue;
