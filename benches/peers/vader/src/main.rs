//! Times the `vader_sentiment` crate on a file of texts.
use std::time::Instant;

fn main() {
    let path = std::env::args().nth(1).expect("a file of texts");
    let text = std::fs::read_to_string(path).expect("readable");
    let texts: Vec<&str> = text.lines().collect();
    let analyser = vader_sentiment::SentimentIntensityAnalyzer::new();
    let started = Instant::now();
    let sum: f64 = texts.iter().map(|t| analyser.polarity_scores(t)["compound"]).sum();
    let spent = started.elapsed().as_secs_f64();
    println!("vader_sentiment crate: {:.0} texts/s, {:.1} µs each (sum {sum:.1})", texts.len() as f64 / spent, spent * 1e6 / texts.len() as f64);
}
