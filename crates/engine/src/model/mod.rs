//! The learned model: an additive first layer over hashed n-grams and cues, a small second layer over the running state, calibration.
//!
//! The first layer is a plain sum, so a word's part in an output is exactly the sum of its rows: that is what evidence shows.

pub mod features;
pub mod net;

use crate::error::Error;
use features::{Feature, ROWS};
use net::Net;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Outputs of the first layer.
pub const OUTPUTS: usize = 16;
/// Names of the first layer's outputs, in order.
pub const OUTPUT_NAMES: [&str; OUTPUTS] = [
    "energy",
    "feeling",
    "pleasant",
    "lost",
    "resistant",
    "smart",
    "busy",
    "frustrated",
    "nervous",
    "relaxed",
    "lead-agent",
    "lead-customer",
    "extravert",
    "introvert",
    "emotional",
    "rational",
];
/// Where the situations begin among the outputs.
pub const FIRST_SITUATION: usize = 2;

/// A vector of first-layer outputs.
pub type Scores = [f32; OUTPUTS];

/// Rows of the language table; a power of two.
pub const LANGUAGE_ROWS: usize = 1 << 15;
/// Columns of the language table: Dutch, Finnish, English, another language.
pub const LANGUAGE_COLUMNS: usize = 4;

/// Everything small that was learned.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// Model version, shown in every reading.
    pub version: String,
    /// Codes of the languages it learned, in the order of `bias` and of the weights of a cue.
    pub languages: Vec<String>,
    /// Agent moves it learned, in the order of the second layer's inputs.
    pub moves: Vec<String>,
    /// What a table byte is multiplied by, for each output.
    pub scale: Scores,
    /// Starting value of each output, by language.
    pub bias: Vec<Scores>,
    /// Weights of each cue: id, for all languages together, then for each language.
    pub cues: Vec<(String, Vec<Scores>)>,
    /// The second layer: nets whose outputs are averaged.
    pub nets: Vec<Net>,
    /// Slope and offset that calibrate each situation's logit.
    pub platt: Vec<(f32, f32)>,
    /// Probability above which each situation is active.
    pub thresholds: Vec<f32>,
    /// Interval half-width in predicted standard deviations, by axis.
    pub interval: [f32; 2],
    /// Factors on the lead probabilities agent, customer, shared.
    pub lead: [f32; 3],
    /// What a language-table byte is multiplied by.
    pub language_scale: f32,
}

/// The model, ready to run.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Everything but the big tables.
    pub learned: Learned,
    table: Cow<'static, [u8]>,
    languages: Cow<'static, [u8]>,
}

static EMBEDDED: &[u8] = include_bytes!("../../../../data/models/reader/weights.bin");
const MAGIC: &[u8; 8] = b"TUNTUMA1";

impl Model {
    /// The model this build carries.
    ///
    /// # Errors
    /// When the embedded weights are damaged.
    pub fn embedded() -> Result<Self, Error> {
        Self::parse(Cow::Borrowed(EMBEDDED), "data/models/reader/weights.bin")
    }

    /// A model read from bytes.
    ///
    /// # Errors
    /// When the bytes are not a model of this build's format.
    pub fn from_bytes(bytes: Vec<u8>, file: &str) -> Result<Self, Error> {
        Self::parse(Cow::Owned(bytes), file)
    }

    /// A model that knows nothing: all scores nought.
    pub fn empty() -> Self {
        Self { learned: Learned::default(), table: Cow::Owned(Vec::new()), languages: Cow::Owned(Vec::new()) }
    }

    /// A model from its parts, as the trainer makes them.
    pub fn assemble(learned: Learned, table: &[i8], languages: &[i8]) -> Self {
        let bytes = |t: &[i8]| Cow::Owned(t.iter().map(|&b| b as u8).collect());
        Self { learned, table: bytes(table), languages: bytes(languages) }
    }

    fn parse(bytes: Cow<'static, [u8]>, file: &str) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Ok(Self::empty());
        }
        let bad = |what: &str| Error::file(file, format!("not a model file: {what}")).hint("train it again with `cargo run --release -p tuntuma-train`");
        let head = bytes.get(..12).filter(|h| &h[..8] == MAGIC).ok_or_else(|| bad("the first bytes are not TUNTUMA1"))?;
        let len = u32::from_le_bytes([head[8], head[9], head[10], head[11]]) as usize;
        let (table, languages) = (ROWS * OUTPUTS, LANGUAGE_ROWS * LANGUAGE_COLUMNS);
        if bytes.len() != 12 + len + table + languages {
            return Err(bad("its length does not fit its tables"));
        }
        let learned: Learned = postcard::from_bytes(&bytes[12..12 + len]).map_err(|e| bad(&e.to_string()))?;
        let cut = |from: usize, to: usize| match &bytes {
            Cow::Borrowed(b) => Cow::Borrowed(&b[from..to]),
            Cow::Owned(b) => Cow::Owned(b[from..to].to_vec()),
        };
        Ok(Self { learned, table: cut(12 + len, 12 + len + table), languages: cut(12 + len + table, bytes.len()) })
    }

    /// The bytes of a model file.
    ///
    /// # Errors
    /// When the learned part cannot be written, which does not happen for a model that was read or trained.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let learned = postcard::to_stdvec(&self.learned).map_err(|e| Error::file("model", e.to_string()))?;
        let mut out = Vec::with_capacity(12 + learned.len() + self.table.len() + self.languages.len());
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&(learned.len() as u32).to_le_bytes());
        out.extend_from_slice(&learned);
        out.extend_from_slice(&self.table);
        out.extend_from_slice(&self.languages);
        Ok(out)
    }

    /// Whether anything was learned.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The sum of the rows of `features`, as stored. Sums add up exactly, in any order.
    pub fn sum(&self, features: &[Feature]) -> [i32; OUTPUTS] {
        let mut sums = [0; OUTPUTS];
        for feature in features {
            if let Some(row) = self.row(feature.row) {
                for (sum, &byte) in sums.iter_mut().zip(row) {
                    *sum += i32::from(byte as i8);
                }
            }
        }
        sums
    }

    /// Scores from the sum of the rows of `n` features.
    pub fn scores(&self, sums: &[i32; OUTPUTS], n: usize) -> Scores {
        let norm = norm(n);
        std::array::from_fn(|k| sums[k] as f32 * self.learned.scale[k] * norm)
    }

    fn row(&self, row: u32) -> Option<&[u8]> {
        let from = row as usize * OUTPUTS;
        self.table.get(from..from + OUTPUTS)
    }

    /// Weight of one feature for one output, before [`norm`].
    pub fn weight(&self, row: u32, output: usize) -> f32 {
        self.row(row).map_or(0.0, |r| f32::from(r[output] as i8) * self.learned.scale[output])
    }

    /// Scores of the languages for the rows of a text.
    pub fn language_scores(&self, rows: &[u32]) -> [f32; LANGUAGE_COLUMNS] {
        let mut sums = [0_i32; LANGUAGE_COLUMNS];
        for &row in rows {
            let from = row as usize * LANGUAGE_COLUMNS;
            if let Some(row) = self.languages.get(from..from + LANGUAGE_COLUMNS) {
                for (sum, &byte) in sums.iter_mut().zip(row) {
                    *sum += i32::from(byte as i8);
                }
            }
        }
        sums.map(|s| s as f32 * self.learned.language_scale)
    }
}

/// What a sum over `n` features is multiplied by, so that long texts do not shout.
pub fn norm(n: usize) -> f32 {
    1.0 / (n.max(8) as f32).sqrt()
}
