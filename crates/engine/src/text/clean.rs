//! Leaves out what is not the customer's own words: quoted mail, signatures, disclaimers, markup, addresses, transcript marks.
//!
//! Nothing is rewritten: the result is a list of spans of the original that are kept, so every later span points into the text as delivered.

use crate::data::LanguageData;
use crate::span::Span;

/// The parts of an utterance that are the speaker's own words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cleaned {
    /// Kept byte ranges of the original, in order, not touching.
    pub kept: Vec<Span>,
}

/// Finds the speaker's own words in `text`. The line markers of all `languages` hold, since the language is not known yet.
pub fn clean(text: &str, languages: &[LanguageData]) -> Cleaned {
    let mut kept = Vec::new();
    let several = text.contains('\n');
    let mut seen_words = false;
    for line in lines(text) {
        let content = line.quote(text).trim();
        if several {
            let lower = content.to_lowercase();
            if ends_message(&lower, seen_words, languages, &text[line.end..]) {
                break;
            }
            if content.starts_with('>') || is_header(&lower, languages) {
                continue;
            }
            seen_words |= lower.chars().any(char::is_alphabetic);
        }
        keep_line(text, line, &mut kept);
    }
    Cleaned { kept }
}

/// Lines with their line break, so that a break still separates sentences.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        span
    })
}

/// Whether this line closes the speaker's own words: a signature mark, a sign-off near the end, a footer.
fn ends_message(lower: &str, seen_words: bool, languages: &[LanguageData], rest: &str) -> bool {
    if lower == "--" || lower.starts_with("-----") || lower.starts_with("_____") {
        return true;
    }
    let begins = |list: &[String]| list.iter().any(|mark| lower.starts_with(mark.as_str()));
    languages.iter().any(|language| {
        let markers = &language.lines;
        begins(&markers.sent_from)
            || begins(&markers.disclaimers)
            || (seen_words && closes(lower, &markers.closings) && rest.lines().filter(|l| l.split_whitespace().count() > 6).count() == 0)
    })
}

/// A sign-off is a line of its own: the formula, at most a name behind it.
fn closes(lower: &str, closings: &[String]) -> bool {
    closings
        .iter()
        .any(|mark| lower.strip_prefix(mark.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphabetic) && rest.split_whitespace().count() <= 3 && !rest.contains('?')))
}

/// `Van:`, `On … wrote:` and their like. A `*` in the marker stands for anything.
fn is_header(lower: &str, languages: &[LanguageData]) -> bool {
    languages.iter().flat_map(|l| &l.lines.quote_headers).any(|mark| match mark.split_once('*') {
        Some((head, tail)) => {
            let (head, tail) = (head.trim(), tail.trim());
            lower.starts_with(head) && lower.trim_end_matches(':').ends_with(tail.trim_end_matches(':')) && lower.contains(|c: char| c.is_ascii_digit())
        }
        None => lower.starts_with(mark.as_str()),
    })
}

/// Keeps a line but for markup, web and mail addresses and bracketed transcript marks.
fn keep_line(text: &str, line: Span, kept: &mut Vec<Span>) {
    let mut from = line.start;
    let mut at = line.start;
    while at < line.end {
        let rest = &text[at..line.end];
        let skip = markup(rest).or_else(|| address(rest, at == line.start || text[..at].ends_with(char::is_whitespace)));
        match skip {
            Some(len) => {
                push(kept, from, at);
                at += len;
                from = at;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    push(kept, from, line.end);
}

fn push(kept: &mut Vec<Span>, start: usize, end: usize) {
    if start == end {
        return;
    }
    match kept.last_mut() {
        Some(last) if last.end == start => last.end = end,
        _ => kept.push(Span::new(start, end)),
    }
}

/// `<br>`, `</p>`, `&nbsp;`, `[pause]`, `(inaudible)`, `[00:12]`: its length.
fn markup(rest: &str) -> Option<usize> {
    match rest.as_bytes()[0] {
        b'<' => {
            let end = rest.find('>')?;
            let inner = &rest[1..end];
            let tag = inner.trim_start_matches('/');
            (end < 200 && tag.starts_with(|c: char| c.is_ascii_alphabetic()) && !inner.contains('<')).then_some(end + 1)
        }
        b'[' => {
            let end = rest.find(']')?;
            let inner = &rest[1..end];
            (end < 40 && !inner.contains('\n')).then_some(end + 1)
        }
        b'&' => {
            let end = rest.find(';')?;
            (end < 8 && rest[1..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')).then_some(end + 1)
        }
        _ => None,
    }
}

/// A web or mail address at the start of a word: its length.
fn address(rest: &str, word_start: bool) -> Option<usize> {
    if !word_start {
        return None;
    }
    let word = rest.split(char::is_whitespace).next().unwrap_or("");
    let web = word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.");
    let mail = word.len() > 5 && word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.'));
    (web || mail).then_some(word.len())
}
