DROP TABLE organisation_confirmations;
ALTER TABLE organisations DROP COLUMN confirmed_creative_until;
DROP TABLE join_requests;
