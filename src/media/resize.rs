//! Pixels of another size, and pixels the right way up.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage, RgbaImage};

use super::decode::Pixels;
use super::fault::Fault;

/// The widths pictures are made in, where the original is as wide.
pub(super) const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];

/// The tallest a picture is made; no screen shows more at once.
const MAX_HEIGHT: u32 = 3200;

/// Returns the sizes a picture of this upright size is made in, the smallest first; never larger than it is.
///
/// A step that would save less than a sixth of the width is left out.
pub(super) fn sizes(width: u32, height: u32) -> Vec<(u32, u32)> {
    let tall = (u64::from(width) * u64::from(MAX_HEIGHT) / u64::from(height.max(1))) as u32;
    let largest = width.min(tall).clamp(1, WIDTHS[3]);
    let mut widths: Vec<u32> = WIDTHS.into_iter().filter(|step| step * 6 <= largest * 5).collect();
    widths.push(largest);
    let side =
        |wide: u32| (u64::from(height) * u64::from(wide) + u64::from(width) / 2) / u64::from(width.max(1));
    widths.into_iter().map(|wide| (wide, (side(wide) as u32).clamp(1, MAX_HEIGHT))).collect()
}

/// Brings pixels to another size.
pub(super) fn resize(pixels: &Pixels, width: u32, height: u32) -> Result<Pixels, Fault> {
    if (pixels.width, pixels.height) == (width, height) {
        return Ok(pixels.clone());
    }
    let kind = if pixels.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
    let damaged = |error: &dyn std::fmt::Display| Fault::Damaged(error.to_string());
    let from = fast_image_resize::images::ImageRef::new(pixels.width, pixels.height, &pixels.data, kind)
        .map_err(|error| damaged(&error))?;
    let mut to = Image::new(width, height, kind);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&from, &mut to, &options).map_err(|error| damaged(&error))?;
    Ok(Pixels { width, height, has_alpha: pixels.has_alpha, profile: None, data: to.into_vec() })
}

/// Turns pixels upright.
pub(super) fn turn(pixels: Pixels, orientation: Orientation) -> Pixels {
    if orientation == Orientation::NoTransforms {
        return pixels;
    }
    let Pixels { width, height, has_alpha, data, profile } = pixels;
    let image = if has_alpha {
        RgbaImage::from_raw(width, height, data).map(DynamicImage::ImageRgba8)
    } else {
        RgbImage::from_raw(width, height, data).map(DynamicImage::ImageRgb8)
    };
    let mut image = image.expect("there are as many bytes as pixels say");
    image.apply_orientation(orientation);
    let (width, height) = (image.width(), image.height());
    Pixels { width, height, has_alpha, data: image.into_bytes(), profile }
}

/// Returns whether an orientation swaps width and height.
pub(super) fn is_sideways(orientation: Orientation) -> bool {
    orientation.to_exif() > 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_never_larger_than_the_original_and_never_much_alike() {
        assert_eq!(sizes(4000, 3000), [(480, 360), (800, 600), (1200, 900), (1600, 1200)]);
        assert_eq!(sizes(3000, 4000), [(480, 640), (800, 1067), (1200, 1600), (1600, 2133)]);
        assert_eq!(sizes(900, 600), [(480, 320), (900, 600)]);
        assert_eq!(sizes(500, 100), [(500, 100)]);
        assert_eq!(sizes(64, 64), [(64, 64)]);
        assert_eq!(sizes(1, 1), [(1, 1)]);
        assert_eq!(sizes(60_000, 1), [(480, 1), (800, 1), (1200, 1), (1600, 1)]);
        assert_eq!(sizes(1080, 19_200), [(180, 3200)]);
    }
}
