//! The engine: data and model, ready to open sessions.

use crate::conversation::Channel;
use crate::cue::Matcher;
use crate::data::{LanguageData, Pack};
use crate::error::Error;
use crate::model::{Model, Scores};
use crate::reading::memory::MOVE_SLOTS;
use crate::session::Session;

/// Data and model together; shared by all sessions, never changed by them.
pub struct Engine {
    pack: Pack,
    model: Model,
    languages: Vec<Ready>,
    move_slots: Vec<Option<usize>>,
}

/// One language made ready: matchers, and the model's cue weights in the order of the pack.
struct Ready {
    model_language: usize,
    cues: Matcher,
    moves: Matcher,
    weights: Vec<Scores>,
    bias: Scores,
}

/// What is known of a conversation when a session opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opening {
    /// The conversation's id.
    pub id: String,
    /// Language hint, BCP 47; wins over detection when it is one that is read.
    pub language: Option<String>,
    /// The customer's country.
    pub region: Option<String>,
    /// Where it takes place.
    pub channel: Channel,
}

impl Engine {
    /// The engine with the data and the model this build carries.
    ///
    /// # Errors
    /// When the embedded data is damaged or a pattern cannot be read.
    pub fn embedded() -> Result<Self, Error> {
        Self::new(Pack::embedded()?, Model::embedded()?)
    }

    /// An engine with other data or another model.
    ///
    /// # Errors
    /// A pattern that cannot be read, with file, line and column.
    pub fn new(pack: Pack, model: Model) -> Result<Self, Error> {
        let languages = pack.languages.iter().map(|l| Ready::new(&pack, &model, l)).collect::<Result<_, _>>()?;
        let move_slots = move_slots(&pack, &model);
        Ok(Self { pack, model, languages, move_slots })
    }

    /// Opens a session for one conversation.
    pub fn open(&self, opening: Opening) -> Session<'_> {
        Session::new(self, opening)
    }

    /// The words.
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The learned model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Index of the language with this code; region and script subtags are passed over.
    pub fn language(&self, code: &str) -> Option<usize> {
        let primary = code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        self.pack.languages.iter().position(|l| l.code == primary)
    }

    /// The cue matcher of a language.
    pub fn cue_matcher(&self, language: usize) -> &Matcher {
        &self.languages[language].cues
    }

    /// The model's number for a language.
    pub fn model_language(&self, language: usize) -> usize {
        self.languages[language].model_language
    }

    /// Where the second layer sees a move, if the model learned it.
    pub fn move_slot(&self, of: u16) -> Option<usize> {
        self.move_slots[of as usize]
    }

    /// The move matcher of a language.
    pub fn move_matcher(&self, language: usize) -> &Matcher {
        &self.languages[language].moves
    }

    /// The model's weights of a cue in a language.
    pub fn cue_weights(&self, language: usize, cue: usize) -> &Scores {
        &self.languages[language].weights[cue]
    }

    /// The model's starting values in a language.
    pub fn bias(&self, language: usize) -> &Scores {
        &self.languages[language].bias
    }
}

impl Ready {
    fn new(pack: &Pack, model: &Model, language: &LanguageData) -> Result<Self, Error> {
        let index = model_language(pack, model, language);
        let weights = pack.cues.iter().map(|cue| weights(model, &cue.id, index)).collect();
        let bias = model.learned.bias.get(index).copied().unwrap_or_default();
        Ok(Self { model_language: index, cues: Matcher::cues(pack, language)?, moves: Matcher::moves(pack, language)?, weights, bias })
    }
}

/// The model's number for a language. One it never saw comes after those it did, so that it borrows nobody's words; a model that knows nothing numbers as
/// the data does.
fn model_language(pack: &Pack, model: &Model, language: &LanguageData) -> usize {
    let known = &model.learned.languages;
    let own = pack.languages.iter().position(|l| l.code == language.code).unwrap_or(0);
    known.iter().position(|code| *code == language.code).unwrap_or(known.len() + own)
}

/// Where the second layer sees each move of the pack; nowhere, if the model never saw the move.
fn move_slots(pack: &Pack, model: &Model) -> Vec<Option<usize>> {
    let known = &model.learned.moves;
    let slot = |i: usize, id: &str| if known.is_empty() { Some(i) } else { known.iter().position(|k| k == id) };
    pack.moves.iter().enumerate().map(|(i, m)| slot(i, &m.id).filter(|s| *s < MOVE_SLOTS)).collect()
}

/// The shared weights of a cue plus those of the language; nought for a cue the model never saw.
fn weights(model: &Model, cue: &str, language: usize) -> Scores {
    let Some((_, rows)) = model.learned.cues.iter().find(|(id, _)| id == cue) else { return Scores::default() };
    let own = rows.get(language + 1).copied().unwrap_or_default();
    let shared = rows.first().copied().unwrap_or_default();
    std::array::from_fn(|k| shared[k] + own[k])
}
