// The examples in wording files: each `flags` must match its cue, no `passes` may.

use super::pack::{Located, Pack, Wording};
use crate::cue::Matcher;
use crate::span::Span;
use crate::text::token::Tokens;
use crate::text::tokenise;

impl Wording {
    /// The examples that do not hold, one sentence each with file, line and column.
    pub fn failures(&self, pack: &Pack, matcher: &Matcher, is_move: bool) -> Vec<String> {
        let index = if is_move { pack.moves.iter().position(|m| m.id == self.of) } else { pack.cues.iter().position(|c| c.id == self.of) };
        let Some(index) = index else { return vec![format!("{}: nothing called `{}`", self.file, self.of)] };
        let mut failures = Vec::new();
        for pattern in &self.patterns {
            for example in &pattern.flags {
                if found(matcher, example, index, pattern.region.as_deref()).is_none() {
                    failures.push(format!("{}:{}:{}: does not match, but should: {}", self.file, example.line, example.column, example.text));
                }
            }
            for example in &pattern.passes {
                if let Some(quote) = found(matcher, example, index, pattern.region.as_deref()) {
                    failures.push(format!("{}:{}:{}: matches on \"{quote}\", but should not: {}", self.file, example.line, example.column, example.text));
                }
            }
        }
        failures
    }
}

fn found<'t>(matcher: &Matcher, example: &'t Located, index: usize, region: Option<&str>) -> Option<&'t str> {
    let mut tokens = Tokens::default();
    tokenise(&example.text, Span::new(0, example.text.len()), &mut tokens);
    let mut hits = Vec::new();
    matcher.find(&tokens, region, &mut hits);
    let hit = hits.iter().find(|h| h.of as usize == index)?;
    Some(tokens.items[hit.from as usize].span.join(tokens.items[hit.to as usize - 1].span).quote(&example.text))
}
