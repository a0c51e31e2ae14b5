//! Import formats, one file each. All stream: what was read before a fault has already been handed on.

mod convokit;
mod delimited;
mod jsonl;
mod lines;
mod mail;
mod speaker;
mod subtitles;
mod transcript;

pub use speaker::Mapping;

use std::io::BufRead;
use tuntuma_engine::{Channel, Error, Utterance};

/// What an importer hands on, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A conversation begins.
    Open(Head),
    /// Something is said in it.
    Said(Utterance),
}

/// What is known of a conversation when it begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// Its id.
    pub id: String,
    /// Its language, when given.
    pub lang: Option<String>,
    /// The customer's country, when given.
    pub region: Option<String>,
    /// Where it takes place.
    pub channel: Channel,
}

/// Takes the events; an error stops the import.
pub type Sink<'s> = dyn FnMut(Event) -> Result<(), Error> + 's;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Neutral JSON Lines, one conversation a line.
    Jsonl,
    /// `Agent: …` and `Klant: …` lines.
    Transcript,
    /// One customer's text, without labels.
    Text,
    /// One mail.
    Eml,
    /// A mailbox.
    Mbox,
    /// Comma-, semicolon- or tab-separated rows.
    Csv,
    /// WebVTT.
    Vtt,
    /// SubRip.
    Srt,
    /// ConvoKit's `utterances.jsonl`.
    Convokit,
}

impl Format {
    /// All formats with their names on the command line.
    pub const ALL: [(&'static str, Format); 9] = [
        ("jsonl", Format::Jsonl),
        ("transcript", Format::Transcript),
        ("text", Format::Text),
        ("eml", Format::Eml),
        ("mbox", Format::Mbox),
        ("csv", Format::Csv),
        ("vtt", Format::Vtt),
        ("srt", Format::Srt),
        ("convokit", Format::Convokit),
    ];

    /// Tells the format from the name and the first bytes.
    pub fn detect(name: &str, head: &[u8], mapping: &Mapping) -> Format {
        let text = String::from_utf8_lossy(&head[..head.len().min(4096)]);
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().find(|l| !l.trim().is_empty()).unwrap_or("").trim();
        let extension = name.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
        match extension.as_str() {
            "eml" => return Format::Eml,
            "mbox" => return Format::Mbox,
            "vtt" => return Format::Vtt,
            "srt" => return Format::Srt,
            "csv" | "tsv" => return Format::Csv,
            _ => {}
        }
        if first.starts_with('{') {
            return if text.contains("\"speaker\"") && !text.contains("\"turns\"") { Format::Convokit } else { Format::Jsonl };
        }
        if first.starts_with("WEBVTT") {
            return Format::Vtt;
        }
        if first.starts_with("From ") && text.contains("\nDate:") {
            return Format::Mbox;
        }
        if mail::looks_like_headers(text) {
            return Format::Eml;
        }
        if first.chars().all(|c| c.is_ascii_digit()) && text.lines().nth(1).is_some_and(|l| l.contains("-->")) {
            return Format::Srt;
        }
        if delimited::looks_like_header(first) {
            return Format::Csv;
        }
        if transcript::looks_like(first, mapping) { Format::Transcript } else { Format::Text }
    }
}

/// Reads `input` and hands on its conversations.
///
/// # Errors
/// The first fault, with place and remedy; everything before it has been handed on.
pub fn import(mut input: impl BufRead, name: &str, format: Option<Format>, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let head = input.fill_buf().map_err(|e| Error::file(name, format!("cannot be read: {e}")))?;
    if head.is_empty() {
        return Err(Error::file(name, "is empty").hint("give a file with at least one utterance"));
    }
    let format = format.unwrap_or_else(|| Format::detect(name, head, mapping));
    let mut said = 0_usize;
    let mut counting = |event: Event| {
        said += usize::from(matches!(event, Event::Said(_)));
        sink(event)
    };
    match format {
        Format::Jsonl => jsonl::read(input, name, mapping, &mut counting),
        Format::Transcript => transcript::read(input, name, mapping, &mut counting),
        Format::Text => transcript::read_plain(input, name, mapping, &mut counting),
        Format::Eml => mail::read_one(input, name, mapping, &mut counting),
        Format::Mbox => mail::read_box(input, name, mapping, &mut counting),
        Format::Csv => delimited::read(input, name, mapping, &mut counting),
        Format::Vtt | Format::Srt => subtitles::read(input, name, mapping, &mut counting),
        Format::Convokit => convokit::read(input, name, mapping, &mut counting),
    }?;
    if said == 0 {
        return Err(Error::file(name, "holds no utterances").hint("is it the right format? --input-format names it"));
    }
    Ok(())
}

/// The file's name without folders and ending: the id of a conversation that has none.
fn stem(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem).to_owned()
}
