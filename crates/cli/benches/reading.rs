//! `cargo bench`: one utterance with its explanation, an archive on one core and on all, start-up to first reading.
//!
//! Figures are medians of repeated runs on the corpus's own conversations; `benches/peers/run` sets them beside others in one session.

use rayon::prelude::*;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tuntuma_engine::{Conversation, Engine, Opening, Role, Session};

const ARCHIVE: usize = 100_000;

fn main() {
    let engine = Engine::embedded().expect("the embedded data loads");
    let conversations = corpus();
    println!("model {}, {} conversations", engine.model().learned.version, conversations.len());
    one_utterance(&engine, &conversations);
    archive(&engine, &conversations);
    start_up();
}

fn corpus() -> Vec<Conversation> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let mut out = Vec::new();
    for lang in ["nl", "fi", "en"] {
        let mut files: Vec<_> = fs::read_dir(root.join(lang)).expect("the corpus is there").flatten().map(|e| e.path()).collect();
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file).expect("a corpus file is readable");
            out.extend(text.lines().filter_map(|l| serde_json::from_str::<Conversation>(l).ok()));
        }
    }
    out
}

/// Time of each customer utterance in turn, explanation included.
fn one_utterance(engine: &Engine, conversations: &[Conversation]) {
    let mut times = Vec::new();
    for c in conversations {
        let mut session = engine.open(Opening { id: c.id.clone(), language: c.lang.clone(), region: c.region.clone(), channel: c.channel });
        for said in &c.turns {
            let started = Instant::now();
            black_box(session.push(said));
            if said.role == Role::Customer {
                times.push(started.elapsed());
            }
        }
    }
    times.sort();
    let at = |share: f64| micro(times[((times.len() - 1) as f64 * share) as usize]);
    println!("one utterance with explanation: median {:.2} µs, p90 {:.2} µs, p99 {:.2} µs ({} utterances)", at(0.5), at(0.9), at(0.99), times.len());
}

fn archive(engine: &Engine, conversations: &[Conversation]) {
    let mut many = Vec::new();
    let mut utterances = 0;
    'fill: loop {
        for c in conversations {
            utterances += c.turns.len();
            many.push(c);
            if utterances >= ARCHIVE {
                break 'fill;
            }
        }
    }
    let best = |run: &dyn Fn()| {
        (0..3)
            .map(|_| {
                let t = Instant::now();
                run();
                t.elapsed()
            })
            .min()
            .unwrap_or_default()
    };
    let one = best(&|| {
        for c in &many {
            black_box(Session::replay(engine, c));
        }
    });
    let all = best(&|| {
        many.par_iter().for_each(|c| {
            black_box(Session::replay(engine, c));
        });
    });
    let rate = |d: Duration| utterances as f64 / d.as_secs_f64();
    println!("archive of {utterances} utterances: {:.0} utterances/s on one core, {:.0} on {}", rate(one), rate(all), rayon::current_num_threads());
}

/// The built binary on one small file, process start included.
fn start_up() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/router.en.txt");
    let run = || {
        let t = Instant::now();
        let status = Command::new(env!("CARGO_BIN_EXE_tuntuma")).args(["read", "--format", "json"]).arg(&example).stdout(Stdio::null()).status();
        assert!(status.expect("the binary runs").success());
        t.elapsed()
    };
    let mut times: Vec<_> = (0..21).map(|_| run()).collect();
    times.sort();
    println!("start-up, reading and exit: median {:.1} ms", micro(times[10]) / 1000.0);
}

fn micro(d: Duration) -> f64 {
    d.as_secs_f64() * 1e6
}
