//! From delivered text to tokens: cleaning, splitting, telling languages apart.

pub mod clean;
pub mod language;
pub mod token;

pub use clean::{Cleaned, clean};
pub use token::{Token, tokenise};
