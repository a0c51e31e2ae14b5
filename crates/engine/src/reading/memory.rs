//! The running state of a conversation: a pure fold over the utterances so far.

use super::observe::Observation;
use crate::conversation::Channel;
use crate::cue::shape;
use crate::engine::Engine;
use crate::model::{OUTPUTS, Scores};
use crate::text::token::{Kind, Tokens};
use std::collections::BTreeSet;

/// How much of the older average a new customer utterance leaves.
const KEEP: f32 = 0.55;
/// Agent moves the second layer can see; more than the data has, so that a new move keeps the shape.
pub const MOVE_SLOTS: usize = 24;
/// Inputs of the second layer that are neither scores, form nor moves.
const EXTRAS: usize = 17;
/// Inputs of the second layer.
pub const INPUTS: usize = 6 * OUTPUTS + 2 + shape::COUNT + MOVE_SLOTS + EXTRAS;

/// What the conversation so far leaves behind; never text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Memory {
    customer_turns: usize,
    average: Scores,
    last: Scores,
    first: Scores,
    average_words: f32,
    last_words: f32,
    agent_moves: Vec<f32>,
    agent_asked: bool,
    agent_words: f32,
    customer_in_a_row: usize,
    own_words: BTreeSet<u64>,
    agent_said: BTreeSet<u64>,
    agent_repeats: f32,
    last_at: Option<i64>,
    last_agent_at: Option<i64>,
}

/// The two parts of the first layer's scores for one customer utterance.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct FirstLayer {
    /// From the customer's n-grams, the agent's n-grams and the starting values.
    pub words: Scores,
    /// From cues and taps.
    pub cues: Scores,
    /// The strongest sentences, without the starting values.
    pub peaks: Peaks,
}

/// What the strongest sentence of an utterance says: one angry line in a correct letter shows here and drowns in the sum.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Peaks {
    /// The highest score of any sentence, by output.
    pub high: Scores,
    /// The lowest score on the two axes.
    pub low: [f32; 2],
}

impl Peaks {
    /// Gathers the scores of sentences; nought for none.
    pub fn of(sentences: impl IntoIterator<Item = Scores>) -> Self {
        let mut sentences = sentences.into_iter();
        let Some(first) = sentences.next() else { return Self::default() };
        let mut peaks = Self { high: first, low: [first[0], first[1]] };
        for scores in sentences {
            peaks.high = std::array::from_fn(|k| peaks.high[k].max(scores[k]));
            peaks.low = std::array::from_fn(|k| peaks.low[k].min(scores[k]));
        }
        peaks
    }
}

impl FirstLayer {
    /// Both together.
    pub fn total(&self) -> Scores {
        std::array::from_fn(|k| self.words[k] + self.cues[k])
    }
}

/// What is fixed for a conversation and bears on the second layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Where it takes place.
    pub channel: Channel,
    /// Language index of the utterance.
    pub language: usize,
    /// Whether the customer is (probably) Flemish.
    pub flemish: bool,
}

impl Memory {
    /// Takes in an agent utterance.
    pub fn agent(&mut self, engine: &Engine, seen: &Observation, at: Option<i64>) {
        if self.customer_in_a_row > 0 || self.agent_moves.len() != MOVE_SLOTS {
            self.agent_moves = vec![0.0; MOVE_SLOTS];
            self.agent_words = 0.0;
            self.agent_asked = false;
        }
        for slot in seen.hits.iter().filter_map(|hit| engine.move_slot(hit.of)) {
            self.agent_moves[slot] = (self.agent_moves[slot] + 1.0).min(2.0);
        }
        self.agent_asked |= seen.shape.values[2] > 0.0 || (0..seen.tokens.len()).any(|i| seen.tokens.text(i).starts_with('?'));
        self.agent_words += seen.shape.words as f32;
        self.customer_in_a_row = 0;
        let words = content_words(&seen.tokens);
        self.agent_repeats = overlap(&words, &self.agent_said);
        self.agent_said.extend(words);
        self.last_agent_at = at.or(self.last_agent_at);
    }

