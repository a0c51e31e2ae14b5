//! `tuntuma`: the command line.

mod cmd;
mod show;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Reads customer conversations turn by turn, with its reasons and its doubt.
#[derive(Parser)]
#[command(name = "tuntuma", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(cmd::read::Args),
    Evaluate(cmd::evaluate::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Read(args) => cmd::read::run(&args),
        Command::Evaluate(args) => cmd::evaluate::run(&args),
    };
    match done {
        Ok(code) => code,
        Err(e) if is_broken_pipe(&e) => ExitCode::SUCCESS, // The reader of our output has seen enough.
        Err(e) => {
            anstream::eprintln!("tuntuma: {e:#}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
}
