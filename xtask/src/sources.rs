//! Where requirement ids are named: data files, code, tests, pages of the specification.

use crate::ids;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Places by requirement id.
pub type Places = BTreeMap<String, BTreeSet<String>>;

/// Where rows live, and which tests show them.
#[derive(Default)]
pub struct Found {
    /// Data files and code.
    pub lives: Places,
    /// Tests, as `file::function`, and pages of the specification.
    pub shown: Places,
}

/// Looks through the repository.
pub fn find(root: &Path) -> Result<Found> {
    let mut found = Found::default();
    walk(root, "data", &mut |path, text| add(&mut found.lives, path, text))?;
    walk(root, "spec", &mut |path, text| add(&mut found.shown, path, text))?;
    walk(root, "crates", &mut |path, text| code(&mut found, path, text))?;
    Ok(found)
}

fn walk(root: &Path, below: &str, take: &mut dyn FnMut(&str, &str)) -> Result<()> {
    let folder = root.join(below);
    let mut entries: Vec<_> = fs::read_dir(&folder).with_context(|| format!("{}", folder.display()))?.flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(root, &name, take)?;
        } else if [".toml", ".rs", ".md"].iter().any(|ending| name.ends_with(ending)) && !name.ends_with("README.md") {
            take(&name, &fs::read_to_string(entry.path()).with_context(|| name.clone())?);
        }
    }
    Ok(())
}

fn add(places: &mut Places, place: &str, text: &str) {
    for id in ids::named(text) {
        places.entry(id).or_default().insert(place.to_owned());
    }
}

/// A Rust file: what stands in a test function (its own comment included) shows, everything else lives.
fn code(found: &mut Found, path: &str, text: &str) {
    if !path.ends_with(".rs") {
        return;
    }
    let short = path.trim_start_matches("crates/");
    let mut chunks = chunks(text).into_iter();
    add(&mut found.lives, path, chunks.next().unwrap_or_default());
    for chunk in chunks {
        let name = chunk.split("fn ").nth(1).and_then(|rest| rest.split('(').next()).unwrap_or("?");
        add(&mut found.shown, &format!("{short}::{name}"), chunk);
    }
}

/// The text before the first test, then each test from its comment on.
fn chunks(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    for (at, _) in text.match_indices("#[test]") {
        let mut from = text[..at].rfind('\n').map_or(0, |i| i + 1);
        while let Some(before) = text[..from.saturating_sub(1)].rfind('\n').map(|i| i + 1) {
            let line = text[before..from].trim();
            if before == from || !(line.starts_with("///") || line.starts_with("//")) {
                break;
            }
            from = before;
        }
        cuts.push(from);
    }
    cuts.push(text.len());
    cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_owns_its_comment_and_its_body() {
        let text = "/// S0-R1\npub fn a() {}\n\n/// S0-R2\n#[test]\nfn b() {\n    // S0-R3\n}\n\n#[test]\nfn c() {} // S1-R4\n";
        let mut found = Found::default();
        code(&mut found, "crates/x/src/y.rs", text);
        assert_eq!(found.lives.keys().collect::<Vec<_>>(), ["S0-R1"]);
        let shown: Vec<_> = found.shown.iter().map(|(id, places)| (id.as_str(), places.first().unwrap().as_str())).collect();
        assert_eq!(shown, [("S0-R2", "x/src/y.rs::b"), ("S0-R3", "x/src/y.rs::b"), ("S1-R4", "x/src/y.rs::c")]);
    }
}
