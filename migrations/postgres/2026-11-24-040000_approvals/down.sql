DROP TABLE venue_delegates;
DROP TABLE approvals;
