-- Photographs of venues, too: an image is of a venue or of a space. The table keeps its name, by which nodes of the
-- release before go on reading those of spaces. Its rows are written anew, and the files with them, as they refer to it.
CREATE TABLE new_space_images (
  id BLOB PRIMARY KEY,
  space_id BLOB REFERENCES spaces (id),
  -- 0 is the first, and none is left out.
  position INTEGER NOT NULL CHECK (position >= 0),
  alt_sl TEXT,
  alt_en TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  venue_id BLOB REFERENCES venues (id),
  CHECK ((venue_id IS NULL) <> (space_id IS NULL))
) STRICT;
INSERT INTO new_space_images SELECT id, space_id, position, alt_sl, alt_en, version, created_at, NULL FROM space_images;
CREATE TABLE new_image_files (
  image_id BLOB NOT NULL REFERENCES new_space_images (id),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  -- SHA-256 of the bytes, base64url.
  digest TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (image_id, width)
) STRICT;
INSERT INTO new_image_files SELECT image_id, width, height, digest, bytes FROM image_files;
DROP TABLE image_files;
DROP TABLE space_images;
ALTER TABLE new_space_images RENAME TO space_images;
ALTER TABLE new_image_files RENAME TO image_files;
CREATE INDEX space_images_space ON space_images (space_id, position);
CREATE INDEX space_images_venue ON space_images (venue_id, position) WHERE venue_id IS NOT NULL;
CREATE INDEX image_files_digest ON image_files (digest);
