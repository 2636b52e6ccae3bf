DROP TABLE venue_digests;
