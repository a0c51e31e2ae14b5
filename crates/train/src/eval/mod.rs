//! How well anybody reads: predictions against the truth, by the same rules for the engine, the baselines and a single annotator.

pub mod baseline;
pub mod card;
pub mod errors;
pub mod metric;
pub mod score;
pub mod sets;

use crate::corpus::Annotation;
use crate::fit::calibrate::Scored;
use metric::{Counts, calibration_error, macro_f1, mean, spearman};
use tuntuma_engine::model::Learned;
use tuntuma_engine::reading::{Corrections, combine};
use tuntuma_engine::{Colour, Reading, Situation};

/// −1, 0 or 1.
pub fn sign(v: f32) -> i8 {
    i8::from(v > 0.0) - i8::from(v < 0.0)
}

/// What a reader says of one customer turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Axis values, any scale.
    pub axes: [f32; 2],
    /// Poles: −1, 0, 1.
    pub poles: [i8; 2],
    /// Situations said to hold.
    pub active: Vec<Situation>,
    /// Situation probabilities, for those who give them.
    pub probabilities: Option<[f32; 8]>,
    /// `agent`, `customer`, `shared`.
    pub lead: String,
    /// Axes (0, 1) and signs newly reached with this turn, for those who say so; otherwise shifts follow from the poles.
    pub shifts: Option<Vec<(usize, i8)>>,
}

impl Prediction {
    /// The colour of the poles.
    pub fn colour(&self) -> Option<Colour> {
        Colour::ALL.into_iter().find(|c| c.signs() == self.poles)
    }
}

impl From<&Reading> for Prediction {
    fn from(reading: &Reading) -> Self {
        let axes = [&reading.axes.energy, &reading.axes.feeling];
        Self {
            axes: axes.map(|a| a.value),
            poles: axes.map(|a| a.pole.map_or(0, tuntuma_engine::Pole::sign)),
            active: reading.active.clone(),
            probabilities: Some(Situation::ALL.map(|s| reading.situations.get(s))),
            lead: reading.lead.name().to_owned(),
            shifts: Some(reading.shifts.iter().map(|s| (s.axis as usize, s.to.sign())).collect()),
        }
    }
}

impl From<&Annotation> for Prediction {
    fn from(label: &Annotation) -> Self {
        let axes = [label.energy, label.feeling];
        Self { axes, poles: axes.map(sign), active: label.types.clone(), probabilities: None, lead: label.lead.clone(), shifts: None }
    }
}

/// A quick line for the trainer: the nets on authors they had not seen.
pub fn unseen_summary(learned: &Learned, scored: &[Scored<'_>]) -> String {
    let none = Corrections::default();
    let (mut p, mut t, mut probabilities) = (Vec::new(), Vec::new(), Vec::new());
    for (out, truth) in scored {
        let Some(gold) = &truth.agreed else { continue };
        let judged = combine::calibrate(learned, out);
        let axes = combine::axes(learned, &judged, &none);
        let pole = |e: &tuntuma_engine::reading::Estimate| e.pole.map_or(0, tuntuma_engine::Pole::sign);
        p.push(Prediction {
            axes: judged.mean,
            poles: [pole(&axes.energy), pole(&axes.feeling)],
            active: combine::situations(learned, &judged, &none).1,
            probabilities: None,
            lead: combine::lead(learned, &judged).name().to_owned(),
            shifts: None,
        });
        probabilities.extend(Situation::ALL.into_iter().zip(judged.situations).map(|(s, q)| (q, gold.types.contains(&s))));
        t.push(Prediction::from(gold));
    }
    let axis = |v: &[Prediction], i: usize| v.iter().map(|x| x.axes[i]).collect::<Vec<_>>();
    let rho = |i: usize| spearman(&axis(&p, i), &axis(&t, i)).unwrap_or(f64::NAN);
    let pole = |i: usize| macro_f1(&p.iter().zip(&t).map(|(a, b)| (a.poles[i], b.poles[i])).collect::<Vec<_>>(), &[-1, 0, 1]).unwrap_or(f64::NAN);
    let colours: Vec<_> = p.iter().zip(&t).map(|(a, b)| (a.colour(), b.colour())).collect();
    let all = [Some(Colour::Red), Some(Colour::Blue), Some(Colour::Yellow), Some(Colour::Green), None];
    let each: Vec<f64> = Situation::ALL.into_iter().map(|s| Counts::of(p.iter().zip(&t).map(|(a, b)| (a.active.contains(&s), b.active.contains(&s)))).f1()).collect();
    let leads: Vec<_> = p.iter().zip(&t).map(|(a, b)| (a.lead.as_str(), b.lead.as_str())).collect();
    format!(
        "unseen authors: n {} energy {:.3}/{:.3} feeling {:.3}/{:.3} colour {:.3} situations {:.3} {:?} lead {:.3} ece {:.3}",
        p.len(),
        rho(0),
        pole(0),
        rho(1),
        pole(1),
        macro_f1(&colours, &all).unwrap_or(f64::NAN),
        mean(&each).unwrap_or(f64::NAN),
        each.iter().map(|f| (f * 100.0).round() / 100.0).collect::<Vec<_>>(),
        macro_f1(&leads, &["agent", "customer", "shared"]).unwrap_or(f64::NAN),
        calibration_error(&probabilities).unwrap_or(f64::NAN)
    )
}
