//! Tuntuma's engine: reads a customer conversation turn by turn and says, with its reasons and its doubt, how the customer comes across right now.
//!
//! Pure and incremental: no input or output, no clock, no randomness. Same utterances, same data, same bytes.
//!
//! ```
//! use tuntuma_engine::{Engine, Opening, Role, Utterance};
//!
//! let engine = Engine::embedded()?;
//! let mut session = engine.open(Opening { id: "demo".into(), language: Some("en".into()), ..Opening::default() });
//! let said = Utterance { role: Role::Customer, at: None, text: "This is the third time I have had to call. Nobody listens!".into() };
//! let reading = session.push(&said).expect("a customer utterance gives a reading");
//! assert_eq!(reading.utterance, 0);
//! # Ok::<(), tuntuma_engine::Error>(())
//! ```

pub mod conversation;
pub mod cue;
pub mod data;
mod engine;
mod error;
pub mod model;
pub mod reading;
mod session;
mod span;
pub mod text;

pub use conversation::{Channel, Conversation, Role, Utterance};
pub use engine::{Engine, Opening};
pub use error::Error;
pub use reading::{Axis, Colour, Lead, Pole, Reading, Situation};
pub use session::{Correction, Session};
pub use span::Span;
