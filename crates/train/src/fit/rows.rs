//! Conversations observed once: what the layers train on.

use crate::corpus::{Annotation, Labelled, consensus};
use tuntuma_engine::data::CueData;
use tuntuma_engine::model::features::Feature;
use tuntuma_engine::model::{FIRST_SITUATION, OUTPUTS, Scores, norm};
use tuntuma_engine::reading::memory::Frame;
use tuntuma_engine::reading::observe::{Observation, Setting, observe};
use tuntuma_engine::{Channel, Engine, Role, Situation};

/// A conversation observed.
pub struct Seen {
    /// Who wrote it.
    pub author: String,
    /// Its utterances of customer and agent, in order.
    pub steps: Vec<Step>,
}

/// Scaled features and distinct cues of one sentence.
pub type Sentence = (Vec<(u32, f32)>, Vec<u16>);

/// One utterance observed, with its targets when it is a labelled customer turn.
pub struct Step {
    /// Who said it.
    pub role: Role,
    /// What it offers.
    pub seen: Observation,
    /// When, in seconds.
    pub at: Option<i64>,
    /// What is fixed for the conversation.
    pub frame: Frame,
    /// Features counted, each scaled as the engine will scale it.
    pub bag: Vec<(u32, f32)>,
    /// Distinct cues.
    pub cues: Vec<u16>,
    /// Features and cues of each sentence.
    pub sentences: Vec<Sentence>,
    /// What the annotators say.
    pub truth: Option<Truth>,
}

/// Targets of one customer turn.
#[derive(Debug, Clone, Default)]
pub struct Truth {
    /// First-layer targets: axes −1 … 1, everything else the share of annotators who say so.
    pub first: Scores,
    /// Share of annotators on −, 0, + for each axis.
    pub pole: [[f32; 3]; 2],
    /// Share of annotators on agent, customer, shared.
    pub lead: [f32; 3],
    /// How much each first-layer target counts; nought where nothing is known.
    pub weight: Scores,
    /// What they agree on.
    pub agreed: Option<Annotation>,
}

impl Truth {
    fn new(labels: &[Annotation]) -> Self {
        let n = labels.len() as f32;
        let share = |f: &dyn Fn(&Annotation) -> bool| labels.iter().filter(|l| f(l)).count() as f32 / n;
        let mean = |f: fn(&Annotation) -> f32| labels.iter().map(f).sum::<f32>() / n / 2.0;
        let mut first = [0.0; OUTPUTS];
        first[0] = mean(|l| l.energy);
        first[1] = mean(|l| l.feeling);
        for (i, situation) in Situation::ALL.into_iter().enumerate() {
            first[FIRST_SITUATION + i] = share(&|l| l.types.contains(&situation));
        }
        let lead = ["agent", "customer", "shared"].map(|who| share(&|l| l.lead == who));
        first[10] = lead[0];
        first[11] = lead[1];
        let pole = [
            [share(&|l| l.energy < 0.0), share(&|l| l.energy == 0.0), share(&|l| l.energy > 0.0)],
            [share(&|l| l.feeling < 0.0), share(&|l| l.feeling == 0.0), share(&|l| l.feeling > 0.0)],
        ];
        (first[12], first[13], first[14], first[15]) = (pole[0][2], pole[0][0], pole[1][2], pole[1][0]);
        Self { first, pole, lead, weight: [1.0; OUTPUTS], agreed: Some(consensus(labels)) }
    }
}

/// Observes a labelled conversation.
pub fn observe_all(engine: &Engine, labelled: &Labelled) -> Seen {
    let c = &labelled.conversation;
    let hint = c.lang.as_deref().and_then(|code| engine.language(code));
    let mut steps = Vec::new();
    for (turn, said) in c.turns.iter().enumerate() {
        if !matches!(said.role, Role::Customer | Role::Agent) {
            continue;
        }
        let mut seen = Observation::default();
        observe(engine, said.role, &said.text, Setting { channel: c.channel, region: c.region.as_deref(), hint, last: None }, &mut seen);
        let labels = labelled.labels.iter().find(|l| l[0].turn == turn);
        steps.push(Step {
            role: said.role,
            at: said.timestamp().map(|t| t.as_second()),
            frame: Frame { channel: c.channel, language: hint.unwrap_or(0), flemish: c.region.as_deref() == Some("BE") },
            bag: bag(&seen.features),
            cues: seen.cues().collect(),
            sentences: sentences(&seen),
            truth: labels.filter(|_| said.role == Role::Customer).map(|l| Truth::new(l)),
            seen,
        });
    }
    Seen { author: labelled.meta.author.clone(), steps }
}

/// First-layer targets of a cue: towards the pole or the situation it bears on; nought elsewhere.
pub fn bearing(cue: &CueData) -> Scores {
    let mut toward = [0.0; OUTPUTS];
    for b in &cue.bears_on {
        match (b.on.as_str(), b.toward.as_deref()) {
            ("energy", Some(pole)) => (toward[0], toward[if pole == "extravert" { 12 } else { 13 }]) = (if pole == "extravert" { 1.0 } else { -1.0 }, 1.0),
            ("feeling", Some(pole)) => (toward[1], toward[if pole == "emotional" { 14 } else { 15 }]) = (if pole == "emotional" { 1.0 } else { -1.0 }, 1.0),
            (situation, _) => {
                if let Some(i) = Situation::ALL.into_iter().position(|s| s.name() == situation) {
                    toward[FIRST_SITUATION + i] = 1.0;
                }
            }
        }
    }
    toward
}

/// The examples of the wording files as weakly labelled turns: each says only what its cue bears on.
pub fn examples(engine: &Engine, weight: f32) -> Vec<Step> {
    let mut steps = Vec::new();
    for (language, data) in engine.pack().languages.iter().enumerate() {
        for wording in &data.cues {
            let Some(cue) = engine.pack().cues.iter().find(|c| c.id == wording.of) else { continue };
            let toward = bearing(cue);
            for text in wording.patterns.iter().flat_map(|p| &p.flags) {
                steps.push(example(engine, language, &text.text, &toward, weight));
            }
        }
    }
    steps
}

fn example(engine: &Engine, language: usize, text: &str, toward: &Scores, weight: f32) -> Step {
    let mut seen = Observation::default();
    let channel = Channel::Chat;
    observe(engine, Role::Customer, text, Setting { channel, region: None, hint: Some(language), last: None }, &mut seen);
    let mut truth = Truth { weight: toward.map(|t| if t == 0.0 { 0.0 } else { weight }), ..Truth::default() };
    for (k, t) in toward.iter().enumerate() {
        truth.first[k] = if k < FIRST_SITUATION { 0.6 * t } else { 0.8 * t };
    }
    Step {
        role: Role::Customer,
        at: None,
        frame: Frame { channel, language, flemish: false },
        bag: bag(&seen.features),
        cues: seen.cues().collect(),
        sentences: Vec::new(), // Examples teach the first layer alone.
        truth: Some(truth),
        seen,
    }
}

fn sentences(seen: &Observation) -> Vec<Sentence> {
    seen.sentences().map(|(tokens, features)| (bag(features), seen.cues_within(tokens).collect())).collect()
}

fn bag(features: &[Feature]) -> Vec<(u32, f32)> {
    let mut rows: Vec<u32> = features.iter().map(|f| f.row).collect();
    let scale = norm(rows.len());
    rows.sort_unstable();
    let mut bag: Vec<(u32, f32)> = Vec::new();
    for row in rows {
        match bag.last_mut() {
            Some((last, value)) if *last == row => *value += scale,
            _ => bag.push((row, scale)),
        }
    }
    bag
}
