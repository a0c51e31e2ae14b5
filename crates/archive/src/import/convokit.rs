//! ConvoKit's `utterances.jsonl`: one utterance a line, conversations mixed.

use super::lines::Lines;
use super::{Event, Head, Mapping, Sink, speaker};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;
use tuntuma_engine::{Error, Role, Utterance};

#[derive(Deserialize)]
struct Row {
    #[serde(alias = "root")]
    conversation_id: String,
    #[serde(alias = "user")]
    speaker: Value,
    text: String,
    #[serde(default)]
    timestamp: Value,
    #[serde(default)]
    meta: Value,
}

/// Reads all lines, then hands the conversations on in the order they first appear; within one, by time where every utterance has one.
pub fn read(input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut lines = Lines::new(input, name);
    let mut order: Vec<String> = Vec::new();
    let mut found: std::collections::BTreeMap<String, Vec<(Option<i64>, Utterance)>> = std::collections::BTreeMap::new();
    let mut fault = None;
    while let Some(line) = lines.next_line()? {
        if line.trim().is_empty() {
            continue;
        }
        match utterance(line, mapping, &lines_at(name)) {
            Ok((id, time, said)) => {
                if !found.contains_key(&id) {
                    order.push(id.clone());
                }
                found.entry(id).or_default().push((time, said));
            }
            Err(mut e) => {
                e.line = Some(lines.number());
                fault = Some(e);
                break;
            }
        }
    }
    for id in order {
        let mut said = found.remove(&id).unwrap_or_default();
        if said.iter().all(|(time, _)| time.is_some()) {
            said.sort_by_key(|(time, _)| *time);
        }
        sink(Event::Open(Head { id, lang: mapping.lang.clone(), region: mapping.region.clone(), channel: mapping.channel.unwrap_or_default() }))?;
        for (_, utterance) in said {
            sink(Event::Said(utterance))?;
        }
    }
    fault.map_or(Ok(()), Err)
}

fn lines_at(name: &str) -> impl Fn(usize, String) -> Error + '_ {
    move |column, message| Error { column: Some(column), ..Error::file(name, message) }
}

fn utterance(line: &str, mapping: &Mapping, error: &dyn Fn(usize, String) -> Error) -> Result<(String, Option<i64>, Utterance), Error> {
    let row: Row = serde_json::from_str(line).map_err(|e| {
        let text = e.to_string();
        error(e.column().max(1), format!("not a ConvoKit utterance: {}", text.split(" at line ").next().unwrap_or(""))).hint("each line needs conversation_id, speaker and text")
    })?;
    let named = |v: &Value| v.as_str().map(str::to_owned).or_else(|| v.get("id").and_then(Value::as_str).map(str::to_owned));
    let own = ["role", "speaker_type", "type"].iter().find_map(|k| row.meta.get(k).and_then(Value::as_str));
    let label = named(&row.speaker).unwrap_or_default();
    let role: Role =
        own.and_then(|r| mapping.role(r)).or_else(|| mapping.role(&label)).ok_or_else(|| speaker::unknown(error(1, format!("unknown role of speaker `{label}`")), &label))?;
    let seconds = row.timestamp.as_f64().or_else(|| row.timestamp.as_str().and_then(|s| s.parse().ok())).map(|s| s as i64);
    let at = seconds.and_then(|s| Timestamp::from_second(s).ok()).map(|t| t.to_string());
    Ok((row.conversation_id, seconds, Utterance { role, at, text: row.text }))
}
