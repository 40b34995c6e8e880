//! Hashes of values, by which what was made of them is known again.

use std::fmt::{self, Debug, Write as _};

use blake3::{Hash, Hasher};
use serde::Serialize;

/// Returns the hash of everything a value shows when it is written out for debugging: with the derived form that is
/// every field of it.
pub fn of_debug(value: &(impl Debug + ?Sized)) -> Hash {
    let mut hasher = Hasher::new();
    update_debug(&mut hasher, value);
    hasher.finalize()
}

/// Adds everything a value shows when it is written out for debugging.
pub fn update_debug(hasher: &mut Hasher, value: &(impl Debug + ?Sized)) {
    let mut gathered = Gathered { hasher, text: String::with_capacity(2 * ENOUGH) };
    let written = write!(gathered, "{value:?}\0");
    debug_assert!(written.is_ok(), "hashing cannot fail");
    gathered.hand_over();
}

/// Returns the hash of everything a value says to a serializer; much faster than [`of_debug`] where texts are long.
///
/// # Panics
/// When the value cannot be serialized, which no view is.
pub fn of_value(value: &impl Serialize) -> Hash {
    blake3::hash(&serde_json::to_vec(value).expect("views can be written as JSON"))
}

/// How many bytes are hashed at a time, about.
const ENOUGH: usize = 4 << 10;

/// Text that waits to be hashed: it is written in pieces of a few bytes, and each call of the hasher costs.
struct Gathered<'h> {
    hasher: &'h mut Hasher,
    text: String,
}

impl Gathered<'_> {
    fn hand_over(&mut self) {
        self.hasher.update(self.text.as_bytes());
        self.text.clear();
    }
}

impl fmt::Write for Gathered<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.push_str(text);
        if self.text.len() >= ENOUGH {
            self.hand_over();
        }
        Ok(())
    }

    fn write_char(&mut self, c: char) -> fmt::Result {
        self.text.push(c);
        Ok(())
    }
}

/// Adds a text so that no two sequences of texts look alike.
pub fn update_text(hasher: &mut Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
}

/// Joins hashes to one.
pub fn together<'h>(hashes: impl IntoIterator<Item = &'h Hash>) -> Hash {
    let mut joined = Hasher::new();
    for hash in hashes {
        joined.update(hash.as_bytes());
    }
    joined.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_side_by_side_are_told_from_one_text() {
        let of = |texts: &[&str]| {
            let mut all = Hasher::new();
            for text in texts {
                update_text(&mut all, text);
            }
            all.finalize()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }

    #[test]
    fn a_value_that_differs_in_one_field_has_another_hash() {
        assert_ne!(of_debug(&(1, Some("a"))), of_debug(&(1, Some("b"))));
        assert_eq!(of_debug(&(1, Some("a"))), of_debug(&(1, Some("a"))));
        assert_ne!(of_value(&(1, Some(""))), of_value(&(1, None::<&str>)));
        assert_eq!(of_value(&(1, Some("a"))), of_value(&(1, Some("a"))));
    }
}
