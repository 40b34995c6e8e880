//! Bytes -> pixels, within limits: what a picture says of itself decides whether it is decoded at all.

use std::io::Cursor;

use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{DynamicImage, ImageDecoder, ImageError, Limits, RgbaImage};

use super::container::Survey;
use super::fault::Fault;
use super::{Format, Purpose};

/// The most memory all decoding at one time may take, in bytes; the program as a whole stays under half a gigabyte.
pub(super) const MEMORY: u64 = 380 << 20;

/// The longest side of a picture that is decoded.
const MAX_SIDE: u32 = 60_000;

/// Pixels as they are stored: three bytes each, four where there is transparency.
#[derive(Debug, Clone)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) has_alpha: bool,
    /// The colour profile they are in, where it is not that of browsers.
    pub(super) profile: Option<Vec<u8>>,
    pub(super) data: Vec<u8>,
}

/// What the sizes of one picture for pages take.
const SMALLER_SIZES: u64 = 32 << 20;

/// Returns the bytes making a picture takes, its file included; an error when that is more than is allowed.
pub(super) fn memory(survey: &Survey, format: Format, purpose: Purpose, file: u64) -> Result<u64, Fault> {
    let Survey { width, height, workspace, .. } = *survey;
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Fault::Damaged("no pixels".into()));
    }
    // A sample may have sixteen bits, and is then brought down to eight in a second buffer.
    let per_pixel = match format {
        Format::Jpeg => 3,
        Format::Png => 12,
        _ => 7,
    };
    let output = match purpose {
        Purpose::Pages => SMALLER_SIZES,
        // Turned, and packed again, at its whole size.
        Purpose::Download | Purpose::Share => pixels.saturating_mul(6),
    };
    let needed =
        [workspace, file, output].into_iter().fold(pixels.saturating_mul(per_pixel), u64::saturating_add);
    if needed > MEMORY || width.max(height) > MAX_SIDE {
        return Err(Fault::TooLarge { width, height });
    }
    Ok(needed)
}

/// Decodes a picture, the first frame of one that moves.
pub(super) fn decode(bytes: &[u8], format: Format) -> Result<Pixels, Fault> {
    let input = Cursor::new(bytes);
    match format {
        Format::Jpeg => read(JpegDecoder::new(input)),
        Format::Png => read(PngDecoder::with_limits(input, of_notes())),
        Format::Webp => read(WebPDecoder::new(input)),
        Format::Gif => read(GifDecoder::new(input)),
        Format::Svg => Err(Fault::Damaged("a drawing has no pixels".into())),
    }
}

/// What may be unpacked beside the pixels of a PNG, such as its colour profile: a few thousand bytes of a file can become
/// half a gigabyte of that. What is larger is left out.
fn of_notes() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(24 << 20);
    limits
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    limits
}

fn read(decoder: Result<impl ImageDecoder, ImageError>) -> Result<Pixels, Fault> {
    let mut decoder = decoder.map_err(|error| fault(&error))?;
    decoder.set_limits(limits()).map_err(|error| fault(&error))?;
    // Twelve megabytes are more than any profile has.
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.len() <= 12 << 20);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    Ok(Pixels { profile, ..pixels(image) })
}

/// Brings an image to three bytes a pixel, or to four where any pixel is not opaque.
fn pixels(image: DynamicImage) -> Pixels {
    let (width, height) = (image.width(), image.height());
    let image = if image.color().has_alpha() { DynamicImage::ImageRgba8(image.into_rgba8()) } else { image };
    let shows_through = |image: &RgbaImage| image.pixels().any(|pixel| pixel[3] != 255);
    let has_alpha = image.as_rgba8().is_some_and(shows_through);
    let data = if has_alpha { image.into_rgba8().into_raw() } else { image.into_rgb8().into_raw() };
    Pixels { width, height, has_alpha, profile: None, data }
}

fn fault(error: &ImageError) -> Fault {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Fault::Truncated,
        // Decoders tell where and how in English; the first line is enough.
        error => Fault::Damaged(
            error.to_string().lines().next().unwrap_or_default().trim_end_matches('.').to_owned(),
        ),
    }
}
