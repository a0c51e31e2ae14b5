// What the data files hold, once read. Compiled into the build script too, so it depends on nothing of the engine.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All words and definitions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// Fingerprint of the files, shown as the data version of a reading.
    pub version: String,
    /// `data/cues/`, by id.
    pub cues: Vec<CueData>,
    /// `data/moves/`, by id.
    pub moves: Vec<MoveData>,
    /// `data/situations/`, by id.
    pub situations: Vec<SituationData>,
    /// `data/taps/`, by id.
    pub taps: Vec<Tap>,
    /// `data/asks/`, by id.
    pub asks: Vec<Ask>,
    /// `data/lang/`, by code.
    pub languages: Vec<LanguageData>,
}

/// A cue: a named observable pattern that bears on a reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CueData {
    /// File name without `.toml`.
    pub id: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Feature family, `F01` … `F40`.
    pub family: String,
    /// What it bears on.
    pub bears_on: Vec<Bearing>,
    /// What a negator before it does.
    pub negation: Negation,
    /// Article requirement or document section.
    pub source: String,
}

/// What a cue bears on: an axis towards a pole, or a situation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bearing {
    /// `energy`, `feeling` or a situation id.
    pub on: String,
    /// The pole, for an axis.
    pub toward: Option<String>,
}

/// What a negator up to four tokens before a cue, in the same clause, does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Negation {
    /// The cue does not fire.
    Blocks,
    /// Nothing.
    Ignored,
}

/// An agent move: what the agent's utterance does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveData {
    /// File name without `.toml`.
    pub id: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Which move is named when an utterance makes several: the lowest, as it tells most about what comes next.
    pub rank: u16,
}

/// One of the eight situations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SituationData {
    /// File name without `.toml`.
    pub id: String,
    /// What holds when it holds.
    pub about: String,
    /// Source requirement.
    pub source: String,
    /// Display name by language.
    pub name: BTreeMap<String, String>,
}

/// An observation the agent taps in, without text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tap {
    /// File name without `.toml`.
    pub id: String,
    /// What was observed.
    pub about: String,
    /// The cue it counts as.
    pub cue: String,
    /// Source requirement.
    pub source: String,
    /// Label by language.
    pub name: BTreeMap<String, String>,
}

/// The one natural question that would tell more, when there is too little.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// File name without `.toml`.
    pub id: String,
    /// When it serves: `energy`, `feeling`, `both`.
    pub tells: String,
    /// What an answer would show.
    pub about: String,
    /// Source requirement.
    pub source: String,
    /// The question by language, `nl`, `nl-BE`, `fi`, `en`.
    pub say: BTreeMap<String, String>,
}

/// A text and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// The text.
    pub text: String,
    /// One-based line.
    pub line: u32,
    /// One-based column.
    pub column: u32,
}

/// A list of wordings with what they must and must not match.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// The wordings.
    pub any: Vec<Located>,
    /// Texts that must match.
    pub flags: Vec<Located>,
    /// Texts that must not.
    pub passes: Vec<Located>,
    /// Country where the wording counts fully.
    pub region: Option<String>,
}

/// How one language says a cue or a move.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    /// The cue or move.
    pub of: String,
    /// The file, for errors.
    pub file: String,
    /// Its patterns.
    pub patterns: Vec<Pattern>,
}

/// Lines that are not the speaker's own words, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineMarkers {
    /// Headers of quoted mail; `*` stands for anything.
    pub quote_headers: Vec<String>,
    /// Sign-offs.
    pub closings: Vec<String>,
    /// Footers of mail programs.
    pub sent_from: Vec<String>,
    /// Openings of disclaimers.
    pub disclaimers: Vec<String>,
}

/// One language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LanguageData {
    /// BCP 47 primary code.
    pub code: String,
    /// Its own name.
    pub name: String,
    /// Countries it is read for.
    pub regions: Vec<String>,
    /// Words that turn a cue off.
    pub negators: Vec<String>,
    /// Words that end a clause.
    pub clause_breaks: Vec<String>,
    /// Lines to leave out.
    pub lines: LineMarkers,
    /// Hesitation sounds, left out of phone transcripts.
    pub fillers: Vec<String>,
    /// Words a greeting is made of: an opening of nothing else tells nothing yet.
    pub greetings: Vec<String>,
    /// How transcripts name each role, in lower case.
    pub speakers: BTreeMap<String, Vec<String>>,
    /// Words that point to a country.
    pub region_words: BTreeMap<String, Vec<String>>,
    /// Wording of cues.
    pub cues: Vec<Wording>,
    /// Wording of agent moves.
    pub moves: Vec<Wording>,
}
