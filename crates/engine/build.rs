//! Reads `data/` once at build time and embeds it, so that starting up parses no text.

#[path = "src/error.rs"]
pub mod error;
/// The same reader the engine uses at run time.
#[path = "src/data"]
#[expect(missing_docs, reason = "documented in the library")]
pub mod data {
    pub mod load;
    pub mod pack;
}

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../data");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    let pack = data::load::load(&files).unwrap_or_else(|e| panic!("\n\ndata/{e}\n\n"));
    let bytes = postcard::to_stdvec(&pack).expect("a pack serialises");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("data.pack"), bytes).expect("OUT_DIR is writable");
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(dir).expect("data/ is readable").map(|e| e.expect("data/ is readable").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(root, &path, files);
        } else if path.extension().is_some_and(|e| e == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("\n\ndata/{name}: {e}\n\n"));
            files.push((name, text));
        }
    }
}
