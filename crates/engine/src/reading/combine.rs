//! From the second layer's outputs to estimates, probabilities and decisions.

use super::{Axes, Axis, Colour, Colours, Corrections, Estimate, Lead, Situation, Situations};
use crate::model::Learned;
use crate::model::net::{NET_OUTPUTS, average, exp, sigmoid, softmax};

/// How far a corrected axis is taken to its side at least.
const CORRECTED: f32 = 0.3;

/// What the second layer says of one utterance, calibrated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Axis means, −1 … 1.
    pub mean: [f32; 2],
    /// Predicted standard deviations of the axes.
    pub deviation: [f32; 2],
    /// Probability of −, 0, + on each axis.
    pub pole: [[f32; 3]; 2],
    /// Calibrated situation probabilities.
    pub situations: [f32; 8],
    /// Lead probabilities agent, customer, shared.
    pub lead: [f32; 3],
}

/// Averages the nets and calibrates. A model that knows nothing gives the prior of no evidence.
pub fn judge(learned: &Learned, input: &[f32], hidden: &mut Vec<f32>) -> Judgement {
    calibrate(learned, &average(&learned.nets, input, hidden))
}

/// Turns averaged raw outputs into a judgement.
pub fn calibrate(learned: &Learned, out: &[f32; NET_OUTPUTS]) -> Judgement {
    let known = !learned.nets.is_empty();
    let platt = |i: usize, logit: f32| learned.platt.get(i).map_or(logit, |(slope, offset)| slope * logit + offset);
    Judgement {
        mean: [out[0].clamp(-1.0, 1.0), out[1].clamp(-1.0, 1.0)],
        deviation: if known { [exp(out[2].clamp(-4.0, 1.0)), exp(out[3].clamp(-4.0, 1.0))] } else { [1.0; 2] },
        pole: [softmax([out[4], out[5], out[6]]), softmax([out[7], out[8], out[9]])],
        situations: if known { std::array::from_fn(|i| sigmoid(platt(i, out[10 + i]))) } else { [0.0; 8] },
        lead: softmax([out[18], out[19], out[20]]),
    }
}

/// The estimates on both axes. The pole is named when the interval clears nought.
pub fn axes(learned: &Learned, judged: &Judgement, corrections: &Corrections) -> Axes {
    let estimate = |i: usize| {
        let axis = Axis::ALL[i];
        let half = learned.interval[i] * judged.deviation[i];
        let mut value = judged.mean[i];
        let (mut low, mut high) = ((value - half).max(-1.0), (value + half).min(1.0));
        if let Some(colour) = corrections.colour {
            let sign = f32::from(colour.signs()[i]);
            value = sign * (value * sign).max(CORRECTED);
            (low, high) = if sign > 0.0 { (low.max(0.01), high.max(value)) } else { (low.min(value), high.min(-0.01)) };
        }
        let sign = i8::from(low > 0.0) - i8::from(high < 0.0);
        Estimate { value: round(value), low: round(low), high: round(high), pole: axis.pole(sign) }
    };
    Axes { energy: estimate(0), feeling: estimate(1) }
}

/// Probability of each colour from the two axes; they add up to 1.
pub fn colours(judged: &Judgement, corrections: &Corrections) -> Colours {
    let side = |i: usize, sign: i8| {
        let pole = judged.pole[i];
        (if sign > 0 { pole[2] } else { pole[0] }) + pole[1] / 2.0
    };
    let p = Colour::ALL.map(|c| match corrections.colour {
        Some(named) => f32::from(u8::from(named == c)),
        None => side(0, c.signs()[0]) * side(1, c.signs()[1]),
    });
    let sum: f32 = p.iter().sum();
    let [red, blue, yellow, green] = p.map(|p| round(p / sum.max(1e-6)));
    Colours { red, blue, yellow, green }
}

/// Situation probabilities and which are active.
pub fn situations(learned: &Learned, judged: &Judgement, corrections: &Corrections) -> (Situations, Vec<Situation>) {
    let mut p = judged.situations.map(round);
    let mut active = Vec::new();
    for (i, situation) in Situation::ALL.into_iter().enumerate() {
        if corrections.struck.contains(&situation) {
            p[i] = 0.0;
        } else if p[i] >= learned.thresholds.get(i).copied().unwrap_or(0.5) {
            active.push(situation);
        }
    }
    (Situations::from_array(p), active)
}

/// Who should lead.
pub fn lead(learned: &Learned, judged: &Judgement) -> Lead {
    let weighted: [f32; 3] = std::array::from_fn(|i| judged.lead[i] * if learned.lead[i] > 0.0 { learned.lead[i] } else { 1.0 });
    if learned.nets.is_empty() {
        return Lead::Shared;
    }
    let best = (0..3).max_by(|&a, &b| weighted[a].total_cmp(&weighted[b])).unwrap_or(2);
    Lead::ALL[best]
}

/// Three decimals: enough for people, and the same bytes everywhere.
pub fn round(x: f32) -> f32 {
    let r = (x * 1000.0).round() / 1000.0;
    if r == 0.0 { 0.0 } else { r }
}
