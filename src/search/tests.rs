//! What the index says, read the way the script reads it, against a plain search of the same texts.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Mutex;

use proptest::prelude::*;

use super::*;

/// The files of an index by name, each with its text.
type Files = BTreeMap<String, Vec<u16>>;

fn entry(number: usize) -> Entry {
    let url = format!("{number}.html");
    let (title, kind) = (format!("页{number}"), Kind::Page);
    Entry { title, url, kind, names: Vec::new(), town: None, category: None, year: None }
}

/// Where the files of an index are, while it is made and afterwards.
#[derive(Default)]
struct Folder {
    files: Mutex<BTreeMap<String, File>>,
    /// The files of the build before, and the pages as they stood then.
    before: BTreeMap<String, File>,
    pages: BTreeMap<String, Vec<u8>>,
    made: Mutex<BTreeSet<String>>,
    memory: Option<tempfile::TempDir>,
}

impl Shelf for Folder {
    type Error = Infallible;

    fn put(&self, file: File) -> Result<(), Infallible> {
        self.made.lock().unwrap().insert(file.name.clone());
        assert!(self.files.lock().unwrap().insert(file.name.clone(), file).is_none(), "a file is made once");
        Ok(())
    }

    fn keep(&self, name: &str, hash: Hash) -> Result<(), Infallible> {
        let file = self.before[name].clone();
        assert_eq!(blake3::hash(&file.bytes), hash);
        assert!(
            self.files.lock().unwrap().insert(name.to_owned(), file).is_none(),
            "{name} is made and kept"
        );
        Ok(())
    }

    fn page(&self, url: &str) -> Option<Vec<u8>> {
        self.pages.get(url).cloned()
    }

    fn memory(&self) -> Option<PathBuf> {
        self.memory.as_ref().map(|folder| folder.path().join("search"))
    }
}

fn html_of(page: &[String]) -> Vec<u8> {
    let blocks: Vec<String> = page.iter().map(|block| format!("<p>{block}</p>")).collect();
    format!("<main>{}</main>", blocks.concat()).into_bytes()
}

/// Makes the index of pages that say these blocks, after the one of pages that said others; pages come in the order given.
fn build(pages: &[Vec<String>], order: impl Iterator<Item = usize>, before: Option<Folder>) -> Folder {
    let mut index = Index::new((0..pages.len()).map(entry).collect(), Vec::new(), Vec::new());
    index.together = 2;
    let mut folder = Folder { memory: Some(tempfile::tempdir().unwrap()), ..Folder::default() };
    if let Some(before) = before {
        let files = before.files.into_inner().unwrap();
        let stands = |name: &str, hash| blake3::hash(&files[name].bytes) == hash;
        let memory = before.memory.unwrap();
        index = index.with_memory(&memory.path().join("search"), stands);
        folder = Folder { before: files, pages: before.pages, memory: Some(memory), ..Folder::default() };
    }
    for at in order {
        let html = html_of(&pages[at]);
        let key = blake3::hash(&html);
        if !index.keep(at, key)
            && let Some(file) = index.add(at, &html, Some(key))
        {
            folder.put(file).unwrap();
        }
        folder.pages.insert(format!("{at}.html"), html);
    }
    index.finish(&folder).unwrap();
    folder
}

/// Makes the index of pages that say these blocks; pages come in the order given.
fn index(pages: &[Vec<String>], order: impl Iterator<Item = usize>) -> Files {
    let folder = build(pages, order, None);
    let files = folder.files.into_inner().unwrap();
    files.into_values().map(|file| (file.name.clone(), text_of(&file))).collect()
}

