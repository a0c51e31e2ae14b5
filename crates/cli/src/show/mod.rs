//! How things look on a terminal.

pub mod human;
pub mod messages;
mod wheel;
mod wrap;
