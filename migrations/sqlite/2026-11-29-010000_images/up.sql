-- Photographs of spaces, in the order in which they are shown.
CREATE TABLE space_images (
  id BLOB PRIMARY KEY,
  space_id BLOB NOT NULL REFERENCES spaces (id),
  -- 0 is the first, and none is left out.
  position INTEGER NOT NULL CHECK (position >= 0),
  alt_sl TEXT,
  alt_en TEXT,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX space_images_space ON space_images (space_id, position);
-- Each of them in a few sizes, as JPEG. The bytes stand last: who reads the rest of a row does not read them.
CREATE TABLE image_files (
  image_id BLOB NOT NULL REFERENCES space_images (id),
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  -- SHA-256 of the bytes, base64url.
  digest TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (image_id, width)
) STRICT;
CREATE INDEX image_files_digest ON image_files (digest);
