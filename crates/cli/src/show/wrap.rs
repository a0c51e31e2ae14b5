//! Wrapping text to a width while parts of it are styled.

use anstyle::Style;
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Wraps `text` to `width` columns; `marks` are byte ranges to style, in order and apart.
pub fn wrap(text: &str, width: usize, marks: &[(usize, usize)], style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    for (start, paragraph) in paragraphs(text) {
        let (mut line, mut used) = (String::new(), 0);
        for (at, word) in words(paragraph) {
            let columns = word.width();
            if used > 0 && used + 1 + columns > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                // A space inside a marked stretch is marked too.
                paint(&mut line, " ", start + at - 1, marks, style);
                used += 1;
            }
            paint(&mut line, word, start + at, marks, style);
            used += columns;
        }
        lines.push(line);
    }
    lines
}

fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |p| {
        let start = at;
        at += p.len() + 1;
        (start, p)
    })
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace().map(move |w| (w.as_ptr() as usize - base, w))
}

fn paint(out: &mut String, piece: &str, start: usize, marks: &[(usize, usize)], style: Style) {
    let mut at = start;
    let end = start + piece.len();
    for &(from, to) in marks.iter().filter(|(from, to)| *from < end && *to > start) {
        let (from, to) = (from.max(at), to.min(end));
        if from >= to {
            continue;
        }
        out.push_str(&piece[at - start..from - start]);
        let _ = write!(out, "{style}{}{style:#}", &piece[from - start..to - start]);
        at = to;
    }
    out.push_str(&piece[at - start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_width_and_marks_survive() {
        let style = Style::new().underline();
        let text = "aaa bbb ccc\nddd";
        assert_eq!(wrap(text, 7, &[], style), ["aaa bbb", "ccc", "ddd"]);
        let lines = wrap(text, 7, &[(4, 11)], style);
        assert_eq!(lines[0], format!("aaa {style}bbb{style:#}"));
        assert_eq!(lines[1], format!("{style}ccc{style:#}"));
    }
}
