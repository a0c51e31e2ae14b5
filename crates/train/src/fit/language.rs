//! The language table: which of our languages, or another one.

use super::Language as Config;
use fastrand::Rng;
use tuntuma_engine::Span;
use tuntuma_engine::model::{LANGUAGE_COLUMNS, LANGUAGE_ROWS};
use tuntuma_engine::text::language::rows;
use tuntuma_engine::text::token::Tokens;
use tuntuma_engine::text::tokenise;

/// A text and the column of its language.
pub type Sample = (String, usize);

/// Fits the table; whole texts and short pieces of them, since chat is short.
pub fn fit(config: &Config, seed: u64, samples: &[Sample]) -> (Vec<i8>, f32) {
    let mut rng = Rng::with_seed(seed);
    let mut table = vec![[0.0_f32; LANGUAGE_COLUMNS]; LANGUAGE_ROWS];
    let mut squares = vec![[1e-2_f32; LANGUAGE_COLUMNS]; LANGUAGE_ROWS];
    let mut order: Vec<usize> = (0..samples.len()).collect();
    for _ in 0..config.epochs {
        rng.shuffle(&mut order);
        for &i in &order {
            let (text, column) = &samples[i];
            let piece = piece(text, &mut rng);
            step(config, &features(&piece), *column, &mut table, &mut squares);
        }
    }
    let top = table.iter().flatten().fold(1e-6_f32, |t, w| t.max(w.abs()));
    let scale = top / 127.0;
    (table.iter().flatten().map(|w| (w / scale).round() as i8).collect(), scale)
}

/// The rows a text lights up.
pub fn features(text: &str) -> Vec<u32> {
    let mut tokens = Tokens::default();
    tokenise(text, Span::new(0, text.len()), &mut tokens);
    let mut found = Vec::new();
    rows(&tokens, &mut found);
    found
}

fn piece(text: &str, rng: &mut Rng) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 3 || rng.f32() < 0.4 {
        return text.to_owned();
    }
    let n = rng.usize(1..=words.len().min(8));
    let from = rng.usize(0..=words.len() - n);
    words[from..from + n].join(" ")
}

fn step(config: &Config, found: &[u32], column: usize, table: &mut [[f32; LANGUAGE_COLUMNS]], squares: &mut [[f32; LANGUAGE_COLUMNS]]) {
    if found.is_empty() {
        return;
    }
    let norm = 1.0 / (found.len().max(12) as f32).sqrt();
    let mut scores = [0.0; LANGUAGE_COLUMNS];
    for &row in found {
        for (s, w) in scores.iter_mut().zip(&table[row as usize]) {
            *s += w * norm;
        }
    }
    let top = scores.iter().copied().fold(f32::MIN, f32::max);
    let e = scores.map(|s| (s - top).exp());
    let sum: f32 = e.iter().sum();
    for &row in found {
        for k in 0..LANGUAGE_COLUMNS {
            let gradient = (e[k] / sum - f32::from(u8::from(k == column))) * norm;
            let square = &mut squares[row as usize][k];
            *square += gradient * gradient;
            table[row as usize][k] -= config.rate * gradient / square.sqrt();
        }
    }
}
