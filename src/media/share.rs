//! The picture that stands for a page where it is shared, when the page has none of its own: the ornament of a mark,
//! seen from wall to wall and through a moon gate.
//!
//! It says nothing in words: a server has no fonts. Sixteen steps of ornament times sixteen of the gate make a palette of
//! 256 colours, so a picture is a few kilobytes, packed in a few milliseconds.

use std::sync::OnceLock;

use zeno::{Mask, Stroke, Transform};

use super::Format;
use super::fault::Fault;
use super::recipe::{Encoded, Made};
use crate::visual::{Look, MOTIFS, SHARED, SIDE, STROKE};

const WIDTH: u32 = SHARED.0;
const HEIGHT: u32 = SHARED.1;
/// The side of one ornament on the wall: eight stand side by side.
const CELL: u32 = 150;
/// The radius of the gate, and of the two rings around it.
const GATE: f64 = 225.0;
const RINGS: [(f64, f64); 2] = [(225.0, 231.0), (240.0, 242.5)];
/// Within the first radius all is gate, beyond the second all is wall.
const INNER: f64 = 224.0;
const OUTER: f64 = 244.0;
/// How many steps lie between two colours, besides the first.
const STEPS: u8 = 15;

/// Changed whenever the same look would come out differently.
const VERSION: u32 = 1;

/// Returns the hash of what the picture of a look is made from.
pub(super) fn hash(look: Look) -> blake3::Hash {
    blake3::hash(format!("share {VERSION} {}", look.name()).as_bytes())
}

/// Makes the picture of a look.
pub(super) fn picture(look: Look) -> Result<Made, Fault> {
    let bytes = pack(&palette(look), |writer| {
        // Looks of one ornament differ in their palettes only.
        let data = DRAWN[look.motif()].get_or_init(|| packed_pixels(&pixels(&cell(look))));
        writer.write_chunk(png::chunk::IDAT, data)
    });
    let bytes = bytes.map_err(|error| Fault::Damaged(error.to_string()))?;
    let picture = Encoded { width: WIDTH, height: HEIGHT, format: Format::Png, bytes };
    Ok(Made { tone: None, animated: false, pictures: vec![picture], webp: Vec::new() })
}

/// Draws one ornament: for each pixel, from 0 to [`STEPS`], how much of it is covered.
fn cell(look: Look) -> Vec<u8> {
    let scale = CELL as f32 / SIDE as f32;
    let (covered, _) = Mask::new(explicit(look.ornament()).as_str())
        .transform(Some(Transform::scale(scale, scale)))
        .style(Stroke::new(STROKE))
        .size(CELL, CELL)
        .render();
    covered.iter().map(|&alpha| step(f64::from(alpha) / 255.0)).collect()
}

/// Writes path data with the letter of every command, which may be left out where it is that of the one before.
fn explicit(path: &str) -> String {
    let mut out = String::with_capacity(path.len() * 2);
    let (mut command, mut wanted, mut has) = ('M', 0, 0);
    let mut rest = path.trim_start();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_alphabetic() {
            command = first;
            wanted = match first.to_ascii_lowercase() {
                'z' => 0,
                'h' | 'v' => 1,
                'q' | 's' => 4,
                'c' => 6,
                'a' => 7,
                _ => 2,
            };
            has = 0;
            out.push(first);
            rest = &rest[1..];
        } else {
            let end =
                rest[1..].find(|c: char| !c.is_ascii_digit() && c != '.').map_or(rest.len(), |end| end + 1);
            if has == wanted {
                // What follows the first place moved to are lines.
                out.push(match command {
                    'M' => 'L',
                    'm' => 'l',
                    other => other,
                });
                has = 0;
            }
            out.push_str(&rest[..end]);
            out.push(' ');
            has += 1;
            rest = &rest[end..];
        }
        rest = rest.trim_start_matches([' ', ',']);
    }
    out
}

