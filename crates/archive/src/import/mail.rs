//! Mails: one `.eml`, or a mailbox whose mails are put together to threads.

use super::lines::whole;
use super::{Event, Head, Mapping, Sink, stem};
use mail_parser::{Message, MessageParser};
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use tuntuma_engine::{Channel, Error, Role, Utterance};

/// Largest mail or mailbox taken, in bytes.
const LARGEST: usize = 256 << 20;

/// Whether a text begins with mail headers.
pub fn looks_like_headers(text: &str) -> bool {
    const HEADERS: [&str; 6] = ["from:", "return-path:", "received:", "mime-version:", "message-id:", "delivered-to:"];
    let lower = text.to_ascii_lowercase();
    let first = lower.lines().next().unwrap_or("");
    HEADERS.iter().any(|h| first.starts_with(h)) && lower.contains("\nsubject:")
}

/// Reads one mail: a conversation of one utterance.
pub fn read_one(mut input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let mut bytes = Vec::new();
    (&mut input).take(LARGEST as u64).read_to_end(&mut bytes).map_err(|e| Error::file(name, format!("cannot be read: {e}")))?;
    let mail = parse(&bytes, name, 1)?;
    let role = address(&mail).and_then(|a| mapping.role_of_address(&a)).unwrap_or(Role::Customer);
    sink(Event::Open(head(stem(name), mapping)))?;
    sink(Event::Said(Utterance { role, at: date(&mail), text: body(&mail) }))
}

/// Reads a mailbox: threads by subject and reference; the first writer of a thread is the customer unless named otherwise, all others are agents.
pub fn read_box(input: impl BufRead, name: &str, mapping: &Mapping, sink: &mut Sink<'_>) -> Result<(), Error> {
    let text = whole(input, name, LARGEST)?;
    let mut threads: Vec<Thread> = Vec::new();
    let mut by_message: BTreeMap<String, usize> = BTreeMap::new();
    let mut fault = None;
    for (line, raw) in split(&text) {
        let mail = match parse(raw.as_bytes(), name, line) {
            Ok(mail) => mail,
            Err(e) => {
                fault = Some(e);
                break;
            }
        };
        let known = references(&mail).into_iter().find_map(|r| by_message.get(&r).copied());
        let subject = plain_subject(mail.subject().unwrap_or(""));
        let place = known.or_else(|| threads.iter().position(|t| !subject.is_empty() && t.subject == subject)).unwrap_or_else(|| {
            threads.push(Thread { subject, mails: Vec::new() });
            threads.len() - 1
        });
        if let Some(id) = mail.message_id() {
            by_message.insert(id.to_owned(), place);
        }
        threads[place].mails.push((mail.date().map(mail_parser::DateTime::to_timestamp), address(&mail).unwrap_or_default(), date(&mail), body(&mail)));
    }
    for (i, mut thread) in threads.into_iter().enumerate() {
        thread.mails.sort_by_key(|m| m.0);
        sink(Event::Open(head(format!("{}-{}", stem(name), i + 1), mapping)))?;
        let first = thread.mails.iter().map(|m| m.1.clone()).find(|a| mapping.role_of_address(a).is_none_or(|r| r == Role::Customer)).unwrap_or_default();
        for (_, from, at, text) in thread.mails {
            let role = mapping.role_of_address(&from).unwrap_or(if from == first { Role::Customer } else { Role::Agent });
            sink(Event::Said(Utterance { role, at, text }))?;
        }
    }
    fault.map_or(Ok(()), Err)
}

struct Thread {
    subject: String,
    mails: Vec<(Option<i64>, String, Option<String>, String)>,
}

fn head(id: String, mapping: &Mapping) -> Head {
    Head { id, lang: mapping.lang.clone(), region: mapping.region.clone(), channel: mapping.channel.unwrap_or(Channel::Email) }
}

/// The mails of a mailbox with the line each begins on; `>From ` is unescaped.
fn split(text: &str) -> Vec<(usize, String)> {
    let mut mails: Vec<(usize, String)> = Vec::new();
    let mut blank = true;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with("From ") && blank {
            mails.push((i + 1, String::new()));
        } else if let Some((_, mail)) = mails.last_mut() {
            let unescaped = line.strip_prefix('>').filter(|l| l.trim_start_matches('>').starts_with("From "));
            mail.push_str(unescaped.unwrap_or(line));
        }
        blank = line.trim().is_empty();
    }
    mails
}

fn parse<'b>(bytes: &'b [u8], name: &str, line: usize) -> Result<Message<'b>, Error> {
    let mail = MessageParser::default().parse(bytes).filter(|m| m.from().is_some());
    mail.ok_or_else(|| {
        let error = Error { line: Some(line), column: Some(1), ..Error::file(name, "not a mail: no `From:` header") };
        error.hint("give the mail with its headers, or the bare text with --input-format text")
    })
}

fn address(mail: &Message<'_>) -> Option<String> {
    mail.from()?.first()?.address().map(str::to_lowercase)
}

fn date(mail: &Message<'_>) -> Option<String> {
    mail.date().map(mail_parser::DateTime::to_rfc3339)
}

/// The text part; HTML is turned to text by the parser.
fn body(mail: &Message<'_>) -> String {
    mail.body_text(0).map(|t| t.replace("\r\n", "\n").trim().to_owned()).unwrap_or_default()
}

fn references(mail: &Message<'_>) -> Vec<String> {
    [mail.in_reply_to(), mail.references()].into_iter().filter_map(|h| h.as_text_list().map(<[_]>::to_vec)).flatten().map(|r| r.to_string()).collect()
}

/// A subject without its reply prefixes.
fn plain_subject(subject: &str) -> String {
    let mut rest = subject.trim().to_lowercase();
    while let Some((prefix, tail)) = rest.split_once(':') {
        if !matches!(prefix.trim(), "re" | "fw" | "fwd" | "vs" | "vl" | "antw" | "betr" | "doorst" | "tr" | "sv") {
            break;
        }
        rest = tail.trim().to_owned();
    }
    rest
}
