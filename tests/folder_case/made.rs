//! What cannot be kept in a repository as a plain file: other encodings, line ends, links, huge files.
//!
//! Each line of a case's file `made` is a verb, a path from the site's root and sometimes one thing more:
//! `delete`, `gbk`, `utf16`, `utf16-bare` (no mark), `crlf`, `bom` change a file that is there; `size PATH BYTES`,
//! `bytes PATH HEX` and `link PATH TARGET` make one. `\u{20}` stands for a blank in a path.

use std::fs;
use std::path::Path;

/// Carries out the lines of a file `made`.
pub fn apply(lines: &str, root: &Path) {
    for line in lines.lines() {
        let words: Vec<String> = line.split(' ').map(|word| word.replace("\\u{20}", " ")).collect();
        let [verb, path, rest @ ..] = words.as_slice() else { panic!("`{line}` has no path") };
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        match (verb.as_str(), rest) {
            ("delete", []) if file.is_dir() => fs::remove_dir_all(&file).unwrap(),
            ("delete", []) => fs::remove_file(&file).unwrap(),
            ("gbk", []) => rewrite(&file, |text| encoding_rs::GB18030.encode(text).0.into_owned()),
            ("utf16", []) => rewrite(&file, |text| utf16(&format!("\u{feff}{text}"))),
            ("utf16-bare", []) => rewrite(&file, utf16),
            ("crlf", []) => rewrite(&file, |text| text.replace('\n', "\r\n").into_bytes()),
            ("bom", []) => rewrite(&file, |text| format!("\u{feff}{text}").into_bytes()),
            ("size", [bytes]) => fs::File::create(&file).unwrap().set_len(bytes.parse().unwrap()).unwrap(),
            ("bytes", [hex]) => fs::write(&file, unhex(hex)).unwrap(),
            ("link", [target]) => link(target, &file),
            _ => panic!("`{line}` is not understood"),
        }
    }
}

fn rewrite(file: &Path, change: impl FnOnce(&str) -> Vec<u8>) {
    let text = fs::read_to_string(file).unwrap();
    fs::write(file, change(&text)).unwrap();
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn unhex(hex: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digit).collect()
}

#[cfg(unix)]
fn link(target: &str, file: &Path) {
    std::os::unix::fs::symlink(target, file).unwrap();
}

#[cfg(windows)]
fn link(target: &str, file: &Path) {
    std::os::windows::fs::symlink_file(target, file).unwrap();
}
