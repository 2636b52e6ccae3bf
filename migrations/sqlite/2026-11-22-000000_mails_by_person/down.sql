DROP INDEX outbox_person;
DROP INDEX outbox_age;
