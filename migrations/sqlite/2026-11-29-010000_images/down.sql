DROP TABLE image_files;
DROP TABLE space_images;
