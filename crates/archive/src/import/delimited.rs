//! Delimited rows: one utterance a row, columns named in the first.

use super::{Event, Head, Mapping, Sink, speaker, stem};
use std::io::{BufRead, Cursor, Read};
use tuntuma_engine::{Error, Utterance};

const KNOWN: [(&str, &[&str]); 4] = [
    ("conversation", &["conversation", "conversation_id", "conversationid", "id", "thread", "ticket", "ticket_id", "gesprek", "keskustelu"]),
    ("role", &["role", "sender", "sender_type", "from", "speaker", "author", "rol", "afzender", "rooli", "lähettäjä"]),
    ("text", &["text", "message", "body", "content", "bericht", "tekst", "viesti", "teksti"]),
    ("at", &["at", "time", "timestamp", "created_at", "date", "tijd", "datum", "aika"]),
];

/// Whether a first line names at least a text and a role column.
pub fn looks_like_header(line: &str) -> bool {
    let delimiter = delimiter(line);
    let names: Vec<_> = line.split(delimiter as char).map(|n| n.trim().trim_matches('"').to_lowercase()).collect();
    let has = |i: usize| names.iter().any(|n| KNOWN[i].1.contains(&n.as_str()));
    names.len() >= 2 && has(1) && has(2)
}

fn delimiter(line: &str) -> u8 {
    *[b'\t', b';', b','].iter().max_by_key(|d| line.bytes().filter(|b| b == *d).count()).unwrap_or(&b',')
}

/// Reads rows; a new conversation begins where the id changes.
pub fn read(mut input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut first = Vec::new();
    (&mut input).take(1 << 16).read_until(b'\n', &mut first).map_err(|e| Error::file(name, format!("cannot be read: {e}")))?;
    let header = String::from_utf8_lossy(&first).into_owned();
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(&header)).flexible(false).from_reader(Cursor::new(first).chain(input));
    let names: Vec<String> = reader.headers().map_err(|e| fault(name, &e))?.iter().map(|n| n.trim().trim_start_matches('\u{feff}').to_lowercase()).collect();
    let column = |kind: &str| {
        let mapped = mapping.columns.iter().find(|(k, _)| k == kind).map(|(_, n)| n.to_lowercase());
        let known = KNOWN.iter().find(|(k, _)| *k == kind).map_or(&[][..], |(_, n)| n);
        names.iter().position(|n| mapped.as_ref().map_or_else(|| known.contains(&n.as_str()), |m| m == n))
    };
    let need = |kind: &str| {
        column(kind).ok_or_else(|| {
            let error = Error { line: Some(1), column: Some(1), ..Error::file(name, format!("no column for `{kind}` among {}", names.join(", "))) };
            error.hint(format!("name it with --columns {kind}=NAME"))
        })
    };
    let (role_at, text_at) = (need("role")?, need("text")?);
    let (id_at, time_at) = (column("conversation"), column("at"));
    let mut open: Option<String> = None;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| fault(name, &e))? {
        let line = record.position().map_or(0, |p| p.line() as usize);
        let label = record.get(role_at).unwrap_or("");
        let role = mapping.role(label).ok_or_else(|| {
            let error = Error { line: Some(line), column: Some(role_at + 1), ..Error::file(name, format!("unknown role `{label}`")) };
            speaker::unknown(error, label)
        })?;
        let id = id_at.and_then(|i| record.get(i)).map_or_else(|| stem(name), str::to_owned);
        if open.as_ref() != Some(&id) {
            let channel = mapping.channel.unwrap_or_default();
            sink(Event::Open(Head { id: id.clone(), lang: mapping.lang.clone(), region: mapping.region.clone(), channel }))?;
            open = Some(id);
        }
        let at = time_at.and_then(|i| record.get(i)).filter(|t| !t.is_empty()).map(str::to_owned);
        sink(Event::Said(Utterance { role, at, text: record.get(text_at).unwrap_or("").to_owned() }))?;
    }
    Ok(())
}

fn fault(name: &str, e: &csv::Error) -> Error {
    let line = e.position().map(|p| p.line() as usize);
    let (message, hint) = match e.kind() {
        csv::ErrorKind::Utf8 { .. } => ("not UTF-8 text".to_owned(), "convert it first, for instance: iconv -f WINDOWS-1252 -t UTF-8"),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            (format!("{len} fields where the first line has {expected_len}"), "put texts that hold the separator in double quotes")
        }
        _ => (e.to_string(), "one utterance a row, columns named in the first"),
    };
    Error { line, column: Some(1), ..Error::file(name, message) }.hint(hint)
}
