//! An original -> the pictures pages show: upright, in several widths, without a word of what a camera noted.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{ExtendedColorType, ImageEncoder as _};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::container::{self, Survey};
use super::decode::{Pixels, decode};
use super::fault::Fault;
use super::resize::{is_sideways, resize, sizes, turn};
use super::{Format, colors};

/// Changed whenever the same original would come out differently; what was made before is then made again.
pub(super) const VERSION: u32 = 2;

/// The quality of pictures on pages: no difference is seen beside the original at arm's length.
const QUALITY: u8 = 75;
/// The quality of WebP beside it: as near to the original as the JPEG.
const WEBP_QUALITY: f32 = 78.0;
/// The quality of a picture that is downloaded and had to be turned.
const DOWNLOAD_QUALITY: u8 = 92;

/// What came of one original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    /// The colour that stands for it until it is there; none where the ground shows through.
    pub(super) tone: Option<[u8; 3]>,
    /// Whether the original moves.
    pub(super) animated: bool,
    /// The pictures, the smallest first.
    pub(super) pictures: Vec<Encoded>,
    /// The same sizes in WebP, where that was wanted and is smaller.
    pub(super) webp: Vec<Encoded>,
}

/// One finished picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Encoded {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) format: Format,
    pub(super) bytes: Vec<u8>,
}

/// Makes the pictures that pages show; photos in WebP too, if `webp` says so.
pub(super) fn for_pages(bytes: &[u8], format: Format, survey: &Survey, webp: bool) -> Result<Made, Fault> {
    let original = decode(bytes, format)?;
    let sideways = is_sideways(survey.orientation);
    let upright = |width, height| if sideways { (height, width) } else { (width, height) };
    let (width, height) = upright(original.width, original.height);
    let mut sizes = sizes(width, height);
    let (largest_width, largest_height) = sizes.pop().expect("there is always one size");
    let (stored_width, stored_height) = upright(largest_width, largest_height);
    let is_whole = (largest_width, largest_height) == (width, height);
    let mut largest = if is_whole { original } else { resize(&original, stored_width, stored_height)? };
    colors::apply_profile(&mut largest);
    let largest = turn(largest, survey.orientation);
    let kind = Kind::of(&largest, format)?;
    let webp = webp && kind == Kind::Photo;
    let mut pictures = Vec::with_capacity(sizes.len() + 1);
    let mut in_webp = Vec::new();
    let mut smallest = None;
    for (width, height) in sizes {
        let pixels = resize(&largest, width, height)?;
        pictures.push(encode(&pixels, kind)?);
        if webp {
            in_webp.push(lossy_webp(&pixels)?);
        }
        smallest.get_or_insert(pixels);
    }
    let tone = (!largest.has_alpha).then(|| colors::tone(smallest.as_ref().unwrap_or(&largest)));
    let mut last = encode(&largest, kind)?;
    if is_whole
        && last.format == format
        && survey.orientation == Orientation::NoTransforms
        && !survey.profiled
    {
        // What is small already would only lose by being packed once more.
        let stripped = container::stripped(bytes, format)?;
        if stripped.len() * 4 <= last.bytes.len() * 5 {
            last.bytes = stripped;
        }
    }
    pictures.push(last);
    if webp {
        in_webp.push(lossy_webp(&largest)?);
    }
    let weight = |pictures: &[Encoded]| pictures.iter().map(|picture| picture.bytes.len()).sum::<usize>();
    if weight(&in_webp) >= weight(&pictures) {
        in_webp.clear();
    }
    Ok(Made { tone, animated: survey.animated, pictures, webp: in_webp })
}

/// Makes the picture that is downloaded: as it came, without notes; packed anew only where it must be turned.
pub(super) fn for_download(bytes: &[u8], format: Format, survey: &Survey) -> Result<Made, Fault> {
    let is_upright = survey.orientation == Orientation::NoTransforms;
    let picture = if is_upright && !survey.profiled {
        let (width, height) = (survey.width, survey.height);
        Encoded { width, height, format, bytes: container::stripped(bytes, format)? }
    } else {
        let mut pixels = decode(bytes, format)?;
        colors::apply_profile(&mut pixels);
        let pixels = turn(pixels, survey.orientation);
        match format {
            Format::Jpeg => jpeg(&pixels, DOWNLOAD_QUALITY)?,
            Format::Webp => webp(&pixels)?,
            _ => png(&pixels)?,
        }
    };
    Ok(Made { tone: None, animated: false, pictures: vec![picture], webp: Vec::new() })
}

/// How a picture is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Photo,
    Drawing,
}

impl Kind {
    /// Chooses for all sizes of a picture: what lets the ground through, and what is smaller that way, is a drawing.
    fn of(pixels: &Pixels, format: Format) -> Result<Self, Fault> {
        match (format, pixels.has_alpha) {
            (_, true) => Ok(Self::Drawing),
            (Format::Jpeg, _) => Ok(Self::Photo),
            _ if png(pixels)?.bytes.len() <= jpeg(pixels, QUALITY)?.bytes.len() => Ok(Self::Drawing),
            _ => Ok(Self::Photo),
        }
    }
}

fn encode(pixels: &Pixels, kind: Kind) -> Result<Encoded, Fault> {
    match kind {
        Kind::Photo => jpeg(pixels, QUALITY),
        Kind::Drawing => png(pixels),
    }
}

fn jpeg(pixels: &Pixels, quality: u8) -> Result<Encoded, Fault> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(if quality < 90 { SamplingFactor::F_2_2 } else { SamplingFactor::F_1_1 });
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let side = |side: u32| u16::try_from(side).map_err(|error| Fault::Damaged(error.to_string()));
    let (width, height) = (side(pixels.width)?, side(pixels.height)?);
    let color = if pixels.has_alpha { ColorType::Rgba } else { ColorType::Rgb };
    encoder.encode(&pixels.data, width, height, color).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(encoded(pixels, Format::Jpeg, bytes))
}

fn png(pixels: &Pixels) -> Result<Encoded, Fault> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    encoder
        .write_image(&pixels.data, pixels.width, pixels.height, color(pixels))
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(encoded(pixels, Format::Png, bytes))
}

fn webp(pixels: &Pixels) -> Result<Encoded, Fault> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .write_image(&pixels.data, pixels.width, pixels.height, color(pixels))
        .map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(encoded(pixels, Format::Webp, bytes))
}

fn lossy_webp(pixels: &Pixels) -> Result<Encoded, Fault> {
    let encoder = webp::Encoder::from_rgb(&pixels.data, pixels.width, pixels.height);
    let bytes = encoder
        .encode_simple(false, WEBP_QUALITY)
        .map_err(|error| Fault::Damaged(format!("{error:?}")))?
        .to_vec();
    Ok(encoded(pixels, Format::Webp, bytes))
}

fn color(pixels: &Pixels) -> ExtendedColorType {
    if pixels.has_alpha { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 }
}

fn encoded(pixels: &Pixels, format: Format, bytes: Vec<u8>) -> Encoded {
    Encoded { width: pixels.width, height: pixels.height, format, bytes }
}
