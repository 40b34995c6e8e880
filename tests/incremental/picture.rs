//! Small pictures that are really pictures: a PNG of one colour to the next, from a number.

/// Returns a PNG, `number` different ones of it.
pub fn png(number: usize) -> Vec<u8> {
    let (width, height) = (24 + number % 9, 18 + number % 5);
    let mut rows = Vec::new();
    for y in 0..height {
        rows.push(0);
        rows.extend(
            (0..width).flat_map(|x| [number * 37 + x * 9, number * 11 + y * 13, x * y].map(|c| c as u8)),
        );
    }
    let mut header = [width, height].map(|side| (side as u32).to_be_bytes()).concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &header);
    chunk(&mut png, *b"IDAT", &stored(&rows));
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, name: [u8; 4], data: &[u8]) {
    let body = [&name[..], data].concat();
    png.extend((data.len() as u32).to_be_bytes());
    png.extend(&body);
    png.extend(crc(&body).to_be_bytes());
}

/// Wraps bytes as zlib does, one block that is not compressed.
fn stored(bytes: &[u8]) -> Vec<u8> {
    let len = u16::try_from(bytes.len()).expect("a small picture fits one block");
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let mut wrapped = vec![0x78, 0x01, 0x01];
    wrapped.extend(len.to_le_bytes());
    wrapped.extend((!len).to_le_bytes());
    wrapped.extend(bytes);
    wrapped.extend((b << 16 | a).to_be_bytes());
    wrapped
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    };
    !bytes.iter().fold(!0, step)
}

#[test]
fn a_picture_has_the_size_it_says() {
    let picture = image::load_from_memory(&png(3)).unwrap();
    assert_eq!((picture.width(), picture.height()), (27, 21));
}
