//! Makes the texts of documents smaller: what was said before is named by its place instead of being said again.
//!
//! The script takes it apart with a few lines: a unit 1 is followed by the length less three and the distance.

use std::cell::RefCell;

use super::notation::{literal, number_in_text};

/// The shortest repetition that is worth naming.
const SHORTEST: usize = 3;
/// How far back a repetition may stand.
const FAR: usize = 60_000;
/// The unit before a repetition; pages do not contain it.
const MARK: u8 = 1;

/// How many openings of repetitions are remembered, as a power of two; a later one takes the place of one like it.
const REMEMBERED: u32 = 15;

thread_local! {
    static SEEN: RefCell<Seen> = RefCell::new(Seen { places: vec![0; 1 << REMEMBERED], start: 0 });
}

/// Where openings stand in the text at hand.
struct Seen {
    /// Places are counted through all texts a thread has squeezed, so that nothing must be forgotten between them.
    places: Vec<u32>,
    /// The place before the beginning of the text at hand.
    start: u32,
}

impl Seen {
    /// Puts down a place; returns the one before it with an opening like that.
    fn put(&mut self, opening: usize, at: usize) -> Option<usize> {
        let before = std::mem::replace(&mut self.places[opening], self.start + at as u32 + 1);
        before.checked_sub(self.start + 1).map(|before| before as usize)
    }

    /// Begins a text of this length.
    fn begin(&mut self, end: u32, len: usize) {
        self.start = end;
        if u32::MAX - self.start <= len as u32 {
            self.places.fill(0);
            self.start = 0;
        }
    }
}

/// Appends a text, squeezed, as it is written between quotes.
pub(super) fn squeeze(out: &mut Vec<u8>, text: &[u16]) {
    SEEN.with_borrow_mut(|seen| {
        squeeze_with(seen, text, out);
        let end = seen.start + text.len() as u32;
        seen.begin(end, text.len());
    });
}

fn squeeze_with(seen: &mut Seen, text: &[u16], out: &mut Vec<u8>) {
    let (mut at, mut said) = (0, 0);
    while let Some(key) = opening(text, at) {
        let before = seen.put(key, at);
        let len = before.map_or(0, |before| repetition(text, before, at));
        let Some(before) = before.filter(|_| len >= SHORTEST && is_shorter(&text[at..at + len])) else {
            at += 1;
            continue;
        };
        literal(out, &text[said..at]);
        out.push(MARK);
        number_in_text(out, (len - SHORTEST) as u32);
        number_in_text(out, (at - before) as u32);
        for inside in (at + 1..at + len).step_by(2) {
            if let Some(key) = opening(text, inside) {
                seen.put(key, inside);
            }
        }
        at += len;
        said = at;
    }
    literal(out, &text[said..]);
}

/// Returns the place of the next three units in the memory.
fn opening(text: &[u16], at: usize) -> Option<usize> {
    let [a, b, c] = *text.get(at..at + SHORTEST)? else { return None };
    let key = u64::from(a) << 32 | u64::from(b) << 16 | u64::from(c);
    Some((key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - REMEMBERED)) as usize)
}

/// Returns how much of the text at `at` stands at `before` too, without running into itself.
fn repetition(text: &[u16], before: usize, at: usize) -> usize {
    let distance = at - before;
    if distance > FAR {
        return 0;
    }
    let most = distance.min(text.len() - at);
    let (before, here) = (&text[before..before + most], &text[at..at + most]);
    let same = before.chunks_exact(4).zip(here.chunks_exact(4)).take_while(|(a, b)| a == b).count() * 4;
    same + before[same..].iter().zip(&here[same..]).take_while(|(a, b)| a == b).count()
}

/// Returns whether naming a repetition takes fewer bytes than saying it: it takes five or six.
fn is_shorter(text: &[u16]) -> bool {
    text.len() > 6 || text.iter().map(|unit| if *unit < 0x80 { 1 } else { 3 }).sum::<usize>() > 6
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a text apart the way the script does.
    fn expand(squeezed: &[u16]) -> Vec<u16> {
        fn read(text: &[u16], at: &mut usize) -> usize {
            let code = usize::from(text[*at]);
            *at += 1;
            let value = if code > 92 { code - 36 } else { code - 35 };
            if value < 46 { value } else { value + 45 * read(text, at) }
        }
        let (mut out, mut at) = (Vec::new(), 0);
        while at < squeezed.len() {
            if squeezed[at] == u16::from(MARK) {
                at += 1;
                let len = read(squeezed, &mut at) + SHORTEST;
                let from = out.len() - read(squeezed, &mut at);
                out.extend_from_within(from..from + len);
            } else {
                out.push(squeezed[at]);
                at += 1;
            }
        }
        out
    }

    #[test]
    fn what_is_squeezed_expands_to_itself() {
        let text =
            "网格员挨家敲门问一遍，网格员挨家敲门问一遍。ababababab网格员挨家敲门，😀😀😀😀😀".repeat(20);
        for text in [text.as_str(), "", "一", "一二三一二三一二三", &text] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let mut squeezed = Vec::new();
            squeeze(&mut squeezed, &units);
            let squeezed: Vec<u16> = String::from_utf8(squeezed).unwrap().encode_utf16().collect();
            assert_eq!(expand(&squeezed), units);
            assert!(squeezed.len() <= units.len());
        }
    }
}
