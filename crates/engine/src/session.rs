//! One conversation, live: push utterances, get readings.

use crate::conversation::{Channel, Conversation, Role, Utterance};
use crate::engine::{Engine, Opening};
use crate::error::Error;
use crate::model::{OUTPUTS, Scores};
use crate::reading::memory::{FirstLayer, Frame, Memory, Peaks};
use crate::reading::observe::{Observation, Setting, observe};
use crate::reading::{AskNow, Axes, Axis, Colour, Colours, Corrections, Estimate, Lead, Pole, Reading, Shift, Situation, Situations, Versions, combine, evidence};
use crate::text::language::greeted_in;
use crate::text::token::Kind;
use std::collections::BTreeMap;

/// Region words of one country that must outweigh the other's by this factor before a region is inferred.
const REGION_MARGIN: usize = 3;
/// Customer utterances after which a colour that will not show is no longer asked for.
const ASK_UNTIL: usize = 4;

/// What the agent sets right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correction {
    /// "No, rather this colour."
    Colour(Colour),
    /// "That situation does not hold."
    Strike(Situation),
    /// Takes all corrections back.
    Clear,
}

/// The live state of one conversation.
pub struct Session<'e> {
    engine: &'e Engine,
    opening: Opening,
    hint: Option<usize>,
    language: Option<usize>,
    utterances: usize,
    memory: Memory,
    poles: [Option<Pole>; 2],
    corrections: Corrections,
    taps: Vec<usize>,
    last_agent: Option<(usize, Option<String>)>,
    region_counts: BTreeMap<String, usize>,
    seen: Observation,
    inputs: Vec<f32>,
    hidden: Vec<f32>,
}

impl<'e> Session<'e> {
    pub(crate) fn new(engine: &'e Engine, opening: Opening) -> Self {
        let hint = opening.language.as_deref().and_then(|code| engine.language(code));
        Self {
            engine,
            opening,
            hint,
            language: hint,
            utterances: 0,
            memory: Memory::default(),
            poles: [None; 2],
            corrections: Corrections::default(),
            taps: Vec::new(),
            last_agent: None,
            region_counts: BTreeMap::new(),
            seen: Observation::default(),
            inputs: Vec::new(),
            hidden: Vec::new(),
        }
    }

    /// Takes in the next utterance; a customer's gives a reading.
    pub fn push(&mut self, said: &Utterance) -> Option<Reading> {
        let index = self.utterances;
        self.utterances += 1;
        let at = said.timestamp().map(jiff::Timestamp::as_second);
        match said.role {
            Role::Customer => {
                self.observe(Role::Customer, &said.text);
                Some(self.read(&said.text, index, at))
            }
            Role::Agent => {
                self.observe(Role::Agent, &said.text);
                self.memory.agent(self.engine, &self.seen, at);
                self.last_agent = Some((index, self.main_move()));
                None
            }
            Role::Bot | Role::System => None,
        }
    }

    /// An observation without text, made by the agent; counts with the next customer utterance.
    ///
    /// # Errors
    /// When there is no such tap.
    pub fn tap(&mut self, tap: &str) -> Result<(), Error> {
        let known = &self.engine.pack().taps;
        let index = known.iter().position(|t| t.id == tap).ok_or_else(|| {
            let list: Vec<_> = known.iter().map(|t| t.id.as_str()).collect();
            Error::file("tap", format!("no tap `{tap}`")).hint(format!("one of {}", list.join(", ")))
        })?;
        self.taps.push(index);
        Ok(())
    }

    /// The agent knows better: holds for this conversation from the next reading on.
    pub fn correct(&mut self, correction: Correction) {
        match correction {
            Correction::Colour(colour) => {
                self.corrections.colour = Some(colour);
                let signs = colour.signs();
                self.poles = [Axis::Energy.pole(signs[0]), Axis::Feeling.pole(signs[1])];
            }
            Correction::Strike(situation) if !self.corrections.struck.contains(&situation) => self.corrections.struck.push(situation),
            Correction::Strike(_) => {}
            Correction::Clear => self.corrections = Corrections::default(),
        }
    }

