DROP TABLE published_tables;
DROP TABLE published_periods;
DROP FUNCTION published_stays();
