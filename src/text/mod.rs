//! What the program knows about Chinese and Latin text: folding, near names, pinyin ids.
//!
//! Pure functions on strings; knows nothing of files, records or pages.

mod fold;
mod near;
mod slug;
mod suspects;

pub use fold::{ascii_digits, has_fullwidth_digits};
pub use near::{nearest, quoted_list_en, quoted_list_zh};
pub use slug::{is_id, is_reserved, pinyin_id};
pub use suspects::{may_have_suspects, signs};
