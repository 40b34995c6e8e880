//! yipin (一品): a static-site generator for community brand showcases.
//!
//! One way, no back and forth; a module uses only what stands above it in this list (`ARCHITECTURE.md` draws it):
//!
//! ```text
//! read    disk -> Sources             walk, decode; the only reader
//! model   Sources -> Site             typed, complete, then read-only
//! plan    Site -> Plan                every output and its address
//! check   Site + Plan -> Report       rules that need the whole site
//! render  Plan -> Artifact            theme + views -> bytes; pure, parallel
//! write   Artifact -> disk            stages, journals, renames; the only writer
//! ```

pub mod address;
pub mod artifact;
pub mod check;
pub mod cli;
pub mod css;
pub mod date;
pub mod diagnostic;
pub mod fingerprint;
pub mod glance;
pub mod interrupt;
pub mod kept;
pub mod look;
pub mod markdown;
pub mod media;
pub mod memory;
pub mod model;
pub mod pack;
pub mod pipeline;
pub mod plan;
pub mod read;
pub mod render;
pub mod scaffold;
pub mod search;
pub mod serve;
pub mod text;
pub mod theme;
pub mod timings;
pub mod trace;
pub mod view;
pub mod visual;
pub mod workshop;
pub mod write;
pub mod yaml;
