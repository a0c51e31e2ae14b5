//! The examples inside the wording files, and that no language lags behind unnoticed.

use tuntuma_engine::Engine;

#[test]
fn every_example_in_the_wording_files_holds() {
    let engine = Engine::embedded().unwrap();
    let mut failures = Vec::new();
    for (i, language) in engine.pack().languages.iter().enumerate() {
        failures.extend(language.cues.iter().flat_map(|w| w.failures(engine.pack(), engine.cue_matcher(i), false)));
        failures.extend(language.moves.iter().flat_map(|w| w.failures(engine.pack(), engine.move_matcher(i), true)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_language_words_every_cue_and_move() {
    let engine = Engine::embedded().unwrap();
    for language in &engine.pack().languages {
        let lacks = |have: &[tuntuma_engine::data::Wording], id: &str| !have.iter().any(|w| w.of == id);
        let missing: Vec<&str> = engine.pack().cues.iter().map(|c| c.id.as_str()).filter(|id| lacks(&language.cues, id)).collect();
        let silent: Vec<&str> = engine.pack().moves.iter().map(|m| m.id.as_str()).filter(|id| lacks(&language.moves, id)).collect();
        assert!(missing.is_empty() && silent.is_empty(), "{} lacks cues {missing:?} and moves {silent:?}", language.code);
    }
}

#[test]
fn cues_of_every_wording_family_are_there() {
    let engine = Engine::embedded().unwrap();
    // The families that live in words; the others (F01–F04, F09–F14, F36–F38 …) are measures of form or of the running state.
    let in_words = [
        "F05", "F06", "F07", "F08", "F14", "F15", "F16", "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24", "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32", "F33",
        "F34", "F35", "F36", "F37", "F39", "F40",
    ];
    for family in in_words {
        assert!(engine.pack().cues.iter().any(|c| c.family == family), "no cue of family {family}");
    }
}
