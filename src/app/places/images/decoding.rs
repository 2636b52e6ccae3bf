//! What becomes of an uploaded photograph: read under limits, turned upright, brought to sRGB and written anew as JPEG in
//! a few sizes (ADR 29). Nothing of the file itself goes on: no place, no camera, no comment, nothing hidden behind it.
//!
//! What it is its bytes tell, not what it was called. Of an animation the first picture stays.

use std::{io::Cursor, panic, sync::atomic::AtomicBool, sync::atomic::Ordering::SeqCst};

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageError, Limits, RgbImage,
    codecs::{jpeg::JpegDecoder, jpeg::JpegEncoder, png::PngDecoder, webp::WebPDecoder},
    imageops::{self, FilterType},
    metadata::Orientation,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::{
    app::error::Code,
    domain::image::{self as rule, Size},
    store::images::File,
};

/// What a phone takes today has 48 million.
const MOST_PIXELS: u64 = 50_000_000;
/// Of the picture in memory, octets; a PNG may take eight for a pixel.
const MOST_DECODED: u64 = 256 * 1024 * 1024;
/// A side has so many pixels at least: a card shows no less.
const LEAST_SIDE: u32 = 320;
/// Of JPEG, from 1 to 100.
const QUALITY: u8 = 82;

/// Held by who decodes: one at a time in this process, whose memory it takes by the hundred megabytes.
pub struct Place(());

static TAKEN: AtomicBool = AtomicBool::new(false);

impl Place {
    /// `None` while somebody else decodes.
    pub fn take() -> Option<Self> {
        TAKEN.compare_exchange(false, true, SeqCst, SeqCst).is_ok().then_some(Self(()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        TAKEN.store(false, SeqCst);
    }
}

/// The files to be kept, narrowest first.
///
/// # Errors
/// `image_unsupported`, `image_damaged`, `image_too_many_pixels`, `image_too_small`.
pub fn files(bytes: &[u8]) -> Result<Vec<File>, Code> {
    // Decoders of foreign bytes have panicked before; such a file is damaged.
    panic::catch_unwind(|| decoded(bytes).and_then(encoded)).unwrap_or(Err(Code::ImageDamaged))
}

fn damaged(_: ImageError) -> Code {
    Code::ImageDamaged
}

/// The picture in its largest size, upright, in sRGB.
fn decoded(bytes: &[u8]) -> Result<RgbImage, Code> {
    let mut decoder = opened(bytes)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_DECODED {
        return Err(Code::ImageTooManyPixels);
    }
    if width.min(height) < LEAST_SIDE {
        return Err(Code::ImageTooSmall);
    }
    // What they say of themselves may be wrong, and the picture still good.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or(None);
    let whole = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    let lies = matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    );
    let upright = if lies { (height, width) } else { (width, height) };
    let largest = rule::sizes(upright.0, upright.1).pop().unwrap_or(upright);
    let mut picture = shrunk(whole, if lies { (largest.1, largest.0) } else { largest });
    picture.apply_orientation(orientation);
    let picture = on_white(picture);
    Ok(profile.and_then(|profile| in_srgb(&picture, &profile)).unwrap_or(picture))
}

/// The decoder of what the first bytes say it is, which has read the head and no picture yet.
fn opened(bytes: &[u8]) -> Result<Box<dyn ImageDecoder + '_>, Code> {
    let content = Cursor::new(bytes);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(2 * MOST_DECODED);
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Box::new(PngDecoder::with_limits(content, limits).map_err(too_large)?));
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return Ok(Box::new(WebPDecoder::new(content).map_err(damaged)?));
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        if !jpeg_ends(bytes) {
            return Err(Code::ImageDamaged);
        }
        return Ok(Box::new(JpegDecoder::new(content).map_err(damaged)?));
    }
    Err(Code::ImageUnsupported)
}

fn too_large(error: ImageError) -> Code {
    if matches!(error, ImageError::Limits(_)) { Code::ImageTooManyPixels } else { Code::ImageDamaged }
}

/// Whether a JPEG's picture is whole: its decoder would fill up with grey. Something may follow, as some phones append.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    // The segments before the first scan (ITU T.81, B.1.1.4) may hold a small JPEG of their own.
    while let Some(&[0xFF, kind, high, low]) = bytes.get(at..at + 4) {
        match kind {
            // A fill byte.
            0xFF => at += 1,
            0xDA => return bytes[at..].windows(2).any(|two| two == [0xFF, 0xD9]),
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    false
}

/// In two steps where it is much larger: a fast one, and one that is fine.
fn shrunk(whole: DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (whole.width(), whole.height()) == (width, height) {
        return whole;
    }
    let near = if whole.width() >= 3 * width { whole.thumbnail_exact(2 * width, 2 * height) } else { whole };
    near.resize_exact(width, height, FilterType::CatmullRom)
}

/// JPEG knows no transparency.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u16::from);
        let mixed = |colour: u16| u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255);
        image::Rgb([mixed(red), mixed(green), mixed(blue)])
    })
}

/// Phones take photographs in wider colours than those that a file without a profile is shown in. `None` where the
/// profile tells nothing that can be followed.
fn in_srgb(picture: &RgbImage, profile: &[u8]) -> Option<RgbImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let (srgb, as_usual) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_8bit(Layout::Rgb, &srgb, Layout::Rgb, as_usual).ok()?;
    let mut converted = vec![0; picture.as_raw().len()];
    transform.transform(picture.as_raw(), &mut converted).ok()?;
    RgbImage::from_raw(picture.width(), picture.height(), converted)
}

fn encoded(largest: RgbImage) -> Result<Vec<File>, Code> {
    let sizes = rule::sizes(largest.width(), largest.height());
    sizes
        .into_iter()
        .map(|(width, height)| {
            if (width, height) == largest.dimensions() {
                return file(&largest);
            }
            file(&imageops::resize(&largest, width, height, FilterType::CatmullRom))
        })
        .collect()
}

fn file(picture: &RgbImage) -> Result<File, Code> {
    let (width, height) = picture.dimensions();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .encode(picture.as_raw(), width, height, ExtendedColorType::Rgb8)
        .map_err(damaged)?;
    let digest = digest_of(&bytes);
    Ok(File { size: Size { width, height, digest }, bytes })
}

/// SHA-256, base64url.
pub fn digest_of(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, bytes))
}

#[cfg(test)]
#[path = "decoding_tests.rs"]
mod tests;
