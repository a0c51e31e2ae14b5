//! Tokens with byte spans into the original text.

use crate::span::Span;
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters, apostrophes and hyphens between letters, mixed letters and digits.
    Word,
    /// Contains a digit.
    Number,
    /// `.`, `!`, `?`, `…` or a line break: a pattern does not match across it unless it names it.
    Stop,
    /// Any other mark: commas, brackets, quotes.
    Mark,
    /// An emoji or a text smiley.
    Smiley,
}

/// One token: where it stands and its lower-case form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the original text.
    pub span: Span,
    /// Where its normal form stands in [`Tokens::normal`].
    normal: (u32, u32),
    /// What it is.
    pub kind: Kind,
}

/// The tokens of one utterance and their normal forms, reusable between utterances.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// The tokens in order.
    pub items: Vec<Token>,
    normal: String,
}

impl Tokens {
    /// The normal form of token `i`: lower case, straight apostrophes, a letter at most twice in a row beyond that stretched thrice.
    pub fn text(&self, i: usize) -> &str {
        let (start, end) = self.items[i].normal;
        &self.normal[start as usize..end as usize]
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The sentences as ranges of tokens, together all of them. Marks go with the sentence before; speech without stops is cut into pieces.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut from = 0;
        std::iter::from_fn(move || {
            if from == self.len() {
                return None;
            }
            let mut to = from;
            while to < self.len() && to - from < LONGEST_SENTENCE && self.items[to].kind != Kind::Stop {
                to += 1;
            }
            while to < self.len() && !matches!(self.items[to].kind, Kind::Word | Kind::Number) {
                to += 1;
            }
            Some(std::mem::replace(&mut from, to)..to)
        })
    }

    /// Leaves out the words that `drops` says; spans of the others stay.
    pub fn leave_out(&mut self, drops: impl Fn(&str) -> bool) {
        let normal = &self.normal;
        self.items.retain(|t| t.kind != Kind::Word || !drops(&normal[t.normal.0 as usize..t.normal.1 as usize]));
    }

    /// Removes all tokens, keeping the memory.
    pub fn clear(&mut self) {
        self.items.clear();
        self.normal.clear();
    }

    fn push(&mut self, text: &str, span: Span, kind: Kind) {
        let start = self.normal.len() as u32;
        normalise(span.quote(text), &mut self.normal);
        self.items.push(Token { span, normal: (start, self.normal.len() as u32), kind });
    }
}

/// Tokens after which a sentence is cut.
const LONGEST_SENTENCE: usize = 20;

const TEXT_SMILEYS: [&str; 24] =
    [":-)", ":-(", ";-)", ":-D", ":-P", ":'(", ":)", ":(", ";)", ":D", ":P", ":p", ":/", ":o", "xD", "XD", "<3", "^^", "=)", ":]", ":|", "(:", ";p", ":s"];

/// Appends the tokens of `text[range]` to `out`.
pub fn tokenise(text: &str, range: Span, out: &mut Tokens) {
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(first) = rest.chars().next() else { break };
        if first == '\n' {
            out.push(text, Span::new(at, at + 1), Kind::Stop);
            at += 1;
        } else if first.is_whitespace() || is_joiner(first) {
            at += first.len_utf8();
        } else if let Some(len) = smiley(rest, at == 0 || !text[..at].ends_with(char::is_alphanumeric)) {
            out.push(text, Span::new(at, at + len), Kind::Smiley);
            at += len;
        } else if first.is_alphanumeric() || (is_apostrophe(first) && starts_elided(rest)) {
            let (len, digits) = word(rest);
            let kind = if digits { Kind::Number } else { Kind::Word };
            out.push(text, Span::new(at, at + len), kind);
            at += len;
        } else {
            let kind = if matches!(first, '.' | '!' | '?' | '…') { Kind::Stop } else { Kind::Mark };
            let len = run(rest, first);
            out.push(text, Span::new(at, at + len), kind);
            at += len;
        }
    }
}

/// Zero-width joiner and the emoji variation selector carry nothing of their own.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

/// Dutch `'t`, `'s`, `'k`, `'m`: an apostrophe, one or two letters, then no letter.
fn starts_elided(rest: &str) -> bool {
    let letters = rest.chars().skip(1).take_while(|c| c.is_alphabetic()).count();
    (1..=2).contains(&letters)
}

