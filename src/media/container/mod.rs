//! Picture files as their makers pack them: what they say of themselves, and the same without what a camera noted.
//!
//! Nothing is decoded here. What is kept is a list of the parts a browser needs; everything else goes, known or not:
//! EXIF with its place and thumbnail, XMP, IPTC, colour profiles, comments, and whatever hangs behind the end.

mod gif;
mod jpeg;
mod png;
mod webp;

use image::metadata::Orientation;

use super::Format;
use super::fault::Fault;

/// What a picture says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Survey {
    /// The width as it is stored, in pixels.
    pub(super) width: u32,
    /// The height as it is stored, in pixels.
    pub(super) height: u32,
    /// How it must be turned to be upright.
    pub(super) orientation: Orientation,
    /// The bytes a decoder needs beside the pixels it gives.
    pub(super) workspace: u64,
    /// Whether it moves.
    pub(super) animated: bool,
    /// Whether its colours need more than the browser's own assumption to be right: a profile, inks.
    pub(super) profiled: bool,
}

/// Looks at a picture; an error when it is cut short or is not what it should be.
pub(super) fn survey(bytes: &[u8], format: Format) -> Result<Survey, Fault> {
    match format {
        Format::Jpeg => jpeg::survey(bytes),
        Format::Png => png::survey(bytes),
        Format::Webp => webp::survey(bytes),
        Format::Gif => gif::survey(bytes),
        Format::Svg => Err(Fault::Damaged("a drawing has no pixels".into())),
    }
}

/// Returns a picture without what a camera or a program noted in it; its pixels stay as they are.
pub(super) fn stripped(bytes: &[u8], format: Format) -> Result<Vec<u8>, Fault> {
    match format {
        Format::Jpeg => jpeg::stripped(bytes),
        Format::Png => png::stripped(bytes),
        Format::Webp => webp::stripped(bytes),
        Format::Gif => gif::stripped(bytes),
        Format::Svg => Ok(bytes.to_vec()),
    }
}

/// Reads the orientation out of an EXIF block; upright when it says nothing that is known.
fn orientation(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// Returns the first four bytes as a number, the most significant first.
fn be32(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|bytes| u32::from_be_bytes(*bytes))
}

/// Returns the first four bytes as a number, the least significant first.
fn le32(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}
