//! How things look on a terminal.

pub mod faults;
pub mod human;
pub mod messages;
mod wheel;
mod wrap;
