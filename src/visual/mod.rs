//! Pictures drawn at build time: values in, SVG text out.
//!
//! Every picture is one `<svg>` that can stand in a page as it is: a view box, no script, no style sheet of its own.
//! Colours are `currentColor` and custom properties with a fallback, so the theme's tokens colour them, in light, dark
//! and print; nothing is told by colour alone. A picture that carries facts names itself and says them in
//! words (`aria-label`). Sizes are in CSS pixels at the picture's natural width.
//!
//! Nothing here knows records or views: each picture has a small input of its own. No dates are read from a clock.

mod axis;
mod bars;
mod columns;
mod glyph;
mod honours;
mod lanes;
mod metric;
mod mini;
mod qr;
mod ring;
mod strip;
mod svg;
mod tile;
mod timeline;

pub use bars::{Bar, Bars, bars};
pub use columns::{Column, Columns, columns};
pub use glyph::State;
pub use honours::{Honours, HonoursRow, honours};
pub use metric::{Metric, metric};
pub use mini::{Mini, mini};
pub use qr::qr_code;
pub use ring::{Ring, ring};
pub use strip::{Strip, strip};
pub use tile::{Look, MOTIFS, SHARED, SIDE, STROKE, Tile, brand_letters, tile};
pub use timeline::{Milestone, Moment, Timeline, Words, timeline};
