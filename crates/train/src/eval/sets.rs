//! The sets that are scored: our held-out authors, and folders of `conv_SET.jsonl` with `lab_SET_A.jsonl` ….

use super::score::Judged;
use crate::corpus::{Labelled, load, load_own};
use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use tuntuma_engine::Channel;

/// A named set of labelled conversations.
pub struct Set {
    /// For instance `own nl` or `dev fi`.
    pub name: String,
    /// Its conversations.
    pub labelled: Vec<Labelled>,
}

/// Opens a folder: our corpus (then only the held-out authors are scored), or labelled sets.
///
/// # Errors
/// When the folder holds neither.
pub fn open(dir: &Path, held_out: &[String]) -> Result<Vec<Set>> {
    if dir.join("labels").is_dir() {
        let all = load_own(dir)?;
        let own = ["nl", "fi", "en"].map(|lang| Set {
            name: format!("own {lang}"),
            labelled: all.iter().filter(|l| l.conversation.lang.as_deref() == Some(lang) && held_out.contains(&l.meta.author)).cloned().collect(),
        });
        return Ok(own.into_iter().filter(|s| !s.labelled.is_empty()).collect());
    }
    let mut sets = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(dir)?.flatten().map(|e| e.path()).collect();
    files.sort();
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(set) = name.strip_prefix("conv_").and_then(|n| n.strip_suffix(".jsonl")) else { continue };
        let labels: Vec<&PathBuf> = files.iter().filter(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&format!("lab_{set}_")))).collect();
        if labels.len() > 1 {
            sets.push(Set { name: format!("dev {set}"), labelled: load(file, &labels)? });
        }
    }
    if sets.is_empty() {
        bail!("{}: neither a corpus (with labels/) nor labelled sets (conv_SET.jsonl with lab_SET_A.jsonl, lab_SET_B.jsonl)", dir.display());
    }
    Ok(sets)
}

/// The slices of a set: by channel, region, and how the customer writes. Those under 20 turns are left out.
pub fn slices<'l>(set: &str, judged: &[Judged<'l>]) -> Vec<(String, Vec<Judged<'l>>)> {
    let mut out = Vec::new();
    let mut add = |name: &str, keep: &dyn Fn(&Labelled) -> bool| {
        let part: Vec<Judged<'l>> = judged.iter().filter(|j| keep(j.labelled)).cloned().collect();
        if part.iter().map(|j| j.truth.len()).sum::<usize>() >= 20 {
            out.push((format!("{set} · {name}"), part));
        }
    };
    for channel in Channel::ALL {
        let name = if channel == Channel::Phone { "phone (transcript)" } else { channel.name() };
        add(name, &|l| l.conversation.channel == channel);
    }
    for region in ["NL", "BE"] {
        add(region, &|l| l.conversation.region.as_deref() == Some(region) && l.conversation.lang.as_deref() == Some("nl"));
    }
    add("sarcasm", &|l| l.meta.sarcasm);
    add("understated", &|l| l.meta.understated);
    add("second language", &|l| l.meta.second_language);
    add("mild", &|l| l.meta.strength == "mild");
    add("strong", &|l| l.meta.strength == "strong");
    out
}
