//! Pictures of every kind, good and hostile.

mod fixtures;
mod hostile;
mod kept;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use fixtures::{cmyk_jpeg, corner, gif, jpeg, phone_jpeg, png, stored, webp, with_chunk};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use jiff::civil::{Date, date};

use super::fault::Fault;
use super::recipe::{Made, for_download, for_pages};
use super::*;

const TODAY: Date = date(2026, 11, 22);

/// Makes the pictures of some bytes as a build does, without a disk.
fn made(bytes: &[u8], format: Format, purpose: Purpose) -> Result<Made, Fault> {
    if format == Format::Svg {
        return drawing(bytes.to_vec());
    }
    let survey = container::survey(bytes, format)?;
    decode::memory(&survey, format, purpose, bytes.len() as u64)?;
    match purpose {
        Purpose::Pages => for_pages(bytes, format, &survey, false),
        Purpose::Download | Purpose::Share => for_download(bytes, format, &survey),
    }
}

fn pages(bytes: &[u8], format: Format) -> Vec<Encoded> {
    made(bytes, format, Purpose::Pages).unwrap().pictures
}

fn decoded(picture: &Encoded) -> DynamicImage {
    let format = match picture.format {
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Png => ImageFormat::Png,
        Format::Webp => ImageFormat::WebP,
        Format::Gif => ImageFormat::Gif,
        Format::Svg => panic!("a drawing has no pixels"),
    };
    let image = image::load_from_memory_with_format(&picture.bytes, format).unwrap();
    assert_eq!((image.width(), image.height()), (picture.width, picture.height));
    image
}

/// Asserts that a picture shows the four corners the right way up.
#[track_caller]
fn assert_upright(picture: &Encoded) {
    let image = decoded(picture).into_rgb8();
    let (width, height) = image.dimensions();
    for (x, y) in [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| (x * width / 4, y * height / 4)) {
        let (found, wanted) = (image.get_pixel(x, y).0, corner(x, y, width, height));
        let far = found.iter().zip(wanted).any(|(found, wanted)| found.abs_diff(wanted) > 24);
        assert!(!far, "at {x},{y}: {found:?}, not {wanted:?}");
    }
}

/// Asserts that nothing a camera noted is left.
#[track_caller]
fn assert_bare(bytes: &[u8]) {
    for word in
        ["Exif", "SECRET", "xmpmeta", "Photoshop", "ICC_PROFILE", "eXIf", "EXIF", "iCCP", "ICCP", "XMP "]
    {
        assert!(memchr::memmem::find(bytes, word.as_bytes()).is_none(), "{word} is still there");
    }
}

#[test]
fn every_way_a_camera_can_be_held_comes_out_upright() {
    for orientation in 1..=8 {
        let bytes = phone_jpeg(&stored(120, 80, orientation), orientation);
        for purpose in [Purpose::Pages, Purpose::Download] {
            let made = made(&bytes, Format::Jpeg, purpose).unwrap();
            let [picture] = &made.pictures[..] else { panic!("{:?}", made.pictures.len()) };
            assert_eq!((picture.width, picture.height), (120, 80), "{orientation} {purpose:?}");
            assert_upright(picture);
            assert_bare(&picture.bytes);
        }
    }
}

#[test]
fn a_large_photo_comes_in_several_widths_and_each_is_smaller() {
    let made = made(&phone_jpeg(&stored(1800, 1200, 6), 6), Format::Jpeg, Purpose::Pages).unwrap();
    let sizes: Vec<(u32, u32)> =
        made.pictures.iter().map(|picture| (picture.width, picture.height)).collect();
    assert_eq!(sizes, [(480, 320), (800, 533), (1200, 800), (1600, 1067)]);
    assert!(made.pictures.is_sorted_by_key(|picture| picture.bytes.len()));
    for picture in &made.pictures {
        assert_eq!(picture.format, Format::Jpeg);
        assert_upright(picture);
        assert_bare(&picture.bytes);
    }
    assert!(made.tone.is_some() && !made.animated);
}

