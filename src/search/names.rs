//! What finds a name other than its own characters: all of it at once, one slip in it, its pinyin, its initials.
//!
//! Each way in is a short text under a mark of its own that no page contains; the index holds them beside the texts of pages.

use encoding_rs::GBK;
use pinyin::ToPinyinMulti;
use rustc_hash::FxHashSet;

use super::fold::fold;
use super::grams::DEPTH;

/// Before a whole name.
const NAME: u16 = 0xfdd0;
/// Behind a whole name.
const END: u16 = 0xfdd1;
/// Before pinyin that begins with a syllable.
const SYLLABLE: u16 = 0xfdd2;
/// Before initials.
const INITIALS: u16 = 0xfdd3;
/// Before pinyin that begins with any letter.
const LETTERS: u16 = 0xfdd4;
/// Before a name that lacks one character.
const SLIP: u16 = 0xfdd5;

/// Units of a text behind its mark that the index tells apart.
const WINDOW: usize = DEPTH - 1;
/// How many readings of one character count.
const READINGS: usize = 4;
/// How many combinations of readings one window may have.
const COMBINATIONS: usize = 24;
/// Longer names have no slips: nobody types them whole.
const LONGEST: usize = 24;
/// What the names of communities end with, so that they are also known without.
const SUFFIXES: [&str; 4] = ["社区居委会", "居委会", "村委会", "社区"];

/// Gives every way into a name; `is_known` names are found by slips and pinyin too.
pub(super) fn ways_in(name: &str, is_known: bool, mut each: impl FnMut(&[u16])) {
    let mut seen = FxHashSet::default();
    let mut add = |way: Vec<u16>| {
        if !seen.contains(&way) {
            each(&way);
            seen.insert(way);
        }
    };
    let folded = fold(name);
    add(whole(NAME, &folded));
    if !is_known {
        return;
    }
    let core = SUFFIXES.iter().find_map(|suffix| name.strip_suffix(suffix)).filter(|core| !core.is_empty());
    if let Some(core) = core {
        add(whole(NAME, &fold(core)));
    }
    if (2..=LONGEST).contains(&folded.len()) {
        for at in 0..folded.len() {
            let slip = [&folded[..at], &folded[at + 1..]].concat();
            add(whole(SLIP, &slip));
        }
    }
    let readings = readings(name);
    for at in 0..readings.len() {
        windows(&readings[at..], false, &mut |window| add(marked(INITIALS, window)));
        windows(&readings[at..], true, &mut |window| add(marked(SYLLABLE, window)));
        letters(&readings[at..], &mut |window| add(marked(LETTERS, window)));
    }
}

fn whole(mark: u16, text: &[u16]) -> Vec<u16> {
    let mut way = Vec::with_capacity(text.len() + 2);
    way.push(mark);
    way.extend_from_slice(text);
    way.push(END);
    way.truncate(DEPTH);
    way
}

/// A reading that ends within the window says so.
fn marked(mark: u16, letters: &str) -> Vec<u16> {
    let mut way: Vec<u16> = std::iter::once(mark).chain(letters.bytes().map(u16::from)).collect();
    way.push(END);
    way.truncate(DEPTH);
    way
}

/// Returns the readings of each character that has any: pinyin without tones, `v` for `ü`; letters and digits read as themselves.
pub(super) fn readings(name: &str) -> Vec<Vec<String>> {
    name.chars().map(of_character).filter(|readings| !readings.is_empty()).collect()
}

/// Returns the readings of one character; none of what is not read.
pub(super) fn of_character(c: char) -> Vec<String> {
    if c.is_ascii_alphanumeric() {
        return vec![c.to_ascii_lowercase().to_string()];
    }
    let mut found: Vec<String> = Vec::new();
    for reading in c.to_pinyin_multi().into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if plain.bytes().all(|b| b.is_ascii_lowercase()) && !found.contains(&plain) {
            found.push(plain);
        }
    }
    found.truncate(READINGS);
    found
}

/// Gives the openings of all ways to read a name, in full or by initials.
fn windows(readings: &[Vec<String>], full: bool, each: &mut dyn FnMut(&str)) {
    let mut openings = vec![String::new()];
    for character in readings {
        if openings.iter().all(|opening| opening.len() >= WINDOW) {
            break;
        }
        let mut longer: Vec<String> = Vec::new();
        for opening in &openings {
            for reading in character {
                let syllable = if full { reading } else { &reading[..1] };
                let next = format!("{opening}{syllable}");
                if longer.len() < COMBINATIONS && !longer.contains(&next) {
                    longer.push(next);
                }
            }
        }
        openings = longer;
    }
    openings.iter().for_each(|opening| each(opening));
}

/// Gives the openings of all ways to read a name from each letter of its first syllable on.
fn letters(readings: &[Vec<String>], each: &mut dyn FnMut(&str)) {
    let Some((first, rest)) = readings.split_first() else { return };
    for reading in first {
        for at in 1..reading.len() {
            let tail = vec![reading[at..].to_owned()];
            let all: Vec<Vec<String>> = std::iter::once(tail).chain(rest.iter().cloned()).take(WINDOW).collect();
            windows(&all, true, each);
        }
    }
    windows(readings, true, each);
}

/// Writes how names are read, for the script: syllables between spaces, alternatives between `/`, names on lines.
pub(super) fn lattice(names: &[String]) -> String {
    let name = |name: &String| {
        let syllables: Vec<String> = readings(name).iter().map(|all| all.join("/")).collect();
        syllables.join(" ")
    };
    names.iter().map(name).collect::<Vec<_>>().join("\n")
}

/// Returns the characters people write by their readings, for the script: `a啊阿 ai哀挨 …`.
pub(super) fn syllables() -> String {
    let mut by_reading: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for c in ('\u{4e00}'..='\u{9fff}').filter(|c| is_common(*c)) {
        for reading in of_character(c) {
            by_reading.entry(reading).or_default().push(c);
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

    fn ways(name: &str) -> Vec<String> {
        let mut found = Vec::new();
        ways_in(name, true, |way| found.push(String::from_utf16(way).unwrap()));
        found
    }

    #[test]
    fn a_community_is_found_whole_without_its_suffix_by_slips_and_by_pinyin() {
        let ways = ways("秋浦社区");
        for way in [
            "\u{fdd0}秋浦社区\u{fdd1}",
            "\u{fdd0}秋浦\u{fdd1}",
            "\u{fdd5}秋社区\u{fdd1}",
            "\u{fdd2}qiupush",
            "\u{fdd2}pushequ",
            "\u{fdd3}qpsq\u{fdd1}",
            "\u{fdd4}iupushe",
        ] {
            assert!(ways.iter().any(|found| found == way), "{way:?} in {ways:?}");
        }
        assert!(ways.iter().all(|way| way.encode_utf16().count() <= DEPTH));
    }

    #[test]
    fn a_character_with_several_readings_is_found_by_each() {
        let ways = ways("调解");
        assert!(ways.contains(&"\u{fdd2}tiaojie".to_owned()) && ways.contains(&"\u{fdd2}diaojie".to_owned()));
        assert!(ways.contains(&"\u{fdd3}tj\u{fdd1}".to_owned()) && ways.contains(&"\u{fdd3}dj\u{fdd1}".to_owned()));
    }

    #[test]
    fn names_without_chinese_and_names_of_nothing_do_no_harm() {
        assert!(ways("E站 No.1").contains(&"\u{fdd2}ezhanno".to_owned()));
        assert!(!ways("😀").is_empty());
        assert_eq!(lattice(&["E站".to_owned(), "银行".to_owned()]), "e zhan\nyin xing/hang/heng");
    }
}
