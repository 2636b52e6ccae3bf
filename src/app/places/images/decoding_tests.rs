//! Photographs drawn in code, good and bad: what comes of each.

use image::{
    ExtendedColorType::Rgba8, ImageEncoder, Rgb, codecs::png::PngEncoder, codecs::webp::WebPEncoder,
};

use super::*;

const PLACE: &[u8] = b"46.2389N 14.3556E";

/// Red on the left, blue on the right, a line of green on top.
fn drawn(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 8) {
        (_, true) => Rgb([0, 200, 0]),
        (true, _) => Rgb([200, 0, 0]),
        (false, _) => Rgb([0, 0, 200]),
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    file(picture).unwrap().bytes
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

/// With a segment behind the start of a JPEG.
fn with_segment(jpeg: &[u8], kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, kind], &length, body, &jpeg[2..]].concat()
}

/// EXIF with an orientation, and a place behind it.
fn exif(orientation: u8) -> Vec<u8> {
    let head = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    [head.as_slice(), &[orientation, 0, 0, 0, 0, 0, 0], PLACE].concat()
}

/// A PNG that claims to be so large and holds next to nothing.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(&drawn(1, 1));
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 })
    });
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn shapes(bytes: &[u8]) -> Result<Vec<(u32, u32)>, Code> {
    Ok(files(bytes)?.iter().map(|file| (file.size.width, file.size.height)).collect())
}

/// The colours in the middle of the left, of the right and on top.
fn colours(bytes: &[u8]) -> [&'static str; 3] {
    let picture = image::load_from_memory(bytes).unwrap().into_rgb8();
    let (width, height) = picture.dimensions();
    [(width / 4, height / 2), (3 * width / 4, height / 2), (width / 2, height / 20)].map(|(x, y)| {
        let [red, green, blue] = picture.get_pixel(x, y).0;
        match red.max(green).max(blue) {
            most if most < 120 => "dark",
            _ if red > 150 && green > 150 && blue > 150 => "white",
            most if most == red => "red",
            most if most == green => "green",
            _ => "blue",
        }
    })
}

#[test]
fn a_photograph_is_kept_in_its_sizes_and_looks_the_same() {
    let picture = drawn(600, 400);
    let mut webp = Vec::new();
    picture.write_with_encoder(WebPEncoder::new_lossless(&mut webp)).unwrap();
    for bytes in [jpeg(&picture), png(&picture), webp] {
        let files = files(&bytes).unwrap();
        let sizes: Vec<_> = files.iter().map(|file| (file.size.width, file.size.height)).collect();
        assert_eq!(sizes, [(480, 320), (600, 400)]);
        for file in files {
            assert!(file.bytes.starts_with(b"\xFF\xD8\xFF"));
            assert_eq!(colours(&file.bytes), ["red", "blue", "green"]);
            assert_eq!((file.size.digest.len(), &file.size.digest), (43, &digest_of(&file.bytes)));
        }
    }
    // So large that it is brought down in two steps, and grey.
    let large = DynamicImage::ImageRgb8(drawn(5800, 330)).into_luma8();
    let mut bytes = Vec::new();
    large.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    assert_eq!(shapes(&bytes), Ok(vec![(480, 27), (960, 55), (1920, 109)]));
}

#[test]
fn it_stands_upright_and_tells_nothing_of_itself() {
    let lying = jpeg(&drawn(320, 640));
    for (orientation, shape) in [(3, (320, 640)), (6, (480, 240)), (8, (480, 240)), (99, (320, 640))] {
        let exif = with_segment(&lying, 0xE1, &exif(orientation));
        let noted = with_segment(&exif, 0xFE, b"<script>alert(1)</script>");
        let polyglot = [noted.as_slice(), b"GIF89a<svg onload=alert(2)>PK\x03\x04"].concat();
        assert!(contains(&polyglot, PLACE));
        let files = files(&polyglot).unwrap();
        assert_eq!((files[0].size.width, files[0].size.height), shape, "{orientation}");
        for file in &files {
            for secret in [PLACE, b"Exif", b"script", b"GIF89a", b"svg"] {
                assert!(!contains(&file.bytes, secret), "{orientation} {secret:?}");
            }
        }
        let upright = colours(&files.last().unwrap().bytes);
        match orientation {
            3 => assert_eq!(upright[..2], ["blue", "red"]),
            // What was on top lies on the right, or on the left.
            6 => assert_eq!(upright[2], "red"),
            8 => assert_eq!(upright[2], "blue"),
            _ => assert_eq!(upright, ["red", "blue", "green"]),
        }
    }
}

#[test]
fn what_shows_through_is_white_and_wide_colours_are_brought_to_srgb() {
    let clear = vec![0; 400 * 400 * 4];
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&clear, 400, 400, Rgba8).unwrap();
    assert_eq!(colours(&files(&bytes).unwrap()[0].bytes), ["white"; 3]);

    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile).unwrap();
    let green = RgbImage::from_pixel(400, 400, Rgb([100, 200, 100]));
    encoder.write_image(green.as_raw(), 400, 400, image::ExtendedColorType::Rgb8).unwrap();
    let shown = image::load_from_memory(&files(&bytes).unwrap()[0].bytes).unwrap().into_rgb8();
    let [red, green, _] = shown.get_pixel(200, 200).0;
    assert!(red < 90 && green > 195, "{:?}", shown.get_pixel(200, 200));
}

#[test]
fn what_is_no_photograph_or_a_bad_one_is_refused_by_what_it_is() {
    let good = jpeg(&drawn(600, 400));
    let small = png(&drawn(600, 400));
    // The picture within the notes of a JPEG that was cut off is not its own.
    let cut = with_segment(&good[..good.len() / 2], 0xE1, &good);
    let text = |text: &str| text.as_bytes().to_vec();
    for (what, bytes, wanted) in [
        ("nothing", Vec::new(), Code::ImageUnsupported),
        ("SVG", text("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), Code::ImageUnsupported),
        ("HTML", text("<!doctype html><img src=x onerror=alert(1)>"), Code::ImageUnsupported),
        ("a GIF that is a script", text("GIF89a/*=0;*/=alert(1)"), Code::ImageUnsupported),
        ("HEIC", b"\0\0\0\x18ftypheic".to_vec(), Code::ImageUnsupported),
        ("the start of a JPEG", b"\xFF\xD8\xFF".to_vec(), Code::ImageDamaged),
        ("the start of a PNG", b"\x89PNG\r\n\x1a\n".to_vec(), Code::ImageDamaged),
        ("the start of a WebP", b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), Code::ImageDamaged),
        ("half a JPEG", good[..good.len() / 2].to_vec(), Code::ImageDamaged),
        ("half a JPEG with a whole one in its notes", cut, Code::ImageDamaged),
        ("half a PNG", small[..small.len() / 2].to_vec(), Code::ImageDamaged),
        ("a bomb", claiming(50_000, 50_000), Code::ImageTooManyPixels),
        ("a larger one", claiming(0x7FFF_FFFF, 0x7FFF_FFFF), Code::ImageTooManyPixels),
        ("a low one", png(&drawn(2000, 319)), Code::ImageTooSmall),
        ("a narrow one", jpeg(&drawn(319, 2000)), Code::ImageTooSmall),
    ] {
        assert_eq!(shapes(&bytes), Err(wanted), "{what}");
    }
}

#[test]
fn one_is_read_at_a_time() {
    let place = Place::take();
    assert!(place.is_some() && Place::take().is_none());
    drop(place);
    assert!(Place::take().is_some());
}
