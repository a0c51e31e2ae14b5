//! `tuntuma read`: the reading after every customer utterance.

use crate::show::faults::fault;
use crate::show::human::Human;
use crate::show::messages::Messages;
use anyhow::{Context, Result};
use clap::{Args as ClapArgs, ValueEnum};
use std::fs::{self, File};
use std::io::{self, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tuntuma_archive::{Event, Format, Mapping, import};
use tuntuma_engine::{Channel, Engine, Error, Opening, Role, Session};

/// Reads conversations: how the customer comes across after each of their utterances, and why
///
/// Takes JSON Lines, plain transcripts ("Agent: …", "Klant: …", "Asiakas: …"), bare text, EML, mbox, CSV, WebVTT, SRT and ConvoKit; the format is detected.
/// A folder is read file by file; `-` is standard input, read live as it grows.
#[derive(ClapArgs)]
pub struct Args {
    /// Files or folders; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How readings are printed
    #[arg(long, value_enum, default_value_t = Output::Human)]
    format: Output,
    /// The files' format, when it is not detected rightly
    #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(Format::ALL.map(|(name, _)| name)), value_name = "FORMAT")]
    input_format: Option<String>,
    /// Language of the read-out and of messages
    #[arg(long, default_value = "en", value_parser = ["en", "nl", "fi"])]
    language: String,
    /// Language of the conversations, when they do not say: nl, fi or en
    #[arg(long, value_name = "CODE")]
    conversation_language: Option<String>,
    /// Country of the customers, when the conversations do not say: NL, BE, FI …
    #[arg(long, value_name = "COUNTRY")]
    region: Option<String>,
    /// Where the conversations took place
    #[arg(long, value_parser = ["chat", "email", "phone", "ticket", "social"])]
    channel: Option<String>,
    /// Who a speaker, mail address or mail domain is, as NAME=ROLE
    #[arg(long, value_name = "NAME=ROLE", value_parser = speaker)]
    speaker: Vec<(String, Role)>,
    /// Columns of a delimited file, as conversation=…, role=…, text=…, at=…
    #[arg(long, value_name = "KIND=NAME", value_parser = column)]
    columns: Vec<(String, String)>,
    /// Folder of words to use instead of those built in
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = Colouring::Auto)]
    color: Colouring,
}

#[derive(Clone, Copy, ValueEnum)]
enum Output {
    /// The conversation with the wheel and the evidence
    Human,
    /// One reading a line
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Colouring {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    Always,
    Never,
}

fn speaker(text: &str) -> Result<(String, Role), String> {
    let (name, role) = text.rsplit_once('=').ok_or("write it as NAME=ROLE, for instance \"Jan=agent\"")?;
    let role = Role::ALL.into_iter().find(|r| r.name() == role).ok_or("the role is customer, agent, bot or system")?;
    Ok((name.to_owned(), role))
}

fn column(text: &str) -> Result<(String, String), String> {
    let (kind, name) = text.split_once('=').ok_or("write it as KIND=NAME, for instance text=Bericht")?;
    if ["conversation", "role", "text", "at"].contains(&kind) {
        Ok((kind.to_owned(), name.to_owned()))
    } else {
        Err(format!("no column kind `{kind}`: conversation, role, text or at"))
    }
}

/// Runs the command. Exit 2 when any input was faulty; what was good before the fault has been printed.
pub fn run(args: &Args) -> Result<ExitCode> {
    match args.color {
        Colouring::Auto => {}
        Colouring::Always => anstream::ColorChoice::Always.write_global(),
        Colouring::Never => anstream::ColorChoice::Never.write_global(),
    }
    let engine = super::engine(args.data.as_deref())?;
    let messages = Messages::load(&args.language)?;
    let mapping = mapping(args, &engine);
    let format = args.input_format.as_deref().and_then(|name| Format::ALL.iter().find(|(n, _)| *n == name)).map(|(_, f)| *f);
    let mut faults = 0;
    for path in expand(&args.files)? {
        let mut reader = Reader { engine: &engine, session: None, output: args.format, human: Human::new(&engine, &messages), out: anstream::stdout(), written: Ok(()) };
        let read = open(&path).and_then(|(input, name)| import(input, &name, format, &mapping, &mut |event| reader.take(event)));
        reader.close();
        reader.written?;
        if let Err(e) = read {
            faults += 1;
            anstream::eprintln!("{}", fault(&e, &messages));
        }
    }
    Ok(if faults > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
}

fn mapping(args: &Args, engine: &Engine) -> Mapping {
    let mut mapping = Mapping::new(engine.pack());
    for (name, role) in &args.speaker {
        mapping.add(name, *role);
    }
    mapping.columns.clone_from(&args.columns);
    mapping.lang.clone_from(&args.conversation_language);
    mapping.region.clone_from(&args.region);
    mapping.channel = args.channel.as_deref().and_then(|name| Channel::ALL.into_iter().find(|c| c.name() == name));
    mapping
}

/// Folders become their files, sorted by name; hidden files are passed over.
fn expand(files: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for path in files {
        if path.is_dir() {
            let entries = fs::read_dir(path).with_context(|| format!("{}", path.display()))?;
            let mut inner: Vec<_> = entries.flatten().map(|e| e.path()).filter(|p| !is_about(p)).collect();
            inner.sort();
            out.extend(expand(&inner)?);
        } else {
            out.push(path.clone());
        }
    }
    Ok(out)
}

/// Whether a file in a folder tells of the folder rather than holding conversations: hidden files and READMEs. Named outright they are read.
fn is_about(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.starts_with('.') || name.starts_with("readme.")
}

fn open(path: &Path) -> Result<(Box<dyn io::BufRead>, String), Error> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin().lock()), "standard input".to_owned()));
    }
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => Ok((Box::new(BufReader::with_capacity(1 << 16, file)), name)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Error::file(name, "no such file or folder")),
        Err(e) => Err(Error::file(name, format!("cannot be opened: {e}"))),
    }
}

/// Feeds a session and prints its readings as they come.
struct Reader<'e> {
    engine: &'e Engine,
    session: Option<Session<'e>>,
    output: Output,
    human: Human<'e>,
    out: anstream::AutoStream<io::Stdout>,
    written: Result<(), io::Error>,
}

impl Reader<'_> {
    fn take(&mut self, event: Event) -> Result<(), Error> {
        match event {
            Event::Open(head) => {
                self.close();
                let mut text = String::new();
                self.human.open(&head, &mut text);
                self.session = Some(self.engine.open(Opening { id: head.id, language: head.lang, region: head.region, channel: head.channel }));
                self.print(&text);
            }
            Event::Said(said) => {
                let Some(session) = &mut self.session else { return Ok(()) };
                let reading = session.push(&said);
                let mut text = String::new();
                match self.output {
                    Output::Human => self.human.said(&said, reading.as_ref(), &mut text),
                    Output::Json => {
                        if let Some(reading) = &reading {
                            text = serde_json::to_string(reading).map_err(|e| Error::file("reading", e.to_string()))?;
                            text.push('\n');
                        }
                    }
                }
                if matches!(self.output, Output::Human) { self.print(&text) } else { self.write(&text) }
            }
        }
        if self.written.is_err() { Err(Error::file("standard output", "cannot be written")) } else { Ok(()) }
    }

    fn close(&mut self) {
        if self.session.take().is_some() {
            let mut text = String::new();
            self.human.close(&mut text);
            self.print(&text);
        }
    }

    fn print(&mut self, text: &str) {
        if matches!(self.output, Output::Human) {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.written.is_ok() && !text.is_empty() {
            self.written = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
        }
    }
}
