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

/// Makes the index of pages that say these blocks; pages come in the order given.
fn index(pages: &[Vec<String>], order: impl Iterator<Item = usize>) -> Files {
    let index = Index::new((0..pages.len()).map(entry).collect(), Vec::new(), Vec::new());
    let files = Mutex::new(Vec::new());
    for at in order {
        let blocks: Vec<String> = pages[at].iter().map(|block| format!("<p>{block}</p>")).collect();
        files.lock().unwrap().extend(index.add(at, format!("<main>{}</main>", blocks.concat()).as_bytes()));
    }
    let put = |file| {
        files.lock().unwrap().push(file);
        Ok::<(), Infallible>(())
    };
    index.finish(&put).unwrap();
    files.into_inner().unwrap().into_iter().map(|file| (file.name.clone(), text_of(&file))).collect()
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
