//! Labelled conversations: text, the annotators' labels, and the truth they agree on.

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tuntuma_engine::{Conversation, Situation};

/// One annotator's label of one customer turn, as `codebook` defines it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Index among the conversation's turns.
    pub turn: usize,
    /// −2 introvert … 2 extravert; halves arise where annotators differ.
    pub energy: f32,
    /// −2 rational … 2 emotional.
    pub feeling: f32,
    /// Situations that hold.
    pub types: Vec<Situation>,
    /// Who should lead: `agent`, `customer`, `shared`.
    pub lead: String,
}

/// What is known of how a conversation came to be; absent for foreign sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// Who wrote it.
    pub author: String,
    /// `mild` or `strong`.
    pub strength: String,
    /// How the customer writes.
    pub habit: String,
    /// Whether a sarcastic remark was asked for.
    pub sarcasm: bool,
    /// Whether the customer understates.
    pub understated: bool,
    /// Whether the customer writes in a second language.
    pub second_language: bool,
}

/// A conversation with its annotations, annotator by annotator, in the order of its customer turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Labelled {
    /// The text.
    pub conversation: Conversation,
    /// How it came to be.
    pub meta: Meta,
    /// For each customer turn, one label from each annotator.
    pub labels: Vec<Vec<Annotation>>,
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    conversation: Conversation,
    #[serde(default)]
    meta: Meta,
}

#[derive(Deserialize)]
struct LabelRow {
    id: String,
    labels: Vec<Annotation>,
}

/// Reads a conversation file and its label files. Turns without a label from every annotator are left out.
///
/// # Errors
/// A file that cannot be read or a line that does not parse, with file and line.
pub fn load(conversations: &Path, labels: &[impl AsRef<Path>]) -> Result<Vec<Labelled>> {
    let passes: Vec<BTreeMap<String, Vec<Annotation>>> =
        labels.iter().map(|path| Ok(lines::<LabelRow>(path.as_ref())?.into_iter().map(|row| (row.id, row.labels)).collect())).collect::<Result<_>>()?;
    let mut out = Vec::new();
    for row in lines::<Row>(conversations)? {
        let mut labels = Vec::new();
        let turns = row.conversation.turns.iter().enumerate().filter(|(_, t)| t.role == tuntuma_engine::Role::Customer);
        for (turn, _) in turns {
            let found: Vec<_> = passes.iter().filter_map(|p| p.get(&row.conversation.id)?.iter().find(|l| l.turn == turn).cloned()).collect();
            if found.len() == passes.len() && !found.is_empty() {
                labels.push(found);
            }
        }
        out.push(Labelled { conversation: row.conversation, meta: row.meta, labels });
    }
    Ok(out)
}

/// Reads our own corpus: `DIR/<lang>/<author>.jsonl` with `DIR/labels/<author>.<annotator>.jsonl`.
///
/// # Errors
/// As [`load`]; and a conversation file without two label files.
pub fn load_own(dir: &Path) -> Result<Vec<Labelled>> {
    let mut out = Vec::new();
    for lang in ["nl", "fi", "en"] {
        let mut files: Vec<_> = fs::read_dir(dir.join(lang)).with_context(|| format!("{}", dir.join(lang).display()))?.flatten().map(|e| e.path()).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "jsonl")) {
            let author = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let mut labels: Vec<_> = fs::read_dir(dir.join("labels"))?
                .flatten()
                .map(|e| e.path())
                .filter(|p| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&format!("{author}."))))
                .collect();
            labels.sort();
            if labels.len() < 2 {
                bail!("{}: {} annotators, at least two are needed in {}/labels/", file.display(), labels.len(), dir.display());
            }
            out.extend(load(file, &labels)?);
        }
    }
    Ok(out)
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    let rows = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    rows.map(|(i, l)| serde_json::from_str(l).with_context(|| format!("{}:{}", path.display(), i + 1))).collect()
}

/// What the annotators agree on: median on the axes, majority on situations and lead (`codebook`); with two, both must say so.
pub fn consensus(labels: &[Annotation]) -> Annotation {
    let need = if labels.len() > 2 { labels.len() / 2 + 1 } else { labels.len() };
    let median = |get: fn(&Annotation) -> f32| {
        let mut v: Vec<f32> = labels.iter().map(get).collect();
        v.sort_by(f32::total_cmp);
        let n = v.len();
        if n % 2 == 1 { v[n / 2] } else { f32::midpoint(v[n / 2 - 1], v[n / 2]) }
    };
    let types = Situation::ALL.into_iter().filter(|t| labels.iter().filter(|l| l.types.contains(t)).count() >= need).collect();
    let lead = ["agent", "customer", "shared"].into_iter().find(|lead| labels.iter().filter(|l| l.lead == *lead).count() >= need);
    Annotation { turn: labels[0].turn, energy: median(|l| l.energy), feeling: median(|l| l.feeling), types, lead: lead.unwrap_or("shared").to_owned() }
}
