//! Photos from the content folder to the public one, as a whole build makes them.

#![expect(clippy::unwrap_used, reason = "a test program: a panic is its way to fail")]

mod site;

use std::fs;
use std::path::Path;

use image::{GenericImageView as _, Rgb, RgbImage};
use site::{Tree, job, put, text};
use yipin::diagnostic::{Report, codes};
use yipin::pipeline;
use yipin::timings::{Count, Stage, Timings};

const SETTINGS: &str =
    "名称: 东至\n网址: https://www.example.gov.cn/yspp/\n品牌类别:\n  - {id: care, 名称: 养老}\n";
const TOWNS: &str = "- {id: yaodu, 名称: 尧渡镇}\n";
const COMMUNITY: &str = "名称: 老街社区\n所属乡镇: yaodu\n品牌: {名称: 三缘, 类别: care, 内涵: 地缘}\n发布时间: 2025-01-02\n\
    照片:\n  - {文件: photos/街景.jpg, 说明: 老街, 已获同意: true}\n";
const STORY: &str = "## 背景\n\n![门口的石桥](photos/bridge.jpg)\n\n[下载](/files/map.jpg)\n";

/// The top of the picture is red and the rest blue, as seen; the camera was held upright and stored it lying (6).
fn photo(width: u32, height: u32) -> Vec<u8> {
    let stored = RgbImage::from_fn(height, width, |column, _| {
        if column < height / 3 { Rgb([200, 30, 20]) } else { Rgb([30, 40, 200]) }
    });
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    // EXIF: one entry for the orientation, one for the place; the place itself is a text that must never get out.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0".to_vec();
    exif.extend(b"GPS-SECRET-PLACE");
    encoder.add_app_segment(1, exif).unwrap();
    encoder.encode(stored.as_raw(), height as u16, width as u16, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

/// Writes a small site with photos of this size.
fn write(root: &Path, width: u32, height: u32) {
    put(root, "content/site.yaml", SETTINGS);
    put(root, "content/towns.yaml", TOWNS);
    put(root, "content/communities/laojie/community.yaml", COMMUNITY);
    put(root, "content/communities/laojie/story.md", STORY);
    for name in
        ["communities/laojie/photos/街景.jpg", "communities/laojie/photos/bridge.jpg", "files/map.jpg"]
    {
        put(root, &format!("content/{name}"), photo(width, height));
        let file = fs::File::options().write(true).open(root.join("content").join(name)).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_mins(1)).unwrap();
    }
}

fn built(root: &Path) -> (Tree, Count) {
    let (mut timings, mut report) = (Timings::default(), Report::new());
    let out = root.join("public");
    pipeline::build(&job(root), &out, &mut timings, &mut report).unwrap();
    assert!(!report.has_errors(), "{report:#?}");
    (site::tree(&out), timings.counted(Stage::Pictures).unwrap())
}

#[test]
fn twelve_million_pixels_with_a_place_become_upright_pictures_without_any_notes() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 3000, 4000);
    let (tree, count) = built(root.path());
    assert_eq!(count, Count { all: 3, new: 1 }, "three files with the same bytes, one decoded for pages");
    let sizes = [("-480", 480, 640), ("-800", 800, 1067), ("-1200", 1200, 1600), ("", 1600, 2133)];
    let mut wanted: Vec<(String, u32, u32)> = Vec::new();
    for name in ["jiejing", "bridge"] {
        wanted.extend(sizes.map(|(mark, width, height)| {
            (format!("communities/laojie/photos/{name}{mark}.jpg"), width, height)
        }));
    }
    wanted.push(("files/map.jpg".into(), 3000, 4000));
    for (path, width, height) in &wanted {
        let bytes = tree.get(path).unwrap_or_else(|| panic!("there is no {path}: {:?}", tree.keys()));
        let picture = image::load_from_memory(bytes).unwrap();
        assert_eq!(picture.dimensions(), (*width, *height), "{path}");
        let (top, bottom) =
            (picture.get_pixel(width / 2, height / 6), picture.get_pixel(width / 2, height * 5 / 6));
        assert!(
            top[0] > 150 && top[2] < 90 && bottom[0] < 90 && bottom[2] > 150,
            "{path}: {top:?} {bottom:?}"
        );
        for word in ["Exif", "SECRET"] {
            assert!(!site::holds(bytes, word), "{path} holds {word}");
        }
    }
    let pictures = tree.keys().filter(|path| site::extension(path) == "jpg").count();
    assert_eq!(pictures, wanted.len(), "no original is published");

    let page = text(&tree, "communities/laojie/index.html");
    let images: Vec<&str> = page.split("<img ").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
    // The first picture is the cover: it is wanted at once; what stands further down is not.
    for (name, when) in [("bridge", "loading=\"lazy\""), ("jiejing", "fetchpriority=\"high\"")] {
        let image = images.iter().find(|image| image.contains(name)).unwrap_or_else(|| panic!("{images:?}"));
        for part in [
            &format!("photos/{name}-480.jpg 480w"),
            &format!("photos/{name}.jpg 1600w"),
            "sizes=\"",
            "width=\"1600\" height=\"2133\"",
            "style=\"--tone:#",
            when,
        ] {
            assert!(image.contains(part), "{part}: {image}");
        }
    }
    assert!(page.contains("href=\"photos/jiejing.jpg\""), "the photo leads to itself, large");
    assert!(!page.contains("<picture"), "WebP is made where a site asks for it");
    assert!(page.contains(
        "og:image\" content=\"https://www.example.gov.cn/yspp/communities/laojie/photos/jiejing-1200.jpg"
    ));
}

