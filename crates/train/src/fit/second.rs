//! The second layer: small nets over the scores, the running state and the form, fitted by Adam.

use super::Second as Config;
use super::rows::{Seen, Truth};
use fastrand::Rng;
use rayon::prelude::*;
use tuntuma_engine::model::net::{NET_OUTPUTS, Net, dot, tanh};
use tuntuma_engine::reading::memory::{FirstLayer, INPUTS, Memory};
use tuntuma_engine::{Engine, Role};

/// One training row: inputs of the second layer and what should come out.
pub struct Row {
    /// Inputs.
    pub input: Vec<f32>,
    /// Targets.
    pub truth: Truth,
    /// Index of the author's fold.
    pub fold: usize,
    /// Index of the conversation.
    pub conversation: usize,
}

/// Folds the conversations with given first-layer scores into rows.
pub fn rows(engine: &Engine, seen: &[Seen], fold_of: &dyn Fn(&str) -> usize, score: &dyn Fn(usize, usize) -> FirstLayer) -> Vec<Row> {
    let mut out = Vec::new();
    for (c, conversation) in seen.iter().enumerate() {
        let mut memory = Memory::default();
        for (s, step) in conversation.steps.iter().enumerate() {
            if step.role == Role::Agent {
                memory.agent(engine, &step.seen, step.at);
                continue;
            }
            let scores = score(c, s);
            let mut input = Vec::with_capacity(INPUTS);
            memory.inputs(&step.seen, &scores, step.frame, step.at, &mut input);
            memory.customer(&step.seen, &scores, step.at);
            if let Some(truth) = &step.truth {
                out.push(Row { input, truth: truth.clone(), fold: fold_of(&conversation.author), conversation: c });
            }
        }
    }
    out
}

/// Fits the ensemble to `rows`, net by net in parallel; each net is the same whatever the number of threads.
pub fn fit(config: &Config, seed: u64, rows: &[&Row]) -> Vec<Net> {
    let (mean, scale) = standardise(rows);
    let inputs: Vec<Vec<f32>> = rows.iter().map(|r| r.input.iter().zip(&mean).zip(&scale).map(|((x, m), s)| (x - m) * s).collect()).collect();
    (0..config.nets).into_par_iter().map(|n| unstandardise(fit_one(config, seed + n as u64 * 7919, rows, &inputs), &mean, &scale)).collect()
}

fn standardise(rows: &[&Row]) -> (Vec<f32>, Vec<f32>) {
    let n = rows.len() as f32;
    let mean: Vec<f32> = (0..INPUTS).map(|i| rows.iter().map(|r| r.input[i]).sum::<f32>() / n).collect();
    let scale = (0..INPUTS).map(|i| rows.iter().map(|r| (r.input[i] - mean[i]).powi(2)).sum::<f32>() / n).map(|v| if v < 1e-6 { 0.0 } else { 1.0 / v.sqrt() }).collect();
    (mean, scale)
}

/// Folds the standardisation into the weights, so that the engine need not know of it.
fn unstandardise(mut net: Net, mean: &[f32], scale: &[f32]) -> Net {
    let fold = |row: &mut [f32], bias: &mut f32| {
        for ((w, m), s) in row.iter_mut().zip(mean).zip(scale) {
            *w *= s;
            *bias -= *w * m;
        }
    };
    for (row, bias) in net.first.chunks_exact_mut(net.inputs).zip(&mut net.first_bias) {
        fold(row, bias);
    }
    let (hidden, width) = (net.hidden, net.hidden + net.inputs);
    for (row, bias) in net.second.chunks_exact_mut(width).zip(&mut net.second_bias) {
        fold(&mut row[hidden..], bias);
    }
    net
}

struct Adam {
    m: Vec<f32>,
    v: Vec<f32>,
    g: Vec<f32>,
}

impl Adam {
    fn new(n: usize) -> Self {
        Self { m: vec![0.0; n], v: vec![0.0; n], g: vec![0.0; n] }
    }

    fn apply(&mut self, weights: &mut [f32], rate: f32, decay: f32, t: i32) {
        let (c1, c2) = (1.0 - 0.9_f32.powi(t), 1.0 - 0.999_f32.powi(t));
        for (((w, g), m), v) in weights.iter_mut().zip(&mut self.g).zip(&mut self.m).zip(&mut self.v) {
            *m = 0.9 * *m + 0.1 * *g;
            *v = 0.999 * *v + 0.001 * *g * *g;
            *w -= rate * (*m / c1 / ((*v / c2).sqrt() + 1e-8) + decay * *w);
            *g = 0.0;
        }
    }
}

const BATCH: usize = 32;

