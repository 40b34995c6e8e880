//! GIF: blocks one after the other; <https://www.w3.org/Graphics/GIF/spec-gif89a.txt>.

use image::metadata::Orientation;

use super::Survey;
use crate::media::fault::Fault;

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const TRAILER: u8 = 0x3b;
const GRAPHIC_CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// One block, with the extension's label or zero.
struct Block<'a> {
    kind: u8,
    label: u8,
    whole: &'a [u8],
}

pub(super) fn survey(bytes: &[u8]) -> Result<Survey, Fault> {
    let (_, blocks) = blocks(bytes)?;
    let side = |at: usize| u32::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]));
    let (width, height) = (side(6), side(8));
    Ok(Survey {
        width,
        height,
        orientation: Orientation::NoTransforms,
        workspace: u64::from(width) * u64::from(height) * 5,
        animated: blocks.iter().filter(|block| block.kind == IMAGE).count() > 1,
        profiled: false,
    })
}

/// Keeps the pictures, what says how they follow each other, and nothing else.
pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (head, blocks) = blocks(bytes)?;
    let mut out = head.to_vec();
    for block in blocks {
        let repeats = block.label == APPLICATION && block.whole.get(3..14) == Some(b"NETSCAPE2.0");
        if block.kind == IMAGE || block.label == GRAPHIC_CONTROL || repeats {
            out.extend_from_slice(block.whole);
        }
    }
    out.push(TRAILER);
    Ok(out)
}

/// Cuts a file into its head and its blocks, up to its end.
fn blocks(bytes: &[u8]) -> Result<(&[u8], Vec<Block<'_>>), Fault> {
    let flags = *bytes.get(10).ok_or(Fault::Truncated)?;
    let head = 13 + colors(flags);
    if bytes.len() < head {
        return Err(Fault::Truncated);
    }
    let mut blocks = Vec::new();
    let mut at = head;
    loop {
        let start = at;
        let kind = *bytes.get(at).ok_or(Fault::Truncated)?;
        let mut label = 0;
        match kind {
            TRAILER => return Ok((&bytes[..head], blocks)),
            EXTENSION => {
                label = *bytes.get(at + 1).ok_or(Fault::Truncated)?;
                at += 2;
            }
            // The descriptor, the colours, and the length of the codes.
            IMAGE => at += 11 + colors(*bytes.get(at + 9).ok_or(Fault::Truncated)?),
            _ => return Err(Fault::Damaged("no block".into())),
        }
        at = after_parts(bytes, at)?;
        blocks.push(Block { kind, label, whole: &bytes[start..at] });
    }
}

/// Returns how long the table of colours is that a byte of flags announces.
fn colors(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Goes behind the parts of a block: each has its length before it, the last is empty.
fn after_parts(bytes: &[u8], mut at: usize) -> Result<usize, Fault> {
    loop {
        let length = usize::from(*bytes.get(at).ok_or(Fault::Truncated)?);
        at += 1 + length;
        if length == 0 {
            return Ok(at);
        }
    }
}
