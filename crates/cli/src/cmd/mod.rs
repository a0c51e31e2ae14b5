//! One command, one file.

pub mod evaluate;
pub mod read;

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use tuntuma_engine::Engine;
use tuntuma_engine::data::{Pack, load};
use tuntuma_engine::model::Model;

/// The engine, with the built-in words or those of a folder.
pub fn engine(data: Option<&Path>) -> Result<Engine> {
    let Some(dir) = data else { return Ok(Engine::embedded()?) };
    let mut files = Vec::new();
    collect(dir, dir, &mut files).with_context(|| format!("{}", dir.display()))?;
    let pack: Pack = load(&files)?;
    anyhow::ensure!(!pack.languages.is_empty(), "{}: no languages: is this a data folder with lang/<code>/language.toml in it?", dir.display());
    Ok(Engine::new(pack, Model::embedded()?)?)
}

fn collect(root: &Path, dir: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push((name, fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?));
        }
    }
    Ok(())
}
