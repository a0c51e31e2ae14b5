//! What is easy to reach: the majority, word lists, TF-IDF with a linear model trained on the same rows.

use super::{Prediction, sign};
use crate::corpus::{Annotation, Labelled, consensus};
use crate::fit::First as Config;
use crate::fit::first::First;
use crate::fit::rows::{Seen, Step, observe_all};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use tuntuma_engine::model::FIRST_SITUATION;
use tuntuma_engine::text::token::{Kind, Tokens};
use tuntuma_engine::text::tokenise;
use tuntuma_engine::{Engine, Role, Situation, Span};

/// Always the same answer: the most frequent poles and lead of the training rows, no situation.
pub fn majority(train: &[Labelled], turns: usize) -> Vec<Prediction> {
    let truths: Vec<Annotation> = train.iter().flat_map(|l| l.labels.iter().map(|x| consensus(x))).collect();
    let pole = |get: fn(&Annotation) -> f32| most([-1, 0, 1], |s| truths.iter().filter(|t| sign(get(t)) == s).count());
    let poles = [pole(|t| t.energy), pole(|t| t.feeling)];
    let lead = most(["agent", "customer", "shared"], |l| truths.iter().filter(|t| t.lead == l).count());
    vec![Prediction { axes: poles.map(f32::from), poles, active: Vec::new(), probabilities: None, lead: lead.to_owned(), shifts: None }; turns]
}

fn most<T: Copy, const N: usize>(options: [T; N], count: impl Fn(T) -> usize) -> T {
    options.into_iter().max_by_key(|o| count(*o)).unwrap_or(options[0])
}

/// A word list with valences.
pub struct Lexicon(HashMap<String, f32>);

impl Lexicon {
    /// AFINN's tab-separated list, −5 … 5.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn afinn(path: &Path) -> std::io::Result<Self> {
        let text = fs::read_to_string(path)?;
        Ok(Self(text.lines().filter_map(|l| l.split_once('\t')).filter_map(|(w, v)| Some((w.to_lowercase(), v.trim().parse().ok()?))).collect()))
    }

    /// Pattern's Dutch list: polarity −1 … 1, taken times five to stand beside AFINN.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pattern(path: &Path) -> std::io::Result<Self> {
        let text = fs::read_to_string(path)?;
        let attribute = |line: &str, name: &str| line.split(&format!("{name}=\"")).nth(1).and_then(|r| r.split('"').next()).map(str::to_owned);
        let entries = text.lines().filter_map(|l| Some((attribute(l, "form")?.to_lowercase(), attribute(l, "polarity")?.parse::<f32>().ok()? * 5.0)));
        Ok(Self(entries.collect()))
    }

    /// Feeling is how much valence there is, energy how loud it is; bad words make frustrated, good ones pleasant.
    pub fn predict(&self, labelled: &Labelled) -> Vec<Prediction> {
        let turn = |text: &str| {
            let mut tokens = Tokens::default();
            tokenise(text, Span::new(0, text.len()), &mut tokens);
            let values: Vec<f32> = (0..tokens.len()).filter_map(|i| self.0.get(tokens.text(i)).copied()).collect();
            let loud = (0..tokens.len()).filter(|&i| tokens.items[i].kind == Kind::Stop && tokens.text(i).contains('!')).count() as f32;
            let (strength, valence) = (values.iter().map(|v| v.abs()).sum::<f32>(), values.iter().sum::<f32>());
            let poles = [if loud > 0.0 { 1 } else { -1 }, if strength >= 3.0 { 1 } else { -1 }];
            let mut active = Vec::new();
            if valence <= -3.0 {
                active.push(Situation::Frustrated);
            }
            if valence >= 4.0 {
                active.push(Situation::Pleasant);
            }
            Prediction { axes: [loud + 0.1 * strength, strength], poles, active, probabilities: None, lead: "shared".to_owned(), shifts: None }
        };
        labelled.labels.iter().map(|l| turn(&labelled.conversation.turns[l[0].turn].text)).collect()
    }
}

