//! Pictures with what must be said of them.

use super::record::Reader;
use super::site::{AssetRef, Logo, Photo, Photos};
use crate::diagnostic::{Diagnostic, codes};
use crate::text;

/// Reads the photos of a record.
pub(super) fn photos(reader: &Reader) -> Photos {
    let mut photos = Photos::default();
    for reader in &reader.records("photos") {
        let file = reader.file("file");
        if reader.yes("consent") == Some(false) {
            photos.withheld.extend(file.clone());
        }
        photos.shown.extend(photo(reader, file));
    }
    photos
}

fn photo(reader: &Reader, file: Option<AssetRef>) -> Option<Photo> {
    let alt = reader.text("alt");
    let (credit, date, consent) = (reader.text("credit"), reader.date("date"), reader.yes("consent"));
    reader.not_in_future("date", date);
    if consent == Some(false) {
        without_consent(reader);
        return None;
    }
    Some(Photo { file: file?, alt: alt?, credit, date, consent, origin: reader.origin() })
}

fn without_consent(reader: &Reader) {
    reader.complain(
        "consent",
        Diagnostic::new(
            codes::PHOTO_WITHOUT_CONSENT,
            text!(
                "没有取得照片里的人同意，这张照片不公开。",
                "Those in the photo did not consent; it is not published."
            ),
        )
        .help(text!(
            "取得同意后改成“已获同意: 是”；用不着就删去这一项。",
            "Write `consent: true` once they have; otherwise delete this item."
        )),
    );
}

/// Reads the logo of a brand.
pub(super) fn logo(reader: &Reader) -> Option<Logo> {
    let (file, alt, meaning) = (reader.file("file"), reader.text("alt"), reader.text("meaning"));
    Some(Logo { file: file?, alt: alt?, meaning, origin: reader.origin() })
}

/// Reads the picture of a certificate.
pub(super) fn certificate(reader: &Reader) -> Option<(AssetRef, String)> {
    let (file, alt) = (reader.file("file"), reader.text("alt"));
    Some((file?, alt?))
}
