//! Fitting: rows from conversations, the two layers, languages, calibration.

pub mod calibrate;
pub mod first;
pub mod language;
pub mod rows;
pub mod second;

use serde::Deserialize;

/// `config.toml`, number by number explained there.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config.toml")]
pub struct Config {
    pub seed: u64,
    pub folds: usize,
    pub held_out: Vec<String>,
    pub first: First,
    pub second: Second,
    pub language: Language,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config.toml")]
pub struct First {
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    pub dropout: f32,
    pub cue_rate: f32,
    pub cue_decay: f32,
    pub cue_prior: [f32; 3],
    pub examples: f32,
    pub axis_weight: f32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config.toml")]
pub struct Second {
    pub nets: usize,
    pub hidden: usize,
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    pub dropout: f32,
    pub noise: f32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "explained in config.toml")]
pub struct Language {
    pub epochs: usize,
    pub rate: f32,
}
