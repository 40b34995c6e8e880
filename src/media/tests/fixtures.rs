//! Pictures made for tests, good ones and such as nobody should trust.

use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, RgbImage};
use jpeg_encoder::{ColorType, Encoder};

/// Four corners in four colours.
pub(crate) const CORNERS: [[u8; 3]; 4] = [[200, 30, 20], [20, 160, 40], [30, 40, 200], [230, 220, 210]];

/// Returns the colour of a place in a picture of that size: each quarter has its own.
pub(crate) fn corner(x: u32, y: u32, width: u32, height: u32) -> [u8; 3] {
    CORNERS[usize::from(x * 2 >= width) + 2 * usize::from(y * 2 >= height)]
}

/// Draws the upright picture of the corners as a camera stores it that was held as EXIF says: the first row it stores is
/// the top, right, bottom or left side of what was seen, and so is the first column.
pub(crate) fn stored(width: u32, height: u32, orientation: u8) -> RgbImage {
    let (across, down) = if orientation > 4 { (height, width) } else { (width, height) };
    RgbImage::from_fn(across, down, |column, row| {
        let (x, y) = match orientation {
            2 => (width - 1 - column, row),
            3 => (width - 1 - column, height - 1 - row),
            4 => (column, height - 1 - row),
            5 => (row, column),
            6 => (width - 1 - row, column),
            7 => (width - 1 - row, height - 1 - column),
            8 => (row, height - 1 - column),
            _ => (column, row),
        };
        image::Rgb(corner(x, y, width, height))
    })
}

/// Returns an EXIF block with an orientation, a place and a maker.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut out = b"II\x2a\0\x08\0\0\0".to_vec();
    out.extend(2_u16.to_le_bytes());
    for (tag, kind, count, value) in [(0x0112_u16, 3_u16, 1_u32, u32::from(orientation)), (0x8825, 4, 1, 38)]
    {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend(0_u32.to_le_bytes());
    // The place: a reference and three fractions.
    out.extend(1_u16.to_le_bytes());
    out.extend(2_u16.to_le_bytes());
    out.extend(5_u16.to_le_bytes());
    out.extend(3_u32.to_le_bytes());
    out.extend(56_u32.to_le_bytes());
    out.extend(0_u32.to_le_bytes());
    for part in [30_u32, 1, 5, 1, 4242, 100] {
        out.extend(part.to_le_bytes());
    }
    out.extend(b"GPS-SECRET-PLACE");
    out
}

/// Packs a picture as a phone does: with EXIF and a place, with XMP, IPTC and a comment.
pub(crate) fn phone_jpeg(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.add_app_segment(1, [b"Exif\0\0".to_vec(), exif(orientation)].concat()).unwrap();
    encoder
        .add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-SECRET</x:xmpmeta>".to_vec())
        .unwrap();
    encoder.add_app_segment(13, b"Photoshop 3.0\0IPTC-SECRET".to_vec()).unwrap();
    encode(encoder, picture);
    // A film hangs behind the picture, as phones have it.
    bytes.extend(b"FILM-SECRET");
    bytes
}

pub(crate) fn jpeg(picture: &RgbImage, progressive: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 92);
    encoder.set_progressive(progressive);
    encode(encoder, picture);
    bytes
}

fn encode(encoder: Encoder<&mut Vec<u8>>, picture: &RgbImage) {
    let (width, height) = picture.dimensions();
    encoder.encode(picture.as_raw(), width as u16, height as u16, ColorType::Rgb).unwrap();
}

/// Packs a picture in the inks of a printer, as Photoshop does.
pub(crate) fn cmyk_jpeg(picture: &RgbImage) -> Vec<u8> {
    let inks: Vec<u8> = picture
        .pixels()
        .flat_map(|pixel| {
            let black = 255 - pixel.0.into_iter().max().unwrap();
            let ink = |part: u8| {
                if black == 255 {
                    0
                } else {
                    ((255 - u32::from(part) - u32::from(black)) * 255 / (255 - u32::from(black))) as u8
                }
            };
            [ink(pixel[0]), ink(pixel[1]), ink(pixel[2]), black]
        })
        .collect();
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    Encoder::new(&mut bytes, 92).encode(&inks, width as u16, height as u16, ColorType::CmykAsYcck).unwrap();
    bytes
}

pub(crate) fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height, color) = (picture.width(), picture.height(), picture.color());
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    encoder.write_image(picture.as_bytes(), width, height, color.into()).unwrap();
    bytes
}

pub(crate) fn webp(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut bytes);
    encoder
        .write_image(picture.as_raw(), picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

pub(crate) fn gif(frames: &[RgbImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for frame in frames {
        let frame = DynamicImage::ImageRgb8(frame.clone()).into_rgba8();
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    bytes
}

/// Puts a chunk before the last one of a PNG.
pub(crate) fn with_chunk(png: &[u8], name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let (front, end) = png.split_at(png.len() - 12);
    [front, &chunk(name, data), end].concat()
}

pub(crate) fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = (data.len() as u32).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(data);
    let sum = crc(&out[4..]);
    out.extend(sum.to_be_bytes());
    out
}

/// The checksum of PNG chunks.
fn crc(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

/// Returns the head of a PNG that says it has this size, and nothing behind it but its end.
pub(crate) fn empty_png(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let parts = [chunk(*b"IHDR", &header), chunk(*b"IDAT", &[]), chunk(*b"IEND", &[])];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

/// Returns a JPEG whose frame says it has this size.
pub(crate) fn resized_jpeg(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut out = jpeg.to_vec();
    let frame = out.windows(2).position(|pair| matches!(pair, [0xff, 0xc0 | 0xc2])).unwrap();
    out[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    out[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    out
}
