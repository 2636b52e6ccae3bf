DROP TABLE empty_searches;
DROP TABLE turn_aways;
DROP TABLE demand_keys;
DROP INDEX approvals_answered;
ALTER TABLE reservations DROP COLUMN cancelled_by;
