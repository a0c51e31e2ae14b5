//! Runs the pages of `spec/reading/`: conversations in Markdown with what the reading must hold (`spec/README.md`).

use std::fs;
use std::path::PathBuf;
use tuntuma_engine::{Channel, Colour, Correction, Engine, Opening, Reading, Role, Situation, Utterance};

/// One step of a page, with its line.
enum Step {
    Say(Role, String),
    Tap(String),
    Correct(Correction),
    Expect(usize, String),
}

#[test]
fn every_page_of_the_specification_holds() {
    let engine = Engine::embedded().unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../spec/reading");
    let mut pages: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).collect();
    pages.sort();
    assert!(pages.len() >= 15, "{} pages", pages.len());
    let mut failures = Vec::new();
    for page in pages {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&page).unwrap();
        run(&engine, &name, &text, &mut failures);
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn run(engine: &Engine, name: &str, text: &str, failures: &mut Vec<String>) {
    let (opening, steps) = parse(name, text);
    let mut session = engine.open(opening);
    let mut reading: Option<Reading> = None;
    let mut expectations = 0;
    for step in steps {
        match step {
            Step::Say(role, text) => reading = session.push(&Utterance { role, at: None, text }).or(reading),
            Step::Tap(tap) => session.tap(&tap).unwrap_or_else(|e| panic!("{name}: {e}")),
            Step::Correct(correction) => session.correct(correction),
            Step::Expect(line, item) => {
                expectations += 1;
                let reading = reading.as_ref().unwrap_or_else(|| panic!("{name}:{line}: nothing was said yet"));
                let (wanted, item) = item.strip_prefix("not yet: ").map_or((true, item.as_str()), |rest| (false, rest));
                let held = holds(reading, item).unwrap_or_else(|| panic!("{name}:{line}: `{item}` is not an item of spec/README.md"));
                if held != wanted {
                    let why = if wanted { "does not hold" } else { "holds now: take away `not yet:`" };
                    failures.push(format!("{name}:{line}: {item}: {why}\n  energy {:?}\n  feeling {:?}\n  active {:?}", reading.axes.energy, reading.axes.feeling, reading.active));
                }
            }
        }
    }
    assert!(expectations > 0, "{name}: expects nothing");
}

fn parse(name: &str, text: &str) -> (Opening, Vec<Step>) {
    let mut lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim_end()));
    assert!(lines.next().is_some_and(|(_, l)| l.starts_with("# ")), "{name}: the first line is a title");
    let setting: Vec<&str> = lines.next().map(|(_, l)| l.split(", ").collect()).unwrap_or_default();
    let [language, region, channel] = setting[..] else { panic!("{name}:2: language, country, channel") };
    let given = |value: &str| (value != "-").then(|| value.to_owned());
    let channel = Channel::ALL.into_iter().find(|c| c.name() == channel).unwrap_or_else(|| panic!("{name}:2: no channel {channel}"));
    let opening = Opening { id: name.to_owned(), language: given(language), region: given(region), channel };
    let mut steps = Vec::new();
    for (number, line) in lines {
        if let Some((who, said)) = line.strip_prefix("**").and_then(|l| l.split_once(":** ")) {
            steps.push(speech(name, number, who, said));
        } else if let Some(item) = line.strip_prefix("- ") {
            steps.push(Step::Expect(number, item.to_owned()));
        } else if let Some(Step::Say(_, text)) = steps.last_mut() {
            text.push('\n');
            text.push_str(line);
        }
    }
    for step in &mut steps {
        if let Step::Say(_, text) = step {
            text.truncate(text.trim_end().len());
        }
    }
    (opening, steps)
}

fn speech(name: &str, line: usize, who: &str, said: &str) -> Step {
    match who {
        "Tap" => Step::Tap(said.to_owned()),
        "Correction" => Step::Correct(match said.strip_prefix("not ") {
            Some(struck) => Correction::Strike(situation(struck).unwrap_or_else(|| panic!("{name}:{line}: no situation {struck}"))),
            None => Correction::Colour(colour(said).unwrap_or_else(|| panic!("{name}:{line}: no colour {said}"))),
        }),
        _ => {
            let role = Role::ALL.into_iter().find(|r| r.name() == who.to_lowercase()).unwrap_or_else(|| panic!("{name}:{line}: no role {who}"));
            Step::Say(role, said.to_owned())
        }
    }
}

fn colour(name: &str) -> Option<Colour> {
    serde_json::from_value(name.into()).ok()
}

fn situation(name: &str) -> Option<Situation> {
    Situation::ALL.into_iter().find(|s| s.name() == name)
}

/// Whether an item holds; `None` when there is no such item.
fn holds(reading: &Reading, item: &str) -> Option<bool> {
    let words: Vec<&str> = item.split(' ').collect();
    let wire = serde_json::to_value(reading).expect("a reading serialises");
    Some(match words[..] {
        ["colour", "none"] => reading.colour.is_none(),
        ["colour", name] => reading.colour == Some(colour(name)?),
        [axis @ ("energy" | "feeling"), "above", value] => wire["axes"][axis]["value"].as_f64()? > value.parse().ok()?,
        [axis @ ("energy" | "feeling"), "below", value] => wire["axes"][axis]["value"].as_f64()? < value.parse().ok()?,
        [axis @ ("energy" | "feeling"), "none"] => wire["axes"][axis]["pole"].is_null(),
        [axis @ ("energy" | "feeling"), pole] => wire["axes"][axis]["pole"] == pole,
        ["active", name] => reading.active.contains(&situation(name)?),
        ["inactive", name] => !reading.active.contains(&situation(name)?),
        ["lead", who] => wire["lead"] == who,
        ["shift", axis, from, "to", to] => wire["shifts"].as_array()?.iter().any(|s| s["axis"] == axis && s["from"] == from && s["to"] == to),
        ["no", "shift"] => reading.shifts.is_empty(),
        ["after", name] => reading.shifts.iter().any(|s| s.agent_move.as_deref() == Some(name)),
        ["cue", name] => reading.evidence.iter().any(|e| e.cue == name),
        ["quote", ..] => {
            let within = item.strip_prefix("quote \"")?.strip_suffix('"')?;
            reading.evidence.iter().any(|e| !e.counter && within.contains(&e.quote))
        }
        ["ask"] => reading.ask.is_some(),
        ["no", "ask"] => reading.ask.is_none(),
        ["language", code] => reading.language.as_deref() == Some(code),
        ["region", country] => reading.region.as_deref() == Some(country),
        ["not", "read"] => reading.language.is_none(),
        _ => return None,
    })
}