/// Returns the text a file calls `yipinSearch` with.
fn text_of(file: &File) -> Vec<u16> {
    let script = std::str::from_utf8(&file.bytes).unwrap();
    let start = format!("yipinSearch(\"{}\",\"", file.name);
    let literal = script.strip_prefix(&start).unwrap().strip_suffix("\")\n").unwrap();
    let (mut out, mut rest) = (Vec::new(), literal);
    while let Some(at) = rest.find('\\') {
        out.extend(rest[..at].encode_utf16());
        let (unit, len) = match &rest[at + 1..at + 2] {
            "u" => (u16::from_str_radix(&rest[at + 2..at + 6], 16).unwrap(), 6),
            "x" => (u16::from_str_radix(&rest[at + 2..at + 4], 16).unwrap(), 4),
            "n" => (10, 2),
            other => (u16::from(other.as_bytes()[0]), 2),
        };
        out.push(unit);
        rest = &rest[at + len..];
    }
    out.extend(rest.encode_utf16());
    out
}

struct Reader<'t>(&'t [u16]);

impl Reader<'_> {
    fn number(&mut self) -> u32 {
        let code = u32::from(self.0[0]);
        self.0 = &self.0[1..];
        let value = code - if code > 92 { 36 } else { 35 };
        if value < 46 { value } else { value + 45 * self.number() }
    }

    fn take(&mut self, len: usize) -> Vec<u16> {
        let (taken, rest) = self.0.split_at(len);
        self.0 = rest;
        taken.to_vec()
    }

    fn pages(&mut self) -> BTreeSet<usize> {
        let (mut pages, mut at) = (BTreeSet::new(), 0);
        for _ in 0..self.number() {
            at += self.number() / 4;
            pages.insert(at as usize);
            at += 1;
        }
        pages
    }
}

/// Returns the pages that say a text of up to eight units, and whether their texts must be looked into.
fn lookup(files: &Files, text: &[u16]) -> (BTreeSet<usize>, bool) {
    let spread = spread(files);
    let start = (0..=text.len()).rev().find(|len| spread.contains_key(&text[..*len])).unwrap();
    let (known, rest) = text.split_at(start);
    let name: Vec<String> = known.iter().map(|unit| format!("{unit:04x}")).collect();
    let name = name.concat();
    let Some(first) = rest.first() else {
        return (Reader(&files[&format!("s{name}")]).pages(), false);
    };
    let bucket = (u32::from(*first).wrapping_mul(40_503) >> 8) & ((1 << spread[&text[..start]]) - 1);
    let mut reader = Reader(&files[&format!("s{name}-{bucket:x}")]);
    let (mut found, mut loose, mut key) = (BTreeSet::new(), false, Vec::new());
    while !reader.0.is_empty() {
        let head = reader.number() as usize;
        key.truncate(head / 2);
        let len = reader.number() as usize;
        key.extend(reader.take(len));
        let pages = reader.pages();
        if key.starts_with(rest) {
            found.extend(pages);
        } else if head % 2 == 1 && rest.starts_with(&key) {
            loose = true;
            found.extend(pages);
        }
    }
    (found, loose)
}

fn spread(files: &Files) -> BTreeMap<Vec<u16>, u32> {
    let text = &files["index"];
    let start = text.iter().position(|unit| *unit == 32).unwrap() + 1;
    let mut reader = Reader(&text[start..]);
    let (mut all, mut prefix) = (BTreeMap::new(), Vec::new());
    reader.number();
    reader.number();
    while !reader.0.is_empty() {
        let head = reader.number() as usize;
        prefix.truncate(head / DEPTH);
        prefix.extend(reader.take(head % DEPTH));
        all.insert(prefix.clone(), reader.number());
    }
    all
}

fn says(page: &[String], text: &[u16]) -> bool {
    page.iter().any(|block| fold::fold(block).windows(text.len()).any(|window| window == text))
}

