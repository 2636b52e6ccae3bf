DROP TABLE waiting_offers;
DROP TABLE waiting_entries;
