-- Photographs of venues, too: an image is of a venue or of a space. The table keeps its name, by which nodes of the
-- release before go on reading those of spaces.
ALTER TABLE space_images ALTER COLUMN space_id DROP NOT NULL;
ALTER TABLE space_images ADD COLUMN venue_id UUID REFERENCES venues (id);
ALTER TABLE space_images ADD CONSTRAINT space_images_of_one CHECK ((venue_id IS NULL) <> (space_id IS NULL));
CREATE INDEX space_images_venue ON space_images (venue_id, position) WHERE venue_id IS NOT NULL;
