//! What finds a name other than its own characters: all of it at once, one slip in it, its pinyin, its initials.
//!
//! Each way in is a short text under a mark of its own that no page contains; the index holds them beside the texts of pages.

use encoding_rs::GBK;
use pinyin::ToPinyinMulti;

use super::fold::fold;
use super::grams::DEPTH;

/// Before a whole name.
const NAME: u16 = 0xfdd0;
/// Behind a whole name.
const END: u16 = 0xfdd1;
/// Before pinyin that begins with a syllable, two letters a unit.
const SYLLABLE: u16 = 0xfdd2;
/// Before initials.
const INITIALS: u16 = 0xfdd3;
/// Before a name that lacks one character.
const SLIP: u16 = 0xfdd4;
/// The first of the units that stand for two letters.
const PAIRS: u16 = 0x3400;

/// Letters of pinyin that the index tells apart.
const LETTERS: usize = 2 * (DEPTH - 1);
/// How many readings of one character count.
const READINGS: usize = 4;
/// How many characters at a time may be read other than most often.
const RARE: usize = 2;
/// How many ways to read one opening of a name count.
const WAYS: usize = 32;
/// Longer names have no slips: nobody types them whole.
const LONGEST: usize = 24;
/// What the names of communities end with, so that they are also known without.
const SUFFIXES: [&str; 4] = ["社区居委会", "居委会", "村委会", "社区"];

/// Gives every way into a name; one that `is_known` is found by slips and pinyin too.
pub(super) fn ways_in(name: &str, is_known: bool, each: &mut dyn FnMut(&[u16])) {
    let folded = fold(name);
    whole(NAME, folded.iter().copied(), each);
    if !is_known {
        return;
    }
    let core = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)).filter(|core| !core.is_empty());
    if let Some(core) = core {
        whole(NAME, fold(core).into_iter(), each);
    }
    if (2..=LONGEST).contains(&folded.len()) {
        for at in 0..folded.len() {
            whole(SLIP, folded[..at].iter().chain(&folded[at + 1..]).copied(), each);
        }
    }
    let readings = readings(name);
    for at in 0..readings.len() {
        let mut way = Way { rest: &readings[at..], said: Vec::with_capacity(32), left: WAYS };
        way.initials(0, RARE, each);
        way.left = WAYS;
        way.syllables(0, RARE, each);
    }
}

/// Gives a text under a mark, with what stands behind a whole name.
fn whole(mark: u16, text: impl Iterator<Item = u16>, each: &mut dyn FnMut(&[u16])) {
    give([mark].into_iter().chain(text).chain([END]), each);
}

/// Gives the beginning of a way in that the index tells apart.
fn give(units: impl Iterator<Item = u16>, each: &mut dyn FnMut(&[u16])) {
    let mut way = [0; DEPTH];
    let mut len = 0;
    for (place, unit) in way.iter_mut().zip(units) {
        *place = unit;
        len += 1;
    }
    each(&way[..len]);
}

/// Reads the characters of a name in every way.
struct Way<'r> {
    rest: &'r [Vec<&'static str>],
    said: Vec<u8>,
    left: usize,
}

impl Way<'_> {
    /// Goes on from the character at `at`; so many may still be read in a rare way.
    fn initials(&mut self, at: usize, rare: usize, each: &mut dyn FnMut(&[u16])) {
        let Some(character) = self.rest.get(at).filter(|_| self.said.len() < DEPTH - 1) else {
            if self.take() {
                whole(INITIALS, self.said.iter().map(|letter| u16::from(*letter)), each);
            }
            return;
        };
        for (n, reading) in character.iter().enumerate().take(if rare > 0 { READINGS } else { 1 }) {
            let letter = reading.as_bytes()[0];
            if n > 0 && character[..n].iter().any(|other| other.as_bytes()[0] == letter) {
                continue;
            }
            self.said.push(letter);
            self.initials(at + 1, rare - usize::from(n > 0), each);
            self.said.pop();
        }
    }

    /// Does the same with whole syllables.
    fn syllables(&mut self, at: usize, rare: usize, each: &mut dyn FnMut(&[u16])) {
        let Some(character) = self.rest.get(at).filter(|_| self.said.len() < LETTERS) else {
            if self.take() {
                give([SYLLABLE].into_iter().chain(pairs(&self.said)), each);
            }
            return;
        };
        for (n, reading) in character.iter().enumerate().take(if rare > 0 { READINGS } else { 1 }) {
            let before = self.said.len();
            push_plain(&mut self.said, reading);
            self.syllables(at + 1, rare - usize::from(n > 0), each);
            self.said.truncate(before);
        }
    }

    fn take(&mut self) -> bool {
        let may = self.left > 0;
        self.left = self.left.saturating_sub(1);
        may
    }
}

