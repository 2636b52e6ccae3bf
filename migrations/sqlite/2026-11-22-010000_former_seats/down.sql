DROP TABLE former_seats;
