//! What one utterance offers before anything is weighed: tokens, cues, form, features. Independent of the model.

use crate::conversation::{Channel, Role};
use crate::cue::{Hit, shape};
use crate::engine::Engine;
use crate::model::features::{self, Feature};
use crate::span::Span;
use crate::text::token::Tokens;
use crate::text::{clean, language, tokenise};
use std::ops::Range;

/// One utterance, observed.
#[derive(Debug, Clone, Default)]
pub struct Observation {
    /// Index into the engine's languages; none when it is not one that is read.
    pub language: Option<usize>,
    /// The tokens of the speaker's own words.
    pub tokens: Tokens,
    /// The n-gram features of a customer's words, each with its token.
    pub features: Vec<Feature>,
    /// Cues (customer) or moves (agent) found.
    pub hits: Vec<Hit>,
    /// Measures of form.
    pub shape: shape::Shape,
}

/// What is known of the conversation when an utterance is observed.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'s> {
    /// Where it takes place.
    pub channel: Channel,
    /// The customer's country, when known.
    pub region: Option<&'s str>,
    /// Language of the conversation as given.
    pub hint: Option<usize>,
    /// Language of the utterances before.
    pub last: Option<usize>,
}

/// Observes an utterance into `out`, whose memory is reused.
pub fn observe(engine: &Engine, role: Role, text: &str, setting: Setting<'_>, out: &mut Observation) {
    out.tokens.clear();
    out.features.clear();
    out.hits.clear();
    for span in clean(text, &engine.pack().languages).kept {
        tokenise(text, span, &mut out.tokens);
    }
    out.language = match setting.hint {
        Some(hint) => Some(hint),
        None => language::detect(engine, &out.tokens, setting.last),
    };
    let spoken = setting.channel == Channel::Phone;
    if let Some(language) = out.language.filter(|_| spoken) {
        let fillers = &engine.pack().languages[language].fillers;
        out.tokens.leave_out(|word| fillers.iter().any(|f| f == word));
    }
    out.shape = shape::measure(text, &out.tokens, spoken);
    let Some(language) = out.language else { return };
    if role == Role::Customer {
        engine.cue_matcher(language).find(&out.tokens, setting.region, &mut out.hits);
        features::extract(&out.tokens, engine.model_language(language) as u8, &mut out.features);
    } else {
        engine.move_matcher(language).find(&out.tokens, setting.region, &mut out.hits);
    }
}

impl Observation {
    /// The sentences: their tokens, and the features these carry.
    pub fn sentences(&self) -> impl Iterator<Item = (Range<usize>, &[Feature])> {
        let mut rest = self.features.as_slice();
        self.tokens.sentences().map(move |tokens| {
            let (own, after) = rest.split_at(rest.partition_point(|f| (f.token as usize) < tokens.end));
            rest = after;
            (tokens, own)
        })
    }

    /// The cues found, each once.
    pub fn cues(&self) -> impl Iterator<Item = u16> + '_ {
        self.cues_within(0..self.tokens.len())
    }

    /// The cues that begin among these tokens, each once (D.7: said twice it counts once).
    pub fn cues_within(&self, tokens: Range<usize>) -> impl Iterator<Item = u16> + '_ {
        let mut last = None;
        // Hits are sorted by cue, so equal cues are neighbours.
        self.hits.iter().filter(move |hit| tokens.contains(&(hit.from as usize)) && last.replace(hit.of) != Some(hit.of)).map(|hit| hit.of)
    }

    /// The span of a hit in the original text.
    pub fn span(&self, hit: &Hit) -> Span {
        let items = &self.tokens.items;
        items[hit.from as usize].span.join(items[hit.to as usize - 1].span)
    }
}
