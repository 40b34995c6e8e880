//! Files made to crash a decoder or to eat the machine: each is refused or shown, and the machine lives.

use super::fixtures::{chunk, empty_png, exif, resized_jpeg};
use super::*;

/// What must become of a file.
#[derive(Debug, PartialEq)]
enum Fate {
    Shown,
    Refused,
}

/// Makes the files, each with a name, what it pretends to be and what must become of it.
fn files() -> Vec<(&'static str, Format, Vec<u8>, Fate)> {
    use Fate::{Refused, Shown};
    use Format::{Gif, Jpeg, Png, Svg, Webp};
    let picture = stored(64, 48, 1);
    let (good_jpeg, progressive) = (jpeg(&picture, false), jpeg(&picture, true));
    let good_png = png(&DynamicImage::ImageRgb8(picture.clone()));
    let (good_webp, good_gif) = (webp(&picture), gif(std::slice::from_ref(&picture)));
    let cut = |bytes: &[u8]| bytes[..bytes.len() * 2 / 3].to_vec();
    let scan = good_jpeg.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let mut garbage = good_jpeg.clone();
    garbage[scan + 14..].iter_mut().enumerate().for_each(|(at, byte)| *byte = (at * 89 % 251) as u8);
    garbage.extend([0xff, 0xd9]);
    let scans =
        [&good_jpeg[..scan], &good_jpeg[scan..good_jpeg.len() - 2].repeat(400), &[0xff, 0xd9]].concat();
    let mut arithmetic = good_jpeg.clone();
    let frame = arithmetic.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    arithmetic[frame + 1] = 0xc9;
    let mut wrong_sum = good_png.clone();
    let end = wrong_sum.len() - 14;
    wrong_sum[end] ^= 0xff;
    let mut no_data = empty_png(200, 200);
    no_data.splice(33..45, chunk(*b"IDAT", b"\x78\x9c not deflate at all"));
    let mut lie = good_webp.clone();
    lie[16..20].copy_from_slice(&u32::MAX.to_le_bytes());
    let vast = |name: &[u8; 4], data: &[u8]| {
        let body = [b"WEBP", &name[..], &(data.len() as u32).to_le_bytes(), data].concat();
        [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
    };
    let mut codes = good_gif.clone();
    let middle = codes.len() / 2..codes.len() - 4;
    codes[middle].fill(0xff);
    let big_gif = |mut bytes: Vec<u8>| {
        bytes[6..10].fill(0xff);
        bytes
    };
    let mut circle = exif(6);
    let next = circle.len() - 1;
    circle[34..38].copy_from_slice(&8_u32.to_le_bytes());
    circle[next] = 0xff;
    let with_app = |marker: u8, data: &[u8]| {
        let length = (data.len() as u16 + 2).to_be_bytes();
        [&good_jpeg[..2], &[0xff, marker], &length, data, &good_jpeg[2..]].concat()
    };
    let entity = |n: usize| format!("<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(9));
    let entities: Vec<String> = (1..30).map(entity).collect();
    let entities = entities.concat();
    let svg_bomb = format!("<!DOCTYPE svg [<!ENTITY a0 'a'>{entities}]><svg><text>&a29;</text></svg>");
    vec![
        ("png-60000", Png, empty_png(60_000, 60_000), Refused),
        ("png-max", Png, empty_png(u32::MAX, u32::MAX), Refused),
        ("jpeg-65535", Jpeg, resized_jpeg(&good_jpeg, 65_535, 65_535), Refused),
        ("progressive-12000", Jpeg, resized_jpeg(&progressive, 12_000, 12_000), Refused),
        ("webp-16777216", Webp, vast(b"VP8X", &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Refused),
        ("webp-16384", Webp, vast(b"VP8L", &[0x2f, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0]), Refused),
        ("gif-65535", Gif, big_gif(good_gif.clone()), Refused),
        ("jpeg-cut", Jpeg, cut(&good_jpeg), Refused),
        ("progressive-cut", Jpeg, cut(&progressive), Refused),
        ("png-cut", Png, cut(&good_png), Refused),
        ("webp-cut", Webp, cut(&good_webp), Refused),
        ("gif-cut", Gif, cut(&good_gif), Refused),
        ("png-0", Png, empty_png(0, 10), Refused),
        ("jpeg-0", Jpeg, resized_jpeg(&good_jpeg, 64, 0), Refused),
        ("png-wrong-sum", Png, wrong_sum, Refused),
        ("png-no-deflate", Png, no_data, Refused),
        ("png-empty-data", Png, empty_png(3000, 3000), Refused),
        ("jpeg-no-frame", Jpeg, vec![0xff, 0xd8, 0xff, 0xd9], Refused),
        ("jpeg-no-length", Jpeg, vec![0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xd9], Refused),
        ("jpeg-400-scans", Jpeg, scans, Refused),
        ("jpeg-arithmetic", Jpeg, arithmetic, Refused),
        ("webp-lie", Webp, lie, Refused),
        ("webp-nothing", Webp, vast(b"VP8 ", &[]), Refused),
        ("gif-no-picture", Gif, b"GIF89a\x10\0\x10\0\0\0\0;".to_vec(), Refused),
        ("gif-codes", Gif, codes, Refused),
        ("svg-bomb", Svg, svg_bomb.into_bytes(), Refused),
        ("svg-script", Svg, b"<svg><script>run()</script></svg>".to_vec(), Refused),
        ("svg-deep", Svg, [b"<svg>".to_vec(), b"<g>".repeat(300_000)].concat(), Refused),
        ("jpeg-circling-exif", Jpeg, with_app(0xe1, &[b"Exif\0\0".to_vec(), circle].concat()), Shown),
        (
            "jpeg-bad-profile",
            Jpeg,
            with_app(0xe2, &[b"ICC_PROFILE\0\x01\x01".to_vec(), vec![0xff; 900]].concat()),
            Shown,
        ),
        ("png-long", Png, png(&DynamicImage::new_rgb8(60_000, 1)), Shown),
        ("png-high", Png, png(&DynamicImage::new_luma8(1, 50_000)), Shown),
        ("jpeg-wide", Jpeg, jpeg(&image::RgbImage::new(20_000, 3), false), Shown),
    ]
}

#[test]
fn hostile_files_are_refused_and_odd_ones_shown() {
    let files = files();
    assert!(files.len() >= 25);
    for (name, format, bytes, fate) in files {
        for purpose in [Purpose::Pages, Purpose::Download] {
            let made = made(&bytes, format, purpose);
            // What is only copied is not decoded; damage inside of it is for its reader to find.
            let found = if made.is_ok() { Fate::Shown } else { Fate::Refused };
            assert!(found == fate || purpose == Purpose::Download, "{name}: {found:?}: {:?}", made.err());
        }
    }
}

#[test]
fn a_colour_profile_that_unpacks_without_end_is_left_out() {
    let with_profile = |length: usize| {
        let mut info = ::png::Info::with_size(2, 2);
        info.color_type = ::png::ColorType::Rgb;
        info.icc_profile = Some(vec![0; length].into());
        let mut bytes = Vec::new();
        let mut writer = ::png::Encoder::with_info(&mut bytes, info).unwrap().write_header().unwrap();
        writer.write_image_data(&[7; 12]).unwrap();
        writer.finish().unwrap();
        decode::decode(&bytes, Format::Png).unwrap().profile
    };
    assert_eq!(with_profile(5000).unwrap().len(), 5000);
    assert_eq!(with_profile(100 << 20), None);
}

#[test]
fn bytes_turned_over_one_at_a_time_crash_nothing() {
    let picture = stored(24, 16, 1);
    let deep = DynamicImage::ImageRgb8(picture.clone()).into_rgb16();
    for (bytes, format) in [
        (phone_jpeg(&picture, 6), Format::Jpeg),
        (jpeg(&picture, true), Format::Jpeg),
        (png(&DynamicImage::ImageRgb16(deep)), Format::Png),
        (webp(&picture), Format::Webp),
        (gif(std::slice::from_ref(&picture)), Format::Gif),
    ] {
        for at in 0..bytes.len().min(900) {
            let mut broken = bytes.clone();
            broken[at] = broken[at].wrapping_mul(31).wrapping_add(97);
            let _ = made(&broken, format, Purpose::Pages);
            let _ = made(&bytes[..at], format, Purpose::Download);
        }
    }
}
