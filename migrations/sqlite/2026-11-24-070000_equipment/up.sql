-- Equipment booked together with a space, as JSON; none where null. Its units stand among the occupancies, as the
-- space's own do, and nothing there tells them apart: which are which is said here.

ALTER TABLE reservations ADD COLUMN equipment TEXT;
