//! The turns that are read worst, for people to read and group.

use super::card::read;
use super::sets::Set;
use super::{Prediction, score::Judged};
use crate::corpus::Annotation;
use std::fmt::Write;
use tuntuma_engine::{Colour, Engine, Situation};

struct Miss<'l> {
    badness: f32,
    id: &'l str,
    text: &'l str,
    truth: &'l Annotation,
    read: &'l Prediction,
}

/// The `count` worst turns of all sets as Markdown: worst is the distance on both axes plus the distance of every situation's probability.
pub fn worst(engine: &Engine, sets: &[Set], count: usize) -> String {
    let judged: Vec<Judged<'_>> = sets.iter().flat_map(|set| read(engine, &set.labelled)).collect();
    let mut misses: Vec<Miss<'_>> = judged.iter().flat_map(misses).collect();
    misses.sort_by(|a, b| b.badness.total_cmp(&a.badness).then_with(|| (a.id, a.truth.turn).cmp(&(b.id, b.truth.turn))));
    misses.truncate(count);
    let mut out = String::new();
    for miss in &misses {
        let _ = writeln!(out, "- **{} · {}** {}", miss.id, miss.truth.turn, miss.text.split_whitespace().collect::<Vec<_>>().join(" "));
        let _ = writeln!(out, "  said {}; read {}", said(&Prediction::from(miss.truth)), said(miss.read));
    }
    out
}

fn misses<'j>(judged: &'j Judged<'j>) -> impl Iterator<Item = Miss<'j>> {
    judged.truth.iter().zip(&judged.predicted).map(|(truth, read)| Miss {
        badness: badness(truth, read),
        id: &judged.labelled.conversation.id,
        text: judged.labelled.conversation.turns.get(truth.turn).map_or("", |t| &t.text),
        truth,
        read,
    })
}

fn badness(truth: &Annotation, read: &Prediction) -> f32 {
    let axes = (truth.energy / 2.0 - read.axes[0]).abs() + (truth.feeling / 2.0 - read.axes[1]).abs();
    let situations = |q: &[f32; 8]| Situation::ALL.into_iter().map(|s| (f32::from(u8::from(truth.types.contains(&s))) - q[s as usize]).abs()).sum::<f32>();
    axes + read.probabilities.as_ref().map_or(0.0, situations)
}

fn said(p: &Prediction) -> String {
    let colour = p.colour().map_or("no colour", Colour::name);
    let active: Vec<&str> = p.active.iter().map(|s| s.name()).collect();
    format!("{colour}, {}", if active.is_empty() { "nothing".to_owned() } else { active.join(", ") })
}
