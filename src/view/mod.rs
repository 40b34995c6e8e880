//! What templates see: one typed view per template kind, in one place. This place is the theme author's manual.

pub mod describe;
