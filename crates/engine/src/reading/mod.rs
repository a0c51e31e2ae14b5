//! What a reading holds, exactly as it goes over the wire.

pub mod combine;
pub mod evidence;
pub mod memory;
pub mod observe;

use crate::conversation::Role;
use serde::{Deserialize, Serialize};

/// The two axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// Introvert (−) to extravert (+): holding back or coming forward.
    Energy,
    /// Rational (−) to emotional (+): what carries the turn.
    Feeling,
}

impl Axis {
    /// Both, in model order.
    pub const ALL: [Axis; 2] = [Axis::Energy, Axis::Feeling];

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Axis::Energy => "energy",
            Axis::Feeling => "feeling",
        }
    }

    /// The pole on the side of `sign`; none for nought.
    pub const fn pole(self, sign: i8) -> Option<Pole> {
        match (self, sign) {
            (Axis::Energy, 1) => Some(Pole::Extravert),
            (Axis::Energy, -1) => Some(Pole::Introvert),
            (Axis::Feeling, 1) => Some(Pole::Emotional),
            (Axis::Feeling, -1) => Some(Pole::Rational),
            _ => None,
        }
    }
}

/// An end of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation; `codebook` terms")]
pub enum Pole {
    Introvert,
    Extravert,
    Rational,
    Emotional,
}

impl Pole {
    /// −1 or 1.
    pub const fn sign(self) -> i8 {
        match self {
            Pole::Introvert | Pole::Rational => -1,
            Pole::Extravert | Pole::Emotional => 1,
        }
    }

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Pole::Introvert => "introvert",
            Pole::Extravert => "extravert",
            Pole::Rational => "rational",
            Pole::Emotional => "emotional",
        }
    }
}

/// A quadrant of the two axes in the scheme of the source articles (S0-R16), which is not that of DISC or Insights: red is extravert and emotional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    /// Extravert and emotional (S0-R17).
    Red,
    /// Introvert and rational (S0-R39).
    Blue,
    /// Extravert and rational (S0-R57).
    Yellow,
    /// Introvert and emotional (S0-R73).
    Green,
}

impl Colour {
    /// All, in wire order.
    pub const ALL: [Colour; 4] = [Colour::Red, Colour::Blue, Colour::Yellow, Colour::Green];

    /// The signs of energy and feeling.
    pub const fn signs(self) -> [i8; 2] {
        match self {
            Colour::Red => [1, 1],
            Colour::Blue => [-1, -1],
            Colour::Yellow => [1, -1],
            Colour::Green => [-1, 1],
        }
    }

    /// The colour of two poles.
    pub fn of(energy: Option<Pole>, feeling: Option<Pole>) -> Option<Colour> {
        let signs = [energy?.sign(), feeling?.sign()];
        Self::ALL.into_iter().find(|c| c.signs() == signs)
    }

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Colour::Red => "red",
            Colour::Blue => "blue",
            Colour::Yellow => "yellow",
            Colour::Green => "green",
        }
    }
}

/// The eight situations; they may hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "defined in data/situations/")]
pub enum Situation {
    Pleasant,
    Lost,
    Resistant,
    Smart,
    Busy,
    Frustrated,
    Nervous,
    Relaxed,
}

impl Situation {
    /// All, in model and wire order.
    pub const ALL: [Situation; 8] =
        [Situation::Pleasant, Situation::Lost, Situation::Resistant, Situation::Smart, Situation::Busy, Situation::Frustrated, Situation::Nervous, Situation::Relaxed];

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Situation::Pleasant => "pleasant",
            Situation::Lost => "lost",
            Situation::Resistant => "resistant",
            Situation::Smart => "smart",
            Situation::Busy => "busy",
            Situation::Frustrated => "frustrated",
            Situation::Nervous => "nervous",
            Situation::Relaxed => "relaxed",
        }
    }
}

/// Who should steer the next step (S0-R2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lead {
    /// The customer waits to be taken by the hand.
    Agent,
    /// The customer steers and would resent being steered.
    Customer,
    /// Neither.
    Shared,
}

impl Lead {
    /// All, in model order.
    pub const ALL: [Lead; 3] = [Lead::Agent, Lead::Customer, Lead::Shared];

    /// The wire name.
    pub const fn name(self) -> &'static str {
        match self {
            Lead::Agent => "agent",
            Lead::Customer => "customer",
            Lead::Shared => "shared",
        }
    }
}

/// Where the customer stands on an axis, −1 … 1, with the doubt.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f32,
    /// Lower end of the interval.
    pub low: f32,
    /// Upper end of the interval.
    pub high: f32,
    /// The pole, when the interval clears nought.
    pub pole: Option<Pole>,
}

