//! Checks every wording file's own examples: `check_wording DATA_DIR [LANGUAGE]`. Exit 1 when something does not hold.

use std::path::Path;
use std::{env, fs, process};
use tuntuma_engine::Engine;
use tuntuma_engine::cue::Matcher;
use tuntuma_engine::data::{Wording, load};
use tuntuma_engine::model::Model;

fn main() {
    let mut args = env::args().skip(1);
    let dir = args.next().unwrap_or_else(|| "data".to_owned());
    let only = args.next();
    let mut files = Vec::new();
    walk(Path::new(&dir), Path::new(&dir), &mut files);
    let pack = load(&files).unwrap_or_else(|e| fail(&e.to_string()));
    let engine = Engine::new(pack, Model::empty()).unwrap_or_else(|e| fail(&e.to_string()));
    let mut bad = 0;
    for language in &engine.pack().languages {
        if only.as_ref().is_some_and(|code| *code != language.code) {
            continue;
        }
        let missing: Vec<_> = engine.pack().cues.iter().filter(|c| !language.cues.iter().any(|w| w.of == c.id)).map(|c| c.id.as_str()).collect();
        println!("{}: {} cues, {} moves; not worded: {}", language.code, language.cues.len(), language.moves.len(), missing.join(" "));
        let index = engine.language(&language.code).unwrap_or(0);
        for (wordings, matcher, kind) in [(&language.cues, engine.cue_matcher(index), "cue"), (&language.moves, engine.move_matcher(index), "move")] {
            for wording in wordings {
                bad += check(&engine, wording, matcher, kind);
            }
        }
    }
    println!("{bad} examples do not hold");
    process::exit(i32::from(bad > 0));
}

fn check(engine: &Engine, wording: &Wording, matcher: &Matcher, kind: &str) -> usize {
    wording.failures(engine.pack(), matcher, kind == "move").iter().map(|line| println!("{line}")).count()
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    process::exit(2)
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(dir) else { fail(&format!("{}: cannot be read", dir.display())) };
    for path in entries.flatten().map(|e| e.path()) {
        if path.is_dir() {
            walk(root, &path, files);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            match fs::read_to_string(&path) {
                Ok(text) => files.push((name, text)),
                Err(e) => fail(&format!("{name}: {e}")),
            }
        }
    }
}