/// TF-IDF of words, word pairs and character n-grams with a linear model.
pub struct Linear {
    layer: First,
    idf: HashMap<u32, f32>,
    thresholds: [f32; 8],
}

impl Linear {
    /// Fits it to the training rows, each turn on its own.
    pub fn fit(engine: &Engine, config: &Config, seed: u64, train: &[Labelled]) -> Self {
        let mut seen: Vec<Seen> = train.iter().map(|l| observe_all(engine, l)).collect();
        let mut documents: BTreeMap<u32, f32> = BTreeMap::new();
        let mut n = 0.0;
        for step in labelled_steps(&seen) {
            n += 1.0;
            for (row, _) in &step.bag {
                *documents.entry(*row).or_default() += 1.0;
            }
        }
        let idf: HashMap<u32, f32> = documents.into_iter().filter(|(_, df)| *df >= 2.0).map(|(row, df)| (row, ((n + 1.0) / (df + 1.0_f32)).ln() + 1.0)).collect();
        for step in seen.iter_mut().flat_map(|s| &mut s.steps) {
            weigh(step, &idf);
        }
        let steps: Vec<&Step> = labelled_steps(&seen).collect();
        let layer = First::fit(&Config { dropout: 0.0, ..config.clone() }, seed, &[], &steps);
        let thresholds = std::array::from_fn(|i| base_rate_threshold(&layer, &steps, i));
        Self { layer, idf, thresholds }
    }

    /// Predicts each turn on its own.
    pub fn predict(&self, engine: &Engine, labelled: &Labelled) -> Vec<Prediction> {
        let mut seen = observe_all(engine, labelled);
        let mut out = Vec::new();
        for step in seen.steps.iter_mut().filter(|s| s.truth.is_some()) {
            weigh(step, &self.idf);
            let s = self.layer.words(step);
            let p: [f32; 8] = std::array::from_fn(|i| 1.0 / (1.0 + (-s[FIRST_SITUATION + i]).exp()));
            let active = Situation::ALL.into_iter().filter(|x| p[*x as usize] >= self.thresholds[*x as usize]).collect();
            let pole = |v: f32| if v.abs() < 0.1 { 0 } else { sign(v) };
            let lead = if s[10] > 0.0 && s[10] >= s[11] {
                "agent"
            } else if s[11] > 0.0 {
                "customer"
            } else {
                "shared"
            };
            out.push(Prediction { axes: [s[0], s[1]], poles: [pole(s[0]), pole(s[1])], active, probabilities: Some(p), lead: lead.to_owned(), shifts: None });
        }
        out
    }
}

fn labelled_steps(seen: &[Seen]) -> impl Iterator<Item = &Step> {
    seen.iter().flat_map(|s| &s.steps).filter(|s| s.role == Role::Customer && s.truth.is_some())
}

/// Weighs a step's features by rarity, at unit length; leaves out cues.
fn weigh(step: &mut Step, idf: &HashMap<u32, f32>) {
    step.cues.clear();
    step.bag.retain(|(row, _)| idf.contains_key(row));
    for (row, value) in &mut step.bag {
        *value *= idf.get(row).copied().unwrap_or(0.0);
    }
    let length = step.bag.iter().map(|(_, v)| v * v).sum::<f32>().sqrt().max(1e-6);
    for (_, value) in &mut step.bag {
        *value /= length;
    }
}

/// The threshold at which the model says a situation as often as the training rows hold it.
fn base_rate_threshold(layer: &First, steps: &[&Step], i: usize) -> f32 {
    let mut p: Vec<f32> = steps.iter().map(|s| 1.0 / (1.0 + (-layer.words(s)[FIRST_SITUATION + i]).exp())).collect();
    let share = steps.iter().filter_map(|s| s.truth.as_ref()).filter(|t| t.first[FIRST_SITUATION + i] > 0.75).count();
    p.sort_by(|a, b| b.total_cmp(a));
    p.get(share).copied().unwrap_or(0.5).min(0.5)
}