/// Composes the picture: the low half of a byte is the ornament, the high half the gate.
fn pixels(cell: &[u8]) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((WIDTH * HEIGHT) as usize);
    for y in 0..HEIGHT {
        // One ornament stands in the middle of the gate.
        let row = ((y + 5 * CELL / 2 - HEIGHT / 2) % CELL * CELL) as usize;
        let row = &cell[row..row + CELL as usize];
        pixels.extend((0..WIDTH).map(|x| row[((x + CELL / 2) % CELL) as usize]));
        let line = pixels.len() - WIDTH as usize;
        let dy = f64::from(y) + 0.5 - f64::from(HEIGHT) / 2.0;
        for x in 0..WIDTH {
            let dx = f64::from(x) + 0.5 - f64::from(WIDTH) / 2.0;
            let squared = dx * dx + dy * dy;
            let pixel = &mut pixels[line + x as usize];
            if squared < INNER * INNER {
                *pixel |= STEPS << 4;
            }
            if !(INNER * INNER..OUTER * OUTER).contains(&squared) {
                continue;
            }
            let from_middle = squared.sqrt();
            let within = |radius: f64| (radius + 0.5 - from_middle).clamp(0.0, 1.0);
            let ring = RINGS.map(|(inner, outer)| within(outer) - within(inner));
            let ring = step(ring[0].max(ring[1]));
            let gate = step(within(GATE)).max(ring);
            *pixel = (gate << 4) | (*pixel).max(ring);
        }
    }
    pixels
}

#[expect(clippy::cast_sign_loss, reason = "between 0 and 1")]
fn step(part: f64) -> u8 {
    (part * f64::from(STEPS)).round() as u8
}

/// Returns the colour of every step: the ornament on its ground, and within the gate in ink on paper.
fn palette(look: Look) -> Vec<u8> {
    let [ground, ornament, ink] = look.colors();
    let paper = mix(ground, [255, 255, 255], 9);
    let color = |gate: u8, part: u8| mix(mix(ground, ornament, part), mix(paper, ink, part), gate);
    (0..=STEPS).flat_map(|gate| (0..=STEPS).flat_map(move |part| color(gate, part))).collect()
}

/// Returns the colour so many steps from one to another.
fn mix(from: [u8; 3], to: [u8; 3], part: u8) -> [u8; 3] {
    let (part, all) = (u32::from(part), u32::from(STEPS));
    let between = |from: u8, to: u8| (u32::from(from) * (all - part) + u32::from(to) * part + all / 2) / all;
    [0, 1, 2].map(|at| between(from[at], to[at]) as u8)
}

/// The packed pixels of each ornament, once they were wanted.
static DRAWN: [OnceLock<Vec<u8>>; MOTIFS] = [const { OnceLock::new() }; MOTIFS];

/// Packs pixels as a PNG holds them.
fn packed_pixels(pixels: &[u8]) -> Vec<u8> {
    let picture = pack(&[0; 3 * 256], |writer| writer.write_image_data(pixels)).unwrap_or_default();
    let mut data = Vec::with_capacity(picture.len());
    // Each part is its length, its name, itself and its checksum.
    let mut rest = picture.get(8..).unwrap_or_default();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (Some(part), Some(next)) = (after.get(..length), after.get(length + 4..)) else { break };
        if head.ends_with(b"IDAT") {
            data.extend_from_slice(part);
        }
        rest = next;
    }
    data
}

/// Writes a picture of 256 colours.
fn pack(
    palette: &[u8],
    draw: impl FnOnce(&mut png::Writer<&mut Vec<u8>>) -> Result<(), png::EncodingError>,
) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    draw(&mut writer)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn commands_that_were_left_out_are_written() {
        assert_eq!(explicit("M0 4H12V14M1 2 3-4 5 6"), "M0 4 H12 V14 M1 2 L3 -4 L5 6 ");
        assert_eq!(explicit("M0 0a8 8 0 0 0 16 0 8 8 0 0 0 16 0z"), "M0 0 a8 8 0 0 0 16 0 a8 8 0 0 0 16 0 z");
        assert_eq!(explicit("M0 0q8-8 16 0t16 0 16 0"), "M0 0 q8 -8 16 0 t16 0 t16 0 ");
    }

    #[test]
    fn every_look_is_a_small_picture_of_its_own_the_same_every_time() {
        let looks: BTreeSet<Look> = (0..1000).map(|n| Look::of(&format!("c{n}"))).collect();
        let mut seen = BTreeSet::new();
        for look in looks {
            let made = picture(look).unwrap();
            assert_eq!(made, picture(look).unwrap());
            let bytes = &made.pictures[0].bytes;
            assert!(bytes.len() < 64 << 10, "{}: {}", look.name(), bytes.len());
            let image =
                image::load_from_memory_with_format(bytes, image::ImageFormat::Png).unwrap().into_rgb8();
            assert_eq!(image.dimensions(), (1200, 630));
            // The corners are wall, the gate is lighter than the wall, and some of it is ink.
            let [ground, _, ink] = look.colors();
            let all: BTreeSet<[u8; 3]> = image.pixels().map(|pixel| pixel.0).collect();
            assert!(all.contains(&ground) && all.contains(&ink), "{}", look.name());
            seen.insert(bytes.clone());
        }
        assert_eq!(seen.len(), 48);
    }
}