#[test]
fn every_format_that_is_accepted_is_shown() {
    let picture = stored(100, 60, 1);
    let deep = DynamicImage::ImageRgb8(picture.clone()).into_rgb16();
    let gray = DynamicImage::ImageRgb8(picture.clone()).into_luma8();
    for (name, bytes, format) in [
        ("baseline", jpeg(&picture, false), Format::Jpeg),
        ("progressive", jpeg(&picture, true), Format::Jpeg),
        ("inks", cmyk_jpeg(&picture), Format::Jpeg),
        ("16 bits", png(&DynamicImage::ImageRgb16(deep)), Format::Png),
        ("png", png(&DynamicImage::ImageRgb8(picture.clone())), Format::Png),
        ("webp", webp(&picture), Format::Webp),
        ("gif", gif(std::slice::from_ref(&picture)), Format::Gif),
    ] {
        let all = pages(&bytes, format);
        let [shown] = &all[..] else { panic!("{name}") };
        assert!(matches!(shown.format, Format::Jpeg | Format::Png), "{name}");
        assert_upright(shown);
    }
    let shown = pages(&png(&DynamicImage::ImageLuma8(gray)), Format::Png);
    assert_eq!((shown[0].width, shown[0].height), (100, 60));
}

#[test]
fn of_what_moves_the_first_frame_is_shown_and_that_is_known() {
    let black = image::RgbImage::new(100, 60);
    let made = made(&gif(&[stored(100, 60, 1), black]), Format::Gif, Purpose::Pages).unwrap();
    assert!(made.animated);
    assert_upright(&made.pictures[0]);
}

#[test]
fn the_ground_shows_through_where_it_did() {
    let mut picture = RgbaImage::from_pixel(600, 600, Rgba([200, 30, 20, 255]));
    picture.enumerate_pixels_mut().filter(|(x, ..)| *x < 300).for_each(|(.., pixel)| pixel[3] = 0);
    let made = made(&png(&DynamicImage::ImageRgba8(picture)), Format::Png, Purpose::Pages).unwrap();
    assert_eq!((made.tone, made.pictures.len()), (None, 2));
    for picture in &made.pictures {
        let image = decoded(picture).into_rgba8();
        assert_eq!((image.get_pixel(20, 20)[3], image.get_pixel(picture.width - 20, 20)[3]), (0, 255));
    }
}

#[test]
fn what_is_small_and_good_already_is_not_packed_anew() {
    let first = pages(&jpeg(&stored(700, 500, 1), false), Format::Jpeg);
    let again = pages(&first[0].bytes, Format::Jpeg);
    assert!(decoded(&again[0]) == decoded(&first[0]), "every pixel is as it was");
    assert!(again[0].bytes.len().abs_diff(first[0].bytes.len()) < 40, "but for a header");
}

#[test]
fn what_is_downloaded_loses_its_notes_and_no_pixel() {
    let picture = stored(300, 200, 1);
    let notes =
        [b"tEXtAuthor\0SECRET".as_slice(), b"eXIfSECRET", b"iTXtXML:com.adobe.xmp\0SECRET", b"tIMEabcdefg"];
    let with_all = notes.iter().fold(png(&DynamicImage::ImageRgb8(picture.clone())), |png, note| {
        with_chunk(&png, note[..4].try_into().unwrap(), &note[4..])
    });
    let mut webp = webp(&picture);
    webp.extend(b"EXIF\x06\0\0\0SECRET");
    let size = (webp.len() - 8) as u32;
    webp[4..8].copy_from_slice(&size.to_le_bytes());
    let mut gif = gif(std::slice::from_ref(&picture));
    gif.pop();
    gif.extend(b"\x21\xfe\x06SECRET\0\x21\xff\x0bXMP DataXMP\x06SECRET\0;");
    for (bytes, format) in [
        (phone_jpeg(&picture, 1), Format::Jpeg),
        (with_all, Format::Png),
        (webp, Format::Webp),
        (gif, Format::Gif),
    ] {
        assert!(memchr::memmem::find(&bytes, b"SECRET").is_some());
        let made = made(&bytes, format, Purpose::Download).unwrap();
        let [picture] = &made.pictures[..] else { panic!("{format:?}") };
        assert_eq!(picture.format, format);
        assert_bare(&picture.bytes);
        assert!(decoded(picture) == image::load_from_memory(&bytes).unwrap(), "{format:?}");
    }
}

#[test]
fn the_same_original_gives_the_same_bytes_on_any_number_of_threads() {
    let site = kept::site();
    for at in 0..6 {
        site.put(&format!("{at}.jpg"), &phone_jpeg(&stored(700 + at, 500, 1), 1));
    }
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        site.forget();
        pool.install(|| site.all_bytes())
    };
    assert_eq!(bytes(1), bytes(8));
}
