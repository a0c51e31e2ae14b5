//! `docs/requirements.md`: every requirement, where it lives and which test shows it.

use crate::sources::{Found, find};
use anyhow::{Context, Result, ensure};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Areas that are built: each of their rows must be shown by a test, but for those that only explain.
const BUILT: [&str; 1] = ["read"];
/// Kinds that explain or look back, so that there is nothing to test.
const EXPLAINING: [&str; 3] = ["model", "measure", "teach"];
/// Places named in a cell before the rest is counted.
const NAMED: usize = 3;

/// The page and what it lacks.
pub struct Page {
    /// Markdown.
    pub text: String,
    /// Rows that belong to a built area and that no test names.
    pub untested: Vec<String>,
}

struct Row<'t> {
    id: &'t str,
    whom: &'t str,
    kind: &'t str,
    area: &'t str,
    asks: &'t str,
}

/// Makes the page.
pub fn page(root: &Path) -> Result<Page> {
    let table = fs::read_to_string(root.join("docs/requirements.tsv")).context("docs/requirements.tsv")?;
    let rows = rows(&table)?;
    let found = find(root)?;
    let known: BTreeSet<&str> = rows.iter().map(|row| row.id).collect();
    let stray: Vec<_> = found.lives.keys().chain(found.shown.keys()).filter(|id| !known.contains(id.as_str())).collect();
    ensure!(stray.is_empty(), "named somewhere, but no requirement: {stray:?}");
    let untested = rows.iter().filter(|row| row.must_be_shown() && !found.shown.contains_key(row.id)).map(|row| format!("{} ({}): {}", row.id, row.area, row.asks)).collect();
    Ok(Page { text: render(&rows, &found), untested })
}

fn rows(table: &str) -> Result<Vec<Row<'_>>> {
    let lines = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
            [id, whom, kind, area, asks] => Ok(Row { id, whom, kind, area, asks }),
            _ => anyhow::bail!("docs/requirements.tsv: not five columns: {line}"),
        })
        .collect()
}

impl Row<'_> {
    fn must_be_shown(&self) -> bool {
        BUILT.contains(&self.area) && !EXPLAINING.contains(&self.kind)
    }
}

fn render(rows: &[Row<'_>], found: &Found) -> String {
    let mut text = String::from("# Requirements\n\nMade by `cargo run -p xtask -- gen` from `requirements.tsv`, the data and the tests; do not edit.\n");
    let shown = rows.iter().filter(|row| found.shown.contains_key(row.id)).count();
    let waiting: BTreeSet<&str> = rows.iter().map(|row| row.area).filter(|area| !BUILT.contains(area)).collect();
    let _ = writeln!(
        text,
        "{} rows, {shown} of them shown by a test. Built: {}. Not built yet, even where data lies ready: {}.",
        rows.len(),
        BUILT.join(", "),
        Vec::from_iter(waiting).join(", ")
    );
    for (article, title) in [("S0", "S0: customer types for web shops (Dutch)"), ("S1", "S1: customer types in service work (Finnish)")] {
        let _ = write!(text, "\n## {title}\n\n| id | whom | kind | area | asks | lives in | shown by |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for row in rows.iter().filter(|row| row.id.starts_with(article)) {
            let cell = |places: Option<&BTreeSet<String>>| places.map_or_else(|| "–".to_owned(), listed);
            let (lives, shows) = (cell(found.lives.get(row.id)), cell(found.shown.get(row.id)));
            let _ = writeln!(text, "| {} | {} | {} | {} | {} | {lives} | {shows} |", row.id, row.whom, row.kind, row.area, row.asks);
        }
    }
    text
}

fn listed(places: &BTreeSet<String>) -> String {
    let mut named: Vec<String> = places.iter().take(NAMED).map(|place| format!("`{place}`")).collect();
    if places.len() > NAMED {
        named.push(format!("and {} more", places.len() - NAMED));
    }
    named.join(", ")
}
