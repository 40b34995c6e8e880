//! Makes the texts of documents smaller: what was said before is named by its place instead of being said again.
//!
//! The script takes it apart with a few lines: a unit 1 is followed by the length less three and the distance.

use super::notation::number;

/// The shortest repetition that is worth naming.
const SHORTEST: usize = 3;
/// How far back a repetition may stand.
const FAR: usize = 60_000;
/// The unit before a repetition; pages do not contain it.
const MARK: u16 = 1;

/// How many openings of repetitions are remembered, as a power of two; a later one takes the place of one like it.
const REMEMBERED: u32 = 15;

/// Squeezes a text.
pub(super) fn squeeze(text: &[u16]) -> Vec<u16> {
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut seen = vec![0_u32; 1 << REMEMBERED];
    let mut at = 0;
    while at < text.len() {
        // Places are kept from 1, as 0 is none.
        let before = opening(text, at).map_or(0, |key| std::mem::replace(&mut seen[key], at as u32 + 1));
        let len = if before == 0 { 0 } else { repetition(text, before as usize - 1, at) };
        if len >= SHORTEST && is_shorter(&text[at..at + len]) {
            out.push(MARK);
            number(&mut out, (len - SHORTEST) as u32);
            number(&mut out, (at + 1 - before as usize) as u32);
            for inside in at + 1..at + len {
                if let Some(key) = opening(text, inside) {
                    seen[key] = inside as u32 + 1;
                }
            }
            at += len;
        } else {
            out.push(text[at]);
            at += 1;
        }
    }
    out
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
    text[before..before + most].iter().zip(&text[at..]).take_while(|(a, b)| a == b).count()
}

/// Returns whether naming a repetition takes fewer bytes than saying it: it takes five or six.
fn is_shorter(text: &[u16]) -> bool {
    text.iter().map(|unit| if *unit < 0x80 { 1 } else { 3 }).sum::<usize>() > 6
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
            if squeezed[at] == MARK {
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
        for text in [text.as_str(), "", "一", "一二三一二三一二三"] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let squeezed = squeeze(&units);
            assert_eq!(expand(&squeezed), units);
            assert!(squeezed.len() <= units.len());
        }
    }
}
