//! Finding cues in tokens: an index from words to patterns, negation scope, regions.

mod pattern;
pub mod shape;

use crate::data::{LanguageData, Negation, Pack, Wording};
use crate::error::Error;
use crate::text::token::{Kind, Tokens};
use pattern::{Compiled, Word};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// One wording found: which entry, and the tokens it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Index into the cues (or moves) of the pack.
    pub of: u16,
    /// First token.
    pub from: u16,
    /// One past the last token.
    pub to: u16,
}

struct Entry {
    of: u16,
    pattern: Compiled,
    blocked_by_negation: bool,
    names_negator: bool,
    region: Option<String>,
}

/// All wordings of one language, ready to match.
pub struct Matcher {
    entries: Vec<Entry>,
    exact: Map<Vec<u32>>,
    prefix: Map<Vec<u32>>,
    prefix_lengths: u64,
    negators: Set,
    breaks: Set,
}

/// FNV-1a: the same on every machine, and cheap to extend byte by byte.
#[derive(Clone, Copy)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<Fnv>>;
type Set = std::collections::HashSet<u64, BuildHasherDefault<Fnv>>;

pub(crate) fn hash(text: &str) -> u64 {
    let mut fnv = Fnv::default();
    fnv.write(text.as_bytes());
    fnv.0
}

const NEGATION_WINDOW: usize = 4;

impl Matcher {
    /// The matcher of a language's cues.
    ///
    /// # Errors
    /// A pattern that cannot be read, with file, line and column.
    pub fn cues(pack: &Pack, language: &LanguageData) -> Result<Self, Error> {
        let index = |id: &str| pack.cues.iter().position(|c| c.id == id);
        let blocks = |i: usize| pack.cues[i].negation == Negation::Blocks;
        Self::build(language, &language.cues, &index, &blocks)
    }

    /// The matcher of a language's agent moves.
    ///
    /// # Errors
    /// A pattern that cannot be read, with file, line and column.
    pub fn moves(pack: &Pack, language: &LanguageData) -> Result<Self, Error> {
        let index = |id: &str| pack.moves.iter().position(|m| m.id == id);
        Self::build(language, &language.moves, &index, &|_| false)
    }

    fn build(language: &LanguageData, wordings: &[Wording], index: &dyn Fn(&str) -> Option<usize>, blocks: &dyn Fn(usize) -> bool) -> Result<Self, Error> {
        let mut matcher = Matcher {
            entries: Vec::new(),
            exact: Map::default(),
            prefix: Map::default(),
            prefix_lengths: 0,
            negators: language.negators.iter().map(|w| hash(w)).collect(),
            breaks: language.clause_breaks.iter().map(|w| hash(w)).collect(),
        };
        for wording in wordings {
            let of = index(&wording.of).ok_or_else(|| Error::file(&wording.file, format!("nothing called `{}`", wording.of)))?;
            for row in &wording.patterns {
                for text in &row.any {
                    let patterns = Compiled::parse_all(&text.text).map_err(|message| Error {
                        file: wording.file.clone(),
                        line: Some(text.line as usize),
                        column: Some(text.column as usize),
                        message,
                        hint: Some("data/lang/PATTERNS.md shows what a pattern may hold".to_owned()),
                    })?;
                    for pattern in patterns {
                        let names_negator = pattern.names(|word| matcher.negators.contains(&hash(word)));
                        matcher.add(Entry { of: of as u16, pattern, blocked_by_negation: blocks(of), names_negator, region: row.region.clone() });
                    }
                }
            }
        }
        Ok(matcher)
    }

    fn add(&mut self, entry: Entry) {
        let id = self.entries.len() as u32;
        for word in entry.pattern.anchors() {
            match word {
                Word::Exact(text) => self.exact.entry(hash(text)).or_default().push(id),
                Word::Prefix(text) => {
                    self.prefix_lengths |= 1 << text.len().min(63);
                    self.prefix.entry(hash(text)).or_default().push(id);
                }
                Word::Mark(mark) => {
                    let text = mark.to_string();
                    self.prefix_lengths |= 1 << text.len();
                    self.prefix.entry(hash(&text)).or_default().push(id);
                }
                Word::Suffix(_) | Word::Number => {} // Never an anchor: its weight is nought.
            }
        }
        self.entries.push(entry);
    }

    /// Finds every wording; each entry of the pack at most once per place. `region` keeps out wordings of another country.
    pub fn find(&self, tokens: &Tokens, region: Option<&str>, out: &mut Vec<Hit>) {
        for at in 0..tokens.len() {
            let mut fnv = Fnv::default();
            for (i, byte) in tokens.text(at).bytes().enumerate() {
                fnv.write(&[byte]);
                if self.prefix_lengths >> (i + 1).min(63) & 1 == 1
                    && let Some(ids) = self.prefix.get(&fnv.0)
                {
                    self.try_all(ids, tokens, at, region, out);
                }
            }
            if let Some(ids) = self.exact.get(&fnv.0) {
                self.try_all(ids, tokens, at, region, out);
            }
        }
        out.sort_unstable_by_key(|h| (h.of, h.from, std::cmp::Reverse(h.to)));
        out.dedup_by(|b, a| a.of == b.of && b.from < a.to); // The longest match at a place stands.
    }

    fn try_all(&self, ids: &[u32], tokens: &Tokens, at: usize, region: Option<&str>, out: &mut Vec<Hit>) {
        for &id in ids {
            let entry = &self.entries[id as usize];
            if let (Some(own), Some(region)) = (&entry.region, region)
                && own != region
            {
                continue;
            }
            if let Some((from, to)) = entry.pattern.find(tokens, at)
                && !(entry.blocked_by_negation && self.negated(tokens, from, if entry.names_negator { from } else { to }))
            {
                out.push(Hit { of: entry.of, from: from as u16, to: to as u16 });
            }
        }
    }

    /// A negator in a gap of the match (up to `to`), or within the window before it in the same clause.
    fn negated(&self, tokens: &Tokens, from: usize, to: usize) -> bool {
        if (from..to).any(|i| self.negators.contains(&hash(tokens.text(i)))) {
            return true;
        }
        let mut seen = 0;
        for i in (0..from).rev() {
            let kind = tokens.items[i].kind;
            let text = tokens.text(i);
            let word = hash(text);
            if kind == Kind::Stop || text == "," || text == ";" || self.breaks.contains(&word) {
                return false;
            }
            if self.negators.contains(&word) {
                return true;
            }
            seen += usize::from(kind != Kind::Mark);
            if seen == NEGATION_WINDOW {
                return false;
            }
        }
        false
    }
}
