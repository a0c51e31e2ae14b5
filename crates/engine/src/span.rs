//! Spans inside one utterance's text.

use serde::{Deserialize, Serialize};

/// A half-open byte range `start..end` in one utterance's original text, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The exact text the span covers.
    ///
    /// # Panics
    /// When the span does not lie on character boundaries of `text`, which no span of ours does for its own text.
    pub fn quote<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// The same span in UTF-16 code units, the unit of the wire.
    pub fn to_utf16(self, text: &str) -> Span {
        let start = text[..self.start].encode_utf16().count();
        Span::new(start, start + text[self.start..self.end].encode_utf16().count())
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_offsets_count_utf16_code_units() {
        let text = "Hyvää 😕 päivää";
        let start = text.find("päivää").unwrap();
        let span = Span::new(start, text.len());
        assert_eq!(span.to_utf16(text), Span::new(9, 15));
        assert_eq!(span.quote(text), "päivää");
    }
}
