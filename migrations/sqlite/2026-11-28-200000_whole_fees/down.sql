DROP TRIGGER reservations_fees_update;
DROP TRIGGER reservations_fees_insert;
