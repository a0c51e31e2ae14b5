//! WebVTT and SubRip: transcripts of calls with times.

use super::lines::Lines;
use super::{Event, Head, Mapping, Sink, speaker, stem};
use std::io::BufRead;
use tuntuma_engine::{Channel, Error, Role, Utterance};

/// Reads cues; consecutive cues of one speaker are one utterance.
pub fn read(input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut lines = Lines::new(input, name);
    let channel = mapping.channel.unwrap_or(Channel::Phone);
    sink(Event::Open(Head { id: stem(name), lang: mapping.lang.clone(), region: mapping.region.clone(), channel }))?;
    let mut open: Option<(Role, String)> = None;
    let (mut in_cue, mut in_note, mut last) = (false, false, 0.0);
    while let Some(line) = lines.next_line()? {
        let line = line.trim().to_owned();
        if line.is_empty() {
            (in_cue, in_note) = (false, false);
        } else if line.contains("-->") {
            let start = seconds(line.split("-->").next().unwrap_or(""))
                .ok_or_else(|| lines.error(1, format!("`{line}` is not a time line")).hint("write it like 00:01:02.000 --> 00:01:05.000"))?;
            if start < last {
                return Err(lines.error(1, "this cue starts before the one above").hint("put the cues in the order they were said"));
            }
            (last, in_cue) = (start, true);
        } else if in_cue {
            let (role, text) = voice(&lines, &line, mapping, open.as_ref().map(|(role, _)| *role))?;
            match &mut open {
                Some((current, said)) if *current == role => {
                    said.push(' ');
                    said.push_str(&text);
                }
                _ => {
                    if let Some((role, text)) = open.replace((role, text)) {
                        sink(Event::Said(Utterance { role, at: None, text }))?;
                    }
                }
            }
        } else {
            in_note |= line.starts_with("NOTE") || line.starts_with("STYLE");
            let number = line.chars().all(|c| c.is_ascii_digit());
            if !(in_note || number || line.starts_with("WEBVTT") || lines.number() <= 3 || !line.contains(' ')) {
                return Err(lines.error(1, "text outside a cue").hint("every text stands below a `-->` line"));
            }
        }
    }
    match open {
        Some((role, text)) => sink(Event::Said(Utterance { role, at: None, text })),
        None => Ok(()),
    }
}

/// The speaker of a cue line: `<v Agent>…` or `Agent: …`; without either, the speaker before.
fn voice<R: BufRead>(lines: &Lines<'_, R>, line: &str, mapping: &Mapping, current: Option<Role>) -> Result<(Role, String), Error> {
    let (label, text) = match line.strip_prefix("<v").and_then(|rest| rest.split_once('>')) {
        Some((label, text)) => (Some(label.trim_start_matches(|c: char| c == '.' || c.is_alphanumeric()).trim()), text),
        None => match line.split_once(": ") {
            Some((label, text)) if label.split_whitespace().count() <= 2 && (mapping.role(label).is_some() || label.starts_with(char::is_uppercase)) => (Some(label), text),
            _ => (None, line),
        },
    };
    let text = text.replace("</v>", "").trim().trim_start_matches("- ").to_owned();
    if let Some(label) = label {
        let role = mapping.role(label).ok_or_else(|| speaker::unknown(lines.error(1, format!("unknown role `{label}`")), label))?;
        Ok((role, text))
    } else {
        let role = current.ok_or_else(|| lines.error(1, "this cue has no speaker").hint("write `<v Customer>` or `Customer: ` before the text"))?;
        Ok((role, text))
    }
}

fn seconds(text: &str) -> Option<f64> {
    text.trim().split(':').try_fold(0.0, |sum, part| part.replace(',', ".").parse::<f64>().ok().map(|p| sum * 60.0 + p))
}
