//! Hashed features of one utterance: words, word pairs and character n-grams, each tied to the token it comes from.

use crate::cue::Fnv;
use crate::text::token::{Kind, Tokens};
use std::hash::Hasher;

/// Rows of the n-gram table; a power of two.
pub const ROWS: usize = 1 << 18;

/// One feature: its row and the token that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Row of the table.
    pub row: u32,
    /// Token index.
    pub token: u16,
}

fn start(language: u8, kind: u8) -> Fnv {
    let mut fnv = Fnv::default();
    fnv.write(&[language, kind]);
    fnv
}

fn row(fnv: Fnv) -> u32 {
    let h = fnv.finish();
    ((h ^ (h >> 29)) & (ROWS as u64 - 1)) as u32
}

/// Digits become one digit, so that numbers share their features.
fn fold(byte: u8) -> u8 {
    if byte.is_ascii_digit() { b'0' } else { byte }
}

/// Appends the features of a customer's `tokens` to `out`; `language` is the model's number for it.
pub fn extract(tokens: &Tokens, language: u8, out: &mut Vec<Feature>) {
    let mut last: Option<u64> = None;
    for i in 0..tokens.len() {
        let token = &tokens.items[i];
        let text = tokens.text(i);
        if token.kind == Kind::Stop && text == "\n" {
            last = None;
            continue;
        }
        let mut fnv = start(language, b'W');
        for &b in text.as_bytes() {
            fnv.write(&[fold(b)]);
        }
        let at = i.min(u16::MAX as usize) as u16;
        out.push(Feature { row: row(fnv), token: at });
        if let Some(previous) = last {
            let mut pair = start(language, b'P');
            pair.write(&previous.to_le_bytes());
            pair.write(&fnv.finish().to_le_bytes());
            out.push(Feature { row: row(pair), token: at });
        }
        last = Some(fnv.finish());
        if matches!(token.kind, Kind::Word | Kind::Number) {
            characters(text, language, at, out);
        }
    }
}

/// Character n-grams of three to five inside a word, with its edges.
fn characters(word: &str, language: u8, at: u16, out: &mut Vec<Feature>) {
    let mut bounds: [u8; 40] = [0; 40];
    let mut bytes: [u8; 82] = [0; 82];
    let (mut n, mut len) = (0, 0);
    let mut put = |chunk: &[u8]| {
        if n + 1 < bounds.len() && len + chunk.len() <= bytes.len() {
            bounds[n] = len as u8;
            for &b in chunk {
                bytes[len] = fold(b);
                len += 1;
            }
            n += 1;
        }
    };
    put(b"<");
    let mut buffer = [0; 4];
    for c in word.chars() {
        put(c.encode_utf8(&mut buffer).as_bytes());
    }
    put(b">");
    bounds[n] = len as u8;
    for from in 0..n {
        let mut fnv = start(language, b'C');
        for to in from..(from + 5).min(n) {
            fnv.write(&bytes[bounds[to] as usize..bounds[to + 1] as usize]);
            if to - from >= 2 && !(from == 0 && to + 1 == n) {
                out.push(Feature { row: row(fnv), token: at });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::text::tokenise;

    #[test]
    fn numbers_share_their_features() {
        let rows = |text: &str| {
            let mut tokens = Tokens::default();
            tokenise(text, Span::new(0, text.len()), &mut tokens);
            let mut out = Vec::new();
            extract(&tokens, 0, &mut out);
            out.iter().map(|f| f.row).collect::<Vec<_>>()
        };
        assert_eq!(rows("bestelling 4821"), rows("bestelling 1234"));
        assert_ne!(rows("bestelling 4821"), rows("bestelling 12345"));
    }
}
