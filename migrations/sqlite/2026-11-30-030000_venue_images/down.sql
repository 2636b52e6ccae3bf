DELETE FROM image_files WHERE image_id IN (SELECT id FROM space_images WHERE venue_id IS NOT NULL);
DELETE FROM space_images WHERE venue_id IS NOT NULL;
CREATE TABLE old_space_images (
  id BLOB PRIMARY KEY,
  space_id BLOB NOT NULL REFERENCES spaces (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  alt_sl TEXT,
  alt_en TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO old_space_images SELECT id, space_id, position, alt_sl, alt_en, version, created_at FROM space_images;
CREATE TABLE old_image_files (
  image_id BLOB NOT NULL REFERENCES old_space_images (id),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  digest TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (image_id, width)
) STRICT;
INSERT INTO old_image_files SELECT image_id, width, height, digest, bytes FROM image_files;
DROP TABLE image_files;
DROP TABLE space_images;
ALTER TABLE old_space_images RENAME TO space_images;
ALTER TABLE old_image_files RENAME TO image_files;
CREATE INDEX space_images_space ON space_images (space_id, position);
CREATE INDEX image_files_digest ON image_files (digest);
