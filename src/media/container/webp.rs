//! WebP: RIFF chunks; <https://developers.google.com/speed/webp/docs/riff_container>.

use super::{Survey, le32, orientation};
use crate::media::fault::Fault;

/// What a picture is drawn with.
const KEPT: [&[u8; 4]; 6] = [b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF"];

/// The flags of `VP8X` that announce a profile, EXIF and XMP.
const NOTES: u8 = 0x20 | 0x08 | 0x04;
const ANIMATED: u8 = 0x02;

struct Chunk<'a> {
    name: &'a [u8],
    data: &'a [u8],
}

pub(super) fn survey(bytes: &[u8]) -> Result<Survey, Fault> {
    let chunks = chunks(bytes)?;
    let first = chunks.first().ok_or(Fault::Truncated)?;
    let (width, height) = size(first).ok_or_else(|| Fault::Damaged("no size".into()))?;
    let find = |name: &[u8]| chunks.iter().find(|chunk| chunk.name == name).map(|chunk| chunk.data);
    // Some writers put the name JPEG files have before EXIF here too.
    let exif = find(b"EXIF").map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    Ok(Survey {
        width,
        height,
        orientation: orientation(exif),
        workspace: u64::from(width) * u64::from(height) * 4,
        animated: first.name == b"VP8X" && first.data.first().is_some_and(|flags| flags & ANIMATED != 0),
        profiled: find(b"ICCP").is_some(),
    })
}

/// Reads the width and height out of the first chunk, whichever of three it is.
fn size(chunk: &Chunk<'_>) -> Option<(u32, u32)> {
    let data = chunk.data;
    match chunk.name {
        b"VP8X" => Some((1 + (le32(data.get(4..)?)? & 0xff_ffff), 1 + (le32(data.get(6..)?)? >> 8))),
        b"VP8L" => {
            let bits = le32(data.get(1..)?)?;
            Some((1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)))
        }
        b"VP8 " => {
            let sizes = le32(data.get(6..)?)?;
            Some((sizes & 0x3fff, sizes >> 16 & 0x3fff))
        }
        _ => None,
    }
}

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    for chunk in chunks(bytes)?.iter().filter(|chunk| KEPT.iter().any(|kept| *kept == chunk.name)) {
        out.extend_from_slice(chunk.name);
        out.extend_from_slice(&(chunk.data.len() as u32).to_le_bytes());
        let start = out.len();
        out.extend_from_slice(chunk.data);
        if chunk.name == b"VP8X"
            && let Some(flags) = out.get_mut(start)
        {
            *flags &= !NOTES;
        }
        if chunk.data.len() % 2 == 1 {
            out.push(0);
        }
    }
    let size = (out.len() - 8) as u32;
    out[4..8].copy_from_slice(&size.to_le_bytes());
    Ok(out)
}

/// Cuts a file into its chunks; what hangs behind them is not looked at.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Fault> {
    if bytes.get(..4) != Some(b"RIFF") || bytes.get(8..12) != Some(b"WEBP") {
        return Err(Fault::Damaged("no WebP".into()));
    }
    let size = le32(&bytes[4..]).unwrap_or(0) as usize;
    let mut rest = size.checked_add(8).and_then(|end| bytes.get(12..end)).ok_or(Fault::Truncated)?;
    let mut chunks = Vec::new();
    while rest.len() >= 8 {
        let length = le32(&rest[4..]).unwrap_or(0) as usize;
        let data = length.checked_add(8).and_then(|end| rest.get(8..end)).ok_or(Fault::Truncated)?;
        chunks.push(Chunk { name: &rest[..4], data });
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
    }
    Ok(chunks)
}
