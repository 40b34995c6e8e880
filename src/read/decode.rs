//! Bytes to text: UTF-8, UTF-16 or GB18030, whatever the editor wrote.

use std::sync::Arc;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Encoding, file_type};
use crate::diagnostic::{Bilingual, Diagnostic, LineIndex, codes};
use crate::text;

/// Decodes the bytes of the text file at `path`, or says what they are instead.
pub(super) fn decode(path: &Arc<str>, bytes: Vec<u8>) -> Result<(String, Encoding), Box<Diagnostic>> {
    if let Some(kind) = file_type::sniff(&bytes) {
        return Err(file_type::not_text(path, kind));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = std::str::from_utf8(rest).map_err(|error| broken_utf8(path, rest, error.valid_up_to()))?;
        return Ok((text.to_owned(), Encoding::Utf8Bom));
    }
    if let Some((encoding, skip)) = utf16_kind(&bytes) {
        let codec = if encoding == Encoding::Utf16Le { UTF_16LE } else { UTF_16BE };
        let text = codec.decode_without_bom_handling_and_without_replacement(&bytes[skip..]);
        return text
            .map(|text| (text.into_owned(), encoding))
            .ok_or_else(|| undecodable(path, text!("UTF-16 编码有损坏", "its UTF-16 is damaged")));
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(undecodable(path, text!("里面有二进制数据", "it has binary data in it")));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok((text, Encoding::Utf8)),
        Err(error) => decode_gb18030(path, error.as_bytes(), error.utf8_error().valid_up_to()),
    }
}

fn decode_gb18030(path: &Arc<str>, bytes: &[u8], bad: usize) -> Result<(String, Encoding), Box<Diagnostic>> {
    if is_mostly_utf8(bytes) {
        return Err(broken_utf8(path, bytes, bad));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    match text {
        Some(text) if !text.chars().any(is_binary) => Ok((text.into_owned(), Encoding::Gb18030)),
        _ => Err(undecodable(path, text!("既不是 UTF-8，也不是 GBK", "it is neither UTF-8 nor GBK"))),
    }
}

/// Returns whether UTF-16 is meant, in which order, and how long its mark is.
///
/// Without a mark it is UTF-16 when it has NULs and can be read that way; of the two orders the one with more ASCII
/// (blanks, colons, line ends) is right.
fn utf16_kind(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => return Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => return Some((Encoding::Utf16Be, 2)),
        _ if memchr::memchr(0, bytes).is_none() => return None,
        _ => {}
    }
    let ascii_in = |codec: &'static encoding_rs::Encoding| {
        let text = codec.decode_without_bom_handling_and_without_replacement(bytes)?;
        (!text.chars().any(is_binary)).then(|| text.bytes().filter(u8::is_ascii).count())
    };
    match (ascii_in(UTF_16LE), ascii_in(UTF_16BE)) {
        (Some(le), be) if le > be.unwrap_or(0) => Some((Encoding::Utf16Le, 0)),
        (_, Some(be)) if be > 0 => Some((Encoding::Utf16Be, 0)),
        _ => None,
    }
}

fn is_binary(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{e}'..='\u{1a}' | '\u{1c}'..='\u{1f}')
}

/// Returns whether most of what is not ASCII is good UTF-8. GBK text forms valid UTF-8 only by rare chance, but
/// UTF-8 with one bad byte often decodes as GBK, into nonsense.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * bad
}

fn broken_utf8(path: &Arc<str>, bytes: &[u8], bad: usize) -> Box<Diagnostic> {
    let lossy = String::from_utf8_lossy(bytes);
    let span = LineIndex::new(Arc::clone(path), &lossy).span(bad..bad + '\u{fffd}'.len_utf8());
    Diagnostic::new(
        codes::BAD_ENCODING,
        text!(
            "这里有个字的编码坏了，读不出来（文件的其他部分是 UTF-8）。",
            "A character here is damaged and cannot be read (the rest of the file is UTF-8)."
        ),
    )
    .at(span)
    .help(text!(
        "请把这个字重新打一遍，另存时编码选“UTF-8”。",
        "Type the character again and save the file with the encoding “UTF-8”."
    ))
    .into()
}

fn undecodable(path: &Arc<str>, why: Bilingual) -> Box<Diagnostic> {
    let (zh, en) = (why.zh, why.en);
    Diagnostic::new(
        codes::BAD_ENCODING,
        text!("文件不是可识别的文字：{zh}。", "The file is not text in any known encoding: {en}."),
    )
    .in_file(Arc::clone(path))
    .help(text!(
        "请用记事本打开原稿，选“另存为”，编码选“UTF-8”。",
        "Open the original in Notepad, choose “Save as” and the encoding “UTF-8”."
    ))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Encoding) {
        decode(&"content/site.yaml".into(), bytes.to_vec()).expect("decodes")
    }

    fn problem(bytes: &[u8]) -> Box<Diagnostic> {
        decode(&"content/site.yaml".into(), bytes.to_vec()).expect_err("must be refused")
    }

    const TEXT: &str = "名称: 秋浦社区\r\n口号: 一社一品\r\n";

    #[test]
    fn every_encoding_notepad_offers_is_read() {
        assert_eq!(decoded(TEXT.as_bytes()), (TEXT.into(), Encoding::Utf8));
        assert_eq!(decoded(format!("\u{feff}{TEXT}").as_bytes()), (TEXT.into(), Encoding::Utf8Bom));
        let le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&[&b"\xff\xfe"[..], &le].concat()), (TEXT.into(), Encoding::Utf16Le));
        assert_eq!(decoded(&[&b"\xfe\xff"[..], &be].concat()), (TEXT.into(), Encoding::Utf16Be));
        assert_eq!(decoded(&le), (TEXT.into(), Encoding::Utf16Le));
        assert_eq!(decoded(&be), (TEXT.into(), Encoding::Utf16Be));
    }

    #[test]
    fn gbk_and_the_four_byte_forms_of_gb18030_are_read() {
        let rare = "书记: 𠮷㐂㛃\n";
        assert_eq!(decoded(&GB18030.encode(TEXT).0), (TEXT.into(), Encoding::Gb18030));
        assert_eq!(decoded(&GB18030.encode(rare).0), (rare.into(), Encoding::Gb18030));
    }

    #[test]
    fn one_bad_byte_in_utf8_is_not_read_as_gbk_but_pointed_at() {
        let mut bytes = format!("{TEXT}{TEXT}").into_bytes();
        let at = TEXT.len() + 3;
        bytes.splice(at..at + 3, [0xe7]);
        let found = problem(&bytes);
        assert_eq!(found.code, codes::BAD_ENCODING);
        let span = found.span.expect("a place");
        assert_eq!((span.line, span.column), (3, 2));
    }

    #[test]
    fn binary_data_is_refused() {
        assert_eq!(problem(b"name: a\0\0\0b\x01").code, codes::BAD_ENCODING);
        assert_eq!(problem(b"\xff\xff\xff\x80\x81").code, codes::BAD_ENCODING);
    }
}
