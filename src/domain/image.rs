//! Images: the photographs of a space or a venue, in the order in which they are shown, and the sizes in which each is kept
//! (ADR 29). Their bytes are not here.

use super::ids::ImageId;

/// Each venue and each space has so many at most.
pub const MOST: usize = 12;
/// The widths in which an image is kept, pixels: a card, a page, a large screen.
pub const WIDTHS: [u32; 3] = [480, 960, 1920];

/// A photograph of a space or a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub id: ImageId,
    /// What is to be seen, for who doesn't see it.
    pub alt_sl: Option<String>,
    pub alt_en: Option<String>,
    /// Changes with its place in the order, too.
    pub version: i64,
    /// Narrowest first; never none.
    pub sizes: Vec<Size>,
}

/// An image in one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    /// SHA-256 of the file, base64url: its address.
    pub digest: String,
}

/// The sizes in which an image of so many pixels is kept: as wide as [`WIDTHS`] and at most twice as high as wide, never
/// larger than it is. Where it is smaller than the largest, the last is its own.
pub fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    let mut sizes = Vec::new();
    for most in WIDTHS {
        if width <= most && height <= 2 * most {
            sizes.push((width, height));
            break;
        }
        sizes.push(within(width, height, most));
    }
    sizes
}

/// Scaled down into a box twice as high as wide.
fn within(width: u32, height: u32, most: u32) -> (u32, u32) {
    let scaled = |side: u32, by: u32, of: u32| {
        let rounded = (u64::from(side) * u64::from(by) + u64::from(of) / 2) / u64::from(of.max(1));
        u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
    };
    let is_tall = u64::from(height) > 2 * u64::from(width);
    if is_tall { (scaled(width, 2 * most, height), 2 * most) } else { (most, scaled(height, most, width)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_image_is_kept_in_sizes_up_to_its_own() {
        for ((width, height), wanted) in [
            ((4000, 3000), vec![(480, 360), (960, 720), (1920, 1440)]),
            ((3000, 4000), vec![(480, 640), (960, 1280), (1920, 2560)]),
            ((1920, 1080), vec![(480, 270), (960, 540), (1920, 1080)]),
            ((1200, 800), vec![(480, 320), (960, 640), (1200, 800)]),
            ((480, 480), vec![(480, 480)]),
            ((320, 320), vec![(320, 320)]),
            // A tower: as high as the box.
            ((400, 4000), vec![(96, 960), (192, 1920), (384, 3840)]),
            ((8000, 1000), vec![(480, 60), (960, 120), (1920, 240)]),
        ] {
            assert_eq!(sizes(width, height), wanted, "{width}x{height}");
        }
    }

    proptest! {
        #[test]
        fn sizes_grow_keep_the_shape_and_never_enlarge(width in 320_u32..60_000, height in 320_u32..60_000) {
            let sizes = sizes(width, height);
            prop_assert!((1..=WIDTHS.len()).contains(&sizes.len()));
            prop_assert!(sizes.is_sorted_by(|one, next| one.0 < next.0 && one.1 < next.1));
            for (w, h) in sizes {
                prop_assert!(w <= width && h <= height && w <= 1920 && h <= 3840 && w > 0 && h > 0);
                let (across, down) = (f64::from(w) / f64::from(width), f64::from(h) / f64::from(height));
                prop_assert!((across - down).abs() <= 0.5 / f64::from(width.min(height)) + 1e-9);
            }
        }
    }
}
