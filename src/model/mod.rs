//! Sources -> Site: typed, complete, then read-only.

mod place;
pub mod site;
mod walk;
