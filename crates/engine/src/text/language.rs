//! Which language an utterance is in, or none of ours.

use crate::cue::Fnv;
use crate::engine::Engine;
use crate::model::LANGUAGE_ROWS;
use crate::text::token::{Kind, Tokens};
use std::hash::Hasher;

/// Codes in the order of the model's columns; the last column stands for any other language.
pub const CODES: [&str; 3] = ["nl", "fi", "en"];
const OTHER: usize = 3;
/// What the language of the utterances before counts for, in logits.
const STAY: f32 = 2.0;
/// Below this many letters an utterance keeps the language of the conversation.
const FEW_LETTERS: usize = 4;

/// Rows of the language table for a text: character n-grams of one to four and whole words.
pub fn rows(tokens: &Tokens, out: &mut Vec<u32>) {
    for i in 0..tokens.len() {
        if tokens.items[i].kind != Kind::Word {
            continue;
        }
        let word = tokens.text(i);
        let mut whole = Fnv::default();
        whole.write(b"w");
        whole.write(word.as_bytes());
        out.push(row(whole));
        let padded: Vec<char> = std::iter::once('<').chain(word.chars().take(24)).chain(std::iter::once('>')).collect();
        for from in 0..padded.len() {
            let mut fnv = Fnv::default();
            for c in padded.iter().skip(from).take(4) {
                fnv.write(c.encode_utf8(&mut [0; 4]).as_bytes());
                out.push(row(fnv));
            }
        }
    }
}

fn row(fnv: Fnv) -> u32 {
    let h = fnv.finish();
    ((h ^ (h >> 31)) & (LANGUAGE_ROWS as u64 - 1)) as u32
}

/// The languages in which every word of `tokens` belongs to a greeting.
pub fn greeted_in<'t>(engine: &'t Engine, tokens: &'t Tokens) -> impl Iterator<Item = usize> + 't {
    let greets = |greetings: &[String]| (0..tokens.len()).all(|i| tokens.items[i].kind != Kind::Word || greetings.iter().any(|g| g == tokens.text(i)));
    engine.pack().languages.iter().enumerate().filter(move |(_, l)| greets(&l.greetings)).map(|(i, _)| i)
}

/// The engine's language index for `tokens`, given that of the utterances before; `None` for a language that is not read.
pub fn detect(engine: &Engine, tokens: &Tokens, last: Option<usize>) -> Option<usize> {
    let letters: usize = (0..tokens.len()).filter(|&i| tokens.items[i].kind == Kind::Word).map(|i| tokens.text(i).chars().count()).sum();
    if letters < FEW_LETTERS && last.is_some() {
        return last;
    }
    // An opening "hoi" is too short for the table, but only one language greets so.
    let mut greeted = greeted_in(engine, tokens);
    if let (None, Some(language), None) = (last, greeted.next(), greeted.next()) {
        return Some(language);
    }
    let mut found = Vec::new();
    rows(tokens, &mut found);
    let norm = 1.0 / (found.len().max(12) as f32).sqrt();
    let mut scores = engine.model().language_scores(&found).map(|s| s * norm);
    if let Some(last) = last
        && let Some(column) = CODES.iter().position(|c| *c == engine.pack().languages[last].code)
    {
        scores[column] += STAY * 6.0 / (letters.max(6) as f32);
    }
    let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(OTHER);
    if engine.model().is_empty() {
        return last.or(Some(0));
    }
    if best == OTHER {
        return None;
    }
    engine.language(CODES[best])
}
