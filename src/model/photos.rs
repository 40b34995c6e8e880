//! Pictures with what must be said of them.

use super::record::Reader;
use super::site::{AssetRef, Logo, Photo};

/// Reads the photos of a record.
pub(super) fn photos(reader: &Reader) -> Vec<Photo> {
    reader.records("photos").iter().filter_map(photo).collect()
}

fn photo(reader: &Reader) -> Option<Photo> {
    let file = reader.file("file");
    let alt = reader.text("alt");
    let (credit, date, consent) = (reader.text("credit"), reader.date("date"), reader.yes("consent"));
    Some(Photo { file: file?, alt: alt?, credit, date, consent, origin: reader.origin() })
}

/// Reads the logo of a brand.
pub(super) fn logo(reader: &Reader) -> Option<Logo> {
    let (file, alt, meaning) = (reader.file("file"), reader.text("alt"), reader.text("meaning"));
    Some(Logo { file: file?, alt: alt?, meaning })
}

/// Reads the picture of a certificate.
pub(super) fn certificate(reader: &Reader) -> Option<(AssetRef, String)> {
    let (file, alt) = (reader.file("file"), reader.text("alt"));
    Some((file?, alt?))
}
