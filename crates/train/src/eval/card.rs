//! The scorecard: every reader on every set, as a table for people and as numbers to compare with later.

use super::Prediction;
use super::baseline::{Lexicon, Linear, majority};
use super::metric::{Bin, reliability};
use super::score::{Judged, Scores, one_reader, score, truth};
use super::sets::{Set, slices};
use crate::corpus::Labelled;
use crate::fit::Config;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::path::Path;
use tuntuma_engine::reading::Reading;
use tuntuma_engine::{Colour, Engine, Session, Situation};

/// Ten bins, from nought to one: predicted, observed, count.
pub type Diagram = Vec<Option<(f64, f64, usize)>>;

/// A reader's scores on a set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The set.
    pub set: String,
    /// Who reads: `tuntuma`, `one reader`, `majority`, `word list`, `TF-IDF + linear`.
    pub reader: String,
    /// How well.
    pub scores: Scores,
}

/// A whole scorecard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Engine, data and model versions.
    pub versions: [String; 3],
    /// All readers on all sets.
    pub rows: Vec<Row>,
    /// Tuntuma on slices.
    pub slices: Vec<Row>,
    /// Reliability of Tuntuma's situation probabilities by set.
    pub reliability: Vec<(String, Diagram)>,
    /// Colour confusions by set: rows true, columns read, in the order red, blue, yellow, green, none.
    pub confusions: Vec<(String, [[usize; 5]; 5])>,
    /// What could not be measured here, and why.
    pub skipped: Vec<String>,
}

/// Reads a set with the engine.
pub fn read<'l>(engine: &Engine, set: &'l [Labelled]) -> Vec<Judged<'l>> {
    set.iter()
        .map(|labelled| {
            let readings = Session::replay(engine, &labelled.conversation);
            let find = |turn: usize| readings.iter().find(|r| r.utterance == turn);
            let predicted = labelled.labels.iter().filter_map(|l| find(l[0].turn).map(|r: &Reading| Prediction::from(r))).collect();
            Judged { labelled, truth: truth(labelled), predicted }
        })
        .collect()
}

/// Scores everybody on every set. `lexicons` is a folder with the public word lists, when there is one.
pub fn make(engine: &Engine, config: &Config, train: &[Labelled], sets: &[Set], lexicons: Option<&Path>) -> Card {
    let linear = Linear::fit(engine, &config.first, config.seed, train);
    let mut card = Card {
        versions: [env!("CARGO_PKG_VERSION").to_owned(), engine.pack().version.clone(), engine.model().learned.version.clone()],
        rows: Vec::new(),
        slices: Vec::new(),
        reliability: Vec::new(),
        confusions: Vec::new(),
        skipped: Vec::new(),
    };
    for set in sets {
        let mut add = |reader: &str, scores: Scores| card.rows.push(Row { set: set.name.clone(), reader: reader.to_owned(), scores });
        let judged = read(engine, &set.labelled);
        add("tuntuma", score(&judged));
        add("one reader", one_reader(&set.labelled));
        let own: Vec<Labelled> = train.iter().filter(|l| l.conversation.lang == set.labelled[0].conversation.lang).cloned().collect();
        let by = |predict: &dyn Fn(&Labelled) -> Vec<Prediction>| {
            score(&set.labelled.iter().map(|l| Judged { labelled: l, truth: truth(l), predicted: predict(l) }).collect::<Vec<_>>())
        };
        add("TF-IDF + linear", by(&|l| linear.predict(engine, l)));
        match lexicon(lexicons, set.labelled[0].conversation.lang.as_deref().unwrap_or("en")) {
            Some(lexicon) => add("word list", by(&|l| lexicon.predict(l))),
            None => card.skipped.push(format!("word list on {}: the public lists are not here", set.name)),
        }
        add("majority", by(&|l| majority(&own, l.labels.len())));
        card.slices.extend(slices(&set.name, &judged).into_iter().map(|(name, part)| Row { set: name, reader: "tuntuma".to_owned(), scores: score(&part) }));
        card.reliability.push((set.name.clone(), bins(&judged)));
        card.confusions.push((set.name.clone(), confusion(&judged)));
    }
    card
}

fn lexicon(folder: Option<&Path>, lang: &str) -> Option<Lexicon> {
    let folder = folder?;
    match lang {
        "nl" => Lexicon::pattern(&folder.join("pattern-nl/nl-sentiment.xml")).ok(),
        _ => Lexicon::afinn(&folder.join(format!("afinn/afinn/data/AFINN-{lang}-165.txt"))).ok(),
    }
}

