//! The words that speak for and against a reading, from the additive first layer: contributions are exact.

use super::combine::round;
use super::observe::Observation;
use super::{Axes, Axis, Evidence, Situation};
use crate::cue::Hit;
use crate::engine::Engine;
use crate::model::{FIRST_SITUATION, OUTPUTS, Scores, norm};
use crate::span::Span;
use crate::text::token::Kind;

/// Most pieces of evidence shown for one utterance.
const MOST: usize = 8;
/// Least contribution worth showing.
const LEAST: f32 = 0.08;
/// A run of learned words is cut beyond this many tokens.
const LONGEST_RUN: usize = 5;

/// An output of the first layer that the reading says something about, and in which direction.
#[derive(Clone, Copy)]
struct Claim {
    output: usize,
    name: &'static str,
    /// 1 when the reading says more of it, −1 when less, 0 when it says nothing: the stronger side shows.
    direction: f32,
}

/// Collects the evidence of one customer utterance.
pub fn collect(engine: &Engine, seen: &Observation, text: &str, utterance: usize, taps: &[(String, Scores)], axes: &Axes, active: &[Situation]) -> Vec<Evidence> {
    let Some(language) = seen.language else { return Vec::new() };
    let claims = claims(axes, active);
    let mut found = Vec::new();
    let mut offsets = Utf16::new(text);
    for hit in &seen.hits {
        let weights = engine.cue_weights(language, hit.of as usize);
        let span = seen.span(hit);
        add(&mut found, &claims, weights, &engine.pack().cues[hit.of as usize].id, utterance, span, text, &mut offsets);
    }
    for (tap, weights) in taps {
        add(&mut found, &claims, weights, tap, utterance, Span::new(0, 0), text, &mut offsets);
    }
    learned_words(engine, seen, &claims, utterance, text, &mut offsets, &mut found);
    found.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()).then(a.start.cmp(&b.start)).then(a.cue.cmp(&b.cue)));
    found.dedup_by(|b, a| a.cue == b.cue && a.start == b.start && a.end == b.end && a.bears_on == b.bears_on);
    found.truncate(MOST);
    found
}

fn claims(axes: &Axes, active: &[Situation]) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (i, axis) in Axis::ALL.into_iter().enumerate() {
        let value = axes.get(axis).value;
        claims.push(Claim { output: i, name: axis.name(), direction: if value.abs() < 0.1 { 0.0 } else { value.signum() } });
    }
    for situation in active {
        claims.push(Claim { output: FIRST_SITUATION + *situation as usize, name: situation.name(), direction: 1.0 });
    }
    claims
}

/// Situation logits are some four times as wide as axis values; this puts them on one scale for ranking.
fn scaled(output: usize, value: f32) -> f32 {
    if output < FIRST_SITUATION { value } else { value / 4.0 }
}

#[expect(clippy::too_many_arguments, reason = "one place each, all plain values")]
fn add(found: &mut Vec<Evidence>, claims: &[Claim], weights: &Scores, cue: &str, utterance: usize, span: Span, text: &str, offsets: &mut Utf16) {
    // A cue shows where it counts most, so that one quote is not listed five times.
    let best = claims.iter().max_by(|a, b| scaled(a.output, weights[a.output]).abs().total_cmp(&scaled(b.output, weights[b.output]).abs()));
    let Some(claim) = best else { return };
    let contribution = scaled(claim.output, weights[claim.output]);
    if contribution.abs() < LEAST {
        return;
    }
    found.push(Evidence {
        cue: cue.to_owned(),
        bears_on: claim.name.to_owned(),
        contribution: round(contribution),
        counter: contribution * claim.direction < 0.0,
        utterance,
        start: offsets.at(text, span.start),
        end: offsets.at(text, span.end),
        quote: span.quote(text).to_owned(),
    });
}

/// Runs of words that the n-grams speak through, where no cue says the same.
fn learned_words(engine: &Engine, seen: &Observation, claims: &[Claim], utterance: usize, text: &str, offsets: &mut Utf16, found: &mut Vec<Evidence>) {
    let mut tokens = vec![[0.0_f32; OUTPUTS]; seen.tokens.len()];
    let scale = norm(seen.features.len());
    for feature in &seen.features {
        let sums = &mut tokens[feature.token as usize];
        for claim in claims {
            sums[claim.output] += engine.model().weight(feature.row, claim.output) * scale;
        }
    }
    let covered = |i: usize, hits: &[Hit]| hits.iter().any(|h| (h.from as usize..h.to as usize).contains(&i));
    for claim in claims {
        let mut i = 0;
        while i < tokens.len() {
            let value = scaled(claim.output, tokens[i][claim.output]);
            if value.abs() < LEAST / 3.0 || seen.tokens.items[i].kind == Kind::Stop || covered(i, &seen.hits) {
                i += 1;
                continue;
            }
            let (from, mut sum) = (i, 0.0);
            while i < tokens.len() && i - from < LONGEST_RUN && !covered(i, &seen.hits) {
                let next = scaled(claim.output, tokens[i][claim.output]);
                if next * value <= 0.0 || seen.tokens.items[i].kind == Kind::Stop {
                    break;
                }
                sum += next;
                i += 1;
            }
            let span = seen.tokens.items[from].span.join(seen.tokens.items[i - 1].span);
            if sum.abs() >= LEAST && span.quote(text).chars().any(char::is_alphanumeric) {
                found.push(Evidence {
                    cue: "wording".to_owned(),
                    bears_on: claim.name.to_owned(),
                    contribution: round(sum),
                    counter: sum * claim.direction < 0.0,
                    utterance,
                    start: offsets.at(text, span.start),
                    end: offsets.at(text, span.end),
                    quote: span.quote(text).to_owned(),
                });
            }
        }
    }
}

/// Byte offsets to UTF-16 offsets without counting from the start each time.
struct Utf16 {
    ascii: bool,
}

impl Utf16 {
    fn new(text: &str) -> Self {
        Self { ascii: text.is_ascii() }
    }

    fn at(&mut self, text: &str, byte: usize) -> usize {
        if self.ascii { byte } else { text[..byte].encode_utf16().count() }
    }
}
