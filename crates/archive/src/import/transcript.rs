//! Plain transcripts: `Agent: …`, `[10:02] Klant: …`, `Asiakas (10:02): …`; and one customer's bare text.

use super::lines::{Lines, whole};
use super::{Event, Head, Mapping, Sink, speaker, stem};
use std::io::BufRead;
use tuntuma_engine::{Channel, Error, Role, Utterance};

/// Longest bare text taken, in bytes.
const LONGEST_TEXT: usize = 4 << 20;

/// One labelled line.
struct Labelled<'l> {
    label: &'l str,
    minutes: Option<u32>,
    text: &'l str,
}

/// Whether the first line carries a speaker.
pub fn looks_like(first: &str, mapping: &Mapping) -> bool {
    split(first).is_some_and(|l| mapping.role(l.label).is_some() || l.minutes.is_some())
}

/// Reads a transcript as it grows: an utterance is handed on when the next one begins, or after an empty line.
pub fn read(input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut lines = Lines::new(input, name);
    let mut open: Option<(Role, String)> = None;
    let (mut count, mut started, mut last) = (0, false, None);
    while let Some(line) = lines.next_line()? {
        let line = line.to_owned();
        if line.trim().is_empty() {
            hand_on(&mut open, sink)?;
            continue;
        }
        if line.starts_with("---") || line.starts_with("===") {
            hand_on(&mut open, sink)?;
            (started, last) = (false, None);
            continue;
        }
        match split(&line).map(|l| (mapping.role(l.label), l)) {
            Some((Some(role), labelled)) => {
                hand_on(&mut open, sink)?;
                if !started {
                    count += 1;
                    sink(Event::Open(head(name, count, mapping)))?;
                    started = true;
                }
                check_time(&lines, &labelled, &mut last)?;
                open = Some((role, labelled.text.to_owned()));
            }
            Some((None, labelled)) if is_name(labelled.label) && !line.starts_with(' ') => {
                let message = format!("unknown role `{}`", labelled.label);
                return Err(speaker::unknown(lines.error(1, message), labelled.label));
            }
            _ => {
                if let Some((_, text)) = &mut open {
                    text.push('\n');
                    text.push_str(line.trim_start());
                } else {
                    let error = lines.error(1, "this line has no speaker");
                    return Err(error.hint("begin each utterance with `Customer:` or `Agent:` (Klant, Asiakas, Medewerker …), or give --input-format text"));
                }
            }
        }
    }
    hand_on(&mut open, sink)
}

/// Reads a bare text as one customer utterance: the one angry mail somebody pastes.
pub fn read_plain(input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let text = whole(input, name, LONGEST_TEXT)?;
    let text = text.trim().trim_start_matches('\u{feff}');
    if text.is_empty() {
        return Ok(());
    }
    let channel = mapping.channel.unwrap_or(Channel::Email);
    sink(Event::Open(Head { channel, ..head(name, 1, mapping) }))?;
    sink(Event::Said(Utterance { role: Role::Customer, at: None, text: text.to_owned() }))
}

fn head(name: &str, count: usize, mapping: &Mapping) -> Head {
    let id = if count == 1 { stem(name) } else { format!("{}-{count}", stem(name)) };
    Head { id, lang: mapping.lang.clone(), region: mapping.region.clone(), channel: mapping.channel.unwrap_or_default() }
}

fn hand_on(open: &mut Option<(Role, String)>, sink: &mut Sink<'_>) -> Result<(), Error> {
    match open.take() {
        Some((role, text)) => sink(Event::Said(Utterance { role, at: None, text: text.trim().to_owned() })),
        None => Ok(()),
    }
}

fn check_time<R: BufRead>(lines: &Lines<'_, R>, labelled: &Labelled<'_>, last: &mut Option<u32>) -> Result<(), Error> {
    let Some(now) = labelled.minutes else { return Ok(()) };
    if let Some(before) = *last
        && now < before
        && before - now < 12 * 60
    {
        let clock = |m: u32| format!("{:02}:{:02}", m / 60, m % 60);
        let message = format!("{} comes before {}", clock(now), clock(before));
        return Err(lines.error(1, message).hint("put the lines in the order they were said"));
    }
    *last = Some(now);
    Ok(())
}

/// A line with a label before a colon, and perhaps a time before or behind the label.
fn split(line: &str) -> Option<Labelled<'_>> {
    let (minutes, rest) = leading_time(line.trim_start());
    let (label, text) = colon(rest)?;
    let (label, behind) = trailing_time(label.trim().trim_matches(['*', '_', '<', '>']).trim());
    (!label.is_empty() && label.chars().count() <= 32).then_some(Labelled { label, minutes: minutes.or(behind), text: text.trim() })
}

/// Splits at the first colon that is no part of a time.
fn colon(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let at = (0..bytes.len()).find(|&i| {
        let digits = i > 0 && bytes[i - 1].is_ascii_digit() && bytes.get(i + 1).is_some_and(u8::is_ascii_digit);
        bytes[i] == b':' && !digits
    })?;
    Some((&text[..at], &text[at + 1..]))
}

fn leading_time(text: &str) -> (Option<u32>, &str) {
    let open = text.trim_start_matches(['[', '(']);
    let end = open.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | '-' | '/' | 'T' | ' ' | ',' | '+' | 'Z')).unwrap_or(open.len());
    let Some(minutes) = clock(&open[..end]) else { return (None, text) };
    (Some(minutes), open[end..].trim_start_matches([']', ')', ' ', '-', '–', '|', ',']))
}

fn trailing_time(label: &str) -> (&str, Option<u32>) {
    let Some(open) = label.rfind(['(', '[']) else { return (label, None) };
    match clock(label[open + 1..].trim_end_matches([')', ']'])) {
        Some(minutes) => (label[..open].trim(), Some(minutes)),
        None => (label, None),
    }
}

/// The last `HH:MM` in a run of date and time characters, in minutes.
fn clock(text: &str) -> Option<u32> {
    let word = text.split([' ', 'T', ',']).rfind(|w| w.contains(':'))?;
    let mut parts = word.split(':').map(|p| p.trim_end_matches('Z').split(['+', '.']).next().unwrap_or("").parse::<u32>());
    let (hours, minutes) = (parts.next()?.ok()?, parts.next()?.ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// One or two capitalised words: somebody's name rather than the beginning of a sentence.
fn is_name(label: &str) -> bool {
    let words: Vec<_> = label.split_whitespace().collect();
    (1..=2).contains(&words.len()) && words.iter().all(|w| w.starts_with(char::is_uppercase) && w.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_before_and_behind_the_label() {
        for line in ["[10:02] Agent: hoi", "10:02 Agent: hoi", "Agent (10:02): hoi", "2026-03-01 10:02:11 - Agent: hoi", "**Agent** [10:02]: hoi"] {
            let l = split(line).unwrap();
            assert_eq!((l.label.trim_matches('*'), l.minutes, l.text), ("Agent", Some(602), "hoi"), "{line}");
        }
    }

    #[test]
    fn a_time_inside_the_text_is_no_label() {
        let l = split("Klant: om 10:30 belde ik").unwrap();
        assert_eq!((l.label, l.text), ("Klant", "om 10:30 belde ik"));
    }
}
