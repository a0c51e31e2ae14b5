//! Conversations from the outside world.

pub mod import;

pub use import::{Event, Format, Mapping, import};
