//! The pattern language of wording files (`data/lang/PATTERNS.md`).

use crate::text::token::{Kind, Tokens};

/// How one word of a pattern is compared with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    /// The whole token.
    Exact(String),
    /// The beginning of the token.
    Prefix(String),
    /// The end of the token.
    Suffix(String),
    /// A token with a digit.
    Number,
    /// A mark.
    Mark(char),
}

impl Word {
    fn matches(&self, token: &str) -> bool {
        match self {
            Word::Exact(word) => word == token,
            Word::Prefix(word) => token.starts_with(word.as_str()),
            Word::Suffix(word) => token.ends_with(word.as_str()),
            Word::Mark(c) => token.starts_with(*c),
            Word::Number => token.bytes().any(|b| b.is_ascii_digit()),
        }
    }

    /// How telling it is as the place to look a pattern up by.
    fn weight(&self) -> usize {
        match self {
            Word::Exact(word) => word.len() * 2,
            Word::Prefix(word) if word.chars().count() >= 2 => word.len(),
            Word::Mark(_) => 1,
            _ => 0,
        }
    }
}

/// One position of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Element {
    /// One of these words.
    Words(Vec<Word>),
    /// One of these words, or nothing.
    Optional(Vec<Word>),
    /// Exactly one token.
    Any,
    /// Up to three tokens.
    Gap,
}

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Compiled {
    elements: Vec<Element>,
    anchor: usize,
    at_start: bool,
    at_end: bool,
}

impl Compiled {
    /// Compiles one pattern; alternatives of several words make several.
    pub(crate) fn parse_all(pattern: &str) -> Result<Vec<Self>, String> {
        spread(pattern).iter().map(|p| Self::parse(p)).collect()
    }

    /// Compiles one pattern; the error says what is wrong with it.
    pub(crate) fn parse(pattern: &str) -> Result<Self, String> {
        let mut text = pattern.trim();
        let at_start = text.starts_with('^');
        text = text.trim_start_matches('^').trim();
        let at_end = text.ends_with('$');
        text = text.trim_end_matches('$').trim();
        let elements = split(text)?.into_iter().map(element).collect::<Result<Vec<_>, _>>()?;
        let weight = |e: &Element| match e {
            Element::Words(words) => words.iter().map(Word::weight).min().unwrap_or(0),
            _ => 0,
        };
        let (anchor, best) = elements.iter().map(weight).enumerate().max_by_key(|&(i, w)| (w, std::cmp::Reverse(i))).unwrap_or((0, 0));
        if best == 0 {
            return Err(format!("`{pattern}` has no word to look for: give at least one word, or a beginning of two letters"));
        }
        Ok(Self { elements, anchor, at_start, at_end })
    }

    /// The words by which the pattern is looked up.
    pub(crate) fn anchors(&self) -> &[Word] {
        match &self.elements[self.anchor] {
            Element::Words(words) => words,
            _ => &[],
        }
    }

    /// Whether the pattern itself names one of these words.
    pub(crate) fn names(&self, is_one: impl Fn(&str) -> bool) -> bool {
        self.elements.iter().any(|e| match e {
            Element::Words(words) | Element::Optional(words) => words.iter().any(|w| matches!(w, Word::Exact(text) if is_one(text))),
            Element::Any | Element::Gap => false,
        })
    }

    /// The tokens `from..to` matched when the anchor stands at token `at`.
    pub(crate) fn find(&self, tokens: &Tokens, at: usize) -> Option<(usize, usize)> {
        let from = backward(&self.elements[..self.anchor], tokens, at)?;
        let to = forward(&self.elements[self.anchor + 1..], tokens, at + 1)?;
        if self.at_start && (0..from).any(|i| !is_mark(tokens, i)) {
            return None;
        }
        if self.at_end && (to..tokens.len()).any(|i| !is_mark(tokens, i)) {
            return None;
        }
        Some((from, to))
    }
}

/// Writes out the first group that holds a space, alternative by alternative, until none does.
fn spread(pattern: &str) -> Vec<String> {
    let mut open = None;
    for (i, c) in pattern.char_indices() {
        match c {
            '(' | '[' => open = Some((i, c)),
            ')' | ']' => {
                let Some((from, bracket)) = open.take() else { continue };
                let inner = pattern[from + 1..i].trim_matches(['(', ')']);
                if inner.contains(char::is_whitespace) {
                    let optional = if bracket == '[' { Some("") } else { None };
                    let alternatives = inner.split('|').map(str::trim).chain(optional);
                    return alternatives.flat_map(|a| spread(&format!("{}{a}{}", &pattern[..from], &pattern[i + 1..]))).collect();
                }
            }
            _ => {}
        }
    }
    vec![pattern.to_owned()]
}

fn split(text: &str) -> Result<Vec<&str>, String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    if parts.is_empty() {
        return Err("an empty pattern matches nothing".to_owned());
    }
    Ok(parts)
}

fn element(part: &str) -> Result<Element, String> {
    let lower = part.to_lowercase().replace(['’', '‘', '`'], "'");
    let inner = |open: char, close: char| lower.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).map(str::to_owned);
    if lower == "_" {
        return Ok(Element::Any);
    }
    if lower == ".." {
        return Ok(Element::Gap);
    }
    if lower == "..." {
        return Ok(Element::Words(vec![Word::Mark('…')]));
    }
    if let Some(list) = inner('(', ')') {
        return Ok(Element::Words(words(&list)?));
    }
    if let Some(list) = inner('[', ']') {
        return Ok(Element::Optional(words(list.trim_matches(|c| c == '(' || c == ')'))?));
    }
    Ok(Element::Words(words(&lower)?))
}

fn words(list: &str) -> Result<Vec<Word>, String> {
    list.split('|').map(word).collect()
}

