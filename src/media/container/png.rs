//! PNG: chunks with a length, a name and a checksum; <https://www.w3.org/TR/png-3/>.

use super::{Survey, be32, orientation};
use crate::media::fault::Fault;

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a picture is drawn with; all other chunks go, `acTL` too: what moves stands still.
const KEPT: [&[u8; 4]; 9] = [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"sBIT"];

struct Chunk<'a> {
    name: &'a [u8],
    data: &'a [u8],
    whole: &'a [u8],
}

pub(super) fn survey(bytes: &[u8]) -> Result<Survey, Fault> {
    let chunks = chunks(bytes)?;
    let header = chunks.first().filter(|chunk| chunk.name == b"IHDR" && chunk.data.len() == 13);
    let header = header.ok_or_else(|| Fault::Damaged("no header".into()))?.data;
    let find = |name: &[u8]| chunks.iter().find(|chunk| chunk.name == name).map(|chunk| chunk.data);
    Ok(Survey {
        width: be32(header).unwrap_or(0),
        height: be32(&header[4..]).unwrap_or(0),
        orientation: orientation(find(b"eXIf")),
        workspace: 0,
        animated: find(b"acTL").is_some(),
        profiled: find(b"iCCP").is_some(),
    })
}

pub(super) fn stripped(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut out = SIGNATURE.to_vec();
    for chunk in chunks(bytes)? {
        if KEPT.iter().any(|kept| *kept == chunk.name) {
            out.extend_from_slice(chunk.whole);
        }
    }
    Ok(out)
}

/// Cuts a file into its chunks, up to its end; what hangs behind it is not looked at.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Fault> {
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or_else(|| Fault::Damaged("no PNG".into()))?;
    let mut chunks = Vec::new();
    loop {
        let length = be32(rest).ok_or(Fault::Truncated)? as usize;
        let end = length.checked_add(12).ok_or(Fault::Truncated)?;
        let whole = rest.get(..end).ok_or(Fault::Truncated)?;
        let name = &whole[4..8];
        chunks.push(Chunk { name, data: &whole[8..8 + length], whole });
        if name == b"IEND" {
            return Ok(chunks);
        }
        rest = &rest[end..];
    }
}