fn bins(judged: &[Judged<'_>]) -> Diagram {
    let pairs = judged.iter().flat_map(|j| j.predicted.iter().zip(&j.truth));
    let scored: Vec<(f32, bool)> = pairs.flat_map(|(p, t)| p.probabilities.into_iter().flat_map(move |q| Situation::ALL.map(|s| (q[s as usize], t.types.contains(&s))))).collect();
    reliability(&scored).into_iter().map(|b| b.map(|Bin { predicted, observed, count }| (round(predicted), round(observed), count))).collect()
}

fn confusion(judged: &[Judged<'_>]) -> [[usize; 5]; 5] {
    let mut counts = [[0; 5]; 5];
    let index = |c: Option<Colour>| c.map_or(4, |c| c as usize);
    for (p, t) in judged.iter().flat_map(|j| j.predicted.iter().zip(&j.truth)) {
        counts[index(Prediction::from(t).colour())][index(p.colour())] += 1;
    }
    counts
}

fn round(v: f64) -> f64 {
    (v * 1000.0).round() / 1000.0
}

type Column = (&'static str, fn(&Scores) -> Option<f64>);

const COLUMNS: [Column; 12] = [
    ("energy ρ", |s| s.energy_rho),
    ("energy pole", |s| s.energy_pole),
    ("feeling ρ", |s| s.feeling_rho),
    ("feeling pole", |s| s.feeling_pole),
    ("colour", |s| s.colour),
    ("situations", |s| s.situations),
    ("sit. AP", |s| s.situations_ap),
    ("shift", |s| s.shift),
    ("lead", |s| s.lead),
    ("cal. error", |s| s.calibration_error),
    ("earliness", |s| s.earliness),
    ("false alarms", |s| s.false_alarms),
];

impl Card {
    /// The scorecard as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        table(&mut out, &self.rows);
        let _ = writeln!(out, "\nF1 of each situation:\n\n| set | reader | {} |\n| --- | --- |{}", Situation::ALL.map(Situation::name).join(" | "), " --- |".repeat(8));
        for row in self.rows.iter().filter(|r| matches!(r.reader.as_str(), "tuntuma" | "one reader" | "TF-IDF + linear")) {
            let cells: Vec<_> = row.scores.by_situation.iter().map(|v| cell(*v)).collect();
            let _ = writeln!(out, "| {} | {} | {} |", row.set, row.reader, cells.join(" | "));
        }
        out.push_str("\n## Slices\n\n");
        table(&mut out, &self.slices);
        out.push_str("\n## Reliability of the situation probabilities\n\nShare that was true among those given a probability in each tenth; in brackets how many.\n\n| set | 0–.1 | .1–.2 | .2–.3 | .3–.4 | .4–.5 | .5–.6 | .6–.7 | .7–.8 | .8–.9 | .9–1 |\n| --- |");
        out.push_str(&" --- |".repeat(10));
        out.push('\n');
        for (set, bins) in &self.reliability {
            let cells: Vec<_> = bins.iter().map(|b| b.map_or_else(|| "–".to_owned(), |(_, observed, n)| format!("{observed:.2} ({n})"))).collect();
            let _ = writeln!(out, "| {set} | {} |", cells.join(" | "));
        }
        out.push_str("\n## Colours confused\n\nRows: what the annotators agree on; columns: what was read.\n");
        for (set, counts) in &self.confusions {
            let names = ["red", "blue", "yellow", "green", "none"];
            let _ = writeln!(out, "\n| {set} | {} |\n| --- |{}", names.join(" | "), " --- |".repeat(5));
            for (name, row) in names.iter().zip(counts) {
                let _ = writeln!(out, "| {name} | {} |", row.map(|n| n.to_string()).join(" | "));
            }
        }
        for line in &self.skipped {
            let _ = writeln!(out, "\nNot measured: {line}.");
        }
        out
    }

    /// Where this card is worse than `other` by more than `tolerance`, on rows both have; one sentence each.
    pub fn worse_than(&self, other: &Card, tolerance: f64) -> Vec<String> {
        let mut out = Vec::new();
        for row in &self.rows {
            let Some(before) = other.rows.iter().find(|r| r.set == row.set && r.reader == row.reader) else { continue };
            for (name, get) in COLUMNS.iter().take(9) {
                if let (Some(now), Some(was)) = (get(&row.scores), get(&before.scores))
                    && (now - was).abs() > tolerance
                {
                    out.push(format!("{}, {}: {name} is {now:.3}, the committed table says {was:.3}", row.set, row.reader));
                }
            }
        }
        out
    }
}

fn table(out: &mut String, rows: &[Row]) {
    let _ = writeln!(out, "| set | reader | turns | {} |\n| --- | --- | --- |{}", COLUMNS.map(|(n, _)| n).join(" | "), " --- |".repeat(COLUMNS.len()));
    for row in rows {
        let cells: Vec<_> = COLUMNS.iter().map(|(_, get)| cell(get(&row.scores))).collect();
        let reader = if row.reader == "tuntuma" { "**tuntuma**" } else { &row.reader };
        let _ = writeln!(out, "| {} | {reader} | {} | {} |", row.set, row.scores.turns, cells.join(" | "));
    }
}

fn cell(v: Option<f64>) -> String {
    match v {
        Some(v) if v >= 1.5 => format!("{v:.1}"),
        Some(v) => format!("{v:.2}"),
        None => "–".to_owned(),
    }
}