    /// What the agent corrected so far.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// Reads a whole conversation: the readings after each customer utterance.
    pub fn replay(engine: &'e Engine, conversation: &Conversation) -> Vec<Reading> {
        let mut session =
            engine.open(Opening { id: conversation.id.clone(), language: conversation.lang.clone(), region: conversation.region.clone(), channel: conversation.channel });
        conversation.turns.iter().filter_map(|said| session.push(said)).collect()
    }

    fn observe(&mut self, role: Role, text: &str) {
        let region = self.region();
        let setting = Setting { channel: self.opening.channel, region: region.as_deref(), hint: self.hint, last: self.language };
        observe(self.engine, role, text, setting, &mut self.seen);
        if self.seen.language.is_some() {
            self.language = self.seen.language;
        }
    }

    fn read(&mut self, text: &str, index: usize, at: Option<i64>) -> Reading {
        let Some(language) = self.seen.language else { return self.unread(index) };
        self.count_region_words(language);
        let taps = self.take_taps(language);
        let only_greets = taps.is_empty() && self.corrections.is_empty() && self.only_greets();
        let scores = first_layer(self.engine, &self.seen, language, &taps);
        let frame = Frame { channel: self.opening.channel, language: self.engine.model_language(language), flemish: self.region().as_deref() == Some("BE") };
        self.memory.inputs(&self.seen, &scores, frame, at, &mut self.inputs);
        let learned = &self.engine.model().learned;
        let judged = combine::judge(learned, &self.inputs, &mut self.hidden);
        self.memory.customer(&self.seen, &scores, at);
        if only_greets {
            let nothing = self.blank(index);
            return Reading { ask: self.ask(&nothing.axes, None, &[], language), ..nothing };
        }
        let axes = combine::axes(learned, &judged, &self.corrections);
        let (situations, active) = combine::situations(learned, &judged, &self.corrections);
        let evidence = evidence::collect(self.engine, &self.seen, text, index, &taps, &axes, &active);
        let colour = Colour::of(axes.energy.pole, axes.feeling.pole);
        Reading {
            shifts: self.shifts(&axes),
            ask: self.ask(&axes, colour, &active, language),
            colours: combine::colours(&judged, &self.corrections),
            lead: combine::lead(learned, &judged),
            axes,
            colour,
            situations,
            active,
            evidence,
            ..self.blank(index)
        }
    }

    /// Whether the conversation opens with nothing but a greeting or a number: there is nothing to tell yet (`codebook`, border cases). The greetings of
    /// all languages hold, since so short a text may not show its language.
    fn only_greets(&self) -> bool {
        let tokens = &self.seen.tokens;
        self.memory.customer_turns() == 0 && tokens.items.iter().all(|t| t.kind != Kind::Smiley) && greeted_in(self.engine, tokens).next().is_some()
    }

    /// A reading that says nothing: the frame of every other, and the whole of one in a language that is not read.
    fn blank(&self, index: usize) -> Reading {
        let nothing = Estimate { value: 0.0, low: -1.0, high: 1.0, pole: None };
        let region = self.region();
        Reading {
            conversation: self.opening.id.clone(),
            utterance: index,
            role: Role::Customer,
            language: self.seen.language.map(|l| self.engine.pack().languages[l].code.clone()),
            region_inferred: self.opening.region.is_none() && region.is_some(),
            region,
            axes: Axes { energy: nothing, feeling: nothing },
            colour: None,
            colours: Colours { red: 0.25, blue: 0.25, yellow: 0.25, green: 0.25 },
            situations: Situations::from_array([0.0; 8]),
            active: Vec::new(),
            shifts: Vec::new(),
            lead: Lead::Shared,
            evidence: Vec::new(),
            ask: None,
            corrections: self.corrections.clone(),
            versions: Versions { engine: env!("CARGO_PKG_VERSION").to_owned(), data: self.engine.pack().version.clone(), model: self.engine.model().learned.version.clone() },
        }
    }

    fn unread(&mut self, index: usize) -> Reading {
        self.taps.clear();
        self.blank(index)
    }

    fn take_taps(&mut self, language: usize) -> Vec<(String, Scores)> {
        let pack = self.engine.pack();
        self.taps
            .drain(..)
            .filter_map(|i| {
                let tap = &pack.taps[i];
                let cue = pack.cues.iter().position(|c| c.id == tap.cue)?;
                Some((tap.id.clone(), *self.engine.cue_weights(language, cue)))
            })
            .collect()
    }

