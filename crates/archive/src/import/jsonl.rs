//! Neutral JSON Lines: one conversation a line.

use super::lines::Lines;
use super::{Event, Head, Mapping, Sink};
use jiff::Timestamp;
use std::io::BufRead;
use tuntuma_engine::{Conversation, Error};

/// Reads conversations line by line.
pub fn read(input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut lines = Lines::new(input, name);
    while let Some(line) = lines.next_line()? {
        if line.trim().is_empty() {
            continue;
        }
        let parsed: Result<Conversation, _> = serde_json::from_str(line);
        let conversation = match parsed {
            Ok(conversation) => conversation,
            Err(e) => return Err(fault(&lines, &e)),
        };
        check_times(&conversation, &lines)?;
        sink(Event::Open(Head {
            id: conversation.id,
            lang: mapping.lang.clone().or(conversation.lang),
            region: mapping.region.clone().or(conversation.region),
            channel: mapping.channel.unwrap_or(conversation.channel),
        }))?;
        for said in conversation.turns {
            sink(Event::Said(said))?;
        }
    }
    Ok(())
}

fn fault<R: BufRead>(lines: &Lines<'_, R>, e: &serde_json::Error) -> Error {
    let text = e.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    let broken = e.is_syntax() || e.is_eof();
    let message = if broken { format!("broken JSON: {message}") } else { message.to_owned() };
    let hint = if message.contains("variant") {
        "roles are customer, agent, bot, system; channels are chat, email, phone, ticket, social"
    } else if broken {
        "one whole JSON object a line"
    } else {
        "a conversation is {\"id\", \"channel\", \"turns\": [{\"role\", \"at\", \"text\"}]}"
    };
    lines.error(e.column().max(1), message).hint(hint)
}

/// Times must be RFC 3339 and must not run backwards: a reading looks at what came before.
fn check_times<R: BufRead>(conversation: &Conversation, lines: &Lines<'_, R>) -> Result<(), Error> {
    let mut last: Option<(Timestamp, &str)> = None;
    for (i, said) in conversation.turns.iter().enumerate() {
        let Some(at) = said.at.as_deref() else { continue };
        let time: Timestamp = at.parse().map_err(|_| {
            let message = format!("conversation {}, turn {i}: `{at}` is not a time with offset", conversation.id);
            lines.error(1, message).hint("write it like 2026-03-09T14:05:00+01:00")
        })?;
        if let Some((before, text)) = last
            && time < before
        {
            let message = format!("conversation {}, turn {i}: {at} comes before {text}", conversation.id);
            return Err(lines.error(1, message).hint("put the turns in the order they were said"));
        }
        last = Some((time, at));
    }
    Ok(())
}
