//! The first layer: additive over hashed n-grams and cues, fitted by AdaGrad.

use super::First as Config;
use super::rows::Step;
use fastrand::Rng;
use tuntuma_engine::model::features::ROWS;
use tuntuma_engine::model::{OUTPUTS, Scores};
use tuntuma_engine::reading::memory::{FirstLayer, Peaks};

/// Languages the weights are kept for.
pub const LANGUAGES: usize = 3;

/// The layer while it is fitted, in floating point.
pub struct First {
    /// N-gram weights, row by row.
    pub table: Vec<Scores>,
    /// Weights of cues: for all languages, then each language.
    pub cues: Vec<[Scores; LANGUAGES + 1]>,
    /// Starting values by language.
    pub bias: [Scores; LANGUAGES],
    prior: Vec<Scores>,
    squares: Vec<Scores>,
    cue_squares: Vec<[Scores; LANGUAGES + 1]>,
}

impl First {
    /// Fits the layer to `steps`, which must all carry a truth. Cue weights start at `prior` and are pulled towards it.
    pub fn fit(config: &Config, seed: u64, prior: &[Scores], steps: &[&Step]) -> Self {
        let cues = prior.len();
        let start = |p: &Scores| {
            let mut slots = [[0.0; OUTPUTS]; LANGUAGES + 1];
            slots[0] = *p;
            slots
        };
        let mut layer = Self {
            table: vec![[0.0; OUTPUTS]; ROWS],
            cues: prior.iter().map(start).collect(),
            prior: prior.to_vec(),
            bias: [[0.0; OUTPUTS]; LANGUAGES],
            squares: vec![[1e-2; OUTPUTS]; ROWS],
            cue_squares: vec![[[1e-2; OUTPUTS]; LANGUAGES + 1]; cues],
        };
        layer.start(steps);
        let mut rng = Rng::with_seed(seed);
        let mut order: Vec<usize> = (0..steps.len()).collect();
        for epoch in 0..config.epochs {
            rng.shuffle(&mut order);
            let slow = 1.0 - 0.8 * epoch as f32 / config.epochs as f32;
            for &i in &order {
                layer.step(config, slow, steps[i], &mut rng);
            }
        }
        layer
    }

    /// Starting values: the mean of each output in each language.
    fn start(&mut self, steps: &[&Step]) {
        for (language, bias) in self.bias.iter_mut().enumerate() {
            let whole = steps.iter().filter_map(|s| s.truth.as_ref().filter(|t| t.agreed.is_some()).map(|t| (s.frame.language, &t.first)));
            let own: Vec<&Scores> = whole.filter(|(l, _)| *l == language).map(|(_, t)| t).collect();
            for (k, value) in bias.iter_mut().enumerate() {
                let mean = own.iter().map(|t| t[k]).sum::<f32>() / own.len().max(1) as f32;
                *value = if k < 2 { mean } else { logit(mean.clamp(0.01, 0.99)) };
            }
        }
    }

    fn step(&mut self, config: &Config, slow: f32, step: &Step, rng: &mut Rng) {
        let Some(truth) = &step.truth else { return };
        let language = step.frame.language;
        let kept: Vec<(u32, f32)> = step.bag.iter().filter(|_| rng.f32() >= config.dropout).map(|&(row, v)| (row, v / (1.0 - config.dropout))).collect();
        let mut scores = self.bias[language];
        self.add_words(&kept, &mut scores);
        self.add_cues(&step.cues, language, &mut scores);
        let errors: Scores =
            std::array::from_fn(|k| truth.weight[k] * if k < 2 { config.axis_weight * (scores[k] - truth.first[k]).clamp(-2.0, 2.0) } else { sigmoid(scores[k]) - truth.first[k] });
        for &(row, value) in &kept {
            adagrad(&mut self.table[row as usize], &mut self.squares[row as usize], &errors, value, config.rate * slow, config.decay, &[0.0; OUTPUTS]);
        }
        for &cue in &step.cues {
            let (weights, squares) = (&mut self.cues[cue as usize], &mut self.cue_squares[cue as usize]);
            let nought = [0.0; OUTPUTS];
            for (slot, goal) in [(0, &self.prior[cue as usize]), (language + 1, &nought)] {
                adagrad(&mut weights[slot], &mut squares[slot], &errors, 1.0, config.cue_rate * slow, config.cue_decay, goal);
            }
        }
        for (bias, error) in self.bias[language].iter_mut().zip(&errors) {
            *bias -= 0.005 * slow * error;
        }
    }

    /// The scores of one utterance, as the engine will give them.
    pub fn score(&self, step: &Step) -> FirstLayer {
        let language = step.frame.language;
        let mut cues = [0.0; OUTPUTS];
        self.add_cues(&step.cues, language, &mut cues);
        let peaks = Peaks::of(step.sentences.iter().map(|(bag, cues)| {
            let mut scores = [0.0; OUTPUTS];
            self.add_words(bag, &mut scores);
            self.add_cues(cues, language, &mut scores);
            scores
        }));
        FirstLayer { words: self.words(step), cues, peaks }
    }

    /// The part of the scores that comes from the words alone.
    pub fn words(&self, step: &Step) -> Scores {
        let mut words = self.bias[step.frame.language];
        self.add_words(&step.bag, &mut words);
        words
    }

    fn add_words(&self, bag: &[(u32, f32)], scores: &mut Scores) {
        for &(row, value) in bag {
            axpy(value, &self.table[row as usize], scores);
        }
    }

    fn add_cues(&self, cues: &[u16], language: usize, scores: &mut Scores) {
        for &cue in cues {
            axpy(1.0, &self.cues[cue as usize][0], scores);
            axpy(1.0, &self.cues[cue as usize][language + 1], scores);
        }
    }

    /// The table as bytes and what each output's bytes are multiplied by.
    pub fn quantise(&self) -> (Vec<i8>, Scores) {
        let mut top = [1e-6_f32; OUTPUTS];
        for row in &self.table {
            for (top, w) in top.iter_mut().zip(row) {
                *top = top.max(w.abs());
            }
        }
        let scale = top.map(|t| t / 127.0);
        let bytes = self.table.iter().flat_map(|row| (0..OUTPUTS).map(|k| (row[k] / scale[k]).round() as i8).collect::<Vec<_>>()).collect();
        (bytes, scale)
    }
}

fn adagrad(weights: &mut Scores, squares: &mut Scores, errors: &Scores, value: f32, rate: f32, decay: f32, goal: &Scores) {
    for k in 0..OUTPUTS {
        let gradient = errors[k] * value + decay * (weights[k] - goal[k]);
        squares[k] += gradient * gradient;
        weights[k] -= rate * gradient / squares[k].sqrt();
    }
}

fn axpy(a: f32, x: &Scores, y: &mut Scores) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn logit(p: f32) -> f32 {
    (p / (1.0 - p)).ln()
}
