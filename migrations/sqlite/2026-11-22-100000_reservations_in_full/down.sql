ALTER TABLE reservations DROP COLUMN event_link;
ALTER TABLE reservations DROP COLUMN event_description;
ALTER TABLE reservations DROP COLUMN quote;
ALTER TABLE reservations DROP COLUMN audience;
