//! JPEG: segments after markers; <https://www.w3.org/Graphics/JPEG/itu-t81.pdf>, annex B.

use super::{Survey, orientation};
use crate::media::fault::Fault;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
const COM: u8 = 0xfe;

/// More passes than any camera makes; each costs a walk over the whole picture.
const MAX_SCANS: usize = 100;

/// A marker with what belongs to it; after `SOS` the coded picture too.
struct Segment<'a> {
    marker: u8,
    payload: &'a [u8],
    whole: &'a [u8],
}

pub(super) fn survey(bytes: &[u8]) -> Result<Survey, Fault> {
    let segments = segments(bytes)?;
    let frame = segments.iter().find(|segment| is_frame(segment.marker));
    let frame = frame.ok_or_else(|| Fault::Damaged("no frame".into()))?;
    let [_, high, low, wide, narrow, count, components @ ..] = frame.payload else {
        return Err(Fault::Damaged("a short frame".into()));
    };
    let (height, width) = (u16::from_be_bytes([*high, *low]), u16::from_be_bytes([*wide, *narrow]));
    let scans = segments.iter().filter(|segment| segment.marker == SOS).count();
    if scans > MAX_SCANS {
        return Err(Fault::Damaged("too many scans".into()));
    }
    // The decoder gives such a picture wrong colours and says nothing (zune-jpeg 0.5.15); no camera makes one.
    if scans > 1 && !is_progressive(frame.marker) {
        return Err(Fault::Damaged("a sequential picture in several scans".into()));
    }
    let pixels = u64::from(width) * u64::from(height);
    let exif = segments
        .iter()
        .find_map(|segment| segment.payload.strip_prefix(b"Exif\0\0").filter(|_| segment.marker == APP1));
    Ok(Survey {
        width: width.into(),
        height: height.into(),
        orientation: orientation(exif),
        workspace: if is_progressive(frame.marker) { coefficients(pixels, components) } else { 0 },
        animated: false,
        profiled: *count > 3 || segments.iter().any(is_profile),
    })
}

/// Returns the bytes of the coefficients a progressive picture is gathered in: two for each sample.
fn coefficients(pixels: u64, components: &[u8]) -> u64 {
    let sampling = |component: &[u8]| {
        let factors = component.get(1).copied().unwrap_or(0x11);
        (u64::from(factors >> 4).max(1), u64::from(factors & 15).max(1))
    };
    let all: Vec<(u64, u64)> = components.chunks(3).map(sampling).collect();
    let most = all.iter().fold((1, 1), |most, one| (most.0.max(one.0), most.1.max(one.1)));
    let samples: u64 = all.iter().map(|(across, down)| pixels * across * down / (most.0 * most.1)).sum();
    samples * 2
}

/// Keeps what the picture is decoded with; of the notes only Adobe's twelve bytes that say how colours are coded.
pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = vec![0xff, SOI];
    for segment in segments(bytes)? {
        match segment.marker {
            APP14 if segment.payload.starts_with(b"Adobe") && segment.payload.len() >= 12 => {
                out.extend_from_slice(&[0xff, APP14, 0, 14]);
                out.extend_from_slice(&segment.payload[..12]);
            }
            APP0 if segment.payload.starts_with(b"JFIF\0") => {
                out.extend_from_slice(b"\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
            }
            APP0..=0xef | COM => {}
            _ => out.extend_from_slice(segment.whole),
        }
    }
    out.extend_from_slice(&[0xff, EOI]);
    Ok(out)
}

/// Cuts a file into its segments, up to the end of the picture; what hangs behind it is not looked at.
fn segments(bytes: &[u8]) -> Result<Vec<Segment<'_>>, Fault> {
    if bytes.get(..2) != Some(&[0xff, SOI]) {
        return Err(Fault::Damaged("no JPEG".into()));
    }
    let mut segments = Vec::new();
    let mut at = 2;
    loop {
        let start = at;
        let marker = loop {
            match bytes.get(at..at + 2) {
                Some([0xff, 0xff]) => at += 1,
                Some([0xff, marker]) => break *marker,
                Some(_) => return Err(Fault::Damaged("no marker".into())),
                None => return Err(Fault::Truncated),
            }
        };
        at += 2;
        match marker {
            EOI => return Ok(segments),
            // Markers without a segment.
            0x01 | 0xd0..=0xd7 => continue,
            _ => {}
        }
        let length = bytes.get(at..at + 2).ok_or(Fault::Truncated)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length < 2 {
            return Err(Fault::Damaged("a segment without length".into()));
        }
        let payload = bytes.get(at + 2..at + length).ok_or(Fault::Truncated)?;
        at += length;
        if marker == SOS {
            at = end_of_scan(bytes, at).ok_or(Fault::Truncated)?;
        }
        segments.push(Segment { marker, payload, whole: &bytes[start..at] });
    }
}

/// Finds the marker that ends a coded stretch.
fn end_of_scan(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += memchr::memchr(0xff, bytes.get(at..)?)?;
        match bytes.get(at + 1)? {
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Some(at),
        }
    }
}

/// Returns whether a segment holds a part of a colour profile.
fn is_profile(segment: &Segment<'_>) -> bool {
    segment.marker == APP2 && segment.payload.starts_with(b"ICC_PROFILE\0")
}

fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

fn is_progressive(marker: u8) -> bool {
    matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce)
}
