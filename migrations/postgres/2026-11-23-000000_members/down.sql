DROP TABLE network_members;
DROP TABLE venue_members;