fn word(text: &str) -> Result<Word, String> {
    let text = text.trim();
    if text == "<num>" {
        return Ok(Word::Number);
    }
    if let (Some(c), None) = (text.chars().next(), text.chars().nth(1))
        && !c.is_alphanumeric()
    {
        return Ok(Word::Mark(c));
    }
    let parsed = match (text.strip_suffix('*'), text.strip_prefix('*')) {
        (Some(stem), _) => Word::Prefix(stem.to_owned()),
        (None, Some(stem)) => Word::Suffix(stem.to_owned()),
        (None, None) => Word::Exact(text.to_owned()),
    };
    let (Word::Exact(stem) | Word::Prefix(stem) | Word::Suffix(stem)) = &parsed else { return Ok(parsed) };
    let ok = !stem.is_empty() && stem.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '-' | '.' | ',' | ':' | '/' | '…'));
    if ok { Ok(parsed) } else { Err(format!("`{text}` is not a word: words hold letters, digits, ' and -; alternatives go in (a|b), not one inside another")) }
}

fn is_mark(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.items[i].kind, Kind::Stop | Kind::Mark | Kind::Smiley)
}

/// Commas, brackets, quotes and smileys between words may be passed over; stops may not.
fn passable(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.items[i].kind, Kind::Mark | Kind::Smiley)
}

fn hit(element: &Element, tokens: &Tokens, i: usize) -> bool {
    let text = tokens.text(i);
    match element {
        Element::Words(words) | Element::Optional(words) => words.iter().any(|w| w.matches(text)),
        Element::Any => !is_mark(tokens, i),
        Element::Gap => false,
    }
}

/// Matches `elements` from token `at` on; gives the token after the match.
fn forward(elements: &[Element], tokens: &Tokens, at: usize) -> Option<usize> {
    let Some((first, rest)) = elements.split_first() else { return Some(at) };
    if *first == Element::Gap {
        let mut end = at;
        for _ in 0..=3 {
            if let Some(done) = forward(rest, tokens, end) {
                return Some(done);
            }
            while end < tokens.len() && passable(tokens, end) {
                end += 1;
            }
            if end >= tokens.len() || is_mark(tokens, end) {
                return None;
            }
            end += 1;
        }
        return None;
    }
    let mut i = at;
    loop {
        if i < tokens.len()
            && hit(first, tokens, i)
            && let Some(done) = forward(rest, tokens, i + 1)
        {
            return Some(done);
        }
        if i < tokens.len() && passable(tokens, i) {
            i += 1;
        } else {
            break;
        }
    }
    if matches!(first, Element::Optional(_)) { forward(rest, tokens, at) } else { None }
}

/// Matches `elements` backwards, the last one ending just before token `at`; gives the first token of the match.
fn backward(elements: &[Element], tokens: &Tokens, at: usize) -> Option<usize> {
    let Some((last, rest)) = elements.split_last() else { return Some(at) };
    if *last == Element::Gap {
        let mut start = at;
        for _ in 0..=3 {
            if let Some(done) = backward(rest, tokens, start) {
                return Some(done);
            }
            while start > 0 && passable(tokens, start - 1) {
                start -= 1;
            }
            if start == 0 || is_mark(tokens, start - 1) {
                return None;
            }
            start -= 1;
        }
        return None;
    }
    let mut i = at;
    while i > 0 {
        if hit(last, tokens, i - 1)
            && let Some(done) = backward(rest, tokens, i - 1)
        {
            return Some(done);
        }
        if passable(tokens, i - 1) {
            i -= 1;
        } else {
            break;
        }
    }
    if matches!(last, Element::Optional(_)) { backward(rest, tokens, at) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::text::tokenise;

    fn matches(pattern: &str, text: &str) -> bool {
        let compiled = Compiled::parse(pattern).unwrap();
        let mut tokens = Tokens::default();
        tokenise(text, Span::new(0, text.len()), &mut tokens);
        (0..tokens.len()).any(|i| compiled.anchors().iter().any(|w| w.matches(tokens.text(i))) && compiled.find(&tokens, i).is_some())
    }

    #[test]
    fn gaps_take_up_to_three_tokens() {
        assert!(matches("kom er .. niet uit", "Ik kom er echt helemaal niet uit"));
        assert!(matches("kom er .. niet uit", "ik kom er niet uit"));
        assert!(!matches("kom er .. niet uit", "ik kom er nu toch echt maar weer niet uit"));
    }

    #[test]
    fn commas_are_passed_over_and_stops_are_not() {
        assert!(matches("nee dank", "nee, dank u"));
        assert!(!matches("nee dank", "Nee. Dank u."));
    }

    #[test]
    fn beginnings_alternatives_options_and_edges() {
        assert!(matches("(olen|oon) [ihan] pettyn*", "Oon ihan pettynyt tähän"));
        assert!(matches("(olen|oon) [ihan] pettyn*", "olen pettyneenä"));
        assert!(matches("^ kort graag $", "Kort graag."));
        assert!(!matches("^ kort graag $", "Hou het kort graag"));
        assert!(matches("<num> weken", "al 3 weken"));
        assert!(matches("toch ?", "dat is niet normaal, toch?"));
    }

    #[test]
    fn alternatives_of_several_words_are_written_out() {
        let all = Compiled::parse_all("(geen zin|niet) in [een beetje] onzin").unwrap();
        assert_eq!(all.len(), 4);
        assert_eq!(spread("(a|b) c"), ["(a|b) c"]);
    }

    #[test]
    fn a_pattern_without_words_is_refused() {
        assert!(Compiled::parse("_ ..").unwrap_err().contains("no word"));
        assert!(Compiled::parse("a&b").is_err());
    }
}
