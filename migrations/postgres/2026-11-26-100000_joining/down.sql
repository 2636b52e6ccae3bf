DROP TABLE organisation_confirmations;
DROP FUNCTION only_appended_to;
ALTER TABLE organisations DROP COLUMN confirmed_creative_until;
DROP TABLE join_requests;
