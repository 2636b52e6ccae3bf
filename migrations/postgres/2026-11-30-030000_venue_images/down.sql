DELETE FROM image_files WHERE image_id IN (SELECT id FROM space_images WHERE venue_id IS NOT NULL);
DELETE FROM space_images WHERE venue_id IS NOT NULL;
ALTER TABLE space_images DROP COLUMN venue_id;
ALTER TABLE space_images ALTER COLUMN space_id SET NOT NULL;