fn fit_one(config: &Config, seed: u64, rows: &[&Row], inputs: &[Vec<f32>]) -> Net {
    let mut rng = Rng::with_seed(seed);
    let mut net = start(config, &mut rng);
    let width = net.hidden + net.inputs;
    let (mut first, mut first_b) = (Adam::new(net.first.len()), Adam::new(net.hidden));
    let (mut second, mut second_b) = (Adam::new(net.second.len()), Adam::new(NET_OUTPUTS));
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let steps = config.epochs * rows.len().div_ceil(BATCH);
    let mut t = 0;
    for _ in 0..config.epochs {
        rng.shuffle(&mut order);
        for batch in order.chunks(BATCH) {
            t += 1;
            let share = 1.0 / batch.len() as f32;
            for &i in batch {
                let input: Vec<f32> = inputs[i].iter().map(|x| if rng.f32() < config.dropout * 0.5 { 0.0 } else { x + config.noise * gauss(&mut rng) }).collect();
                let mask: Vec<f32> = (0..net.hidden).map(|_| if rng.f32() < config.dropout { 0.0 } else { 1.0 / (1.0 - config.dropout) }).collect();
                let raw: Vec<f32> = net.first.chunks_exact(net.inputs).zip(&net.first_bias).map(|(w, b)| tanh(dot(w, &input) + b)).collect();
                let hidden: Vec<f32> = raw.iter().zip(&mask).map(|(h, m)| h * m).collect();
                let mut out = [0.0; NET_OUTPUTS];
                for ((w, b), out) in net.second.chunks_exact(width).zip(&net.second_bias).zip(&mut out) {
                    *out = dot(&w[..net.hidden], &hidden) + dot(&w[net.hidden..], &input) + b;
                }
                let errors = errors(&out, &rows[i].truth);
                let mut back = vec![0.0; net.hidden];
                for (k, error) in errors.iter().enumerate() {
                    let e = error * share;
                    let (w, g) = (&net.second[k * width..(k + 1) * width], &mut second.g[k * width..(k + 1) * width]);
                    for j in 0..net.hidden {
                        g[j] += e * hidden[j];
                        back[j] += e * w[j];
                    }
                    for (g, x) in g[net.hidden..].iter_mut().zip(&input) {
                        *g += e * x;
                    }
                    second_b.g[k] += e;
                }
                for j in 0..net.hidden {
                    let e = back[j] * mask[j] * (1.0 - raw[j] * raw[j]);
                    for (g, x) in first.g[j * net.inputs..(j + 1) * net.inputs].iter_mut().zip(&input) {
                        *g += e * x;
                    }
                    first_b.g[j] += e;
                }
            }
            let rate = config.rate * (1.0 - 0.95 * t as f32 / steps as f32);
            first.apply(&mut net.first, rate, config.decay, t);
            first_b.apply(&mut net.first_bias, rate, 0.0, t);
            second.apply(&mut net.second, rate, config.decay, t);
            second_b.apply(&mut net.second_bias, rate, 0.0, t);
        }
    }
    net
}

fn start(config: &Config, rng: &mut Rng) -> Net {
    let spread = (1.0 / INPUTS as f32).sqrt();
    let mut draw = |n: usize, s: f32| (0..n).map(|_| gauss(rng) * s).collect::<Vec<f32>>();
    Net {
        inputs: INPUTS,
        hidden: config.hidden,
        first: draw(config.hidden * INPUTS, spread),
        first_bias: vec![0.0; config.hidden],
        second: draw(NET_OUTPUTS * (config.hidden + INPUTS), 0.02),
        second_bias: vec![0.0; NET_OUTPUTS],
    }
}

/// Gradient of the loss by each output: Gaussian likelihood on the axes, cross-entropy elsewhere.
fn errors(out: &[f32; NET_OUTPUTS], truth: &Truth) -> [f32; NET_OUTPUTS] {
    let mut e = [0.0; NET_OUTPUTS];
    for axis in 0..2 {
        let log_deviation = out[2 + axis].clamp(-2.5, 0.5);
        let variance = (2.0 * log_deviation).exp();
        let miss = out[axis] - truth.first[axis];
        // The mean learns from the plain square as well, so that hard rows are not written off as doubtful.
        e[axis] = (0.5 * miss / variance).clamp(-3.0, 3.0) + miss;
        e[2 + axis] = 0.3 * (1.0 - miss * miss / variance).clamp(-3.0, 3.0);
        let p = softmax(&out[4 + 3 * axis..7 + 3 * axis]);
        for c in 0..3 {
            e[4 + 3 * axis + c] = p[c] - truth.pole[axis][c];
        }
    }
    for i in 0..8 {
        e[10 + i] = 1.0 / (1.0 + (-out[10 + i]).exp()) - truth.first[2 + i];
    }
    let p = softmax(&out[18..21]);
    for c in 0..3 {
        e[18 + c] = p[c] - truth.lead[c];
    }
    e
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let top = logits.iter().copied().fold(f32::MIN, f32::max);
    let e: Vec<f32> = logits.iter().map(|l| (l - top).exp()).collect();
    let sum: f32 = e.iter().sum();
    e.iter().map(|x| x / sum).collect()
}

fn gauss(rng: &mut Rng) -> f32 {
    let (u, v) = (rng.f32().max(1e-7), rng.f32());
    (-2.0 * u.ln()).sqrt() * (std::f32::consts::TAU * v).cos()
}
