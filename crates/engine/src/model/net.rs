//! The second layer: one hidden layer over the current scores, the running state and the form of the utterance.

use serde::{Deserialize, Serialize};

/// Outputs of a net: two axis means, two log deviations, two times three pole logits (−, 0, +), eight situation logits, three lead logits.
pub const NET_OUTPUTS: usize = 21;

/// A dense layer pair with `tanh` between, stored row by row.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Net {
    /// Inputs.
    pub inputs: usize,
    /// Hidden units.
    pub hidden: usize,
    /// `hidden × inputs` weights.
    pub first: Vec<f32>,
    /// `hidden` offsets.
    pub first_bias: Vec<f32>,
    /// `NET_OUTPUTS × (hidden + inputs)` weights: the outputs see the inputs directly too.
    pub second: Vec<f32>,
    /// `NET_OUTPUTS` offsets.
    pub second_bias: Vec<f32>,
}

impl Net {
    /// Adds the outputs for `input` to `out`.
    fn add_to(&self, input: &[f32], hidden: &mut Vec<f32>, out: &mut [f32; NET_OUTPUTS]) {
        hidden.clear();
        hidden.extend(self.first.chunks_exact(self.inputs).zip(&self.first_bias).map(|(row, b)| tanh(dot(row, input) + b)));
        let width = self.hidden + self.inputs;
        for ((row, b), out) in self.second.chunks_exact(width).zip(&self.second_bias).zip(out) {
            *out += dot(&row[..self.hidden], hidden) + dot(&row[self.hidden..], input) + b;
        }
    }
}

/// The mean of the nets' outputs; nought without nets.
pub fn average(nets: &[Net], input: &[f32], hidden: &mut Vec<f32>) -> [f32; NET_OUTPUTS] {
    let mut out = [0.0; NET_OUTPUTS];
    for net in nets {
        net.add_to(input, hidden, &mut out);
    }
    out.map(|sum| sum / nets.len().max(1) as f32)
}

/// A dot product in eight lanes, always added up in the same order.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let ((a8, a_rest), (b8, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    for (x, y) in a8.iter().zip(b8) {
        for i in 0..8 {
            lanes[i] += x[i] * y[i];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    let pair = |i: usize| lanes[i] + lanes[i + 4];
    (pair(0) + pair(2)) + (pair(1) + pair(3)) + rest
}

/// A rational `tanh`, exact to about 1e-4 and the same on every machine, unlike the platform's.
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.9, 4.9);
    let s = x * x;
    let top = x * (135_135.0 + s * (17_325.0 + s * (378.0 + s)));
    let bottom = 135_135.0 + s * (62_370.0 + s * (3_150.0 + 28.0 * s));
    (top / bottom).clamp(-1.0, 1.0)
}

/// The logistic function by way of [`tanh`].
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// `e^x` for the softmax and the deviations, the same on every machine.
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-20.0, 20.0);
    let n = (x * std::f32::consts::LOG2_E).round();
    let r = x - n * std::f32::consts::LN_2;
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))));
    series * f32::from_bits((((n as i32) + 127) as u32) << 23)
}

/// Probabilities from logits.
pub fn softmax<const N: usize>(logits: [f32; N]) -> [f32; N] {
    let top = logits.iter().copied().fold(f32::MIN, f32::max);
    let e = logits.map(|l| exp(l - top));
    let sum: f32 = e.iter().sum();
    e.map(|v| v / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn approximations_are_close_to_the_real_functions() {
        for i in -60..=60 {
            let x = i as f32 / 10.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-4, "tanh {x}");
            assert!((exp(x) - x.exp()).abs() / x.exp() < 1e-4, "exp {x}");
        }
    }

    #[test]
    fn a_dot_product_does_not_lose_the_tail() {
        let a: Vec<f32> = (0..19).map(|i| i as f32).collect();
        assert!((dot(&a, &a) - a.iter().map(|x| x * x).sum::<f32>()).abs() < 1e-3);
    }
}
