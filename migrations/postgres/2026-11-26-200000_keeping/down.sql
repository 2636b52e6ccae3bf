DROP TABLE data_views;
DROP TRIGGER audit_update ON audit;
DROP TRIGGER audit_truncate ON audit;
DROP TRIGGER audit_delete ON audit;
DROP FUNCTION audit_append_only();
DROP INDEX audit_of_network;
DROP INDEX audit_unsealed;
DROP INDEX audit_position;
ALTER TABLE audit DROP COLUMN hash, DROP COLUMN digest, DROP COLUMN salt, DROP COLUMN position, DROP COLUMN subject_kind;