/// Puts two letters into each unit; the script does the same.
fn pairs(letters: &[u8]) -> impl Iterator<Item = u16> {
    let code = |letter: Option<&u8>| match letter {
        Some(b'0'..=b'9') => u16::from(letter.copied().unwrap_or(0) - b'0') + 27,
        Some(letter) => u16::from(letter - b'a') + 1,
        None => 0,
    };
    letters.chunks(2).map(move |two| PAIRS + code(two.first()) * 38 + code(two.get(1)))
}

/// Appends a reading in ASCII: `v` for `ü`.
fn push_plain(out: &mut Vec<u8>, reading: &str) {
    out.extend(reading.chars().map(|c| if c.is_ascii() { c as u8 } else { b'v' }));
}

fn plain(reading: &str) -> String {
    reading.chars().map(|c| if c.is_ascii() { c } else { 'v' }).collect()
}

/// Returns the readings of each character that has any, the most usual first; letters and digits read as themselves.
fn readings(name: &str) -> Vec<Vec<&'static str>> {
    name.chars().map(of_character).filter(|readings| !readings.is_empty()).collect()
}

/// Returns the readings of one character without tones; none of what is not read.
fn of_character(c: char) -> Vec<&'static str> {
    const ASCII: &str = "0123456789abcdefghijklmnopqrstuvwxyz";
    if c.is_ascii_alphanumeric() {
        let at = ASCII.find(c.to_ascii_lowercase()).unwrap_or(0);
        return vec![&ASCII[at..=at]];
    }
    let mut found: Vec<&'static str> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain();
        let is_sound = plain.chars().all(|c| c.is_ascii_lowercase() || c == 'ü');
        if is_sound && found.len() < READINGS && !found.contains(&plain) {
            found.push(plain);
        }
    }
    found
}

/// Writes how names are read, for the script: syllables between spaces, alternatives between `/`, names on lines.
pub(super) fn lattice(names: &[String]) -> String {
    let name = |name: &String| {
        let syllables: Vec<String> = readings(name).iter().map(|all| plain(&all.join("/"))).collect();
        syllables.join(" ")
    };
    names.iter().map(name).collect::<Vec<_>>().join("\n")
}

/// Returns the characters people write by their readings, for the script: `a啊阿 ai哀挨 …`.
pub(super) fn syllables() -> String {
    let mut by_reading: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for c in ('\u{4e00}'..='\u{9fff}').filter(|c| is_common(*c)) {
        for reading in of_character(c) {
            by_reading.entry(plain(reading)).or_default().push(c);
        }
    }
    by_reading.iter().map(|(reading, all)| format!("{reading}{all}")).collect::<Vec<_>>().join(" ")
}

/// Returns whether GB 2312 has a character: the 6,763 in use.
fn is_common(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, ..) = GBK.encode(c.encode_utf8(&mut buffer));
    matches!(*bytes, [0xb0..=0xf7, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(name: &str) -> Vec<Vec<u16>> {
        let mut found = Vec::new();
        ways_in(name, true, &mut |way| found.push(way.to_vec()));
        found
    }

    fn way(text: &str) -> Vec<u16> {
        text.encode_utf16().collect()
    }

    fn spoken(letters: &str) -> Vec<u16> {
        std::iter::once(SYLLABLE).chain(pairs(letters.as_bytes())).collect()
    }

    #[test]
    fn a_community_is_found_whole_without_its_suffix_by_slips_and_by_pinyin() {
        let ways = ways("秋浦社区");
        for wanted in [
            way("\u{fdd0}秋浦社区\u{fdd1}"),
            way("\u{fdd0}秋浦\u{fdd1}"),
            way("\u{fdd4}秋社区\u{fdd1}"),
            way("\u{fdd3}qpsq\u{fdd1}"),
            spoken("qiupushequ"),
            spoken("pushequ"),
        ] {
            assert!(ways.contains(&wanted), "{:?} in {ways:?}", String::from_utf16_lossy(&wanted));
        }
        assert!(ways.iter().all(|way| way.len() <= DEPTH));
    }

    #[test]
    fn a_character_with_several_readings_is_found_by_each() {
        let ways = ways("调解");
        assert!(ways.contains(&spoken("tiaojie")) && ways.contains(&spoken("diaojie")));
        assert!(ways.contains(&way("\u{fdd3}tj\u{fdd1}")) && ways.contains(&way("\u{fdd3}dj\u{fdd1}")));
    }

    #[test]
    fn names_without_chinese_and_names_of_nothing_do_no_harm() {
        assert!(ways("E站 No.1").contains(&spoken("ezhanno1")));
        assert!(!ways("😀").is_empty());
        assert_eq!(lattice(&["E站".to_owned(), "银行".to_owned()]), "e zhan\nyin xing/hang/heng");
    }
}
