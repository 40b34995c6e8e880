//! Hashes of values, by which what was made of them is known again.

use std::fmt::{self, Debug, Write as _};

use blake3::{Hash, Hasher};

/// Returns the hash of everything a value shows when it is written out for debugging: with the derived form that is
/// every field of it.
pub fn of_debug(value: &(impl Debug + ?Sized)) -> Hash {
    let mut hasher = Hasher::new();
    update_debug(&mut hasher, value);
    hasher.finalize()
}

/// Adds everything a value shows when it is written out for debugging.
pub fn update_debug(hasher: &mut Hasher, value: &(impl Debug + ?Sized)) {
    struct Into<'h>(&'h mut Hasher);
    impl fmt::Write for Into<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }
    let written = write!(Into(hasher), "{value:?}\0");
    debug_assert!(written.is_ok(), "hashing cannot fail");
}

/// Adds a text so that no two sequences of texts look alike.
pub fn update_text(hasher: &mut Hasher, text: &str) {
    hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
}

/// Joins hashes to one.
pub fn together<'h>(hashes: impl IntoIterator<Item = &'h Hash>) -> Hash {
    let mut hasher = Hasher::new();
    for hash in hashes {
        hasher.update(hash.as_bytes());
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_side_by_side_are_told_from_one_text() {
        let of = |texts: &[&str]| {
            let mut hasher = Hasher::new();
            texts.iter().for_each(|text| update_text(&mut hasher, text));
            hasher.finalize()
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&["ab", "c"]), of(&["ab", "c"]));
    }

    #[test]
    fn a_value_that_differs_in_one_field_has_another_hash() {
        assert_ne!(of_debug(&(1, Some("a"))), of_debug(&(1, Some("b"))));
        assert_eq!(of_debug(&(1, Some("a"))), of_debug(&(1, Some("a"))));
    }
}
