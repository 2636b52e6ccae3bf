DROP TRIGGER feed_reservations ON reservations;
DROP TRIGGER feed_organisations ON organisations;
DROP TRIGGER feed_spaces ON spaces;
DROP FUNCTION feed_of_spaces;
DROP FUNCTION feed_of_organisations;
DROP FUNCTION feed_of_reservations;
DROP TABLE feed_head;
DROP TABLE feed_rows;
DROP TABLE feed_marks;
