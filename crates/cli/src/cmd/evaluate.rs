//! `tuntuma evaluate`: the scorecard of this build against labelled conversations.

use anyhow::{Context, Result, bail};
use clap::{Args as ClapArgs, ValueEnum};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tuntuma_engine::Engine;
use tuntuma_engine::data::Pack;
use tuntuma_engine::model::Model;
use tuntuma_train::corpus::{Labelled, load_own};
use tuntuma_train::eval::card::{Card, make};
use tuntuma_train::eval::errors::worst;
use tuntuma_train::eval::sets::open;
use tuntuma_train::fit::Config;

/// Scores this build, the baselines and a single annotator against labelled conversations
///
/// Runs in the repository: the baselines are trained on `corpus/`, the held-out authors are those of `crates/train/config.toml`.
/// A folder that is not there is skipped, and said so.
#[derive(ClapArgs)]
pub struct Args {
    /// Folders: our corpus, or `conv_SET.jsonl` with `lab_SET_A.jsonl`, `lab_SET_B.jsonl` …
    #[arg(required = true, value_name = "TRUTH")]
    truth: Vec<PathBuf>,
    /// The repository
    #[arg(long, default_value = ".", value_name = "DIR")]
    root: PathBuf,
    /// Folder of the public word lists, for the word-list baseline
    #[arg(long, value_name = "DIR")]
    lexicons: Option<PathBuf>,
    /// Weights to score instead of those built in
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// How the scorecard is printed
    #[arg(long, value_enum, default_value_t = Output::Human)]
    format: Output,
    /// Compare with a scorecard printed as JSON; exit 1 when a figure has moved by more than the tolerance
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
    /// Print the worst-read turns instead, so many of them
    #[arg(long, value_name = "COUNT")]
    errors: Option<usize>,
    /// How far a figure may move
    #[arg(long, default_value_t = 0.02)]
    tolerance: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Output {
    /// Markdown tables
    Human,
    /// All figures
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> Result<ExitCode> {
    let config_path = args.root.join("crates/train/config.toml");
    let text = fs::read_to_string(&config_path).with_context(|| format!("{}: run this in the repository, or name it with --root", config_path.display()))?;
    let config: Config = toml::from_str(&text)?;
    let train: Vec<Labelled> = load_own(&args.root.join("corpus"))?.into_iter().filter(|l| !config.held_out.contains(&l.meta.author)).collect();
    let (mut sets, mut skipped) = (Vec::new(), Vec::new());
    for dir in &args.truth {
        if dir.is_dir() {
            sets.extend(open(dir, &config.held_out)?);
        } else {
            skipped.push(format!("{}: no such folder", dir.display()));
        }
    }
    if sets.is_empty() {
        bail!("nothing to score: {}", skipped.join("; "));
    }
    if let Some(count) = args.errors {
        anstream::print!("{}", worst(&engine(args)?, &sets, count));
        return Ok(ExitCode::SUCCESS);
    }
    let mut card = make(&engine(args)?, &config, &train, &sets, args.lexicons.as_deref().filter(|d| d.is_dir()));
    for line in &skipped {
        anstream::eprintln!("skipped: {line}");
    }
    card.skipped.extend(skipped);
    if let Some(file) = &args.check {
        return check(&card, file, args.tolerance);
    }
    match args.format {
        Output::Human => anstream::println!("{}", card.markdown()),
        Output::Json => anstream::println!("{}", serde_json::to_string_pretty(&card)?),
    }
    Ok(ExitCode::SUCCESS)
}

fn engine(args: &Args) -> Result<Engine> {
    let Some(file) = &args.model else { return Ok(Engine::embedded()?) };
    let bytes = fs::read(file).with_context(|| format!("{}", file.display()))?;
    Ok(Engine::new(Pack::embedded()?, Model::from_bytes(bytes, &file.display().to_string())?)?)
}

fn check(card: &Card, file: &Path, tolerance: f64) -> Result<ExitCode> {
    let before: Card = serde_json::from_str(&fs::read_to_string(file).with_context(|| format!("{}", file.display()))?).with_context(|| format!("{}", file.display()))?;
    let moved = card.worse_than(&before, tolerance);
    for line in &moved {
        anstream::eprintln!("{line}");
    }
    anstream::println!("{} figures moved by more than {tolerance}", moved.len());
    Ok(if moved.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
