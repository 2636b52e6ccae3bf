DROP TRIGGER feed_reservations_insert;
DROP TRIGGER feed_reservations_update;
DROP TRIGGER feed_organisations;
DROP TRIGGER feed_spaces;
DROP TABLE feed_head;
DROP TABLE feed_rows;
DROP TABLE feed_marks;
