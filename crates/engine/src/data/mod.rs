//! The words: data files read into one [`Pack`], with errors that name file, line and column.

mod examples;
mod load;
mod pack;

pub use load::load;
pub use pack::{Ask, Bearing, CueData, LanguageData, LineMarkers, Located, MoveData, Negation, Pack, Pattern, SituationData, Tap, Wording};

use crate::error::Error;

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/data.pack"));

impl Pack {
    /// The data this build carries.
    ///
    /// # Errors
    /// When the embedded bytes are damaged, which a build never leaves.
    pub fn embedded() -> Result<Pack, Error> {
        postcard::from_bytes(EMBEDDED).map_err(|e| Error::file("embedded data", e.to_string()))
    }
}
