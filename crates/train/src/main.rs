//! `tuntuma-train`: fits the model from the corpus and writes `data/models/reader/weights.bin`.

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs};
use tuntuma_engine::cue::Fnv;
use tuntuma_engine::data::CueData;
use tuntuma_engine::model::net::{NET_OUTPUTS, average};
use tuntuma_engine::model::{Learned, Model, Scores};
use tuntuma_engine::reading::memory::FirstLayer;
use tuntuma_engine::text::language::CODES;
use tuntuma_engine::{Engine, Role};
use tuntuma_train::corpus::{Labelled, load_own};
use tuntuma_train::fit::first::First;
use tuntuma_train::fit::rows::{self, Seen, Step, observe_all};
use tuntuma_train::fit::{Config, calibrate, language, second};

fn main() -> Result<()> {
    let mut args = env::args().skip(1);
    let root = PathBuf::from(args.next().unwrap_or_else(|| ".".to_owned()));
    let started = Instant::now();
    let config_path = root.join("crates/train/config.toml");
    let config: Config = toml::from_str(&fs::read_to_string(&config_path).with_context(|| format!("{}: run this from the repository", config_path.display()))?)?;
    let all = load_own(&root.join("corpus"))?;
    let kept: Vec<Labelled> = all.iter().filter(|l| !config.held_out.contains(&l.meta.author)).cloned().collect();
    if kept.is_empty() {
        bail!("no conversations in {}/corpus", root.display());
    }
    let model = fit(&config, &kept, &language_samples(&root, &kept)?)?;
    let bytes = model.to_bytes()?;
    let out = args.next().map_or_else(|| root.join("data/models/reader/weights.bin"), PathBuf::from);
    fs::write(&out, &bytes)?;
    println!("{} bytes to {} after {:.0} s", bytes.len(), out.display(), started.elapsed().as_secs_f32());
    Ok(())
}

fn fit(config: &Config, kept: &[Labelled], samples: &[language::Sample]) -> Result<Model> {
    let engine = Engine::new(tuntuma_engine::data::Pack::embedded()?, Model::empty())?;
    let seen: Vec<Seen> = kept.iter().map(|l| observe_all(&engine, l)).collect();
    let authors: Vec<String> = seen.iter().map(|s| s.author.clone()).collect::<BTreeSet<_>>().into_iter().collect();
    let fold_of = |author: &str| authors.iter().position(|a| a == author).unwrap_or(0) % config.folds;
    println!("{} conversations by {} authors", seen.len(), authors.len());

    let prior: Vec<Scores> = engine.pack().cues.iter().map(|c| prior(config, c)).collect();
    let examples = rows::examples(&engine, config.first.examples);
    let steps =
        |keep: &dyn Fn(usize) -> bool| -> Vec<&Step> { seen.iter().filter(|s| keep(fold_of(&s.author))).flat_map(|s| s.steps.iter().filter(|s| s.truth.is_some())).collect() };
    let inputs: Vec<_> = (0..=config.folds).map(|fold| steps(&|f| f != fold).into_iter().chain(&examples).collect::<Vec<_>>()).collect();
    let mut layers: Vec<First> = inputs.par_iter().enumerate().map(|(fold, rows)| First::fit(&config.first, config.seed + fold as u64, &prior, rows)).collect();
    let full = layers.pop().context("one layer for each fold and one for all")?;
    println!("first layer fitted to {} turns and {} examples", inputs[config.folds].len() - examples.len(), examples.len());

    let unseen = |c: usize, s: usize| -> FirstLayer { layers[fold_of(&seen[c].author)].score(&seen[c].steps[s]) };
    let turns = second::rows(&engine, &seen, &fold_of, &unseen);
    let mut scored = vec![[0.0; NET_OUTPUTS]; turns.len()];
    for fold in 0..config.folds {
        let train: Vec<&second::Row> = turns.iter().filter(|r| r.fold != fold).collect();
        let nets = second::fit(&config.second, config.seed + 100 * fold as u64, &train);
        for (row, out) in turns.iter().zip(&mut scored).filter(|(r, _)| r.fold == fold) {
            *out = average(&nets, &row.input, &mut Vec::new());
        }
    }
    let nets = second::fit(&config.second, config.seed, &turns.iter().collect::<Vec<_>>());
    println!("second layer fitted");

    let (table, scale) = full.quantise();
    let (languages, language_scale) = language::fit(&config.language, config.seed, samples);
    let cues = engine.pack().cues.iter().zip(&full.cues).map(|(cue, weights)| (cue.id.clone(), weights.to_vec())).collect();
    let mut learned = Learned {
        languages: engine.pack().languages.iter().map(|l| l.code.clone()).collect(),
        moves: engine.pack().moves.iter().map(|m| m.id.clone()).collect(),
        scale,
        bias: full.bias.to_vec(),
        cues,
        nets,
        language_scale,
        ..Learned::default()
    };
    let pairs: Vec<_> = scored.iter().copied().zip(turns.iter().map(|r| &r.truth)).collect();
    calibrate::fit(&mut learned, &pairs);
    println!("thresholds {:?}\nplatt {:?}\ninterval {:?} lead {:?}", learned.thresholds, learned.platt, learned.interval, learned.lead);
    println!("{}", tuntuma_train::eval::unseen_summary(&learned, &pairs));
    learned.version = version(&Model::assemble(learned.clone(), &table, &languages).to_bytes()?);
    Ok(Model::assemble(learned, &table, &languages))
}

/// Where a cue's weights start: on the side of what it bears on.
fn prior(config: &Config, cue: &CueData) -> Scores {
    let [axis, situation, pole] = config.first.cue_prior;
    let toward = rows::bearing(cue);
    std::array::from_fn(|k| {
        toward[k]
            * if k < 2 {
                axis
            } else if k < 10 {
                situation
            } else {
                pole
            }
    })
}

/// Texts with their language column: our own conversations, and lines in other languages.
fn language_samples(root: &Path, kept: &[Labelled]) -> Result<Vec<language::Sample>> {
    let mut samples = Vec::new();
    for labelled in kept {
        let Some(column) = CODES.iter().position(|c| Some(*c) == labelled.conversation.lang.as_deref()) else { continue };
        samples.extend(labelled.conversation.turns.iter().filter(|t| matches!(t.role, Role::Customer | Role::Agent)).map(|t| (t.text.clone(), column)));
    }
    let path = root.join("corpus/other-languages.txt");
    let other = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
    samples.extend(other.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')).map(|l| (l.to_owned(), CODES.len())));
    Ok(samples)
}

/// A fingerprint of everything learned: same model, same version.
fn version(model: &[u8]) -> String {
    let mut hash = Fnv::default();
    hash.write(model);
    format!("reader-{:010x}", hash.finish() >> 24)
}
