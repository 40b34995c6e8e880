//! What is kept from build to build, and what is not believed.

use super::*;
use crate::diagnostic::Report;
use crate::read::now;

/// A folder with pictures.
pub(super) struct Site(tempfile::TempDir);

pub(super) fn site() -> Site {
    Site(tempfile::tempdir().unwrap())
}

impl Site {
    fn root(&self) -> &Path {
        self.0.path()
    }

    /// Writes a picture that has lain there for an hour.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.root().join(name), bytes).unwrap();
        self.age(name, 3600);
    }

    fn age(&self, name: &str, seconds: u64) {
        let file = File::options().write(true).open(self.root().join(name)).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(seconds)).unwrap();
    }

    pub(super) fn forget(&self) {
        forget(self.root()).unwrap();
    }

    /// Asks for every picture.
    fn prepare(&self) -> Media {
        let mut names: Vec<PathBuf> =
            fs::read_dir(self.root()).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.retain(|path| path.is_file());
        names.sort();
        let wanted: Vec<Wanted> = names
            .into_iter()
            .map(|disk| {
                let path: Arc<str> = disk.file_name().unwrap().to_str().unwrap().into();
                Wanted {
                    format: Format::of(&path).unwrap(),
                    path,
                    original: Original::File(disk),
                    purpose: Purpose::Pages,
                    webp: false,
                    place: None,
                }
            })
            .collect();
        let mut report = Report::new();
        let media = prepare(self.root(), TODAY, &wanted, &mut report);
        assert!(report.is_empty(), "{report:#?}");
        media
    }

    /// Returns the bytes of every size of every picture, by name.
    pub(super) fn all_bytes(&self) -> BTreeMap<Arc<str>, Vec<Vec<u8>>> {
        bytes(&self.prepare())
    }

    /// Returns the files under which finished pictures are kept.
    fn kept(&self) -> Vec<PathBuf> {
        let folder = self.root().join(".yipin/pictures");
        let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file() && entry.file_name() != "index");
        files.map(walkdir::DirEntry::into_path).collect()
    }
}

fn bytes(media: &Media) -> BTreeMap<Arc<str>, Vec<Vec<u8>>> {
    let of =
        |picture: &Picture| (0..picture.sizes.len()).map(|at| media.bytes(picture, at).unwrap()).collect();
    media.pictures.iter().map(|((path, _), picture)| (Arc::clone(path), of(picture))).collect()
}

fn photo() -> Vec<u8> {
    phone_jpeg(&stored(600, 400, 1), 1)
}

#[test]
fn an_unchanged_photo_is_decoded_once() {
    let site = site();
    site.put("a.jpg", &photo());
    site.put("b.jpg", &photo());
    let first = site.prepare();
    assert_eq!((first.count(), first.decoded()), (2, 1), "two with the same bytes are one");
    let second = site.prepare();
    assert_eq!((second.count(), second.decoded()), (2, 0));
    assert_eq!(bytes(&first), bytes(&second));
    assert_eq!(second.decoded(), 0);
}

#[test]
fn a_photo_is_known_while_its_stamp_is_the_same_once_that_can_be_trusted() {
    let site = site();
    site.put("a.jpg", &photo());
    let disk = site.root().join("a.jpg");
    let stamp = Stamp::of(&fs::metadata(&disk).unwrap());
    site.prepare();
    assert_eq!(Store::open(site.root()).hash("a.jpg", stamp), None, "it could change within the same stamp");
    // The time of a change of the file's state cannot be set back: only waiting helps.
    while stamp.is_fresh(now()) {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    site.prepare();
    let known = Store::open(site.root());
    assert_eq!(known.hash("a.jpg", stamp), Some(blake3::hash(&photo())));
    for other in [
        Stamp { size: stamp.size + 1, ..stamp },
        Stamp { modified: stamp.modified + 1, ..stamp },
        Stamp { changed: stamp.changed + 1, ..stamp },
        Stamp { file: stamp.file + 1, ..stamp },
    ] {
        assert_eq!(known.hash("a.jpg", other), None);
    }
}

#[test]
fn a_changed_photo_is_made_again() {
    let site = site();
    site.put("a.jpg", &photo());
    let before = site.all_bytes();
    site.put("a.jpg", &phone_jpeg(&stored(600, 400, 1), 3));
    let media = site.prepare();
    assert_eq!(media.decoded(), 1);
    assert_ne!(bytes(&media), before);
}

#[test]
fn what_is_damaged_lost_or_foreign_is_never_believed() {
    let site = site();
    site.put("a.jpg", &photo());
    let good = site.all_bytes();
    let kept = site.kept();
    assert_eq!(kept.len(), 2);
    let mut damaged = fs::read(&kept[0]).unwrap();
    damaged[100] ^= 1;
    fs::write(&kept[0], damaged).unwrap();
    let media = site.prepare();
    assert_eq!(media.decoded(), 0);
    assert_eq!(bytes(&media), good);
    assert_eq!(media.decoded(), 1, "it was made once more when it was asked for");

    fs::write(&kept[1], b"something else").unwrap();
    assert_eq!(site.all_bytes(), good);
    fs::remove_file(&kept[0]).unwrap();
    assert_eq!(site.all_bytes(), good);

    let index = site.root().join(".yipin/pictures/index");
    let mut damaged = fs::read(&index).unwrap();
    let last = damaged.len() - 10;
    damaged[last] ^= 1;
    fs::write(&index, damaged).unwrap();
    let media = site.prepare();
    assert_eq!((media.decoded(), bytes(&media)), (1, good));
}

#[test]
fn what_no_build_asks_for_is_thrown_away_after_a_while() {
    let site = site();
    site.put("a.jpg", &photo());
    site.prepare();
    let kept = site.kept();
    fs::remove_file(site.root().join("a.jpg")).unwrap();
    let later = |days: i64| {
        let day = TODAY.checked_add(jiff::ToSpan::days(days)).unwrap();
        prepare(site.root(), day, &[], &mut Report::new());
        site.kept()
    };
    assert_eq!(later(10), kept);
    assert_eq!(later(100), Vec::<PathBuf>::new());
}

#[test]
fn a_store_that_cannot_be_written_is_said_and_the_pictures_are_made_all_the_same() {
    let site = site();
    site.put("a.jpg", &photo());
    fs::write(site.root().join(".yipin"), "a file where a folder should be").unwrap();
    let wanted = Wanted {
        path: "a.jpg".into(),
        original: Original::File(site.root().join("a.jpg")),
        format: Format::Jpeg,
        purpose: Purpose::Pages,
        webp: false,
        place: None,
    };
    let mut report = Report::new();
    let media = prepare(site.root(), TODAY, &[wanted], &mut report);
    assert!(!report.has_errors() && report.iter().count() == 1, "{report:#?}");
    assert_eq!(bytes(&media).values().map(Vec::len).sum::<usize>(), 2);
}