/// Proves for every stretch of up to eight units of every page that exactly the pages that say it are found.
fn assert_exact(pages: &[Vec<String>]) {
    let files = index(pages, 0..pages.len());
    let mut stretches = BTreeSet::new();
    for block in pages.iter().flatten() {
        let units = fold::fold(block);
        for len in 1..=DEPTH.min(units.len()) {
            stretches.extend(units.windows(len).map(<[u16]>::to_vec));
        }
    }
    for text in stretches {
        let wanted: BTreeSet<usize> = (0..pages.len()).filter(|at| says(&pages[*at], &text)).collect();
        let (found, loose) = lookup(&files, &text);
        let kept: BTreeSet<usize> =
            if loose { found.intersection(&wanted).copied().collect() } else { found.clone() };
        assert_eq!(kept, wanted, "{:?}", String::from_utf16_lossy(&text));
        assert!(!loose || found.len() <= grams::FEW, "few pages are looked into");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn exactly_the_pages_that_say_a_stretch_are_found(
        pages in prop::collection::vec(prop::collection::vec("[社区网格a😀。]{1,12}", 1..4), 1..24)
    ) {
        assert_exact(&pages);
    }

    #[test]
    fn the_order_pages_come_in_does_not_show(
        pages in prop::collection::vec(prop::collection::vec("[社区网格ab]{1,9}", 1..4), 1..16)
    ) {
        let forward = index(&pages, 0..pages.len());
        prop_assert!(forward == index(&pages, (0..pages.len()).rev()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_index_brought_up_to_date_is_the_one_made_anew(
        before in prop::collection::vec(prop::collection::vec("[社区网格ab]{1,9}", 1..4), 1..24),
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::collection::vec("[社区网格ac]{1,9}", 0..4)), 0..5),
    ) {
        let mut now = before.clone();
        for (at, page) in changes {
            let at = at.index(now.len());
            now[at] = page;
        }
        let first = build(&before, 0..before.len(), None);
        let updated = build(&now, 0..now.len(), Some(first));
        let anew = build(&now, 0..now.len(), None);
        prop_assert!(*updated.files.lock().unwrap() == *anew.files.lock().unwrap());
        // What it leaves is as good for the next one.
        let back = build(&before, 0..before.len(), Some(updated));
        let first = build(&before, 0..before.len(), None);
        prop_assert!(back.files.into_inner().unwrap() == first.files.into_inner().unwrap());
    }

    #[test]
    fn a_memory_that_was_damaged_is_not_believed(at in any::<prop::sample::Index>(), bit in 0u8..8, is_news: bool, is_cut: bool) {
        let mut pages: Vec<Vec<String>> = (0..16).map(|n| vec![format!("秋浦社区{n}")]).collect();
        let first = build(&pages, 0..16, None);
        pages[3][0].push_str("很长");
        let folder = build(&pages, 0..16, Some(first));
        let entries: Vec<Entry> = (0..16).map(entry).collect();
        let path = folder.memory().unwrap();
        prop_assert!(memory::Memory::read(&path, &entries).is_some());
        let damaged = if is_news { path.with_file_name("search-news") } else { path.clone() };
        let mut bytes = std::fs::read(&damaged).unwrap();
        let at = at.index(bytes.len());
        if is_cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
        std::fs::write(&damaged, bytes).unwrap();
        prop_assert!(memory::Memory::read(&path, &entries).is_none());
        // What is made without it is the same.
        let anew = build(&pages, 0..16, Some(folder)).files.into_inner().unwrap();
        prop_assert!(anew == build(&pages, 0..16, None).files.into_inner().unwrap());
    }
}

#[test]
fn a_change_of_one_page_makes_few_files() {
    let mut pages: Vec<Vec<String>> =
        (0..40).map(|n| vec![format!("第{n}个社区的第{}条街", n * 7 % 40)]).collect();
    let before = build(&pages, 0..40, None);
    let all = before.made.lock().unwrap().len();
    pages[3][0].push_str("很长");
    let made = build(&pages, 0..40, Some(before)).made.into_inner().unwrap().len();
    assert!(made * 2 < all, "{made} of {all}");
}

#[test]
fn much_that_is_alike_is_spread_over_files_and_found_all_the_same() {
    let page = |n: usize| {
        let who = ["网格员", "楼栋长", "老党员", "物业公司"][n % 4];
        let did = ["挨家敲门问一遍", "把停车线重新画好", "把台账核对了一遍"][n % 3];
        vec![format!("{who}{did}，{who}把第{n}件事办好。"), "发布时间".to_owned()]
    };
    let pages: Vec<Vec<String>> = (0..60).map(page).collect();
    assert!(spread(&index(&pages, 0..60)).len() > 5, "something is spread");
    assert_exact(&pages);
}

#[test]
fn a_change_of_one_page_changes_few_files() {
    let mut pages: Vec<Vec<String>> =
        (0..40).map(|n| vec![format!("第{n}个社区的第{}条街", n * 7 % 40)]).collect();
    let before = index(&pages, 0..40);
    pages[3][0].push_str("很长");
    let after = index(&pages, 0..40);
    let changed = after.iter().filter(|(name, text)| before.get(*name) != Some(text)).count();
    assert!(changed * 3 < after.len(), "{changed} of {}", after.len());
}

/// What could end a text, its line or the script, or is more than one unit, none, or very many.
const HOSTILE: [&str; 9] = [
    "</script><script>alert(1)</script>",
    "\"); yipinSearch(\"x\",\"",
    "'\\\"\\\\u0041\\",
    "甲\u{2028}乙\u{2029}丙",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦的😀",
    "𠮷野家𪚥龘𰻝",
    "\0\u{1}\u{2}\u{3}\u{7f}\u{85}\u{fdd0}\u{fdd3}\u{fffe}丁",
    "]]><!-- ${x} `y` &amp; &#60; %3C",
    "İSTANBUL ŉ ﬁ ß ǅ e\u{301}",
];

/// Returns a text as a page says it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn hostile_texts_in_every_field_break_no_file_and_are_found() {
    let long = "很长的词".repeat(5_000) + &"w".repeat(70_000);
    let texts: Vec<&str> = HOSTILE.into_iter().chain([&*long]).collect();
    let entries: Vec<Entry> = (0..)
        .zip(&texts)
        .map(|(at, text)| Entry {
            title: (*text).to_owned(),
            names: vec![(*text).to_owned(), text.chars().rev().collect()],
            year: Some(-1),
            ..entry(at)
        })
        .collect();
    let facts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let index = Index::new(entries, facts.clone(), facts);
    let folder = Folder::default();
    for (at, text) in texts.iter().enumerate() {
        let html = format!("<main><h1>{0}</h1><p title=\"{0}\">{0}</p></main>", escaped(text));
        folder.put(index.add(at, html.as_bytes(), None).unwrap()).unwrap();
    }
    index.finish(&folder).unwrap();
    let files = folder.files.into_inner().unwrap();
    for file in files.values() {
        let script = std::str::from_utf8(&file.bytes).unwrap();
        assert!(!script.contains(['<', '\0', '\u{2028}', '\u{2029}', '\u{85}']), "{}", file.name);
        assert_eq!(script.find('\n'), Some(script.len() - 1), "{} is one line", file.name);
    }
    let files: Files = files.into_values().map(|file| (file.name.clone(), text_of(&file))).collect();
    for (at, text) in texts.iter().enumerate() {
        let html = format!("<main><p>{}</p></main>", escaped(text));
        let page = page_text::read(html.as_bytes());
        let mut said = Vec::new();
        fold::fold_onto(&mut said, &page.shown[1..]);
        for start in (0..said.len()).step_by(1 + said.len() / 50) {
            let part = &said[start..said.len().min(start + DEPTH)];
            assert!(lookup(&files, part).0.contains(&at), "{:?}", String::from_utf16_lossy(part));
        }
    }
}

#[test]
fn letters_that_look_like_traditional_characters_are_found_as_they_are() {
    let names = vec!["暖心防汛行动".to_owned()];
    let page = Entry { names, ..entry(0) };
    let index = Index::new(vec![page], Vec::new(), Vec::new());
    let folder = Folder::default();
    folder.put(index.add(0, b"<main>x</main>", None).unwrap()).unwrap();
    index.finish(&folder).unwrap();
    let files = folder.files.into_inner().unwrap();
    let files: Files = files.into_values().map(|file| (file.name.clone(), text_of(&file))).collect();
    names::ways_in("暖心防汛行动", true, &mut |way| {
        assert!(lookup(&files, way).0.contains(&0), "{way:x?}");
    });
}