/// Both axes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Axes {
    /// Introvert (−) to extravert (+).
    pub energy: Estimate,
    /// Rational (−) to emotional (+).
    pub feeling: Estimate,
}

impl Axes {
    /// The estimate on `axis`.
    pub const fn get(&self, axis: Axis) -> &Estimate {
        match axis {
            Axis::Energy => &self.energy,
            Axis::Feeling => &self.feeling,
        }
    }
}

/// Probability of each colour; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Colours {
    pub red: f32,
    pub blue: f32,
    pub yellow: f32,
    pub green: f32,
}

/// Calibrated probability of each situation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Situations {
    pub pleasant: f32,
    pub lost: f32,
    pub resistant: f32,
    pub smart: f32,
    pub busy: f32,
    pub frustrated: f32,
    pub nervous: f32,
    pub relaxed: f32,
}

impl Situations {
    /// From values in the order of [`Situation::ALL`].
    pub const fn from_array(p: [f32; 8]) -> Self {
        Self { pleasant: p[0], lost: p[1], resistant: p[2], smart: p[3], busy: p[4], frustrated: p[5], nervous: p[6], relaxed: p[7] }
    }

    /// The probability of `situation`.
    pub const fn get(&self, situation: Situation) -> f32 {
        match situation {
            Situation::Pleasant => self.pleasant,
            Situation::Lost => self.lost,
            Situation::Resistant => self.resistant,
            Situation::Smart => self.smart,
            Situation::Busy => self.busy,
            Situation::Frustrated => self.frustrated,
            Situation::Nervous => self.nervous,
            Situation::Relaxed => self.relaxed,
        }
    }
}

/// A supported change of pole against the last known pole of the same axis (S0-R6, S0-R94…R96).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// The axis.
    pub axis: Axis,
    /// The pole left.
    pub from: Pole,
    /// The pole reached.
    pub to: Pole,
    /// The agent's last utterance before the shift.
    pub after_utterance: Option<usize>,
    /// What that utterance did, when it can be told.
    pub agent_move: Option<String>,
}

/// One piece of evidence: the words and what they speak for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The cue; `wording` for words the model learned from; a tap's id for a tap.
    pub cue: String,
    /// `energy`, `feeling` or a situation.
    pub bears_on: String,
    /// How much it adds to that output; on an axis, above nought is toward extravert or emotional.
    pub contribution: f32,
    /// Whether it speaks against what the reading says.
    pub counter: bool,
    /// Index of the utterance in the conversation.
    pub utterance: usize,
    /// First UTF-16 code unit.
    pub start: usize,
    /// One past the last UTF-16 code unit.
    pub end: usize,
    /// The exact text.
    pub quote: String,
}

/// The one question that would tell more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskNow {
    /// File name in `data/asks/`.
    pub id: String,
    /// What it would tell: `energy`, `feeling` or `both`.
    pub tells: String,
    /// The question, in the conversation's language.
    pub say: String,
}

/// What the agent corrected in this conversation; wins over the estimate from there on (conduct rule 16).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Corrections {
    /// The colour the agent named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// Situations the agent struck out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub struck: Vec<Situation>,
}

impl Corrections {
    /// Whether nothing was corrected.
    pub fn is_empty(&self) -> bool {
        self.colour.is_none() && self.struck.is_empty()
    }
}

/// Which engine, data and model made a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Versions {
    pub engine: String,
    pub data: String,
    pub model: String,
}

/// The engine's estimate after one customer utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Conversation id.
    pub conversation: String,
    /// Index of the utterance in the conversation.
    pub utterance: usize,
    /// Always the customer.
    pub role: Role,
    /// Language of the utterance; none when it is not one that is read.
    pub language: Option<String>,
    /// Country of the customer, given or inferred.
    pub region: Option<String>,
    /// Whether the region was inferred from the words rather than given.
    pub region_inferred: bool,
    /// The two axes.
    pub axes: Axes,
    /// The colour, when both axes are clear.
    pub colour: Option<Colour>,
    /// How likely each colour is.
    pub colours: Colours,
    /// How likely each situation is.
    pub situations: Situations,
    /// Situations above their calibrated threshold.
    pub active: Vec<Situation>,
    /// What changed with this utterance.
    pub shifts: Vec<Shift>,
    /// Who should lead.
    pub lead: Lead,
    /// The words that say so, and those that say otherwise, strongest first.
    pub evidence: Vec<Evidence>,
    /// What to ask, when there is too little to say.
    pub ask: Option<AskNow>,
    /// The agent's corrections, when there are any.
    #[serde(default, skip_serializing_if = "Corrections::is_empty")]
    pub corrections: Corrections,
    /// What made this reading.
    pub versions: Versions,
}
