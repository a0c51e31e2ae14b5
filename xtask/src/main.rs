//! Pages made from what runs. `gen` writes them, `gen --check` says which is out of date.

mod ids;
mod requirements;
mod sources;

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

fn main() -> Result<ExitCode> {
    let args: Vec<String> = env::args().skip(1).collect();
    let check = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["gen"] => false,
        ["gen", "--check"] => true,
        _ => bail!("usage: cargo run -p xtask -- gen [--check]"),
    };
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = requirements::page(&root)?;
    let fresh = settle(&root.join("docs/requirements.md"), &page.text, check)?;
    for row in &page.untested {
        println!("no test names {row}");
    }
    Ok(if fresh && page.untested.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the page, or says whether it is as it should be.
fn settle(path: &Path, text: &str, check: bool) -> Result<bool> {
    if !check {
        fs::write(path, text).with_context(|| format!("{}", path.display()))?;
        return Ok(true);
    }
    let fresh = fs::read_to_string(path).is_ok_and(|old| old == text);
    if !fresh {
        println!("{} is out of date: cargo run -p xtask -- gen", path.file_name().unwrap_or_default().display());
    }
    Ok(fresh)
}
