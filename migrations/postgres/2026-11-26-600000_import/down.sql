DROP TABLE outside_blocks;
DROP TABLE outside_calendars;
DROP TABLE imported;