    /// A change of pole against the last known pole of the axis.
    fn shifts(&mut self, axes: &Axes) -> Vec<Shift> {
        let mut shifts = Vec::new();
        for (i, axis) in Axis::ALL.into_iter().enumerate() {
            let Some(pole) = axes.get(axis).pole else { continue };
            if let Some(from) = self.poles[i]
                && from != pole
            {
                let (after_utterance, agent_move) = self.last_agent.clone().map_or((None, None), |(at, kind)| (Some(at), kind));
                shifts.push(Shift { axis, from, to: pole, after_utterance, agent_move });
            }
            self.poles[i] = Some(pole);
        }
        shifts
    }

    /// The question that would tell most, while it is early and the colour does not show.
    fn ask(&self, axes: &Axes, colour: Option<Colour>, active: &[Situation], language: usize) -> Option<AskNow> {
        if colour.is_some() || !active.is_empty() || self.memory.customer_turns() > ASK_UNTIL {
            return None;
        }
        let tells = match (axes.energy.pole, axes.feeling.pole) {
            (None, None) => "both",
            (None, _) => "energy",
            _ => "feeling",
        };
        let pack = self.engine.pack();
        let code = &pack.languages[language].code;
        let fits: Vec<_> = pack.asks.iter().filter(|ask| ask.tells == tells).collect();
        let ask = fits.get((self.memory.customer_turns() - 1) % fits.len().max(1))?;
        let local = self.region().map(|r| format!("{code}-{r}"));
        let say = local.and_then(|l| ask.say.get(&l)).or_else(|| ask.say.get(code))?;
        Some(AskNow { id: ask.id.clone(), tells: tells.to_owned(), say: say.clone() })
    }

    /// The move of the agent's utterance that says most about what came next.
    fn main_move(&self) -> Option<String> {
        let moves = &self.engine.pack().moves;
        self.seen.hits.iter().map(|hit| &moves[hit.of as usize]).min_by_key(|m| m.rank).map(|m| m.id.clone())
    }

    fn count_region_words(&mut self, language: usize) {
        for (region, words) in &self.engine.pack().languages[language].region_words {
            let count = (0..self.seen.tokens.len()).filter(|&i| words.iter().any(|w| w == self.seen.tokens.text(i))).count();
            if count > 0 {
                *self.region_counts.entry(region.clone()).or_default() += count;
            }
        }
    }

    /// The region as given, or inferred once its words clearly outweigh the others'.
    fn region(&self) -> Option<String> {
        if self.opening.region.is_some() {
            return self.opening.region.clone();
        }
        let (best, count) = self.region_counts.iter().max_by_key(|(_, count)| **count)?;
        let others: usize = self.region_counts.iter().filter(|(r, _)| *r != best).map(|(_, c)| c).sum();
        (*count >= 2 && *count >= REGION_MARGIN * others).then(|| best.clone())
    }

    /// Where it takes place.
    pub fn channel(&self) -> Channel {
        self.opening.channel
    }
}

/// First-layer scores of a customer utterance. The agent's last words are left to the second layer's moves.
fn first_layer(engine: &Engine, seen: &Observation, language: usize, taps: &[(String, Scores)]) -> FirstLayer {
    let model = engine.model();
    let mut sums = [0; OUTPUTS];
    let peaks = Peaks::of(seen.sentences().map(|(tokens, features)| {
        let own = model.sum(features);
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum += own;
        }
        let mut scores = model.scores(&own, features.len());
        for cue in seen.cues_within(tokens) {
            add(&mut scores, engine.cue_weights(language, cue as usize));
        }
        scores
    }));
    let mut words = *engine.bias(language);
    add(&mut words, &model.scores(&sums, seen.features.len()));
    let mut cues = Scores::default();
    for cue in seen.cues() {
        add(&mut cues, engine.cue_weights(language, cue as usize));
    }
    for (_, weights) in taps {
        add(&mut cues, weights);
    }
    FirstLayer { words, cues, peaks }
}

fn add(sum: &mut Scores, weights: &Scores) {
    for (sum, weight) in sum.iter_mut().zip(weights) {
        *sum += weight;
    }
}
