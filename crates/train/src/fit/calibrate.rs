//! Calibration and thresholds, from scores the nets gave to authors they had not seen.

use super::rows::Truth;
use tuntuma_engine::model::net::NET_OUTPUTS;
use tuntuma_engine::model::{FIRST_SITUATION, Learned};
use tuntuma_engine::reading::Corrections;
use tuntuma_engine::reading::combine::{axes, calibrate, lead};

/// Raw averaged outputs and the truth.
pub type Scored<'t> = ([f32; NET_OUTPUTS], &'t Truth);

/// Sets Platt scaling, thresholds, interval widths and lead factors.
pub fn fit(learned: &mut Learned, scored: &[Scored<'_>]) {
    learned.platt = (0..8).map(|i| platt(scored, i)).collect();
    learned.thresholds = (0..8).map(|i| threshold(learned, scored, i)).collect();
    learned.lead = lead_factors(learned, scored);
    learned.interval = interval(learned, scored);
}

/// Strength of the pull of a slope towards 1, in turns.
const PULL: f64 = 5.0;

/// Slope and offset of one situation's logit by Newton's method on the log loss, with soft targets.
fn platt(scored: &[Scored<'_>], i: usize) -> (f32, f32) {
    let (mut a, mut b) = (1.0_f64, 0.0_f64);
    for _ in 0..30 {
        // A pull towards doing nothing keeps rare situations from running away.
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (PULL * (a - 1.0), 0.1 * b, PULL, 0.0, 0.1);
        for (out, truth) in scored {
            let x = f64::from(out[10 + i]);
            let y = share(truth, i);
            let p = 1.0 / (1.0 + (-(a * x + b)).exp());
            let (g, h) = (p - y, p * (1.0 - p));
            ga += g * x;
            gb += g;
            haa += h * x * x;
            hab += h * x;
            hbb += h;
        }
        let det = haa * hbb - hab * hab;
        a -= ((hbb * ga - hab * gb) / det).clamp(-0.5, 0.5);
        b -= ((haa * gb - hab * ga) / det).clamp(-0.5, 0.5);
    }
    (a as f32, b as f32)
}

/// The share of annotators who name the situation: what a probability promises is that a reader would name it.
fn share(truth: &Truth, i: usize) -> f64 {
    f64::from(truth.first[FIRST_SITUATION + i])
}

/// The lowest probability that makes a situation active: below it a reading would be wrong four times out of five, which no busy agent forgives.
const FLOOR: i32 = 20;

/// The threshold with the best F1, not below the floor.
fn threshold(learned: &Learned, scored: &[Scored<'_>], i: usize) -> f32 {
    let rows: Vec<(f32, f32)> = scored.iter().map(|(out, truth)| (calibrate(learned, out).situations[i], share(truth, i) as f32)).collect();
    let f1 = |t: f32| {
        let (mut tp, mut wrong) = (0.0, 0.0);
        for &(p, y) in &rows {
            let named = f32::from(u8::from(p >= t));
            tp += named * y;
            wrong += (named - y).abs();
        }
        2.0 * tp / (2.0 * tp + wrong).max(1.0)
    };
    // A mean over neighbours, so that one lucky step does not decide.
    let smooth = |k: i32| (-2..=2).map(|d| f1((k + d) as f32 / 100.0)).sum::<f32>();
    (FLOOR..70).max_by(|&a, &b| smooth(a).total_cmp(&smooth(b))).map_or(0.5, |k| k as f32 / 100.0)
}

/// The macro-averaged F1 of predicted against true classes.
fn macro_f1(pairs: &[(usize, usize)], classes: usize) -> f32 {
    let mut sum = 0.0;
    let mut n = 0.0;
    for c in 0..classes {
        let count = |f: &dyn Fn(&(usize, usize)) -> bool| pairs.iter().filter(|p| f(p)).count() as f32;
        let (tp, fp, fneg) = (count(&|p| p.0 == c && p.1 == c), count(&|p| p.0 == c && p.1 != c), count(&|p| p.0 != c && p.1 == c));
        if tp + fneg > 0.0 {
            sum += 2.0 * tp / (2.0 * tp + fp + fneg);
            n += 1.0;
        }
    }
    sum / f32::max(n, 1.0)
}

fn lead_factors(learned: &mut Learned, scored: &[Scored<'_>]) -> [f32; 3] {
    let grid = [0.5, 0.65, 0.8, 1.0, 1.25, 1.5, 1.9];
    let mut best = (0.0, [1.0; 3]);
    for a in grid {
        for c in grid {
            learned.lead = [a, c, 1.0];
            let pairs: Vec<_> = scored
                .iter()
                .filter_map(|(out, truth)| {
                    let gold = ["agent", "customer", "shared"].iter().position(|l| *l == truth.agreed.as_ref().map_or("", |g| g.lead.as_str()))?;
                    Some((lead(learned, &calibrate(learned, out)) as usize, gold))
                })
                .collect();
            let f = macro_f1(&pairs, 3);
            if f > best.0 {
                best = (f, learned.lead);
            }
        }
    }
    best.1
}

/// Interval widths with the best mean of pole and colour macro-F1: the doubt that serves the decision.
fn interval(learned: &mut Learned, scored: &[Scored<'_>]) -> [f32; 2] {
    let grid: Vec<f32> = (1..=16).map(|k| k as f32 * 0.1).collect();
    let none = Corrections::default();
    let mut best = (0.0, [0.5, 0.5]);
    for &e in &grid {
        for &f in &grid {
            learned.interval = [e, f];
            let mut pairs = [Vec::new(), Vec::new(), Vec::new()];
            for (out, truth) in scored {
                let Some(gold) = &truth.agreed else { continue };
                let read = axes(learned, &calibrate(learned, out), &none);
                let sign = |v: f32| (v > 0.0) as usize + usize::from(v >= 0.0);
                let own = [read.energy.pole, read.feeling.pole].map(|p| p.map_or(1, |p| (p.sign() + 1) as usize));
                let true_ = [sign(gold.energy), sign(gold.feeling)];
                pairs[0].push((own[0], true_[0]));
                pairs[1].push((own[1], true_[1]));
                pairs[2].push((colour(own), colour(true_)));
            }
            let score = macro_f1(&pairs[0], 3) + macro_f1(&pairs[1], 3) + 2.0 * macro_f1(&pairs[2], 5);
            if score > best.0 {
                best = (score, [e, f]);
            }
        }
    }
    best.1
}

fn colour(signs: [usize; 2]) -> usize {
    match signs {
        [2, 2] => 0,
        [0, 0] => 1,
        [2, 0] => 2,
        [0, 2] => 3,
        _ => 4,
    }
}