#[test]
fn a_second_build_decodes_nothing_and_a_lost_store_changes_nothing() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 600, 400);
    let (first, count) = built(root.path());
    assert_eq!(count.new, 1);
    let (second, count) = built(root.path());
    assert_eq!((count.new, second == first), (0, true));
    fs::remove_dir_all(root.path().join("public")).unwrap();
    let (again, count) = built(root.path());
    assert_eq!((count.new, again == first), (0, true));
    fs::remove_dir_all(root.path().join(".yipin")).unwrap();
    let (clean, count) = built(root.path());
    assert_eq!((count.new, clean == first), (1, true));
}

#[test]
fn a_photo_without_consent_is_published_in_no_way() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 600, 400);
    let record = format!("{COMMUNITY}  - {{文件: photos/bridge.jpg, 说明: 石桥, 已获同意: false}}\n");
    put(root.path(), "content/communities/laojie/community.yaml", record);
    let mut report = Report::new();
    let out = root.path().join("public");
    let summary = pipeline::build(&job(root.path()), &out, &mut Timings::default(), &mut report).unwrap();
    assert!(summary.is_none() && !out.exists(), "the story shows it all the same");
    let problem =
        report.iter().find(|problem| problem.severity == yipin::diagnostic::Severity::Error).unwrap();
    let span = problem.span.as_ref().unwrap();
    assert_eq!(
        (problem.code, &*span.path, span.line),
        (codes::PHOTO_WITHOUT_CONSENT, "content/communities/laojie/story.md", 3)
    );

    put(root.path(), "content/communities/laojie/story.md", "## 背景\n\n老街。\n");
    let (tree, _) = built(root.path());
    assert!(!tree.keys().any(|path| path.contains("bridge")));
}

/// Makes the site ask for WebP.
fn with_webp(root: &Path) {
    put(root, "content/site.yaml", format!("{SETTINGS}产出: {{WebP图片: 是}}\n"));
}

