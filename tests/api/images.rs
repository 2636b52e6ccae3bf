//! Photographs of spaces: what a manager does with them, what everybody sees of them, and what attackers get for theirs.

use std::io::Cursor;

use diesel::connection::SimpleConnection;
use image::{ImageFormat, RgbImage};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, House, TestApp, both, id, version};

const PLACE: &[u8] = b"46.2389N 14.3556E";

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let drawn = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut bytes = Vec::new();
    drawn.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// Notes with where it was taken, as a camera writes them, in a JPEG of another colour each.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let jpeg = picture(width, height, ImageFormat::Jpeg);
    let length = u16::try_from(PLACE.len() + 8).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xFF\xE1", &length, b"Exif\0\0", PLACE, &jpeg[2..]].concat()
}

impl House<'_> {
    fn uploads(&self, space: &str, file: impl Into<reqwest::Body>) -> Call {
        // Whatever it is called: the bytes tell.
        self.call(Method::POST, &format!("/spaces/{space}/images")).raw("image/png", file).by(&self.manager)
    }
}

/// The service's own address of the narrowest size, as a path for calls.
fn address(image: &Value) -> String {
    image["sizes"][0]["url"].as_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned()
}

both! {
    async fn a_manager_shows_a_space_and_everybody_sees_it(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        let made = house.uploads(&room, photograph(600, 400)).key("one").await;
        assert_eq!((made.status, made.header("etag")), (201, "\"1\""), "{made:?}");
        let replayed = house.uploads(&room, photograph(600, 400)).key("one").await;
        assert_eq!((replayed.header("idempotent-replayed"), &replayed.json), ("true", &made.json));
        let first = made.json;
        let sizes: Vec<_> = first["sizes"].as_array().unwrap().iter().map(|size| json!([size["width"], size["height"]])).collect();
        assert_eq!(sizes, [json!([480, 320]), json!([600, 400])]);

        // A browser keeps it for ever, and nothing of the camera's notes is in it.
        let served = app.get(&address(&first)).await;
        for (name, value) in [("content-type", "image/jpeg"), ("cache-control", "public, max-age=31536000, immutable"),
            ("x-content-type-options", "nosniff")] {
            assert_eq!(served.header(name), value);
        }
        let tag = served.header("etag").to_owned();
        assert!(tag.starts_with('"') && address(&first).contains(tag.trim_matches('"')), "{tag}");
        assert!(!served.body.windows(PLACE.len()).any(|window| window == PLACE));
        assert_eq!(image::load_from_memory(&served.body).unwrap().width(), 480);
        let again = app.get(&address(&first)).header("if-none-match", &tag).await;
        assert_eq!((again.status, again.body.len()), (304, 0));

        // Another one, put first, with words.
        let second = house.uploads(&room, picture(320, 640, ImageFormat::WebP)).await.expect(201);
        let path = |image: &Value| format!("/spaces/{room}/images/{}", id(image));
        let change = json!({"alt_sl": "Okno na Savo", "alt_en": "A window to the Sava", "position": 0});
        app.call(Method::PATCH, &path(&second)).json(change.clone()).by(&house.manager).await.refused(428, "precondition_required");
        app.patch(&path(&second), 7, change.clone()).by(&house.manager).await.refused(412, "precondition_failed");
        let changed = app.patch(&path(&second), 1, change).by(&house.manager).await.expect(200);
        assert_eq!((version(&changed), &changed["position"], &changed["alt_en"]), (2, &json!(0), &json!("A window to the Sava")));
        // Nothing changes nothing, and beyond the end there is no place.
        let same = json!({"alt_sl": "Okno na Savo"});
        assert_eq!(app.patch(&path(&second), 2, same).by(&house.manager).await.expect(200)["version"], 2);
        let beyond = app.patch(&path(&second), 2, json!({"position": 2})).by(&house.manager).await.refused(422, "invalid");
        assert_eq!(beyond["errors"][0]["pointer"], "/position");

        let listed = app.get(&format!("/spaces/{room}/images")).await.expect(200)["items"].clone();
        assert_eq!((&listed[0], &listed[1]["id"], &listed[1]["version"]), (&changed, &first["id"], &json!(2)));
        let space = app.get(&format!("/spaces/{room}")).await.expect(200);
        assert_eq!((&space["images"], version(&space)), (&listed, 1));
        let found = app.get("/availability?from=2026-03-10&to=2026-03-11").await.expect(200);
        assert_eq!(found["items"][0]["space"]["image"], listed[0]);

        // A copy has them for itself: they outlast the original's.
        let copy = app.post(&format!("/spaces/{room}/copy"), json!({"name": "Druga"})).by(&house.manager).await.expect(201);
        assert_eq!((&copy["images"][0]["sizes"], &copy["images"][1]["version"]), (&listed[0]["sizes"], &json!(1)));
        let stranger = app.member("stranger");
        app.delete(&path(&second), 2).by(&stranger).await.refused(403, "forbidden");
        app.delete(&path(&second), 2).by(&house.manager).await.expect(204);
        app.delete(&path(&second), 2).by(&house.manager).await.refused(404, "not_found");
        let left = app.get(&format!("/spaces/{room}/images")).await.expect(200)["items"].clone();
        assert_eq!((left.as_array().unwrap().len(), &left[0]["position"], version(&left[0])), (1, &json!(0), 3));
        app.get(&address(&second)).await.expect(200);
        let done = app.get(&format!("/audit?venue_id={}", house.venue)).by(&house.manager).await.expect(200);
        for action in ["space.image_added", "space.image_edited", "space.image_removed"] {
            assert!(done.to_string().contains(action), "{done}");
        }
        house.is_sound();

        breaks_are_found(&app);
    }

    async fn a_venue_has_photographs_of_its_own(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        let below = format!("/venues/{}", house.venue);
        let sends = |file: Vec<u8>| app.call(Method::POST, &format!("{below}/images")).raw("image/jpeg", file).by(&house.manager);
        let made = sends(photograph(600, 400)).await;
        assert_eq!((made.status, made.header("location")), (201, format!("/api/v1{below}/images").as_str()), "{made:?}");
        let first = made.json;
        assert!(!app.get(&address(&first)).await.body.windows(PLACE.len()).any(|window| window == PLACE));
        let second = sends(picture(640, 480, ImageFormat::Png)).await.expect(201);
        let path = |image: &Value| format!("{below}/images/{}", id(image));
        let change = json!({"alt_sl": "Pročelje", "position": 0});
        app.call(Method::PATCH, &path(&second)).json(change.clone()).by(&house.manager).await.refused(428, "precondition_required");
        app.patch(&path(&second), 1, change.clone()).by(&app.member("stranger")).await.refused(403, "forbidden");
        let changed = app.patch(&path(&second), 1, change).by(&house.manager).await.expect(200);
        let listed = app.get(&format!("{below}/images")).await.expect(200)["items"].clone();
        assert_eq!((&listed[0], &listed[1]["id"]), (&changed, &first["id"]));
        // Whoever reads the venue sees them, alone or in a list, and its version stays.
        let venue = app.get(&below).await.expect(200);
        assert_eq!(venue["images"], listed);
        let all = app.get("/venues").await.expect(200);
        assert!(all["items"].as_array().unwrap().iter().any(|one| one["images"] == listed), "{all}");
        let renamed = app.patch(&below, version(&venue), json!({"phone": "+386 4 123 45 67"})).by(&house.manager).await.expect(200);
        assert_eq!(renamed["images"], listed);
        // A space's are its own, and neither is reached by way of the other.
        let of_room = house.uploads(&room, photograph(400, 400)).await.expect(201);
        assert_eq!(app.get(&format!("/spaces/{room}/images")).await.expect(200)["items"], json!([of_room]));
        app.delete(&path(&of_room), 1).by(&house.manager).await.refused(404, "not_found");
        app.delete(&format!("/spaces/{room}/images/{}", id(&first)), 2).by(&house.manager).await.refused(404, "not_found");
        for _ in 2..12 {
            sends(picture(320, 320, ImageFormat::Jpeg)).await.expect(201);
        }
        sends(picture(320, 320, ImageFormat::Jpeg)).await.refused(409, "state_conflict");
        app.delete(&path(&second), 2).by(&house.manager).await.expect(204);
        assert_eq!(app.get(&below).await.expect(200)["images"][0]["id"], first["id"]);
        app.get(&address(&second)).await.refused(404, "not_found");
        let done = app.get(&format!("/audit?venue_id={}", house.venue)).by(&house.manager).await.expect(200);
        for action in ["venue.image_added", "venue.image_edited", "venue.image_removed"] {
            assert!(done.to_string().contains(action), "{done}");
        }
        house.is_sound();
    }

    async fn what_is_no_photograph_changes_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna soba").await;
        let mut bomb = picture(400, 400, ImageFormat::Png);
        bomb.truncate(bomb.len() / 2);
        let cut = bomb.clone();
        // 50,000 pixels square, with the checksum that goes with it.
        bomb[16..24].copy_from_slice(&[0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50]);
        let sum = checksum(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum);
        for (file, status, code) in [
            (bomb, 422, "image_too_many_pixels"),
            (cut, 422, "image_damaged"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec(), 422, "image_unsupported"),
            (b"GIF89a/*\xFF\xD8\xFF*/=1;alert(1)".to_vec(), 422, "image_unsupported"),
            (picture(320, 319, ImageFormat::Png), 422, "image_too_small"),
            (vec![0xFF; 15 * 1024 * 1024 + 1], 413, "too_large"),
        ] {
            let refused = house.uploads(&room, file).header("accept-language", "sl").await.refused(status, code);
            assert!(refused["title"].as_str().unwrap().contains(' '), "{refused}");
        }
        // Who presents nothing is read no further than a question is long.
        let anonymous = app.call(Method::POST, &format!("/spaces/{room}/images"));
        anonymous.raw("image/jpeg", vec![0xFF; 300 * 1024]).await.refused(413, "too_large");

        let small = picture(320, 320, ImageFormat::Jpeg);
        for _ in 0..12 {
            house.uploads(&room, small.clone()).await.expect(201);
        }
        let full = house.uploads(&room, small).await.refused(409, "state_conflict");
        assert!(full["detail"].as_str().unwrap().contains("12"), "{full}");
        house.is_sound();
    }
}

/// What is broken behind the program's back is found.
fn breaks_are_found(app: &TestApp) {
    let mut connection = app.connection();
    for (broken, said) in [
        (
            "UPDATE image_files SET bytes = (SELECT bytes FROM image_files WHERE width = 480 AND height = 320 LIMIT 1)",
            "is not the one of its address",
        ),
        ("DELETE FROM image_files WHERE width = 320", "has no files"),
        ("UPDATE space_images SET position = position + 1", "not at 0"),
    ] {
        connection.batch_execute(broken).unwrap();
        let report = prostor::app::check::quickly(&app.app.db).unwrap().to_string();
        assert!(report.contains(said), "{report}");
    }
}

/// CRC-32 (PNG, D).
fn checksum(bytes: &[u8]) -> [u8; 4] {
    let step = |crc: u32, _: u32| (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
    let crc = bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step));
    (!crc).to_be_bytes()
}
