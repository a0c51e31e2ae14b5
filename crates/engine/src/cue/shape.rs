//! Cues of form rather than wording: marks, capitals, digits, length (`reference` families F01, F08–F14).

use crate::text::token::{Kind, Tokens};

/// How many shape values there are.
pub const COUNT: usize = 16;

/// Their names, in order; also the cue names under which they appear as evidence.
pub const NAMES: [&str; COUNT] = [
    "length",
    "exclaims",
    "asks",
    "shouts-in-capitals",
    "trails-off",
    "smiles",
    "uses-digits",
    "enumerates",
    "number-first",
    "long-sentences",
    "stretches-letters",
    "quotes",
    "repeats-marks",
    "starts-lower-case",
    "is-very-short",
    "has-line-breaks",
];

/// Measures of form of one utterance, each about 0 … 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shape {
    /// Values in the order of [`NAMES`].
    pub values: [f32; COUNT],
    /// Words and numbers.
    pub words: usize,
}

/// Measures `tokens`; `spoken` switches off what a speech recogniser invents (D.5: capitals, marks).
pub fn measure(text: &str, tokens: &Tokens, spoken: bool) -> Shape {
    let mut v = [0.0_f32; COUNT];
    let (mut words, mut numbers, mut capitals, mut sentences, mut breaks, mut lists) = (0, 0, 0, 1, 0, 0);
    let mut in_sentence = 0;
    for (i, token) in tokens.items.iter().enumerate() {
        let raw = token.span.quote(text);
        match token.kind {
            Kind::Word | Kind::Number => {
                if token.kind == Kind::Number {
                    numbers += 1;
                    v[8] = if words < 4 { 1.0 } else { v[8] };
                }
                words += 1;
                in_sentence += 1;
                capitals += usize::from(raw.chars().count() >= 3 && raw.chars().all(|c| !c.is_lowercase()) && raw.chars().any(char::is_alphabetic));
                v[10] = f32::max(v[10], f32::from(stretched(tokens.text(i))));
            }
            Kind::Stop => {
                if raw == "\n" {
                    breaks += 1;
                } else {
                    if raw.contains('!') {
                        v[1] += 1.0;
                    }
                    if raw.contains('?') {
                        v[2] += 1.0;
                    }
                    if raw.contains('…') || raw.contains("..") {
                        v[4] += 1.0;
                    }
                    if raw.len() > 1 && (raw.contains('!') || raw.contains('?')) {
                        v[12] = 1.0;
                    }
                    sentences += usize::from(in_sentence > 0 && i + 1 < tokens.len());
                    in_sentence = 0;
                }
            }
            Kind::Smiley => v[5] += 1.0,
            Kind::Mark => {
                lists += usize::from(matches!(raw.chars().next(), Some('-' | '*' | '•')) && (i == 0 || tokens.text(i - 1) == "\n"));
                v[11] = f32::max(v[11], f32::from(u8::from(matches!(raw.chars().next(), Some('"' | '“' | '”' | '„')))));
            }
        }
    }
    v[0] = (1.0 + words as f32).ln() / 5.0;
    for i in [1, 2, 4, 5] {
        v[i] = (v[i] / 2.0).min(1.0);
    }
    v[3] = (capitals as f32 / 3.0).min(1.0);
    v[6] = (numbers as f32 / words.max(1) as f32 * 4.0).min(1.0);
    v[7] = (lists as f32 / 3.0).min(1.0);
    v[9] = (words as f32 / sentences as f32 / 40.0).min(1.0);
    v[13] = f32::from(u8::from(tokens.items.first().is_some_and(|t| t.span.quote(text).starts_with(char::is_lowercase))));
    v[14] = f32::from(u8::from(words <= 3));
    v[15] = (breaks as f32 / 5.0).min(1.0);
    if spoken {
        for i in [1, 2, 3, 4, 9, 11, 12, 13, 15] {
            v[i] = 0.0;
        }
    }
    Shape { values: v, words }
}

fn stretched(word: &str) -> u8 {
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let mut ahead = chars.clone();
        if c.is_alphabetic() && ahead.next() == Some(c) && ahead.next() == Some(c) {
            return 1;
        }
    }
    0
}