#[test]
fn a_site_that_asks_for_it_has_smaller_webp_beside_every_jpeg() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 900, 1200);
    with_webp(root.path());
    let (tree, count) = built(root.path());
    assert_eq!(count.new, 1);
    let page = text(&tree, "communities/laojie/index.html");
    let pictures: Vec<&str> =
        page.split("<picture>").skip(1).map(|rest| rest.split("</picture>").next().unwrap()).collect();
    assert_eq!(pictures.len(), page.matches("<img ").count(), "the cover, the gallery and the story");
    for picture in pictures {
        let (source, image) = picture.split_once("<img ").unwrap();
        assert!(source.starts_with("<source type=\"image/webp\" srcset=\"photos/"), "{picture}");
        assert!(image.ends_with('>') && image.contains(".jpg 480w") && !image.contains("webp"), "{picture}");
        let srcset = source.split("srcset=\"").nth(1).unwrap().split('"').next().unwrap();
        let (mut webp, mut jpeg) = (0, 0);
        for candidate in srcset.split(',') {
            let (address, width) = candidate.split_once(' ').unwrap();
            let bytes = &tree[&format!("communities/laojie/{address}")];
            let picture = image::load_from_memory_with_format(bytes, image::ImageFormat::WebP).unwrap();
            assert_eq!(format!("{}w", picture.width()), width);
            assert!(picture.height() > picture.width(), "upright");
            for word in ["Exif", "EXIF", "SECRET"] {
                assert!(!site::holds(bytes, word), "{address} holds {word}");
            }
            let beside = address.replace(".webp", ".jpg").replace("-900", "");
            webp += bytes.len();
            jpeg += tree[&format!("communities/laojie/{beside}")].len();
        }
        assert!(webp < jpeg, "{webp} {jpeg}");
    }
    assert!(page.contains(
        "og:image\" content=\"https://www.example.gov.cn/yspp/communities/laojie/photos/jiejing.jpg"
    ));
    let (again, count) = built(root.path());
    assert_eq!((count.new, again == tree), (0, true), "kept by content");
    put(root.path(), "content/site.yaml", SETTINGS);
    let (without, _) = built(root.path());
    assert!(!without.keys().any(|path| site::extension(path) == "webp"));
}

#[test]
fn a_page_without_a_photo_is_shared_with_the_ornament_of_its_mark() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), 600, 400);
    let plain = COMMUNITY.split("照片:").next().unwrap();
    for id in ["one", "two", "three"] {
        put(root.path(), &format!("content/communities/{id}/community.yaml"), plain.replace("老街", id));
    }
    let (tree, _) = built(root.path());
    let meta = |page: &str, name: &str| {
        let html = text(&tree, page);
        let (_, rest) = html.split_once(&format!("\"{name}\" content=\""))?;
        rest.split('"').next().map(str::to_owned)
    };
    let base = "https://www.example.gov.cn/yspp/";
    let mut named = std::collections::BTreeSet::new();
    for page in
        ["index.html", "brands/index.html", "communities/one/index.html", "communities/two/index.html"]
    {
        let url = meta(page, "og:image").unwrap();
        let file = url.strip_prefix(base).unwrap_or_else(|| panic!("{page}: {url}"));
        let picture = image::load_from_memory_with_format(&tree[file], image::ImageFormat::Png).unwrap();
        assert_eq!(picture.dimensions(), (1200, 630), "{page}");
        assert_eq!(meta(page, "og:image:width").as_deref(), Some("1200"), "{page}");
        assert_eq!(meta(page, "og:image:height").as_deref(), Some("630"), "{page}");
        assert!(!meta(page, "og:image:alt").unwrap().is_empty(), "{page}");
        assert_eq!(meta(page, "twitter:card").as_deref(), Some("summary_large_image"), "{page}");
        assert!(
            text(&tree, page).matches(&url).count() > 1 || page == "brands/index.html",
            "{page}: JSON-LD"
        );
        named.insert(file.to_owned());
    }
    let made: Vec<&String> = tree.keys().filter(|path| path.starts_with("share/")).collect();
    assert!(named.iter().all(|file| made.contains(&file)) && made.len() <= 4, "{made:?}");
    let photo = meta("communities/laojie/index.html", "og:image").unwrap();
    assert!(photo.ends_with("photos/jiejing.jpg"), "its own photo comes first: {photo}");
}