/// Marks of the same kind in a row are one token (`!!!`, `...`).
fn run(rest: &str, first: char) -> usize {
    if matches!(first, '.' | '!' | '?' | '-' | '*' | '_' | '=') {
        rest.chars().take_while(|&c| c == first || (matches!(first, '!' | '?') && matches!(c, '!' | '?'))).map(char::len_utf8).sum()
    } else {
        first.len_utf8()
    }
}

fn word(rest: &str) -> (usize, bool) {
    let mut chars = rest.char_indices().peekable();
    let (mut end, mut digits) = (0, false);
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let joins = |c: char| {
            let both = end > 0 && next.is_some_and(char::is_alphanumeric);
            let numeric = digits && next.is_some_and(|n| n.is_ascii_digit());
            (both && (is_apostrophe(c) || c == '-')) || (numeric && matches!(c, '.' | ',' | ':' | '/'))
        };
        if c.is_alphanumeric() || (i == 0 && is_apostrophe(c)) || joins(c) {
            digits |= c.is_ascii_digit();
            end = i + c.len_utf8();
        } else if is_joiner(c) {
            continue;
        } else {
            break;
        }
    }
    (end, digits)
}

fn smiley(rest: &str, free: bool) -> Option<usize> {
    let first = rest.chars().next()?;
    if is_emoji(first) {
        return Some(first.len_utf8());
    }
    if !free || !matches!(first, ':' | ';' | 'x' | 'X' | '<' | '^' | '=' | '(') {
        return None;
    }
    let hit = TEXT_SMILEYS.iter().find(|s| rest.starts_with(**s))?;
    let after = rest[hit.len()..].chars().next();
    (!after.is_some_and(char::is_alphanumeric)).then_some(hit.len())
}

/// Pictographs, dingbats and symbols people use as faces and signs.
fn is_emoji(c: char) -> bool {
    matches!(c as u32, 0x1F300..=0x1FAFF | 0x2600..=0x27BF | 0x1F1E6..=0x1F1FF)
}

/// Lower case, straight apostrophe, `…` for dots, at most three of the same letter in a row.
fn normalise(text: &str, out: &mut String) {
    if text.bytes().all(|b| b == b'.') && text.len() > 1 || text == "…" {
        out.push('…');
        return;
    }
    let (mut last, mut times) = ('\0', 0);
    for c in text.chars() {
        let c = if is_apostrophe(c) { '\'' } else { c };
        for lower in c.to_lowercase() {
            times = if lower == last { times + 1 } else { 1 };
            last = lower;
            if times <= 3 {
                out.push(lower);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        tokenise(text, Span::new(0, text.len()), &mut tokens);
        (0..tokens.len()).map(|i| tokens.text(i).to_owned()).collect()
    }

    fn sentences(text: &str) -> Vec<Range<usize>> {
        let mut tokens = Tokens::default();
        tokenise(text, Span::new(0, text.len()), &mut tokens);
        tokens.sentences().collect()
    }

    #[test]
    fn sentences_take_their_marks_and_long_speech_is_cut() {
        assert_eq!(sentences("Goed. Nee?! Dank u :)"), [0..2, 2..4, 4..7]);
        assert_eq!(sentences("... ja"), [0..1, 1..2]);
        assert_eq!(sentences(&"ja ".repeat(45)), [0..20, 20..40, 40..45]);
        assert_eq!(sentences(""), []);
    }

    #[test]
    fn apostrophes_and_hyphens_stay_inside() {
        assert_eq!(words("'t Is zo’n e-mail, don't!"), ["'t", "is", "zo'n", "e-mail", ",", "don't", "!"]);
    }

    #[test]
    fn marks_in_a_row_are_one_token() {
        assert_eq!(words("wat?!! nou... ja…"), ["wat", "?!!", "nou", "…", "ja", "…"]);
    }

    #[test]
    fn numbers_keep_their_inner_marks() {
        assert_eq!(words("12,50 om 14:05 (3/4)"), ["12,50", "om", "14:05", "(", "3/4", ")"]);
    }

    #[test]
    fn smileys_are_tokens_of_their_own() {
        assert_eq!(words("joo :D 😂😂 kiva:)"), ["joo", ":d", "😂", "😂", "kiva", ":", ")"]);
    }

    #[test]
    fn stretched_letters_are_cut_to_three() {
        assert_eq!(words("Pleeeeeease"), ["pleeease"]);
    }
}
