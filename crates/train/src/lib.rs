//! Fits the model from the labelled corpus and measures how well any reader reads.

pub mod corpus;
pub mod eval;
pub mod fit;