    /// The inputs of the second layer for a customer utterance, before [`Memory::customer`] takes it in.
    pub fn inputs(&self, seen: &Observation, scores: &FirstLayer, frame: Frame, at: Option<i64>, out: &mut Vec<f32>) {
        out.clear();
        let started = self.customer_turns > 0;
        let hold = |s: &Scores| if started { *s } else { [0.0; OUTPUTS] };
        for block in [&scores.words, &scores.cues, &hold(&self.average), &hold(&self.last), &hold(&self.first)] {
            out.extend_from_slice(block);
        }
        out.extend_from_slice(&scores.peaks.high);
        out.extend_from_slice(&scores.peaks.low);
        out.extend_from_slice(&seen.shape.values);
        out.extend((0..MOVE_SLOTS).map(|i| self.agent_moves.get(i).copied().unwrap_or(0.0)));
        let words = seen.shape.words as f32;
        let flag = |b: bool| f32::from(u8::from(b));
        let gap = |since: Option<i64>| match (since, at) {
            (Some(a), Some(b)) if b >= a => ((b - a) as f32 / 60.0 + 1.0).ln() / 8.0,
            _ => 0.0,
        };
        let short_answer = flag(self.agent_asked && words <= 8.0);
        out.extend(Channel::ALL.map(|c| flag(c == frame.channel)));
        out.extend((0..3).map(|l| flag(l == frame.language)));
        out.extend([
            flag(!started),
            (self.customer_turns as f32 + 1.0).ln() / 2.5,
            if started { (words + 1.0).ln() / 5.0 - (self.average_words + 1.0).ln() / 5.0 } else { 0.0 },
            short_answer,
            overlap(&content_words(&seen.tokens), &self.own_words),
            self.agent_repeats,
            (self.agent_words + 1.0).ln() / 5.0,
            gap(self.last_agent_at.or(self.last_at)),
            flag(frame.flemish),
        ]);
        debug_assert_eq!(out.len(), INPUTS);
    }

    /// Takes in a customer utterance.
    pub fn customer(&mut self, seen: &Observation, scores: &FirstLayer, at: Option<i64>) {
        let total = scores.total();
        let words = seen.shape.words as f32;
        if self.customer_turns == 0 {
            (self.first, self.average, self.average_words) = (total, total, words);
        } else {
            // A short "ok" says little: it moves the average less.
            let weight = (1.0 - KEEP) * (words / 8.0).clamp(0.25, 1.0);
            for (average, new) in self.average.iter_mut().zip(total) {
                *average += weight * (new - *average);
            }
            self.average_words += 0.4 * (words - self.average_words);
        }
        self.last = total;
        self.last_words = words;
        self.customer_turns += 1;
        self.customer_in_a_row += 1;
        self.own_words.extend(content_words(&seen.tokens));
        self.last_at = at.or(self.last_at);
    }

    /// How many customer utterances were taken in.
    pub fn customer_turns(&self) -> usize {
        self.customer_turns
    }
}

/// Hashes of the first six letters of longer words: a rough stem, enough to see that a point is made again (F37).
fn content_words(tokens: &Tokens) -> BTreeSet<u64> {
    let mut words = BTreeSet::new();
    for i in 0..tokens.len() {
        let text = tokens.text(i);
        if tokens.items[i].kind == Kind::Word && text.len() >= 5 {
            let cut = text.char_indices().nth(6).map_or(text.len(), |(at, _)| at);
            words.insert(crate::cue::hash(&text[..cut]));
        }
    }
    words
}

fn overlap(words: &BTreeSet<u64>, known: &BTreeSet<u64>) -> f32 {
    if words.len() < 3 || known.is_empty() {
        return 0.0;
    }
    words.iter().filter(|w| known.contains(w)).count() as f32 / words.len() as f32
}
